import { type SpanKey, spanKey, weekStart } from '../learning/points.js';
import { addDays, studyDayOf } from '../learning/studyday.js';
import type { SqlValue, Statements } from './sql.js';

/**
 * Points are counted one by one and in steps, so that the learners above any number of points are a sum over a few
 * rows of each: up to the next 32, from there up to the next 1024, and by 1024 from there.
 */
export const STEPS = [1, 32, 1024] as const;

/** The name of a span's counts in steps of so many points. */
export function inSteps(span: string, step: number): string {
  return step === 1 ? span : `${span}/${step}`;
}

/** Where the counts of now are; a week in place of it has what that week changed. */
export const NOW = '';

/** A learner's points on one board by span, without spans in which they have none. */
export type PointsBySpan = ReadonlyMap<string, number>;

/** How a learner's points on one board changed. */
export interface BoardMove {
  readonly board: string;
  readonly before: PointsBySpan;
  readonly after: PointsBySpan;
}

interface Counted {
  readonly week: string;
  readonly span: string;
  readonly points: number;
  readonly learners: number;
}

/**
 * The first week that can still be this week for anybody, by the clock of who is farthest behind. Boards show
 * movement since the beginning of this week, so what earlier weeks changed is of no use.
 */
export function liveWeek(at: Date): SpanKey {
  return spanKey('week', addDays(studyDayOf(at, { timeZone: 'UTC', rolloverHour: 0 }), -2));
}

/** Rows of one statement: SQLite takes 32,766 values. */
const ROWS = 500;

/** Moves a learner in the counts. Both sides of a move hold whatever spans changed, and each week from `live` on. */
export async function moveCounts(
  sql: Statements,
  workspaceId: string,
  moves: readonly BoardMove[],
  live: SpanKey,
): Promise<void> {
  // Rows in one order, so that two processes never wait for each other's.
  const changes = [...moves]
    .sort((a, b) => (a.board < b.board ? -1 : 1))
    .flatMap((move) => changesOf(workspaceId, move, live));
  for (let from = 0; from < changes.length; from += ROWS) {
    const some = changes.slice(from, from + ROWS);
    await sql.execute(
      `INSERT INTO "ScoreCount" ("workspaceId", "board", "week", "span", "points", "learners")
        VALUES ${some.map(() => '(?, ?, ?, ?, ?, ?)')}
        ON CONFLICT ("workspaceId", "board", "week", "span", "points") DO UPDATE SET
          "learners" = "ScoreCount"."learners" + excluded."learners"`,
      some.flat(),
    );
  }
}

/** Past weeks' changes that one sweep takes. */
const SWEPT = 200;

/**
 * Sweeps away some of what past weeks changed. Done whenever a learner's week begins it keeps up: a learner leaves
 * fewer such rows in a week.
 */
export async function sweepCounts(
  sql: Statements,
  workspaceId: string,
  board: string,
  live: SpanKey,
): Promise<void> {
  const past = '"workspaceId" = ? AND "board" = ? AND "week" > ? AND "week" < ?';
  const key = [workspaceId, board, NOW, live];
  await sql.execute(
    `DELETE FROM "ScoreCount" WHERE ${past} AND ("week", "span", "points") IN (
      SELECT "week", "span", "points" FROM "ScoreCount" WHERE ${past} LIMIT ${SWEPT})`,
    [...key, ...key],
  );
}

/** By week, span and points. */
function changesOf(workspaceId: string, { board, before, after }: BoardMove, live: SpanKey): SqlValue[][] {
  const sums = new Map<string, Counted>();
  const add = (counted: Counted, sign: 1 | -1) => {
    for (const step of STEPS) {
      const span = inSteps(counted.span, step);
      const points = Math.floor(counted.points / step);
      const key = `${counted.week} ${span} ${points}`;
      const learners = (sums.get(key)?.learners ?? 0) + sign * counted.learners;
      sums.set(key, { week: counted.week, span, points, learners });
    }
  };
  for (const counted of countsOf(before, live)) add(counted, -1);
  for (const counted of countsOf(after, live)) add(counted, 1);
  return [...sums]
    .filter(([, { learners }]) => learners !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { week, span, points, learners }]) => [workspaceId, board, week, span, points, learners]);
}

/** What a learner with these points adds to the counts. */
function* countsOf(points: PointsBySpan, live: SpanKey): Generator<Counted> {
  for (const [span, here] of points) yield { week: NOW, span, points: here, learners: 1 };
  const weeks = [...points.keys()].filter((span) => weekStart(span) !== undefined && span >= live);
  const ends = new Map<string, number>();
  for (const week of weeks.sort().reverse()) {
    const day = weekStart(week);
    if (day === undefined) continue;
    for (const span of [spanKey('season', day), spanKey('all', day)]) {
      const end = ends.get(span) ?? points.get(span);
      // A season that is not given did not change.
      if (end === undefined) continue;
      const start = end - (points.get(week) ?? 0);
      yield { week, span, points: end, learners: 1 };
      if (start > 0) yield { week, span, points: start, learners: -1 };
      ends.set(span, start);
    }
  }
}
