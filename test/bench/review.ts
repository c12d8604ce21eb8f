import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStore } from '../../src/store/open.js';
import type { LearnerId, Store } from '../../src/store/store.js';
import { card, draft, NOW, person } from '../store/samples.js';
import { quantile } from './measure.js';

const CARDS = 500;
const ROUNDS = 5;
const REVIEWS = 512;
const CALLERS = 32;

/** A pace and what one caller waits, in ms. */
export interface Pace {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

export interface ReviewBench {
  /** The same rows by better-sqlite3: a read, two writes and a durable commit for each. */
  readonly floor: Pace;
  /** Through the store, one after the other. */
  readonly single: Pace;
  /** Through the store, 32 callers at once. */
  readonly together: Pace;
}

/** Durable reviews through the store and, in turns on the same disk, their rows by better-sqlite3 alone. */
export async function benchReview(): Promise<ReviewBench> {
  const folder = mkdtempSync(join(tmpdir(), 'eks-bench-'));
  const files = [join(folder, 'store.db'), join(folder, 'floor.db')] as const;
  // The floor's file gets its tables from the store.
  await (await openStore(`file:${files[1]}`)).close();
  const store = await openStore(`file:${files[0]}`);
  const floor = openFloor(files[1], files[0]);
  const times: Record<keyof ReviewBench, Timed> = { floor: begin(), single: begin(), together: begin() };
  try {
    const ids = Array.from({ length: CARDS }, (_, index) => `card-${index}`);
    await store.cards.sync(
      ids.map((one, line) => card(one, line)),
      NOW,
    );
    const { id } = await store.learners.signIn(person(), 'Ada', NOW);
    // The first reviews find code to compile and pages to make; they are not measured.
    await reviewAll(store, id, ids, 1, begin());
    floor.follow(begin());
    for (let round = 0; round < ROUNDS; round += 1) {
      await reviewAll(store, id, ids, 1, times.single);
      floor.follow(times.floor);
      await reviewAll(store, id, ids, CALLERS, times.together);
      floor.follow(begin());
    }
  } finally {
    floor.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return { floor: pace(times.floor), single: pace(times.single), together: pace(times.together) };
}

interface Timed {
  total: number;
  readonly each: number[];
}

function begin(): Timed {
  return { total: 0, each: [] };
}

function pace({ total, each }: Timed): Pace {
  return {
    perSecond: (each.length / total) * 1000,
    p50: quantile(each, 0.5),
    p99: quantile(each, 0.99),
  };
}

let written = 0;

async function reviewAll(
  store: Store,
  learner: LearnerId,
  ids: readonly string[],
  callers: number,
  into: Timed,
): Promise<void> {
  const last = written + REVIEWS;
  const caller = async () => {
    while (written < last) {
      const number = written;
      written += 1;
      const id = ids[number % ids.length] ?? '';
      const began = performance.now();
      const result = await store.reviews.record(draft(learner, id, Math.floor(number / ids.length)));
      into.each.push(performance.now() - began);
      if (result.outcome !== 'recorded') throw new Error(`A review was ${result.outcome}.`);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  into.total += performance.now() - began;
}

/** Writes what the store has written since, row for row, with statements prepared once. */
function openFloor(file: string, original: string) {
  const source = new Database(original, { readonly: true });
  const db = new Database(file);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) db.pragma(pragma);
  const columns = (table: string) =>
    db
      .prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('${table}')`)
      .all()
      .map(({ name }) => name);
  const insert = (table: string) => {
    const names = columns(table);
    return db.prepare(
      `INSERT INTO "${table}" (${names.map((name) => `"${name}"`)}) VALUES (${names.map((name) => `@${name}`)})
        ON CONFLICT DO NOTHING`,
    );
  };
  const state = columns('MemoryState');
  const read = db.prepare(
    'SELECT * FROM "MemoryState" WHERE "learnerId" = @learnerId AND "cardId" = @cardId',
  );
  const append = insert('Review');
  const update = db.prepare(
    `INSERT INTO "MemoryState" (${state.map((name) => `"${name}"`)}) VALUES (${state.map((name) => `@${name}`)})
      ON CONFLICT ("learnerId", "cardId") DO UPDATE SET ${state.map((name) => `"${name}" = excluded."${name}"`)}`,
  );
  const one = db.transaction((review: object, memory: object) => {
    read.get(review);
    append.run(review);
    update.run(memory);
  });
  let position = 0;
  return {
    follow(into: Timed): void {
      for (const table of ['Learner', 'Card', 'Parameters']) {
        const row = insert(table);
        for (const values of source.prepare(`SELECT * FROM "${table}"`).all()) row.run(values);
      }
      const reviews = source
        .prepare<[number], { position: number; cardId: string; learnerId: string }>(
          'SELECT * FROM "Review" WHERE position > ? ORDER BY position',
        )
        .all(position);
      const find = source.prepare<[string, string], object>(
        'SELECT * FROM "MemoryState" WHERE "learnerId" = ? AND "cardId" = ?',
      );
      for (const review of reviews) {
        const memory = find.get(review.learnerId, review.cardId) ?? {};
        const began = performance.now();
        one.immediate(review, memory);
        const took = performance.now() - began;
        into.each.push(took);
        into.total += took;
        position = review.position;
      }
    },
    close(): void {
      db.close();
      source.close();
    },
  };
}
