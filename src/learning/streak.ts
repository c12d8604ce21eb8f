import type { StudyClock, StudyDay } from './model.js';
import { addDays, studyDayOf } from './studyday.js';
import { weekdayOf } from './timetable.js';

const SATURDAY = 6;

/** An instant, and the clock that the learner lived by then. */
export interface Moment {
  readonly at: Date;
  readonly clock: StudyClock;
}

/** A day credited with study, from its first to its last answer. */
export interface StudiedDay {
  /** As it was credited, whatever zone the learner is in later. */
  readonly day: StudyDay;
  readonly first: Moment;
  readonly last: Moment;
}

/** Days from first to last, both included. */
export interface DaySpan {
  readonly first: StudyDay;
  readonly last: StudyDay;
}

/** What keeps a streak on days without study. */
export interface Rest {
  readonly weekendsOff: boolean;
  readonly absences: readonly DaySpan[];
  /** Days that freezes were spent on already; one in each calendar month. */
  readonly freezes: readonly StudyDay[];
}

/** A run of days of study with nothing missed between them. */
export interface Streak {
  /** Days credited with study; 0 for none, or where a day was missed since. */
  readonly length: number;
  /** Whether today is credited already, or a day ahead of it. */
  readonly studiedToday: boolean;
  /** Freezes that were spent beyond those given, in order: they are to be kept. */
  readonly spent: readonly StudyDay[];
  /** Days missed since the last study that freezes keep, once there is study again before another day is missed. */
  readonly saving: readonly StudyDay[];
  /** Weekend days without study that the run passes. */
  readonly weekends: readonly StudyDay[];
}

/**
 * The streak that stands at a moment. A day counts as it was credited. Between two of them a day is missed only if it
 * is missed as credited, on the clock of the earlier and on the clock of the later one: crossing zones, which can leave
 * out a date or begin one anew, never breaks a streak. A freeze is spent where it saves the run, never in vain.
 */
export function streakAt(studied: readonly StudiedDay[], rest: Rest, now: Moment): Streak {
  const today = studyDayOf(now.at, now.clock);
  // Whoever flew west may be credited with tomorrow already, but nobody with what is yet to be.
  const days = studied
    .filter(({ first }) => first.at <= now.at)
    .sort((a, b) => a.first.at.getTime() - b.first.at.getTime());
  const freezes = new Freezes(rest.freezes);
  let before: readonly StudiedDay[] = [];
  let length = 0;
  let weekends: StudyDay[] = [];
  for (const next of days) {
    const gap = gapAfter(before, next, rest);
    if (gap !== undefined && freezes.spend(gap.missed)) {
      weekends.push(...gap.weekends);
    } else {
      length = 0;
      weekends = [];
    }
    length += 1;
    before = [furthest([next, ...before]), latest([next, ...before])];
  }
  const { spent } = freezes;
  const gap = gapAfter(before, { day: today, first: now }, rest);
  if (gap === undefined || !freezes.spend(gap.missed)) {
    return { length: 0, studiedToday: false, spent, saving: [], weekends: [] };
  }
  const studiedToday = days.some(({ day }) => day >= today);
  return { length, studiedToday, spent, saving: gap.missed, weekends: [...weekends, ...gap.weekends] };
}

/** The calendar month of a day, 'YYYY-MM'. */
export function monthOf(day: StudyDay): string {
  return day.slice(0, 7);
}

/** One freeze a month. */
class Freezes {
  readonly #months: Set<string>;
  #spent: readonly StudyDay[] = [];

  constructor(kept: readonly StudyDay[]) {
    this.#months = new Set(kept.map(monthOf));
  }

  get spent(): readonly StudyDay[] {
    return this.#spent;
  }

  /** Spends a freeze on each of the days; none, and false, where they are more than there are freezes for. */
  spend(days: readonly StudyDay[]): boolean {
    const months = new Set(days.map(monthOf));
    if (months.size < days.length || [...months].some((month) => this.#months.has(month))) return false;
    for (const month of months) this.#months.add(month);
    this.#spent = [...this.#spent, ...days];
    return true;
  }
}

/** The days between two that were studied, apart from absences and days that a freeze was spent on. */
interface Gap {
  readonly missed: readonly StudyDay[];
  readonly weekends: readonly StudyDay[];
}

function furthest(days: readonly [StudiedDay, ...StudiedDay[]]): StudiedDay {
  return days.reduce((one, other) => (other.day > one.day ? other : one));
}

/** The one studied on last: whoever flew far west may have been credited with an earlier day since. */
function latest(days: readonly [StudiedDay, ...StudiedDay[]]): StudiedDay {
  return days.reduce((one, other) => (other.last.at > one.last.at ? other : one));
}

/** The gap to a day from those before it, the furthest credited and the last studied on, that leaves fewest days missed. */
function gapAfter(
  before: readonly StudiedDay[],
  next: Pick<StudiedDay, 'day' | 'first'>,
  rest: Rest,
): Gap | undefined {
  const [gap, ...others] = before.map((day) => gapBetween(day, next, rest));
  return gap && others.reduce(fewer, gap);
}

function fewer(one: Gap, other: Gap): Gap {
  return other.missed.length < one.missed.length ? other : one;
}

/** The gap as the clock shows it that leaves fewest days missed. */
function gapBetween(a: StudiedDay, b: Pick<StudiedDay, 'day' | 'first'>, rest: Rest): Gap {
  const [one, other] = [a.last.clock, b.first.clock];
  const credited = gapOf(a.day, b.day, rest);
  const moved = one.timeZone !== other.timeZone || one.rolloverHour !== other.rolloverHour;
  if (credited.missed.length === 0 || !moved) return credited;
  return [one, other]
    .map((clock) => gapOf(studyDayOf(a.last.at, clock), studyDayOf(b.first.at, clock), rest))
    .reduce(fewer, credited);
}

function gapOf(from: StudyDay, to: StudyDay, { weekendsOff, absences, freezes }: Rest): Gap {
  const missed: StudyDay[] = [];
  const weekends: StudyDay[] = [];
  for (let day = addDays(from, 1); day < to; day = addDays(day, 1)) {
    if (freezes.includes(day) || absences.some(({ first, last }) => first <= day && day <= last)) continue;
    (weekendsOff && weekdayOf(day) >= SATURDAY ? weekends : missed).push(day);
  }
  return { missed, weekends };
}
