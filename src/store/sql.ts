import type { ArgType, SqlQuery, SqlQueryable } from '@prisma/driver-adapter-utils';
import type { z } from 'zod';

/** What a statement may be given. */
export type SqlValue = string | number | boolean | Date | null;

/** Statements written with `?`, in whatever transaction they are. */
export interface Statements {
  /** The rows, each parsed from an array of its columns' values. */
  query<T>(row: z.ZodType<T>, sql: string, values: readonly SqlValue[]): Promise<readonly T[]>;
  /** How many rows were changed. */
  execute(sql: string, values: readonly SqlValue[]): Promise<number>;
}

/**
 * Statements by hand on a connection of Prisma's driver adapter, for the few that a Prisma client is too slow for (it
 * takes about a millisecond for each). Values are stored exactly as the client stores them.
 */
export class Sql implements Statements {
  constructor(private readonly connection: SqlQueryable) {}

  async query<T>(row: z.ZodType<T>, sql: string, values: readonly SqlValue[]): Promise<readonly T[]> {
    const result = await this.connection.queryRaw(this.statement(sql, values));
    return result.rows.map((columns) => row.parse(columns));
  }

  execute(sql: string, values: readonly SqlValue[]): Promise<number> {
    return this.connection.executeRaw(this.statement(sql, values));
  }

  private statement(sql: string, values: readonly SqlValue[]): SqlQuery {
    let count = 0;
    const text =
      this.connection.provider === 'postgres'
        ? sql.replaceAll('?', () => {
            count += 1;
            return `$${count}`;
          })
        : sql;
    return {
      sql: text,
      args: values.map((value) => (typeof value === 'string' ? storable(value) : value)),
      argTypes: values.map(typeOf),
    };
  }
}

/** Text that both databases keep as it is: PostgreSQL takes no NUL, and neither takes half a surrogate pair. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD');
}

function typeOf(value: SqlValue): ArgType {
  if (value instanceof Date) return { scalarType: 'datetime', arity: 'scalar' };
  if (typeof value === 'string') return { scalarType: 'string', arity: 'scalar' };
  if (typeof value === 'boolean') return { scalarType: 'boolean', arity: 'scalar' };
  if (typeof value === 'number') {
    return { scalarType: Number.isInteger(value) ? 'int' : 'float', arity: 'scalar' };
  }
  return { scalarType: 'unknown', arity: 'scalar' };
}
