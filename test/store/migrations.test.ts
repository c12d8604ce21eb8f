import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pendingSql, sqliteShadow } from '../../prisma/migrate.js';
import { NotReadyError } from '../../src/store/errors.js';
import { migrationsFolder, readMigrations } from '../../src/store/migrations.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { startChild } from './child.js';
import { type PostgresServer, startPostgres } from './postgres.js';
import { card, cardId, draft, NOW, person } from './samples.js';

let root: string;
let file: string;
let folder: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'eks-migrations-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

let count = 0;
beforeEach(async () => {
  count += 1;
  file = join(root, `${count}.db`);
  folder = join(root, `migrations-${count}`);
  await cp(migrationsFolder('sqlite'), folder, { recursive: true });
});

const open = (migrations = folder) => openStore(`file:${file}`, { migrations });

async function addMigration(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

/** Everything in the database, as text. */
function contents(): string {
  const db = new Database(file, { readonly: true });
  const tables = db.prepare<[], { name: string; sql: string }>('SELECT name, sql FROM sqlite_master').all();
  const rows = tables
    .filter(({ sql }) => sql?.startsWith('CREATE TABLE'))
    .map(({ name }) => [name, db.prepare(`SELECT * FROM "${name}"`).all()]);
  db.close();
  return JSON.stringify([tables, rows]);
}

async function someReviews(): Promise<void> {
  const store = await open();
  await store.cards.sync([card('a', 0)], NOW);
  const { id } = await store.learners.signIn(person(), 'Ada', NOW);
  await store.reviews.record(draft(id, 'a', 0));
  await store.close();
}

/** A card that was hidden in all workspaces, and one that was not, before workspaces hid cards for themselves. */
const hiddenForAll = (time: string) => `
  INSERT INTO "Workspace" ("id", "platform", "externalId", "createdAt") VALUES
    ('w1', 'slack', 'T1', '2026-03-01 00:00:00'), ('w2', 'discord', '77', '2026-03-01 00:00:00'),
    ('w3', 'discord', 'direct', '2026-03-01 00:00:00');
  INSERT INTO "Card" ("id", "key", "conceptId", "deck", "kind", "front", "back", "keyPoints", "note", "line", "endLine",
      "hash", "position", "addedAt", "editedAt", "hiddenAt")
    SELECT "id", "id", 'c', 'eks', 'fact', 'What?', 'That.', '[]', 'eks.md', 7, 7, 'h', 0,
      '2026-03-01 00:00:00', '2026-03-01 00:00:00', "at"
    FROM (SELECT 'a' AS "id", CAST('2026-03-02T09:30:00.000+00:00' AS ${time}) AS "at"
      UNION ALL SELECT 'b', NULL) cards;`;

/** A folder of the migrations up to the one that made cards hidden in one workspace. */
async function beforeHiddenCards(provider: 'sqlite' | 'postgresql', into: string): Promise<string> {
  await cp(migrationsFolder(provider), into, { recursive: true });
  const names = (await readMigrations(into)).map(({ name }) => name);
  const first = names.findIndex((name) => name.endsWith('_hidden_cards'));
  for (const name of names.slice(first)) await rm(join(into, name), { recursive: true });
  return into;
}

/** Every workspace goes on without the card; only direct messages, where nobody could restore it, have it again. */
async function expectHiddenInEach(store: Store): Promise<void> {
  const entry = {
    card: 'a',
    front: 'What?',
    note: 'eks.md',
    line: 7,
    hiddenAt: new Date('2026-03-02T09:30:00Z'),
  };
  const [team, guild] = [
    { platform: 'slack', workspace: 'T1' },
    { platform: 'discord', workspace: '77' },
  ];
  expect(await store.cards.listHidden(team)).toEqual([entry]);
  expect(await store.cards.listHidden(guild)).toEqual([entry]);
  expect(await store.cards.listHidden({ platform: 'discord', workspace: 'direct' })).toEqual([]);
  expect(await store.cards.restore(team, cardId('a'))).toBe(true);
  expect(await store.cards.hidden(guild, NOW)).toEqual(new Set(['a']));
}

describe('the migrations', () => {
  it('give exactly the schema on SQLite', async () => {
    expect(await pendingSql('sqlite', sqliteShadow())).toBe('');
  });

  it('have the same names on both databases', async () => {
    const names = async (folder: string) => (await readMigrations(folder)).map(({ name }) => name);
    expect(await names(migrationsFolder('postgresql'))).toEqual(await names(migrationsFolder('sqlite')));
  });

  it('belong to two schemas that differ in the header only', () => {
    const lines = (path: string) => readFileSync(new URL(`../../prisma/${path}`, import.meta.url), 'utf8');
    const body = (text: string) => text.slice(text.indexOf('/// A person'));
    expect(body(lines('postgresql/schema.prisma'))).toBe(body(lines('schema.prisma')));
    expect(lines('postgresql/schema.prisma')).toContain('provider = "postgresql"');
  });

  it('keep what is in the database when one is added', async () => {
    await someReviews();
    await addMigration('29990101000000_more', 'CREATE TABLE "More" ("id" TEXT NOT NULL PRIMARY KEY);');
    await (await open()).close();
    expect(contents()).toContain('CREATE TABLE \\"More\\"');
    const store = await open();
    expect(await store.reviews.rebuild(false)).toEqual({ reviews: 1, states: 1, mismatches: 0 });
    await store.close();
  });

  it('leave the old database where one of them fails half-way', async () => {
    await someReviews();
    const before = contents();
    await addMigration('29990101000000_fine', 'CREATE TABLE "More" ("id" TEXT NOT NULL PRIMARY KEY);');
    await addMigration(
      '29990102000000_broken',
      'DROP TABLE "Answer"; DELETE FROM "MemoryState"; CREATE TABLE "Half" ("id" TEXT); SELECT nonsense FROM nowhere;',
    );
    await expect(open()).rejects.toThrow(/29990102000000_broken.*nothing was changed/s);
    expect(contents()).toBe(before);
    await rm(join(folder, '29990101000000_fine'), { recursive: true });
    await rm(join(folder, '29990102000000_broken'), { recursive: true });
    await (await open()).close();
  });

  it('refuse one that would leave rows pointing nowhere', async () => {
    await someReviews();
    const before = contents();
    await addMigration('29990101000000_orphans', 'DELETE FROM "Card";');
    await expect(open()).rejects.toThrow(/point nowhere/);
    expect(contents()).toBe(before);
  });

  it('refuse a database of a newer version, and leave it', async () => {
    await addMigration('29990101000000_newer', 'CREATE TABLE "More" ("id" TEXT NOT NULL PRIMARY KEY);');
    await someReviews();
    const before = contents();
    await expect(open(migrationsFolder('sqlite'))).rejects.toThrow(/newer version.*29990101000000_newer/);
    expect(contents()).toBe(before);
  });

  it('refuse an edited one, and name it', async () => {
    await someReviews();
    const [first] = await readMigrations(folder);
    const path = join(folder, first?.name ?? '', 'migration.sql');
    await writeFile(path, `${await readFile(path, 'utf8')}\n-- edited`);
    await expect(open()).rejects.toThrow(new RegExp(`${first?.name}.*edited`));
  });

  it('refuse the database of another program', async () => {
    const db = new Database(file);
    db.exec('CREATE TABLE customers (id INTEGER)');
    db.close();
    await expect(open()).rejects.toThrow(/another one/);
    const before = await readFile(file);
    await expect(openStore(`file:${file}`, { pending: 'refuse' })).rejects.toThrow(/another one/);
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it('are applied once by processes that start at once', async () => {
    const children = [0, 1, 2].map(() => startChild('open-and-close', file));
    expect(await Promise.all(children.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    const db = new Database(file, { readonly: true });
    const [row] = db.prepare<[], { n: number }>('SELECT COUNT(*) AS n FROM _prisma_migrations').all();
    db.close();
    expect(row?.n).toBe((await readMigrations(folder)).length);
  });

  it('leave a card that was hidden for all hidden in every workspace', async () => {
    await (await open(await beforeHiddenCards('sqlite', join(root, 'before-hidden')))).close();
    const db = new Database(file);
    db.exec(hiddenForAll('TEXT'));
    db.close();
    const store = await open();
    await expectHiddenInEach(store);
    await store.close();
    expect(contents()).not.toContain('hiddenAt');
  });

  it('forbid to change or delete a review by any statement', async () => {
    await someReviews();
    const db = new Database(file);
    expect(() => db.exec('UPDATE "Review" SET rating = 4')).toThrow('reviews are never changed');
    expect(() => db.exec('DELETE FROM "Review"')).toThrow('reviews are never deleted');
    expect(() => db.exec('UPDATE "Parameters" SET fuzz = 0')).toThrow('never changed');
    db.prepare(`INSERT INTO "Erasure" SELECT id, 0, '{}' FROM "Learner"`).run();
    expect(db.prepare('DELETE FROM "Review"').run().changes).toBe(1);
    db.close();
  });

  it('forbid to change whose a membership or a score is, from which the figures of teams follow', async () => {
    await someReviews();
    const db = new Database(file);
    expect(() => db.exec(`UPDATE "Score" SET "span" = 'w'`)).toThrow('never moved');
    db.exec(
      `INSERT INTO "Team" ("id", "workspaceId", "name", "createdAt") SELECT 't', "id", 'T', 0 FROM "Workspace"`,
    );
    db.exec(`INSERT INTO "Membership" SELECT 't', "id", 0 FROM "Learner"`);
    expect(() => db.exec(`UPDATE "Membership" SET "teamId" = 'u'`)).toThrow('never changed');
    db.close();
  });
});

describe('the PostgreSQL migrations', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  it('give exactly the schema', async () => {
    expect(await pendingSql('postgresql', server.shadow())).toBe('');
  });

  it('leave the old database where one of them fails half-way', async () => {
    const url = await server.database();
    const migrations = join(root, 'postgresql');
    await cp(migrationsFolder('postgresql'), migrations, { recursive: true });
    const first = await openStore(url, { migrations });
    await first.cards.sync([card('a', 0)], NOW);
    await first.close();
    const broken = join(migrations, '29990101000000_broken');
    await mkdir(broken);
    await writeFile(
      join(broken, 'migration.sql'),
      'DROP TABLE "Answer"; DELETE FROM "Card"; SELECT nonsense;',
    );
    await expect(openStore(url, { migrations })).rejects.toThrow(
      /29990101000000_broken.*nothing was changed/s,
    );
    await rm(broken, { recursive: true });
    const again = await openStore(url, { migrations });
    expect(await again.cards.sync([card('a', 0)], NOW)).toMatchObject({ added: 0 });
    await again.close();
  });

  it('leave a card that was hidden for all hidden in every workspace', async () => {
    const url = await server.database();
    const migrations = await beforeHiddenCards('postgresql', join(root, 'before-hidden-postgresql'));
    await (await openStore(url, { migrations })).close();
    await server.run(url, hiddenForAll('TIMESTAMP'));
    const store = await openStore(url);
    await expectHiddenInEach(store);
    await store.close();
    await expect(server.run(url, 'SELECT "hiddenAt" FROM "Card"')).rejects.toThrow(/does not exist/);
  });

  it('stay pending where the one who opens the database refuses them', async () => {
    const url = await server.database();
    const refuse = () => openStore(url, { pending: 'refuse' });
    await expect(refuse()).rejects.toThrow(NotReadyError);
    await expect(refuse()).rejects.toThrow(/is empty; the next start makes its tables/);
    await (await openStore(url)).close();
    await (await refuse()).close();
  });

  it('are applied once by several processes that start at once, and forbid to change a review', async () => {
    const url = await server.database();
    const stores = await Promise.all([openStore(url), openStore(url), openStore(url)]);
    const [store] = stores;
    await store?.cards.sync([card('a', 0)], NOW);
    const learner = await store?.learners.signIn(person(), 'Ada', NOW);
    if (learner !== undefined) await store?.reviews.record(draft(learner.id, 'a', 0));
    expect(await stores[1]?.reviews.rebuild(false)).toEqual({ reviews: 1, states: 1, mismatches: 0 });
    await Promise.all(stores.map((one) => one.close()));
    for (const sql of ['UPDATE "Review" SET rating = 4', 'DELETE FROM "Review"', 'TRUNCATE "Review"']) {
      await expect(server.run(url, sql)).rejects.toThrow(/never/);
    }
  });

  it('say what is wrong with the address', async () => {
    const url = new URL(await server.database());
    const password = new URL(url);
    password.password = 'wrong';
    await expect(openStore(password.href)).rejects.toThrow(/refuses the user or password/);
    const database = new URL(url);
    database.pathname = '/nowhere';
    await expect(openStore(database.href)).rejects.toThrow(/does not exist/);
    const port = new URL(url);
    port.port = '1';
    await expect(openStore(port.href)).rejects.toThrow(/does not answer/);
  });
});
