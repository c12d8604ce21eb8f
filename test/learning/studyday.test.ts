import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { StudyClock } from '../../src/learning/model.js';
import {
  addDays,
  daysBetween,
  endOfStudyDay,
  isStudyDay,
  isTimeZone,
  parseStudyDay,
  startOfStudyDay,
  studyDayOf,
} from '../../src/learning/studyday.js';

const clock = (timeZone: string, rolloverHour = 4): StudyClock => ({ timeZone, rolloverHour });
const day = parseStudyDay;
const HOUR = 3_600_000;

/** The study day by the plain reading of its definition, with another library: local date and time, less the rollover. */
function slowly(at: Date, { timeZone, rolloverHour }: StudyClock): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  return local.toPlainDateTime().subtract({ hours: rolloverHour }).toPlainDate().toString();
}

/** Hours on either side of a change of the zone's offset, where the plain reading may run backwards. */
function nearChange(at: Date, timeZone: string): boolean {
  const offset = (ms: number): string =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).offset;
  return offset(at.getTime() - 26 * HOUR) !== offset(at.getTime() + 26 * HOUR);
}

const zones = Intl.supportedValuesOf('timeZone');
const anyClock = fc.record({
  timeZone: fc.constantFrom(...zones),
  rolloverHour: fc.integer({ min: 0, max: 23 }),
});
const anyTime = fc.date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

describe('the study day of an instant', () => {
  it.each([
    ['UTC', '2026-03-10T03:59:59.999Z', '2026-03-09'],
    ['UTC', '2026-03-10T04:00:00.000Z', '2026-03-10'],
    ['Asia/Kathmandu', '2026-03-09T22:14:59Z', '2026-03-09'],
    ['Asia/Kathmandu', '2026-03-09T22:15:00Z', '2026-03-10'],
    ['Pacific/Chatham', '2026-01-09T14:14:59Z', '2026-01-09'],
    ['Pacific/Chatham', '2026-01-09T14:15:00Z', '2026-01-10'],
    ['Australia/Lord_Howe', '2026-07-09T17:29:59Z', '2026-07-09'],
    ['Australia/Lord_Howe', '2026-07-09T17:30:00Z', '2026-07-10'],
    ['Pacific/Kiritimati', '2026-01-01T13:59:59Z', '2026-01-01'],
    ['Pacific/Kiritimati', '2026-01-01T14:00:00Z', '2026-01-02'],
    ['Pacific/Pago_Pago', '2026-01-02T14:59:59Z', '2026-01-01'],
    ['UTC', '2028-02-29T12:00:00Z', '2028-02-29'],
    ['UTC', '2028-03-01T03:00:00Z', '2028-02-29'],
  ])('in %s at %s is %s', (zone, at, expected) => {
    expect(studyDayOf(new Date(at), clock(zone))).toBe(expected);
  });

  it('agrees with local date and time less the rollover, in every zone away from clock changes', () => {
    fc.assert(
      fc.property(anyClock, anyTime, (c, at) => {
        fc.pre(!nearChange(at, c.timeZone));
        expect(studyDayOf(at, c)).toBe(slowly(at, c));
      }),
      { numRuns: 1000 },
    );
  });

  it('never runs backwards, also where the clock is put back over the rollover hour', () => {
    const midnight = clock('America/St_Johns', 0);
    // On 2010-11-07 the clock went from 00:01 back to 23:01 of the day before.
    expect(studyDayOf(new Date('2010-11-07T02:29:59Z'), midnight)).toBe('2010-11-06');
    expect(studyDayOf(new Date('2010-11-07T02:30:00Z'), midnight)).toBe('2010-11-07');
    expect(studyDayOf(new Date('2010-11-07T02:45:00Z'), midnight)).toBe('2010-11-07');
  });

  it('refuses an invalid date, zone or hour', () => {
    expect(() => studyDayOf(new Date(Number.NaN), clock('UTC'))).toThrow(RangeError);
    expect(() => studyDayOf(new Date(0), clock('Mars/Olympus'))).toThrow(/IANA/);
    expect(() => studyDayOf(new Date(0), clock('UTC', 24))).toThrow(RangeError);
    expect(() => studyDayOf(new Date(0), clock('UTC', 3.5))).toThrow(RangeError);
    expect(() => studyDayOf(new Date(8.64e15), clock('UTC'))).toThrow(RangeError);
  });
});

