import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  isDriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import { z } from 'zod';
import { type MigrationFile, migrationList, withEngine } from './engine.js';
import { NotReadyError, StoreError } from './errors.js';
import { understandable } from './failures.js';

/** The databases that the store runs on, named as Prisma names them. */
export type Provider = 'sqlite' | 'postgresql';

/** Where a provider's migrations lie; the same from the sources and from the build. */
export function migrationsFolder(provider: Provider): string {
  const folder = provider === 'sqlite' ? 'migrations' : 'postgresql/migrations';
  return fileURLToPath(new URL(`../../prisma/${folder}`, import.meta.url));
}

/** The migrations of a folder in the order in which they apply. */
export async function readMigrations(folder: string): Promise<readonly MigrationFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

const TABLES: Record<Provider, string> = {
  sqlite: `SELECT name FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'`,
  postgresql: `SELECT tablename FROM pg_tables
    WHERE schemaname = current_schema() AND tablename = '_prisma_migrations'`,
};

const AppliedRow = z.tuple([z.string(), z.string(), z.number()]);

async function readApplied(
  adapter: SqlDriverAdapter,
  provider: Provider,
): Promise<readonly AppliedMigration[]> {
  const table = await adapter.queryRaw({ sql: TABLES[provider], args: [], argTypes: [] });
  if (table.rows.length === 0) return [];
  const result = await adapter.queryRaw({
    sql: `SELECT migration_name, checksum, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END
      FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    args: [],
    argTypes: [],
  });
  return result.rows.map((row) => {
    const [name, checksum, finished] = AppliedRow.parse(row);
    return { name, checksum, finished: finished === 1 };
  });
}

/**
 * The migrations that a database still needs.
 *
 * @throws StoreError where the database's history is not the beginning of ours.
 */
function pendingMigrations(
  onDisk: readonly MigrationFile[],
  applied: readonly AppliedMigration[],
): readonly MigrationFile[] {
  const known = new Map(onDisk.map((migration) => [migration.name, migration]));
  for (const { name, checksum, finished } of applied) {
    const ours = known.get(name);
    if (ours === undefined) {
      throw new StoreError(
        `The database was written by a newer version of this program (it has the migration ${name}, which is ` +
          'unknown here). Start the newer version, or point DATABASE_URL at a copy made before the update.',
      );
    }
    if (!finished) {
      throw new StoreError(
        `The migration ${name} was begun on this database and did not finish. Restore the copy made before it.`,
      );
    }
    if (ours.checksum !== checksum) {
      throw new StoreError(
        `The migration ${name} is not the one that was applied to this database: its file was edited since. ` +
          'Put the original file back (git checkout prisma), and make changes as a new migration.',
      );
    }
  }
  const done = new Set(applied.map(({ name }) => name));
  return onDisk.filter(({ name }) => !done.has(name));
}

const BEGIN: Record<Provider, readonly string[]> = {
  // Foreign keys are checked at the end: a migration may build a referenced table anew. The pragma is void inside.
  sqlite: ['PRAGMA foreign_keys = OFF', 'BEGIN IMMEDIATE'],
  postgresql: ['BEGIN', `SELECT pg_advisory_xact_lock(hashtext('eks-study-bot migrations'))`],
};

/**
 * Brings a database to the schema of this program. All pending migrations are one transaction: if one fails, or the
 * process ends, the database is as it was. Of two processes at once, one waits and finds the work done.
 *
 * @throws StoreError where the database is newer, was changed by hand, or a migration fails.
 */
export async function migrate(adapter: SqlDriverAdapter, provider: Provider, folder: string): Promise<void> {
  const onDisk = await readMigrations(folder);
  if (pendingMigrations(onDisk, await readApplied(adapter, provider)).length === 0) return;
  for (const statement of BEGIN[provider]) await adapter.executeScript(statement);
  try {
    const pending = pendingMigrations(onDisk, await readApplied(adapter, provider));
    if (pending.length > 0) await applyAll(adapter, provider, folder, onDisk);
    await adapter.executeScript('COMMIT');
  } catch (error) {
    // Where the disk is full SQLite has rolled back already, and says so by an error.
    await adapter.executeScript('ROLLBACK').catch(() => {});
    throw error;
  }
}

const ANY_TABLE: Record<Provider, string> = {
  sqlite: `SELECT name FROM sqlite_master WHERE type = 'table' LIMIT 1`,
  postgresql: 'SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LIMIT 1',
};

/**
 * Holds that a database needs no migration, and writes nothing.
 *
 * @throws NotReadyError where the next start would migrate it; StoreError as `migrate` does.
 */
export async function refusePending(
  adapter: SqlDriverAdapter,
  provider: Provider,
  folder: string,
): Promise<void> {
  const applied = await readApplied(adapter, provider);
  const pending = pendingMigrations(await readMigrations(folder), applied);
  if (pending.length === 0) return;
  if (applied.length === 0) {
    const tables = await adapter.queryRaw({ sql: ANY_TABLE[provider], args: [], argTypes: [] });
    if (tables.rows.length > 0) throw new StoreError(OF_ANOTHER);
    throw new NotReadyError('The database is empty; the next start makes its tables.');
  }
  const names = pending.map(({ name }) => name).join(', ');
  throw new NotReadyError(`The database is of an earlier version; the next start migrates it (${names}).`);
}

async function applyAll(
  adapter: SqlDriverAdapter,
  provider: Provider,
  folder: string,
  onDisk: readonly MigrationFile[],
): Promise<void> {
  let failure: unknown;
  const connection = sameConnection(adapter, (error, script) => {
    failure ??= failed(error, onDisk.find(({ sql }) => sql === script)?.name);
  });
  try {
    await withEngine(connection, undefined, (engine) =>
      engine.applyMigrations({
        migrationsList: migrationList(folder, provider, onDisk),
        filters: { externalTables: [], externalEnums: [] },
      }),
    );
  } catch (error) {
    // What the engine says of a failure is less than what the database said.
    throw failure ?? notOurs(error);
  }
  if (provider === 'sqlite') {
    const broken = await adapter.queryRaw({ sql: 'PRAGMA foreign_key_check', args: [], argTypes: [] });
    if (broken.rows.length > 0) {
      throw new StoreError(
        'A migration would leave rows that point nowhere; the database is left as it was.',
      );
    }
  }
}

/** A full disk and the like are not the migration's fault, and are told elsewhere. */
function failed(error: unknown, migration: string | undefined): unknown {
  const blameless = understandable(error, '') instanceof StoreError;
  if (blameless || migration === undefined) return error;
  const reason = isDriverAdapterError(error) ? error.cause.originalMessage : undefined;
  return new StoreError(
    `The migration ${migration} failed, and nothing was changed: ${reason ?? String(error)}. ` +
      'Start the version of the program that was here before, and report this.',
    { cause: error },
  );
}

const OF_ANOTHER =
  'The database has tables, but none of this program: DATABASE_URL points at the database of another one. ' +
  'Give an empty database.';

function notOurs(error: unknown): unknown {
  if (error instanceof Error && 'code' in error && error.code === 'P3005') {
    return new StoreError(OF_ANOTHER);
  }
  return error;
}

/** A factory that always gives this connection, so that the engine works inside the transaction begun on it. */
function sameConnection(
  adapter: SqlDriverAdapter,
  noteFailure: (error: unknown, script: string) => void,
): SqlMigrationAwareDriverAdapterFactory {
  // Some methods of the adapter throw before they give a promise.
  const noting = async <T>(script: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      noteFailure(error, script);
      throw error;
    }
  };
  const connection: SqlDriverAdapter = {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => noting(query.sql, () => adapter.queryRaw(query)),
    executeRaw: (query) => noting(query.sql, () => adapter.executeRaw(query)),
    executeScript: (script) => noting(script, () => adapter.executeScript(script)),
    startTransaction: () => Promise.reject(new Error('The migrations already run in a transaction.')),
    dispose: async () => {},
  };
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    connect: async () => connection,
    connectToShadowDb: () => Promise.reject(new Error('Applying migrations needs no shadow database.')),
  };
}
