import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StudyClock, StudyDay } from '../../src/learning/model.js';
import { addDays, startOfStudyDay, studyDayOf } from '../../src/learning/studyday.js';
import type { Question } from '../../src/notes/model.js';
import type { Plan } from '../../src/store/schedules.js';
import type { LearnerId, ReviewDraft, Store } from '../../src/store/store.js';
import { CLOCK, card, cardId, draft, NOW, person } from './samples.js';

/** 2026-03-10, a Tuesday. */
const TODAY = studyDayOf(NOW, CLOCK);
const inDays = (days: number): StudyDay => addDays(TODAY, days);
const noon = (days: number) => ({
  at: new Date(startOfStudyDay(inDays(days), CLOCK).getTime() + 8 * 3_600_000),
  clock: CLOCK,
});
const PLAN: Plan = {
  timetable: { timeZone: 'Europe/Berlin', minute: 540, weekdays: new Set([1, 2, 3]), skipDates: new Set() },
  topic: undefined,
  difficulty: 'mixed',
  questions: 1,
  openMinutes: 480,
  thread: false,
};
const QUESTION: Question = {
  id: 'q',
  card: cardId('c'),
  form: 'choice',
  stem: 'Which one?',
  options: ['key', 'other'],
  answer: 'key',
  accepted: [],
  explanation: '- key',
  source: { note: 'eks.md', line: 1, endLine: 1 },
};

