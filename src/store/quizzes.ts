import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { StudyDay } from '../learning/model.js';
import { parseStudyDay } from '../learning/studyday.js';
import { CardId, type Question } from '../notes/model.js';
import { placesOf, type QuizRow, quizzesAt } from './channel-rows.js';
import { ClientSql } from './client-sql.js';
import type { Database } from './database.js';
import { type AnswerLog, answersIn } from './quiz-answers.js';
import {
  type ChannelKey,
  channelsIn,
  type PlacesQuery,
  type Schedule,
  type ScheduleId,
  toSchedule,
} from './schedules.js';
import { type SqlValue, type Statements, storable } from './sql.js';
import { QuizId, type WorkspaceKey } from './store.js';
import type { WorkspaceIds } from './workspaces.js';

/** A question as it is shown in a channel. */
export interface AskedQuestion {
  readonly question: Question;
  /** Hash of the card's text that it was made from. */
  readonly version: string;
}

/** A question about to be claimed for a channel. */
export interface QuizDraft {
  /** Names it: the same key is the same quiz. */
  readonly key: string;
  /** Counts the questions of one day from 0. */
  readonly position: number;
  readonly asked: AskedQuestion;
  readonly closesAt: Date;
  /** How many minutes after its time it is posted; undefined where it is in time. */
  readonly lateMinutes: number | undefined;
}

/** What a platform calls a message that it took, and the thread below it. */
export interface PostedMessage {
  readonly message: string;
  readonly thread: string | undefined;
}

/** A question posted in a channel for one day, or about to be. */
export interface Quiz {
  readonly id: QuizId;
  readonly place: ChannelKey;
  readonly schedule: Schedule | undefined;
  /** In the schedule's zone. */
  readonly date: StudyDay;
  readonly position: number;
  readonly asked: AskedQuestion;
  readonly status: 'claimed' | 'posted' | 'closed' | 'given-up';
  /** What the platform calls the message, once it is posted. */
  readonly posted: PostedMessage | undefined;
  /** How often the platform was asked to post it or, once it is posted, to reveal it. */
  readonly attempts: number;
  readonly lateMinutes: number | undefined;
  readonly claimedAt: Date;
  readonly closesAt: Date;
}

/** When a card was last asked in a channel. */
export interface AskedBefore {
  readonly card: CardId;
  readonly at: Date;
}

/** Daily quizzes from claim to reveal, so that each is posted once whatever breaks in between. */
export interface Quizzes extends AnswerLog {
  /**
   * Takes a date of a channel before anything is sent: of several processes one gets it, and a date that has its
   * questions gets no more. Also moves the schedule on to `next`, where that is given. Returns how many of the questions
   * are new.
   */
  claim(
    schedule: Schedule,
    date: StudyDay,
    drafts: readonly QuizDraft[],
    next: Date | undefined,
    now: Date,
  ): Promise<number>;
  /** Channels with a quiz to send, or to reveal. */
  waitingPlaces(query: PlacesQuery): Promise<readonly ChannelKey[]>;
  /** The quizzes of a channel that are to be sent or revealed, in their order. */
  waiting(place: ChannelKey, now: Date): Promise<readonly Quiz[]>;
  /** Begins a try; nobody else begins one before `until`. False where another process has it. */
  take(quiz: Quiz, until: Date): Promise<boolean>;
  posted(id: QuizId, posted: PostedMessage, lateMinutes: number | undefined, now: Date): Promise<void>;
  /** After the reveal, or where it cannot be shown any more. */
  close(id: QuizId, now: Date): Promise<void>;
  /** Will not be sent any more. */
  giveUp(id: QuizId): Promise<void>;
  /** Brings to now each next try that is after `latest`: a clock may have been wrong. */
  realign(now: Date, latest: Date): Promise<void>;
  /** A quiz of a workspace; ids of others are unknown there. */
  find(workspace: WorkspaceKey, id: QuizId): Promise<Quiz | undefined>;
  /** A quiz that takes answers or waits for its reveal. */
  findPosted(id: QuizId): Promise<Quiz | undefined>;
  /** How many questions of a date the channel has had, whatever became of them. */
  countOn(place: ChannelKey, date: StudyDay): Promise<number>;
  /** When each card was last asked in the channel. */
  askedBefore(place: ChannelKey): Promise<readonly AskedBefore[]>;
}

/** Answers given in the last moment are still being written when a quiz closes. */
const GRACE_MS = 3000;

const withAll = { include: { workspace: true, schedule: { include: { workspace: true } } } } as const;

const INSERT = `INSERT INTO "Quiz" ("id", "scheduleId", "workspaceId", "channel", "localDate", "position", "cardId",
    "question", "status", "attempts", "nextTryAt", "lateMinutes", "claimedAt", "closesAt")
  SELECT ?, s."id", s."workspaceId", s."channel", ?, ?, ?, ?, 'claimed', 0, ?, ?, ?, ? FROM "Schedule" s WHERE s."id" = ?
  ON CONFLICT DO NOTHING`;

