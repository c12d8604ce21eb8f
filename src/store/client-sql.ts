import type { z } from 'zod';
import type { Transaction } from './database.js';
import { type SqlValue, type Statements, storable } from './sql.js';

/** Statements by hand through the Prisma client: in its transaction, or for reading. Columns need names of their own. */
export class ClientSql implements Statements {
  constructor(private readonly client: Pick<Transaction, '$queryRaw' | '$executeRaw'>) {}

  async query<T>(row: z.ZodType<T>, sql: string, values: readonly SqlValue[]): Promise<readonly T[]> {
    const found: unknown = await this.client.$queryRaw(template(sql), ...values.map(clean));
    return Array.isArray(found) ? found.map((columns: object) => row.parse(Object.values(columns))) : [];
  }

  execute(sql: string, values: readonly SqlValue[]): Promise<number> {
    return this.client.$executeRaw(template(sql), ...values.map(clean));
  }
}

/** The client writes each database's own marks between the parts. */
function template(sql: string): TemplateStringsArray {
  const parts = sql.split('?');
  return Object.assign(parts, { raw: parts });
}

function clean(value: SqlValue): SqlValue {
  return typeof value === 'string' ? storable(value) : value;
}
