import type { HeldDeck } from '../notes/edits/held.js';
import { type Card, CardId } from '../notes/model.js';
import { changedSince } from './changed.js';
import type { Database } from './database.js';
import { hiddenCardsIn } from './hidden.js';
import type { Cards } from './store.js';
import { inSlices, stamp, syncCards } from './sync.js';

/** The cards of the notes, kept for good. */
export interface KeptCards extends Cards {
  /** Cards in use that the notes of the last sync do not have: nobody can be shown them. */
  unshown(): ReadonlySet<CardId>;
}

/** The door to the cards, for one process. */
export function cardsIn(database: Database): KeptCards {
  let unshown: ReadonlySet<CardId> = new Set();
  return {
    ...hiddenCardsIn(database),
    async sync(cards, now) {
      const synced = await database.write((sql) => syncCards(sql, cards, now));
      unshown = synced.heldCards;
      return synced;
    },
    held: (cards) => heldDecks(database, cards),
    async retireMissing(cards, now) {
      const missing = (await heldDecks(database, cards)).flatMap((deck) => deck.cards);
      await database.write((sql) => inSlices(missing, (some) => stamp(sql, 'retiredAt', some, now)));
      return missing.length;
    },
    changedSince: (learner, card) => changedSince(database, learner, card),
    learnersByKey: (keys) => learnersByKey(database, keys),
    unshown: () => unshown,
  };
}

async function heldDecks(database: Database, cards: readonly Card[]): Promise<readonly HeldDeck[]> {
  const inNotes = new Set<string>(cards.map(({ id }) => id));
  const rows = await database.read((client) =>
    client.card.findMany({
      where: { retiredAt: null },
      select: { id: true, deck: true },
      orderBy: { position: 'asc' },
    }),
  );
  const decks = new Map<string, { cards: CardId[]; of: number }>();
  for (const { id, deck } of rows) {
    const held = decks.get(deck) ?? { cards: [], of: 0 };
    held.of += 1;
    if (!inNotes.has(id)) held.cards.push(CardId.parse(id));
    decks.set(deck, held);
  }
  return [...decks].flatMap(([deck, held]) => (held.cards.length > 0 ? [{ deck, ...held }] : []));
}

async function learnersByKey(
  database: Database,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  await inSlices(keys, async (some) => {
    const rows = await database.read((client) =>
      client.card.findMany({
        where: { key: { in: [...some] }, retiredAt: null },
        select: { key: true, _count: { select: { memoryStates: { where: { phase: { not: null } } } } } },
      }),
    );
    for (const { key, _count } of rows) if (_count.memoryStates > 0) found.set(key, _count.memoryStates);
  });
  return found;
}
