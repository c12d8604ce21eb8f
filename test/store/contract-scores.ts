import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StudyDay } from '../../src/learning/model.js';
import { seasonOf } from '../../src/learning/points.js';
import { addDays, startOfStudyDay, studyDayOf } from '../../src/learning/studyday.js';
import type { Question } from '../../src/notes/model.js';
import type { BoardKey, Place } from '../../src/store/boards.js';
import type { Plan } from '../../src/store/schedules.js';
import type { LearnerId, ReviewDraft, Store, WorkspaceKey } from '../../src/store/store.js';
import { CLOCK, card, cardId, draft, NOW } from './samples.js';

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
  card: cardId('c0'),
  form: 'choice',
  stem: 'Which one?',
  options: ['key', 'other'],
  answer: 'key',
  accepted: [],
  explanation: '- key',
  source: { note: 'eks.md', line: 1, endLine: 1 },
};

/** 2026-03-10, a Tuesday, in the second week of a season. */
const TODAY = studyDayOf(NOW, CLOCK);
const noon = (day: StudyDay) => new Date(startOfStudyDay(day, CLOCK).getTime() + 8 * 3_600_000);
const inDays = (days: number) => noon(addDays(TODAY, days));
const said = (places: readonly Place[]) =>
  places.map(({ name, rank, points, climbed }) => `${rank} ${name} ${points} ${climbed ?? '-'}`);

