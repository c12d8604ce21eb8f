import { normalizeName } from '../grammar.js';
import type { Concept, Problem } from '../model.js';
import { authorCard, isProperty } from './authored.js';
import { definitionsIn } from './definitions.js';
import {
  addCode,
  addFact,
  type ConceptDraft,
  finish,
  isCalled,
  type ListDraft,
  nameByHeading,
  namedByAuthor,
  spellsOut,
} from './draft.js';
import {
  headingSubject,
  isExamHeading,
  isGenericHeading,
  isLabel,
  isQuestion,
  isVocabulary,
} from './labels.js';
import { cleanTerm, type Split, splitLine } from './lead.js';
import { gathers, isBareMember, listFor, memberListOf } from './members.js';
import { headingTerm, type Named, termOf } from './naming.js';
import type { Outline, OutlineNode } from './outline.js';
import { pathStep } from './path.js';
import { Register } from './register.js';
import { Scope, subjectOf } from './scope.js';
import { secondName } from './sentences.js';
import { type Beside, besideFrom, none } from './siblings.js';
import { isExplainedBelow } from './subjects.js';
import { rowOf } from './tables.js';
import { deckOf, fileTitle } from './titles.js';

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
  /** What the heading compares ('Props vs State') or all below 'Terminology': a line that begins so explains it, though it be a label. */
  readonly named?: ReadonlySet<string> | 'all' | undefined;
  /** Below a heading of exam hints, which explain nothing. */
  readonly exam: boolean;
}

/** Turns an outline into concepts; `note` is the path relative to the content folder. Every bullet's words end in one of them. */
export function findConcepts(outline: Outline, note: string): Found {
  const finder = new Finder();
  finder.read(outline, note);
  const deck = deckOf(note);
  const problems: Problem[] = [
    ...outline.problems.map((problem) => ({ ...problem, note })),
    ...finder.register.problems.map((problem) => ({ ...problem, note })),
  ];
  const concepts = finder.register.drafts
    .filter(isWorthKeeping(finder.register.drafts))
    .map((draft) => finish(draft, note, deck));
  return { concepts, problems };
}

/** Drops headings that hold nothing; what is a parent stays. */
function isWorthKeeping(drafts: readonly ConceptDraft[]): (draft: ConceptDraft) => boolean {
  const parents = new Set(drafts.map((draft) => draft.parent));
  return (draft) =>
    draft.facts.length > 0 || draft.lists.some((list) => list.members.length > 0) || parents.has(draft);
}

class Finder {
  readonly register = new Register();

  read(outline: Outline, note: string): void {
    const { title, aliases } = outline.frontMatter;
    const root = this.register.concept(
      { term: title ?? (headingSubject(fileTitle(note)) || fileTitle(note)), aliases, article: undefined },
      { line: 1, endLine: 1 },
      { kind: 'heading', parent: undefined, path: [], unnamed: title === undefined },
    );
    const place: Place = {
      owner: root,
      path: [],
      depth: 0,
      list: undefined,
      scope: new Scope(),
      exam: false,
    };
    this.readAll(outline.children, place);
  }

