import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StudyClock, StudyDay } from '../../src/learning/model.js';
import { type Moment, type Rest, type StudiedDay, streakAt } from '../../src/learning/streak.js';
import { addDays, parseStudyDay, startOfStudyDay, studyDayOf } from '../../src/learning/studyday.js';
import { anyClock } from './arbitrary.js';

const HOUR = 3_600_000;
const BERLIN: StudyClock = { timeZone: 'Europe/Berlin', rolloverHour: 4 };
const NONE: Rest = { weekendsOff: false, absences: [], freezes: [] };
const day = parseStudyDay;

/** Noon or so of a day in Berlin. */
const noon = (name: string): Moment => ({
  at: new Date(startOfStudyDay(day(name), BERLIN).getTime() + 8 * HOUR),
  clock: BERLIN,
});

/** The log's days, from moments of study. */
function credited(moments: readonly Moment[]): readonly StudiedDay[] {
  const days = new Map<StudyDay, StudiedDay>();
  for (const moment of moments) {
    const name = studyDayOf(moment.at, moment.clock);
    days.set(name, { day: name, first: days.get(name)?.first ?? moment, last: moment });
  }
  return [...days.values()];
}

const streak = (days: readonly string[], today: string, rest: Partial<Rest> = {}) =>
  streakAt(credited(days.map(noon)), { ...NONE, ...rest }, noon(today));
/** Without a freeze to spare in March or February. */
const frozen = [day('2026-03-31'), day('2026-02-01')];

describe('a streak', () => {
  const today = '2026-03-05';
  it.each<[string, string[], number]>([
    ['is 0 without study', [], 0],
    ['counts today', ['2026-03-05'], 1],
    ['is kept by yesterday while today is not yet studied', ['2026-03-03', '2026-03-04'], 2],
    ['is broken by a day without study', ['2026-03-02', '2026-03-03'], 0],
    ['takes days in any order', ['2026-03-04', '2026-03-05', '2026-03-03'], 3],
    ['stops at the first gap', ['2026-03-05', '2026-03-04', '2026-03-02'], 2],
    ['does not count what is yet to come', ['2026-03-06', '2026-03-12'], 0],
  ])('%s', (_, days, length) => {
    expect(streak(days, today, { freezes: frozen }).length).toBe(length);
  });

  it('says whether there was study today', () => {
    expect(streak(['2026-03-05'], today).studiedToday).toBe(true);
    expect(streak(['2026-03-04'], today).studiedToday).toBe(false);
  });
});

describe('a freeze', () => {
  it('saves a day that was missed, once it is followed by study', () => {
    const waiting = streak(['2026-03-02', '2026-03-03'], '2026-03-05');
    expect(waiting).toMatchObject({ length: 2, spent: [], saving: ['2026-03-04'] });
    const saved = streak(['2026-03-02', '2026-03-03', '2026-03-05'], '2026-03-05');
    expect(saved).toMatchObject({ length: 3, spent: ['2026-03-04'], saving: [] });
  });

  it('is one a calendar month, the earlier day first', () => {
    const days = ['2026-03-02', '2026-03-04', '2026-03-05', '2026-03-07'];
    expect(streak(days, '2026-03-07')).toMatchObject({ length: 1, spent: ['2026-03-03'] });
    const twoMonths = ['2026-03-28', '2026-03-30', '2026-03-31', '2026-04-02'];
    expect(streak(twoMonths, '2026-04-02')).toMatchObject({ length: 4, spent: ['2026-03-29', '2026-04-01'] });
  });

  it('is not spent in vain: two days missed in a month end the streak and leave the freeze', () => {
    const ended = streak(['2026-03-02', '2026-03-05'], '2026-03-05');
    expect(ended).toMatchObject({ length: 1, spent: [] });
    expect(streak(['2026-03-02', '2026-03-05', '2026-03-07'], '2026-03-07')).toMatchObject({
      length: 2,
      spent: ['2026-03-06'],
    });
  });

  it('saves the last day of a month and the first of the next together', () => {
    expect(streak(['2026-03-30', '2026-04-02'], '2026-04-02')).toMatchObject({
      length: 2,
      spent: ['2026-03-31', '2026-04-01'],
    });
  });

  it('that was kept is not spent anew, and its month has no other', () => {
    const freezes = [day('2026-03-03')];
    const days = ['2026-03-02', '2026-03-04'];
    expect(streak(days, '2026-03-04', { freezes })).toMatchObject({ length: 2, spent: [] });
    expect(streak([...days, '2026-03-06'], '2026-03-06', { freezes }).length).toBe(1);
  });
});

