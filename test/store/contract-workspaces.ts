import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { CLOCK, card, cardId, NOW, person } from './samples.js';

/** What workspaces are to each other, and processes that serve them; `url` gives an empty database. */
export function workspacesContract(name: string, url: () => Promise<string>): void {
  describe(`workspaces and processes on ${name}`, () => {
    it('see within five seconds which cards another process hides and restores', async () => {
      const database = await url();
      const [one, other] = [await openStore(database), await openStore(database)];
      const account = person();
      for (const store of [one, other]) await store.cards.sync([card('a', 0), card('b', 1)], NOW);
      const learner = (await one.learners.signIn(account, 'Ada', NOW)).id;
      const seconds = (count: number) => new Date(NOW.getTime() + count * 1000);
      const next = async (now: Date) => {
        const query = { learner, workspace: account, now, clock: CLOCK, newPerDay: 9, reviewsPerDay: 9 };
        return (await other.reviews.queue({ ...query, among: undefined })).next;
      };
      expect(await next(NOW)).toEqual(['a', 'b']);
      expect(await one.cards.hide(account, cardId('a'), NOW)).toBe(true);
      expect(await one.cards.hidden(account, NOW)).toEqual(new Set(['a']));
      expect(await other.cards.hidden(account, seconds(5))).toEqual(new Set(['a']));
      expect(await next(seconds(5))).toEqual(['b']);
      expect(await one.cards.restore(account, cardId('a'))).toBe(true);
      expect(await next(seconds(10))).toEqual(['a', 'b']);
      await Promise.all([one.close(), other.close()]);
    });

    it('share the cards once learners of two guilds or teams have come; whoever owns the cards stays alone', async () => {
      const store = await openStore(await url());
      const team = (workspace: string) => ({ platform: 'slack', workspace });
      const comes = (workspace: string) =>
        store.learners.signIn({ ...person(), ...team(workspace) }, 'Ada', NOW);
      for (const workspace of ['local', 'direct', 'T1']) await comes(workspace);
      expect(await store.cards.areSharedBeyond(team('T1'))).toBe(false);
      await comes('T2');
      expect(await store.cards.areSharedBeyond(team('T1'))).toBe(true);
      expect(await store.cards.areSharedBeyond(team('T3'))).toBe(true);
      expect(await store.cards.areSharedBeyond({ platform: 'web', workspace: 'local' })).toBe(false);
      await store.close();
    });
  });
}
