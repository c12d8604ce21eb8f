import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.js';
import { later, NOW } from './samples.js';

/** What is kept of replies; for every database behind the store. */
export function keptContract(name: string, open: () => Promise<Store>): void {
  describe(`replies in a store on ${name}`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    it('are found by their id, and the same owner and reply have one', async () => {
      const id = await store.kept.keep('ana', 'a', NOW);
      expect(await store.kept.keep('ana', 'a', later(1))).toBe(id);
      expect(await store.kept.keep('ben', 'a', NOW)).not.toBe(id);
      expect(await store.kept.find(id)).toEqual({ owner: 'ana', reply: 'a' });
    });

    it('under a name are one, which changes and keeps its time', async () => {
      const { kept } = store;
      await kept.put('page', 'one', 'first', NOW);
      await kept.put('page', 'two', 'second', later(1));
      await kept.put('page', 'one', 'first, changed', later(2));
      await kept.put('other', 'one', 'of another', later(3));
      const all = [
        { reply: 'first, changed', at: NOW },
        { reply: 'second', at: later(1) },
      ];
      expect(await kept.latest('page', NOW, 9)).toEqual(all);
      expect(await kept.latest('page', NOW, 1)).toEqual(all.slice(1));
      expect(await kept.latest('page', later(1), 9)).toEqual(all.slice(1));
    });

    it('go after three months', async () => {
      await store.kept.put('old', 'one', 'a', NOW);
      await store.kept.put('old', 'two', 'b', later(91 * 24 * 60));
      expect((await store.kept.latest('old', NOW, 9)).map(({ reply }) => reply)).toEqual(['b']);
    });
  });
}
