import type { MemoryState, Parameters, StudyClock } from './model.js';
import { deltaDays, retrievability } from './schedule.js';

/** Above this chance of recall an early answer says nothing of the memory. */
const TOO_FRESH = 0.97;
/** What guessing among k options takes from true recall is made up by aiming this share of 1/k higher. */
const GUESSING = 0.08;
const HIGHEST_RETENTION = 0.99;

/**
 * Whether an answer to a daily quiz, which comes when the team is ready rather than when the card is due, changes the
 * learner's memory: only of a card that they are learning, when it is due, or early on a later study day while there
 * is something to forget. Daily repeats of what is fresh would inflate the interval.
 */
export function countsInDaily(
  state: MemoryState | undefined,
  at: Date,
  clock: StudyClock,
  parameters: Parameters,
): boolean {
  if (state === undefined) return false;
  if (state.due <= at) return true;
  return deltaDays(state, at, clock) >= 1 && retrievability(state, at, clock, parameters) < TOO_FRESH;
}

/** The parameters for a choice among some options: two hundredths more retention where there are four. */
export function parametersForChoice(parameters: Parameters, options: number): Parameters {
  const aimed = parameters.desiredRetention + GUESSING / Math.max(1, options);
  // A hundredth of a percent is more than anyone can tell, and keeps the sets of parameters few.
  const desiredRetention = Math.min(HIGHEST_RETENTION, Math.round(aimed * 10_000) / 10_000);
  return { ...parameters, desiredRetention };
}
