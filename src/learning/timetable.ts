import type { StudyDay } from './model.js';
import { addDays, daysBetween, instantAt, parseStudyDay, studyDayOf } from './studyday.js';

/** When something happens once a day: a wall time in a zone, so that it stays the same through changes of the clock. */
export interface Timetable {
  /** IANA zone. */
  readonly timeZone: string;
  /** Minute of the local day, 0 to 1439. */
  readonly minute: number;
  /** ISO weekdays, Monday 1 to Sunday 7; at least one. */
  readonly weekdays: ReadonlySet<number>;
  /** Local dates that are left out. */
  readonly skipDates: ReadonlySet<StudyDay>;
}

/** One time of a timetable. */
export interface Run {
  /** Local date that it belongs to. */
  readonly date: StudyDay;
  readonly at: Date;
}

const MONDAY = parseStudyDay('1970-01-05');

/**
 * The first run after an instant. Each date has one: a minute that the clock skips gives the first instant after it,
 * of a minute that comes twice the first is meant, and a date that a zone left out has none. Undefined where no date
 * is left within the years that calendars here know.
 */
export function nextRun(timetable: Timetable, after: Date): Run | undefined {
  return find(timetable, after, -1, 1, (at) => at > after);
}

/** The last run up to an instant, that instant included. */
export function lastRun(timetable: Timetable, until: Date): Run | undefined {
  return find(timetable, until, 1, -1, (at) => at <= until);
}

/** Looks from one day beside the instant's own date: a run may be pushed over midnight by a change of the clock. */
function find(
  timetable: Timetable,
  from: Date,
  begin: number,
  step: number,
  fits: (at: Date) => boolean,
): Run | undefined {
  const today = studyDayOf(from, { timeZone: timetable.timeZone, rolloverHour: 0 });
  // Of every seven dates at least one has its weekday, and all but the skipped ones may do.
  const most = 7 * (timetable.skipDates.size + 3);
  for (let distance = 0; distance < most; distance += 1) {
    const date = addDays(today, begin + distance * step);
    if (!timetable.weekdays.has(weekdayOf(date)) || timetable.skipDates.has(date)) continue;
    const at = instantAt(date, timetable.minute, timetable.timeZone);
    if (fits(at) && isDate(date, at, timetable.timeZone)) return { date, at };
  }
  return undefined;
}

/** ISO weekday of a date, Monday 1 to Sunday 7. */
export function weekdayOf(date: StudyDay): number {
  const since = daysBetween(MONDAY, date) % 7;
  return ((since + 7) % 7) + 1;
}

/** False for a date that a zone left out when it moved across the date line. */
function isDate(date: StudyDay, at: Date, timeZone: string): boolean {
  if (studyDayOf(at, { timeZone, rolloverHour: 0 }) === date) return true;
  return instantAt(date, 0, timeZone) < instantAt(addDays(date, 1), 0, timeZone);
}
