import { z } from 'zod';
import type { StudyDay } from '../learning/model.js';
import { type Activity, earned, NO_ACTIVITY, pointsOf, together } from '../learning/points.js';
import { addDays, parseStudyDay } from '../learning/studyday.js';
import type { Transaction } from './database.js';
import { fromJson } from './memory.js';
import { addPoints, type DayChange, isShown, type Member, moveScores, scoreChanges } from './scores.js';
import type { Statements } from './sql.js';

/** The board of a whole workspace; a channel's daily quiz has one of its own. */
export const WHOLE = '';

/** What a review earns where it was given. */
export interface Credit extends Member {
  /** The channel of the daily quiz that it answers. */
  readonly channel: string | undefined;
  readonly studyDay: StudyDay;
  readonly activity: Activity;
  /** The learner's day in the workspace so far; undefined where it begins. */
  readonly before: Activity | undefined;
  readonly at: Date;
}

/**
 * Adds what a review earns to its day and to the boards, within the transaction that writes the review.
 * @returns the points that it adds to the learner's day in the workspace
 */
export async function credit(sql: Statements, earning: Credit): Promise<number> {
  const { activity, before, channel, studyDay, at } = earning;
  if (before !== undefined && Object.values(activity).every((count) => count === 0)) return 0;
  const whole = await addToDay(sql, earning, WHOLE, before);
  const changes = [whole];
  if (channel !== undefined) {
    const there = await storedDay(sql, earning, channel);
    changes.push(await addToDay(sql, earning, channel, there));
  }
  const moved = changes.filter(({ points }) => points > 0);
  const [first] = moved;
  // Most reviews come on a day that has begun, whose places are there if anybody is to see them.
  if (first !== undefined && first.days === 0 && channel === undefined) {
    await addPoints(sql, earning, WHOLE, studyDay, first.points, at);
  } else if (first !== undefined && (await isShown(sql, earning))) {
    await moveScores(sql, earning, scoreChanges(moved), at);
  }
  return whole.points;
}

const ADD = `UPDATE "Activity" SET "due" = ?, "recalled" = ?, "quizzes" = ?, "right" = ?, "points" = ?
  WHERE "workspaceId" = ? AND "board" = ? AND "learnerId" = ? AND "studyDay" = ?
    AND "due" = ? AND "recalled" = ? AND "quizzes" = ? AND "right" = ?`;
