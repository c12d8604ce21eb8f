import { z } from 'zod';
import type { MemoryState, Parameters, Rating, StudyClock } from './model.js';
import { advance, DEFAULT_PARAMETERS, deltaDays, ParametersSchema } from './schedule.js';
import { isTimeZone } from './studyday.js';

/** A history that cannot be replayed; the message is for people and names the place in it. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
}

const FIRST_YEAR = 1900;
const LAST_YEAR = 2999;
const RATINGS = [1, 2, 3, 4] as const satisfies readonly Rating[];

const reviewSchema = z.object({
  at: z
    .union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })], {
      error: 'must be an ISO time with its offset, such as 2026-03-31T08:15:00Z',
    })
    .transform((text) => new Date(text))
    .refine((at) => at.getUTCFullYear() >= FIRST_YEAR && at.getUTCFullYear() <= LAST_YEAR, {
      error: `must lie between the years ${FIRST_YEAR} and ${LAST_YEAR}`,
    }),
  rating: z.literal(RATINGS, { error: 'must be 1 (Again), 2 (Hard), 3 (Good) or 4 (Easy)' }),
});

const { weights, desiredRetention, maximumInterval, learningSteps, relearningSteps, fuzz } =
  ParametersSchema.shape;

/** One card's history from outside, one line of JSON; what is left out is as Anki has it, without fuzz, in UTC. */
const HistorySchema = z
  .object({
    id: z.union([z.string(), z.number()], { error: 'must be a text or a number' }),
    parameters: weights.default(DEFAULT_PARAMETERS.weights),
    desiredRetention: desiredRetention.default(DEFAULT_PARAMETERS.desiredRetention),
    maximumInterval: maximumInterval.default(DEFAULT_PARAMETERS.maximumInterval),
    learningSteps: learningSteps.prefault([...DEFAULT_PARAMETERS.learningSteps]),
    relearningSteps: relearningSteps.prefault([...DEFAULT_PARAMETERS.relearningSteps]),
    fuzz: fuzz.default(false),
    timeZone: z
      .string()
      .refine(isTimeZone, { error: 'must be an IANA time zone, such as Europe/Berlin' })
      .default('UTC'),
    rolloverHour: z.int().min(0).max(23).default(4),
    reviews: z.array(reviewSchema),
  })
  .readonly();

export type History = z.infer<typeof HistorySchema>;

/** What follows from a history: a state after each review. */
export interface Replay {
  readonly id: string | number;
  readonly states: readonly ReplayedState[];
}

/** A memory state as scripts read it. */
export interface ReplayedState {
  /** Days, as computed: ts-fsrs itself rounds it to 8 decimals, nothing else does. */
  readonly stability: number;
  /** 1 to 10, likewise. */
  readonly difficulty: number;
  /** The names of ts-fsrs's State in lower case. */
  readonly state: 'learning' | 'review' | 'relearning';
  /** Index of the learning or relearning step; 0 in review. */
  readonly step: number;
  /** Days until due; 0 within steps. */
  readonly scheduledDays: number;
  /** ISO time in UTC. In review the first instant of a study day, in steps exact minutes after the review. */
  readonly due: string;
  /** Study day of the review, 'YYYY-MM-DD'. */
  readonly studyDay: string;
  /** Study days since the review before; 0 for the first. */
  readonly deltaDays: number;
}

/** Reads one line of JSON; throws HistoryError saying what is wrong with it. */
export function parseHistory(line: string): History {
  const json = parseJson(line);
  const misspelt = misspeltOption(json);
  if (misspelt) throw new HistoryError(misspelt);
  const parsed = HistorySchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new HistoryError(parsed.error.issues.map(describe).join('; '));
}

/** Replays a history review by review. Throws HistoryError where a review comes before the one above it. */
export function scheduleHistory(history: History): Replay {
  const clock: StudyClock = { timeZone: history.timeZone, rolloverHour: history.rolloverHour };
  const parameters: Parameters = { ...history, weights: history.parameters };
  const states: ReplayedState[] = [];
  let state: MemoryState | undefined;
  for (const [index, { at, rating }] of history.reviews.entries()) {
    if (state && at < state.lastReview) {
      const before = state.lastReview.toISOString();
      throw new HistoryError(
        `reviews[${index}].at: ${at.toISOString()} is before the review above it (${before}); sort them by time`,
      );
    }
    const days = state ? deltaDays(state, at, clock) : 0;
    state = advance(state, rating, at, clock, parameters, `${history.id}:${index}`);
    states.push(outward(state, days));
  }
  return { id: history.id, states };
}

function outward(state: MemoryState, days: number): ReplayedState {
  return {
    stability: state.stability,
    difficulty: state.difficulty,
    state: state.phase,
    step: state.step,
    scheduledDays: state.scheduledDays,
    due: state.due.toISOString(),
    studyDay: state.lastStudyDay,
    deltaDays: days,
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new HistoryError(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A known option in another spelling would be left out in silence, and the answer be wrong. */
function misspeltOption(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const known = Object.keys(HistorySchema.unwrap().shape);
  const plain = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');
  for (const key of Object.keys(json)) {
    const meant = known.find((name) => plain(name) === plain(key));
    if (meant !== undefined && meant !== key) return `unknown option '${key}': it is written '${meant}'`;
  }
  return undefined;
}

function describe(issue: z.core.$ZodIssue): string {
  const place = issue.path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`))
    .join('');
  return place === '' ? issue.message : `${place}: ${issue.message}`;
}
