import { authorCard, isProperty } from './authored.js';
import { addFact, type ConceptDraft, finish, isCalled, keyOf, type ListDraft } from './draft.js';
import { isClause, isImperative, startsWithVerb, wordsOf } from './grammar.js';
import { headingSubject, isGenericHeading, isLabel, isMereEmphasis } from './labels.js';
import {
  cleanTerm,
  isMeasure,
  isName,
  type Split,
  splitAcronym,
  splitLine,
  type Term,
  termAtEndOfClause,
  termCalled,
  termDefinedByIsA,
} from './lead.js';
import { announcesList, announcesOrder, statedCount } from './lists.js';
import type { Concept, Problem } from './model.js';
import type { Outline, OutlineNode } from './outline.js';
import { type Scope, subjectOf } from './scope.js';
import { rowOf } from './tables.js';
import { isWholly, plainWords, type Words } from './words.js';

/** What a note explains, and what is wrong with it. */
export interface Found {
  readonly concepts: readonly Concept[];
  readonly problems: readonly Problem[];
}

/** Where a line stands: whose it is, how deep, and in which list. */
interface Place {
  readonly owner: ConceptDraft;
  readonly path: readonly string[];
  readonly depth: number;
  readonly list: ListDraft | undefined;
  readonly scope: Scope;
}

/** Turns an outline into concepts; `note` is the path relative to the content folder. Every bullet's words end in one of them. */
export function findConcepts(outline: Outline, note: string): Found {
  const finder = new Finder();
  finder.read(outline, note);
  const deck = deckOf(note);
  const problems: Problem[] = [
    ...outline.problems.map((problem) => ({ ...problem, note })),
    ...finder.problems.map((problem) => ({ ...problem, note })),
  ];
  const concepts = finder.drafts
    .filter(isWorthKeeping(finder.drafts))
    .map((draft) => finish(draft, note, deck));
  return { concepts, problems };
}

/** The folder of a note, or its name where it lies at the root. */
function deckOf(note: string): string {
  const slash = note.lastIndexOf('/');
  return slash < 0 ? fileTitle(note) : note.slice(0, slash);
}

