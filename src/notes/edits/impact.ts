import type { Card, Library } from '../model.js';
import { type HeldDeck, settleGone } from './held.js';
import type { KnownCard } from './known.js';
import { type Kept, matchCards } from './match.js';

/** What turning one edition of the notes into another does to cards and to what people have learnt of them. */
export interface Impact {
  readonly added: readonly Card[];
  /** The same in other words. */
  readonly edited: readonly Kept[];
  /** Another meaning: the memory is kept, and the card comes back within a few days. */
  readonly changed: readonly Kept[];
  readonly renamed: readonly Kept[];
  readonly removed: readonly Card[];
  readonly moved: number;
  readonly unchanged: number;
  /** Decks that would lose so much that an admin is asked. */
  readonly held: readonly HeldDeck[];
}

/** Compares two editions of the notes. */
export function impactOf(earlier: Library, now: Library): Impact {
  const known = earlier.cards.map(asKnown);
  const { kept, added, gone } = matchCards(known, now.cards);
  const of = (edit: Kept['edit']) => kept.filter((one) => one.edit === edit);
  return {
    added,
    edited: of('reworded'),
    changed: of('meaning'),
    renamed: of('renamed'),
    removed: gone.flatMap(({ id }) => earlier.card(id) ?? []),
    moved: of('moved').length,
    unchanged: of('none').length,
    held: settleGone(gone, known).held,
  };
}

/** A card of the notes as a database would know it that had loaded them. */
export function asKnown({ source, ...card }: Card, position: number): KnownCard {
  return { ...card, note: source.note, position, retired: false, earlier: [] };
}
