import { z } from 'zod';
import type { MemoryState } from '../learning/model.js';
import { parseStudyDay } from '../learning/studyday.js';

/** The scheduler that the stored states and parameters belong to. */
export const ALGORITHM = 'FSRS-6';

const Snapshot = z.object({
  stability: z.number(),
  difficulty: z.number(),
  phase: z.enum(['learning', 'review', 'relearning']),
  step: z.int(),
  due: z.coerce.date(),
  lastReview: z.coerce.date(),
  lastStudyDay: z.string().transform(parseStudyDay),
  scheduledDays: z.number(),
  reps: z.int(),
  lapses: z.int(),
});

/** The columns of a memory state, in the order in which statements by hand name them. */
export const STATE_COLUMNS = [
  'stability',
  'difficulty',
  'phase',
  'step',
  'due',
  'lastReview',
  'lastStudyDay',
  'scheduledDays',
  'reps',
  'lapses',
] as const;

/** The state's columns as a row has them; null together where the card is new to the learner. */
export type StateColumns = { readonly [K in (typeof STATE_COLUMNS)[number]]: MemoryState[K] | null };

const NONE: StateColumns = {
  stability: null,
  difficulty: null,
  phase: null,
  step: null,
  due: null,
  lastReview: null,
  lastStudyDay: null,
  scheduledDays: null,
  reps: null,
  lapses: null,
};

/** A state as columns, in the order of STATE_COLUMNS. */
export function toColumns(state: MemoryState | undefined): StateColumns {
  if (state === undefined) return NONE;
  const { stability, difficulty, phase, step, due, lastReview, lastStudyDay, scheduledDays, reps, lapses } =
    state;
  return { stability, difficulty, phase, step, due, lastReview, lastStudyDay, scheduledDays, reps, lapses };
}

/** Columns as a state; throws where some are null and others not. */
export function fromColumns(row: { readonly phase: string | null }): MemoryState | undefined {
  return row.phase === null ? undefined : Snapshot.parse(row);
}

/** Values in the order of STATE_COLUMNS as a state. */
export function fromValues(values: readonly unknown[]): MemoryState | undefined {
  const row = Object.fromEntries(STATE_COLUMNS.map((column, index) => [column, values[index]]));
  return row['phase'] === null ? undefined : Snapshot.parse(row);
}

/** A state as the text that a review keeps of it. */
export function toJson(state: MemoryState | undefined): string | null {
  return state === undefined ? null : JSON.stringify(toColumns(state));
}

/** The state that a review kept. */
export function fromJson(text: string | null): MemoryState | undefined {
  return text === null ? undefined : Snapshot.parse(JSON.parse(text));
}

/** Whether two states are the same, bit for bit. */
export function sameState(a: MemoryState | undefined, b: MemoryState | undefined): boolean {
  return toJson(a) === toJson(b);
}
