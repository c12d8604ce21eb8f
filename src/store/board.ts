import { z } from 'zod';
import type { StudyDay } from '../learning/model.js';
import { type Span, spanKey } from '../learning/points.js';
import { addDays } from '../learning/studyday.js';
import { WHOLE } from './activity.js';
import type { BoardKey, Turn } from './boards.js';
import { BUCKET, bucketOf, coarse } from './scores.js';
import type { SqlValue, Statements } from './sql.js';
import { LearnerId } from './store.js';

/** On larger boards movement over a season or all time is not reckoned: it takes a look at every score. */
const MOST_COMPARED = 2000;

/** What a board's row says. */
export interface Score {
  readonly learner: LearnerId;
  readonly points: number;
  readonly days: number;
  readonly name: string;
}

const ScoreRow = z
  .tuple([LearnerId, z.number(), z.number(), z.string().nullable()])
  .transform(([learner, points, days, name]): Score => ({ learner, points, days, name: name ?? '' }));
const Sums = z.tuple([z.coerce.number(), z.coerce.number()]);
const Numbers = z.array(z.coerce.number());
const Before = z.tuple([LearnerId, z.coerce.number()]);

const ON_BOARD = '"workspaceId" = ? AND "board" = ? AND "span" = ?';

/** The statements about one board. */
export class Board {
  readonly board: string;
  readonly span: string;
  readonly day: StudyDay;
  readonly kind: Span;

  constructor(
    readonly sql: Statements,
    readonly workspaceId: string,
    { channel, span, day }: BoardKey,
  ) {
    this.board = channel ?? WHOLE;
    this.span = spanKey(span, day);
    this.kind = span;
    this.day = day;
  }

  /** From the top, or from beside a place on in one direction; the nearest first. */
  slice(turn: Turn | undefined, take: number): Promise<readonly Score[]> {
    const up = turn?.to === 'up';
    const beside = turn === undefined ? '' : `AND ("points", "learnerId") ${up ? '>' : '<'} (?, ?)`;
    const order = up ? 'ASC' : 'DESC';
    return this.sql.query(
      ScoreRow,
      `SELECT "learnerId", "points", "days", ${NAME} FROM "Score" s
        WHERE ${ON_BOARD} ${beside} ORDER BY "points" ${order}, "learnerId" ${order} LIMIT ?`,
      [...this.key(), ...(turn === undefined ? [] : [turn.points, turn.learner]), take],
    );
  }

  async own(learner: LearnerId): Promise<Score | undefined> {
    const [score] = await this.sql.query(
      ScoreRow,
      `SELECT "learnerId", "points", "days", ${NAME} FROM "Score" s WHERE ${ON_BOARD} AND "learnerId" = ?`,
      [...this.key(), learner],
    );
    return score;
  }

  /** What a learner's days come to, also of who is on no board. */
  async sums(learner: LearnerId): Promise<{ points: number; days: number }> {
    const since = this.kind === 'all' ? '' : this.span.slice(1);
    const [sums] = await this.sql.query(
      Sums,
      `SELECT COALESCE(SUM("points"), 0) AS "points", COUNT(*) AS "days" FROM "Activity"
        WHERE "workspaceId" = ? AND "board" = ? AND "learnerId" = ? AND "studyDay" >= ?`,
      [this.workspaceId, this.board, learner, since],
    );
    return { points: sums?.[0] ?? 0, days: sums?.[1] ?? 0 };
  }

  /** The ranks that points stand for, and how many learners there are. */
  async ranks(points: readonly number[]): Promise<{ of(points: number): number; learners: number }> {
    const wanted = [...new Set(points)];
    const above = wanted.map(
      (_, index) =>
        `, ${sumWhere('"points" > ?')} + ${sumWhere('"points" > ? AND "points" < ?')} AS "above${index}"`,
    );
    const [row] = await this.sql.query(
      Numbers,
      `SELECT ${sumWhere('"points" >= 0')} AS "all"${above.join('')}`,
      [
        ...this.coarseKey(),
        ...wanted.flatMap((value) => {
          const bucket = bucketOf(value);
          return [...this.coarseKey(), bucket, ...this.key(), value, (bucket + 1) * BUCKET];
        }),
      ],
    );
    const [learners = 0, ...numbers] = row ?? [];
    const ranks = new Map(wanted.map((value, index) => [value, 1 + (numbers[index] ?? 0)]));
    return { of: (value) => ranks.get(value) ?? 1, learners };
  }

  /** Ranks at the end of last week; of this week's board they are those of last week's. */
  async ranksBefore(learners: readonly LearnerId[], total: number): Promise<ReadonlyMap<LearnerId, number>> {
    const among = learners.map(() => '?').join(', ');
    if (this.kind === 'week') {
      const key = [this.workspaceId, this.board, spanKey('week', addDays(this.day, -7))];
      const rows = await this.sql.query(
        Before,
        `SELECT s."learnerId", 1 + (SELECT COALESCE(SUM(c."learners"), 0) FROM "ScoreCount" c
            WHERE c."workspaceId" = s."workspaceId" AND c."board" = s."board" AND c."span" = s."span"
              AND c."points" > s."points") AS "rank"
          FROM "Score" s WHERE ${ON_BOARD} AND "learnerId" IN (${among})`,
        [...key, ...learners],
      );
      return new Map(rows);
    }
    if (total > MOST_COMPARED) return new Map();
    const rows = await this.sql.query(
      Before,
      `SELECT "learnerId", "rank" FROM (
          SELECT s."learnerId", s."points" - COALESCE(w."points", 0) AS "points",
            RANK() OVER (ORDER BY s."points" - COALESCE(w."points", 0) DESC) AS "rank"
          FROM "Score" s LEFT JOIN "Score" w ON w."workspaceId" = s."workspaceId" AND w."board" = s."board"
            AND w."span" = ? AND w."learnerId" = s."learnerId"
          WHERE s."workspaceId" = ? AND s."board" = ? AND s."span" = ?) b
        WHERE "points" > 0 AND "learnerId" IN (${among})`,
      [spanKey('week', this.day), ...this.key(), ...learners],
    );
    return new Map(rows);
  }

  private coarseKey(): SqlValue[] {
    return [this.workspaceId, this.board, coarse(this.span)];
  }

  private key(): SqlValue[] {
    return [this.workspaceId, this.board, this.span];
  }
}

function sumWhere(condition: string): string {
  return `(SELECT COALESCE(SUM("learners"), 0) FROM "ScoreCount" WHERE ${ON_BOARD} AND ${condition})`;
}

const NAME = `(SELECT a."name" FROM "Account" a WHERE a."learnerId" = s."learnerId"
  AND a."workspaceId" = s."workspaceId" ORDER BY a."createdAt" LIMIT 1) AS "name"`;