/** Streaks, and what keeps them; for every database behind the store. */
export function streaksContract(name: string, open: () => Promise<Store>): void {
  describe(`streaks in a store on ${name}`, () => {
    let store: Store;
    let learner: LearnerId;
    let seq: number;
    beforeAll(async () => {
      store = await open();
      await store.cards.sync([card('c', 0)], NOW);
    });
    beforeEach(async () => {
      learner = (await store.learners.signIn(person(), 'Ada', NOW)).id;
      seq = 0;
    });
    afterAll(() => store.close());

    const review = async (change: Partial<ReviewDraft>) => {
      const recorded = await store.reviews.record(draft(learner, 'c', seq, change));
      expect(recorded.outcome).toBe('recorded');
      seq += 1;
    };
    const study = async (...days: readonly number[]) => {
      for (const day of days) await review(noon(day));
    };
    const streak = (days: number) => store.streaks.of(learner, noon(days));
    const length = async (days: number) => (await streak(days)).length;

    it('count days with a counted review that stands', async () => {
      expect(await streak(0)).toMatchObject({ length: 0, studiedToday: false, frozen: undefined });
      await study(-1, 0);
      await review({ ...noon(1), kind: 'practice' });
      await review({ ...noon(1), counts: false });
      expect(await streak(0)).toMatchObject({ length: 2, studiedToday: true });
      await store.reviews.undo(learner, randomUUID(), noon(0).at, CLOCK);
      expect(await streak(0)).toMatchObject({ length: 1, studiedToday: false });
    });

    it('count the first answer to a daily quiz, also of a card that is not learnt', async () => {
      const place = { platform: 'web', workspace: 'local', channel: randomUUID() };
      const schedule = await store.schedules.set(place, PLAN, 'admin', NOW);
      const asking = { question: QUESTION, version: 'hash' };
      const quiz = {
        key: randomUUID(),
        position: 0,
        asked: asking,
        closesAt: noon(1).at,
        lateMinutes: undefined,
      };
      await store.quizzes.claim(schedule, TODAY, [quiz], undefined, NOW);
      const [claimed] = await store.quizzes.waiting(place, NOW);
      const id = claimed?.id ?? expect.fail('nothing was claimed');
      const change = { source: 'daily', format: 'choice-2', counts: false, answer: 'other' } as const;
      await review({ ...change, ...noon(-1) });
      expect(await length(0)).toBe(0);
      await review({ ...change, ...noon(0), quiz: { id, choice: '1' } });
      expect(await streak(0)).toMatchObject({ length: 1, studiedToday: true });
    });

    it('keep the freeze that they turned out to cost, whatever is learnt of the days later', async () => {
      await study(-4, -2);
      expect(await streak(-2)).toMatchObject({ length: 2, spent: [inDays(-3)], frozen: inDays(-3) });
      expect(await streak(-1)).toMatchObject({ length: 2, spent: [], frozen: inDays(-3) });
      await study(0);
      expect(await length(0)).toBe(1);
      await store.streaks.leave(learner, noon(-3), inDays(-3));
      expect(await streak(0)).toMatchObject({ length: 1, frozen: inDays(-3) });
      expect(await streak(22)).toMatchObject({ frozen: undefined });
    });

    it('cost one freeze where ten look at once', async () => {
      await study(-3, -1);
      const seen = await Promise.all(Array.from({ length: 10 }, () => streak(0)));
      expect(new Set(seen.map((one) => `${one.length} ${one.frozen}`))).toEqual(new Set([`2 ${inDays(-2)}`]));
    });

    it('wait for who is away, until the day said, also after another absence', async () => {
      await study(-1, 0);
      await store.streaks.leave(learner, noon(0), inDays(3));
      expect(await streak(1)).toMatchObject({ length: 2, awayUntil: inDays(3) });
      await store.streaks.leave(learner, noon(2), inDays(60));
      expect(await streak(60)).toMatchObject({ length: 2, awayUntil: inDays(60) });
      await study(61);
      await store.streaks.leave(learner, noon(62), inDays(70));
      await study(71);
      expect(await streak(71)).toMatchObject({ length: 4, awayUntil: undefined, spent: [] });
    });

    it('need study again from the day on which the learner comes back', async () => {
      expect(await store.streaks.comeBack(learner, noon(0))).toBe(false);
      await study(0);
      await store.streaks.leave(learner, noon(1), inDays(60));
      expect(await store.streaks.comeBack(learner, noon(5))).toBe(true);
      expect(await store.streaks.comeBack(learner, noon(5))).toBe(false);
      expect(await streak(5)).toMatchObject({ length: 1, awayUntil: undefined, saving: [] });
      expect(await length(7)).toBe(0);
      await store.streaks.leave(learner, noon(5), inDays(60));
      expect(await store.streaks.comeBack(learner, noon(5))).toBe(true);
      expect(await length(7)).toBe(0);
    });

    it('pass weekends off, and keep those that have passed when weekends are on again', async () => {
      await store.streaks.setWeekendsOff(learner, true, noon(0));
      expect((await store.learners.find(learner))?.weekendsOff).toBe(true);
      // Friday, and the Monday, Tuesday after it.
      await study(3, 6, 7);
      expect(await streak(7)).toMatchObject({ length: 3, spent: [] });
      await store.streaks.setWeekendsOff(learner, false, noon(7));
      expect(await streak(7)).toMatchObject({ length: 3, spent: [] });
      await study(8, 9, 10);
      expect(await length(13)).toBe(0);
      await store.streaks.setWeekendsOff(learner, true, noon(13));
      expect(await length(13)).toBe(6);
    });

    it('stay whole on a flight over the date line, by the date that each answer was credited', async () => {
      await store.streaks.of(learner, noon(0));
      const at = (iso: string, timeZone: string) => {
        const clock: StudyClock = { timeZone, rolloverHour: 4 };
        return { at: new Date(iso), clock };
      };
      await study(-9, -7);
      await review(at('2026-03-08T20:00:00Z', 'Pacific/Honolulu'));
      await review(at('2026-03-09T20:00:00Z', 'Pacific/Honolulu'));
      const landed = at('2026-03-10T20:00:00Z', 'Pacific/Auckland');
      await review(landed);
      const days = await store.reviews.days(learner, 3);
      expect(days.map(({ day }) => day)).toEqual(['2026-03-11', '2026-03-09', '2026-03-08']);
      expect(await store.streaks.of(learner, landed)).toMatchObject({ length: 3, studiedToday: true });
    });
  });
}