describe('days off', () => {
  const freezes = frozen;
  it('let weekends pass where they are off, and count study on them', () => {
    const days = ['2026-03-05', '2026-03-06', '2026-03-09'];
    expect(streak(days, '2026-03-09', { freezes }).length).toBe(1);
    expect(streak(days, '2026-03-09', { freezes, weekendsOff: true })).toMatchObject({
      length: 3,
      weekends: ['2026-03-07', '2026-03-08'],
    });
    expect(streak([...days, '2026-03-07'], '2026-03-09', { freezes, weekendsOff: true }).length).toBe(4);
    expect(streak(days, '2026-03-11', { freezes, weekendsOff: true }).length).toBe(0);
  });

  it('keep a streak on Sunday and Monday morning without study since Friday', () => {
    for (const today of ['2026-03-08', '2026-03-09']) {
      expect(streak(['2026-03-06'], today, { freezes, weekendsOff: true }).length).toBe(1);
    }
  });

  it('keep a streak through an absence, and no day longer', () => {
    const absences = [{ first: day('2026-03-06'), last: day('2026-03-20') }];
    const days = ['2026-03-04', '2026-03-05'];
    expect(streak(days, '2026-03-21', { freezes, absences }).length).toBe(2);
    expect(streak(days, '2026-03-22', { freezes, absences }).length).toBe(0);
    expect(streak([...days, '2026-03-10', '2026-03-21'], '2026-03-21', { freezes, absences }).length).toBe(4);
  });
});

describe('travel', () => {
  const freezes = frozen;
  const at = (iso: string, timeZone: string): Moment => ({
    at: new Date(iso),
    clock: { timeZone, rolloverHour: 4 },
  });

  it('east over the date line leaves out a date, which is not missed', () => {
    const before = at('2026-03-03T08:00:00Z', 'Pacific/Honolulu');
    const after = at('2026-03-04T08:00:00Z', 'Pacific/Auckland');
    expect(credited([before, after]).map((studied) => studied.day)).toEqual(['2026-03-02', '2026-03-04']);
    expect(streakAt(credited([before, after]), { ...NONE, freezes }, after).length).toBe(2);
    expect(streakAt(credited([before]), { ...NONE, freezes }, after).length).toBe(1);
  });

  it('west over the date line gives a date twice, which counts once', () => {
    const before = at('2026-03-03T08:00:00Z', 'Pacific/Auckland');
    const after = at('2026-03-04T06:00:00Z', 'Pacific/Honolulu');
    expect(credited([before, after]).map((studied) => studied.day)).toEqual(['2026-03-03']);
    const next = at('2026-03-05T06:00:00Z', 'Pacific/Honolulu');
    expect(streakAt(credited([before, after, next]), { ...NONE, freezes }, next).length).toBe(2);
  });

  it('misses no day that is not missed on the clock at the arrival', () => {
    const before = at('2026-03-03T08:00:00Z', 'Pacific/Honolulu');
    const after = at('2026-03-04T14:00:00Z', 'Pacific/Auckland');
    expect(credited([before, after]).map((studied) => studied.day)).toEqual(['2026-03-02', '2026-03-04']);
    expect(studyDayOf(after.at, before.clock)).toBe('2026-03-04');
    expect(streakAt(credited([before, after]), { ...NONE, freezes }, after).length).toBe(2);
  });

  it('misses no day between two dates as they were credited, whatever either clock says', () => {
    const before = at('2026-03-02T21:00:00Z', 'Pacific/Auckland');
    const after = at('2026-03-05T06:00:00Z', 'Pacific/Honolulu');
    expect(credited([before, after]).map((studied) => studied.day)).toEqual(['2026-03-03', '2026-03-04']);
    expect(studyDayOf(before.at, after.clock)).toBe('2026-03-02');
    expect(studyDayOf(after.at, before.clock)).toBe('2026-03-05');
    expect(streakAt(credited([before, after]), { ...NONE, freezes }, after).length).toBe(2);
  });

  it('from the first zone to the last one goes two dates back, which costs nothing', () => {
    const before = [
      at('2026-03-02T18:00:00Z', 'Pacific/Kiritimati'),
      at('2026-03-03T15:00:00Z', 'Pacific/Kiritimati'),
    ];
    const after = at('2026-03-03T15:30:00Z', 'Etc/GMT+12');
    const days = credited([...before, after]);
    expect(days.map((studied) => studied.day)).toEqual(['2026-03-03', '2026-03-04', '2026-03-02']);
    expect(streakAt(credited(before), { ...NONE, freezes }, after).length).toBe(2);
    expect(streakAt(days, { ...NONE, freezes }, after).length).toBe(3);
  });

  it('counts study that is credited to an earlier day, by whoever flew far west, against a day missed', () => {
    const stops: readonly Moment[] = [
      at('2026-03-02T09:00:00Z', 'UTC'),
      at('2026-03-03T05:55:00Z', 'Pacific/Kiritimati'),
      { at: new Date('2026-03-03T23:26:00Z'), clock: { timeZone: 'Etc/GMT+12', rolloverHour: 23 } },
      { at: new Date('2026-03-04T10:00:00Z'), clock: { timeZone: 'Pacific/Kiritimati', rolloverHour: 0 } },
    ];
    const days = credited(stops);
    expect(days.map((one) => one.day)).toEqual(['2026-03-02', '2026-03-03', '2026-03-05']);
    const now = stops.at(-1) ?? expect.fail('no stop');
    expect(streakAt(days, { ...NONE, freezes }, now).length).toBe(3);
  });

  it('does not excuse two days without study', () => {
    const before = at('2026-03-03T08:00:00Z', 'Pacific/Honolulu');
    const after = at('2026-03-06T08:00:00Z', 'Pacific/Auckland');
    expect(streakAt(credited([before, after]), { ...NONE, freezes }, after).length).toBe(1);
  });
});

