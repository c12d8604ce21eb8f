import { z } from 'zod';
import type { StudyDay } from '../learning/model.js';
import { type SpanKey, spanKey, spansOf, weekStart } from '../learning/points.js';
import { parseStudyDay } from '../learning/studyday.js';
import { type BoardMove, liveWeek, moveCounts, sweepCounts } from './score-counts.js';
import type { Statements } from './sql.js';

/** A learner in a workspace, by our own ids. */
export interface Member {
  readonly workspaceId: string;
  readonly learnerId: string;
}

/** By how much a day on one board changed. */
export interface DayChange {
  readonly board: string;
  readonly studyDay: StudyDay;
  readonly points: number;
  readonly days: number;
}

/** By how much a learner's place on one board changes. */
export interface ScoreChange {
  readonly board: string;
  readonly span: string;
  readonly points: number;
  readonly days: number;
}

/** Rows of one statement: PostgreSQL takes 65,535 values, SQLite 32,766. */
const ROWS = 500;

/** What days come to on the boards of every span that they count for. */
export function scoreChanges(days: readonly DayChange[]): readonly ScoreChange[] {
  const changes = new Map<string, ScoreChange>();
  for (const { board, studyDay, points, days: more } of days) {
    for (const span of spansOf(studyDay)) {
      const key = boardName(board, span);
      const before = changes.get(key) ?? { board, span, points: 0, days: 0 };
      changes.set(key, { ...before, points: before.points + points, days: before.days + more });
    }
  }
  return [...changes.values()];
}

/** One board as a key of a map. */
function boardName(board: string, span: SpanKey | string): string {
  return `${span} ${board}`;
}

const Policy = z.enum(['opt-in', 'opt-out']);
/** Whether leaderboards show who has chosen nothing: opt-out shows them, opt-in does not. */
export type Policy = z.infer<typeof Policy>;

const Choice = z.enum(['shown', 'hidden']);
/** What a learner chose about leaderboards. */
export type Choice = z.infer<typeof Choice>;

const Shown = z.tuple([Policy, Choice.nullable()]);

/** Reads a stored policy. */
export function readPolicy(text: string): Policy {
  return Policy.parse(text);
}

/** Whether leaderboards show a learner: their own choice, else what the workspace says of who has made none. */
export async function isShown(sql: Statements, { workspaceId, learnerId }: Member): Promise<boolean> {
  const rows = await sql.query(
    Shown,
    `SELECT w."boards", a."board" FROM "Workspace" w
      LEFT JOIN "Account" a ON a."workspaceId" = w."id" AND a."learnerId" = ? WHERE w."id" = ?`,
    [learnerId, workspaceId],
  );
  const choices = rows.map(([, choice]) => choice);
  if (choices.includes('hidden')) return false;
  return choices.includes('shown') || rows[0]?.[0] === 'opt-out';
}

const SpanScore = z.tuple([z.string(), z.string(), z.number()]);

/** Moves a learner on boards that show them; each board at most once. Counts of learners by points follow. */
export async function moveScores(
  sql: Statements,
  member: Member,
  changes: readonly ScoreChange[],
  at: Date,
): Promise<void> {
  if (changes.length === 0) return;
  const { workspaceId, learnerId } = member;
  const scores: z.infer<typeof SpanScore>[] = [];
  for (let from = 0; from < changes.length; from += ROWS) {
    const some = changes.slice(from, from + ROWS);
    const moved = await sql.query(
      SpanScore,
      `INSERT INTO "Score" ("workspaceId", "board", "span", "learnerId", "points", "days", "updatedAt")
        VALUES ${some.map(() => '(?, ?, ?, ?, ?, ?, ?)')}
        ON CONFLICT ("workspaceId", "board", "span", "learnerId") DO UPDATE SET
          "points" = "Score"."points" + excluded."points", "days" = "Score"."days" + excluded."days",
          "updatedAt" = excluded."updatedAt"
        RETURNING "board", "span", "points"`,
      some.flatMap(({ board, span, points, days }) => [
        workspaceId,
        board,
        span,
        learnerId,
        points,
        days,
        at,
      ]),
    );
    scores.push(...moved);
  }
  const live = liveWeek(at);
  // Asked plainly SQLite would look through the whole workspace.
  const weeks = await sql.query(
    SpanScore,
    `SELECT "board", "span", "points" FROM "Score"
      WHERE "learnerId" = ? AND "workspaceId" || '' = ? AND "span" || '' >= ?`,
    [learnerId, workspaceId, live],
  );
  const moves = movesOf(changes, [...scores, ...weeks]);
  await moveCounts(sql, workspaceId, moves, live);
  for (const move of moves) if (beginsWeek(move)) await sweepCounts(sql, workspaceId, move.board, live);
  if (scores.some(([, , points]) => points <= 0)) {
    await sql.execute(
      `DELETE FROM "Score" WHERE "learnerId" = ? AND "workspaceId" || '' = ? AND "points" <= 0`,
      [learnerId, workspaceId],
    );
  }
}

