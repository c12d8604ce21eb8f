import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { isConflict, understandable } from './failures.js';
import type { PrismaClient } from './generated/sqlite/client.js';
import { Sql } from './sql.js';
import { Writer } from './writer.js';

/** The client within a transaction. */
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

/** What the connections to one database are. Both kinds of database have the same client but for its name. */
export interface Connections {
  /** Named in messages. */
  readonly where: string;
  /** For reading: sees only what is committed. */
  readonly reading: PrismaClient;
  /** For reading by statements by hand, outside any transaction. */
  readonly lookups: SqlDriverAdapter;
  /** For writing, on the connection of `adapter` where the database has a single writer. */
  readonly writing: PrismaClient;
  readonly adapter: SqlDriverAdapter;
  close(): Promise<void>;
}

/** The door to the database for every subject of the store: reads at once, writes one after the other. */
export class Database {
  readonly #connections: Connections;
  readonly #writer: Writer;
  readonly #lookups: Sql;
  #closed = false;

  constructor(connections: Connections) {
    this.#connections = connections;
    this.#writer = new Writer(connections.adapter);
    this.#lookups = new Sql(connections.lookups);
  }

  read<T>(work: (client: PrismaClient) => Promise<T>): Promise<T> {
    return this.#told(() => work(this.#connections.reading));
  }

  /** Reads by statements by hand, for what is to be quick: a client takes longer to ask than the database to answer. */
  look<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#told(() => work(this.#lookups));
  }

  /** One transaction of its own, through the Prisma client; for what is not asked often. */
  change<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const options = { maxWait: 30_000, timeout: 600_000 };
    return this.retry(() =>
      this.#told(() => this.#writer.alone(() => this.#connections.writing.$transaction(work, options))),
    );
  }

  /** A transaction that may be shared with others that wait, by statements by hand; for reviews. */
  write<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.retry(() => this.#told(() => this.#writer.grouped(work)));
  }

  /** Tries again where another process wrote the same row in between; the second try then reads what it wrote. */
  async retry<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (attempt === 3 || !isConflict(error)) throw error;
      }
    }
  }

  async ping(): Promise<void> {
    await this.read((client) => client.$queryRaw`SELECT 1`);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#writer.idle();
    await this.#connections.close();
  }

  async #told<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error('The store is closed.');
    try {
      return await work();
    } catch (error) {
      throw understandable(error, this.#connections.where);
    }
  }
}
