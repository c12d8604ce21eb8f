import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsInDaily, parametersForChoice } from '../../src/learning/daily.js';
import { advance, retrievability } from '../../src/learning/schedule.js';
import { anyRating, STEADY, UTC } from './arbitrary.js';

const START = new Date('2026-03-02T12:00:00Z');
const daysOn = (days: number) => new Date(START.getTime() + days * 86_400_000);

describe('an answer to the daily quiz', () => {
  it('does not count for a card that the learner does not learn', () => {
    expect(countsInDaily(undefined, START, UTC, STEADY)).toBe(false);
  });

  it('counts when the card is due, and early only on a later study day while there is something to forget', () => {
    fc.assert(
      fc.property(anyRating, fc.integer({ min: 0, max: 60 }), (rating, days) => {
        const learnt = advance(undefined, rating, START, UTC, STEADY, '');
        const state = advance(learnt, 3, daysOn(3), UTC, STEADY, '');
        const at = daysOn(3 + days);
        const due = state.due <= at;
        const early = days >= 1 && retrievability(state, at, UTC, STEADY) < 0.97;
        expect(countsInDaily(state, at, UTC, STEADY)).toBe(due || early);
      }),
    );
  });

  it('does not count twice on one day, nor the day after for a card that is known well', () => {
    const known = advance(advance(undefined, 4, START, UTC, STEADY, ''), 4, daysOn(15), UTC, STEADY, '');
    expect(countsInDaily(known, daysOn(15.1), UTC, STEADY)).toBe(false);
    expect(countsInDaily(known, daysOn(16), UTC, STEADY)).toBe(false);
    expect(countsInDaily(known, known.due, UTC, STEADY)).toBe(true);
  });

  it('aims two hundredths higher for a choice of four, more for fewer options, never above 0.99', () => {
    const aimed = (desiredRetention: number, options: number) =>
      parametersForChoice({ ...STEADY, desiredRetention }, options).desiredRetention;
    expect(aimed(0.9, 4)).toBe(0.92);
    expect(aimed(0.9, 2)).toBe(0.94);
    expect(aimed(0.97, 2)).toBe(0.99);
  });
});
