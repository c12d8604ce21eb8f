import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Feed, type Look } from '../../src/daily/feed.js';

/** Lets everything come as far as it can. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 30; turns += 1) await turn();
}

/** Things to do, each in a group, as a database would find them: what is done is not found again. */
function startTown(names: readonly string[], width = { atOnce: 8, inGroup: 9 }) {
  const waiting = new Set(names);
  const underWay = new Map<string, () => void>();
  const looks: Look[] = [];
  const failures: unknown[] = [];
  const seen = { most: 0, mostFound: 0 };
  const broken = new Set<string>();
  const state = { isBroken: false, hidesBegun: false, now: new Date('2026-03-02T09:00:00Z') };
  const groupOf = (name: string) => name.charAt(0);
  const work = (name: string) => async () => {
    if (broken.has(name)) throw new Error(`${name} is broken`);
    await new Promise<void>((resolve) => underWay.set(name, resolve));
    underWay.delete(name);
    waiting.delete(name);
  };
  const feed = new Feed({
    width,
    now: () => state.now,
    failed: (error) => failures.push(error),
    look: async (look) => {
      looks.push(look);
      if (state.isBroken) throw new Error('the database is locked');
      const found = [...waiting]
        .filter((name) => !look.except.includes(groupOf(name)) && !(state.hidesBegun && underWay.has(name)))
        .slice(0, look.limit);
      seen.mostFound = Math.max(seen.mostFound, found.length);
      return found.map((name) => ({
        key: name,
        group: groupOf(name),
        work: work(name),
        failed: (error: unknown) => failures.push(error),
      }));
    },
  });
  /** Ends what is under way, and what begins then, until nothing is left. */
  const finish = async () => {
    for (let idle = 0; idle < 2; ) {
      seen.most = Math.max(seen.most, underWay.size);
      for (const end of underWay.values()) end();
      await settle();
      idle = underWay.size === 0 ? idle + 1 : 0;
    }
  };
  return { feed, waiting, underWay, looks, failures, seen, broken, state, finish };
}

const many = (count: number, group = 'a') => Array.from({ length: count }, (_, at) => `${group}${at}`);

test('all that waits is done by one call, though little of it is read at once and little is under way', async () => {
  const { feed, waiting, seen, finish, looks } = startTown(many(1_000));
  feed.fill();
  await settle();
  await finish();
  await feed.idle();
  expect(waiting.size).toBe(0);
  expect(seen).toEqual({ most: 8, mostFound: expect.any(Number) });
  expect(seen.mostFound).toBeLessThanOrEqual(16);
  // Not a look for each.
  expect(looks.length).toBeLessThan(700);
});

test('what was found and had no room is begun later, also where what has begun is not found again', async () => {
  const { feed, underWay, waiting, finish, state } = startTown(many(13));
  state.hidesBegun = true;
  feed.fill();
  await settle();
  for (const name of many(3)) underWay.get(name)?.();
  await settle();
  await finish();
  expect(waiting.size).toBe(0);
});

test('calls while it is busy do not stack up looks', async () => {
  const { feed, underWay, looks, finish, waiting } = startTown(many(100));
  feed.fill();
  await settle();
  expect(underWay.size).toBe(8);
  for (let call = 0; call < 50; call += 1) feed.fill();
  await settle();
  expect(looks).toHaveLength(1);
  await finish();
  expect(waiting.size).toBe(0);
});

test('a group at its share leaves room for others behind it, and is gone on with as its own end', async () => {
  const width = { atOnce: 8, inGroup: 2 };
  const { feed, underWay, waiting, finish } = startTown([...many(50, 'a'), ...many(3, 'b')], width);
  feed.fill();
  await settle();
  expect([...underWay.keys()].sort()).toEqual(['a0', 'a1', 'b0', 'b1']);
  await finish();
  expect(waiting.size).toBe(0);
});

test('what hangs holds its own lane and no other', async () => {
  const { feed, underWay, waiting } = startTown(many(30));
  feed.fill();
  await settle();
  for (let round = 0; round < 60; round += 1) {
    for (const [name, end] of underWay) if (name !== 'a0') end();
    await settle();
  }
  expect([...waiting]).toEqual(['a0']);
});

test('many that rest after a failure do not keep what stands behind them from its turn', async () => {
  const { feed, broken, failures, waiting, finish } = startTown(many(100));
  for (const name of many(40)) broken.add(name);
  for (let call = 0; call < 12; call += 1) {
    feed.fill();
    await settle();
    await finish();
  }
  expect(failures).toHaveLength(40);
  expect([...waiting].sort()).toEqual(many(40).sort());
});

test('where looking fails, that is told, and the next call looks again', async () => {
  const { feed, state, failures, waiting, finish } = startTown(many(3));
  state.isBroken = true;
  feed.fill();
  await feed.idle();
  expect(failures).toHaveLength(1);
  state.isBroken = false;
  feed.fill();
  await settle();
  await finish();
  expect(waiting.size).toBe(0);
});

test('what comes in from outside has its turn between one begin and the next', async () => {
  const { feed, underWay, finish } = startTown(many(8));
  feed.fill();
  await turn();
  await turn();
  expect(underWay.size).toBeLessThan(4);
  await finish();
});

test('what ends while others are still being begun makes room for the rest', async () => {
  const left = new Set(many(20));
  const feed = new Feed({
    width: { atOnce: 8, inGroup: 8 },
    now: () => new Date('2026-03-02T09:00:00Z'),
    failed: (error) => expect.fail(String(error)),
    look: async ({ limit }) =>
      [...left].slice(0, limit).map((key) => ({
        key,
        group: 'a',
        work: async () => void left.delete(key),
        failed: (error: unknown) => expect.fail(String(error)),
      })),
  });
  feed.fill();
  await feed.idle();
  expect(left.size).toBe(0);
});

test('stopped, it begins nothing and waits for what is under way', async () => {
  const { feed, underWay, waiting } = startTown(many(20));
  feed.fill();
  await settle();
  const stopped = feed.stop();
  for (const end of [...underWay.values()]) end();
  await stopped;
  feed.fill();
  await settle();
  expect(waiting.size).toBe(12);
  expect(underWay.size).toBe(0);
});
