import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, endOfStudyDay, startOfStudyDay, studyDayOf } from '../../src/learning/studyday.js';
import type { LearnerId, QueueQuery, Store } from '../../src/store/store.js';
import { CLOCK, card, cardId, draft, later, NOW, person } from './samples.js';

const TODAY = studyDayOf(NOW, CLOCK);
const inDays = (days: number) => startOfStudyDay(addDays(TODAY, days), CLOCK);
const ids = (...names: string[]) => names.map(cardId);

/** What a learner's day is, and what the notes do to it; for every database behind the store. */
export function dayContract(name: string, open: () => Promise<Store>): void {
  describe(`a day in a store on ${name}`, () => {
    let store: Store;
    let learner: LearnerId;
    beforeAll(async () => {
      store = await open();
    });
    beforeEach(async () => {
      await store.cards.sync([card('a', 0), card('b', 1), card('c', 2)], NOW);
      learner = (await store.learners.signIn(person(), 'Ada', NOW)).id;
    });
    afterAll(() => store.close());

    const queue = (change: Partial<QueueQuery> = {}) =>
      store.reviews.queue({
        learner,
        workspace: { platform: 'web', workspace: 'local' },
        now: NOW,
        clock: CLOCK,
        newPerDay: 10,
        reviewsPerDay: 200,
        among: undefined,
        ...change,
      });

    it('begins with new cards in the order of the notes, up to the limit', async () => {
      expect(await queue({ newPerDay: 2 })).toEqual({
        next: ids('a', 'b'),
        due: 0,
        learning: 0,
        fresh: 2,
        nextStepAt: undefined,
        buried: false,
      });
      await store.cards.sync([card('c', 0), card('b', 1), card('a', 2)], NOW);
      expect((await queue({ newPerDay: 2 })).next).toEqual(ids('c', 'b'));
    });

    it('counts what was introduced today against the limit, until it is undone or tomorrow', async () => {
      await store.reviews.record(draft(learner, 'a', 0));
      expect(await queue({ newPerDay: 2 })).toMatchObject({ next: ids('b'), fresh: 1, learning: 1 });
      expect(await queue({ newPerDay: 2, now: inDays(1) })).toMatchObject({ fresh: 2 });
      await store.reviews.undo(learner, `${learner} undo`, later(1), CLOCK);
      expect(await queue({ newPerDay: 2 })).toMatchObject({ next: ids('a', 'b'), fresh: 2, learning: 0 });
    });

    it('shows a step when its time has come, before all else, and says when that will be', async () => {
      const result = await store.reviews.record(draft(learner, 'c', 0));
      const due = result.outcome === 'recorded' ? result.state?.due : undefined;
      if (due === undefined) throw new Error('A new card rated Good is due.');
      expect(await queue({ newPerDay: 0 })).toEqual({
        next: [],
        due: 0,
        learning: 1,
        fresh: 0,
        nextStepAt: due,
        buried: false,
      });
      const before = new Date(due.getTime() - 1);
      expect((await queue({ now: before })).next).toEqual(ids('a', 'b'));
      expect((await queue({ now: due })).next).toEqual(ids('c', 'a', 'b'));
    });

    it('shows a review from the start of the study day on which it is due, in the zone of the learner', async () => {
      const result = await store.reviews.record(draft(learner, 'a', 0, { rating: 4 }));
      if (result.outcome !== 'recorded' || result.state === undefined) throw new Error('not recorded');
      const { due } = result.state;
      expect(startOfStudyDay(studyDayOf(due, CLOCK), CLOCK)).toEqual(due);
      const moment = (ms: number) => queue({ newPerDay: 0, now: new Date(due.getTime() + ms) });
      expect(await moment(-1)).toMatchObject({ next: [], due: 0 });
      expect(await moment(0)).toMatchObject({ next: ids('a'), due: 1 });
      const west = { timeZone: 'America/New_York', rolloverHour: 4 };
      expect(await queue({ newPerDay: 0, now: due, clock: west })).toMatchObject({ due: 1 });
    });

    it('stops at the limit of reviews, counting those done', async () => {
      for (const id of ['a', 'b', 'c']) await store.reviews.record(draft(learner, id, 0, { rating: 4 }));
      const now = endOfStudyDay(addDays(TODAY, 60), CLOCK);
      expect(await queue({ now })).toMatchObject({ due: 3 });
      expect(await queue({ now, reviewsPerDay: 2 })).toMatchObject({ due: 2 });
      await store.reviews.record(draft(learner, 'a', 1, { at: now, rating: 4 }));
      expect(await queue({ now, reviewsPerDay: 2 })).toMatchObject({ due: 1 });
      expect(await queue({ now, reviewsPerDay: 1 })).toMatchObject({ due: 0, next: [] });
    });

    it('keeps to the cards asked for', async () => {
      await store.reviews.record(draft(learner, 'b', 0));
      const query = { now: later(60), newPerDay: 2 };
      expect(await queue({ ...query, among: ids('c', 'b') })).toMatchObject({
        next: ids('b', 'c'),
        fresh: 1,
      });
      expect(await queue({ ...query, among: [] })).toMatchObject({ next: [], fresh: 0, learning: 0 });
    });

    it('leaves out cards that the notes no longer have, and keeps their history', async () => {
      await store.reviews.record(draft(learner, 'a', 0, { rating: 4 }));
      expect(await store.cards.sync([card('b', 0)], later(1))).toMatchObject({
        added: 0,
        edited: 0,
        returned: 0,
        retired: 2,
      });
      expect(await queue({ now: inDays(60) })).toMatchObject({ next: ids('b'), due: 0 });
      expect((await store.reviews.progress(learner, cardId('a'))).lastSeq).toBe(1);
      expect(await store.cards.sync([card('a', 0), card('b', 1)], later(2))).toMatchObject({ returned: 1 });
      expect(await queue({ now: inDays(60) })).toMatchObject({ next: ids('a', 'b'), due: 1 });
    });

    it('does not change for cards that only moved; an edit counts as one', async () => {
      const none = { added: 0, edited: 0, returned: 0, retired: 0 };
      const same = [card('a', 0), card('b', 1), card('c', 2)];
      expect(await store.cards.sync(same, later(1))).toMatchObject(none);
      expect(await store.cards.sync([card('b', 7), card('a', 8), card('c', 9)], later(2))).toMatchObject(
        none,
      );
      expect(
        await store.cards.sync([card('b', 7, 'new'), card('a', 8), card('c', 9)], later(3)),
      ).toMatchObject({
        ...none,
        edited: 1,
      });
    });

    it('lists the study days with reviews that stand, newest first', async () => {
      await store.reviews.record(draft(learner, 'a', 0, { at: inDays(0) }));
      await store.reviews.record(draft(learner, 'b', 0, { at: new Date(inDays(1).getTime() - 1) }));
      await store.reviews.record(draft(learner, 'a', 1, { at: inDays(1) }));
      await store.reviews.record(draft(learner, 'c', 0, { at: inDays(3) }));
      await store.reviews.undo(learner, `${learner} undo`, inDays(3), CLOCK);
      const [today, tomorrow] = [TODAY, addDays(TODAY, 1)];
      expect(await store.reviews.days(learner, 9)).toEqual([
        { day: tomorrow, reviews: 1 },
        { day: today, reviews: 2 },
      ]);
      expect(await store.reviews.days(learner, 1)).toEqual([{ day: tomorrow, reviews: 1 }]);
    });
  });
}
