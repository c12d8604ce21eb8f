import { z } from 'zod';
import { doubtfulDays, writeDays } from './activity.js';
import { ClientSql } from './client-sql.js';
import type { Database, Transaction } from './database.js';
import { rebuildCounts } from './rebuild-counts.js';
import { settleScores } from './scores.js';
import type { Statements } from './sql.js';

interface Outcome {
  readonly scores: number;
  readonly mismatches: number;
}

/** Learners whose ids are read at once. */
const PAGE = 1000;

/** Reckons each learner's days from the log, their scores from the days, and the counts from the scores. */
export async function rebuildScores(database: Database, apply: boolean, now: Date): Promise<Outcome> {
  let mismatches = 0;
  for (let after: string | undefined = ''; after !== undefined; ) {
    const ids = await learnersAfter(database, after);
    for (const id of ids) {
      mismatches += await settled(database, apply, (tx, sql, write) =>
        rebuildLearner(tx, sql, id, write, now),
      );
    }
    after = ids.at(-1);
  }
  mismatches += await settled(database, apply, (_, sql, write) => rebuildCounts(sql, write, now));
  const scores = await database.read((client) => client.score.count());
  return { scores, mismatches };
}

async function learnersAfter(database: Database, id: string): Promise<readonly string[]> {
  const where = { id: { gt: id } };
  const rows = await database.read((client) =>
    client.learner.findMany({ where, select: { id: true }, orderBy: { id: 'asc' }, take: PAGE }),
  );
  return rows.map((row) => row.id);
}

/**
 * Looks first while reviews go on, which is all that most need. Where something is wrong, one may have come in between:
 * then looks again while nothing else writes.
 */
async function settled(
  database: Database,
  apply: boolean,
  look: (tx: Transaction, sql: Statements, write: boolean) => Promise<number>,
): Promise<number> {
  const doubtful = await database.read((client) => database.look((sql) => look(client, sql, false)));
  return doubtful === 0 ? 0 : database.change((tx) => look(tx, new ClientSql(tx), apply));
}

const Workspace = z.tuple([z.string()]);

async function rebuildLearner(
  tx: Transaction,
  sql: Statements,
  learnerId: string,
  apply: boolean,
  now: Date,
): Promise<number> {
  const doubts = await doubtfulDays(tx, learnerId);
  if (apply) await writeDays(tx, learnerId, doubts);
  const workspaces = await sql.query(
    Workspace,
    `SELECT "workspaceId" FROM "Account" WHERE "learnerId" = ?
      UNION SELECT "workspaceId" FROM "Score" WHERE "learnerId" = ?`,
    [learnerId, learnerId],
  );
  let wrong = doubts.length;
  for (const [workspaceId] of workspaces) {
    wrong += await settleScores(sql, { workspaceId, learnerId }, now, apply);
  }
  return wrong;
}
