import { doubtfulDays, writeDays } from './activity.js';
import { ClientSql } from './client-sql.js';
import type { Database, Transaction } from './database.js';
import { rebuildCounts } from './rebuild-counts.js';
import { settleScores } from './scores.js';

interface Outcome {
  readonly scores: number;
  readonly mismatches: number;
}

/** Reckons each learner's days from the log, their scores from the days, and the counts from the scores. */
export async function rebuildScores(database: Database, apply: boolean, now: Date): Promise<Outcome> {
  let mismatches = 0;
  for (let after = ''; ; ) {
    const [next] = await database.read((client) =>
      client.learner.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: 1 }),
    );
    if (next === undefined) break;
    after = next.id;
    mismatches += await database.change((tx) => rebuildLearner(tx, next.id, apply, now));
  }
  mismatches += await database.change((tx) => rebuildCounts(new ClientSql(tx), apply, now));
  const scores = await database.read((client) => client.score.count());
  return { scores, mismatches };
}

async function rebuildLearner(
  tx: Transaction,
  learnerId: string,
  apply: boolean,
  now: Date,
): Promise<number> {
  const doubts = await doubtfulDays(tx, learnerId);
  if (apply) await writeDays(tx, learnerId, doubts);
  const accounts = await tx.account.findMany({ where: { learnerId }, select: { workspaceId: true } });
  const scored = await tx.score.findMany({
    where: { learnerId },
    select: { workspaceId: true },
    distinct: ['workspaceId'],
  });
  let wrong = doubts.length;
  for (const workspaceId of new Set([...accounts, ...scored].map((row) => row.workspaceId))) {
    wrong += await settleScores(new ClientSql(tx), { workspaceId, learnerId }, now, apply);
  }
  return wrong;
}