/** A note's name as a title: '01-load_balancers.md' is 'load balancers'. */
function fileTitle(note: string): string {
  const stem = note.slice(note.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  const title = stem
    .replace(/^\d+[-_. ]+(?=\p{L})/u, '')
    .replace(/[-_]+/g, ' ')
    .trim();
  return title === '' ? stem : title;
}

/** Drops headings that hold nothing; what is a parent stays. */
function isWorthKeeping(drafts: readonly ConceptDraft[]): (draft: ConceptDraft) => boolean {
  const parents = new Set(drafts.map((draft) => draft.parent));
  return (draft) =>
    draft.facts.length > 0 || draft.lists.some((list) => list.members.length > 0) || parents.has(draft);
}

class Finder {
  readonly drafts: ConceptDraft[] = [];
  readonly problems: Omit<Problem, 'note'>[] = [];
  private readonly byKey = new Map<string, ConceptDraft>();

  read(outline: Outline, note: string): void {
    const { title, aliases } = outline.frontMatter;
    const root = this.concept(
      { term: title ?? fileTitle(note), aliases, article: undefined },
      { line: 1, endLine: 1 },
      { kind: 'heading', parent: undefined, path: [], unnamed: title === undefined },
    );
    const place: Place = { owner: root, path: [], depth: 0, list: undefined, scope: [] };
    this.readAll(outline.children, place);
  }

  private readAll(nodes: readonly OutlineNode[], place: Place): void {
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      if (node === undefined) continue;
      const card = authorCard(node, nodes[i + 1]);
      if (isProperty(node.words)) this.readAll(node.children, place);
      else if (card) {
        addFact(
          place.owner,
          'card',
          card.back,
          { line: node.line, endLine: card.endLine },
          place.depth,
          card.front,
        );
        this.readAll(card.rest, { ...place, depth: place.depth + 1, list: undefined });
        i += card.took;
      } else if (node.kind === 'heading') this.readHeading(node, place);
      else if (node.kind === 'row') this.readRow(node, place);
      else this.readLine(node, place);
    }
  }

  private readHeading(node: OutlineNode, place: Place): void {
    const inside = {
      ...place,
      depth: 0,
      list: undefined,
      scope: [],
      path: withStep(place.path, node.words.text),
    };
    const subject = headingSubject(node.words.text);
    const term = headingTerm(subject);
    if (isGenericHeading(subject) || isGenericHeading(node.words.text) || / (vs\.?|versus) /i.test(subject)) {
      this.readAll(node.children, inside);
      return;
    }
    if (term === undefined) {
      addFact(place.owner, /[?？]$/.test(subject) ? 'intro' : 'statement', node.words, node, 0);
      this.readAll(node.children, { ...inside, depth: 1 });
      return;
    }
    const draft =
      this.ancestorCalled([term.term, ...term.aliases], place.owner) ??
      this.concept(term, node, { kind: 'heading', parent: namedByAuthor(place.owner), path: place.path });
    if (draft.chain === '') nameByHeading(draft, term);
    const gloss = splitLine(node.words)?.gloss;
    if (gloss && gloss.text !== '' && term.aliases.length === 0) addFact(draft, 'definition', gloss, node, 0);
    this.readAll(node.children, { ...inside, owner: draft });
  }

  private ancestorCalled(names: readonly string[], from: ConceptDraft): ConceptDraft | undefined {
    for (let draft: ConceptDraft | undefined = from; draft; draft = draft.parent) {
      const ancestor = draft;
      if (names.some((name) => isCalled(ancestor, name))) return ancestor;
    }
    return undefined;
  }

  private readRow(node: OutlineNode, place: Place): void {
    const row = rowOf(node.cells);
    if (row.term === undefined) {
      addFact(place.owner, 'row', row.words, node, place.depth);
      return;
    }
    const draft = this.concept(cleanTerm(row.term.text), node, {
      kind: place.list ? 'member' : 'term',
      parent: place.owner,
      path: place.path,
    });
    addFact(draft, 'definition', row.words, node, 0, row.term);
    this.join(place, draft.term, node, draft);
  }

  private readLine(node: OutlineNode, place: Place): void {
    const { words } = node;
    if (words.text === '') {
      this.readAll(node.children, place);
      return;
    }
    const split = splitLine(words);
    const named = split ? this.termOfSplit(split, node, place) : this.termOfWhole(node, place);
    if (named) this.readTerm(node, place, named);
    else if (node.children.length > 0) this.readIntro(node, place, split);
    else this.readLeaf(node, place, split);
  }

  /** The concept that a line with a separator explains, if it does. */
  private termOfSplit(split: Split, node: OutlineNode, place: Place): Named | undefined {
    const { lead, gloss } = split;
    const hasBody = gloss.text !== '' || node.children.length > 0;
    if (!hasBody || isMereEmphasis(lead.text)) return undefined;
    const acronym = splitAcronym(node.words.text);
    if (acronym) {
      const body = node.children.length > 0;
      return { ...acronym, lead: body ? node.words : lead, gloss: body ? undefined : gloss };
    }
    if (!place.list && node.children.length === 0 && isRemark(split)) return undefined;
    const inner = place.list
      ? /^[OoIi]n (\p{Lu}[\p{L}\d-]*(?: \p{Lu}[\p{L}\d-]*){0,2})$/u.exec(lead.text)?.[1]
      : undefined;
    if (inner && !isImperative(gloss.text)) return { ...cleanTerm(inner), lead, gloss };
    if (isName(lead)) {
      if (
        gloss.text === '' &&
        announcesList(lead.text) &&
        /\b(following|types?|kinds?|ways?)\b/i.test(lead.text)
      )
        return undefined;
      return { ...cleanTerm(lead.text), lead, gloss: gloss.text === '' ? undefined : gloss };
    }
    const inside = termAtEndOfClause(split) ?? termCalled(split.lead);
    return inside && gloss.text !== '' ? { ...inside, lead, gloss } : undefined;
  }

  /** The concept that a line without a separator explains, if it does. */
  private termOfWhole(node: OutlineNode, place: Place): Named | undefined {
    const { words } = node;
    const said = termCalled(words) ?? termDefinedByIsA(words);
    if (said && !isMereEmphasis(said.term)) {
      return { ...said, gloss: words, lead: undefined };
    }
    const asked = /[?？]$/.test(words.text) && node.children.length > 0 ? headingTerm(words.text) : undefined;
    if (asked) return { ...asked, lead: words, gloss: undefined };
    if (node.children.length === 0 || !isName(words) || statedCount(words.text) !== undefined)
      return undefined;
    const marked = isWholly(words, 'code') || isWholly(words, 'strong');
    const short = wordsOf(words.text).length <= 3 && /^[\p{Lu}\p{Lo}\d]/u.test(words.text);
    const ends = /[.!]$/.test(words.text) || startsWithVerb(words.text) || isImperative(words.text);
    if (!marked && (!short || ends)) return undefined;
    if (isMereEmphasis(words.text) || (place.list === undefined && announcesList(words.text)))
      return undefined;
    return { ...cleanTerm(words.text), lead: words, gloss: undefined };
  }

  private readTerm(node: OutlineNode, place: Place, named: Named): void {
    const own = isCalled(place.owner, named.term) ? place.owner : undefined;
    const draft =
      own ??
      this.concept(named, node, {
        kind: place.list ? 'member' : 'term',
        parent: place.owner,
        path: place.path,
      });
    const depth = own ? place.depth : 0;
    if (named.gloss) addFact(draft, 'definition', named.gloss, node, depth, named.lead);
    draft.endLine = Math.max(draft.endLine, node.endLine);
    if (!own) {
      place.scope.push(draft);
      this.join(place, draft.term, node, draft);
    }
    const list = listFor(named.gloss?.text ?? '', node) ?? memberListOf(draft.term, node);
    if (list) draft.lists.push(list);
    this.readAll(node.children, {
      owner: draft,
      path: withStep(place.path, pathStep(node)),
      depth: own ? depth + 1 : 0,
      list,
      scope: place.scope,
    });
    draft.endLine = Math.max(draft.endLine, ...draft.facts.map((fact) => fact.line));
  }

  /** A line with children that is no term: a label, or words that announce what follows. */
  private readIntro(node: OutlineNode, place: Place, split: Split | undefined): void {
    const bare =
      split === undefined
        ? /[?？]$/.test(node.words.text) || isLabel(node.words.text)
        : split.gloss.text === '';
    const text = bare && split ? split.lead.text : node.words.text;
    const subject = bare && !isLabel(text) ? subjectOf(text, place.scope) : undefined;
    const owner = subject ?? place.owner;
    const depth = subject ? 0 : place.depth;
    const announces = listFor(text, node);
    const kind = bare || announces ? 'intro' : 'statement';
    addFact(owner, kind, node.words, node, depth);
    if (place.list && !subject && isBareMember(node.words))
      this.join(place, node.words.text, node, undefined);
    if (announces) owner.lists.push(announces);
    this.readAll(node.children, {
      ...place,
      owner,
      depth: depth + 1,
      path: withStep(place.path, pathStep(node)),
      list: announces,
    });
  }

  private readLeaf(node: OutlineNode, place: Place, split: Split | undefined): void {
    const step = place.list?.sequence === true && node.ordinal !== undefined;
    const member = step || (place.list !== undefined && split === undefined && isBareMember(node.words));
    if (member) this.join(place, node.words.text.replace(/[.,;]$/, ''), node, undefined);
    addFact(place.owner, member ? 'member' : 'statement', node.words, node, place.depth);
  }

  private join(place: Place, text: string, node: OutlineNode, concept: ConceptDraft | undefined): void {
    place.list?.members.push({ text, line: node.line, concept });
    place.list?.ordinals.push(node.ordinal);
  }

  private concept(
    term: Term,
    at: { readonly line: number; readonly endLine: number },
    as: {
      kind: Concept['kind'];
      parent: ConceptDraft | undefined;
      path: readonly string[];
      unnamed?: boolean;
    },
  ): ConceptDraft {
    const key = keyOf(term.term, as.parent);
    const known = this.byKey.get(key);
    if (known) {
      for (const alias of term.aliases) known.aliases.add(alias);
      return known;
    }
    const draft: ConceptDraft = {
      term: term.term,
      aliases: new Set(term.aliases),
      article: term.article,
      path: as.path,
      kind: as.kind,
      parent: as.parent,
      line: at.line,
      endLine: at.endLine,
      facts: [],
      lists: [],
      key,
      chain: as.unnamed ? '' : key,
    };
    this.byKey.set(key, draft);
    this.drafts.push(draft);
    return draft;
  }
}

