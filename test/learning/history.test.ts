import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldReviews } from '../../src/learning/history.js';
import type { LoggedReview, MemoryState, Rating } from '../../src/learning/model.js';
import { advance } from '../../src/learning/schedule.js';
import { anyClock, anyGap, anyParameters, anyRating, STEADY, UTC } from './arbitrary.js';

const START = Date.UTC(2026, 0, 1, 9);

function entry(seq: number, change: Partial<LoggedReview> = {}): LoggedReview {
  return {
    seq,
    kind: 'review',
    voids: undefined,
    at: new Date(START + seq * 86_400_000),
    clock: UTC,
    rating: 3,
    counts: true,
    parameters: STEADY,
    seed: `s${seq}`,
    ...change,
  };
}

const voiding = (seq: number, voids: number): LoggedReview =>
  entry(seq, { kind: 'void', voids, rating: undefined });

describe('folding a log', () => {
  it('of nothing gives no state', () => {
    expect(foldReviews([])).toBeUndefined();
  });

  it('leaves out what does not count', () => {
    const practice = entry(2, { kind: 'practice', counts: false, rating: 1 });
    expect(foldReviews([entry(1), practice])).toEqual(foldReviews([entry(1)]));
    expect(foldReviews([practice])).toBeUndefined();
  });

  it('leaves out what is voided, wherever it stands', () => {
    expect(foldReviews([entry(1), entry(2, { rating: 1 }), entry(3), voiding(4, 2)])).toEqual(
      foldReviews([entry(1), entry(3)]),
    );
  });

  it('forgets at a reset, which can be undone', () => {
    const reset = entry(3, { kind: 'reset', rating: undefined, counts: false });
    expect(foldReviews([entry(1), entry(2), reset])).toBeUndefined();
    expect(foldReviews([entry(1), reset, entry(4)])?.reps).toBe(1);
    expect(foldReviews([entry(1), reset, voiding(4, 3)])).toEqual(foldReviews([entry(1)]));
  });

  it('lets a voided void cancel nothing, and a void reach only backwards', () => {
    expect(foldReviews([entry(1), entry(2), voiding(3, 2), voiding(4, 3)])).toEqual(
      foldReviews([entry(1), entry(2)]),
    );
    expect(foldReviews([voiding(1, 2), entry(2)])).toEqual(foldReviews([entry(2)]));
    expect(foldReviews([entry(1), voiding(2, 99), voiding(3, 3)])).toEqual(foldReviews([entry(1)]));
  });

  it('does not change the list it is given', () => {
    const log = Object.freeze([entry(2), entry(1)]);
    expect(foldReviews(log)?.reps).toBe(2);
  });
});

describe('any log', () => {
  type Action =
    | { readonly do: 'review'; readonly rating: Rating; readonly counts: boolean; readonly minutes: number }
    | { readonly do: 'undo' }
    | { readonly do: 'reset' };

  const anyActions = fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          do: fc.constant('review' as const),
          rating: anyRating,
          counts: fc.boolean(),
          // Now and then the clock goes back.
          minutes: fc.oneof({ weight: 5, arbitrary: anyGap }, fc.integer({ min: -5000, max: 0 })),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('reset' as const) }) },
    ),
    { maxLength: 25 },
  );

  it('folds to the state that the steps gave, with undo going back one state at a time', () => {
    fc.assert(
      fc.property(
        anyActions,
        fc.array(fc.tuple(anyClock, anyParameters), { minLength: 1, maxLength: 4 }),
        fc.integer(),
        (actions: readonly Action[], settings, salt) => {
          const log: LoggedReview[] = [];
          const states: (MemoryState | undefined)[] = [undefined];
          const standing: number[] = [];
          let ms = START;
          for (const [i, action] of actions.entries()) {
            const seq = i + 1;
            const [clock, parameters] = settings[i % settings.length] ?? [UTC, STEADY];
            const common = { clock, parameters, seed: `${salt}:${seq}` };
            if (action.do === 'review') {
              ms += action.minutes * 60_000;
              const at = new Date(ms);
              log.push(entry(seq, { ...common, at, rating: action.rating, counts: action.counts }));
              if (action.counts) {
                states.push(advance(states.at(-1), action.rating, at, clock, parameters, common.seed));
                standing.push(seq);
              }
            } else if (action.do === 'reset') {
              log.push(entry(seq, { ...common, kind: 'reset', rating: undefined }));
              states.push(undefined);
              standing.push(seq);
            } else {
              const last = standing.pop();
              if (last === undefined) continue;
              log.push(voiding(seq, last));
              states.pop();
            }
            expect(foldReviews(log)).toEqual(states.at(-1));
          }
          const shuffled = [...log].sort((a, b) => ((a.seq * 7919) % 31) - ((b.seq * 7919) % 31));
          expect(foldReviews(shuffled)).toEqual(states.at(-1));
        },
      ),
      { numRuns: 150 },
    );
  });
});