const BEGIN = `INSERT INTO "Activity"
  ("due", "recalled", "quizzes", "right", "points", "workspaceId", "board", "learnerId", "studyDay")
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;

/** Another process may have added to the day since it was read: then it is read again. */
async function addToDay(
  sql: Statements,
  earning: Credit,
  board: string,
  before: Activity | undefined,
): Promise<DayChange> {
  const { workspaceId, learnerId, studyDay, activity } = earning;
  const after = together(before ?? NO_ACTIVITY, activity);
  const points = pointsOf(after);
  const values = [...countsOf(after), points, workspaceId, board, learnerId, studyDay];
  const written =
    before === undefined
      ? await sql.execute(BEGIN, values)
      : await sql.execute(ADD, [...values, ...countsOf(before)]);
  if (written === 0) return addToDay(sql, earning, board, await storedDay(sql, earning, board));
  const earlier = before === undefined ? 0 : pointsOf(before);
  return { board, studyDay, points: points - earlier, days: before === undefined ? 1 : 0 };
}

function countsOf({ due, recalled, quizzes, right }: Activity): readonly number[] {
  return [due, recalled, quizzes, right];
}

const Counts = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .transform(([due, recalled, quizzes, right]): Activity => ({ due, recalled, quizzes, right }));

async function storedDay(
  sql: Statements,
  { workspaceId, learnerId, studyDay }: Credit,
  board: string,
): Promise<Activity | undefined> {
  const [day] = await sql.query(
    Counts,
    `SELECT "due", "recalled", "quizzes", "right" FROM "Activity"
      WHERE "workspaceId" = ? AND "board" = ? AND "learnerId" = ? AND "studyDay" = ?`,
    [workspaceId, board, learnerId, studyDay],
  );
  return day;
}

/** A learner's day on one board, as the log tells it or as it is stored. */
interface BoardDay {
  readonly workspaceId: string;
  readonly board: string;
  readonly studyDay: StudyDay;
  readonly activity: Activity;
}

/** A day whose stored activity is not what the log says; undefined stands for none. */
export interface Doubt extends Omit<BoardDay, 'activity'> {
  readonly logged: Activity | undefined;
  readonly stored: { readonly points: number } | undefined;
}

/** Where a learner's stored days differ from the log: on one day, or on all. */
export async function doubtfulDays(
  tx: Transaction,
  learnerId: string,
  studyDay?: StudyDay,
): Promise<readonly Doubt[]> {
  const logged = await loggedDays(tx, learnerId, studyDay);
  const where = { learnerId, ...(studyDay !== undefined && { studyDay }) };
  const doubts: Doubt[] = [];
  for (const row of await tx.activity.findMany({ where })) {
    const day = parseStudyDay(row.studyDay);
    const key = nameOf({ ...row, studyDay: day });
    const found = logged.get(key)?.activity;
    logged.delete(key);
    const same =
      found !== undefined &&
      found.due === row.due &&
      found.recalled === row.recalled &&
      found.quizzes === row.quizzes &&
      found.right === row.right &&
      pointsOf(found) === row.points;
    const { workspaceId, board, points } = row;
    if (!same) doubts.push({ workspaceId, board, studyDay: day, logged: found, stored: { points } });
  }
  for (const { activity, ...place } of logged.values()) {
    doubts.push({ ...place, logged: activity, stored: undefined });
  }
  return doubts;
}

/** Writes days as the log tells them; the boards are the caller's to settle. */
export async function writeDays(tx: Transaction, learnerId: string, doubts: readonly Doubt[]): Promise<void> {
  for (const { workspaceId, board, studyDay, logged } of doubts) {
    const key = { workspaceId, board, learnerId, studyDay };
    if (logged === undefined) {
      await tx.activity.deleteMany({ where: key });
      continue;
    }
    const data = { ...logged, points: pointsOf(logged) };
    const where = { workspaceId_board_learnerId_studyDay: key };
    await tx.activity.upsert({ where, create: { ...key, ...data }, update: data });
  }
}

/** Takes back what a review that was undone had earned on its day. */
export async function settleDay(
  tx: Transaction,
  sql: Statements,
  learnerId: string,
  studyDay: StudyDay,
  at: Date,
): Promise<void> {
  const doubts = await doubtfulDays(tx, learnerId, studyDay);
  await writeDays(tx, learnerId, doubts);
  for (const workspaceId of new Set(doubts.map((doubt) => doubt.workspaceId))) {
    const member = { workspaceId, learnerId };
    if (!(await isShown(sql, member))) continue;
    const changes = doubts
      .filter((doubt) => doubt.workspaceId === workspaceId)
      .map(({ board, logged, stored }) => ({
        board,
        studyDay,
        points: (logged === undefined ? 0 : pointsOf(logged)) - (stored?.points ?? 0),
        days: (logged === undefined ? 0 : 1) - (stored === undefined ? 0 : 1),
      }));
    await moveScores(sql, member, scoreChanges(changes), at);
  }
}

/** A learner's days by board as the log tells them, without what was undone. */
async function loggedDays(
  tx: Transaction,
  learnerId: string,
  studyDay: StudyDay | undefined,
): Promise<Map<string, BoardDay>> {
  const onDay = studyDay === undefined ? {} : { studyDay };
  // Who flew west over the date line undoes on an earlier day.
  const since = studyDay === undefined ? {} : { studyDay: { gte: addDays(studyDay, -2) } };
  const [rows, voids, answers] = [
    await tx.review.findMany({ where: { learnerId, workspaceId: { not: null }, ...onDay }, select: EARNING }),
    await tx.review.findMany({
      where: { learnerId, kind: 'void', ...since },
      select: { cardId: true, voids: true },
    }),
    await tx.answer.findMany({
      where: { learnerId, ...onDay },
      select: { seq: true, quiz: { select: { cardId: true, channel: true } } },
    }),
  ];
  const voided = new Set(voids.map((row) => `${row.cardId} ${row.voids}`));
  const channels = new Map(answers.map(({ seq, quiz }) => [`${quiz.cardId} ${seq}`, quiz.channel]));
  const days = new Map<string, BoardDay>();
  for (const row of rows) {
    const id = `${row.cardId} ${row.seq}`;
    if (row.workspaceId === null || voided.has(id)) continue;
    const channel = channels.get(id);
    const activity = earned(earningOf(row, channel !== undefined));
    if (activity === undefined) continue;
    for (const board of channel === undefined ? [WHOLE] : [WHOLE, channel]) {
      const place = { workspaceId: row.workspaceId, board, studyDay: parseStudyDay(row.studyDay) };
      const before = days.get(nameOf(place))?.activity ?? NO_ACTIVITY;
      days.set(nameOf(place), { ...place, activity: together(before, activity) });
    }
  }
  return days;
}

function nameOf({ workspaceId, board, studyDay }: Omit<BoardDay, 'activity'>): string {
  return JSON.stringify([workspaceId, board, studyDay]);
}

const EARNING = {
  cardId: true,
  seq: true,
  kind: true,
  counts: true,
  rating: true,
  at: true,
  studyDay: true,
  format: true,
  correct: true,
  stateBefore: true,
  workspaceId: true,
} as const;

const Logged = z.object({
  kind: z.enum(['review', 'practice', 'import', 'reset', 'void']),
  rating: z.literal([1, 2, 3, 4]).nullable(),
});

function earningOf(
  row: {
    readonly kind: string;
    readonly counts: boolean;
    readonly rating: number | null;
    readonly at: Date;
    readonly format: string;
    readonly correct: boolean | null;
    readonly stateBefore: string | null;
  },
  quiz: boolean,
) {
  const { kind, rating } = Logged.parse(row);
  return {
    kind,
    counts: row.counts,
    rating: rating ?? undefined,
    at: row.at,
    marked: markedOf(row.format, row.correct ?? undefined),
    quiz,
    before: fromJson(row.stateBefore),
  };
}

/** What the program said of an answer; of what a learner grades nothing. */
export function markedOf(format: string, correct: boolean | undefined): 'right' | 'wrong' | undefined {
  if (format === 'self-graded' || correct === undefined) return undefined;
  return correct ? 'right' : 'wrong';
}
