import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import Database from 'better-sqlite3';
import { openStore } from '../../src/store/open.js';
import { STEPS } from '../../src/store/score-counts.js';
import { LearnerId, type Store } from '../../src/store/store.js';
import { startPostgres } from '../store/postgres.js';

/** The workspace that is filled; it has a channel with a daily quiz. */
export const WORKSPACE = { platform: 'web', workspace: 'local' };
export const CHANNEL = 'study';
export const TEAMS = 500;
/** This week, its season and all time, as they are stored. */
export const SPANS = { week: 'w2026-03-09', season: 's2026-03-02', all: 'all' } as const;
const LAST_WEEK = 'w2026-03-02';
const SPOTS = 997;
const PAGE = 10;

export const learnerAt = (number: number) => LearnerId.parse(`learner-${String(number).padStart(7, '0')}`);

/** A place on a board. */
interface Spot {
  readonly points: number;
  readonly learner: LearnerId;
}

/** A filled database. */
export interface Rig {
  readonly name: string;
  readonly learners: number;
  readonly store: Store;
  /** Places behind the first half of each board's learners. */
  readonly middle: Readonly<Record<keyof typeof SPANS, readonly Spot[]>>;
  /** A page in the middle, by the index scan alone. */
  scan(span: keyof typeof SPANS, round: number): unknown;
  readonly floorIs: string;
  close(): Promise<void>;
}

/** A database with a workspace of a million learners, or on PostgreSQL a tenth of them. */
export function openFilled(kind: 'sqlite' | 'postgresql'): Promise<Rig> {
  return kind === 'sqlite' ? openSqlite() : openPostgresql();
}

