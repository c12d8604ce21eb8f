import { type Card, default_w, type FSRS, forgetting_curve, fsrs, State, StrategyMode } from 'ts-fsrs';
import { z } from 'zod';
import type { MemoryState, Parameters, Rating, StudyClock, StudyDay } from './model.js';
import { addDays, daysBetween, startOfStudyDay, studyDayOf } from './studyday.js';

type Step = `${number}m` | `${number}h` | `${number}d`;

function isStep(text: string): text is Step {
  return /^[1-9]\d{0,5}[mhd]$/.test(text);
}

const stepSchema = z
  .string()
  .refine(isStep, { error: 'must be a whole number of minutes, hours or days, such as 10m, 2h or 1d' });

/**
 * Checks parameters from outside. Weights that FSRS-6 cannot work with are brought into its ranges when used, as
 * ts-fsrs does; numbers that can be no FSRS weight at all are refused.
 */
export const ParametersSchema = z.object({
  weights: z
    .array(z.number().min(0).max(100))
    .length(21, { error: 'must be the 21 weights of FSRS-6' })
    .readonly(),
  desiredRetention: z.number().min(0.7).max(0.99),
  maximumInterval: z.int().min(1).max(36_500),
  learningSteps: z.array(stepSchema).max(20).readonly(),
  relearningSteps: z.array(stepSchema).max(20).readonly(),
  fuzz: z.boolean(),
});

/** FSRS-6 default weights with Anki's defaults: retention 0.9, steps 1m 10m and 10m, 36,500 days at most, fuzz. */
export const DEFAULT_PARAMETERS: Parameters = {
  weights: default_w,
  desiredRetention: 0.9,
  maximumInterval: 36_500,
  learningSteps: ['1m', '10m'],
  relearningSteps: ['10m'],
  fuzz: true,
};

/**
 * The memory state after a review (FSRS-6 by ts-fsrs, days counted as study days of the given clock). The state
 * before is undefined for a new card. In review the card falls due at the start of a study day, in steps after
 * exact minutes. The same arguments give the same state; with fuzz off the seed changes nothing. A clock that has
 * gone back counts as a repeat on the same day. Throws RangeError or ZodError on an invalid clock or parameters.
 */
export function advance(
  state: MemoryState | undefined,
  rating: Rating,
  at: Date,
  clock: StudyClock,
  parameters: Parameters,
  seed: string,
): MemoryState {
  const showing = show(state, at, clock, parameters, seed);
  return showing.after(showing.scheduler.fsrs.next(showing.card, showing.now, rating).card);
}

/** What `advance` would give for each of the four ratings. */
export function previews(
  state: MemoryState | undefined,
  at: Date,
  clock: StudyClock,
  parameters: Parameters,
  seed: string,
): Record<Rating, MemoryState> {
  const showing = show(state, at, clock, parameters, seed);
  const four = showing.scheduler.fsrs.repeat(showing.card, showing.now);
  return {
    1: showing.after(four[1].card),
    2: showing.after(four[2].card),
    3: showing.after(four[3].card),
    4: showing.after(four[4].card),
  };
}

/**
 * Study days since the last review, never negative. Both instants are read by the present clock, so that a flight
 * between two reviews an hour apart adds no day.
 */
export function deltaDays(state: MemoryState, at: Date, clock: StudyClock): number {
  return Math.max(0, daysBetween(studyDayOf(state.lastReview, clock), studyDayOf(at, clock)));
}

/** Chance of recall, 0 to 1, by the forgetting curve of FSRS-6 over whole study days; 1 on the day of the review. */
export function retrievability(
  state: MemoryState,
  at: Date,
  clock: StudyClock,
  parameters: Parameters = DEFAULT_PARAMETERS,
): number {
  const { w } = schedulerOf(parameters).fsrs.parameters;
  return forgetting_curve([...w], deltaDays(state, at, clock), state.stability);
}

interface Scheduler {
  readonly fsrs: FSRS;
  /** What ts-fsrs asks for when it draws the fuzz. */
  seed: string;
}

