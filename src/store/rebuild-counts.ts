import { z } from 'zod';
import { spanKey, weekStart } from '../learning/points.js';
import { WHOLE } from './activity.js';
import { inSteps, liveWeek, NOW, STEPS } from './score-counts.js';
import type { SqlValue, Statements } from './sql.js';

const Wrong = z.tuple([z.coerce.number()]);
const Week = z.tuple([z.string()]);

/**
 * Compares what is kept for boards to be quick with what the scores say: counts of learners by points, and the
 * figures of teams. Returns how many rows are wrong; with `apply` they are written anew.
 */
export async function rebuildCounts(sql: Statements, apply: boolean, at: Date): Promise<number> {
  const live = liveWeek(at);
  const counts = await countedSql(sql, live);
  const kept = `"learners" <> 0 AND ("week" = '${NOW}' OR "week" >= ?)`;
  return (
    (await settle(sql, apply, 'ScoreCount', COUNT_KEY, ['learners'], kept, [live], counts)) +
    (await settle(sql, apply, 'TeamScore', TEAM_KEY, ['points', 'active'], '"active" <> 0', [], TEAMS)) +
    (await settleMembers(sql, apply))
  );
}

const COUNT_KEY = ['workspaceId', 'board', 'week', 'span', 'points'];
const TEAM_KEY = ['workspaceId', 'span', 'teamId'];

interface Query {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

const TEAMS: Query = {
  sql: `SELECT t."workspaceId", s."span", t."id" AS "teamId", SUM(s."points") AS "points", COUNT(*) AS "active"
    FROM "Membership" m JOIN "Team" t ON t."id" = m."teamId"
    JOIN "Score" s ON s."workspaceId" = t."workspaceId" AND s."board" = '${WHOLE}' AND s."learnerId" = m."learnerId"
    GROUP BY t."workspaceId", s."span", t."id"`,
  values: [],
};

async function settle(
  sql: Statements,
  apply: boolean,
  table: string,
  key: readonly string[],
  figures: readonly string[],
  kept: string,
  keptValues: readonly SqlValue[],
  right: Query,
): Promise<number> {
  const names = key.map((name) => `"${name}"`).join(', ');
  const values = figures.map((name) => `"${name}"`).join(', ');
  const less = figures.map((name) => `-"${name}"`).join(', ');
  const differs = figures.map((name) => `SUM("${name}") <> 0`).join(' OR ');
  const [row] = await sql.query(
    Wrong,
    `SELECT COUNT(*) AS "wrong" FROM (SELECT 1 AS "one" FROM (
        SELECT ${names}, ${values} FROM "${table}" WHERE ${kept}
        UNION ALL SELECT ${names}, ${less} FROM (${right.sql}) c) both_sides
      GROUP BY ${names} HAVING ${differs}) differing`,
    [...keptValues, ...right.values],
  );
  const wrong = row?.[0] ?? 0;
  if (apply && wrong > 0) {
    await sql.execute(`DELETE FROM "${table}"`, []);
    await sql.execute(`INSERT INTO "${table}" (${names}, ${values}) ${right.sql}`, right.values);
  }
  return wrong;
}

/** The counts as the scores have them: those of now, and what each week from `live` on changed. */
async function countedSql(sql: Statements, live: string): Promise<Query> {
  const weeks = await sql.query(Week, `SELECT DISTINCT "span" FROM "Score" WHERE "span" || '' >= 'w'`, []);
  const seasons = weeks.flatMap(([week]) => {
    const day = weekStart(week);
    return day === undefined ? [] : [[week, spanKey('season', day)]];
  });
  const steps = STEPS.map(
    (step) => `SELECT "workspaceId", "board", "week", "span" || '${inSteps('', step)}' AS "span",
      "points" / ${step} AS "points", "learners" FROM single`,
  );
  const seasonOf = ['', '', ...seasons.flat()];
  return {
    sql: `SELECT "workspaceId", "board", "week", "span", "points", SUM("learners") AS "learners" FROM (
        WITH seasons AS (SELECT CAST(? AS TEXT) AS "week", CAST(? AS TEXT) AS "season"
          ${seasons.map(() => 'UNION ALL SELECT ?, ?').join(' ')}),
        earned AS (
          SELECT s."workspaceId", s."board", s."learnerId", s."span" AS "week", 'all' AS "span", s."points"
            FROM "Score" s JOIN seasons w ON w."week" = s."span"
          UNION ALL SELECT s."workspaceId", s."board", s."learnerId", s."span", w."season", s."points"
            FROM "Score" s JOIN seasons w ON w."week" = s."span"),
        ends AS MATERIALIZED (
          SELECT "workspaceId", "board", "week", "span", "points", SUM("points") OVER (
            PARTITION BY "workspaceId", "board", "learnerId", "span" ORDER BY "week") AS "end" FROM earned),
        single AS MATERIALIZED (
          SELECT "workspaceId", "board", "week", "span", "points", SUM("learners") AS "learners" FROM (
            SELECT "workspaceId", "board", '${NOW}' AS "week", "span", "points", 1 AS "learners" FROM "Score"
            UNION ALL SELECT "workspaceId", "board", "week", "span", "end", 1 FROM ends WHERE "week" >= ?
            UNION ALL SELECT "workspaceId", "board", "week", "span", "end" - "points", -1 FROM ends
              WHERE "week" >= ? AND "end" > "points") each_learner
          GROUP BY "workspaceId", "board", "week", "span", "points")
        ${steps.join(' UNION ALL ')}) counted
      GROUP BY "workspaceId", "board", "week", "span", "points" HAVING SUM("learners") <> 0`,
    values: [...seasonOf, live, live],
  };
}

async function settleMembers(sql: Statements, apply: boolean): Promise<number> {
  const members = '(SELECT COUNT(*) FROM "Membership" m WHERE m."teamId" = "Team"."id")';
  const [row] = await sql.query(
    Wrong,
    `SELECT COUNT(*) AS "wrong" FROM "Team" WHERE "members" <> ${members}`,
    [],
  );
  const wrong = row?.[0] ?? 0;
  if (apply && wrong > 0) await sql.execute(`UPDATE "Team" SET "members" = ${members}`, []);
  return wrong;
}
