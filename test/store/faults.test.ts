import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/store/errors.js';
import { openStore } from '../../src/store/open.js';
import { connectSqlite } from '../../src/store/sqlite.js';
import { startChild } from './child.js';
import { card, draft, NOW, person } from './samples.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eks-faults-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);

/** A file with one review in it. */
async function databaseAt(path: string): Promise<void> {
  const store = await openStore(`file:${path}`);
  await store.cards.sync([card('a', 0)], NOW);
  const { id } = await store.learners.signIn(person(), 'Ada', NOW);
  await store.reviews.record(draft(id, 'a', 0));
  await store.close();
}

async function messageOf(url: string): Promise<string> {
  const error: unknown = await openStore(url, { busyTimeoutMs: 200 }).then(
    (store) => store.close(),
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(StoreError);
  return error instanceof StoreError ? error.message : '';
}

describe('opening', () => {
  it.each([
    ['mysql://localhost/eks', /mysql:.*file:\.\/data\/eks\.db.*postgresql:/],
    ['data/eks.db', /no scheme.*file:\.\/data\/eks\.db/],
    ['', /no scheme/],
    ['file:', /names no file/],
    ['file::memory:', /names no file/],
    ['file://host/share/eks.db', /names no file/],
    ['postgresql://[broken/', /not a URL/],
  ])('refuses the address %j and says which ones it takes', async (url, message) => {
    expect(await messageOf(url)).toMatch(message);
  });

  it('makes the folders above the file', async () => {
    const path = at('new/deep/eks.db');
    await (await openStore(`file:${path}`)).close();
    expect(statSync(path).isFile()).toBe(true);
  });

  it('takes a file URL with spaces and Unicode', async () => {
    await (await openStore(`file://${folder}/two%20words/%C3%A9.db`)).close();
    expect(statSync(at('two words/é.db')).isFile()).toBe(true);
  });

  it('refuses a folder in place of the file', async () => {
    mkdirSync(at('folder.db'));
    expect(await messageOf(`file:${at('folder.db')}`)).toMatch(/folder\.db is a folder/);
  });

  it('refuses a file in place of a folder', async () => {
    writeFileSync(at('plain'), '');
    expect(await messageOf(`file:${at('plain/eks.db')}`)).toMatch(/a file is in its place/);
  });

  it('refuses what is not a database, and leaves it', async () => {
    writeFileSync(at('notes.db'), 'shopping list\n'.repeat(999));
    expect(await messageOf(`file:${at('notes.db')}`)).toMatch(/notes\.db is not a database/);
    expect(readFileSync(at('notes.db'), 'utf8')).toBe('shopping list\n'.repeat(999));
  });

  it('refuses a damaged file, and leaves it', async () => {
    const path = at('damaged.db');
    await databaseAt(path);
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4096);
    writeFileSync(path, bytes);
    expect(await messageOf(`file:${path}`)).toMatch(/damaged.db is damaged.*backup/);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('refuses a file that another program holds, after a wait', async () => {
    const path = at('held.db');
    await databaseAt(path);
    const holder = startChild('hold-lock', path);
    await once(holder.lines, 'line');
    expect(await messageOf(`file:${path}`)).toMatch(/held\.db is locked by another program/);
    holder.process.stdin?.end();
    await holder.ended;
    await (await openStore(`file:${path}`)).close();
  });

  it('and writing to a file that another program took meanwhile is refused, and works again after', async () => {
    const path = at('taken.db');
    const store = await openStore(`file:${path}`, { busyTimeoutMs: 100 });
    const { id } = await store.learners.signIn(person(), 'Ada', NOW);
    const holder = startChild('hold-lock', path);
    await once(holder.lines, 'line');
    await expect(store.cards.sync([card('a', 0)], NOW)).rejects.toThrow(/locked by another program/);
    await expect(store.reviews.record(draft(id, 'a', 0))).rejects.toThrow(/locked by another program/);
    expect((await store.learners.find(id))?.name).toBe('Ada');
    holder.process.stdin?.end();
    await holder.ended;
    expect(await store.cards.sync([card('a', 0)], NOW)).toMatchObject({ added: 1 });
    expect(await store.reviews.record(draft(id, 'a', 0))).toMatchObject({ outcome: 'recorded' });
    await store.close();
  });
});

describe('a connection', () => {
  it('keeps every commit on disk, holds foreign keys, and waits for others', async () => {
    const adapter = await connectSqlite(at('pragmas.db'), 5000);
    const pragma = async (name: string) =>
      (await adapter.queryRaw({ sql: `PRAGMA ${name}`, args: [], argTypes: [] })).rows[0]?.[0];
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('busy_timeout')).toBe(5000);
    await adapter.dispose();
  });
});

describe('a process that is killed while it writes', () => {
  it('has lost none of the reviews that it acknowledged', async () => {
    const path = at('killed.db');
    const child = startChild('review-on', path);
    const acknowledged: string[] = [];
    for await (const line of child.lines) {
      acknowledged.push(line);
      if (acknowledged.length === 100) child.process.kill('SIGKILL');
    }
    expect(await child.ended).toBeNull();
    const store = await openStore(`file:${path}`);
    const { reviews, mismatches } = await store.reviews.rebuild(false);
    await store.close();
    const db = new Database(path, { readonly: true });
    const keys = db.prepare('SELECT "idempotencyKey" FROM "Review"').pluck().all();
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
    expect(new Set(keys)).toEqual(new Set([...keys, ...acknowledged]));
    expect(reviews).toBe(keys.length);
    expect(mismatches).toBe(0);
  });
});

// Only root may mount; elsewhere the same is tried where the build runs.
const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mountWorks();

function mountWorks(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'eks-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', place], { stdio: 'ignore' });
    execFileSync('umount', [place], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(place, { recursive: true });
  }
}