const anywhere = fc.oneof(
  anyClock,
  fc.record({
    timeZone: fc.constantFrom('Pacific/Kiritimati', 'Etc/GMT+12'),
    rolloverHour: fc.constantFrom(0, 4, 23),
  }),
);

/** Study at least once in 22 hours, each time wherever the learner then is. */
const anyJourney = fc
  .array(fc.record({ clock: anywhere, minutes: fc.integer({ min: 1, max: 22 * 60 }) }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((stops) => {
    // Both of the year's changes of the clocks lie within 40 days in one zone or another.
    let ms = Date.UTC(2026, 2, 1, 9);
    return stops.map(({ clock, minutes }): Moment => {
      ms += minutes * 60_000;
      return { at: new Date(ms), clock };
    });
  });

const anyRest: fc.Arbitrary<Rest> = fc.record({
  weekendsOff: fc.boolean(),
  absences: fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 9 }))
      .map(([from, length]) => ({ first: inMarch(from), last: inMarch(from + length) })),
    { maxLength: 2 },
  ),
  freezes: fc.constant([]),
});
const inMarch = (index: number) => addDays(day('2026-03-01'), index);

/** Study on some days of two months, with what the weather of life leaves out. */
const anyDays = fc
  .array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 60 })
  .map((days) => [...new Set(days)].sort((a, b) => a - b).map(inMarch));

describe('whatever happens, a streak', () => {
  it('is never broken by crossing zones: who studies every 22 hours keeps it with no freeze', () => {
    const none = { ...NONE, freezes: ['2026-02-01', '2026-03-01', '2026-04-01'].map(day) };
    fc.assert(
      fc.property(anyJourney, (journey) => {
        for (let stops = 1; stops <= journey.length; stops += 1) {
          const so = journey.slice(0, stops);
          const now = so.at(-1) ?? expect.fail('no stop');
          const days = credited(so);
          expect(streakAt(days, none, now).length).toBe(days.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is the same or longer when the learner looks at it from another zone', () => {
    fc.assert(
      fc.property(anyDays, anyRest, anywhere, fc.integer({ min: 0, max: 23 }), (days, rest, clock, hours) => {
        const studied = credited(days.map(noon));
        const last = days.at(-1) ?? expect.fail('no day');
        const at = new Date(noon(last).at.getTime() + hours * HOUR);
        const home = streakAt(studied, rest, { at, clock: BERLIN }).length;
        expect(streakAt(studied, rest, { at, clock }).length).toBeGreaterThanOrEqual(home);
      }),
      { numRuns: 150 },
    );
  });

  it('is never made shorter by study, a day off, or a freeze', () => {
    fc.assert(
      fc.property(anyDays, anyRest, fc.integer({ min: 0, max: 4 }), (days, rest, later) => {
        const now = noon(addDays(days.at(-1) ?? expect.fail('no day'), later));
        const before = streakAt(credited(days.map(noon)), rest, now).length;
        const studied = credited([...days.map(noon), now]);
        expect(streakAt(studied, rest, now).length).toBeGreaterThanOrEqual(Math.max(1, before));
        expect(before).toBeLessThanOrEqual(days.length);
      }),
    );
  });

  it('is the same whether it was looked at each day or only at the end', () => {
    fc.assert(
      fc.property(anyDays, anyRest, (days, rest) => {
        const last = days.at(-1) ?? expect.fail('no day');
        let kept = rest;
        for (let index = 0; inMarch(index) <= last; index += 1) {
          const so = days.filter((studied) => studied <= inMarch(index));
          const { spent } = streakAt(credited(so.map(noon)), kept, noon(inMarch(index)));
          kept = { ...kept, freezes: [...kept.freezes, ...spent] };
        }
        const studied = credited(days.map(noon));
        const once = streakAt(studied, rest, noon(last));
        expect(streakAt(studied, kept, noon(last)).length).toBe(once.length);
        expect(kept.freezes).toEqual(once.spent);
        expect(new Set(kept.freezes.map((freeze) => freeze.slice(0, 7))).size).toBe(kept.freezes.length);
      }),
      { numRuns: 60 },
    );
  });
});
