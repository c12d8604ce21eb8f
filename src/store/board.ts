import { z } from 'zod';
import type { StudyDay } from '../learning/model.js';
import { boundsOf, type Span, type SpanKey, spanKey } from '../learning/points.js';
import { addDays } from '../learning/studyday.js';
import { WHOLE } from './activity.js';
import type { BoardKey, Turn } from './boards.js';
import { inSteps, NOW, STEPS } from './score-counts.js';
import type { SqlValue, Statements } from './sql.js';
import { LearnerId } from './store.js';

/** What a board's row says. */
export interface Score {
  readonly learner: LearnerId;
  readonly points: number;
  readonly days: number;
  readonly name: string;
  /** Points at the end of last week, 0 for none: on a week's board those of last week, on the others all before it. */
  readonly before: number;
}

/** What points stand for, now and at the end of last week. */
export interface Ranks {
  now(points: number): number;
  before(points: number): number;
  readonly learners: number;
  readonly learnersBefore: number;
}

const ScoreRow = z
  .tuple([LearnerId, z.number(), z.number(), z.string().nullable(), z.coerce.number()])
  .transform(
    ([learner, points, days, name, before]): Score => ({ learner, points, days, name: name ?? '', before }),
  );
const Sums = z.tuple([z.coerce.number(), z.coerce.number()]);
const Above = z.tuple([z.coerce.boolean(), z.number(), z.coerce.number()]);

const ON_BOARD = '"workspaceId" = ? AND "board" = ? AND "span" = ?';

/**
 * The statements about one board. A rank is the number of learners with more points, a sum over ScoreCount, so no
 * statement looks at more than a few hundred rows, however many learners there are.
 *
 * Movement compares the rank of now with that at the end of last week. A week's board has it from last week's board.
 * On a season's and all time's, a learner's points then are those of now without this week's, and the counts then are
 * those of now without what this week changed. Both know only who is shown now: who hides or shows themselves does so
 * in the past too. A week that has begun farther east is left out like this one.
 */
export class Board {
  readonly board: string;
  readonly span: SpanKey;
  readonly #day: StudyDay;
  readonly #kind: Span;

  constructor(
    readonly sql: Statements,
    readonly workspaceId: string,
    { channel, span, day }: BoardKey,
  ) {
    this.board = channel ?? WHOLE;
    this.span = spanKey(span, day);
    this.#kind = span;
    this.#day = day;
  }