describe.runIf(canMount)('a disk of one megabyte (needs the right to mount)', () => {
  let disk: string;
  beforeEach(() => {
    disk = mkdtempSync(at('disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  });
  afterEach(() => {
    execFileSync('umount', [disk]);
  });

  it('when full refuses a new database, then writes; and keeps what it acknowledged', async () => {
    writeFileSync(join(disk, 'filler'), Buffer.alloc(1000 * 1024));
    expect(await messageOf(`file:${join(disk, 'eks.db')}`)).toMatch(/is full. Free some space/);
    rmSync(join(disk, 'filler'));
    const store = await openStore(`file:${join(disk, 'eks.db')}`);
    await store.cards.sync([card('a', 0)], NOW);
    const { id } = await store.learners.signIn(person(), 'Ada', NOW);
    let seq = 0;
    const question = 'why? '.repeat(2000);
    const fill = async () => {
      for (; ; seq += 1) await store.reviews.record(draft(id, 'a', seq, { question }));
    };
    await expect(fill()).rejects.toThrow(/is full. Free some space; nothing was lost/);
    expect(seq).toBeGreaterThan(3);
    expect(await store.reviews.rebuild(false)).toMatchObject({ reviews: seq, mismatches: 0 });
    const many = Array.from({ length: 500 }, (_, line) => card(`new-${line}`, line, question));
    await expect(store.cards.sync(many, NOW)).rejects.toThrow(/is full/);
    execFileSync('mount', ['-o', 'remount,size=8m', disk]);
    expect(await store.reviews.record(draft(id, 'a', seq))).toMatchObject({ outcome: 'recorded' });
    await store.close();
  });

  it('when mounted for reading only refuses a database on it', async () => {
    const path = join(disk, 'reading.db');
    await databaseAt(path);
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    expect(await messageOf(`file:${path}`)).toMatch(/can only be read|cannot be opened/);
    expect(await messageOf(`file:${join(disk, 'new.db')}`)).toMatch(/can only be read|cannot be opened/);
  });
});

describe.runIf(process.getuid?.() !== 0)('a file without the right to write (root has every right)', () => {
  it('is refused', async () => {
    const path = at('reading.db');
    await databaseAt(path);
    chmodSync(path, 0o444);
    expect(await messageOf(`file:${path}`)).toMatch(/can only be read/);
  });
});
