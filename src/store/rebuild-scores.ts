import { z } from 'zod';
import { doubtfulDays, writeDays } from './activity.js';
import { ClientSql } from './client-sql.js';
import type { Database, Transaction } from './database.js';
import { BUCKET, coarse, settleScores } from './scores.js';

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
  mismatches += await database.change((tx) => recount(tx, apply));
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

const Wrong = z.tuple([z.coerce.number()]);

const COUNTED = `SELECT "workspaceId", "board", "span", "points", COUNT(*) AS "learners" FROM (
    SELECT "workspaceId", "board", "span", "points" FROM "Score"
    UNION ALL SELECT "workspaceId", "board", "span" || '${coarse('')}', "points" / ${BUCKET} FROM "Score") s
  GROUP BY "workspaceId", "board", "span", "points"`;

async function recount(tx: Transaction, apply: boolean): Promise<number> {
  const sql = new ClientSql(tx);
  const [row] = await sql.query(
    Wrong,
    `SELECT COUNT(*) AS "wrong" FROM (
        SELECT 1 AS "one" FROM (
          SELECT "workspaceId", "board", "span", "points", "learners" FROM "ScoreCount" WHERE "learners" <> 0
          UNION ALL SELECT "workspaceId", "board", "span", "points", -"learners" FROM (${COUNTED}) c) both_sides
        GROUP BY "workspaceId", "board", "span", "points" HAVING SUM("learners") <> 0) differing`,
    [],
  );
  const wrong = row?.[0] ?? 0;
  if (apply && wrong > 0) {
    await sql.execute('DELETE FROM "ScoreCount"', []);
    await sql.execute(
      `INSERT INTO "ScoreCount" ("workspaceId", "board", "span", "points", "learners") ${COUNTED}`,
      [],
    );
  }
  return wrong;
}