describe('the bounds of a study day', () => {
  it.each([
    ['an ordinary day', 'Europe/Berlin', 4, '2026-01-10', '2026-01-10T03:00:00Z', 24],
    [
      'the day before the clock is put forward ends an hour early',
      'Europe/Berlin',
      4,
      '2026-03-28',
      '2026-03-28T03:00:00Z',
      23,
    ],
    [
      'the day before the clock is put back ends an hour late',
      'Europe/Berlin',
      4,
      '2026-10-24',
      '2026-10-24T02:00:00Z',
      25,
    ],
    [
      'a skipped rollover hour begins where the clock lands',
      'America/New_York',
      2,
      '2026-03-08',
      '2026-03-08T07:00:00Z',
      23,
    ],
    [
      'a rollover hour shown twice begins at the first',
      'America/New_York',
      1,
      '2026-11-01',
      '2026-11-01T05:00:00Z',
      25,
    ],
    ['half an hour forward', 'Australia/Lord_Howe', 4, '2026-10-03', '2026-10-02T17:30:00Z', 23.5],
    ['half an hour back', 'Australia/Lord_Howe', 4, '2026-04-04', '2026-04-03T17:00:00Z', 24.5],
    ['Samoa had no 30 December 2011', 'Pacific/Apia', 4, '2011-12-29', '2011-12-29T14:00:00Z', 20],
    [
      'so of that study day only the hours after midnight are left',
      'Pacific/Apia',
      4,
      '2011-12-30',
      '2011-12-30T10:00:00Z',
      4,
    ],
    ['and by a rollover at midnight none', 'Pacific/Apia', 0, '2011-12-30', '2011-12-30T10:00:00Z', 0],
    ['and the next day begins at once', 'Pacific/Apia', 0, '2011-12-31', '2011-12-30T10:00:00Z', 24],
  ])('%s', (_, zone, hour, name, start, hours) => {
    const begins = startOfStudyDay(day(name), clock(zone, hour));
    const ends = endOfStudyDay(day(name), clock(zone, hour));
    expect(begins.toISOString()).toBe(new Date(start).toISOString());
    expect((ends.getTime() - begins.getTime()) / HOUR).toBe(hours);
  });

  it('enclose exactly the instants of that day', () => {
    fc.assert(
      fc.property(anyClock, anyTime, (c, at) => {
        const today = studyDayOf(at, c);
        const start = startOfStudyDay(today, c);
        const end = endOfStudyDay(today, c);
        expect(start.getTime()).toBeLessThanOrEqual(at.getTime());
        expect(end.getTime()).toBeGreaterThan(at.getTime());
        expect(studyDayOf(start, c)).toBe(today);
        expect(studyDayOf(new Date(end.getTime() - 1), c)).toBe(today);
        expect(daysBetween(today, studyDayOf(end, c))).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
  });

  it('lie where the local clock first reaches the rollover hour, around every clock change of a year', () => {
    const hours = [0, 1, 2, 3, 4];
    for (const timeZone of [
      'Europe/Dublin',
      'America/Havana',
      'Africa/Casablanca',
      'Antarctica/Troll',
      'Asia/Gaza',
    ]) {
      for (let d = day('2025-01-01'); d < '2026-01-01'; d = addDays(d, 1)) {
        if (!nearChange(new Date(`${d}T12:00:00Z`), timeZone)) continue;
        for (const rolloverHour of hours) {
          const start = startOfStudyDay(d, { timeZone, rolloverHour }).getTime();
          const shown = (ms: number): string =>
            Temporal.Instant.fromEpochMilliseconds(ms)
              .toZonedDateTimeISO(timeZone)
              .toPlainDateTime()
              .toString();
          const wanted = `${d}T0${rolloverHour}:00:00`;
          expect(shown(start) >= wanted, `${timeZone} ${wanted}`).toBe(true);
          for (let before = start - 60_000; before > start - 4 * HOUR; before -= 60_000) {
            expect(shown(before) < wanted, `${timeZone} ${wanted}`).toBe(true);
          }
        }
      }
    }
  });
});

describe('calendar days', () => {
  it('count over leap days and years', () => {
    expect(daysBetween(day('2028-02-28'), day('2028-03-01'))).toBe(2);
    expect(daysBetween(day('2027-02-28'), day('2027-03-01'))).toBe(1);
    expect(daysBetween(day('2026-03-01'), day('2026-02-28'))).toBe(-1);
    expect(addDays(day('2028-02-28'), 1)).toBe('2028-02-29');
    expect(addDays(day('2026-01-01'), -1)).toBe('2025-12-31');
  });

  it('come back after adding and counting', () => {
    fc.assert(
      fc.property(anyTime, fc.integer({ min: -40_000, max: 40_000 }), (at, n) => {
        const from = studyDayOf(at, clock('UTC'));
        expect(daysBetween(from, addDays(from, n))).toBe(n);
      }),
    );
  });

  it('are told from other texts', () => {
    expect(isStudyDay('2028-02-29')).toBe(true);
    for (const text of [
      '2027-02-29',
      '2026-13-01',
      '2026-1-1',
      '2026-01-01T00:00',
      '',
      'today',
      '+12026-01-01',
    ]) {
      expect(isStudyDay(text), text).toBe(false);
    }
    expect(() => parseStudyDay('31.3.2026')).toThrow(RangeError);
  });
});

describe('time zone names', () => {
  it.each(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'US/Pacific', 'Etc/GMT+5'])('%s is one', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', 'Berlin', '+02:00', '-05', 'Mars/Olympus', '../../etc/passwd', 'Europe/Berlin '])(
    "'%s' is none",
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );
});
