import type { Rating, StudyDay } from './model.js';
import { addDays, daysBetween, parseStudyDay } from './studyday.js';

/**
 * What a day earns. Showing up (the day, the daily quiz) is worth more than all the rest together, which has caps that
 * a few minutes reach. Practice, cards that are not due, and how people rate themselves earn nothing.
 */
export const POINTS = {
  /** For a day with a review or a daily quiz. */
  day: 10,
  /** For the first answer to a daily quiz, right or wrong, once a day. */
  quiz: 5,
  /** More, where one was right. */
  right: 2,
  /** For each due review. */
  due: 1,
  /** Due reviews a day that earn. */
  mostDue: 5,
  /** For each due card recalled in an answer that the program marked. */
  recalled: 1,
  mostRecalled: 3,
} as const;

/** The most that a day can earn. */
export const MOST_POINTS =
  POINTS.day +
  POINTS.quiz +
  POINTS.right +
  POINTS.due * POINTS.mostDue +
  POINTS.recalled * POINTS.mostRecalled;

/** What of a learner's study day earns points; that there was such a day is the first of it. */
export interface Activity {
  /** Counted reviews of due cards. */
  readonly due: number;
  /** How many of them were recalled in an answer that the program marked. */
  readonly recalled: number;
  /** First answers to daily quizzes. */
  readonly quizzes: number;
  readonly right: number;
}

/** A day on which nothing more was done than study that has no count of its own. */
export const NO_ACTIVITY: Activity = { due: 0, recalled: 0, quizzes: 0, right: 0 };

/** A day's points, 10 to MOST_POINTS. */
export function pointsOf({ due, recalled, quizzes, right }: Activity): number {
  return (
    POINTS.day +
    (quizzes > 0 ? POINTS.quiz : 0) +
    (right > 0 ? POINTS.right : 0) +
    POINTS.due * Math.min(due, POINTS.mostDue) +
    POINTS.recalled * Math.min(recalled, POINTS.mostRecalled)
  );
}

/** A review as far as points depend on it. */
export interface Earning {
  readonly kind: 'review' | 'practice' | 'import' | 'reset' | 'void';
  readonly counts: boolean;
  readonly rating: Rating | undefined;
  readonly at: Date;
  /** What the program marked; self-graded reviews are never marked. */
  readonly marked: 'right' | 'wrong' | undefined;
  /** Whether it is the first answer to a daily quiz. */
  readonly quiz: boolean;
  readonly before: { readonly phase: string; readonly due: Date } | undefined;
}

/** What a review adds to its day; undefined where it is none that makes a day. */
export function earned(review: Earning): Activity | undefined {
  const counted = review.kind === 'review' && review.counts && review.rating !== undefined;
  if (!counted && !review.quiz) return undefined;
  const { before, at, marked } = review;
  // A card in its steps is asked again within minutes: only what has come back after days is due.
  const due = counted && before?.phase === 'review' && before.due.getTime() <= at.getTime();
  return {
    due: due ? 1 : 0,
    recalled: due && marked === 'right' ? 1 : 0,
    quizzes: review.quiz ? 1 : 0,
    right: review.quiz && marked === 'right' ? 1 : 0,
  };
}

/** What two parts of a day come to. */
export function together(a: Activity, b: Activity): Activity {
  return {
    due: a.due + b.due,
    recalled: a.recalled + b.recalled,
    quizzes: a.quizzes + b.quizzes,
    right: a.right + b.right,
  };
}

/** What a leaderboard counts: this week, this season, or all time. */
export type Span = 'week' | 'season' | 'all';

/** A span at a time, as it is stored: 'w2026-03-02', 's2026-03-02' (first days), 'all'. */
export type SpanKey = string & { readonly __spanKey: true };

/** Seasons are counted from this Monday on, and back. */
const FIRST_SEASON = parseStudyDay('2026-03-02');
const SEASON_DAYS = 28;
const WEEK_DAYS = 7;

/** The Monday of a day's week. */
export function weekOf(day: StudyDay): StudyDay {
  return firstOf(day, WEEK_DAYS);
}

/** The first day of a day's season, a Monday; a season has four weeks. */
export function seasonOf(day: StudyDay): StudyDay {
  return firstOf(day, SEASON_DAYS);
}

function firstOf(day: StudyDay, length: number): StudyDay {
  const since = daysBetween(FIRST_SEASON, day);
  return addDays(FIRST_SEASON, Math.floor(since / length) * length);
}

/** The span that holds a day, as it is stored. */
export function spanKey(span: Span, day: StudyDay): SpanKey {
  if (span === 'all') return asKey('all');
  return asKey(span === 'week' ? `w${weekOf(day)}` : `s${seasonOf(day)}`);
}

/** The first day of the span that holds a day, and the first after it; undefined for all time. */
export function boundsOf(span: Span, day: StudyDay): { first: StudyDay; next: StudyDay } | undefined {
  if (span === 'all') return undefined;
  const first = span === 'week' ? weekOf(day) : seasonOf(day);
  return { first, next: addDays(first, span === 'week' ? WEEK_DAYS : SEASON_DAYS) };
}

/** Every span that a day counts for. */
export function spansOf(day: StudyDay): readonly SpanKey[] {
  return [spanKey('week', day), spanKey('season', day), spanKey('all', day)];
}

/** The Monday of a week's span; undefined for what is no week. */
export function weekStart(span: string): StudyDay | undefined {
  return span.startsWith('w') ? parseStudyDay(span.slice(1)) : undefined;
}

function isKey(text: string): text is SpanKey {
  return /^(all|[ws]\d{4}-\d\d-\d\d)$/.test(text);
}

function asKey(text: string): SpanKey {
  if (!isKey(text)) throw new RangeError(`'${text}' is no span.`);
  return text;
}
