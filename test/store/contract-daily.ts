import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseStudyDay } from '../../src/learning/studyday.js';
import type { Question } from '../../src/notes/model.js';
import type { AskedQuestion, QuizDraft } from '../../src/store/quizzes.js';
import type { ChannelKey, Plan, Schedule } from '../../src/store/schedules.js';
import { LearnerId, type QuizId, type Store } from '../../src/store/store.js';
import { card, cardId, draft, later, NOW, person } from './samples.js';

const DATE = parseStudyDay('2026-03-10');

/** Every day at noon in Berlin, an hour before NOW. */
const PLAN: Plan = {
  timetable: {
    timeZone: 'Europe/Berlin',
    minute: 12 * 60,
    weekdays: new Set([1, 2, 3, 4, 5, 6, 7]),
    skipDates: new Set([parseStudyDay('2026-03-12')]),
  },
  topic: 'Control plane',
  difficulty: 'hard',
  questions: 2,
  openMinutes: 90,
  thread: true,
};

/** A question about a card; its words try what databases and JSON trip over. */
function asked(id: string): AskedQuestion {
  const question: Question = {
    id: `q-${id}`,
    card: cardId(id),
    form: 'choice',
    stem: `What is ${id}? ' " \\ ; -- $1 ? 🙂`,
    options: ['a', 'b', 'c', 'd'],
    answer: 'b',
    accepted: ['b'],
    explanation: '- line\n(path)',
    source: { note: 'eks.md', line: 1, endLine: 2 },
  };
  return { question, version: `hash of ${id}` };
}

/** A question to claim, open for an hour and a half. */
function quizDraft(id: string, position = 0, key = `${id} ${position} ${randomUUID()}`): QuizDraft {
  return { key, position, asked: asked(id), closesAt: later(90), lateMinutes: undefined };
}

