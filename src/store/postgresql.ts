import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, type SqlDriverAdapter, type SqlQuery } from '@prisma/driver-adapter-utils';
import { z } from 'zod';
import type { Connections } from './database.js';
import { StoreError } from './errors.js';
import { understandable } from './failures.js';
import { PrismaClient } from './generated/postgresql/client.js';
import type { PrismaClient as SqliteClient } from './generated/sqlite/client.js';
import { migrate, refusePending } from './migrations.js';
import type { OpenOptions } from './open.js';

type PgAdapter = Awaited<ReturnType<PrismaPg['connect']>>;

// Columns of the catalogue with the type "char", as the engine selects them, and their names in the result.
const CHARS = /\b(?:constr\.contype|con\.confdeltype|con\.confupdtype)(?=,| AS)/g;
const CHAR_NAMES = new Set(['constraint_type', 'confdeltype', 'confupdtype']);

/**
 * Makes a connection fit for the migration engine, where the adapter falls short of it: the adapter cuts scripts at
 * every semicolon, inside function bodies too, and cannot read PostgreSQL's one-byte "char".
 */
export function forMigrations(adapter: PgAdapter): SqlDriverAdapter {
  const query = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (asked) => {
    const sql = asked.sql.replaceAll(CHARS, '$&::text');
    const result = await query({ ...asked, sql });
    if (sql === asked.sql) return result;
    const types = result.columnTypes.map((type, index) =>
      CHAR_NAMES.has(result.columnNames[index] ?? '') ? ColumnTypeEnum.Character : type,
    );
    return { ...result, columnTypes: types };
  };
  adapter.executeScript = async (script) => {
    await adapter.underlyingDriver().query(script);
  };
  return adapter;
}

/** Opens a PostgreSQL database of this program's schema; see openStore. */
export async function openPostgresql(
  url: string,
  { migrations, pending }: Required<OpenOptions>,
): Promise<Connections> {
  const where = `the database ${serverOf(url)}`;
  try {
    const migrating = forMigrations(await new PrismaPg({ connectionString: url, max: 1 }).connect());
    try {
      await (pending === 'refuse' ? refusePending : migrate)(migrating, 'postgresql', migrations);
    } finally {
      await migrating.dispose();
    }
    const adapter = await new PrismaPg({ connectionString: url, max: 1 }, PREPARED).connect();
    const lookups = await new PrismaPg({ connectionString: url, max: 4 }, PREPARED).connect();
    const client = SameClient.parse(
      new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 8 }), errorFormat: 'minimal' }),
    );
    return {
      where,
      reading: client,
      lookups,
      writing: client,
      adapter,
      close: async () => {
        await client.$disconnect();
        await lookups.dispose();
        await adapter.dispose();
      },
    };
  } catch (error) {
    throw understandable(error, where);
  }
}

// The schemas are equal but for the provider, so the clients have the same methods; a test holds the schemas equal.
const SameClient = z.custom<SqliteClient>((value) => value instanceof Object && '$transaction' in value);

/** Lets the server keep the plans of the few statements by hand. */
const PREPARED = {
  statementNameGenerator: ({ sql }: SqlQuery) =>
    createHash('sha256').update(sql).digest('base64url').slice(0, 40),
};

/** Host, port and database, without user and password. */
function serverOf(url: string): string {
  if (!URL.canParse(url)) {
    throw new StoreError('DATABASE_URL is not a URL. Give postgresql://USER:PASSWORD@HOST/DATABASE.');
  }
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
