import { foldReviews } from '../learning/history.js';
import type { LoggedReview } from '../learning/model.js';
import type { Database, Transaction } from './database.js';
import { ParameterSets, toLogged } from './log.js';
import { ALGORITHM, fromColumns, sameState, toColumns } from './memory.js';

/** Rows of the log read at once. */
const PAGE = 2000;

interface Outcome {
  readonly reviews: number;
  readonly states: number;
  readonly mismatches: number;
}

/** Folds the log again, learner by learner and card by card, and compares with the stored states. */
export async function rebuild(database: Database, apply: boolean): Promise<Outcome> {
  const learners = await database.read((client) =>
    client.learner.findMany({ select: { id: true }, orderBy: { id: 'asc' } }),
  );
  const total = { reviews: 0, states: 0, mismatches: 0 };
  for (const { id } of learners) {
    const one = await rebuildLearner(database, id, apply);
    total.reviews += one.reviews;
    total.states += one.states;
    total.mismatches += one.mismatches;
  }
  return total;
}

async function rebuildLearner(database: Database, learnerId: string, apply: boolean): Promise<Outcome> {
  const stored = new Map(
    (await database.read((client) => client.memoryState.findMany({ where: { learnerId } }))).map((row) => [
      row.cardId,
      row,
    ]),
  );
  const total = { reviews: 0, states: 0, mismatches: 0 };
  const doubtful: string[] = [];
  for await (const { cardId, log } of logsByCard(database, learnerId)) {
    const row = stored.get(cardId);
    stored.delete(cardId);
    const state = foldReviews(log);
    total.reviews += log.length;
    if (state !== undefined) total.states += 1;
    const same = row?.lastSeq === log.at(-1)?.seq && row !== undefined && sameColumns(row, state);
    if (!same) doubtful.push(cardId);
  }
  for (const cardId of [...doubtful, ...stored.keys()]) {
    const wrong = await database.change((tx) => settle(tx, learnerId, cardId, apply));
    if (wrong) total.mismatches += 1;
  }
  return total;
}

/** The learner's log, one card after the other, in pages. */
async function* logsByCard(
  database: Database,
  learnerId: string,
): AsyncGenerator<{ readonly cardId: string; readonly log: readonly LoggedReview[] }> {
  let current: { cardId: string; log: LoggedReview[] } | undefined;
  for (let after = { cardId: '', seq: 0 }; ; ) {
    const { rows, sets } = await database.read(async (client) => ({
      rows: await client.review.findMany({
        where: {
          learnerId,
          OR: [{ cardId: { gt: after.cardId } }, { cardId: after.cardId, seq: { gt: after.seq } }],
        },
        orderBy: [{ cardId: 'asc' }, { seq: 'asc' }],
        take: PAGE,
      }),
      sets: new ParameterSets(await client.parameters.findMany({ where: { learnerId } })),
    }));
    for (const row of rows) {
      if (current?.cardId !== row.cardId) {
        if (current !== undefined) yield current;
        current = { cardId: row.cardId, log: [] };
      }
      current.log.push(toLogged(row, sets));
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = { cardId: last.cardId, seq: last.seq };
  }
  if (current !== undefined) yield current;
}

/** Looks again while nothing else writes, since a review may have come in between; true where the state is wrong. */
async function settle(tx: Transaction, learnerId: string, cardId: string, apply: boolean): Promise<boolean> {
  const key = { learnerId, cardId };
  const rows = await tx.review.findMany({ where: key, orderBy: { seq: 'asc' } });
  const sets = new ParameterSets(await tx.parameters.findMany({ where: { learnerId } }));
  const state = foldReviews(rows.map((row) => toLogged(row, sets)));
  const lastSeq = rows.at(-1)?.seq ?? 0;
  const where = { learnerId_cardId: key };
  const row = await tx.memoryState.findUnique({ where });
  if (row !== null && row.lastSeq === lastSeq && sameColumns(row, state)) return false;
  if (apply) {
    const data = { ...toColumns(state), algorithm: ALGORITHM, lastSeq };
    await tx.memoryState.upsert({ where, create: { ...key, ...data }, update: data });
  }
  return true;
}

/** A damaged row is as wrong as a different one. */
function sameColumns(row: { readonly phase: string | null }, state: ReturnType<typeof foldReviews>): boolean {
  try {
    return sameState(fromColumns(row), state);
  } catch {
    return false;
  }
}
