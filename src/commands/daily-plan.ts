import { z } from 'zod';
import { isStudyDay, isTimeZone } from '../learning/studyday.js';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const NAMED: Readonly<Record<string, string>> = {
  daily: 'mon-sun',
  every: 'mon-sun',
  all: 'mon-sun',
  weekdays: 'mon-fri',
  weekends: 'sat-sun',
};
const SHORTEST_MINUTES = 10;
const LONGEST_MINUTES = 24 * 60;
const MOST_QUESTIONS = 5;

/** '09:00', '9', '9:30', '9am', '9:30 pm' as the minute of the day; undefined for anything else. */
export function parseTime(text: string): number | undefined {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/i.exec(text.trim());
  if (match === null) return undefined;
  const [, hours = '', minutes = '0', half] = match;
  const hour = Number(hours);
  const minute = Number(minutes);
  if (minute > 59 || hour > 23 || (half !== undefined && (hour < 1 || hour > 12))) return undefined;
  const ofDay = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return ofDay * 60 + minute;
}

/** 'mon-fri', 'mon,wed,fri', 'fri-mon', 'daily' as ISO weekdays; undefined for anything else. */
export function parseWeekdays(text: string): ReadonlySet<number> | undefined {
  const days = new Set<number>();
  for (const part of text.toLowerCase().split(/[\s,;]+/)) {
    const [from = '', to = from] = (NAMED[part] ?? part).split(/[-–]/);
    const [first, last] = [weekday(from), weekday(to)];
    if (first === undefined || last === undefined) return undefined;
    for (let day = first; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === last) break;
    }
  }
  return days;
}

function weekday(text: string): number | undefined {
  const at = text.length < 3 ? -1 : DAYS.findIndex((day) => text.startsWith(day));
  return at < 0 ? undefined : at + 1;
}

/** Weekdays as people write them: 'Mon-Fri', 'Mon, Wed, Fri', 'every day'. */
export function weekdaysText(days: ReadonlySet<number>): string {
  const sorted = [...days].sort();
  if (sorted.length === 7) return 'every day';
  const name = (day: number | undefined) => {
    const text = DAYS[(day ?? 1) - 1] ?? '';
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  };
  const [first, last] = [sorted[0], sorted.at(-1)];
  const isRun = first !== undefined && last === first + sorted.length - 1;
  return isRun && sorted.length > 2 ? `${name(first)}-${name(last)}` : sorted.map(name).join(', ');
}

/** '8h', '90m', '1h30m', '45 min' as minutes; undefined for anything else. */
export function parseSpan(text: string): number | undefined {
  const match = /^(?:(\d{1,2})\s*h(?:ours?)?)?\s*(?:(\d{1,4})\s*m(?:in(?:utes)?)?)?$/i.exec(text.trim());
  if (match === null || text.trim() === '') return undefined;
  return Number(match[1] ?? 0) * 60 + Number(match[2] ?? 0);
}

/** Minutes as people write them: '8 h', '90 min'. */
export function spanText(minutes: number): string {
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}

/** '09:00' for minute 540. */
export function timeText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** Text that a reader understands, or a message that says how to write it. */
function read<T>(parse: (text: string) => T | undefined, error: string) {
  return z.string().transform((text, context) => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.issues.push({ code: 'custom', message: error, input: text });
    return z.NEVER;
  });
}

/** What can be set of a channel's daily quiz. */
export const planOptions = {
  time: read(parseTime, 'a time such as 09:00').optional().describe('When to post, such as 09:00'),
  days: read(parseWeekdays, 'days such as mon-fri or mon,wed,fri')
    .optional()
    .describe('Days of the week, such as mon-fri'),
  zone: z
    .string()
    .trim()
    .refine(isTimeZone, 'not a time zone; write one like Europe/Berlin or America/New_York')
    .optional()
    .describe('Time zone, such as Europe/Berlin'),
  topic: z.string().trim().max(200).optional().describe('Only this topic or concept; all for all notes'),
  difficulty: z
    .enum(['mixed', 'easy', 'hard'], 'mixed, easy or hard')
    .optional()
    .describe('mixed, easy or hard'),
  questions: z.coerce
    .number(`a number from 1 to ${MOST_QUESTIONS}`)
    .int(`a whole number from 1 to ${MOST_QUESTIONS}`)
    .min(1, 'at least 1')
    .max(MOST_QUESTIONS, `at most ${MOST_QUESTIONS}`)
    .optional()
    .describe(`Questions a day, 1 to ${MOST_QUESTIONS}`),
  open: read((text) => {
    const minutes = parseSpan(text);
    return minutes !== undefined && minutes >= SHORTEST_MINUTES && minutes <= LONGEST_MINUTES
      ? minutes
      : undefined;
  }, 'a span from 10m to 24h, such as 8h')
    .optional()
    .describe('How long answers count, such as 8h'),
  thread: z.enum(['yes', 'no'], 'yes or no').optional().describe('A thread for discussion: yes or no'),
} as const;

/** A local date to skip. */
export const DateOption = z
  .string()
  .trim()
  .refine(isStudyDay, 'a day such as 2026-12-24')
  .optional()
  .describe('For skip: a day such as 2026-12-24');
