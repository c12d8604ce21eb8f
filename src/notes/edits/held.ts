import type { CardId } from '../model.js';
import { type KnownCard, push } from './known.js';

/** An import that would retire more than this share of a deck, and more than a handful of cards, waits for an admin. */
const SHARE = 1 / 5;
const HANDFUL = 5;

/** A deck that lost so many cards at once that an admin is asked before they are retired. */
export interface HeldDeck {
  readonly deck: string;
  /** The cards that the notes no longer have. */
  readonly cards: readonly CardId[];
  /** How many cards the deck had. */
  readonly of: number;
}

/** Of the cards that the notes no longer have: what is retired, and the decks that wait for an admin. */
export function settleGone(
  gone: readonly KnownCard[],
  known: readonly KnownCard[],
): { readonly retired: readonly CardId[]; readonly held: readonly HeldDeck[] } {
  const inUse = new Map<string, number>();
  for (const { deck, retired } of known) if (!retired) inUse.set(deck, (inUse.get(deck) ?? 0) + 1);
  const missing = new Map<string, CardId[]>();
  for (const { deck, id } of gone) push(missing, deck, id);
  const held: HeldDeck[] = [];
  const retired: CardId[] = [];
  for (const [deck, cards] of missing) {
    const of = inUse.get(deck) ?? 0;
    if (cards.length > HANDFUL && cards.length > of * SHARE) held.push({ deck, cards, of });
    else retired.push(...cards);
  }
  return { retired, held };
}
