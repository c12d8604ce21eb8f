import type { StudyClock, StudyDay } from './model.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** No zone was ever further from UTC (Manila, until 1844: almost 16 hours). */
const WIDEST_OFFSET = 16 * HOUR;
const FIRST_DAY = Date.UTC(1000, 0, 1) / DAY;
const LAST_DAY = Date.UTC(9999, 11, 31) / DAY;
const CLOCKS_KEPT = 512;
const DAYS_KEPT = 100_000;

interface Day {
  readonly name: StudyDay;
  /** UTC ms. */
  readonly start: number;
}

interface ClockCache {
  readonly localTime: Intl.DateTimeFormat;
  readonly rolloverHour: number;
  /** By day number (days since 1970-01-01). */
  readonly days: Map<number, Day>;
}

const clocks = new Map<string, ClockCache>();
let daysKept = 0;

/** Whether the text names an IANA time zone that this host knows; offsets such as '+02:00' are none. */
export function isTimeZone(text: string): boolean {
  // Newer Node versions take offsets as zones; a learner's clock must read the same on all of them.
  if (!/^[a-z]/i.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** Whether the text is a calendar day 'YYYY-MM-DD' that exists. */
export function isStudyDay(text: string): text is StudyDay {
  return /^\d{4}-\d\d-\d\d$/.test(text) && isoDay(Date.parse(`${text}T00:00:00Z`)) === text;
}

/** Reads a stored day; throws RangeError where the text is no calendar day 'YYYY-MM-DD'. */
export function parseStudyDay(text: string): StudyDay {
  if (!isStudyDay(text)) throw new RangeError(`'${text}' is not a calendar day such as 2026-03-31.`);
  return text;
}

/**
 * The study day that is running at an instant. Study days follow one another without gap or overlap, also where
 * the zone's clock is put back over the rollover hour. Throws RangeError on an invalid date, zone or hour,
 * and outside the years 1000 to 9999.
 */
export function studyDayOf(at: Date, clock: StudyClock): StudyDay {
  const ms = at.getTime();
  if (Number.isNaN(ms)) throw new RangeError('An invalid date has no study day.');
  const cache = cacheOf(clock);
  let number = Math.floor((ms + WIDEST_OFFSET - cache.rolloverHour * HOUR) / DAY);
  let day = dayOf(number, cache);
  while (day.start > ms) {
    number -= 1;
    day = dayOf(number, cache);
  }
  return day.name;
}

/** The first instant of a study day: when the local clock first shows the rollover hour of that date, or later. */
export function startOfStudyDay(day: StudyDay, clock: StudyClock): Date {
  return new Date(dayOf(numberOf(day), cacheOf(clock)).start);
}

/** The instant at which the next study day begins. */
export function endOfStudyDay(day: StudyDay, clock: StudyClock): Date {
  return new Date(dayOf(numberOf(day) + 1, cacheOf(clock)).start);
}

/**
 * The first instant at which a zone's clock shows a minute of a calendar day (0 to 1439), or a later one where that
 * minute is skipped; of a minute that comes twice, the first.
 */
export function instantAt(day: StudyDay, minute: number, timeZone: string): Date {
  const { localTime } = cacheOf({ timeZone, rolloverHour: 0 });
  return new Date(firstInstantAt(numberOf(day) * DAY + minute * MINUTE, localTime));
}

/** The calendar day n days later (earlier where n is negative); n is a whole number. */
export function addDays(day: StudyDay, n: number): StudyDay {
  return nameOf(numberOf(day) + n);
}

/** Days from a to b; negative where b is the earlier. */
export function daysBetween(a: StudyDay, b: StudyDay): number {
  return numberOf(b) - numberOf(a);
}

function isoDay(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}

function numberOf(day: StudyDay): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY;
}

function nameOf(day: number): StudyDay {
  return parseStudyDay(isoDay(day * DAY));
}

function cacheOf(clock: StudyClock): ClockCache {
  const key = `${clock.rolloverHour} ${clock.timeZone}`;
  const known = clocks.get(key);
  if (known) return known;
  if (!isTimeZone(clock.timeZone)) {
    throw new RangeError(`'${clock.timeZone}' is not a time zone. Use an IANA name such as Europe/Berlin.`);
  }
  if (!Number.isInteger(clock.rolloverHour) || clock.rolloverHour < 0 || clock.rolloverHour > 23) {
    throw new RangeError(`The rollover hour is a whole number from 0 to 23, not ${clock.rolloverHour}.`);
  }
  const made: ClockCache = {
    localTime: new Intl.DateTimeFormat('en-US', {
      timeZone: clock.timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }),
    rolloverHour: clock.rolloverHour,
    days: new Map(),
  };
  if (clocks.size >= CLOCKS_KEPT) forgetClocks();
  clocks.set(key, made);
  return made;
}

function forgetClocks(): void {
  clocks.clear();
  daysKept = 0;
}

function dayOf(number: number, cache: ClockCache): Day {
  const known = cache.days.get(number);
  if (known) return known;
  if (number < FIRST_DAY || number > LAST_DAY) throw new RangeError('Study days run from year 1000 to 9999.');
  const wall = number * DAY + cache.rolloverHour * HOUR;
  const made: Day = { name: nameOf(number), start: firstInstantAt(wall, cache.localTime) };
  if (daysKept >= DAYS_KEPT) forgetClocks();
  cache.days.set(number, made);
  daysKept += 1;
  return made;
}

/** The first instant at which the zone's clock shows the wall time, or a later one where it is skipped. */
function firstInstantAt(wall: number, localTime: Intl.DateTimeFormat): number {
  let before = wall - WIDEST_OFFSET;
  let after = wall + WIDEST_OFFSET;
  const offsetBefore = offsetAt(before, localTime);
  const offsetAfter = offsetAt(after, localTime);
  if (offsetBefore === offsetAfter) return wall - offsetBefore;
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (offsetAt(middle, localTime) === offsetBefore) before = middle;
    else after = middle;
  }
  const change = after;
  return wall - offsetBefore < change ? wall - offsetBefore : Math.max(change, wall - offsetAfter);
}

/** Local time minus UTC in ms, at an instant on a whole second. */
function offsetAt(ms: number, localTime: Intl.DateTimeFormat): number {
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (
    localTime.format(ms).match(/\d+/g) ?? []
  ).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) - ms;
}