const schedulers = new WeakMap<Parameters, Scheduler>();

function schedulerOf(parameters: Parameters): Scheduler {
  const known = schedulers.get(parameters);
  if (known) return known;
  const checked = ParametersSchema.parse(parameters);
  // Given two or more relearning steps, ts-fsrs lowers the weights w17 and w18 unasked. That belongs to training;
  // so the weights are set while it knows of no steps.
  const made: Scheduler = {
    fsrs: fsrs({
      w: checked.weights,
      request_retention: checked.desiredRetention,
      maximum_interval: checked.maximumInterval,
      enable_fuzz: checked.fuzz,
      learning_steps: checked.learningSteps,
      relearning_steps: [],
    }),
    seed: '',
  };
  made.fsrs.parameters.relearning_steps = checked.relearningSteps;
  made.fsrs.useStrategy(StrategyMode.SEED, () => made.seed);
  schedulers.set(parameters, made);
  return made;
}

interface Showing {
  readonly scheduler: Scheduler;
  readonly card: Card;
  readonly now: Date;
  after(card: Card): MemoryState;
}

/**
 * One showing of a card, told to ts-fsrs in invented UTC dates: ts-fsrs counts UTC calendar days, so each study day
 * becomes the UTC day of the same distance, and what it answers is read as days and minutes from the review.
 */
function show(
  state: MemoryState | undefined,
  at: Date,
  clock: StudyClock,
  parameters: Parameters,
  seed: string,
): Showing {
  const scheduler = schedulerOf(parameters);
  scheduler.seed = seed;
  const now = new Date(state ? deltaDays(state, at, clock) * 86_400_000 : 0);
  const today = studyDayOf(at, clock);
  return {
    scheduler,
    now,
    card: toCard(state, parameters),
    after: (card) => fromCard(card, now, at, today, clock, parameters),
  };
}

function toCard(state: MemoryState | undefined, parameters: Parameters): Card {
  const last = new Date(0);
  const blank = { due: last, elapsed_days: 0 };
  if (!state) {
    const none = { stability: 0, difficulty: 0, scheduled_days: 0, learning_steps: 0, reps: 0, lapses: 0 };
    return { ...blank, ...none, state: State.New };
  }
  return {
    ...blank,
    stability: state.stability,
    difficulty: state.difficulty,
    scheduled_days: state.scheduledDays,
    learning_steps: stepWithin(state, parameters),
    reps: state.reps,
    lapses: state.lapses,
    state: STATE_OF_PHASE[state.phase],
    last_review: last,
  };
}

const STATE_OF_PHASE = {
  learning: State.Learning,
  review: State.Review,
  relearning: State.Relearning,
} as const;

/** Past the last step ts-fsrs graduates even on Again, so a learner who has cut their steps stands on the last. */
function stepWithin(state: MemoryState, parameters: Parameters): number {
  if (state.phase === 'review') return 0;
  const steps = state.phase === 'learning' ? parameters.learningSteps : parameters.relearningSteps;
  return Math.max(0, Math.min(state.step, steps.length - 1));
}

function fromCard(
  card: Card,
  now: Date,
  at: Date,
  today: StudyDay,
  clock: StudyClock,
  parameters: Parameters,
): MemoryState {
  const inSteps = card.state === State.Learning || card.state === State.Relearning;
  // ts-fsrs keeps Good a day above Hard and Easy a day above Good even where that passes the maximum.
  const scheduledDays = inSteps ? 0 : Math.min(card.scheduled_days, parameters.maximumInterval);
  return {
    stability: card.stability,
    difficulty: card.difficulty,
    phase: !inSteps ? 'review' : card.state === State.Learning ? 'learning' : 'relearning',
    step: inSteps ? card.learning_steps : 0,
    due: inSteps
      ? new Date(at.getTime() + card.due.getTime() - now.getTime())
      : startOfStudyDay(addDays(today, scheduledDays), clock),
    lastReview: at,
    lastStudyDay: today,
    scheduledDays,
    reps: card.reps,
    lapses: card.lapses,
  };
}
