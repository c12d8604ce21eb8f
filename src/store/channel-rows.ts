import { z } from 'zod';
import type { QuizModel } from './generated/sqlite/models/Quiz.js';
import type { ScheduleModel } from './generated/sqlite/models/Schedule.js';
import type { WorkspaceModel } from './generated/sqlite/models/Workspace.js';
import type { ChannelKey, PlacesQuery } from './schedules.js';
import type { SqlValue, Statements } from './sql.js';

type Workspace = Pick<WorkspaceModel, 'platform' | 'externalId'>;

/** What a schedule is made from. */
export interface ScheduleRow extends Omit<ScheduleModel, 'workspaceId' | 'createdAt'> {
  readonly workspace: Workspace;
}

type Unread = 'scheduleId' | 'workspaceId' | 'cardId' | 'nextTryAt' | 'postedAt' | 'closedAt';

/** What a quiz is made from. */
export interface QuizRow extends Omit<QuizModel, Unread> {
  readonly workspace: Workspace;
  readonly schedule: ScheduleRow | null;
}

/** A channel by our own ids. */
interface Key {
  readonly workspaceId: string;
  readonly channel: string;
}

/** A condition on a table that is called `t`, with the values of its marks. */
interface Condition {
  readonly where: string;
  readonly values: readonly SqlValue[];
}

const PlaceRow = z
  .tuple([z.string(), z.string(), z.string()])
  .transform(([platform, workspace, channel]): ChannelKey => ({ platform, workspace, channel }));

/** The channels of rows for which a condition holds: of schedules the longest waiting first, of quizzes each once. */
export async function placesOf(
  sql: Statements,
  table: 'Schedule' | 'Quiz',
  { platform, limit, except }: PlacesQuery,
  { where, values }: Condition,
): Promise<readonly ChannelKey[]> {
  const others = except.length === 0 ? '' : `AND w."externalId" NOT IN (${except.map(() => '?').join(', ')})`;
  return sql.query(
    PlaceRow,
    `SELECT ${table === 'Quiz' ? 'DISTINCT' : ''} w."platform", w."externalId", t."channel"
      FROM "${table}" t JOIN "Workspace" w ON w."id" = t."workspaceId"
      WHERE ${where} AND w."platform" = ? ${others}
      ${table === 'Quiz' ? '' : 'ORDER BY t."nextRunAt"'} LIMIT ?`,
    [...values, platform, ...except, limit],
  );
}

// By names of its own where a quiz has a column of the same: a row by hand has each name once.
const SCHEDULE = `s."id" AS "scheduleId", s."channel" AS "scheduleChannel", s."timeZone", s."minute", s."weekdays",
  s."topic", s."difficulty", s."questions", s."openMinutes", s."skipDates", s."thread", s."status" AS "scheduleStatus",
  s."reason", s."nextRunAt", s."createdBy"`;
const ScheduleColumns = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.number(),
  z.string(),
  z.string().nullable(),
  z.string(),
  z.number(),
  z.number(),
  z.string(),
  z.coerce.boolean(),
  z.string(),
  z.string().nullable(),
  z.date(),
  z.string().nullable(),
]);

function readSchedule(columns: readonly unknown[], workspace: Workspace): ScheduleRow {
  const [id, channel, timeZone, minute, weekdays, topic, difficulty, questions, openMinutes, ...others] =
    ScheduleColumns.parse(columns);
  const [skipDates, thread, status, reason, nextRunAt, createdBy] = others;
  const asked = { topic, difficulty, questions, openMinutes, thread };
  const when = { timeZone, minute, weekdays, skipDates };
  return { id, workspace, channel, ...when, ...asked, status, reason, nextRunAt, createdBy };
}

const WORKSPACE = 'w."platform", w."externalId"';
const WorkspaceColumns = z
  .tuple([z.string(), z.string()])
  .transform(([platform, externalId]): Workspace => ({ platform, externalId }));

/** The schedule of a channel, in one statement. */
export async function scheduleAt(
  sql: Statements,
  { workspaceId, channel }: Key,
): Promise<ScheduleRow | undefined> {
  const [row] = await sql.query(
    z.array(z.unknown()),
    `SELECT ${WORKSPACE}, ${SCHEDULE} FROM "Schedule" s JOIN "Workspace" w ON w."id" = s."workspaceId"
      WHERE s."workspaceId" = ? AND s."channel" = ?`,
    [workspaceId, channel],
  );
  return row && readSchedule(row.slice(2), WorkspaceColumns.parse(row.slice(0, 2)));
}

const QUIZ = `t."id", t."channel", t."localDate", t."position", t."question", t."status", t."messageId", t."threadId",
  t."attempts", t."lateMinutes", t."claimedAt", t."closesAt"`;
const QuizColumns = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.number(),
  z.string(),
  z.string(),
  z.string().nullable(),
  z.string().nullable(),
  z.number(),
  z.number().nullable(),
  z.date(),
  z.date(),
]);
/** Columns of the workspace and of the quiz. */
const SCHEDULE_FROM = 14;

function readQuiz(row: readonly unknown[]): QuizRow {
  const workspace = WorkspaceColumns.parse(row.slice(0, 2));
  const [id, channel, localDate, position, question, status, messageId, threadId, attempts, ...others] =
    QuizColumns.parse(row.slice(2, SCHEDULE_FROM));
  const [lateMinutes, claimedAt, closesAt] = others;
  const schedule = row[SCHEDULE_FROM] === null ? null : readSchedule(row.slice(SCHEDULE_FROM), workspace);
  const post = { messageId, threadId, attempts, lateMinutes, claimedAt, closesAt };
  return { id, workspace, schedule, channel, localDate, position, question, status, ...post };
}

/** Quizzes of a channel for which a condition holds, with their schedules, in one statement. */
export async function quizzesAt(
  sql: Statements,
  { workspaceId, channel }: Key,
  { where, values }: Condition,
): Promise<readonly QuizRow[]> {
  const rows = await sql.query(
    z.array(z.unknown()),
    `SELECT ${WORKSPACE}, ${QUIZ}, ${SCHEDULE} FROM "Quiz" t JOIN "Workspace" w ON w."id" = t."workspaceId"
      LEFT JOIN "Schedule" s ON s."id" = t."scheduleId"
      WHERE t."workspaceId" = ? AND t."channel" = ? AND ${where} ORDER BY t."localDate", t."position"`,
    [workspaceId, channel, ...values],
  );
  return rows.map(readQuiz);
}
