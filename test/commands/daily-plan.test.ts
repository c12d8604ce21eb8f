import { expect, test } from 'vitest';
import { parseSpan, parseTime, parseWeekdays, weekdaysText } from '../../src/commands/daily-plan.js';

test.each([
  ['09:00', 540],
  ['9', 540],
  ['9.05', 545],
  ['0:00', 0],
  ['23:59', 1439],
  ['9am', 540],
  ['12am', 0],
  ['12:30 PM', 750],
  ['7:30pm', 1170],
  ['24:00', undefined],
  ['9:60', undefined],
  ['13pm', undefined],
  ['0am', undefined],
  ['9:5', undefined],
  ['noon', undefined],
  ['', undefined],
])('the time %j is minute %j', (text, minute) => expect(parseTime(text)).toBe(minute));

test.each([
  ['mon-fri', '12345', 'Mon-Fri'],
  ['Monday,Wed, friday', '135', 'Mon, Wed, Fri'],
  ['fri-mon', '1567', 'Mon, Fri, Sat, Sun'],
  ['weekends', '67', 'Sat, Sun'],
  ['daily', '1234567', 'every day'],
  ['sun', '7', 'Sun'],
])('the days %j are %j', (text, days, shown) => {
  const parsed = parseWeekdays(text) ?? new Set();
  expect([...parsed].sort().join('')).toBe(days);
  expect(weekdaysText(parsed)).toBe(shown);
});

test.each(['never', 'mo', 'mon-', '', 'mon,', '-'])('%j are no days', (text) =>
  expect(parseWeekdays(text)).toBe(undefined),
);

test.each([
  ['8h', 480],
  ['90m', 90],
  ['1h30m', 90],
  ['45 min', 45],
  ['2 hours', 120],
  ['', undefined],
  ['8', undefined],
  ['h', undefined],
])('the span %j is %j minutes', (text, minutes) => expect(parseSpan(text)).toBe(minutes));