async function openSqlite(): Promise<Rig> {
  const learners = 1_000_000;
  const folder = mkdtempSync(join(tmpdir(), 'eks-bench-'));
  const file = join(folder, 'store.db');
  await (await openStore(`file:${file}`)).close();
  const db = new Database(file);
  db.pragma('synchronous = OFF');
  const triggers = db
    .prepare<[], { name: string; sql: string }>(
      `SELECT "name", "sql" FROM sqlite_master WHERE "type" = 'trigger' AND "tbl_name" IN ('Score', 'Membership')`,
    )
    .all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER "${name}"`);
  const numbers = (count: number) =>
    `(WITH RECURSIVE r("n") AS (SELECT 0 UNION ALL SELECT "n" + 1 FROM r WHERE "n" < ${count - 1}) SELECT "n" FROM r) n`;
  db.exec(`BEGIN; ${fillSql(learners, numbers)} COMMIT;`);
  for (const { sql } of triggers) db.exec(sql);
  const scan = db.prepare<[string, number, string], Spot>(SCAN.replaceAll(/\$\d/g, '?'));
  const half = db.prepare<[string], Spot>(middleSql('?', learners));
  const middle = { week: half.all(SPANS.week), season: half.all(SPANS.season), all: half.all(SPANS.all) };
  const store = await openStore(`file:${file}`);
  return {
    name: 'SQLite, a million learners',
    learners,
    store,
    middle,
    scan: (span, round) => {
      const { points, learner } = spotAt(middle[span], round);
      return scan.all(SPANS[span], points, learner);
    },
    floorIs: 'the index scan alone, by better-sqlite3',
    async close() {
      db.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openPostgresql(): Promise<Rig> {
  const learners = 100_000;
  const server = await startPostgres();
  const url = await server.database();
  const store = await openStore(url);
  const tables = ['Score', 'Membership'];
  for (const table of tables) await server.run(url, `ALTER TABLE "${table}" DISABLE TRIGGER USER`);
  await server.run(
    url,
    fillSql(learners, (count) => `generate_series(0, ${count - 1}) n("n")`),
  );
  for (const table of tables) await server.run(url, `ALTER TABLE "${table}" ENABLE TRIGGER USER`);
  const adapter = await new PrismaPg(url).connect();
  await server.run(url, 'VACUUM ANALYZE');
  const pool = adapter.underlyingDriver();
  const half = async (span: string) => (await pool.query<Spot>(middleSql('$1', learners), [span])).rows;
  const middle = {
    week: await half(SPANS.week),
    season: await half(SPANS.season),
    all: await half(SPANS.all),
  };
  return {
    name: `PostgreSQL, ${learners.toLocaleString('en')} learners`,
    learners,
    store,
    middle,
    scan: (span, round) => {
      const { points, learner } = spotAt(middle[span], round);
      return pool.query({ name: 'scan', text: SCAN, values: [SPANS[span], points, learner] });
    },
    floorIs: 'the index scan alone, by pg',
    async close() {
      await adapter.dispose();
      await store.close();
      await server.stop();
    },
  };
}

function spotAt(spots: readonly Spot[], round: number): Spot {
  return spots[(round + SPOTS) % SPOTS] ?? { points: 0, learner: learnerAt(0) };
}

const COLUMNS = `SELECT "points", "learnerId" AS "learner" FROM "Score" WHERE "workspaceId" = 'w' AND "board" = ''`;
const SCAN = `${COLUMNS} AND "span" = $1 AND ("points", "learnerId") < ($2, $3)
  ORDER BY "points" DESC, "learnerId" DESC LIMIT ${PAGE}`;
const middleSql = (mark: string, learners: number) => `${COLUMNS} AND "span" = ${mark}
  ORDER BY "points" DESC, "learnerId" DESC LIMIT ${SPOTS} OFFSET ${learners / 2}`;

/**
 * Everybody is on the workspace's boards and in a team, a fifth on the channel's. Few have many points: in a week up
 * to 140, in three years up to 20,000. The text is the same for both databases; `numbers` is a table n with one column
 * n that counts from 0.
 */
function fillSql(learners: number, numbers: (count: number) => string): string {
  const at = `'2026-03-01T00:00:00.000+00:00'`;
  const id = `'learner-' || substr(CAST(${10 ** 7} + n."n" AS TEXT), 2)`;
  // Where a learner stands among all, 0 to 1; another prime gives another order.
  const place = (prime: number) => `((n."n" * ${prime} % ${learners}) * 1.0 / ${learners})`;
  const few = (prime: number, most: number) =>
    `CAST(1 + floor(${most} * ${place(prime)} * ${place(prime)} * ${place(prime)}) AS INTEGER)`;
  const [before, now] = [few(7_907, 140), few(7_919, 140)];
  const season = `${before} + ${now}`;
  const points = {
    [LAST_WEEK]: before,
    [SPANS.week]: now,
    [SPANS.season]: season,
    [SPANS.all]: `${season} + ${few(7_901, 20_000)}`,
  };
  const scores = Object.entries(points).flatMap(([span, sql]) =>
    ['', CHANNEL].map(
      (
        board,
      ) => `INSERT INTO "Score" ("workspaceId", "board", "span", "learnerId", "points", "days", "updatedAt")
        SELECT 'w', '${board}', '${span}', ${id}, ${sql}, 1, ${at} FROM ${numbers(board === '' ? learners : learners / 5)};`,
    ),
  );
  return `
    INSERT INTO "Workspace" ("id", "platform", "externalId", "createdAt") VALUES ('w', 'web', 'local', ${at});
    INSERT INTO "Learner" ("id", "name", "createdAt") SELECT ${id}, ${id}, ${at} FROM ${numbers(learners)};
    INSERT INTO "Account" ("id", "workspaceId", "externalId", "learnerId", "name", "createdAt")
      SELECT ${id}, 'w', ${id}, ${id}, ${id}, ${at} FROM ${numbers(learners)};
    INSERT INTO "Team" ("id", "workspaceId", "name", "createdAt")
      SELECT 'team-' || n."n", 'w', 'Team ' || n."n", ${at} FROM ${numbers(TEAMS)};
    INSERT INTO "Membership" ("teamId", "learnerId", "joinedAt")
      SELECT 'team-' || (n."n" % ${TEAMS}), ${id}, ${at} FROM ${numbers(learners)};
    ${scores.join('\n')}
    ${countsSql()}`;
}

/** What the store keeps beside scores, reckoned at once. */
function countsSql(): string {
  const columns = '"workspaceId", "board", "week", "span", "points", "learners"';
  const week = SPANS.week;
  const earned = `FROM "Score" t CROSS JOIN "Score" w WHERE w."workspaceId" = t."workspaceId"
    AND w."board" = t."board" AND w."span" = '${week}' AND w."learnerId" = t."learnerId"
    AND t."span" IN ('${SPANS.season}', '${SPANS.all}')`;
  const steps = STEPS.filter((step) => step > 1).map((step) => `SELECT ${step} AS "step"`);
  return `
    INSERT INTO "ScoreCount" (${columns}) SELECT "workspaceId", "board", '', "span", "points", COUNT(*) FROM "Score"
      GROUP BY "workspaceId", "board", "span", "points";
    INSERT INTO "ScoreCount" (${columns})
      SELECT "workspaceId", "board", '${week}', "span", "points", SUM("learners") FROM (
        SELECT t."workspaceId", t."board", t."span", t."points", 1 AS "learners" ${earned}
        UNION ALL SELECT t."workspaceId", t."board", t."span", t."points" - w."points", -1 ${earned}) c
      WHERE "points" > 0 GROUP BY "workspaceId", "board", "span", "points";
    INSERT INTO "ScoreCount" (${columns})
      SELECT "workspaceId", "board", "week", "span" || '/' || "step", "points" / "step", SUM("learners")
      FROM "ScoreCount" CROSS JOIN (${steps.join(' UNION ALL ')}) s GROUP BY 1, 2, 3, 4, 5;
    INSERT INTO "TeamScore" ("workspaceId", "span", "teamId", "points", "active")
      SELECT 'w', s."span", m."teamId", SUM(s."points"), COUNT(*) FROM "Score" s CROSS JOIN "Membership" m
      WHERE s."board" = '' AND m."learnerId" = s."learnerId" GROUP BY s."span", m."teamId";
    UPDATE "Team" SET "members" = (SELECT COUNT(*) FROM "Membership" m WHERE m."teamId" = "Team"."id");`;
}