/** What points and leaderboards come to; for every database behind the store. */
export function scoresContract(name: string, open: () => Promise<Store>): void {
  describe(`leaderboards in a store on ${name}`, () => {
    let store: Store;
    let workspace: WorkspaceKey;
    beforeAll(async () => {
      store = await open();
      await store.cards.sync(
        Array.from({ length: 12 }, (_, line) => card(`c${line}`, line)),
        NOW,
      );
    });
    beforeEach(() => {
      workspace = { platform: 'web', workspace: randomUUID() };
    });
    afterAll(() => store.close());

    const board = (change: Partial<BoardKey> = {}): BoardKey => ({
      workspace,
      channel: undefined,
      span: 'week',
      day: TODAY,
      ...change,
    });
    const join = async (called: string) =>
      (await store.learners.signIn({ ...workspace, user: called }, called, NOW)).id;
    const review = (learner: LearnerId, id: string, seq: number, at: Date) =>
      store.reviews.record(draft(learner, id, seq, { workspace, at, rating: 4 }));
    /** A learner who studied on so many days before today, and today. */
    const studied = async (called: string, days: readonly number[]) => {
      const learner = await join(called);
      for (const [index, day] of days.entries()) await review(learner, `c${index}`, 0, inDays(day));
      return learner;
    };
    const all = async (change?: Partial<BoardKey>) =>
      said((await store.boards.page(board(change), undefined, 50)).places);

    it('credit a day once, however many new cards were learnt', async () => {
      const ada = await studied('Ada', [0, 0, 0]);
      expect(await store.boards.days(workspace, ada, TODAY)).toEqual([
        { day: TODAY, points: 10, activity: { due: 0, recalled: 0, quizzes: 0, right: 0 } },
      ]);
      expect(await all()).toEqual(['1 Ada 10 -']);
    });

    it('credit due reviews up to the cap, whatever they were rated', async () => {
      const ada = await join('Ada');
      const ben = await join('Ben');
      for (const learner of [ada, ben]) {
        for (let index = 0; index < 8; index += 1) await review(learner, `c${index}`, 0, inDays(-60));
      }
      for (let index = 0; index < 8; index += 1) {
        await review(ada, `c${index}`, 1, NOW);
        await store.reviews.record(draft(ben, `c${index}`, 1, { workspace, at: NOW, rating: 1 }));
      }
      expect(await all()).toEqual([
        expect.stringMatching(/^1 .* 15 -$/),
        expect.stringMatching(/^1 .* 15 -$/),
      ]);
      const [today] = await store.boards.days(workspace, ada, TODAY);
      expect(today?.activity).toEqual({ due: 8, recalled: 0, quizzes: 0, right: 0 });
    });

    it('credit nothing for practice, imports, resets and reviews that do not count', async () => {
      const ada = await join('Ada');
      const none = [{ kind: 'practice' }, { kind: 'import' }, { kind: 'reset' }, { counts: false }] as const;
      for (const [seq, change] of none.entries()) {
        await store.reviews.record(draft(ada, 'c0', seq, { workspace, ...change }));
      }
      expect(await all()).toEqual([]);
    });

    it('take back what was undone, to the last point, and give it once when it is done again', async () => {
      const ada = await studied('Ada', [-30]);
      const after = await all({ span: 'all' });
      for (let round = 0; round < 3; round += 1) {
        await review(ada, 'c0', 1 + 2 * round, NOW);
        expect(await all({ span: 'all' })).toEqual(['1 Ada 21 0']);
        await store.reviews.undo(ada, randomUUID(), NOW, CLOCK);
        expect(await all({ span: 'all' })).toEqual(after);
        expect(await all()).toEqual([]);
      }
      expect(await store.boards.days(workspace, ada, TODAY)).toEqual([]);
      expect(await store.boards.rebuild(false, NOW)).toMatchObject({ mismatches: 0 });
    });

    it('keep this week, the season and all time, and each workspace apart', async () => {
      await studied('Ada', [-40, -8, -7, 0]);
      expect(await all()).toEqual(['1 Ada 10 0']);
      expect(await all({ span: 'season' })).toEqual(['1 Ada 30 0']);
      expect(await all({ span: 'all' })).toEqual(['1 Ada 40 0']);
      expect(await all({ workspace: { platform: 'web', workspace: 'elsewhere' } })).toEqual([]);
    });

    it('give equal points one rank, and turn pages without loss where ranks are shared', async () => {
      for (let index = 0; index < 7; index += 1) {
        await studied(`L${index}`, index < 2 ? [-1, 0] : [0]);
      }
      const first = await store.boards.page(board(), undefined, 3);
      const last = first.places.at(-1) ?? expect.fail('an empty page');
      const second = await store.boards.page(board(), { to: 'down', ...last }, 3);
      const [top] = second.places;
      const third = await store.boards.page(
        board(),
        { to: 'down', ...(second.places.at(-1) ?? expect.fail('an empty page')) },
        3,
      );
      const pages = [first, second, third];
      expect(pages.map(({ places }) => places.map(({ rank }) => rank))).toEqual([[1, 1, 3], [3, 3, 3], [3]]);
      expect(new Set(pages.flatMap(({ places }) => places.map((place) => place.name))).size).toBe(7);
      expect(pages.map(({ isFirst, isLast, learners }) => ({ isFirst, isLast, learners }))).toEqual([
        { isFirst: true, isLast: false, learners: 7 },
        { isFirst: false, isLast: false, learners: 7 },
        { isFirst: false, isLast: true, learners: 7 },
      ]);
      const back = await store.boards.page(board(), { to: 'up', ...(top ?? last) }, 3);
      expect(back).toEqual(first);
    });

    it('show a learner between two above and two below', async () => {
      for (let index = 1; index <= 7; index += 1) {
        await studied(
          `L${index}`,
          Array.from({ length: index }, (_, day) => -day - 1),
        );
      }
      const learner = await join('L4');
      const season = board({ span: 'season' });
      const standing = await store.boards.standing(season, learner);
      expect(standing).toMatchObject({ shown: true, rank: 4, points: 40, days: 4, learners: 7 });
      expect(standing.near.map(({ name: who, rank }) => `${rank} ${who}`)).toEqual([
        '2 L6',
        '3 L5',
        '4 L4',
        '5 L3',
        '6 L2',
      ]);
      const newcomer = await join('New');
      expect(await store.boards.standing(season, newcomer)).toMatchObject({ rank: undefined, points: 0 });
    });

    it('say who climbed since last week', async () => {
      await studied('Ada', [-8, -7, 0]);
      await studied('Ben', [-7, -1, 0]);
      await studied('New', [0]);
      expect(await all()).toEqual(['1 Ben 20 1', '2 New 10 new', '2 Ada 10 -1'].sort(byPlace(await all())));
      expect(await all({ span: 'season' })).toEqual(
        ['1 Ada 30 0', '1 Ben 30 1', '3 New 10 new'].sort(byPlace(await all({ span: 'season' }))),
      );
    });

    describe('the daily quiz', () => {
      /** A quiz of today in a channel, and a way to answer it. */
      const asked = async (channel: string) => {
        await join('Admin');
        const place = { ...workspace, channel };
        const schedule = await store.schedules.set(place, PLAN, 'admin', NOW);
        const key = randomUUID();
        const asking = { question: QUESTION, version: 'hash' };
        const quiz = { key, position: 0, asked: asking, closesAt: inDays(1), lateMinutes: undefined };
        await store.quizzes.claim(schedule, TODAY, [quiz], undefined, NOW);
        const [claimed] = await store.quizzes.waiting(place, NOW);
        const id = claimed?.id ?? expect.fail('nothing was claimed');
        return (learner: LearnerId, seq: number, choice: string, change: Partial<ReviewDraft> = {}) =>
          store.reviews.record(
            draft(learner, 'c0', seq, {
              workspace,
              source: 'daily',
              format: 'choice-2',
              counts: false,
              answer: choice,
              correct: choice === QUESTION.answer,
              quiz: { id, choice },
              ...change,
            }),
          );
      };
      const daily = { span: 'all' } as const;

      it('earns for the first answer, more for a right one, in its channel and in the workspace', async () => {
        const answer = await asked('study');
        const [ada, ben] = [await join('Ada'), await join('Ben')];
        await answer(ada, 0, 'key');
        await answer(ben, 0, 'other');
        expect((await answer(ben, 1, 'key')).outcome).toBe('duplicate');
        for (const channel of ['study', undefined]) {
          expect(await all({ ...daily, channel })).toEqual(['1 Ada 17 -', '2 Ben 15 -']);
        }
        await review(ben, 'c1', 0, inDays(1));
        expect(await all({ ...daily, channel: 'study' })).toEqual(['1 Ada 17 -', '2 Ben 15 -']);
        expect(await all(daily)).toEqual(['1 Ben 25 -', '2 Ada 17 -']);
      });

      it('earns once a day, however many channels ask, and recall of a due card once more', async () => {
        const answers = [await asked('one'), await asked('two'), await asked('three')];
        const ada = await join('Ada');
        await review(ada, 'c0', 0, inDays(-30));
        for (const [index, answer] of answers.entries()) {
          await answer(ada, 1 + index, 'key', { counts: index === 0 });
        }
        expect(await all()).toEqual(['1 Ada 19 -']);
        expect(await all({ channel: 'two' })).toEqual(['1 Ada 17 -']);
        expect(await store.boards.rebuild(false, NOW)).toMatchObject({ mismatches: 0 });
      });

      it('gives back what it earned where a counted answer is undone, and cannot be answered again', async () => {
        const answer = await asked('study');
        const ada = await join('Ada');
        await review(ada, 'c0', 0, inDays(-30));
        await answer(ada, 1, 'other', { counts: true });
        await store.reviews.undo(ada, randomUUID(), NOW, CLOCK);
        expect((await answer(ada, 3, 'key')).outcome).toBe('duplicate');
        expect(await all()).toEqual([]);
        expect(await all({ channel: 'study' })).toEqual([]);
        expect(await store.boards.rebuild(false, NOW)).toMatchObject({ mismatches: 0 });
      });
    });

    describe("a season's end", () => {
      const SEASON = seasonOf(TODAY);
      const told = async () =>
        (await store.seasons.untold(['web'], SEASON)).filter(
          ({ place }) => place.workspace === workspace.workspace,
        );

      it('names the first, the steadiest, who gained most, and the best team', async () => {
        const ada = await studied('Ada', [-3, -2, -1, 0]);
        await studied('Ben', [-20, -2, -1, 0]);
        await studied('Cleo', [-1]);
        expect(await store.teams.create(workspace, 'Blue', NOW)).toBe('created');
        const team = (await store.teams.find(workspace, 'Blue')) ?? expect.fail('no team');
        for (const who of [ada, await join('Cleo'), await join('Idle')]) {
          await store.teams.join(workspace, who, team.id, NOW);
        }
        const blue = { name: 'Blue', rank: 1, mean: 25, active: 2, members: 3 };
        expect(await store.seasons.results(workspace, SEASON)).toEqual({
          learners: 3,
          days: 8,
          top: [
            { rank: 1, name: 'Ada', figure: 40, days: 4 },
            { rank: 2, name: 'Ben', figure: 30, days: 3 },
            { rank: 3, name: 'Cleo', figure: 10, days: 1 },
          ],
          steadiest: [{ name: 'Ada', figure: 4 }],
          improved: [{ name: 'Ben', figure: 20 }],
          team: blue,
        });
        const next = await store.seasons.results(workspace, addDays(SEASON, 28));
        expect(next).toMatchObject({ learners: 0, top: [] });
        await review(await join('Ben'), 'c9', 0, inDays(-21));
        await review(await join('Ben'), 'c8', 0, inDays(-19));
        expect(await store.seasons.results(workspace, seasonOf(addDays(TODAY, -20)))).toMatchObject({
          top: [{ name: 'Ben', figure: 30 }],
        });
        await review(await join('Ben'), 'c7', 0, inDays(1));
        expect((await store.seasons.results(workspace, SEASON)).improved).toEqual([
          { name: 'Ben', figure: 10 },
        ]);
        expect(await store.boards.teams(board({ span: 'season' }))).toEqual([blue]);
      });

      it('is begun by one of two at once, and told no more once it is told', async () => {
        await join('Admin');
        const place = { ...workspace, channel: 'study' };
        expect(await told()).toEqual([]);
        await store.schedules.set(place, PLAN, 'admin', NOW);
        expect(await told()).toEqual([{ place, timeZone: 'Europe/Berlin', minute: 540 }]);
        const take = (now: Date) => store.seasons.take(place, SEASON, now, new Date(now.getTime() + 60_000));
        expect((await Promise.all([take(NOW), take(NOW)])).sort()).toEqual(['first', undefined]);
        expect(await take(new Date(NOW.getTime() + 60_000))).toBe('again');
        await store.seasons.told(place, SEASON, NOW);
        expect(await told()).toEqual([]);
        expect(await store.seasons.untold(['web'], addDays(SEASON, 28))).not.toEqual([]);
      });
    });

    describe('privacy', () => {
      it('hides a learner with their own word, who still sees their rank, and shows them again with all they earned', async () => {
        const ada = await studied('Ada', [-1, 0]);
        await studied('Ben', [0]);
        await store.boards.choose(workspace, ada, 'hidden', NOW);
        expect(await all()).toEqual(['1 Ben 10 -']);
        await review(ada, 'c5', 0, inDays(1));
        expect(await all()).toEqual(['1 Ben 10 -']);
        expect(await store.boards.standing(board(), ada)).toEqual({
          shown: false,
          points: 30,
          days: 3,
          rank: 1,
          learners: 1,
          near: [],
        });
        await store.boards.choose(workspace, ada, 'shown', NOW);
        expect(await all()).toEqual(['1 Ada 30 -', '2 Ben 10 -']);
        expect(await store.boards.rebuild(false, NOW)).toMatchObject({ mismatches: 0 });
      });

      it('shows in an opt-in workspace only who chose it', async () => {
        const ada = await studied('Ada', [-1, 0]);
        await studied('Ben', [0]);
        expect(await store.boards.policy(workspace)).toBe('opt-out');
        await store.boards.setPolicy(workspace, 'opt-in', NOW);
        expect(await store.boards.policy(workspace)).toBe('opt-in');
        await studied('New', [0]);
        expect(await all()).toEqual([]);
        await store.boards.choose(workspace, ada, 'shown', NOW);
        expect(await all()).toEqual(['1 Ada 20 -']);
        await store.boards.setPolicy(workspace, 'opt-out', NOW);
        expect((await all()).length).toBe(3);
        expect(await store.boards.rebuild(false, NOW)).toMatchObject({ mismatches: 0 });
      });
    });

    it('counts ten learners who earn at once', async () => {
      const learners = await Promise.all(Array.from({ length: 10 }, (_, index) => join(`L${index}`)));
      await Promise.all(learners.flatMap((learner) => ['c0', 'c1'].map((id) => review(learner, id, 0, NOW))));
      const page = await store.boards.page(board(), undefined, 50);
      expect(page.learners).toBe(10);
      expect(new Set(page.places.map(({ rank, points }) => `${rank} ${points}`))).toEqual(new Set(['1 10']));
    });
  });
}

/** Learners with equal points stand in no order of their own. */
function byPlace(seen: readonly string[]) {
  return (a: string, b: string) => seen.indexOf(a) - seen.indexOf(b);
}
