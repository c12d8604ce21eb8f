import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.js';
import { later, NOW, person } from './samples.js';

const DAY = 24 * 60;

/** Who is who, and what was kept for them; for every database behind the store. */
export function peopleContract(name: string, open: () => Promise<Store>): void {
  describe(`people in a store on ${name}`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    it('whose platform knows them by one id everywhere are one learner in all their workspaces', async () => {
      const global = { ...person(), platform: 'discord', userIsGlobal: true };
      const here = await store.learners.signIn({ ...global, workspace: 'guild one' }, 'Ada', NOW);
      const there = await store.learners.signIn({ ...global, workspace: 'guild two' }, 'Ada', NOW);
      const other = await store.learners.signIn({ ...global, user: randomUUID() }, 'Ada', NOW);
      expect(there.id).toBe(here.id);
      expect(other.id).not.toBe(here.id);
    });

    it('whose platform gives ids for each workspace are not taken for one another', async () => {
      const local = { ...person(), platform: 'slack' };
      const here = await store.learners.signIn({ ...local, workspace: 'team one' }, 'Ada', NOW);
      const there = await store.learners.signIn({ ...local, workspace: 'team two' }, 'Ada', NOW);
      expect(there.id).not.toBe(here.id);
    });

    it('are known once they have signed in, and not made by being asked for', async () => {
      const account = person();
      expect(await store.learners.known(account)).toBeUndefined();
      expect(await store.learners.known(account)).toBeUndefined();
      const learner = await store.learners.signIn(account, 'Ada', NOW);
      expect(await store.learners.known(account)).toEqual(learner);
    });

    it('find what was kept for them under a short id, the same for the same reply', async () => {
      const id = await store.kept.keep('ada', '{"text":"long ✓"}', NOW);
      expect(id).toMatch(/^[\w-]{22}$/);
      expect(await store.kept.keep('ada', '{"text":"long ✓"}', later(1))).toBe(id);
      expect(await store.kept.keep('bob', '{"text":"long ✓"}', later(1))).not.toBe(id);
      expect(await store.kept.find(id)).toEqual({ owner: 'ada', reply: '{"text":"long ✓"}' });
      expect(await store.kept.find('nothing')).toBeUndefined();
    });

    it('lose what was kept ninety days after it was last drawn', async () => {
      const old = await store.kept.keep('ada', 'old', NOW);
      const drawn = await store.kept.keep('ada', 'drawn again', NOW);
      await store.kept.keep('ada', 'drawn again', later(60 * DAY));
      await store.kept.keep('ada', 'new', later(91 * DAY));
      expect(await store.kept.find(old)).toBeUndefined();
      expect(await store.kept.find(drawn)).toBeDefined();
    });
  });
}
