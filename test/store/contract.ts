import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endOfStudyDay, studyDayOf } from '../../src/learning/studyday.js';
import type { Store } from '../../src/store/store.js';
import { CLOCK, card, cardId, draft, later, NOW, person } from './samples.js';

/** What every database behind the store must do; `open` gives a store on an empty database. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`a store on ${name}`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
      await store.cards.sync([card('a', 0), card('b', 1), card('c', 2)], NOW);
    });
    afterAll(() => store.close());

    it('answers a ping', () => expect(store.ping()).resolves.toBeUndefined());

    describe('sign-in', () => {
      it('makes a learner on first sight and finds them again', async () => {
        const account = person();
        const learner = await store.learners.signIn(account, 'Ada', NOW);
        expect(learner).toMatchObject({ name: 'Ada', settings: { timeZone: undefined, rolloverHour: 4 } });
        expect(await store.learners.signIn(account, 'Ada', NOW)).toEqual(learner);
        expect(await store.learners.find(learner.id)).toEqual(learner);
      });

      it('makes one learner of twenty first sights at once', async () => {
        const account = person();
        const all = await Promise.all(
          Array.from({ length: 20 }, () => store.learners.signIn(account, 'Ada', NOW)),
        );
        expect(new Set(all.map(({ id }) => id)).size).toBe(1);
      });

      it('follows a change of name', async () => {
        const account = person();
        const { id } = await store.learners.signIn(account, 'Ada', NOW);
        await store.learners.signIn(account, 'Ada L.', NOW);
        expect((await store.learners.find(id))?.name).toBe('Ada L.');
      });

      it('keeps the same user of two workspaces and two platforms apart', async () => {
        const account = person();
        const ids = await Promise.all(
          [account, { ...account, workspace: 'w2' }, { ...account, platform: 'slack' }].map(
            async (key) => (await store.learners.signIn(key, 'Ada', NOW)).id,
          ),
        );
        expect(new Set(ids).size).toBe(3);
      });

      it('changes the settings given and no other, and takes a time zone back', async () => {
        const { id, settings } = await store.learners.signIn(person(), 'Ada', NOW);
        const changed = await store.learners.changeSettings(id, { timeZone: 'Asia/Tokyo', newPerDay: 3 });
        expect(changed.settings).toEqual({ ...settings, timeZone: 'Asia/Tokyo', newPerDay: 3 });
        const back = await store.learners.changeSettings(id, { timeZone: undefined });
        expect(back.settings).toEqual({ ...settings, newPerDay: 3 });
      });
    });

    describe('a review', () => {
      it('gives a memory state that is there afterwards', async () => {
        const { id } = await store.learners.signIn(person(), 'Ada', NOW);
        expect(await store.reviews.progress(id, cardId('a'))).toEqual({ state: undefined, lastSeq: 0 });
        const result = await store.reviews.record(draft(id, 'a', 0));
        expect(result).toMatchObject({ outcome: 'recorded', seq: 1, state: { reps: 1, phase: 'learning' } });
        const state = result.outcome === 'stale' ? undefined : result.state;
        expect(await store.reviews.progress(id, cardId('a'))).toEqual({ state, lastSeq: 1 });
      });

      it('is written once, however often it is delivered', async () => {
        const { id } = await store.learners.signIn(person(), 'Ada', NOW);
        const first = draft(id, 'a', 0);
        const results = await Promise.all(Array.from({ length: 10 }, () => store.reviews.record(first)));
        expect(results.map(({ outcome }) => outcome).sort()).toEqual([
          ...Array.from({ length: 9 }, () => 'duplicate'),
          'recorded',
        ]);
        // All but what it earned, which only the one that is written is told.
        const told = results.map((result) => JSON.stringify({ ...result, outcome: '', points: undefined }));
        expect(new Set(told).size).toBe(1);
        expect((await store.reviews.progress(id, cardId('a'))).lastSeq).toBe(1);
      });

      it('is refused where the card was answered since it was shown', async () => {
        const { id } = await store.learners.signIn(person(), 'Ada', NOW);
        const answers = [draft(id, 'a', 0), draft(id, 'a', 0)];
        const results = await Promise.all(answers.map((answer) => store.reviews.record(answer)));
        expect(results.map(({ outcome }) => outcome).sort()).toEqual(['recorded', 'stale']);
        expect(await store.reviews.record(draft(id, 'a', 7))).toEqual({ outcome: 'stale', seq: 1 });
      });

      it('in practice is logged and leaves the memory state', async () => {
        const { id } = await store.learners.signIn(person(), 'Ada', NOW);
        await store.reviews.record(draft(id, 'a', 0));
        const before = await store.reviews.progress(id, cardId('a'));
        await store.reviews.record(draft(id, 'a', 1, { kind: 'practice', rating: 1 }));
        await store.reviews.record(draft(id, 'a', 2, { counts: false, rating: 1 }));
        expect(await store.reviews.progress(id, cardId('a'))).toEqual({ ...before, lastSeq: 3 });
        expect(await store.reviews.days(id, 9)).toEqual([{ day: studyDayOf(NOW, CLOCK), reviews: 1 }]);
      });

      it('takes any text that people and notes come up with', async () => {
        const text = 'nul \0, half \ud800, quote \' " ; DROP TABLE "Review" -- $1 ? 🙂 \u202e';
        const { id } = await store.learners.signIn({ ...person(), workspace: text }, text, NOW);
        expect((await store.learners.find(id))?.name).toContain('DROP TABLE "Review" -- $1 ? 🙂');
        const said = { answer: text, question: text, cardVersion: text };
        expect((await store.reviews.record(draft(id, 'a', 0, said))).outcome).toBe('recorded');
      });

      it('of an unknown card fails alone: others at the same moment are written', async () => {
        const { id } = await store.learners.signIn(person(), 'Ada', NOW);
        const results = await Promise.allSettled([
          store.reviews.record(draft(id, 'a', 0)),
          store.reviews.record(draft(id, 'nowhere', 0)),
          store.reviews.record(draft(id, 'b', 0)),
        ]);
        expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        expect((await store.reviews.progress(id, cardId('b'))).lastSeq).toBe(1);
        expect((await store.reviews.progress(id, cardId('nowhere'))).lastSeq).toBe(0);
      });
    });

    describe('undo', () => {
      it('restores the state before, one review after the other', async () => {
        const { id } = await store.learners.signIn(person(), 'Ada', NOW);
        await store.reviews.record(draft(id, 'a', 0));
        const afterFirst = await store.reviews.progress(id, cardId('a'));
        await store.reviews.record(draft(id, 'a', 1, { at: later(10) }));
        await store.reviews.record(draft(id, 'b', 0, { at: later(11) }));
        const undo = (key: string) => store.reviews.undo(id, `${id} ${key}`, later(12), CLOCK);
        expect(await undo('1')).toEqual({ outcome: 'undone', card: 'b', state: undefined });
        expect(await undo('2')).toEqual({ outcome: 'undone', card: 'a', state: afterFirst.state });
        expect(await undo('2')).toEqual({ outcome: 'duplicate', card: 'a', state: afterFirst.state });
        expect(await undo('3')).toEqual({ outcome: 'undone', card: 'a', state: undefined });
        expect(await undo('4')).toEqual({ outcome: 'nothing' });
        expect(await store.reviews.progress(id, cardId('a'))).toEqual({ state: undefined, lastSeq: 4 });
        expect(await store.reviews.days(id, 9)).toEqual([]);
      });

      it('reaches back to the study day before, and no further', async () => {
        const { id } = await store.learners.signIn(person(), 'Ada', NOW);
        await store.reviews.record(draft(id, 'a', 0));
        const tomorrow = endOfStudyDay(studyDayOf(NOW, CLOCK), CLOCK);
        const dayAfter = endOfStudyDay(studyDayOf(tomorrow, CLOCK), CLOCK);
        expect((await store.reviews.undo(id, `${id} late`, dayAfter, CLOCK)).outcome).toBe('nothing');
        expect((await store.reviews.undo(id, `${id} next`, tomorrow, CLOCK)).outcome).toBe('undone');
      });
    });
  });
}
