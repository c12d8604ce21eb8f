import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils';
import type { Connections } from './database.js';
import { NotReadyError, StoreError } from './errors.js';
import { understandable } from './failures.js';
import { PrismaClient } from './generated/sqlite/client.js';
import { migrate, refusePending } from './migrations.js';
import type { OpenOptions } from './open.js';

/** Opens a file as a database of this program's schema; see openStore. */
export async function openSqlite(
  url: string,
  { migrations, pending, busyTimeoutMs }: Required<OpenOptions>,
): Promise<Connections> {
  const path = sqlitePath(url);
  const where = `the database ${path}`;
  try {
    if (pending === 'refuse') await refuseUnready(path, migrations, busyTimeoutMs);
    else {
      prepareFile(path);
      await migrateFile(path, migrations, busyTimeoutMs);
    }
    const adapter = await connectSqlite(path, busyTimeoutMs);
    const lookups = await connectSqlite(path, busyTimeoutMs);
    const reading = new PrismaClient({
      adapter: factoryOf(() => connectSqlite(path, busyTimeoutMs)),
      errorFormat: 'minimal',
    });
    const writing = new PrismaClient({
      adapter: factoryOf(async () => shared(adapter)),
      errorFormat: 'minimal',
    });
    return {
      where,
      reading,
      lookups,
      writing,
      adapter,
      close: async () => {
        await reading.$disconnect();
        await writing.$disconnect();
        await lookups.dispose();
        await adapter.dispose();
      },
    };
  } catch (error) {
    throw understandable(error, where);
  }
}

// On a connection of its own: the engine locks the file for as long as its connection lives.
async function migrateFile(path: string, migrations: string, busyTimeoutMs: number): Promise<void> {
  const adapter = await connectSqlite(path, busyTimeoutMs);
  try {
    await takeWriteLock(adapter);
    await migrate(adapter, 'sqlite', migrations);
  } finally {
    await adapter.dispose();
  }
}

// A bare connection: the pragmas of the others would change a file that is not ours.
async function refuseUnready(path: string, migrations: string, busyTimeoutMs: number): Promise<void> {
  if (!existsSync(path)) {
    throw new NotReadyError(`The database ${path} is not there yet; the next start makes it.`);
  }
  refuseFolder(path);
  const adapter = await new PrismaBetterSqlite3({ url: `file:${path}`, timeout: busyTimeoutMs }).connect();
  try {
    await refusePending(adapter, 'sqlite', migrations);
    await takeWriteLock(adapter);
  } finally {
    await adapter.dispose();
  }
}

/** The file that a `file:` URL names, absolute; relative paths start at the working directory. */
function sqlitePath(url: string): string {
  const [address = ''] = url.split('?');
  const path = address.startsWith('file://') ? pathOfUrl(address) : address.slice('file:'.length);
  if (path === '' || path.includes('\0') || path.startsWith(':memory:')) {
    throw new StoreError(`DATABASE_URL names no file: ${url}. Give one, such as file:./data/eks.db.`);
  }
  return resolve(path);
}

function pathOfUrl(address: string): string {
  try {
    return fileURLToPath(address);
  } catch {
    return '';
  }
}

/** Makes the folder of a database file; a folder in place of the file is refused. */
function prepareFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  refuseFolder(path);
}

function refuseFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    throw new StoreError(`The database ${path} is a folder. Let DATABASE_URL name a file in it.`);
  }
}

/**
 * A connection to a SQLite file: write-ahead log, every commit on disk before it is acknowledged, foreign keys held,
 * a wait where another process writes, and transactions that take the write lock at once, so that a transaction that
 * has read can always go on to write.
 */
export async function connectSqlite(path: string, busyTimeoutMs: number): Promise<SqlDriverAdapter> {
  const factory = new PrismaBetterSqlite3({ url: `file:${path}`, timeout: busyTimeoutMs });
  const adapter = await factory.connect();
  try {
    for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) {
      await adapter.executeScript(`PRAGMA ${pragma}`);
    }
  } catch (error) {
    await adapter.dispose();
    throw error;
  }
  adapter.startTransaction = () => beginImmediate(adapter);
  return adapter;
}

/** Fails at once where the file can only be read, or another program holds it. */
async function takeWriteLock(adapter: SqlDriverAdapter): Promise<void> {
  await adapter.executeScript('BEGIN IMMEDIATE');
  await adapter.executeScript('ROLLBACK');
}

async function beginImmediate(adapter: SqlDriverAdapter): Promise<Transaction> {
  await adapter.executeRaw({ sql: 'BEGIN IMMEDIATE', args: [], argTypes: [] });
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    options: { usePhantomQuery: false },
    queryRaw: (query) => adapter.queryRaw(query),
    executeRaw: (query) => adapter.executeRaw(query),
    // COMMIT and ROLLBACK are sent as statements; these two only say that they were.
    commit: async () => {},
    rollback: async () => {},
  };
}

function factoryOf(connect: () => Promise<SqlDriverAdapter>): SqlDriverAdapterFactory {
  return { provider: 'sqlite', adapterName: '@prisma/adapter-better-sqlite3', connect };
}

/** The connection for a second user, who must not close it. */
function shared(adapter: SqlDriverAdapter): SqlDriverAdapter {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => adapter.queryRaw(query),
    executeRaw: (query) => adapter.executeRaw(query),
    executeScript: (script) => adapter.executeScript(script),
    startTransaction: (level) => adapter.startTransaction(level),
    dispose: async () => {},
  };
}