/** The quizzes of one database. */
export function quizzesIn(database: Database, workspaces: WorkspaceIds): Quizzes {
  const keyOf = channelsIn(database, workspaces);
  const toDo = (now: Date) => ({
    where: `(t."status" = 'claimed' AND t."nextTryAt" <= ? OR t."status" = 'posted' AND t."closesAt" <= ?
      AND (t."nextTryAt" IS NULL OR t."nextTryAt" <= ?))`,
    values: [now, new Date(now.getTime() - GRACE_MS), now],
  });
  // By hand, since many channels may have their quiz in the same minute.
  const change = (sql: string, values: readonly SqlValue[]) =>
    database.write((tx) => tx.execute(`UPDATE "Quiz" SET ${sql}`, values));
  return {
    ...answersIn(database, workspaces),
    claim: (schedule, date, drafts, next, now) =>
      database.write(async (sql) => {
        let made = 0;
        for (const { key, position, asked, closesAt, lateMinutes } of drafts) {
          const isNew = await sql.execute(INSERT, [
            quizId(key),
            date,
            position,
            asked.question.card,
            storable(JSON.stringify(asked)),
            now,
            lateMinutes ?? null,
            now,
            closesAt,
            schedule.id,
          ]);
          if (isNew === 0) break;
          made += isNew;
        }
        if (next !== undefined) await moveOn(sql, schedule.id, schedule.nextRunAt, next);
        return made;
      }),
    waitingPlaces: (query) =>
      database.read((client) => placesOf(new ClientSql(client), 'Quiz', query, toDo(query.now))),
    async waiting(place, now) {
      const key = await keyOf(place);
      const rows = await database.read((client) => quizzesAt(new ClientSql(client), key, toDo(now)));
      return rows.map(toQuiz);
    },
    async take({ id, status, attempts }, until) {
      const sql = '"attempts" = ?, "nextTryAt" = ? WHERE "id" = ? AND "status" = ? AND "attempts" = ?';
      return (await change(sql, [attempts + 1, until, id, status, attempts])) > 0;
    },
    async posted(id, posted, lateMinutes, now) {
      await change(
        `"status" = 'posted', "messageId" = ?, "threadId" = ?, "attempts" = 0, "nextTryAt" = NULL, "lateMinutes" = ?,
          "postedAt" = ? WHERE "id" = ? AND "status" = 'claimed'`,
        [posted.message, posted.thread ?? null, lateMinutes ?? null, now, id],
      );
    },
    async close(id, now) {
      const sql = `"status" = 'closed', "closedAt" = ?, "nextTryAt" = NULL WHERE "id" = ? AND "status" = 'posted'`;
      await change(sql, [now, id]);
    },
    async giveUp(id) {
      await change(`"status" = 'given-up', "nextTryAt" = NULL WHERE "id" = ? AND "status" = 'claimed'`, [id]);
    },
    async realign(now, latest) {
      await change(`"nextTryAt" = ? WHERE "status" IN ('claimed', 'posted') AND "nextTryAt" > ?`, [
        now,
        latest,
      ]);
    },
    async find({ platform, workspace }, id) {
      const row = await database.read((client) =>
        client.quiz.findFirst({
          where: { id, workspace: { platform, externalId: storable(workspace) } },
          ...withAll,
        }),
      );
      return row === null ? undefined : toQuiz(row);
    },
    async findPosted(id) {
      const row = await database.read((client) =>
        client.quiz.findFirst({ where: { id, status: 'posted' }, ...withAll }),
      );
      return row === null ? undefined : toQuiz(row);
    },
    async countOn(place, date) {
      const key = await keyOf(place);
      return database.read((client) => client.quiz.count({ where: { ...key, localDate: date } }));
    },
    async askedBefore(place) {
      const key = await keyOf(place);
      const rows = await database.read((client) =>
        client.quiz.groupBy({ by: ['cardId'], where: key, _max: { claimedAt: true } }),
      );
      return rows.flatMap(({ cardId, _max: { claimedAt } }) =>
        claimedAt === null ? [] : [{ card: CardId.parse(cardId), at: claimedAt }],
      );
    },
  };
}

/** The id of what was claimed by a key: short enough for a button, and for a platform to find its message again. */
export function quizId(key: string): QuizId {
  return QuizId.parse(createHash('sha256').update(key).digest('base64url').slice(0, 16));
}

/** Moves a schedule on, unless it was changed meanwhile. */
async function moveOn(sql: Statements, id: ScheduleId, from: Date, to: Date): Promise<void> {
  await sql.execute('UPDATE "Schedule" SET "nextRunAt" = ? WHERE "id" = ? AND "nextRunAt" = ?', [
    to,
    id,
    from,
  ]);
}

const Asked: z.ZodType<AskedQuestion> = z.object({
  version: z.string(),
  question: z.object({
    id: z.string(),
    card: CardId,
    form: z.enum(['choice', 'typed', 'order', 'match']),
    stem: z.string(),
    options: z.array(z.string()),
    answer: z.string(),
    accepted: z.array(z.string()),
    explanation: z.string(),
    source: z.object({ note: z.string(), line: z.int(), endLine: z.int() }),
  }),
});
const Status = z.enum(['claimed', 'posted', 'closed', 'given-up']);

function toQuiz(row: QuizRow): Quiz {
  const { messageId, threadId, channel, workspace, position, attempts, claimedAt, closesAt } = row;
  return {
    id: QuizId.parse(row.id),
    place: { platform: workspace.platform, workspace: workspace.externalId, channel },
    schedule: row.schedule === null ? undefined : toSchedule(row.schedule),
    date: parseStudyDay(row.localDate),
    position,
    asked: Asked.parse(JSON.parse(row.question)),
    status: Status.parse(row.status),
    posted: messageId === null ? undefined : { message: messageId, thread: threadId ?? undefined },
    attempts,
    lateMinutes: row.lateMinutes ?? undefined,
    claimedAt,
    closesAt,
  };
}
