import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { StudyDay } from '../learning/model.js';
import { isStudyDay } from '../learning/studyday.js';
import { nextRun, type Timetable } from '../learning/timetable.js';
import { placesOf, type ScheduleRow, scheduleAt } from './channel-rows.js';
import { ClientSql } from './client-sql.js';
import type { Database } from './database.js';
import { storable } from './sql.js';
import type { WorkspaceKey } from './store.js';
import type { WorkspaceIds } from './workspaces.js';

export const ScheduleId = z.string().min(1).brand<'ScheduleId'>();
export type ScheduleId = z.infer<typeof ScheduleId>;

/** A channel in the platform's own opaque ids. */
export interface ChannelKey extends WorkspaceKey {
  readonly channel: string;
}

export const Difficulty = z.enum(['mixed', 'easy', 'hard']);
export type Difficulty = z.infer<typeof Difficulty>;

/** What an admin chooses for a channel's daily quiz. */
export interface Plan {
  readonly timetable: Timetable;
  /** Topic or concept as it was typed; undefined for all notes. */
  readonly topic: string | undefined;
  readonly difficulty: Difficulty;
  /** How many questions are posted together. */
  readonly questions: number;
  /** How long answers count, in minutes. */
  readonly openMinutes: number;
  /** Whether each question gets a thread for discussion. */
  readonly thread: boolean;
}

/** When a channel gets its daily quiz. */
export interface Schedule {
  readonly id: ScheduleId;
  readonly place: ChannelKey;
  readonly plan: Plan;
  readonly status: 'on' | 'paused' | 'off';
  /** Why it was paused, where nobody asked for that. */
  readonly reason: string | undefined;
  readonly nextRunAt: Date;
  /** The platform's id of who set it up. */
  readonly createdBy: string | undefined;
}

/** Some of the channels of a platform that have something to do. */
export interface PlacesQuery {
  readonly platform: string;
  readonly now: Date;
  readonly limit: number;
  /** Workspaces whose channels are left out. */
  readonly except: readonly string[];
}

/** When and where daily quizzes are posted. One schedule a channel; none is ever deleted. */
export interface Schedules {
  find(place: ChannelKey): Promise<Schedule | undefined>;
  /**
   * Makes or changes the channel's schedule, and turns it on; somebody of its workspace has signed in before. A run that
   * has come a moment ago is not lost by it.
   */
  set(place: ChannelKey, plan: Plan, by: string, now: Date): Promise<Schedule>;
  /** Leaves out a date as well; all else stays, and dates before `today` are forgotten. */
  skip(id: ScheduleId, date: StudyDay, today: StudyDay, now: Date): Promise<void>;
  /** Turned on again, it goes on with the next run after now; one that is on stays as it is. False where the channel has none. */
  turn(place: ChannelKey, status: Schedule['status'], now: Date): Promise<boolean>;
  /** Pauses one that nobody can post for, and keeps why. False where it is not on any more: an admin has decided otherwise. */
  pause(id: ScheduleId, reason: string): Promise<boolean>;
  /** Channels whose schedule is on and whose next run has come, the longest waiting first. */
  due(query: PlacesQuery): Promise<readonly ChannelKey[]>;
  /** Leaves out what has come: the next run is the first one after now. Nothing where the schedule was changed meanwhile. */
  moveOn(schedule: Schedule, now: Date): Promise<void>;
  /** Brings next runs that are further off than the timetable says to where they belong: a clock may have been wrong. */
  realign(platforms: readonly string[], now: Date): Promise<void>;
}

/** No date is left: as good as never, and still a date that every part can read. */
const NEVER = new Date('9999-01-01T00:00:00Z');

/** When a timetable runs next. */
export function nextRunAt(timetable: Timetable, after: Date): Date {
  return nextRun(timetable, after)?.at ?? NEVER;
}

