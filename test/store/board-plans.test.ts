import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { studyDayOf } from '../../src/learning/studyday.js';
import { Board } from '../../src/store/board.js';
import { openStore } from '../../src/store/open.js';
import { addPoints, moveScores, scoreChanges } from '../../src/store/scores.js';
import { Sql, type SqlValue, type Statements } from '../../src/store/sql.js';
import { connectSqlite } from '../../src/store/sqlite.js';
import type { LearnerId } from '../../src/store/store.js';
import { teamPlaces } from '../../src/store/team-board.js';
import { CLOCK, card, draft, NOW } from './samples.js';

const DAY = studyDayOf(NOW, CLOCK);
const folder = mkdtempSync(join(tmpdir(), 'eks-plans-'));
let adapter: SqlDriverAdapter;
let learnerId: LearnerId;
let workspaceId: string;
beforeAll(async () => {
  const file = join(folder, 'store.db');
  const store = await openStore(`file:${file}`);
  await store.cards.sync([card('a', 0)], NOW);
  learnerId = (await store.learners.signIn({ platform: 'web', workspace: 'local', user: 'ada' }, 'Ada', NOW))
    .id;
  await store.reviews.record(draft(learnerId, 'a', 0));
  await store.close();
  adapter = await connectSqlite(file, 1000);
  const Id = z.tuple([z.string()]);
  workspaceId = (await new Sql(adapter).query(Id, 'SELECT "id" FROM "Workspace"', []))[0]?.[0] ?? '';
});
afterAll(async () => {
  await adapter.dispose();
  rmSync(folder, { recursive: true, force: true });
});

// Without statistics, which the store never gathers, SQLite plans the same for one learner as for a million.
const NARROW = [
  /\blearnerId=\?/,
  // A page, in the order of the index.
  /^SEARCH s USING INDEX Score_workspaceId_board_span_points_learnerId_idx \(workspaceId=\? AND board=\? AND span=\?/,
  // Counts by points, and figures by team.
  /^SEARCH (c|ScoreCount) USING PRIMARY KEY .*\bspan=\? AND points[=<>]/,
  /^SEARCH s USING PRIMARY KEY .*\bteamId=\?/,
  // What past weeks changed, of which a sweep takes a few.
  /^SEARCH ScoreCount .*\bweek>\? AND week<\?/,
  // The teams of a workspace, 50 at most.
  /^SEARCH t USING INDEX Team_workspaceId_name_key \(workspaceId=\?\)/,
  // The values of the statement itself.
  /^SCAN (v|CONSTANT ROW|\d+-ROW VALUES CLAUSE)$/,
];

/** Runs statements, and keeps how SQLite finds the rows of each table. */
class Planned implements Statements {
  readonly #steps: string[] = [];
  readonly #sql = new Sql(adapter);

  async query<T>(row: z.ZodType<T>, sql: string, values: readonly SqlValue[]): Promise<readonly T[]> {
    await this.#explain(sql, values);
    return this.#sql.query(row, sql, values);
  }

  async execute(sql: string, values: readonly SqlValue[]): Promise<number> {
    await this.#explain(sql, values);
    return this.#sql.execute(sql, values);
  }

  /** The steps that look at more rows the more learners a workspace has. */
  wide(): readonly string[] {
    const looks = this.#steps.filter((step) => /^(SCAN|SEARCH) /.test(step));
    expect(looks).not.toEqual([]);
    return looks.filter((step) => !NARROW.some((narrow) => narrow.test(step)));
  }

  async #explain(sql: string, values: readonly SqlValue[]): Promise<void> {
    const steps = await this.#sql.query(Step, `EXPLAIN QUERY PLAN ${sql}`, values);
    this.#steps.push(...steps.map(([, , , detail]) => detail));
  }
}

const Step = z.tuple([z.number(), z.number(), z.number(), z.string()]);
const earned = (points: number, days: number) => scoreChanges([{ board: '', studyDay: DAY, points, days }]);

describe('on SQLite, however many learners a workspace has, none of them is looked through', () => {
  let sql: Planned;
  beforeEach(() => {
    sql = new Planned();
  });
  const member = () => ({ workspaceId, learnerId });

  // For two weeks at once SQLite read the whole board.
  it.each(['week', 'season', 'all'] as const)('to draw a page of a board of %s', async (span) => {
    const workspace = { platform: 'web', workspace: 'local' };
    const board = new Board(sql, workspaceId, { workspace, channel: undefined, span, day: DAY });
    await board.slice(undefined, 11);
    await board.slice({ to: 'down', points: 10, learner: learnerId }, 11);
    await board.slice({ to: 'up', points: 10, learner: learnerId }, 11);
    expect(await board.own(learnerId)).toMatchObject({ points: 10 });
    await board.sums(learnerId);
    await board.ranks([10, 20, 30], [0, 10]);
    await teamPlaces(sql, workspaceId, board.span);
    expect(sql.wide()).toEqual([]);
  });

  // For a learner's weeks SQLite read the whole workspace.
  it('to begin a day, or to add to it', async () => {
    await moveScores(sql, member(), earned(10, 1), NOW);
    await addPoints(sql, member(), '', DAY, 5, NOW);
    expect(sql.wide()).toEqual([]);
  });

  // For a learner's places without points SQLite read the whole workspace.
  it('to take a place away', async () => {
    await moveScores(sql, member(), earned(-10, -1), NOW);
    expect(sql.wide()).toEqual([]);
  });
});