/** A file's name is the parent of its bullets, but not of its headings. */
function namedByAuthor(draft: ConceptDraft): ConceptDraft | undefined {
  return draft.chain === '' ? undefined : draft;
}

/** A heading that says what the file's name says is the better name. */
function nameByHeading(draft: ConceptDraft, term: Term): void {
  draft.term = term.term;
  for (const alias of term.aliases) draft.aliases.add(alias);
  draft.chain = draft.key;
}

/** 'EC2: install the agent', 'Retention: 24 hours': tells something of what stands above, and does not define its lead. */
function isRemark({ lead, gloss }: Split): boolean {
  if (lead.pieces.some((piece) => piece.strong || piece.code)) return false;
  return isImperative(gloss.text) || isMeasure(gloss.text);
}

/** A term as its line gives it. */
interface Named extends Term {
  readonly lead: Words | undefined;
  readonly gloss: Words | undefined;
}

function headingTerm(subject: string): Term | undefined {
  const asked = /^what(?:'s| is| are)\s+(?:an?\s+|the\s+)?(.+?)\??$/i.exec(subject)?.[1];
  if (asked !== undefined && !isClause(asked)) return cleanTerm(asked);
  const acronym = splitAcronym(subject);
  if (acronym) return acronym;
  const split = splitLine(plainWords(subject));
  if (split && split.mark === ':' && isName(split.lead)) return cleanTerm(split.lead.text);
  const count = wordsOf(subject).length;
  if (count > 8 || /[?!.。]$/.test(subject) || isClause(subject)) return undefined;
  return cleanTerm(subject);
}

function withStep(path: readonly string[], step: string): readonly string[] {
  return step === '' ? path : [...path, step];
}

function pathStep(node: OutlineNode): string {
  const split = splitLine(node.words);
  return (split?.lead.text ?? node.words.text).replace(/[\s:：]+$/, '');
}

function isBareMember(words: Words): boolean {
  const count = wordsOf(words.text).length;
  return count > 0 && count <= 7 && !isClause(words.text) && !isImperative(words.text);
}

/** A list for the children of words that announce one. */
function listFor(intro: string, node: OutlineNode): ListDraft | undefined {
  const text = intro.replace(/[\s:：]+$/, '');
  if (node.children.length === 0 || text === '' || !announcesList(text)) return undefined;
  if (isLabel(text) && !/\b(types?|kinds?|modes|options|components|parts|steps)\b/i.test(text))
    return undefined;
  return { intro: text, line: node.line, members: [], ordinals: [], sequence: announcesOrder(text) };
}

/** A list for the children of a plural term, where all of them are short names. */
function memberListOf(term: string, node: OutlineNode): ListDraft | undefined {
  const { children } = node;
  if (children.length < 2) return undefined;
  const named = children.every((child) => {
    const split = splitLine(child.words);
    return split
      ? isName(split.lead)
      : isWholly(child.words, 'code') || isWholly(child.words, 'strong') || isShortName(child);
  });
  if (!named) return undefined;
  return { intro: term, line: node.line, members: [], ordinals: [], sequence: announcesOrder(term) };
}

function isShortName(node: OutlineNode): boolean {
  return (
    wordsOf(node.words.text).length <= 3 &&
    isName(node.words) &&
    /^\p{Lu}\S*(\s\p{Lu}\S*)*$/u.test(node.words.text)
  );
}
