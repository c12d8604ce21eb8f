import type { Card } from '../model.js';
import { type Candidate, Candidates } from './candidates.js';
import { type KnownCard, push } from './known.js';
import { otherMeaning } from './meaning.js';
import { bagOf } from './similarity.js';

/**
 * What an edit did to a card: `none`; `moved`: the same text elsewhere; `reworded`: the same in other words; `renamed`:
 * what it is about has another name; `meaning`: it says something else.
 */
export type Edit = 'none' | 'moved' | 'reworded' | 'renamed' | 'meaning';

/** A card of the notes that is one the database knows. */
export interface Kept {
  readonly card: Card;
  readonly known: KnownCard;
  readonly edit: Edit;
}

/** Which card of the notes is which card of the database. */
export interface Matching {
  /** In the order of the notes; those whose `known` is retired have come back. */
  readonly kept: readonly Kept[];
  readonly added: readonly Card[];
  /** Cards in use that the notes no longer have. */
  readonly gone: readonly KnownCard[];
}

/**
 * Finds for each card of the notes the one that it was before an edit, so that its memory follows it. The surest signs
 * come first: the same key and text, the same text elsewhere, the same key; then what is most alike in words and place.
 * One to one, the same for the same arguments, and near-linear: only cards that share rare words are compared.
 */
export function matchCards(known: readonly KnownCard[], cards: readonly Card[]): Matching {
  const pairs = new Pairs(known, cards);
  pairs.byKeyAndText();
  pairs.byText();
  // The second round knows which concept has become which, from the pairs of the first.
  pairs.byLikeness();
  pairs.byLikeness();
  return pairs.matching();
}

class Pairs {
  readonly #known: readonly KnownCard[];
  readonly #cards: readonly Card[];
  readonly #found = new Map<Card, KnownCard>();
  readonly #taken = new Map<KnownCard, Card>();

  constructor(known: readonly KnownCard[], cards: readonly Card[]) {
    // Cards in use before retired ones, so that a tie never brings back what has a living twin.
    this.#known = [...known].sort(
      (a, b) => Number(a.retired) - Number(b.retired) || a.position - b.position || (a.id < b.id ? -1 : 1),
    );
    this.#cards = cards;
  }

  byKeyAndText(): void {
    this.#pairEqual(
      (known) => [`${known.key}\n${known.hash}`],
      (card) => `${card.key}\n${card.hash}`,
    );
  }

  /** The same text, at first within its concept or note, then anywhere; then a text that the card had before. */
  byText(): void {
    this.#pairEqual(
      ({ kind, hash, concept }) => [`${kind} ${hash} ${concept}`],
      ({ kind, hash, concept }) => `${kind} ${hash} ${concept}`,
    );
    this.#pairEqual(
      ({ kind, hash, note }) => [`${kind} ${hash} ${note}`],
      ({ kind, hash, source }) => `${kind} ${hash} ${source.note}`,
    );
    this.#pairEqual(
      ({ kind, hash }) => [`${kind} ${hash}`],
      ({ kind, hash }) => `${kind} ${hash}`,
    );
    this.#pairEqual(
      ({ key, earlier }) => earlier.map((hash) => `${key}\n${hash}`),
      ({ key, hash }) => `${key}\n${hash}`,
    );
    this.#pairEqual(
      ({ kind, earlier }) => earlier.map((hash) => `${kind} ${hash}`),
      ({ kind, hash }) => `${kind} ${hash}`,
    );
  }

  #pairEqual(signsOf: (known: KnownCard) => readonly string[], signOf: (card: Card) => string): void {
    const waiting = new Map<string, KnownCard[]>();
    for (const known of this.#known) {
      if (this.#taken.has(known)) continue;
      for (const sign of signsOf(known)) push(waiting, sign, known);
    }
    if (waiting.size === 0) return;
    for (const card of this.#cards) {
      if (this.#found.has(card)) continue;
      const free = waiting.get(signOf(card))?.find((known) => !this.#taken.has(known));
      if (free !== undefined) this.#pair(card, free);
    }
  }

  /** The likeliest pairs first; one that is hardly likelier than another is left alone, for a guess may be wrong. */
  byLikeness(): void {
    const known = this.#known.filter((one) => !this.#taken.has(one));
    const cards = this.#cards.filter((one) => !this.#found.has(one));
    if (known.length === 0 || cards.length === 0) return;
    const candidates = new Candidates(known, cards, {
      between: this.#neighbours(),
      concept: this.#conceptsNow(),
    });
    for (const candidate of candidates.likeliestFirst()) {
      const { card, known: one } = candidate;
      if (this.#found.has(card) || this.#taken.has(one)) continue;
      if (!this.#isRivalled(candidate, candidates)) this.#pair(card, one);
    }
  }

  #isRivalled(candidate: Candidate, candidates: Candidates): boolean {
    return candidates.rivalsOf(candidate).some((rival) => {
      const isFree = !this.#found.has(rival.card) && !this.#taken.has(rival.known);
      return isFree && (rival.card !== candidate.card || rival.known !== candidate.known);
    });
  }

  /** Whether the card before or after the one is the card before or after the other. */
  #neighbours(): (known: KnownCard, card: Card) => boolean {
    const inUse = this.#known.filter(({ retired }) => !retired);
    const at = new Map(inUse.map((known, index) => [known, index]));
    const place = new Map(this.#cards.map((card, index) => [card, index]));
    const isPair = (known: KnownCard | undefined, card: Card | undefined) =>
      known !== undefined && card !== undefined && this.#found.get(card) === known;
    return (known, card) => {
      const [i, j] = [at.get(known), place.get(card)];
      if (i === undefined || j === undefined) return false;
      return isPair(inUse[i - 1], this.#cards[j - 1]) || isPair(inUse[i + 1], this.#cards[j + 1]);
    };
  }

  /** Which concept an earlier one is now, as the cards that are paired already tell. */
  #conceptsNow(): ReadonlyMap<string, string> {
    const now = new Map<string, string>();
    for (const [card, { concept }] of this.#found) if (!now.has(concept)) now.set(concept, card.concept);
    return now;
  }

  #pair(card: Card, known: KnownCard): void {
    this.#found.set(card, known);
    this.#taken.set(known, card);
  }

  matching(): Matching {
    const kept: Kept[] = [];
    const added: Card[] = [];
    for (const card of this.#cards) {
      const known = this.#found.get(card);
      if (known === undefined) added.push(card);
      else kept.push({ card, known, edit: editOf(known, card) });
    }
    return { kept, added, gone: this.#known.filter((one) => !one.retired && !this.#taken.has(one)) };
  }
}

function editOf(known: KnownCard, card: Card): Edit {
  const isElsewhere = known.key !== card.key || known.note !== card.source.note;
  if (known.hash === card.hash) return isElsewhere ? 'moved' : 'none';
  if (otherMeaning(known, card) !== undefined) return 'meaning';
  if (known.concept === card.concept && card.kind !== 'definition') return 'reworded';
  if (!hasSameName(known, card)) return 'renamed';
  return known.back === card.back ? 'moved' : 'reworded';
}

/** Whether both ask of the same thing: without the place that a front names where the term alone is not clear. */
function hasSameName(known: KnownCard, card: Card): boolean {
  const [was, is] = [known.front, card.front].map((front) =>
    bagOf(front.replace(/^(?:In|For) [^,]{1,80}, /, '')),
  );
  return (
    was !== undefined && is !== undefined && was.size === is.size && [...was].every((word) => is.has(word))
  );
}
