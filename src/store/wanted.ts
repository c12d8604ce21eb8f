import type { CardId } from '../notes/model.js';
import type { Database } from './database.js';
import type { LearnerId, Wish } from './store.js';

/** Cards whose memory states are looked for in one statement. */
const AT_ONCE = 500;

/** Notes that a learner asked for these cards; see Reviews.want. A wish stays, so that it holds again after an undo. */
export async function want(
  database: Database,
  learnerId: LearnerId,
  cards: readonly CardId[],
  now: Date,
): Promise<Wish> {
  const found = await statesAmong(database, learnerId, cards);
  const waiting = found.filter(({ known }) => !known).map(({ id }) => id);
  await database.write(async (sql) => {
    for (const id of waiting) {
      await sql.execute(
        'INSERT INTO "Wanted" ("learnerId", "cardId", "at") VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
        [learnerId, id, now],
      );
    }
  });
  return { waiting: waiting.length, known: found.length - waiting.length };
}

/** The cards that the database has, each with whether the learner has a memory of it. */
async function statesAmong(database: Database, learnerId: LearnerId, cards: readonly CardId[]) {
  const found: { readonly id: string; readonly known: boolean }[] = [];
  for (let start = 0; start < cards.length; start += AT_ONCE) {
    const ids = cards.slice(start, start + AT_ONCE);
    const rows = await database.read((client) =>
      client.card.findMany({
        where: { id: { in: ids } },
        select: { id: true, memoryStates: { where: { learnerId, phase: { not: null } } } },
      }),
    );
    for (const { id, memoryStates } of rows) found.push({ id, known: memoryStates.length > 0 });
  }
  return found;
}