/** Adds points to the places that a learner has on a board: where they are hidden there are none. */
export async function addPoints(
  sql: Statements,
  { workspaceId, learnerId }: Member,
  board: string,
  studyDay: StudyDay,
  points: number,
  at: Date,
): Promise<void> {
  const spans = spansOf(studyDay);
  const among = spans.map(() => '?').join(', ');
  // Weeks after this one are read along: what they changed begins at what is added here.
  const scores = await sql.query(
    SpanScore,
    `UPDATE "Score" SET "points" = "points" + CASE WHEN "span" IN (${among}) THEN ? ELSE 0 END, "updatedAt" = ?
      WHERE "learnerId" = ? AND "workspaceId" = ? AND "board" = ? AND ("span" IN (${among}) OR "span" || '' > ?)
      RETURNING "board", "span", "points"`,
    [...spans, points, at, learnerId, workspaceId, board, ...spans, spanKey('week', studyDay)],
  );
  const changes = spans.map((span) => ({ board, span, points, days: 0 }));
  await moveCounts(sql, workspaceId, movesOf(changes, scores), liveWeek(at));
}

/** How a learner moves on each board, from the changes and the points that are there after them. */
function movesOf(
  changes: readonly ScoreChange[],
  scores: readonly z.infer<typeof SpanScore>[],
): readonly BoardMove[] {
  const by = new Map(changes.map(({ board, span, points }) => [boardName(board, span), points]));
  const moves = new Map<string, { before: Map<string, number>; after: Map<string, number> }>();
  for (const { board } of changes) moves.set(board, { before: new Map(), after: new Map() });
  for (const [board, span, points] of scores) {
    const earlier = points - (by.get(boardName(board, span)) ?? 0);
    if (earlier > 0) moves.get(board)?.before.set(span, earlier);
    if (points > 0) moves.get(board)?.after.set(span, points);
  }
  return [...moves].map(([board, move]) => ({ board, ...move }));
}

function beginsWeek({ before, after }: BoardMove): boolean {
  return [...after.keys()].some((span) => !before.has(span) && weekStart(span) !== undefined);
}

const DayRow = z.tuple([z.string(), z.string().transform(parseStudyDay), z.number()]);
const ScoreRow = z.tuple([z.string(), z.string(), z.number(), z.number()]);

/**
 * Brings a learner's places in a workspace to what their days say, for who is shown; who is not has none. Returns how
 * many places were wrong; without `apply` nothing is written.
 */
export async function settleScores(sql: Statements, member: Member, at: Date, apply = true): Promise<number> {
  const { workspaceId, learnerId } = member;
  const key = [workspaceId, learnerId];
  const days = (await isShown(sql, member))
    ? await sql.query(
        DayRow,
        'SELECT "board", "studyDay", "points" FROM "Activity" WHERE "workspaceId" = ? AND "learnerId" = ?',
        key,
      )
    : [];
  const wanted = scoreChanges(
    days.map(([board, studyDay, points]) => ({ board, studyDay, points, days: 1 })),
  );
  const changes = new Map(wanted.map((change) => [boardName(change.board, change.span), change]));
  const stored = await sql.query(
    ScoreRow,
    'SELECT "board", "span", "points", "days" FROM "Score" WHERE "workspaceId" = ? AND "learnerId" = ?',
    key,
  );
  for (const [board, span, points, inDays] of stored) {
    const name = boardName(board, span);
    const after = changes.get(name) ?? { points: 0, days: 0 };
    const change = { board, span, points: after.points - points, days: after.days - inDays };
    if (change.points === 0 && change.days === 0) changes.delete(name);
    else changes.set(name, change);
  }
  if (apply) await moveScores(sql, member, [...changes.values()], at);
  return changes.size;
}
