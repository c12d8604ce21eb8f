import { z } from 'zod';

/** Names a concept; unchanged when its lines move within the notes. */
export const ConceptId = z.string().min(1).max(24).brand<'ConceptId'>();
export type ConceptId = z.infer<typeof ConceptId>;

/** Names a card for good: reviews point at it, and an edit of the text does not change it. */
export const CardId = z.string().min(1).max(24).brand<'CardId'>();
export type CardId = z.infer<typeof CardId>;

/** A run of lines in a note. */
export interface Source {
  /** The note's path relative to the content folder, with forward slashes. */
  readonly note: string;
  /** First line, counted from 1. */
  readonly line: number;
  /** Last line, inclusive. */
  readonly endLine: number;
}

/**
 * What a line of a note is to its concept: `definition` says what the concept is; `statement` says something
 * of it; `intro` announces members ('runs the following software:'); `member` is a bare item of its list;
 * `row` is a table row; `card` was written by the author as front and back.
 */
export type FactKind = 'definition' | 'statement' | 'intro' | 'member' | 'row' | 'card';

/** One thing that the notes say of a concept. */
export interface Fact {
  /** Plain text without Markdown. */
  readonly text: string;
  /** The same as Markdown, for drawing (code spans kept). */
  readonly markdown: string;
  readonly line: number;
  readonly kind: FactKind;
  /** Bullets between the concept and this fact: 0 is a direct child. Keeps nested bullets nested when shown. */
  readonly depth: number;
  /** Markdown of the words before a gloss ('`kubelet`'), or the front of an author's card, whose back is the text. */
  readonly lead?: string;
  /** The name that the author gave this line ('... ^name'): its card keeps its id whatever becomes of the words. */
  readonly anchor?: string;
  /** An author's card that is asked from its back as well ('front:::back'). */
  readonly reversible?: boolean;
  /** An author's card that is asked with options. */
  readonly choice?: Choice;
  /** A fenced code block below the line, with its fences: it is shown, and no card is made of it. Without text it stands alone. */
  readonly code?: string;
  /** The note of this line, where it is not the note of the concept's source. */
  readonly note?: string;
}

/** What an author gives with a card that is asked with options; its back is the right one. */
export interface Choice {
  readonly wrong: readonly string[];
  /** Plain lines that explain the answer, shown below it. */
  readonly reasons: readonly string[];
  /** Where the reasons come from; may change without changing the card. */
  readonly pages: string;
}

/** An item of a concept's list: a bare word, or a concept of its own. */
export interface Member {
  readonly text: string;
  readonly line: number;
  /** The concept that explains this member, where the notes do. */
  readonly concept: ConceptId | undefined;
}

/** The list of a concept's members, as its intro announced it. */
export interface MemberList {
  /** The announcing words ('Nodes can be the following types'), or the concept's term where there are none. */
  readonly intro: string;
  readonly line: number;
  readonly members: readonly Member[];
  /** True only where nothing marks the list as open ('etc.', 'such as') and a stated count agrees. */
  readonly closed: boolean;
  /** True where the notes say that the order matters. */
  readonly ordered: boolean;
}

/** A named thing that the notes explain. */
export interface Concept {
  readonly id: ConceptId;
  readonly term: string;
  readonly aliases: readonly string[];
  /** Headings and parent bullets above it, outermost first, as a learner should read them. */
  readonly path: readonly string[];
  /** The folder of its note, or the note's name where the note lies at the root. */
  readonly deck: string;
  readonly source: Source;
  readonly kind: 'heading' | 'term' | 'member';
  readonly parent: ConceptId | undefined;
  readonly facts: readonly Fact[];
  readonly lists: readonly MemberList[];
}

/** `definition`: term and what it is. `list`: a concept's members. `fact`: one statement. `author`: written as front and back. */
export type CardKind = 'definition' | 'list' | 'fact' | 'author';

/** One recall prompt made from a concept. */
export interface Card {
  readonly id: CardId;
  /** What identity is derived from when the card is first seen; independent of file, line and order. */
  readonly key: string;
  readonly concept: ConceptId;
  readonly deck: string;
  readonly kind: CardKind;
  /** Markdown; complete without the breadcrumb, which is shown beside it. */
  readonly front: string;
  /** Markdown. */
  readonly back: string;
  /** Up to three plain lines that explain the answer. */
  readonly keyPoints: readonly string[];
  readonly source: Source;
  /** Wrong options of the author's own, and what explains the answer. */
  readonly choice?: Choice & { readonly answer: string };
  /** Changes when front or back change. */
  readonly hash: string;
}

/** One showing of a card, with what is needed to mark the answer. */
export interface Question {
  readonly id: string;
  readonly card: CardId;
  readonly form: 'choice' | 'typed' | 'order' | 'match';
  readonly stem: string;
  /**
   * What the learner picks from, in the order shown; empty for typed answers. For `order` the items out of order; for
   * `match` the names and then as many descriptions.
   */
  readonly options: readonly string[];
  /** The right option, the answer to type, or the right order or pairs in words. */
  readonly answer: string;
  /** Other typed answers that count as right; for `order` the letters ('C A B'), for `match` the pairs ('1B 2A 3C'). */
  readonly accepted: readonly string[];
  /** Key points shown after the answer. */
  readonly explanation: string;
  readonly source: Source;
}

/** What the learners' answers have shown: wrong answers that nobody takes, and cards that rest. */
export interface Avoid {
  readonly options?: ReadonlySet<string>;
  readonly cards?: ReadonlySet<CardId>;
}

/** Something wrong with a note, or worth its author's eye. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly note: string;
  /** 1 where the whole file is meant. */
  readonly line: number;
  readonly message: string;
}

/** Everything that a content folder says, ready to be asked. Immutable: an edit makes a new one. */
export interface Library {
  readonly concepts: readonly Concept[];
  readonly cards: readonly Card[];
  readonly problems: readonly Problem[];
  /** Decks and headings that a learner can study by, in the order of the notes, then the tags of notes. */
  readonly topics: readonly Topic[];
  concept(id: ConceptId): Concept | undefined;
  card(id: CardId): Card | undefined;
  cardsOf(concept: ConceptId): readonly Card[];
  childrenOf(concept: ConceptId): readonly Concept[];
  /** What a learner is shown of a concept, as Markdown with nested bullets. */
  textOf(concept: ConceptId): string;
  lookup(query: string): Lookup;
  /** Terms for completion, best first; an empty prefix gives the first terms of the notes. */
  complete(prefix: string, limit: number): readonly string[];
  /**
   * A question for the card, the same for the same seed; undefined where none passes the gates, or the card rests.
   */
  question(card: CardId, seed: string, avoid?: Avoid): Question | undefined;
  /** At which gate tries to make a question were given up so far, the most first. */
  questionDrops(): readonly { readonly gate: string; readonly count: number }[];
  /** The same library, its cards under the ids that they are known by from before an edit. */
  withCardIds(ids: ReadonlyMap<CardId, CardId>): Library;
}

export interface Topic {
  readonly name: string;
  readonly concept: ConceptId | undefined;
  readonly cards: readonly CardId[];
}

/** The answer to what someone typed. `ambiguous`: several concepts share the name; `none`: not in the notes. */
export interface Lookup {
  readonly outcome: 'found' | 'ambiguous' | 'none';
  /** Best first; more than one only when ambiguous, or when several were asked for ('A vs B'). */
  readonly concepts: readonly Concept[];
  /** Nearest terms where nothing was found. */
  readonly suggestions: readonly string[];
}
