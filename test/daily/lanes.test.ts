import { expect, test } from 'vitest';
import { Lanes } from '../../src/daily/lanes.js';

const NOW = new Date('2026-03-02T09:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const failed = () => {};

/** Work that says when it begins and lasts until it is let go. */
function lastingWork() {
  const open: (() => void)[] = [];
  const began: string[] = [];
  const named = (key: string, group = 'g') => ({
    key,
    group,
    failed,
    work: () => {
      began.push(key);
      return new Promise<void>((resolve) => open.push(resolve));
    },
  });
  return { open, began, named };
}

test('one key runs one work at a time, others beside it, and no more than allowed at once', async () => {
  const lanes = new Lanes({ atOnce: 2, inGroup: 2 });
  const { open, began, named } = lastingWork();
  const [first] = ['a', 'a', 'b', 'c'].map((key) => lanes.begin(named(key), NOW));
  expect(began).toEqual(['a', 'b']);
  expect(lanes.room).toBe(0);
  open.shift()?.();
  await first;
  expect(lanes.begin(named('c'), NOW)).toBeDefined();
  expect(began).toEqual(['a', 'b', 'c']);
  for (const end of open.splice(0)) end();
  await lanes.idle();
  expect([lanes.isIdle, lanes.room]).toEqual([true, 2]);
});

test('a group takes no more lanes than its share, and says so', async () => {
  const lanes = new Lanes({ atOnce: 8, inGroup: 2 });
  const { open, began, named } = lastingWork();
  for (const key of ['a1', 'a2', 'a3']) lanes.begin(named(key, 'a'), NOW);
  lanes.begin(named('b1', 'b'), NOW);
  expect(began).toEqual(['a1', 'a2', 'b1']);
  expect(lanes.full).toEqual(['a']);
  for (const end of open.splice(0)) end();
  await lanes.idle();
  expect(lanes.full).toEqual([]);
});

test('a key that fails rests, twice as long each time, until it succeeds', async () => {
  const lanes = new Lanes({ atOnce: 8, inGroup: 8 });
  const failures: unknown[] = [];
  let tries = 0;
  let broken = true;
  const attempt = async (seconds: number) => {
    const work = async () => {
      tries += 1;
      if (broken) throw new Error('broken');
    };
    await lanes.begin(
      { key: 'a', group: 'g', work, failed: (error) => failures.push(error) },
      later(seconds),
    );
  };
  const triesAt: number[] = [];
  for (let second = 0; second < 80; second += 1) {
    const before = tries;
    await attempt(second);
    if (tries > before) triesAt.push(second);
  }
  expect(triesAt).toEqual([0, 10, 30, 70]);
  expect(failures).toHaveLength(4);
  expect([lanes.held(later(80)), lanes.held(later(150))]).toEqual([1, 0]);
  broken = false;
  await attempt(150);
  broken = true;
  await attempt(151);
  await attempt(160);
  expect(tries).toBe(6);
});

test('a key that rests does not rest longer because the clock is set back', async () => {
  const lanes = new Lanes({ atOnce: 8, inGroup: 8 });
  const broken = { key: 'a', group: 'g', failed, work: () => Promise.reject(new Error('broken')) };
  await lanes.begin(broken, later(3600));
  expect(lanes.begin(broken, later(3605))).toBeUndefined();
  expect(lanes.held(NOW)).toBe(0);
  expect(lanes.begin(broken, NOW)).toBeDefined();
});
