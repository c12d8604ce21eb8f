import { z } from 'zod';
import type { StudyDay } from '../learning/model.js';
import {
  type DaySpan,
  type Moment,
  monthOf,
  type Rest,
  type Streak,
  type StudiedDay,
  streakAt,
} from '../learning/streak.js';
import { addDays, parseStudyDay, studyDayOf } from '../learning/studyday.js';
import type { Database, Transaction } from './database.js';
import type { LearnerId } from './store.js';

/** A streak, and what may keep it on the days to come. */
export interface StreakNow extends Streak {
  /** The day that this month's freeze was spent on; undefined where it is left, though it may be about to save one. */
  readonly frozen: StudyDay | undefined;
  /** Last day of the absence that today belongs to. */
  readonly awayUntil: StudyDay | undefined;
}

/** Days in a row with study, and what keeps them. */
export interface Streaks {
  /** The learner's streak; keeps the freezes that it turns out to have cost. */
  of(learner: LearnerId, now: Moment): Promise<StreakNow>;
  /** From today to that day, itself included, the streak needs no study. In place of an absence under way. */
  leave(learner: LearnerId, now: Moment, until: StudyDay): Promise<void>;
  /** Ends the absence under way with yesterday; false where there is none. */
  comeBack(learner: LearnerId, now: Moment): Promise<boolean>;
  /** Whether Saturdays and Sundays may pass without study from now on. Those that have passed stay as they were. */
  setWeekendsOff(learner: LearnerId, off: boolean, now: Moment): Promise<void>;
}

/** The longest streak that is counted back, in study days: ten years. */
const MOST_DAYS = 3660;

export function streaksIn(database: Database): Streaks {
  return {
    async of(learner, now) {
      const { rest, streak } = await database.read((client) => read(client, learner, now));
      if (streak.spent.length > 0) await database.change((tx) => keepFreezes(tx, learner, streak.spent));
      const today = studyDayOf(now.at, now.clock);
      return {
        ...streak,
        frozen: [...rest.freezes, ...streak.spent].find((day) => monthOf(day) === monthOf(today)),
        awayUntil: absenceOn(today, rest.absences)?.last,
      };
    },
    leave: (learner, now, until) =>
      database.change(async (tx) => {
        const today = studyDayOf(now.at, now.clock);
        const under = absenceOn(today, (await restOf(tx, learner)).absences);
        await keepAbsence(tx, learner, { first: under?.first ?? today, last: until });
      }),
    comeBack: (learner, now) =>
      database.change(async (tx) => {
        const today = studyDayOf(now.at, now.clock);
        const under = absenceOn(today, (await restOf(tx, learner)).absences);
        if (under === undefined) return false;
        const key = { learnerId: learner, firstDay: under.first };
        if (under.first === today) await tx.absence.delete({ where: { learnerId_firstDay: key } });
        else await keepAbsence(tx, learner, { first: under.first, last: addDays(today, -1) });
        return true;
      }),
    setWeekendsOff: (learner, off, now) =>
      database.change(async (tx) => {
        const { rest, streak } = await read(tx, learner, now);
        if (rest.weekendsOff === off) return;
        await keepFreezes(tx, learner, streak.spent);
        for (const day of streak.weekends) await keepAbsence(tx, learner, { first: day, last: day });
        await tx.learner.update({ where: { id: learner }, data: { weekendsOff: off } });
      }),
  };
}

type Client = Pick<Transaction, '$queryRaw' | 'learner'>;

async function read(client: Client, learner: LearnerId, now: Moment) {
  const [rest, days] = [await restOf(client, learner), await studiedDays(client, learner)];
  return { rest, streak: streakAt(days, rest, now) };
}

async function restOf(client: Pick<Client, 'learner'>, id: LearnerId): Promise<Rest> {
  const { weekendsOff, absences, freezes } = await client.learner.findUniqueOrThrow({
    where: { id },
    select: { weekendsOff: true, absences: true, freezes: true },
  });
  return {
    weekendsOff,
    absences: absences.map(({ firstDay, lastDay }) => ({
      first: parseStudyDay(firstDay),
      last: parseStudyDay(lastDay),
    })),
    freezes: freezes.map(({ studyDay }) => parseStudyDay(studyDay)),
  };
}

const Clock = { timeZone: z.string(), rolloverHour: z.coerce.number() };
const Row = z
  .object({
    day: z.string().transform(parseStudyDay),
    firstAt: z.coerce.date(),
    firstZone: Clock.timeZone,
    firstRollover: Clock.rolloverHour,
    lastAt: z.coerce.date(),
    lastZone: Clock.timeZone,
    lastRollover: Clock.rolloverHour,
  })
  .transform(
    ({ day, ...row }): StudiedDay => ({
      day,
      first: { at: row.firstAt, clock: { timeZone: row.firstZone, rolloverHour: row.firstRollover } },
      last: { at: row.lastAt, clock: { timeZone: row.lastZone, rolloverHour: row.lastRollover } },
    }),
  );

/** Days with a counted review or a first answer to a daily quiz that was not undone, newest first. */
async function studiedDays(
  client: Pick<Client, '$queryRaw'>,
  learner: LearnerId,
): Promise<readonly StudiedDay[]> {
  const rows = await client.$queryRaw`
    WITH "days" AS (
      SELECT r."studyDay" AS "day", MIN(r."position") AS "first", MAX(r."position") AS "last" FROM "Review" r
      WHERE r."learnerId" = ${learner}
        AND (r."counts" = true AND r."rating" IS NOT NULL OR (r."cardId", r."seq") IN (
          SELECT q."cardId", a."seq" FROM "Answer" a JOIN "Quiz" q ON q."id" = a."quizId"
          WHERE a."learnerId" = ${learner}))
        AND (r."cardId", r."seq") NOT IN (
          SELECT v."cardId", v."voids" FROM "Review" v
          WHERE v."learnerId" = ${learner} AND v."voids" IS NOT NULL)
      GROUP BY r."studyDay" ORDER BY r."studyDay" DESC LIMIT ${MOST_DAYS})
    SELECT d."day", f."at" AS "firstAt", f."timeZone" AS "firstZone", f."rolloverHour" AS "firstRollover",
      l."at" AS "lastAt", l."timeZone" AS "lastZone", l."rolloverHour" AS "lastRollover"
    FROM "days" d JOIN "Review" f ON f."position" = d."first" JOIN "Review" l ON l."position" = d."last"`;
  return z.array(Row).parse(rows);
}

function absenceOn(day: StudyDay, absences: readonly DaySpan[]): DaySpan | undefined {
  return absences.find(({ first, last }) => first <= day && day <= last);
}

async function keepAbsence(tx: Transaction, learnerId: LearnerId, { first, last }: DaySpan): Promise<void> {
  await tx.absence.upsert({
    where: { learnerId_firstDay: { learnerId, firstDay: first } },
    create: { learnerId, firstDay: first, lastDay: last },
    update: { lastDay: last },
  });
}

/** A month's freeze that another process kept first stays. */
async function keepFreezes(tx: Transaction, learnerId: LearnerId, days: readonly StudyDay[]): Promise<void> {
  for (const day of days) {
    const month = monthOf(day);
    await tx.freeze.upsert({
      where: { learnerId_month: { learnerId, month } },
      create: { learnerId, month, studyDay: day },
      update: {},
    });
  }
}
