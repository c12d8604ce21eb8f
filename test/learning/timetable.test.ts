import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { addDays, parseStudyDay } from '../../src/learning/studyday.js';
import { lastRun, nextRun, type Run, type Timetable, weekdayOf } from '../../src/learning/timetable.js';

const day = parseStudyDay;
const zones = Intl.supportedValuesOf('timeZone');

function table(timeZone: string, time: string, change: Partial<Timetable> = {}): Timetable {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return {
    timeZone,
    minute: hour * 60 + minute,
    weekdays: new Set([1, 2, 3, 4, 5, 6, 7]),
    skipDates: new Set(),
    ...change,
  };
}

/** All runs after one instant and up to another. */
function runsBetween(timetable: Timetable, from: string, to: string): Run[] {
  const runs: Run[] = [];
  let after = new Date(from);
  for (;;) {
    const run = nextRun(timetable, after);
    if (run === undefined || run.at > new Date(to)) return runs;
    runs.push(run);
    after = run.at;
  }
}

const texts = (runs: readonly Run[]) =>
  runs.map(({ date, at }) => `${date} ${at.toISOString().slice(0, 16)}`);

describe('a timetable', () => {
  it('keeps its wall time when the clock is put forward and back', () => {
    const berlin = table('Europe/Berlin', '09:00');
    expect(texts(runsBetween(berlin, '2026-03-28T00:00Z', '2026-03-30T12:00Z'))).toEqual([
      '2026-03-28 2026-03-28T08:00',
      '2026-03-29 2026-03-29T07:00',
      '2026-03-30 2026-03-30T07:00',
    ]);
  });

  it('runs once where its minute is skipped, and once where it comes twice', () => {
    const berlin = table('Europe/Berlin', '02:30');
    expect(texts(runsBetween(berlin, '2026-03-28T12:00Z', '2026-03-30T12:00Z'))).toEqual([
      '2026-03-29 2026-03-29T01:00',
      '2026-03-30 2026-03-30T00:30',
    ]);
    expect(texts(runsBetween(berlin, '2026-10-24T12:00Z', '2026-10-26T12:00Z'))).toEqual([
      '2026-10-25 2026-10-25T00:30',
      '2026-10-26 2026-10-26T01:30',
    ]);
  });

  it('runs for a date whose minute a change of the clock pushes over midnight', () => {
    const nuuk = table('America/Nuuk', '23:30');
    expect(texts(runsBetween(nuuk, '2026-03-28T12:00Z', '2026-03-30T12:00Z'))).toEqual([
      '2026-03-28 2026-03-29T01:00',
      '2026-03-29 2026-03-30T00:30',
    ]);
  });

  it('has no run for a date that a zone left out', () => {
    const apia = table('Pacific/Apia', '09:00');
    const dates = runsBetween(apia, '2011-12-28T00:00Z', '2012-01-01T00:00Z').map(({ date }) => date);
    expect(dates).toEqual(['2011-12-28', '2011-12-29', '2011-12-31', '2012-01-01']);
  });

  it('leaves out other weekdays and the dates to skip', () => {
    const skipDates = new Set([day('2026-12-24'), day('2026-12-25')]);
    const office = table('Europe/Berlin', '09:00', { weekdays: new Set([1, 2, 3, 4, 5]), skipDates });
    const dates = runsBetween(office, '2026-12-22T12:00Z', '2026-12-30T12:00Z').map(({ date }) => date);
    expect(dates).toEqual(['2026-12-23', '2026-12-28', '2026-12-29', '2026-12-30']);
  });

  it('looks past a month of dates to skip on the only weekday', () => {
    const mondays = ['2026-06-01', '2026-06-08', '2026-06-15', '2026-06-22', '2026-06-29'].map(day);
    const timetable = table('UTC', '09:00', { weekdays: new Set([1]), skipDates: new Set(mondays) });
    expect(nextRun(timetable, new Date('2026-05-31T00:00Z'))?.date).toBe('2026-07-06');
    expect(lastRun(timetable, new Date('2026-07-01T00:00Z'))?.date).toBe('2026-05-25');
  });

  it('has one run for each date of three years, in every zone, in its order', () => {
    const times = ['00:00', '00:30', '02:00', '02:30', '03:15', '23:30', '23:59'];
    for (const [index, zone] of zonesOfDifferentRules('2026-01-01', '2029-01-01').entries()) {
      const timetable = table(zone, times[index % times.length] ?? '');
      const from = instant(`2026-01-01T00:00[${zone}]`);
      const to = instant(`2028-12-31T23:59:59[${zone}]`);
      const runs = runsBetween(timetable, new Date(from.getTime() - 1).toISOString(), to.toISOString());
      const wanted = Array.from({ length: 1096 }, (_, after) => addDays(day('2026-01-01'), after));
      expect({ zone, dates: runs.map(({ date }) => date) }).toEqual({ zone, dates: wanted });
    }
  }, 60_000);

  it('shows its wall time on the clock, or the first one after a gap, by another library', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1439 }),
        fc.date({ min: new Date('1970-01-02'), max: new Date('2090-01-01'), noInvalidDate: true }),
        (timeZone, minute, after) => {
          const run = nextRun({ ...table(timeZone, '0:0'), minute }, after);
          if (run === undefined) throw new Error('no run');
          const wall = Temporal.PlainDateTime.from(run.date).add({ minutes: minute });
          const early = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
          const skipped = !early.toPlainDateTime().equals(wall);
          const wanted = skipped ? early.getTimeZoneTransition('next') : early;
          expect(run.at.getTime()).toBe(wanted?.epochMilliseconds);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('finds with lastRun the run that nextRun found, until the next one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1439 }),
        fc.date({ min: new Date('2000-01-01'), max: new Date('2050-01-01'), noInvalidDate: true }),
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        (timeZone, minute, after, weekdays) => {
          const timetable = { ...table(timeZone, '0:0'), minute, weekdays: new Set(weekdays) };
          const run = nextRun(timetable, after);
          const following = run && nextRun(timetable, run.at);
          if (run === undefined || following === undefined) throw new Error('no run');
          expect(lastRun(timetable, run.at)).toEqual(run);
          expect(lastRun(timetable, new Date(following.at.getTime() - 1))).toEqual(run);
          expect(weekdays).toContain(weekdayOf(run.date));
        },
      ),
    );
  });
});

/** One zone for each way in which clocks are set between two dates, by another library: many zones differ in name only. */
function zonesOfDifferentRules(from: string, to: string): readonly string[] {
  const byRules = new Map<string, string>();
  for (const zone of zones) {
    const rules: string[] = [];
    let at: Temporal.ZonedDateTime | null = Temporal.ZonedDateTime.from(`${from}[${zone}]`);
    for (; at !== null && at.toPlainDate().toString() < to; at = at.getTimeZoneTransition('next')) {
      rules.push(`${at.toInstant()} ${at.offset}`);
    }
    byRules.set(rules.join(), zone);
  }
  return [...byRules.values()];
}

function instant(text: string): Date {
  return new Date(Temporal.ZonedDateTime.from(text).epochMilliseconds);
}
