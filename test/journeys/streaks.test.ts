import { expect, test } from 'vitest';
import { type Person, startWorld, type World } from './harness.js';

const DAY = 24 * 3_600_000;

const field = async (person: Person, name: string) =>
  (await person.types('/eks today')).fields?.find((one) => one.name === name)?.text;

async function studies(person: Person): Promise<void> {
  await person.types('/eks review');
  await person.presses('Show answer');
  await person.presses('Good');
}

/** Studies today, and on as many days after it. */
async function studiesOn(world: World, person: Person, days: number): Promise<void> {
  await studies(person);
  for (let day = 1; day < days; day += 1) {
    world.pass(DAY);
    await studies(person);
  }
}

test('a streak grows with each day of study, and says when today still needs some', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  expect(await field(ana, 'Streak')).toBe('Starts with your first review');
  await studiesOn(world, ana, 3);
  expect(await field(ana, 'Streak')).toBe('3 days');
  world.pass(DAY);
  expect(await field(ana, 'Streak')).toBe('3 days; study today to keep it');
  expect(await field(ana, 'Freeze')).toBe('1 left this month');
});

test('a freeze saves the first day that is missed in a month, and not the second', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  await studiesOn(world, ana, 2);
  world.pass(2 * DAY);
  expect(await field(ana, 'Freeze')).toBe('saves 2026-03-04 if you study today');
  await studies(ana);
  expect(await field(ana, 'Streak')).toBe('3 days');
  expect(await field(ana, 'Freeze')).toBe('spent on 2026-03-04');
  world.pass(2 * DAY);
  expect(await field(ana, 'Streak')).toBe('Starts with your first review');
  world.pass(30 * DAY);
  expect(await field(ana, 'Freeze')).toBe('1 left this month');
});

test('who says to be away finds the streak as it was, also after a restart', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  await studiesOn(world, ana, 2);
  expect((await ana.types('/eks away')).text).toContain('You are not away');
  expect((await ana.types('/eks away until=2026-04-01')).text).toContain('**2026-04-01**');
  world.pass(29 * DAY);
  const after = await world.restart();
  const back = after.learner('ana');
  expect(await field(back, 'Away')).toBe('until 2026-04-01');
  expect(await field(back, 'Streak')).toBe('2 days; it waits for you');
  expect((await back.presses('I am back')).text).toContain('Welcome back');
  expect(await field(back, 'Away')).toBeUndefined();
  expect(await field(back, 'Streak')).toBe('2 days; study today to keep it');
  await studies(back);
  expect(await field(back, 'Streak')).toBe('3 days');
  expect(await field(back, 'Freeze')).toBe('1 left this month');
  expect((await back.types('/eks away back')).text).toContain('You are not away');
  expect(after.failures).toEqual([]);
});

test('an absence lies ahead, ends within a year, and is a day that exists', async () => {
  const ana = (await startWorld()).learner('ana');
  expect((await ana.types('/eks away 2026-03-01')).text).toContain('is over');
  expect((await ana.types('/eks away 2027-03-04')).text).toContain('until 2027-03-03');
  for (const wrong of ['2026-02-30', 'tomorrow', '2026-3-9'])
    expect((await ana.types(`/eks away ${wrong}`)).text).toContain('a day such as 2026-12-01, or back');
});

test('weekends off keep a streak from Friday to Monday, and turning them on again takes nothing back', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  const saved = await ana.types('/eks settings weekends=off');
  expect(saved.fields).toContainEqual({ name: 'Weekends', text: 'off: no study needed' });
  await studiesOn(world, ana, 5);
  world.pass(3 * DAY);
  await studies(ana);
  expect(await field(ana, 'Streak')).toBe('6 days');
  expect(await field(ana, 'Freeze')).toBe('1 left this month');
  await ana.types('/eks settings weekends=on');
  expect(await field(ana, 'Streak')).toBe('6 days');
  expect((await ana.types('/eks settings weekends=maybe')).text).toContain('on or off');
});

test('a new time zone over the date line takes no day from a streak', async () => {
  const world = await startWorld({ at: new Date('2026-03-03T08:00:00Z') });
  const ana = world.learner('ana');
  await ana.types('/eks settings time-zone=Pacific/Honolulu');
  await studiesOn(world, ana, 2);
  world.pass(DAY);
  await ana.types('/eks settings time-zone=Pacific/Auckland');
  expect(await field(ana, 'Streak')).toBe('2 days; study today to keep it');
  await studies(ana);
  expect(await field(ana, 'Streak')).toBe('3 days');
  expect(await field(ana, 'Freeze')).toBe('1 left this month');
  await ana.types('/eks settings time-zone=Pacific/Honolulu');
  expect(await field(ana, 'Streak')).toBe('3 days');
});
