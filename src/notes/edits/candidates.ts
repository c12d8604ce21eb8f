import type { Card } from '../model.js';
import { type KnownCard, push } from './known.js';
import { saysOtherwise } from './meaning.js';
import { type Bag, bagOf, likeness, Weights } from './similarity.js';

/** Two cards that may be one, and how likely that is. */
export interface Candidate {
  readonly known: KnownCard;
  readonly card: Card;
  readonly score: number;
}

/** What is known of places already. */
export interface Places {
  readonly between: (known: KnownCard, card: Card) => boolean;
  /** The present concept of an earlier one. */
  readonly concept: ReadonlyMap<string, string>;
}

/** A word that more of the earlier cards have tells none of them apart. */
const COMMON = 60;
/** Earlier cards that a new one is compared with, those with the most in common. */
const COMPARED = 10;
/** Pairs of another key below these scores are two cards; what was retired needs more to come back. */
const LEAST = 0.56;
const LEAST_RETIRED = 0.75;
/** A likelier pair must be this much likelier than any other with one of its cards. */
const MARGIN = 0.03;

/** How the score is made up. A key holds the term and its parents, so that it outweighs a text wholly rewritten. */
const SHARE = { front: 0.4, back: 0.6, key: 0.3, concept: 0.1, place: 0.08 };
/** What is asked of the back where the key differs: with less in common another thing has taken the name. */
const LEAST_BACK = 0.3;

interface Bags {
  readonly front: Bag;
  readonly back: Bag;
}

/** Compares cards that the surer signs left over, and only those that share rare words, a key or a concept. */
export class Candidates {
  readonly #weights: Weights;
  readonly #bags = new Map<KnownCard | Card, Bags>();
  readonly #places: Places;
  readonly #ofCard = new Map<Card, Candidate[]>();
  readonly #ofKnown = new Map<KnownCard, Candidate[]>();

  constructor(known: readonly KnownCard[], cards: readonly Card[], places: Places) {
    this.#places = places;
    const all: Bag[] = [];
    for (const one of [...known, ...cards]) {
      const bags = { front: bagOf(one.front), back: bagOf(one.back) };
      this.#bags.set(one, bags);
      all.push(new Set([...bags.front, ...bags.back]));
    }
    this.#weights = new Weights(all);
    const index = new Index(known, (one) => this.#wordsOf(one), places.concept, this.#weights);
    for (const card of cards) {
      for (const one of index.near(card, this.#wordsOf(card))) {
        const score = this.#score(one, card);
        if (score === undefined) continue;
        const candidate = { known: one, card, score };
        push(this.#ofCard, card, candidate);
        push(this.#ofKnown, one, candidate);
      }
    }
  }

  likeliestFirst(): readonly Candidate[] {
    const all = [...this.#ofCard.values()].flat();
    // A stable sort: equal scores stay in the order of the notes.
    return all.sort((a, b) => b.score - a.score);
  }

  /** Other pairs with one of the two cards that are about as likely. */
  rivalsOf({ known, card, score }: Candidate): readonly Candidate[] {
    return [...(this.#ofCard.get(card) ?? []), ...(this.#ofKnown.get(known) ?? [])].filter(
      (other) => (other.known !== known || other.card !== card) && other.score > score - MARGIN,
    );
  }

  #wordsOf(one: KnownCard | Card): Bag {
    const bags = this.#bags.get(one);
    return new Set([...(bags?.front ?? []), ...(bags?.back ?? [])]);
  }

  #score(known: KnownCard, card: Card): number | undefined {
    const [was, is] = [this.#bags.get(known), this.#bags.get(card)];
    if (was === undefined || is === undefined || known.kind !== card.kind) return undefined;
    const isSameKey = known.key === card.key;
    const back = likeness(was.back, is.back, this.#weights);
    if (!isSameKey && back < LEAST_BACK) return undefined;
    const concept = this.#places.concept.get(known.concept) ?? known.concept;
    if (!isSameKey && concept !== card.concept && isSibling(known, card)) return undefined;
    const text = SHARE.front * likeness(was.front, is.front, this.#weights) + SHARE.back * back;
    const score =
      text +
      (isSameKey ? SHARE.key : 0) +
      (concept === card.concept ? SHARE.concept : 0) +
      (this.#places.between(known, card) ? SHARE.place : 0);
    const least = known.retired ? LEAST_RETIRED : LEAST;
    return isSameKey || score >= least ? score : undefined;
  }
}

/** Of another name and another meaning at once: 'inbound rule' beside 'outbound rule', however alike their words. */
function isSibling(known: KnownCard, card: Card): boolean {
  if (known.front === card.front) return false;
  return (
    saysOtherwise(known.front, card.front) !== undefined || saysOtherwise(known.back, card.back) !== undefined
  );
}

/** Earlier cards by key, concept and rare words. */
class Index {
  readonly #byKey = new Map<string, KnownCard[]>();
  readonly #byConcept = new Map<string, KnownCard[]>();
  readonly #byWord = new Map<string, KnownCard[]>();

  constructor(
    known: readonly KnownCard[],
    wordsOf: (known: KnownCard) => Bag,
    concepts: ReadonlyMap<string, string>,
    private readonly weights: Weights,
  ) {
    for (const one of known) {
      push(this.#byKey, one.key, one);
      push(this.#byConcept, concepts.get(one.concept) ?? one.concept, one);
      for (const word of wordsOf(one)) push(this.#byWord, word, one);
    }
  }

  near(card: Card, words: Bag): readonly KnownCard[] {
    const shared = new Map<KnownCard, number>();
    const add = (some: readonly KnownCard[] | undefined, weight: number) => {
      if (some === undefined || some.length > COMMON) return;
      for (const one of some) shared.set(one, (shared.get(one) ?? 0) + weight);
    };
    for (const word of words) add(this.#byWord.get(word), this.weights.of(word));
    add(this.#byConcept.get(card.concept), 1);
    const most = [...shared].sort(([, a], [, b]) => b - a).slice(0, COMPARED);
    return [...new Set([...(this.#byKey.get(card.key) ?? []), ...most.map(([one]) => one)])];
  }
}
