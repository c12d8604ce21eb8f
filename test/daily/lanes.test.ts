import { expect, test } from 'vitest';
import { Lanes } from '../../src/daily/lanes.js';

const NOW = new Date('2026-03-02T09:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const ignore = () => {};

test('one key runs one work at a time, others beside it, and no more than allowed at once', async () => {
  const lanes = new Lanes(2);
  const open: (() => void)[] = [];
  const began: string[] = [];
  const work = (name: string) => () => {
    began.push(name);
    return new Promise<void>((resolve) => open.push(resolve));
  };
  const all = ['a', 'a', 'b', 'c'].map((key) => lanes.run(key, NOW, work(key), ignore));
  expect(began).toEqual(['a', 'b']);
  open.shift()?.();
  await expect.poll(() => began).toEqual(['a', 'b', 'c']);
  for (const end of open.splice(0)) end();
  await Promise.all(all);
  await lanes.idle();
});

test('a key that fails rests, twice as long each time, until it succeeds', async () => {
  const lanes = new Lanes(8);
  const failures: unknown[] = [];
  let tries = 0;
  let broken = true;
  const attempt = (seconds: number) =>
    lanes.run(
      'a',
      later(seconds),
      async () => {
        tries += 1;
        if (broken) throw new Error('broken');
      },
      (error) => failures.push(error),
    );
  const triesAt: number[] = [];
  for (let second = 0; second < 80; second += 1) {
    const before = tries;
    await attempt(second);
    if (tries > before) triesAt.push(second);
  }
  expect(triesAt).toEqual([0, 10, 30, 70]);
  expect(failures).toHaveLength(4);
  broken = false;
  await attempt(150);
  broken = true;
  await attempt(151);
  await attempt(160);
  expect(tries).toBe(6);
});