/** The schedules of one database. */
export function schedulesIn(database: Database, workspaces: WorkspaceIds): Schedules {
  const keyOf = channelsIn(database, workspaces);
  const withPlace = { include: { workspace: true } } as const;
  const moveOn = async ({ id, plan, nextRunAt: from }: Schedule, now: Date) => {
    await database.change((tx) =>
      tx.schedule.updateMany({
        where: { id, nextRunAt: from },
        data: { nextRunAt: nextRunAt(plan.timetable, now) },
      }),
    );
  };
  return {
    moveOn,
    async find(place) {
      const key = await keyOf(place);
      const row = await database.read((client) => scheduleAt(new ClientSql(client), key));
      return row === undefined ? undefined : toSchedule(row);
    },
    async set(place, plan, by, now) {
      const key = await keyOf(place);
      const row = await database.change(async (tx) => {
        const before = await tx.schedule.findUnique({ where: { workspaceId_channel: key } });
        const data = {
          ...toColumns(plan),
          status: 'on',
          reason: null,
          nextRunAt: changedRunAt(before, plan.timetable, now),
          createdBy: storable(by),
        };
        return tx.schedule.upsert({
          where: { workspaceId_channel: key },
          create: { ...data, ...key, id: idOf(key.workspaceId, key.channel), createdAt: now },
          update: data,
          ...withPlace,
        });
      });
      return toSchedule(row);
    },
    async skip(id, date, today, now) {
      await database.change(async (tx) => {
        const row = await tx.schedule.findUniqueOrThrow({ where: { id }, ...withPlace });
        const { timetable } = toSchedule(row).plan;
        const skipDates = new Set([...timetable.skipDates, date].filter((skipped) => skipped >= today));
        const at = changedRunAt(row, { ...timetable, skipDates }, now);
        await tx.schedule.update({ where: { id }, data: { skipDates: datesText(skipDates), nextRunAt: at } });
      });
    },
    async turn(place, status, now) {
      const key = await keyOf(place);
      return database.change(async (tx) => {
        const row = await tx.schedule.findUnique({ where: { workspaceId_channel: key }, ...withPlace });
        if (row === null) return false;
        const isTurnedOn = status === 'on' && row.status !== 'on';
        const at = isTurnedOn ? nextRunAt(toSchedule(row).plan.timetable, now) : row.nextRunAt;
        await tx.schedule.update({
          where: { id: row.id },
          data: { status, reason: null, nextRunAt: at },
        });
        return true;
      });
    },
    async pause(id, reason) {
      const { count } = await database.change((tx) =>
        tx.schedule.updateMany({ where: { id, status: 'on' }, data: { status: 'paused', reason } }),
      );
      return count > 0;
    },
    due: (query) =>
      database.read((client) =>
        placesOf(new ClientSql(client), 'Schedule', query, {
          where: `t."status" = 'on' AND t."nextRunAt" <= ?`,
          values: [query.now],
        }),
      ),
    async realign(platforms, now) {
      const rows = await database.read((client) =>
        client.schedule.findMany({
          where: { status: 'on', nextRunAt: { gt: now }, workspace: { platform: { in: [...platforms] } } },
          ...withPlace,
        }),
      );
      for (const schedule of rows.map(toSchedule)) {
        if (nextRunAt(schedule.plan.timetable, now) < schedule.nextRunAt) await moveOn(schedule, now);
      }
    },
  };
}

/** Where the rows of channels lie, by our own ids: a condition on the workspace's names would look through all of them. */
export function channelsIn(database: Database, workspaces: WorkspaceIds) {
  return async (place: ChannelKey) => {
    const id = await database.read((client) => workspaces.of(new ClientSql(client), place));
    return { workspaceId: id ?? '', channel: storable(place.channel) };
  };
}

function idOf(workspaceId: string, channel: string): string {
  return createHash('sha256')
    .update(JSON.stringify([workspaceId, channel]))
    .digest('base64url')
    .slice(0, 16);
}

/** After a change. What is due stays so, by the new timetable; a claim by the old one must not move it on. */
function changedRunAt(
  before: Pick<ScheduleRow, 'status' | 'nextRunAt'> | null,
  timetable: Timetable,
  now: Date,
): Date {
  const isDue = before?.status === 'on' && before.nextRunAt <= now;
  return isDue ? new Date(before.nextRunAt.getTime() - 1) : nextRunAt(timetable, now);
}

function datesText(dates: ReadonlySet<StudyDay>): string {
  return JSON.stringify([...dates].sort());
}

function toColumns({ timetable, topic, thread, difficulty, questions, openMinutes }: Plan) {
  return {
    timeZone: timetable.timeZone,
    minute: timetable.minute,
    weekdays: [...timetable.weekdays].sort().join(''),
    skipDates: datesText(timetable.skipDates),
    topic: topic === undefined ? null : storable(topic),
    difficulty,
    questions,
    openMinutes,
    thread,
  };
}

const Columns = z.object({
  id: ScheduleId,
  weekdays: z.string().regex(/^[1-7]+$/),
  difficulty: Difficulty,
  status: z.enum(['on', 'paused', 'off']),
});
const Dates = z.array(z.string().refine(isStudyDay));

/** A row as a schedule. */
export function toSchedule(row: ScheduleRow): Schedule {
  const { id, weekdays, difficulty, status } = Columns.parse(row);
  const { timeZone, minute, questions, openMinutes, thread } = row;
  return {
    id,
    place: { platform: row.workspace.platform, workspace: row.workspace.externalId, channel: row.channel },
    plan: {
      timetable: {
        timeZone,
        minute,
        weekdays: new Set([...weekdays].map(Number)),
        skipDates: new Set(Dates.parse(JSON.parse(row.skipDates))),
      },
      topic: row.topic ?? undefined,
      difficulty,
      questions,
      openMinutes,
      thread,
    },
    status,
    reason: row.reason ?? undefined,
    nextRunAt: row.nextRunAt,
    createdBy: row.createdBy ?? undefined,
  };
}
