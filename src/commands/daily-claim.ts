import type { StudyDay } from '../learning/model.js';
import { nextRun, type Run } from '../learning/timetable.js';
import { type Quiz, type QuizDraft, quizId } from '../store/quizzes.js';
import { nextRunAt, type Schedule, type ScheduleId } from '../store/schedules.js';
import { type Picking, pickQuestions } from './daily-pick.js';

const MINUTE = 60_000;
/** A post that comes later than this after its time says so. */
const LATE_MINUTES = 5;
/** Who was away posts so many hours late at most; then the channel waits for its next run. */
export const LATE_WINDOW_HOURS = 2;

/** Minutes to speak of, for what comes so long after its time; undefined where it is as good as in time. */
export function lateMinutes(milliseconds: number): number | undefined {
  const minutes = Math.floor(milliseconds / MINUTE);
  return minutes >= LATE_MINUTES ? minutes : undefined;
}

/** Picks and claims a channel's questions for a run of its schedule; returns how many are new. */
export async function claimRun(picking: Picking, schedule: Schedule, { date, at }: Run): Promise<number> {
  const { plan, id } = schedule;
  const late = lateMinutes(picking.now.getTime() - at.getTime());
  const closesAt = closing(late === undefined ? at : picking.now, plan.openMinutes);
  const asked = await pickQuestions(picking, schedule, plan.questions, `${id} ${date}`);
  const drafts = asked.map(
    (question, position): QuizDraft => ({
      key: runKey(id, date, position),
      position,
      asked: question,
      closesAt,
      lateMinutes: late,
    }),
  );
  const next = nextRunAt(plan.timetable, picking.now);
  return picking.store.quizzes.claim(schedule, date, drafts, next, picking.now);
}

function runKey(id: ScheduleId, date: StudyDay, position: number): string {
  return `${id} ${date} ${position}`;
}

/** True for what a run of the schedule has claimed, rather than somebody who wanted a question at once. */
export function isFromTimetable({ id: schedule }: Schedule, { id, date, position }: Quiz): boolean {
  return id === quizId(runKey(schedule, date, position));
}

/**
 * Claims a question that is to be posted at once: the day's own ones where there were none yet, so that they are not
 * posted again at their time, otherwise one more. The same key claims once.
 */
export async function claimNow(
  picking: Picking,
  schedule: Schedule,
  date: StudyDay,
  key: string,
): Promise<'today' | 'extra' | 'nothing to ask'> {
  const { plan, place } = schedule;
  const { store, now } = picking;
  const first = await store.quizzes.countOn(place, date);
  const asked = await pickQuestions(picking, schedule, first === 0 ? plan.questions : 1, key);
  if (asked.length === 0) return 'nothing to ask';
  const drafts = asked.map(
    (question, index): QuizDraft => ({
      key: `${key} ${index}`,
      position: first + index,
      asked: question,
      closesAt: closing(now, plan.openMinutes),
      lateMinutes: undefined,
    }),
  );
  await store.quizzes.claim(schedule, date, drafts, undefined, now);
  return first === 0 ? 'today' : 'extra';
}

/** The next time that the channel gets a question, beside what `now` does. */
export function runAfter({ plan, status }: Schedule, now: Date): Run | undefined {
  return status === 'on' ? nextRun(plan.timetable, now) : undefined;
}

function closing(from: Date, minutes: number): Date {
  return new Date(from.getTime() + minutes * MINUTE);
}