  /** From the top, or from beside a place on in one direction; the nearest first. */
  slice(turn: Turn | undefined, take: number): Promise<readonly Score[]> {
    const up = turn?.to === 'up';
    const beside = turn === undefined ? '' : `AND ("points", "learnerId") ${up ? '>' : '<'} (?, ?)`;
    const order = up ? 'ASC' : 'DESC';
    return this.#scores(
      `${beside} ORDER BY "points" ${order}, "learnerId" ${order} LIMIT ?`,
      turn === undefined ? [take] : [turn.points, turn.learner, take],
    );
  }

  async own(learner: LearnerId): Promise<Score | undefined> {
    const [score] = await this.#scores('AND "learnerId" = ?', [learner]);
    return score;
  }

  /** What a learner's days come to, also of who is on no board. */
  async sums(learner: LearnerId): Promise<{ points: number; days: number }> {
    const bounds = boundsOf(this.#kind, this.#day);
    const [sums] = await this.sql.query(
      Sums,
      `SELECT COALESCE(SUM("points"), 0) AS "points", COUNT(*) AS "days" FROM "Activity"
        WHERE "workspaceId" = ? AND "board" = ? AND "learnerId" = ?
          ${bounds === undefined ? '' : 'AND "studyDay" >= ? AND "studyDay" < ?'}`,
      [this.workspaceId, this.board, learner, ...(bounds === undefined ? [] : [bounds.first, bounds.next])],
    );
    return { points: sums?.[0] ?? 0, days: sums?.[1] ?? 0 };
  }

  /** The ranks that these points stand for. */
  async ranks(now: readonly number[], before: readonly number[]): Promise<Ranks> {
    const then = this.#kind === 'week' ? this.#lastWeek() : this.span;
    const left = this.#kind === 'week' ? [] : this.#weeks();
    const above = [
      aboveSql(true, now, [[NOW, this.span, '+']]),
      aboveSql(false, before, [[NOW, then, '+'], ...left.map((week): Counts => [week, this.span, '-'])]),
    ];
    const rows = await this.sql.query(
      Above,
      above.map(({ sql }) => sql).join(' UNION ALL '),
      above.flatMap(({ values }) => values(this.workspaceId, this.board)),
    );
    const found = new Map(rows.map(([isNow, points, learners]) => [`${isNow} ${points}`, learners]));
    const learnersAbove = (isNow: boolean, points: number) => found.get(`${isNow} ${points}`) ?? 0;
    return {
      now: (points) => 1 + learnersAbove(true, points),
      before: (points) => 1 + learnersAbove(false, points),
      learners: learnersAbove(true, 0),
      learnersBefore: learnersAbove(false, 0),
    };
  }

  #scores(where: string, values: readonly SqlValue[]): Promise<readonly Score[]> {
    const weeks = this.#kind === 'week' ? [this.#lastWeek()] : this.#weeks();
    // One week at a time: for several SQLite would rather read the whole board than look up one learner.
    const earned = weeks.map(
      () => `COALESCE((SELECT w."points" FROM "Score" w WHERE w."workspaceId" = s."workspaceId"
        AND w."board" = s."board" AND w."span" = ? AND w."learnerId" = s."learnerId"), 0)`,
    );
    return this.sql.query(
      ScoreRow,
      `SELECT "learnerId", "points", "days", ${NAME},
          ${this.#kind === 'week' ? earned : ['"points"', ...earned].join(' - ')} AS "before"
        FROM "Score" s WHERE ${ON_BOARD} ${where}`,
      [...weeks, this.workspaceId, this.board, this.span, ...values],
    );
  }

  #lastWeek(): SpanKey {
    return spanKey('week', addDays(this.#day, -7));
  }

  /** This week and the next, as far as they are of the span. */
  #weeks(): readonly SpanKey[] {
    const next = addDays(this.#day, 7);
    const weeks = [spanKey('week', this.#day)];
    return spanKey(this.#kind, next) === this.span ? [...weeks, spanKey('week', next)] : weeks;
  }
}

/** Counts of a span, as they are or as a week changed them, and whether they are added. */
type Counts = readonly [week: string, span: SpanKey, sign: '+' | '-'];

/** How many learners have more than each of these points and more than 0, in which there are all. */
function aboveSql(isNow: boolean, points: readonly number[], counts: readonly Counts[]) {
  const wanted = [...new Set([0, ...points])];
  const sums: string[] = [];
  const keys: (readonly [week: string, span: string])[] = [];
  for (const [week, span, sign] of counts) {
    for (const [index, step] of STEPS.entries()) {
      const next = STEPS[index + 1];
      // Up to where the wider step begins.
      const end = next === undefined ? '' : `AND c."points" < (v."points" / ${next} + 1) * ${next / step}`;
      sums.push(`${sign} (SELECT COALESCE(SUM(c."learners"), 0) FROM "ScoreCount" c WHERE c."workspaceId" = ?
        AND c."board" = ? AND c."week" = ? AND c."span" = ? AND c."points" > v."points" / ${step} ${end})`);
      keys.push([week, inSteps(span, step)]);
    }
  }
  return {
    sql: `SELECT ${isNow ? 1 : 0} AS "now", v."points", 0 ${sums.join(' ')} AS "above"
      FROM (SELECT ${wanted.map(() => 'CAST(? AS INTEGER) AS "points"').join(' UNION ALL SELECT ')}) v`,
    values: (workspaceId: string, board: string): SqlValue[] => [
      ...keys.flatMap(([week, span]) => [workspaceId, board, week, span]),
      ...wanted,
    ],
  };
}

const NAME = `(SELECT a."name" FROM "Account" a WHERE a."learnerId" = s."learnerId"
  AND a."workspaceId" = s."workspaceId" ORDER BY a."createdAt" LIMIT 1) AS "name"`;
