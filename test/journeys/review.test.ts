import { expect, test } from 'vitest';
import type { Person } from './harness.js';
import { startWorld } from './harness.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const figure = async (ana: Person, name: string) =>
  (await ana.types('/eks today')).fields?.find((field) => field.name === name)?.text;

test('a learner reviews: show, reveal, rate; the buttons say when the card comes back', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  await ana.types('/eks review');
  const revealed = await ana.presses('Show answer');
  expect(revealed.buttons?.map(({ label }) => label)).toEqual([
    'Again · 1 min',
    'Hard · 6 min',
    'Good · 10 min',
    expect.stringMatching(/^Easy · \d+ days$/),
    'Report',
  ]);
  const next = await ana.presses('Good');
  expect(next.text).toContain('Good. Again at 09:10 (in 10 min).');
  expect(await figure(ana, 'Done today')).toBe('1 review');
  expect(await figure(ana, 'Streak')).toBe('1 day');
  expect(world.failures).toEqual([]);
});

test('undo takes the last rating back, and the card is as it was', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  const shown = await ana.types('/eks review');
  await ana.presses('Show answer');
  await ana.presses('Easy');
  expect((await ana.types('/eks undo')).text).toContain('taken back');
  expect(await figure(ana, 'Done today')).toBe('0 reviews');
  expect((await ana.types('/eks review')).text).toBe(shown.text);
  expect((await ana.types('/eks undo')).text).toContain('no rating');
  expect(await world.store.reviews.rebuild(false)).toMatchObject({ mismatches: 0 });
});

test('a restart in the middle of a review loses nothing: the button on the screen still works', async () => {
  let world = await startWorld();
  await world.learner('ana').types('/eks review');
  const revealed = await world.learner('ana').types('/eks review');
  const showAnswer = revealed.buttons?.[0]?.press ?? '';
  world = await world.restart();
  const good = (await world.learner('ana').pressesRaw(showAnswer)).buttons?.[2]?.press ?? '';
  world = await world.restart();
  await world.learner('ana').pressesRaw(good);
  world = await world.restart();
  expect(await figure(world.learner('ana'), 'Done today')).toBe('1 review');
});

test('a double press and a redelivery rate once', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  await ana.types('/eks review');
  const good = (await ana.presses('Show answer')).buttons?.[2]?.press ?? '';
  await Promise.all([ana.pressesRaw(good, 'x'), ana.pressesRaw(good, 'x'), ana.pressesRaw(good, 'y')]);
  expect((await ana.pressesRaw(good, 'z')).text).toContain('rated this card already');
  expect(await figure(ana, 'Done today')).toBe('1 review');
});

test('the interval on a button is the one that is written', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  await ana.types('/eks review');
  const revealed = await ana.presses('Show answer');
  const easy = revealed.buttons?.[3]?.label.replace('Easy · ', '');
  expect((await ana.presses('Easy')).text).toContain(`Next in ${easy}.`);
});

test('a day has a limited number of new cards, then it is done', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  let reply = await ana.types('/eks review');
  let rated = 0;
  while (reply.buttons?.some(({ label }) => label === 'Show answer') && rated < 50) {
    await ana.presses('Show answer');
    reply = await ana.presses('Easy');
    rated += 1;
  }
  expect(rated).toBe(5);
  expect(reply.text).toContain('Done for today');
  world.pass(DAY);
  expect(await figure(ana, 'New')).toBe('5 cards');
});

test('a card in its steps comes back when its time has come, and a little earlier if nothing else is left', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  await ana.types('/eks settings new-per-day=1');
  await ana.types('/eks review');
  await ana.presses('Show answer');
  const again = await ana.presses('Good');
  expect(again.buttons?.[0]?.label).toBe('Show answer');
  world.pass(10 * MINUTE);
  await ana.types('/eks review');
  await ana.presses('Show answer');
  expect((await ana.presses('Good')).text).toContain('Done for today');
});

test('two people at two windows have two memories', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  await ana.types('/eks review');
  await ana.presses('Show answer');
  await ana.presses('Good');
  expect(await figure(world.learner('ben'), 'Done today')).toBe('0 reviews');
});
