import type { SqlDriverAdapter, Transaction } from '@prisma/driver-adapter-utils';
import { Sql } from './sql.js';

/** Bounds how long the first of a group waits for the last. */
const GROUP = 32;

interface Task {
  readonly work: (sql: Sql) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Own {
  readonly run: () => Promise<void>;
}

/**
 * The one that writes: work runs one after the other, so that none of it can fall into another's transaction. What is
 * waiting when a transaction begins shares it and its trip to the disk; each is told only after the commit. Where one
 * of a group fails, the group is undone and each is run alone.
 */
export class Writer {
  readonly #adapter: SqlDriverAdapter;
  readonly #waiting: (Task | Own)[] = [];
  #running: Promise<void> | undefined;

  constructor(adapter: SqlDriverAdapter) {
    this.#adapter = adapter;
  }

  /** Runs work that shares a transaction with others. It may run twice, so it does nothing but talk to `sql`. */
  grouped<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: { value: T } | undefined;
      this.#waiting.push({
        work: async (sql) => {
          result = { value: await work(sql) };
        },
        resolve: () => (result ? resolve(result.value) : reject(new Error('The work has no result.'))),
        reject,
      });
      this.#wake();
    });
  }

  /** Runs work that brings its own transaction, while no other writes. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ run: () => work().then(resolve, reject) });
      this.#wake();
    });
  }

  /** Resolves when nothing waits and nothing runs. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  #wake(): void {
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
      if (this.#waiting.length > 0) this.#wake();
    });
  }

  async #drain(): Promise<void> {
    // Lets callers of the same moment join the group.
    await Promise.resolve();
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if ('run' in next) await next.run();
      else await this.#runGroup(this.#groupFrom(next));
    }
  }

  #groupFrom(first: Task): Task[] {
    const group = [first];
    for (let next = this.#waiting[0]; group.length < GROUP && next !== undefined; next = this.#waiting[0]) {
      if ('run' in next) break;
      group.push(next);
      this.#waiting.shift();
    }
    return group;
  }

  async #runGroup(group: readonly Task[]): Promise<void> {
    try {
      await this.#transaction(group);
      for (const task of group) task.resolve(undefined);
    } catch (error) {
      if (group.length > 1) for (const task of group) await this.#runGroup([task]);
      else for (const task of group) task.reject(error);
    }
  }

  async #transaction(group: readonly Task[]): Promise<void> {
    const transaction = await this.#adapter.startTransaction();
    try {
      const sql = new Sql(transaction);
      for (const task of group) await task.work(sql);
      await send(transaction, 'COMMIT');
    } catch (error) {
      // Where the disk is full SQLite has rolled back already, and says so by an error.
      await send(transaction, 'ROLLBACK').catch(() => {});
      await transaction.rollback();
      throw error;
    }
    await transaction.commit();
  }
}

function send(transaction: Transaction, sql: string): Promise<number> {
  return transaction.executeRaw({ sql, args: [], argTypes: [] });
}
