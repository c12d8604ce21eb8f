import fc from 'fast-check';
import type { Parameters, Rating, StudyClock } from '../../src/learning/model.js';
import { DEFAULT_PARAMETERS } from '../../src/learning/schedule.js';

export const UTC: StudyClock = { timeZone: 'UTC', rolloverHour: 4 };
export const STEADY: Parameters = { ...DEFAULT_PARAMETERS, fuzz: false };

export const anyRating = fc.constantFrom<Rating[]>(1, 2, 3, 4);

export const anyClock: fc.Arbitrary<StudyClock> = fc.record({
  timeZone: fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/Los_Angeles',
    'Asia/Kathmandu',
    'Pacific/Chatham',
    'Australia/Lord_Howe',
    'Pacific/Apia',
  ),
  rolloverHour: fc.integer({ min: 0, max: 23 }),
});

/** Weights within a quarter of the defaults on either side. */
export const anyWeights = fc.tuple(
  ...DEFAULT_PARAMETERS.weights.map((weight) =>
    fc.double({ min: weight * 0.75, max: weight * 1.25, noNaN: true }),
  ),
);

const anySteps = fc.constantFrom<string[][]>([], ['10m'], ['1m', '10m'], ['5m', '30m', '2h']);

export const anyParameters: fc.Arbitrary<Parameters> = fc.record({
  weights: fc.oneof(fc.constant(DEFAULT_PARAMETERS.weights), anyWeights),
  desiredRetention: fc.double({ min: 0.7, max: 0.99, noNaN: true }),
  maximumInterval: fc.constantFrom(1, 30, 365, 36_500),
  learningSteps: anySteps,
  relearningSteps: anySteps,
  fuzz: fc.boolean(),
});

/** A review some minutes after the one before: within steps, days or years. */
export const anyGap = fc.oneof(
  fc.integer({ min: 0, max: 90 }),
  fc.integer({ min: 0, max: 40 * 1440 }),
  fc.integer({ min: 0, max: 1500 * 1440 }),
);

export interface Sitting {
  readonly rating: Rating;
  readonly minutesLater: number;
}

export const anySittings = fc.array(fc.record({ rating: anyRating, minutesLater: anyGap }), {
  minLength: 1,
  maxLength: 12,
});

/** The sittings with their times, from a fixed beginning. */
export function timed(sittings: readonly Sitting[]): { readonly rating: Rating; readonly at: Date }[] {
  let ms = Date.UTC(2025, 0, 1, 9);
  return sittings.map(({ rating, minutesLater }) => {
    ms += minutesLater * 60_000;
    return { rating, at: new Date(ms) };
  });
}
