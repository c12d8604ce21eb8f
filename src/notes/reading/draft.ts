import { isAcronymOf, isClause, isImperative, normalizeName, startsWithVerb } from '../grammar.js';
import { conceptId } from '../identity.js';
import type { Concept, ConceptId, Fact, FactKind, MemberList } from '../model.js';
import type { Term } from './lead.js';
import { isOpenList, statedCount } from './lists.js';
import type { OutlineNode } from './outline.js';
import { markdownOf, type Words } from './words.js';

/** A list while its members are still being read. */
export interface ListDraft {
  readonly intro: string;
  readonly line: number;
  readonly members: { text: string; line: number; concept: ConceptDraft | undefined }[];
  /** The author's numbers of the members, undefined where one has none. */
  readonly ordinals: (number | undefined)[];
  /** True where the words before the list say that order matters. */
  readonly sequence: boolean;
}

/** A concept while its note is still being read. */
export interface ConceptDraft {
  term: string;
  readonly aliases: Set<string>;
  readonly article: Term['article'];
  readonly path: readonly string[];
  readonly kind: Concept['kind'];
  readonly parent: ConceptDraft | undefined;
  readonly line: number;
  endLine: number;
  readonly facts: Fact[];
  readonly lists: ListDraft[];
  /** What its id is derived from: its term under its parents' terms, whatever file, line and order. */
  key: string;
  /** What the keys of its children begin with; empty where only the file's name gives the term. */
  chain: string;
}

/** The key of a term under a parent. */
export function keyOf(term: string, parent: ConceptDraft | undefined): string {
  const own = normalizeName(term);
  return parent === undefined || parent.chain === '' ? own : `${parent.chain}\n${own}`;
}

/** The key of a concept that its author named. */
export function anchoredKey(anchor: string): string {
  return `^${anchor}`;
}

/** Whether the name is the concept's term or one of its aliases. */
export function isCalled(draft: ConceptDraft, name: string): boolean {
  const wanted = normalizeName(name);
  if (normalizeName(draft.term) === wanted) return true;
  for (const alias of draft.aliases) if (normalizeName(alias) === wanted) return true;
  return false;
}

/** A file's name is the parent of its bullets, but not of its headings. */
export function namedByAuthor(draft: ConceptDraft): ConceptDraft | undefined {
  return draft.chain === '' ? undefined : draft;
}

/** A heading that says what the file's name says is the better name. */
export function nameByHeading(draft: ConceptDraft, term: Term, anchor: string | undefined): void {
  if (anchor !== undefined) draft.key = anchoredKey(anchor);
  draft.term = term.term;
  for (const alias of term.aliases) draft.aliases.add(alias);
  draft.chain = draft.key;
}

/** 'Container Network Interface: ...' below the heading 'CNI'. */
export function spellsOut({ kind, term }: ConceptDraft, named: Term): boolean {
  return kind === 'heading' && (isAcronymOf(term, named.term) || isAcronymOf(named.term, term));
}

/** Adds what a line says to a concept. */
export function addFact(
  draft: ConceptDraft,
  kind: FactKind,
  words: Words,
  at: Pick<OutlineNode, 'line' | 'endLine'> &
    Partial<Pick<OutlineNode, 'anchor' | 'code'>> & {
      readonly reversible?: boolean | undefined;
    },
  depth: number,
  lead?: Words,
): void {
  const { text } = words;
  const { line } = at;
  const marked = markdownOf(words);
  // Plain words are kept once.
  const markdown = marked === text ? text : marked;
  const fact: Fact =
    lead === undefined || lead.text === ''
      ? { text, markdown, line, kind, depth }
      : { text, markdown, line, kind, depth, lead: markdownOf(lead) };
  const isBare = at.anchor === undefined && at.code === undefined && !at.reversible;
  draft.facts.push(isBare ? fact : { ...fact, ...givenAt(at) });
  draft.endLine = Math.max(draft.endLine, at.endLine);
}

function givenAt({ anchor, code, reversible }: Parameters<typeof addFact>[3]): Partial<Fact> {
  return {
    ...(anchor === undefined ? {} : { anchor }),
    ...(code === undefined ? {} : { code }),
    ...(reversible ? { reversible: true } : {}),
  };
}

/** Adds code that stands below a name itself, with no line of text to be shown with. */
export function addCode(draft: ConceptDraft, { line, endLine, code }: OutlineNode, depth: number): void {
  if (code === undefined) return;
  draft.facts.push({ text: '', markdown: '', line, kind: 'intro', depth, code });
  draft.endLine = Math.max(draft.endLine, endLine);
}

/** The id of a draft whose key is final: children and lists point at it too. */
function idOf(draft: ConceptDraft): ConceptId {
  const known = ids.get(draft);
  if (known !== undefined) return known;
  const id = conceptId(draft.key);
  ids.set(draft, id);
  return id;
}

const ids = new WeakMap<ConceptDraft, ConceptId>();

/** The finished concept. */
export function finish(draft: ConceptDraft, note: string, deck: string): Concept {
  const aliases = [...draft.aliases].filter((alias) => normalizeName(alias) !== normalizeName(draft.term));
  return {
    id: idOf(draft),
    term: draft.term,
    aliases,
    path: draft.path,
    deck,
    source: { note, line: draft.line, endLine: draft.endLine },
    kind: draft.kind,
    parent: draft.parent === undefined ? undefined : idOf(draft.parent),
    facts: withDefinition(draft),
    lists: draft.lists.filter((list) => list.members.length > 0).map(finishList),
  };
}

