import { z } from 'zod';
import type { MemoryState } from '../learning/model.js';
import { CardId } from '../notes/model.js';
import type { Database } from './database.js';
import { fromColumns } from './memory.js';
import { type ChannelKey, channelsIn } from './schedules.js';
import { LearnerId, QuizId, type WorkspaceKey } from './store.js';
import type { WorkspaceIds } from './workspaces.js';

/** A learner's first answer to a quiz. */
export interface QuizAnswer {
  readonly learner: LearnerId;
  /** As the quiz's workspace knows them. */
  readonly name: string;
  /** False for who does not want to be named on leaderboards: then nobody reads the name elsewhere either. */
  readonly named: boolean;
  /** Index of the option. */
  readonly choice: number;
  readonly correct: boolean;
  readonly at: Date;
  /** Seq of the review that was written with it. */
  readonly seq: number;
}

/** A quiz that takes answers, as one learner sees it. */
export interface OpenQuiz {
  readonly id: QuizId;
  readonly channel: string;
  readonly closesAt: Date;
  /** What the learner answered first; undefined where nothing yet. */
  readonly answer: 'right' | 'wrong' | undefined;
}

/** Quizzes of a workspace that take answers. */
export interface OpenQuizzes {
  /** Of channels where the learner answers. */
  readonly own: readonly OpenQuiz[];
  /** One of each other channel. */
  readonly others: readonly OpenQuiz[];
}

/** A learner's memory of a card. */
export interface KnownCard {
  readonly learner: LearnerId;
  readonly card: CardId;
  readonly state: MemoryState;
}

/** What learners answered in quizzes; an answer is written with its review, see Reviews.record. */
export interface AnswerLog {
  /** First answers, the earliest first. */
  answers(id: QuizId): Promise<readonly QuizAnswer[]>;
  answerOf(
    id: QuizId,
    learner: LearnerId,
  ): Promise<Pick<QuizAnswer, 'choice' | 'correct' | 'seq'> | undefined>;
  /** How many have answered each quiz that is open; those that nobody has answered are left out. */
  answeredCounts(platforms: readonly string[]): Promise<ReadonlyMap<QuizId, number>>;
  /** Who answered in the channel since then, the latest first. */
  participants(place: ChannelKey, since: Date, limit: number): Promise<readonly LearnerId[]>;
  /** What the learner may answer now, the first to close first; a channel is theirs where they answered since then. */
  openFor(
    workspace: WorkspaceKey,
    learner: LearnerId,
    moment: { readonly now: Date; readonly since: Date; readonly most: number },
  ): Promise<OpenQuizzes>;
  /** Every card in the memory of these learners. */
  knownBy(learners: readonly LearnerId[]): Promise<readonly KnownCard[]>;
}

const Choice = z.coerce.number().int().nonnegative();
const Row = z.object({ choice: Choice, correct: z.boolean().nullable() });

/** The answers of one database. */
export function answersIn(database: Database, workspaces: WorkspaceIds): AnswerLog {
  const keyOf = channelsIn(database, workspaces);
  return {
    async answers(id) {
      const [quiz, rows] = await Promise.all([
        database.read((client) => client.quiz.findUnique({ where: { id }, select: { workspace: true } })),
        database.read((client) =>
          client.answer.findMany({
            where: { quizId: id },
            orderBy: [{ at: 'asc' }, { learnerId: 'asc' }],
            include: { learner: { include: { accounts: true } } },
          }),
        ),
      ]);
      return rows.map(({ learner, at, seq, ...row }) => {
        const { choice, correct } = Row.parse(row);
        const account = learner.accounts.find(({ workspaceId }) => workspaceId === quiz?.workspace.id);
        const named = account?.board === 'shown' || (!account?.board && quiz?.workspace.boards === 'opt-out');
        return {
          learner: LearnerId.parse(learner.id),
          name: account?.name ?? learner.name,
          named,
          choice,
          correct: correct === true,
          at,
          seq,
        };
      });
    },
    async answerOf(id, learner) {
      const row = await database.read((client) =>
        client.answer.findUnique({ where: { quizId_learnerId: { quizId: id, learnerId: learner } } }),
      );
      if (row === null) return undefined;
      const { choice, correct } = Row.parse(row);
      return { choice, correct: correct === true, seq: row.seq };
    },
    async answeredCounts(platforms) {
      const rows = await database.read((client) =>
        client.answer.groupBy({
          by: ['quizId'],
          where: { quiz: { status: 'posted', workspace: { platform: { in: [...platforms] } } } },
          _count: { learnerId: true },
        }),
      );
      return new Map(rows.map(({ quizId, _count }) => [QuizId.parse(quizId), _count.learnerId]));
    },
    async participants(place, since, limit) {
      const key = await keyOf(place);
      const rows = await database.read((client) =>
        client.answer.groupBy({
          by: ['learnerId'],
          where: { at: { gte: since }, quiz: key },
          _max: { at: true },
          orderBy: { _max: { at: 'desc' } },
          take: limit,
        }),
      );
      return rows.map(({ learnerId }) => LearnerId.parse(learnerId));
    },
    async openFor({ platform, workspace }, learner, { now, since, most }) {
      const { workspaceId } = await keyOf({ platform, workspace, channel: '' });
      const asked = await database.read((client) =>
        client.answer.findMany({
          where: { learnerId: learner, at: { gte: since }, quiz: { workspaceId } },
          select: { quiz: { select: { channel: true } } },
        }),
      );
      const own = [...new Set(asked.map(({ quiz: { channel } }) => channel))];
      const openIn = async (channel: { in: string[] } | { notIn: string[] }, once: boolean) => {
        const rows = await database.read((client) =>
          client.quiz.findMany({
            where: { workspaceId, channel, status: 'posted', closesAt: { gt: now } },
            orderBy: [{ closesAt: 'asc' }, { channel: 'asc' }, { position: 'asc' }],
            ...(once && { distinct: ['channel'] as const }),
            select: {
              id: true,
              channel: true,
              closesAt: true,
              answers: { where: { learnerId: learner }, select: { correct: true } },
            },
            take: most,
          }),
        );
        return rows.map(({ id, answers: [given], ...row }) => ({
          ...row,
          id: QuizId.parse(id),
          answer: given && (given.correct ? ('right' as const) : ('wrong' as const)),
        }));
      };
      return { own: await openIn({ in: own }, false), others: await openIn({ notIn: own }, true) };
    },
    async knownBy(learners) {
      if (learners.length === 0) return [];
      const rows = await database.read((client) =>
        client.memoryState.findMany({ where: { learnerId: { in: [...learners] }, phase: { not: null } } }),
      );
      return rows.flatMap((row) => {
        const state = fromColumns(row);
        if (state === undefined) return [];
        return [{ learner: LearnerId.parse(row.learnerId), card: CardId.parse(row.cardId), state }];
      });
    },
  };
}