  private readAll(nodes: readonly OutlineNode[], place: Place): void {
    let beside: Beside = none;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      if (node === undefined) continue;
      if (nodes[i - 1]?.kind !== 'bullet') beside = besideFrom(nodes, i);
      const card = authorCard(node, nodes[i + 1]);
      if (isProperty(node.words)) this.readAll(node.children, place);
      else if (card) {
        const at = { ...node, endLine: card.endLine, reversible: card.reversible };
        addFact(place.owner, 'card', card.back, at, place.depth, card.front);
        this.readAll(card.rest, { ...place, depth: place.depth + 1, list: undefined });
        i += card.took;
      } else if (node.kind === 'heading') this.readHeading(node, place);
      else if (node.kind === 'row') this.readRow(node, place);
      else if (node.kind === 'paragraph') this.readProse(node, place);
      else this.readLine(node, place, beside);
    }
  }

  private readProse(node: OutlineNode, place: Place): void {
    const parts = definitionsIn(node.words);
    parts.forEach((words, i) => {
      const isLast = i === parts.length - 1;
      const below = isLast ? node : { children: [], code: undefined };
      this.readLine({ ...node, words, children: below.children, code: below.code }, place);
    });
  }

  private readHeading(node: OutlineNode, place: Place): void {
    const inside = {
      ...place,
      depth: 0,
      list: undefined,
      scope: new Scope(),
      named: undefined,
      path: withStep(place.path, node.words.text),
      exam: place.exam || isExamHeading(node.words.text),
    };
    const subject = headingSubject(node.words.text);
    const term = headingTerm(subject, node.words);
    const compared = subject.split(/ (?:vs\.?|versus) /i);
    if (compared.length > 1 || this.isGeneric(subject, node, place)) {
      const words = isVocabulary(node.words.text) ? 'all' : undefined;
      const named = compared.length > 1 ? new Set(compared.map(normalizeName)) : words;
      addCode(place.owner, node, 0);
      this.readAll(node.children, { ...inside, named });
      return;
    }
    if (term === undefined) {
      addFact(place.owner, isQuestion(subject) ? 'intro' : 'statement', node.words, node, 0);
      this.readAll(node.children, { ...inside, depth: 1 });
      return;
    }
    const draft =
      this.ancestorCalled([term.term, ...term.aliases], place.owner) ??
      this.register.concept(term, node, {
        kind: 'heading',
        parent: namedByAuthor(place.owner),
        path: place.path,
      });
    if (draft.chain === '') nameByHeading(draft, term, node.anchor);
    const gloss = splitLine(node.words)?.gloss;
    if (gloss && gloss.text !== '' && term.aliases.length === 0) addFact(draft, 'definition', gloss, node, 0);
    else addCode(draft, node, 0);
    this.readAll(node.children, { ...inside, owner: draft });
  }

  /** A label names a concept after all where the lines above or below explain it ('**State**: ...', then '## State'). */
  private isGeneric(subject: string, node: OutlineNode, place: Place): boolean {
    if (this.register.knows(subject, namedByAuthor(place.owner))) return false;
    if (isExplainedBelow(subject, node.children)) return false;
    const heading = node.words.text;
    return isGenericHeading(subject) || isGenericHeading(heading) || isExamHeading(heading);
  }

  private ancestorCalled(names: readonly string[], from: ConceptDraft): ConceptDraft | undefined {
    for (let draft: ConceptDraft | undefined = from; draft; draft = draft.parent) {
      const ancestor = draft;
      if (names.some((name) => isCalled(ancestor, name))) return ancestor;
    }
    return undefined;
  }

  private readRow(node: OutlineNode, place: Place): void {
    const row = rowOf(node.cells, place.owner.term);
    if (row.term === undefined) {
      addFact(place.owner, 'row', row.words, node, place.depth);
      return;
    }
    const draft = this.register.concept(cleanTerm(row.term.text), node, {
      kind: place.list ? 'member' : 'term',
      parent: place.owner,
      path: place.path,
    });
    addFact(draft, 'definition', row.words, node, 0, row.term);
    this.join(place, draft.term, node, draft);
  }

  private readLine(node: OutlineNode, place: Place, beside = none): void {
    const { words } = node;
    if (words.text === '') {
      this.readAll(node.children, place);
      return;
    }
    const alias = namedByAuthor(place.owner) && secondName(words);
    if (alias) place.owner.aliases.add(alias);
    const split = alias ? undefined : (beside.split?.(words) ?? splitLine(words));
    const vocabulary =
      place.named === 'all' ||
      place.named?.has(normalizeName(split?.lead.text ?? '')) === true ||
      // 'Durability' is the D of ACID.
      (beside.initials.length > 2 && beside.initials === place.owner.term);
    const around = {
      inList: place.list !== undefined || (vocabulary && place.named !== 'all'),
      vocabulary,
      amongTerms: beside.isGlossary,
      inProcedure: beside.isProcedure,
      owner: place.owner.term,
    };
    const named = place.exam || alias ? undefined : termOf(node, split, around);
    // 'EKS is a managed service' three levels below EKS adds to what stands there.
    const tells = named?.gloss !== undefined && [words, split?.lead].includes(named.gloss);
    const known = tells && named.lead === undefined && place.owner.parent;
    const retold = known && this.ancestorCalled([named.term], known);
    if (named && !retold) this.readTerm(node, place, named);
    else if (node.children.length > 0) this.readIntro(node, place, split);
    else this.readLeaf(node, place, split);
  }

  private readTerm(node: OutlineNode, place: Place, named: Named): void {
    const own = isCalled(place.owner, named.term) || spellsOut(place.owner, named) ? place.owner : undefined;
    own?.aliases.add(named.term);
    const draft =
      own ??
      this.register.concept(named, node, {
        kind: place.list ? 'member' : 'term',
        parent: place.owner,
        path: place.path,
      });
    const depth = own ? place.depth : 0;
    if (named.gloss) addFact(draft, 'definition', named.gloss, node, depth, named.lead);
    else addCode(draft, node, depth);
    draft.endLine = Math.max(draft.endLine, node.endLine);
    if (!own) {
      place.scope.add(draft);
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
      exam: false,
    });
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
    const announces = listFor(text, node) ?? (bare && gathers(text) ? memberListOf(text, node) : undefined);
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
      exam: place.exam || isExamHeading(text),
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
}

function withStep(path: readonly string[], step: string): readonly string[] {
  return step === '' ? path : [...path, step];
}