function finishList(list: ListDraft): MemberList {
  const count = statedCount(list.intro);
  return {
    intro: list.intro,
    line: list.line,
    members: list.members.map(({ text, line, concept }) => ({
      text,
      line,
      concept: concept === undefined ? undefined : idOf(concept),
    })),
    closed:
      count === list.members.length &&
      !isOpenList(
        list.intro,
        list.members.map((member) => member.text),
      ),
    ordered: list.sequence && isCounting(list.ordinals),
  };
}

/** Numbers that run 1, 2, 3, or no numbers at all. */
function isCounting(ordinals: readonly (number | undefined)[]): boolean {
  return (
    ordinals.length > 1 && (ordinals.every((n) => n === undefined) || ordinals.every((n, i) => n === i + 1))
  );
}

const DEFINES =
  /^(?:(?:[Ii]t|[Tt]hey|[Tt]his|[Tt]hese)\s+(?:is|are)|(?:[Ii]s|[Aa]re))\s+(?:(?:an?|the|our|one)\s|\p{Lu}\p{Ll})/u;
/** A maker's name before a product's: 'Amazon SQS' is SQS. */
const VENDOR = /^(?:amazon|aws|azure|microsoft|google|google cloud|apache)\s+/i;
const OTHER_SUBJECT =
  /^(we|you|i|every|each|there|if|when|this|that|these|those|for|in|on|at|by|with|to|use|used|also|but|and|so|then|first|next|finally|otherwise|it can|it has|it is (not|common|possible))\b/i;

/** Where no line has a gloss, the child that says best what the concept is becomes its definition. */
function withDefinition(draft: ConceptDraft): readonly Fact[] {
  const { facts } = draft;
  if (facts.some((fact) => fact.kind === 'definition')) return facts;
  const candidates = facts.filter(
    (fact) => fact.depth === 0 && (fact.kind === 'statement' || fact.kind === 'intro'),
  );
  const best =
    candidates.find((fact) => DEFINES.test(fact.text) || saysWhatItIs(draft, fact.text)) ??
    candidates.find((fact) => saysPlainlyWhatItIs(draft, fact.text)) ??
    candidates.find(
      (fact) => fact.kind === 'statement' && fact.text.split(' ').length > 2 && isGloss(draft, fact.text),
    ) ??
    candidates.find((fact) => fact.kind === 'statement' && isGloss(draft, fact.text)) ??
    candidates.find((fact) => opensHeading(draft, fact));
  return facts.map((fact) => (fact === best ? { ...fact, kind: 'definition' } : fact));
}

/** 'etcd is a store' under etcd. */
function saysWhatItIs(draft: ConceptDraft, text: string): boolean {
  const subject = /^(.{1,60}?)\s+(?:(?:is|are)\s(?:an?|the|one)|means|stands for)\s/.exec(text)?.[1];
  return subject !== undefined && (isCalled(draft, subject) || isCalled(draft, subject.replace(VENDOR, '')));
}

/** 'A roux is flour cooked in fat' under Roux. */
function saysPlainlyWhatItIs(draft: ConceptDraft, text: string): boolean {
  const [, subject, next = ''] = /^(.{1,60}?)\s+(?:is|are)\s(\p{Ll}[\p{L}-]+)\s/u.exec(text) ?? [];
  const tells =
    /(ed|en|ly|able|ible|ing|ful|ous)$|^(not|no|also|only|very|as|in|on|at|by|for|to|from|of|with|like|more|less|both|always|never|often|built|run|kept|made|held|good|bad|best|free|fast|slow)$/;
  return subject !== undefined && !tells.test(next) && isCalled(draft, subject);
}

/** The sentence right below a heading that has no verb of its own: 'Inability of the heart to pump enough.' */
function opensHeading(draft: ConceptDraft, { text, line, kind }: Fact): boolean {
  const head = text.split(/,|\s(?:that|which|who|where|whose)\s/)[0] ?? '';
  return (
    draft.kind === 'heading' &&
    kind === 'statement' &&
    line - draft.line <= 2 &&
    /^\p{Lu}[^:：]*[.。]?$/u.test(text) &&
    head.split(' ').length >= 4 &&
    !isClause(head) &&
    !isImperative(text) &&
    !OTHER_SUBJECT.test(text)
  );
}

/** 'A lock that ...': an article, and no verb before the first relative clause. */
function isNounPhrase(text: string): boolean {
  const head = text.split(/,|\s(?:that|which|who|where|whose)\s/)[0] ?? '';
  return /^an?\s/i.test(head) && !isClause(head);
}

/** Words that can follow 'term: ' and say what it is: a noun phrase, or a verb that takes the term as its subject. */
function isGloss(draft: ConceptDraft, text: string): boolean {
  if (OTHER_SUBJECT.test(text) || isImperative(text) || /^[^.]{1,60}[:：]\s/.test(text)) return false;
  // Below a heading anything may be said; below a term the first words say what it is.
  return draft.kind !== 'heading' || isNounPhrase(text) || startsWithVerb(text);
}
