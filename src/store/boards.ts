import type { StudyDay } from '../learning/model.js';
import { type Activity, type Span, spanKey } from '../learning/points.js';
import { parseStudyDay } from '../learning/studyday.js';
import { WHOLE } from './activity.js';
import { Board, type Ranks, type Score } from './board.js';
import { type BoardChoices, boardChoicesIn } from './board-choices.js';
import type { Database } from './database.js';
import { rebuildScores } from './rebuild-scores.js';
import { isShown } from './scores.js';
import type { Statements } from './sql.js';
import type { LearnerId, WorkspaceKey } from './store.js';
import { type TeamPlace, teamPlaces } from './team-board.js';
import type { WorkspaceIds } from './workspaces.js';

/** One leaderboard as a learner sees it. */
export interface BoardKey {
  readonly workspace: WorkspaceKey;
  /** The channel whose daily quiz counts; undefined for all that is done in the workspace. */
  readonly channel: string | undefined;
  readonly span: Span;
  /** A day of the span. */
  readonly day: StudyDay;
}

/** A learner on a leaderboard. Equal points are one rank. */
export interface Place {
  readonly learner: LearnerId;
  /** As the workspace knows them; untrusted. */
  readonly name: string;
  readonly rank: number;
  readonly points: number;
  readonly days: number;
  /**
   * Ranks gained since the end of last week, negative for lost; new for who had none then. Undefined where nobody had
   * one: on the first week of a season or of a board.
   */
  readonly climbed: number | 'new' | undefined;
}

/** Where a page begins: beside a place, which is not on it. A place stays true while others move. */
export interface Turn {
  readonly to: 'down' | 'up';
  readonly points: number;
  readonly learner: LearnerId;
}

export interface BoardPage {
  readonly places: readonly Place[];
  /** How many learners the board has. */
  readonly learners: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** A learner's own place. */
export interface Standing {
  readonly shown: boolean;
  readonly points: number;
  readonly days: number;
  /** Undefined without points. */
  readonly rank: number | undefined;
  readonly learners: number;
  /** Two above, the learner, two below; empty for who is hidden. */
  readonly near: readonly Place[];
}

export interface EarnedDay {
  readonly day: StudyDay;
  readonly activity: Activity;
  readonly points: number;
}

/** Leaderboards, read from scores that are kept as they are earned. */
export interface Boards extends BoardChoices {
  /** The first page without a turn. */
  page(board: BoardKey, turn: Turn | undefined, take: number): Promise<BoardPage>;
  standing(board: BoardKey, learner: LearnerId): Promise<Standing>;
  /** Teams by the mean of those of their members who have points in the span and are shown, the best first. */
  teams(board: Omit<BoardKey, 'channel'>): Promise<readonly TeamPlace[]>;
  /** A learner's days in a workspace from one on, in order. */
  days(workspace: WorkspaceKey, learner: LearnerId, from: StudyDay): Promise<readonly EarnedDay[]>;
  /** Reckons days from the log and scores from days again and compares; with `apply`, writes what differs. */
  rebuild(apply: boolean, now: Date): Promise<{ readonly scores: number; readonly mismatches: number }>;
}

const NEIGHBOURS = 2;

/** Leaderboards of a database. */
export function boardsIn(database: Database, workspaces: WorkspaceIds): Boards {
  const reading = <T>(work: (sql: Statements) => Promise<T>) => database.look(work);
  const idOf = (workspace: WorkspaceKey) => reading((sql) => workspaces.of(sql, workspace));
  return {
    ...boardChoicesIn(database, workspaces),
    rebuild: (apply, now) => rebuildScores(database, apply, now),
    async page(board, turn, take) {
      const workspaceId = await idOf(board.workspace);
      if (workspaceId === undefined) return { places: [], learners: 0, isFirst: true, isLast: true };
      return reading((sql) => page(new Board(sql, workspaceId, board), turn, take));
    },
    async standing(board, learner) {
      const workspaceId = await idOf(board.workspace);
      if (workspaceId === undefined) throw new Error('The learner has not signed in to the workspace.');
      return reading((sql) => standing(new Board(sql, workspaceId, board), learner));
    },
    async teams({ workspace, span, day }) {
      const workspaceId = await idOf(workspace);
      if (workspaceId === undefined) return [];
      return reading((sql) => teamPlaces(sql, workspaceId, spanKey(span, day)));
    },
    days: async (workspace, learner, from) => {
      const workspaceId = await idOf(workspace);
      if (workspaceId === undefined) return [];
      const rows = await database.read((client) =>
        client.activity.findMany({
          where: { workspaceId, board: WHOLE, learnerId: learner, studyDay: { gte: from } },
          orderBy: { studyDay: 'asc' },
        }),
      );
      return rows.map(({ studyDay, points, due, recalled, quizzes, right }) => ({
        day: parseStudyDay(studyDay),
        points,
        activity: { due, recalled, quizzes, right },
      }));
    },
  };
}

async function page(board: Board, turn: Turn | undefined, take: number): Promise<BoardPage> {
  const found = await board.slice(turn, take + 1);
  const more = found.length > take;
  // A page that begins above the top is the first one.
  if (turn?.to === 'up' && !more) return page(board, undefined, take);
  const scores = turn?.to === 'up' ? found.slice(0, take).reverse() : found.slice(0, take);
  const { places, learners } = await placed(board, scores);
  const up = turn?.to === 'up';
  return { places, learners, isFirst: turn === undefined, isLast: !up && !more };
}

async function placed(board: Board, scores: readonly Score[]) {
  const ranks = await board.ranks(
    scores.map(({ points }) => points),
    scores.map(({ before }) => before),
  );
  const places = scores.map(({ before, ...score }): Place => {
    const rank = ranks.now(score.points);
    return { ...score, rank, climbed: climbed(ranks, before, rank) };
  });
  return { places, learners: ranks.learners, rankOf: ranks.now };
}

function climbed(ranks: Ranks, before: number, rank: number): Place['climbed'] {
  if (ranks.learnersBefore === 0) return undefined;
  return before > 0 ? ranks.before(before) - rank : 'new';
}

async function standing(board: Board, learner: LearnerId): Promise<Standing> {
  const own = await board.own(learner);
  if (own === undefined) {
    const shown = await isShown(board.sql, { workspaceId: board.workspaceId, learnerId: learner });
    const { points, days } = await board.sums(learner);
    const ranks = await board.ranks([points], []);
    const rank = points > 0 ? ranks.now(points) : undefined;
    return { shown, points, days, rank, learners: ranks.learners, near: [] };
  }
  const beside = { points: own.points, learner };
  const [above, below] = await Promise.all([
    board.slice({ to: 'up', ...beside }, NEIGHBOURS),
    board.slice({ to: 'down', ...beside }, NEIGHBOURS),
  ]);
  const { places, learners, rankOf } = await placed(board, [...[...above].reverse(), own, ...below]);
  const { points, days } = own;
  return { shown: true, points, days, rank: rankOf(points), learners, near: places };
}
