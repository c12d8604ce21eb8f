// Writes the next migration, for SQLite and PostgreSQL, from what schema.prisma asks beyond the migrations so far:
//
//   npx tsx prisma/migrate.ts NAME
//
// Read both files before committing them: a renamed column comes out as one dropped and one added, and SQLite changes
// a column by building the table anew, which drops the table's triggers and lets it have a rowid. Of neither does Prisma
// know: triggers of "Review", "Parameters", "Score" and "Membership" must be made again, as WITHOUT ROWID must be.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { migrationList, withEngine } from '../src/store/engine.js';
import { migrationsFolder, type Provider, readMigrations } from '../src/store/migrations.js';

const here = dirname(fileURLToPath(import.meta.url));
const SCHEMA = { sqlite: 'schema.prisma', postgresql: 'postgresql/schema.prisma' };

/** The SQL that brings a database with all migrations to the schema; empty where they agree. */
export async function pendingSql(
  provider: Provider,
  factory: SqlMigrationAwareDriverAdapterFactory,
): Promise<string> {
  const path = join(here, SCHEMA[provider]);
  const content = await readFile(path, 'utf8');
  const folder = migrationsFolder(provider);
  const migrations = await readMigrations(folder);
  const filters = { externalTables: [], externalEnums: [] };
  const result = await withEngine(factory, [[path, content]], (engine) =>
    engine.diff({
      from: { tag: 'migrations', ...migrationList(folder, provider, migrations) },
      to: { tag: 'schemaDatamodel', files: [{ path, content }] },
      script: true,
      exitCode: true,
      filters,
    }),
  );
  return result.exitCode === 0 ? '' : (result.stdout ?? '');
}

/** SQLite in memory. The engine sends whole migrations as one statement, which the adapter takes as scripts only. */
export function sqliteShadow(): SqlMigrationAwareDriverAdapterFactory {
  const memory = new PrismaBetterSqlite3({ url: ':memory:' });
  const connect = async () => {
    const adapter = await memory.connect();
    const executeRaw = adapter.executeRaw.bind(adapter);
    adapter.executeRaw = async (query) => {
      if (query.args.length > 0) return executeRaw(query);
      await adapter.executeScript(query.sql);
      return 0;
    };
    return adapter;
  };
  return { provider: 'sqlite', adapterName: memory.adapterName, connect, connectToShadowDb: connect };
}

async function writeMigration(provider: Provider, name: string, sql: string): Promise<void> {
  if (sql === '') {
    console.log(`${provider}: the migrations already give the schema.`);
    return;
  }
  const folder = join(migrationsFolder(provider), name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'migration.sql'), sql);
  await writeFile(join(folder, '../migration_lock.toml'), `provider = "${provider}"\n`);
  console.log(`${provider}: wrote ${join(folder, 'migration.sql')}`);
}

async function main(label: string | undefined): Promise<void> {
  if (label === undefined || !/^[a-z][a-z0-9_]*$/.test(label)) {
    throw new Error('Give the migration a name of small letters, digits and _, such as add_season.');
  }
  const { generateClients } = await import(new URL('generate.mjs', import.meta.url).href);
  await generateClients();
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  await writeMigration('sqlite', `${stamp}_${label}`, await pendingSql('sqlite', sqliteShadow()));
  const { startPostgres } = await import('../test/store/postgres.js');
  const server = await startPostgres();
  try {
    await writeMigration('postgresql', `${stamp}_${label}`, await pendingSql('postgresql', server.shadow()));
  } finally {
    await server.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(process.argv[2]);
