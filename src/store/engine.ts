import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { z } from 'zod';

// The package's entry point imports a .wasm file, which Node does not load without a flag; this does the same by hand.
let loaded: Promise<void> | undefined;

async function load(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const bytes = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': { ...bindings },
  });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports['__wbindgen_start'];
  if (typeof start === 'function') start();
}

const Engine = z.custom<SchemaEngine>((value) => value instanceof bindings.SchemaEngine);

/** Runs Prisma's migration engine, as WASM, on a database; loading it takes about 0.1 s, once. */
export async function withEngine<T>(
  factory: SqlMigrationAwareDriverAdapterFactory,
  schemas: [string, string][] | undefined,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= load();
  await loaded;
  const engine = await bindings.SchemaEngine.new(
    { datamodels: schemas },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await use(Engine.parse(engine));
  } finally {
    engine.free();
  }
}

/** A migration as it lies on disk. */
export interface MigrationFile {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the SQL in hex, as Prisma keeps it in `_prisma_migrations`. */
  readonly checksum: string;
}

/** Migrations in the form that the engine reads. */
export function migrationList(
  folder: string,
  provider: string,
  migrations: readonly MigrationFile[],
): MigrationList {
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: `provider = "${provider}"\n` },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}
