import { expect, test } from 'vitest';
import { Tries } from '../../src/platforms/tries.js';

const begun = new Date('2026-03-02T09:00:00Z');
const later = new Date('2026-03-02T09:00:01Z');

test('only what was first tried before this process, or failed in it, is a repeat', async () => {
  const tries = new Tries<boolean>(begun);
  const tried = (key: string, since: Date) => tries.attempt(key, since, async (isRepeat) => isRepeat);
  const fails = () => Promise.reject(new Error('no answer came'));
  expect(await tried('old', begun)).toBe(true);
  expect(await tried('new', later)).toBe(false);
  expect(await tried('new', later)).toBe(false);
  await expect(tries.attempt('failed', later, fails)).rejects.toThrow('no answer came');
  expect(await tried('failed', later)).toBe(true);
  expect(await tried('failed', later)).toBe(false);
});

test('a try that still waits for the platform is joined, not made twice', async () => {
  const tries = new Tries<number>(begun);
  let sent = 0;
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  const post = () =>
    tries.attempt('key', later, async () => {
      await promise;
      sent += 1;
      return sent;
    });
  const both = Promise.all([post(), post()]);
  resolve();
  expect(await both).toEqual([1, 1]);
  expect(await post()).toBe(2);
});