/** What every database must do for daily quizzes; `open` gives a store on an empty database. */
export function dailyContract(name: string, open: () => Promise<Store>): void {
  describe(`daily quizzes on ${name}`, () => {
    let store: Store;
    let channels = 0;
    beforeAll(async () => {
      store = await open();
      await store.cards.sync([card('a', 0), card('b', 1), card('c', 2)], NOW);
      await store.learners.signIn(person(), 'Boss', NOW);
    });
    afterAll(() => store.close());

    const place = (): ChannelKey => {
      channels += 1;
      return { platform: 'web', workspace: 'local', channel: `channel ${channels}` };
    };
    const schedule = (where = place(), plan = PLAN) => store.schedules.set(where, plan, 'boss', NOW);
    const waitingPlaces = (now: Date) =>
      store.quizzes.waitingPlaces({ platform: 'web', now, limit: 1_000, except: [] });
    const only = async (where: ChannelKey, now = NOW) => {
      const [quiz, ...others] = await store.quizzes.waiting(where, now);
      if (quiz === undefined || others.length > 0) throw new Error('not one quiz waits');
      return quiz;
    };

    describe('a schedule', () => {
      it('is found as it was set, with its next run, and changed in place', async () => {
        const where = place();
        expect(await store.schedules.find(where)).toBe(undefined);
        const made = await schedule(where);
        expect(made).toMatchObject({ place: where, plan: PLAN, status: 'on', createdBy: 'boss' });
        expect(made.nextRunAt).toEqual(new Date('2026-03-11T11:00:00Z'));
        expect(await store.schedules.find(where)).toEqual(made);
        const topic = undefined;
        const changed = await schedule(where, { ...PLAN, topic, questions: 1 });
        expect(changed).toEqual({ ...made, plan: { ...PLAN, topic, questions: 1 } });
      });

      it('is due from its next run on, on the platforms asked for, while it is on', async () => {
        const where = place();
        const made = await schedule(where);
        const due = async (now: Date, platform = 'web', except: readonly string[] = []) =>
          (await store.schedules.due({ platform, now, limit: 1_000, except })).some(
            ({ channel }) => channel === where.channel,
          );
        const before = new Date(made.nextRunAt.getTime() - 1);
        expect([await due(before), await due(made.nextRunAt)]).toEqual([false, true]);
        expect(await due(made.nextRunAt, 'slack')).toBe(false);
        expect(await due(made.nextRunAt, 'web', ['local'])).toBe(false);
        expect(await due(made.nextRunAt, 'web', ['other'])).toBe(true);
        expect(await store.schedules.pause(made.id, 'no rights')).toBe(true);
        expect(await due(made.nextRunAt)).toBe(false);
        expect(await store.schedules.find(where)).toMatchObject({ status: 'paused', reason: 'no rights' });
        await store.schedules.turn(where, 'on', made.nextRunAt);
        // The day after is skipped.
        expect(await store.schedules.find(where)).toMatchObject({
          reason: undefined,
          nextRunAt: new Date('2026-03-13T11:00:00Z'),
        });
        expect(await store.schedules.turn(place(), 'off', NOW)).toBe(false);
        await store.schedules.turn(where, 'off', NOW);
        expect(await store.schedules.pause(made.id, 'no rights')).toBe(false);
        expect(await store.schedules.find(where)).toMatchObject({ status: 'off', reason: undefined });
      });

      it('leaves out one date more, and what is due stays due; days that are over are forgotten', async () => {
        const made = await schedule();
        const [eleventh, thirteenth] = [parseStudyDay('2026-03-11'), parseStudyDay('2026-03-13')];
        await store.schedules.skip(made.id, eleventh, DATE, NOW);
        const skipped = await store.schedules.find(made.place);
        expect(skipped?.plan.timetable.skipDates).toEqual(new Set([eleventh, parseStudyDay('2026-03-12')]));
        expect(skipped?.nextRunAt).toEqual(new Date('2026-03-13T11:00:00Z'));
        await store.schedules.skip(made.id, parseStudyDay('2026-03-14'), thirteenth, later(3 * 24 * 60));
        const due = await store.schedules.find(made.place);
        expect(due?.plan.timetable.skipDates).toEqual(new Set([parseStudyDay('2026-03-14')]));
        expect(due?.nextRunAt).toEqual(new Date('2026-03-13T10:59:59.999Z'));
        expect(due).toMatchObject({ status: 'on', createdBy: 'boss' });
      });

      it('comes back from a next run that a wrong clock has put far ahead', async () => {
        const where = place();
        const far = new Date('2031-01-01T00:00:00Z');
        await store.schedules.set(where, PLAN, 'boss', far);
        await store.schedules.realign(['web'], NOW);
        expect((await store.schedules.find(where))?.nextRunAt).toEqual(new Date('2026-03-11T11:00:00Z'));
      });

      it('is not moved on by who saw an earlier state of it', async () => {
        const where = place();
        const seen = await schedule(where);
        const changed = await schedule(where, { ...PLAN, timetable: { ...PLAN.timetable, minute: 900 } });
        await store.schedules.moveOn(seen, later(60 * 24 * 9));
        expect((await store.schedules.find(where))?.nextRunAt).toEqual(changed.nextRunAt);
      });
    });

    describe('a quiz', () => {
      it('that takes answers is told to a learner as theirs or as of another channel, each workspace apart', async () => {
        const { quizzes, learners, reviews } = store;
        const there = { platform: 'web', workspace: 'open' };
        const [ana, other] = await Promise.all([
          learners.signIn({ ...there, user: 'ana' }, 'Ana', NOW),
          learners.signIn({ ...there, user: 'ben' }, 'Ben', NOW),
        ]);
        const ids = new Map<string, QuizId>();
        for (const [channel, minutes] of [
          ['one', 50],
          ['two', 40],
          ['closed', -1],
        ] as const) {
          const where = await schedule({ ...there, channel });
          const closesAt = later(minutes);
          await quizzes.claim(
            where,
            DATE,
            [
              { ...quizDraft('a'), closesAt },
              { ...quizDraft('b', 1), closesAt },
            ],
            undefined,
            NOW,
          );
          for (const { id } of await quizzes.waiting({ ...there, channel }, NOW)) {
            ids.set(channel, ids.get(channel) ?? id);
            await quizzes.posted(id, { message: id, thread: undefined }, undefined, NOW);
          }
        }
        const moment = { now: NOW, since: NOW, most: 9 };
        expect(await quizzes.openFor(there, ana.id, moment)).toMatchObject({
          own: [],
          others: [{ channel: 'two' }, { channel: 'one' }],
        });
        const id = ids.get('one') ?? expect.fail('nothing was posted');
        await reviews.record({
          ...draft(ana.id, 'a', 0),
          workspace: there,
          correct: true,
          quiz: { id, choice: '1' },
        });
        expect(await quizzes.openFor(there, ana.id, moment)).toMatchObject({
          own: [
            { id, channel: 'one', closesAt: later(50), answer: 'right' },
            { channel: 'one', answer: undefined },
          ],
          others: [{ channel: 'two', answer: undefined }],
        });
        expect((await quizzes.openFor(there, ana.id, { ...moment, since: later(1) })).own).toEqual([]);
        expect((await quizzes.openFor(there, other.id, moment)).own).toEqual([]);
        const elsewhere = await quizzes.openFor({ ...there, workspace: 'closed' }, ana.id, moment);
        expect(elsewhere).toEqual({ own: [], others: [] });
      });

      it('keeps its question exactly, and moves the schedule on in the same step', async () => {
        const where = place();
        const made = await schedule(where);
        const next = later(1000);
        expect(await store.quizzes.claim(made, DATE, [quizDraft('a')], next, NOW)).toBe(1);
        const quiz = await only(where);
        expect(quiz).toMatchObject({
          place: where,
          date: DATE,
          asked: asked('a'),
          status: 'claimed',
          attempts: 0,
        });
        expect(quiz.schedule).toMatchObject({ id: made.id, nextRunAt: next });
        expect(await store.quizzes.find(where, quiz.id)).toEqual(quiz);
        expect(await store.quizzes.find({ ...where, workspace: 'other' }, quiz.id)).toBe(undefined);
      });

      it('is claimed once a date and position, and once a key', async () => {
        const where = place();
        const made = await schedule(where);
        const claims = Array.from({ length: 12 }, () => [quizDraft('a'), quizDraft('b', 1)]);
        const counts = await Promise.all(
          claims.map((drafts) => store.quizzes.claim(made, DATE, drafts, undefined, NOW)),
        );
        expect(counts.sort()).toEqual([...Array.from({ length: 11 }, () => 0), 2]);
        const key = `key of ${where.channel}`;
        expect(await store.quizzes.claim(made, DATE, [quizDraft('c', 2, key)], undefined, NOW)).toBe(1);
        expect(await store.quizzes.claim(made, DATE, [quizDraft('c', 3, key)], undefined, NOW)).toBe(0);
        expect(await store.quizzes.countOn(where, DATE)).toBe(3);
        expect(await store.quizzes.countOn(place(), DATE)).toBe(0);
      });

      it('is taken by one of many, and by nobody else until its pause is over', async () => {
        const where = place();
        await store.quizzes.claim(await schedule(where), DATE, [quizDraft('a')], undefined, NOW);
        const quiz = await only(where);
        const taken = await Promise.all(Array.from({ length: 9 }, () => store.quizzes.take(quiz, later(1))));
        expect(taken.filter(Boolean)).toHaveLength(1);
        expect(await store.quizzes.waiting(where, NOW)).toEqual([]);
        expect((await waitingPlaces(NOW)).map(({ channel }) => channel)).not.toContain(where.channel);
        expect(await waitingPlaces(later(1))).toContainEqual(where);
        expect(await only(where, later(1))).toMatchObject({ attempts: 1 });
      });

      it('waits for its reveal once it is posted, and for nothing once it is closed', async () => {
        const where = place();
        await store.quizzes.claim(await schedule(where), DATE, [quizDraft('a')], undefined, NOW);
        const { id } = await only(where);
        const posted = { message: 'm1', thread: 't1' };
        await store.quizzes.posted(id, posted, 7, later(1));
        expect(await store.quizzes.findPosted(id)).toMatchObject({ posted, lateMinutes: 7, attempts: 0 });
        expect(await store.quizzes.waiting(where, later(89))).toEqual([]);
        expect(await only(where, later(91))).toMatchObject({ id, status: 'posted' });
        await store.quizzes.close(id, later(91));
        expect(await store.quizzes.waiting(where, later(200))).toEqual([]);
        expect(await store.quizzes.findPosted(id)).toBe(undefined);
        await store.quizzes.posted(id, posted, undefined, later(92));
        expect(await store.quizzes.find(where, id)).toMatchObject({ status: 'closed' });
      });

      it('that is given up is never sent, and its date stays taken', async () => {
        const where = place();
        const made = await schedule(where);
        await store.quizzes.claim(made, DATE, [quizDraft('a')], undefined, NOW);
        await store.quizzes.giveUp((await only(where)).id);
        expect(await store.quizzes.waiting(where, later(9999))).toEqual([]);
        expect(await store.quizzes.claim(made, DATE, [quizDraft('b')], undefined, NOW)).toBe(0);
      });
    });

    describe('answers', () => {
      const posted = async (made: Schedule, id: string) => {
        await store.quizzes.claim(made, DATE, [quizDraft(id)], undefined, NOW);
        const quiz = await only(made.place);
        await store.quizzes.posted(quiz.id, { message: 'm', thread: undefined }, undefined, NOW);
        return quiz.id;
      };
      const answer = async (quiz: QuizId, name: string, choice: string, minute: number) => {
        const { id } = await store.learners.signIn(person(), name, NOW);
        const at = later(minute);
        const said = { at, quiz: { id: quiz, choice }, correct: choice === '1', source: 'daily' as const };
        await store.reviews.record(draft(id, 'a', 0, said));
        return id;
      };

      it('are the first of each learner, in their order, with names', async () => {
        const made = await schedule();
        const quiz = await posted(made, 'a');
        const bob = await answer(quiz, 'Bob', '0', 2);
        const ana = await answer(quiz, 'Ana', '1', 1);
        await store.reviews.record(draft(bob, 'a', 1, { quiz: { id: quiz, choice: '1' }, correct: true }));
        expect(await store.quizzes.answers(quiz)).toEqual([
          { learner: ana, name: 'Ana', named: true, choice: 1, correct: true, at: later(1), seq: 1 },
          { learner: bob, name: 'Bob', named: true, choice: 0, correct: false, at: later(2), seq: 1 },
        ]);
        expect(await store.quizzes.answerOf(quiz, bob)).toEqual({ choice: 0, correct: false, seq: 1 });
        expect(await store.quizzes.answerOf(quiz, LearnerId.parse('nobody'))).toBe(undefined);
        expect((await store.quizzes.answeredCounts(['web'])).get(quiz)).toBe(2);
        expect((await store.quizzes.answeredCounts(['slack'])).get(quiz)).toBe(undefined);
        await store.quizzes.close(quiz, later(91));
        expect((await store.quizzes.answeredCounts(['web'])).get(quiz)).toBe(undefined);
      });

      it('say who takes part in a channel, and the log which cards it was asked', async () => {
        const made = await schedule();
        const quiz = await posted(made, 'b');
        const ana = await answer(quiz, 'Ana', '1', 1);
        const bob = await answer(quiz, 'Bob', '1', 30);
        await answer(await posted(await schedule(), 'c'), 'Cy', '1', 5);
        const { place: where } = made;
        expect(await store.quizzes.participants(where, NOW, 9)).toEqual([bob, ana]);
        expect(await store.quizzes.participants(where, NOW, 1)).toEqual([bob]);
        expect(await store.quizzes.participants(where, later(10), 9)).toEqual([bob]);
        expect(await store.quizzes.askedBefore(where)).toEqual([{ card: 'b', at: NOW }]);
        const known = await store.quizzes.knownBy([ana, bob]);
        expect(known.map(({ learner, card: of }) => [learner, of]).sort()).toEqual(
          [
            [ana, 'a'],
            [bob, 'a'],
          ].sort(),
        );
        expect(await store.quizzes.knownBy([])).toEqual([]);
      });
    });
  });
}
