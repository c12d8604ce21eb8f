import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { studyDayOf } from '../../src/learning/studyday.js';
import { migrationsFolder, type Provider } from '../../src/store/migrations.js';
import { openStore } from '../../src/store/open.js';
import type { LearnerId, Store } from '../../src/store/store.js';
import { type PostgresServer, startPostgres } from './postgres.js';
import { CLOCK, card, cardId, draft } from './samples.js';

// The migration to figures of teams, which also counts learners anew, by the clock of the database.
const TEAM_SCORES = '20261122165458_team_scores';
const now = new Date();
const workspace = { platform: 'web', workspace: 'local' };
const CARDS = ['a', 'b', 'c'];
/** Days before today on which each learner reviewed: long ago, in earlier weeks of the season, last week and this one. */
const REVIEWED: Readonly<Record<string, readonly number[]>> = {
  Ada: [120, 30, 8, 7, 1, 0],
  Ben: [60, 14, 7],
  Cleo: [21, 7, 0],
  Dan: [120, 90],
  Eve: [35, 8, 0],
  Finn: [0],
};
const TEAMS: Readonly<Record<string, readonly string[]>> = {
  Blue: ['Ada', 'Ben', 'Eve'],
  Red: ['Cleo', 'Dan'],
};

let root: string;
let server: PostgresServer;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'eks-filled-'));
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

/** The migrations that a database of the version before had. */
async function earlier(provider: Provider): Promise<string> {
  const folder = join(root, provider);
  await cp(migrationsFolder(provider), folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (name >= TEAM_SCORES && name !== 'migration_lock.toml')
      await rm(join(folder, name), { recursive: true });
  }
  return folder;
}

async function fill(store: Store): Promise<readonly LearnerId[]> {
  await store.cards.sync(
    CARDS.map((id, line) => card(id, line)),
    now,
  );
  const ids = new Map<string, LearnerId>();
  for (const [name, days] of Object.entries(REVIEWED)) {
    const { id } = await store.learners.signIn({ ...workspace, user: name }, name, now);
    ids.set(name, id);
    for (const day of days) {
      for (const one of CARDS) {
        const at = new Date(now.getTime() - day * 86_400_000);
        const { lastSeq } = await store.reviews.progress(id, cardId(one));
        await store.reviews.record(draft(id, one, lastSeq, { workspace, at, rating: 4 }));
      }
    }
  }
  for (const [name, members] of Object.entries(TEAMS)) {
    await store.teams.create(workspace, name, now);
    const team = (await store.teams.find(workspace, name)) ?? expect.fail(`no team ${name}`);
    for (const member of members) {
      await store.teams.join(workspace, ids.get(member) ?? expect.fail(), team.id, now);
    }
  }
  await store.boards.choose(workspace, ids.get('Eve') ?? expect.fail(), 'hidden', now);
  return [...ids.values()];
}

/** Everything that leaderboards say. */
async function read(store: Store, learners: readonly LearnerId[]) {
  const day = studyDayOf(now, CLOCK);
  const spans = (['week', 'season', 'all'] as const).map(async (span) => {
    const board = { workspace, channel: undefined, span, day };
    return {
      page: await store.boards.page(board, undefined, 10),
      teams: await store.boards.teams(board),
      standings: await Promise.all(learners.map((id) => store.boards.standing(board, id))),
    };
  });
  return Promise.all(spans);
}

/** A filled database, and one of the version before with the same rows as far as it had them. */
async function check(
  full: string,
  old: string,
  provider: Provider,
  copy: () => Promise<void>,
): Promise<void> {
  const source = await openStore(full);
  const learners = await fill(source);
  const boards = await read(source, learners);
  expect(boards.map(({ page }) => page.places.length)).toEqual([3, expect.any(Number), 5]);
  await source.close();
  await (await openStore(old, { migrations: await earlier(provider) })).close();
  await copy();
  const migrated = await openStore(old);
  expect(await read(migrated, learners)).toEqual(boards);
  expect(await migrated.boards.rebuild(false, now)).toMatchObject({ mismatches: 0 });
  await migrated.close();
}

// What follows from scores is for the migration to reckon.
const KEPT = ['_prisma_migrations', 'ScoreCount'];

describe('a filled database of the version before team scores says the same once it is migrated', () => {
  it('on SQLite', async () => {
    const [full, old] = [join(root, 'full.db'), join(root, 'old.db')];
    await check(`file:${full}`, `file:${old}`, 'sqlite', async () => {
      const db = new Database(old);
      db.pragma('foreign_keys = OFF');
      db.prepare('ATTACH ? AS source').run(full);
      const tables = db
        .prepare<[], { name: string }>(
          `SELECT "name" FROM main.sqlite_master WHERE "type" = 'table' AND "name" NOT LIKE 'sqlite_%'`,
        )
        .all();
      for (const { name } of tables.filter((table) => !KEPT.includes(table.name))) {
        const columns = db
          .prepare<[string, string], { name: string }>(
            `SELECT "name" FROM pragma_table_info(?, 'main')
              WHERE "name" IN (SELECT "name" FROM pragma_table_info(?, 'source'))`,
          )
          .all(name, name)
          .map((column) => `"${column.name}"`);
        db.exec(`INSERT INTO main."${name}" (${columns}) SELECT ${columns} FROM source."${name}"`);
      }
      db.close();
    });
  }, 60_000);

  it('on PostgreSQL', async () => {
    const [full, old] = [await server.database(), await server.database()];
    await check(full, old, 'postgresql', async () => {
      const tables = await server.rows(
        old,
        `SELECT "tablename" AS "name" FROM pg_tables WHERE "schemaname" = current_schema()`,
      );
      for (const { name } of tables
        .map((row) => Table.parse(row))
        .filter((table) => !KEPT.includes(table.name))) {
        const [row] = await server.rows(
          full,
          `SELECT COALESCE(json_agg(t), '[]')::text AS "rows" FROM "${name}" t`,
        );
        // As a replica neither keys nor triggers are looked at.
        await server.run(
          old,
          `SET session_replication_role = replica; INSERT INTO "${name}"
            SELECT * FROM json_populate_recordset(NULL::"${name}", $rows$${Rows.parse(row).rows}$rows$)`,
        );
      }
    });
  }, 60_000);
});

const Table = z.object({ name: z.string() });
const Rows = z.object({ rows: z.string() });
