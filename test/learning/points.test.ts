import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Activity,
  type Earning,
  earned,
  MOST_POINTS,
  NO_ACTIVITY,
  pointsOf,
  seasonOf,
  spansOf,
  together,
  weekOf,
} from '../../src/learning/points.js';
import { addDays, daysBetween, parseStudyDay } from '../../src/learning/studyday.js';
import { anyRating } from './arbitrary.js';

const NOW = new Date('2026-03-10T12:00:00Z');
const hours = (number: number) => new Date(NOW.getTime() + number * 3_600_000);

const anyEarning: fc.Arbitrary<Earning> = fc.record({
  kind: fc.constantFrom('review', 'practice', 'import', 'reset', 'void'),
  counts: fc.boolean(),
  rating: anyRating,
  at: fc.constant(NOW),
  marked: fc.constantFrom('right', 'wrong', undefined),
  quiz: fc.boolean(),
  before: fc.option(
    fc.record({
      phase: fc.constantFrom('learning', 'review', 'relearning'),
      due: fc.integer({ min: -99, max: 99 }).map(hours),
    }),
    { nil: undefined },
  ),
});

const dueReview: Earning = {
  kind: 'review',
  counts: true,
  rating: 3,
  at: NOW,
  marked: undefined,
  quiz: false,
  before: { phase: 'review', due: hours(-1) },
};

/** What a day comes to; undefined where nothing makes it one. */
function dayOf(reviews: readonly Earning[]): Activity | undefined {
  const parts = reviews.flatMap((review) => earned(review) ?? []);
  return parts.length === 0 ? undefined : parts.reduce(together, NO_ACTIVITY);
}

const points = (reviews: readonly Earning[]) => {
  const day = dayOf(reviews);
  return day === undefined ? 0 : pointsOf(day);
};

describe('points', () => {
  it('of a day are bounded, whatever is done and in whatever order', () => {
    fc.assert(
      fc.property(fc.array(anyEarning, { maxLength: 60 }), (reviews) => {
        expect(points(reviews)).toBeLessThanOrEqual(MOST_POINTS);
        expect(points([...reviews].reverse())).toBe(points(reviews));
      }),
    );
  });

  it('are not earned by practice, imports, cards that are not due, or cards in their steps, after the day is made', () => {
    const extra = anyEarning.filter(
      ({ kind, quiz, before }) =>
        !quiz && (kind !== 'review' || before?.phase !== 'review' || before.due > NOW),
    );
    fc.assert(
      fc.property(fc.array(anyEarning), fc.array(extra), (reviews, more) => {
        const made = [...reviews, dueReview];
        expect(points([...made, ...more])).toBe(points(made));
      }),
    );
  });

  it('do not depend on how learners rate themselves', () => {
    fc.assert(
      fc.property(fc.array(anyEarning), fc.array(anyRating, { minLength: 1 }), (reviews, ratings) => {
        const rated = reviews.map((review, index) => ({
          ...review,
          rating: ratings[index % ratings.length],
        }));
        expect(points(rated)).toBe(points(reviews));
      }),
    );
  });

  it('go back with what is taken out of a day, and never down with what is added', () => {
    fc.assert(
      fc.property(fc.array(anyEarning), anyEarning, (reviews, one) => {
        const gain = points([...reviews, one]) - points(reviews);
        expect(gain).toBeGreaterThanOrEqual(0);
        if (earned(one) === undefined) expect(gain).toBe(0);
      }),
    );
  });

  it('are mostly for showing up: a quiz answered wrong beats any number of reviews beyond', () => {
    const wrongQuiz: Earning = { ...dueReview, marked: 'wrong', quiz: true, counts: false };
    const many = Array.from({ length: 500 }, () => dueReview);
    expect(points([wrongQuiz])).toBe(15);
    expect(points(many)).toBe(15);
    expect(points([...many, wrongQuiz])).toBe(20);
  });

  it('are given for recall only where the program marked the answer', () => {
    const marked: Earning = { ...dueReview, marked: 'right' };
    expect(dayOf([dueReview])).toEqual({ ...NO_ACTIVITY, due: 1 });
    expect(dayOf([marked])).toEqual({ ...NO_ACTIVITY, due: 1, recalled: 1 });
    expect(dayOf([{ ...marked, marked: 'wrong' }])).toEqual({ ...NO_ACTIVITY, due: 1 });
    const early = { phase: 'review', due: hours(1) };
    expect(dayOf([{ ...marked, before: early }])).toEqual(NO_ACTIVITY);
  });
});

describe('weeks and seasons', () => {
  const anyDay = fc
    .integer({ min: -20_000, max: 20_000 })
    .map((days) => addDays(parseStudyDay('2026-03-02'), days));

  it('begin on a Monday and hold their days', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        for (const [first, length] of [
          [weekOf(day), 7],
          [seasonOf(day), 28],
        ] as const) {
          expect(new Date(`${first}T00:00:00Z`).getUTCDay()).toBe(1);
          const into = daysBetween(first, day);
          expect(into >= 0 && into < length).toBe(true);
        }
        const first = seasonOf(day);
        expect(seasonOf(addDays(first, 27))).toBe(first);
        expect(seasonOf(addDays(first, 28))).toBe(addDays(first, 28));
        expect(daysBetween(seasonOf(day), weekOf(day)) % 7).toBe(0);
      }),
    );
  });

  it('are named by their first day', () => {
    expect(spansOf(parseStudyDay('2026-03-29'))).toEqual(['w2026-03-23', 's2026-03-02', 'all']);
    expect(spansOf(parseStudyDay('2026-03-30'))).toEqual(['w2026-03-30', 's2026-03-30', 'all']);
    expect(spansOf(parseStudyDay('2026-03-01'))).toEqual(['w2026-02-23', 's2026-02-02', 'all']);
  });
});
