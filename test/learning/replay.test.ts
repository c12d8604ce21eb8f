import { describe, expect, it } from 'vitest';
import { HistoryError, parseHistory, scheduleHistory } from '../../src/learning/replay.js';

const replay = (history: object) => scheduleHistory(parseHistory(JSON.stringify(history)));
const review = (at: string, rating = 3) => ({ at, rating });

describe('a history on one line', () => {
  it('gives a state after each review, by default in UTC with a rollover at 04:00 and without fuzz', () => {
    const { id, states } = replay({
      id: 'card 1',
      reviews: [
        review('2026-01-01T10:00:00Z'),
        review('2026-01-01T10:10:00.5+00:00'),
        review('2026-01-03T09:59:00+06:00', 1),
      ],
    });
    expect(id).toBe('card 1');
    expect(states.map(({ stability, difficulty, ...rest }) => rest)).toEqual([
      {
        state: 'learning',
        step: 1,
        scheduledDays: 0,
        due: '2026-01-01T10:10:00.000Z',
        studyDay: '2026-01-01',
        deltaDays: 0,
      },
      {
        state: 'review',
        step: 0,
        scheduledDays: 2,
        due: '2026-01-03T04:00:00.000Z',
        studyDay: '2026-01-01',
        deltaDays: 0,
      },
      {
        state: 'relearning',
        step: 0,
        scheduledDays: 0,
        due: '2026-01-03T04:09:00.000Z',
        studyDay: '2026-01-02',
        deltaDays: 1,
      },
    ]);
    // The default weight of Good, which a Good on the same day leaves as it is.
    expect(states[0]?.stability).toBe(2.3065);
    expect(states[1]?.stability).toBe(2.3065);
    // w4 - e^(2 w5) + 1, to the 8 decimals that ts-fsrs keeps.
    expect(states[0]?.difficulty).toBe(Number((6.4133 - Math.exp(2 * 0.8334) + 1).toFixed(8)));
  });

  it('takes its options', () => {
    const [state] = replay({
      id: 7,
      timeZone: 'Asia/Kathmandu',
      rolloverHour: 0,
      maximumInterval: 5,
      learningSteps: [],
      reviews: [review('2026-01-01T18:20Z', 4)],
    }).states;
    expect(state).toMatchObject({
      state: 'review',
      scheduledDays: 5,
      studyDay: '2026-01-02',
      due: '2026-01-06T18:15:00.000Z',
    });
  });

  it('with fuzz gives the same answer each time, and another for another card', () => {
    const fuzzy = (id: number) =>
      replay({
        id,
        fuzz: true,
        reviews: ['01', '02', '09', '30'].map((d) => review(`2026-01-${d}T10:00:00Z`, 4)),
      });
    expect(fuzzy(1)).toEqual(fuzzy(1));
    const last = Array.from({ length: 20 }, (_, id) => fuzzy(id).states.at(-1)?.scheduledDays);
    expect(new Set(last).size).toBeGreaterThan(3);
  });

  it('without reviews has no states', () => {
    expect(replay({ id: 1, reviews: [] })).toEqual({ id: 1, states: [] });
  });

  it('may hold fields that are not ours', () => {
    expect(
      replay({ id: 1, deck: 'x', reviews: [{ ...review('2026-01-01T10:00:00Z'), ms: 900 }] }).states,
    ).toHaveLength(1);
  });
});

describe('a history that cannot be read says what is wrong', () => {
  const ok = [review('2026-01-01T10:00:00Z')];
  it.each<[string, string | object, RegExp]>([
    ['no JSON', '{"id":', /not JSON/],
    ['no object', '[1]', /object/],
    ['no id', { reviews: ok }, /id/],
    ['no reviews', { id: 1 }, /reviews/],
    [
      'a rating of 5',
      { id: 1, reviews: [...ok, review('2026-01-02T10:00:00Z', 5)] },
      /reviews\[1\]\.rating: must be 1/,
    ],
    ['a time without offset', { id: 1, reviews: [review('2026-01-01T10:00:00')] }, /reviews\[0\]\.at: .*ISO/],
    ['a day that is none', { id: 1, reviews: [review('2026-02-30T10:00:00Z')] }, /reviews\[0\]\.at/],
    ['a year far off', { id: 1, reviews: [review('9999-12-31T10:00:00Z')] }, /reviews\[0\]\.at: .*2999/],
    [
      'reviews out of order',
      { id: 1, reviews: [...ok, review('2025-12-31T10:00:00Z')] },
      /reviews\[1\]\.at: .*before/,
    ],
    ['an unknown zone', { id: 1, timeZone: 'Mars', reviews: ok }, /timeZone: .*IANA/],
    ['an option in another spelling', { id: 1, desired_retention: 0.8, reviews: ok }, /desiredRetention/],
    ['a wrong step', { id: 1, learningSteps: ['10 minutes'], reviews: ok }, /learningSteps\[0\]: .*10m/],
    ['too few weights', { id: 1, parameters: [1, 2, 3], reviews: ok }, /21 weights/],
  ])('%s', (_, history, message) => {
    const line = typeof history === 'string' ? history : JSON.stringify(history);
    expect(() => scheduleHistory(parseHistory(line))).toThrow(HistoryError);
    expect(() => scheduleHistory(parseHistory(line))).toThrow(message);
  });
});
