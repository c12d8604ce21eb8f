import { asKnown } from '../../../src/notes/edits/impact.js';
import type { KnownCard } from '../../../src/notes/edits/known.js';
import { matchCards } from '../../../src/notes/edits/match.js';
import { makeLibrary, readNote } from '../../../src/notes/library.js';
import { type Card, CardId } from '../../../src/notes/model.js';

/** Notes as texts by their paths. */
export type Notes = Readonly<Record<string, string>>;

/** The cards of notes. */
export function cardsOf(notes: Notes): readonly Card[] {
  const files = Object.entries(notes).sort(([a], [b]) => (a < b ? -1 : 1));
  return makeLibrary(files.map(([note, text]) => readNote(note, text))).cards;
}

/** A card as a database knows it. */
export function knownAs(card: Card, position: number, id: CardId = card.id): KnownCard {
  return { ...asKnown(card, position), id };
}

/** What the database knows after each load, with ids given as a store gives them. */
export class Memory {
  #known: readonly KnownCard[] = [];
  #ids = 0;

  /** Loads notes; the ids of their cards, by card. */
  load(cards: readonly Card[]): ReadonlyMap<Card, CardId> {
    const { kept } = matchCards(this.#known, cards);
    const before = new Map(kept.map(({ card, known }) => [card, known]));
    const now = cards.map((card, position) => {
      const known = before.get(card);
      this.#ids += known === undefined ? 1 : 0;
      const next = knownAs(card, position, known?.id ?? CardId.parse(`id-${this.#ids}`));
      return known === undefined ? next : { ...next, earlier: [...known.earlier, known.hash] };
    });
    const held = new Set(now.map(({ id }) => id));
    const retired = this.#known.filter(({ id }) => !held.has(id)).map((one) => ({ ...one, retired: true }));
    this.#known = [...now, ...retired];
    return new Map(cards.flatMap((card, index) => (now[index] ? [[card, now[index].id] as const] : [])));
  }
}
