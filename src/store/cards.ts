import type { HeldDeck } from '../notes/edits/held.js';
import type { CardId } from '../notes/model.js';
import { changedSince } from './changed.js';
import type { Database } from './database.js';
import { hiddenCardsIn } from './hidden.js';
import type { Cards } from './store.js';
import { inSlices, stamp, syncCards } from './sync.js';
import { areSharedBeyond, type WorkspaceIds } from './workspaces.js';

/** The cards of the notes, kept for good. */
export interface KeptCards extends Cards {
  /** Cards in use that the notes of the last sync do not have: nobody can be shown them. */
  unshown(): ReadonlySet<CardId>;
}

/** The door to the cards, for one process. */
export function cardsIn(database: Database, workspaces: WorkspaceIds): KeptCards {
  let held: readonly HeldDeck[] = [];
  let unshown: ReadonlySet<CardId> = new Set();
  const inTurn = oneAfterTheOther();
  const hold = (decks: readonly HeldDeck[]) => {
    held = decks;
    unshown = new Set(decks.flatMap(({ cards }) => cards));
  };
  return {
    ...hiddenCardsIn(database, workspaces),
    sync: (cards, now) =>
      inTurn(async () => {
        const synced = await database.write((sql) => syncCards(sql, cards, now));
        hold(synced.held);
        return synced;
      }),
    held: () => held,
    retireHeld: (cards, now) =>
      inTurn(async () => {
        const retired = new Set(cards.filter((id) => unshown.has(id)));
        await database.write((sql) => inSlices([...retired], (some) => stamp(sql, 'retiredAt', some, now)));
        const left = held.map((deck) => ({ ...deck, cards: deck.cards.filter((id) => !retired.has(id)) }));
        hold(left.filter((deck) => deck.cards.length > 0));
        return retired.size;
      }),
    changedSince: (learner, card) => changedSince(database, learner, card),
    areSharedBeyond: (workspace) => database.look((sql) => areSharedBeyond(sql, workspace)),
    learnersByKey: (keys) => learnersByKey(database, keys),
    unshown: () => unshown,
  };
}

/** So that no load of the notes falls between what is known to be held and its retirement. */
function oneAfterTheOther(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next;
    return next;
  };
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
