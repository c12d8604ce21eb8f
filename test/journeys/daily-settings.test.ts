import { expect, test } from 'vitest';
import { HOUR, MINUTE, startTown } from '../daily/channel.js';

const field = (reply: { fields?: readonly { name: string; text: string }[] }, name: string) =>
  reply.fields?.find((one) => one.name === name)?.text;

test('help shows an admin the two steps to a daily quiz, until the channel has one', async () => {
  const town = await startTown();
  const admin = town.admin();
  expect((await admin.types('/eks help')).text).toContain('1. `/eks daily set time=09:00`');
  expect((await town.world.learner('ana').types('/eks help')).text).not.toContain('daily set');
  await admin.types('/eks daily set time=09:00');
  expect((await admin.types('/eks help')).text).not.toContain('1. `/eks daily set');
  expect((await town.admin('other').types('/eks help')).text).toContain('1. `/eks daily set');
});

test('daily set takes what is given over what was set before, and shows the next run in local time', async () => {
  const town = await startTown();
  const admin = town.admin();
  const first = await admin.types('/eks daily set time=7:30pm days=mon,wed,fri zone=America/New_York');
  expect(first.text).toContain('Saved.');
  expect(first.text).toContain('Next: **Mon 2 March, 19:30 (America/New_York)**, in 16 hours');
  expect(first.text).toContain('up to 2 hours late');
  expect(field(first, 'When')).toBe('19:30 America/New\\_York, Mon, Wed, Fri');
  const second = await admin.types(
    '/eks daily set topic="Control plane" questions=2 open=90m thread=yes difficulty=hard',
  );
  expect(field(second, 'When')).toBe('19:30 America/New\\_York, Mon, Wed, Fri');
  expect(field(second, 'Topic')?.toLowerCase()).toBe('control plane');
  expect(field(second, 'Questions')).toBe('2 questions, hard');
  expect(field(second, 'Open for')).toBe('90 min, with a thread');
  expect(field(await admin.types('/eks daily set topic=all'), 'Topic')).toBe('all notes');
});

test.each([
  ['time=25:00', 'a time such as 09:00'],
  ['days=never', 'days such as mon-fri'],
  ['zone=Nowhere/City', 'not a time zone'],
  ['open=25h', 'a span from 10m to 24h'],
  ['questions=9', 'at most 5'],
  ['topic="no such thing at all"', 'not in the notes'],
  ['2026-12-24', 'daily skip 2026-12-24'],
])('daily set %s says what to write', async (wrong, told) => {
  const town = await startTown();
  expect((await town.admin().types(`/eks daily set ${wrong}`)).text).toContain(told);
  expect(
    await town.world.store.schedules.find({ platform: 'web', workspace: 'local', channel: 'general' }),
  ).toBe(undefined);
});

test('only admins change a daily quiz; everybody may look', async () => {
  const town = await startTown();
  await town.admin().types('/eks daily set');
  const ana = town.world.learner('ana');
  const shown = await ana.types('/eks daily');
  expect(shown.text).toContain('Next:');
  expect(shown.buttons).toEqual([]);
  for (const action of ['set time=10:00', 'pause', 'resume', 'off', 'now', 'skip 2026-12-24']) {
    expect((await ana.types(`/eks daily ${action}`)).text).toContain('Only an admin');
  }
  expect((await ana.pressesRaw('daily/turn/pause')).text).toContain('Only an admin');
});

test('a paused quiz stays away until it is resumed', async () => {
  const town = await startTown();
  const admin = town.admin();
  await admin.types('/eks daily set time=09:30 days=daily zone=UTC');
  expect((await admin.types('/eks daily')).buttons?.[0]?.label).toBe('Pause');
  expect((await admin.presses('Pause')).text).toContain('Paused.');
  await town.live(3 * HOUR, 30 * MINUTE);
  expect(town.platform.messages).toEqual([]);
  await admin.presses('Resume');
  await town.live(24 * HOUR, 30 * MINUTE);
  expect(town.platform.messages).toHaveLength(1);
  expect((await admin.types('/eks daily off')).text).toContain('It is off.');
  await town.live(24 * HOUR, 30 * MINUTE);
  expect(town.platform.messages).toHaveLength(1);
});

test('a skipped day has no quiz, and the next one has', async () => {
  const town = await startTown();
  const admin = town.admin();
  await admin.types('/eks daily set time=09:30 days=daily zone=UTC');
  const skipped = await admin.types('/eks daily skip 2026-03-03');
  expect(skipped.text).toContain('Nothing is posted on 2026-03-03');
  expect(field(skipped, 'Skipped')).toBe('2026-03-03');
  await town.live(HOUR, 30 * MINUTE);
  expect(town.platform.messages).toHaveLength(1);
  await town.live(24 * HOUR, 30 * MINUTE);
  expect(town.platform.messages).toHaveLength(1);
  await town.live(24 * HOUR, 30 * MINUTE);
  expect(town.platform.messages).toHaveLength(2);
  expect((await admin.types('/eks daily skip 2026-02-30')).text).toContain('a day such as 2026-12-24');
  expect((await admin.types('/eks daily skip 2026-03-01')).text).toContain('over already');
});

test('a day skipped while the quiz is paused leaves it paused, for the same reason', async () => {
  const town = await startTown();
  await town.admin().types('/eks daily set time=09:30 days=daily zone=UTC');
  town.platform.trouble = () => 'forbidden';
  await town.live(31 * MINUTE);
  const paused = await town.admin().types('/eks daily');
  expect(paused.text).toMatch(/^It is paused\. When it was last tried, ./);
  const skipped = await town.admin().types('/eks daily skip 2026-03-04');
  expect(skipped.text).toBe(`Nothing is posted on 2026-03-04.\n\n${paused.text}`);
});

test('days skipped by two admins at once are both skipped', async () => {
  const town = await startTown();
  await town.admin().types('/eks daily set time=09:30 days=daily zone=UTC');
  const dates = ['2026-03-03', '2026-03-04'];
  await Promise.all(dates.map((date) => town.admin().types(`/eks daily skip ${date}`)));
  expect(field(await town.admin().types('/eks daily'), 'Skipped')).toBe(dates.join(', '));
});

test("daily now posts today's quiz at once and not again at its time, then one more; a redelivery posts nothing", async () => {
  const town = await startTown();
  const admin = town.admin();
  expect((await admin.types('/eks daily now')).text).toContain('has no daily quiz yet');
  await admin.types('/eks daily set time=09:30 days=daily zone=UTC');
  const told = await admin.types('/eks daily now', 'once');
  expect(told.text).toBe("Today's quiz comes in a few seconds; it is not posted again at its time.");
  await admin.types('/eks daily now', 'once');
  await town.live(2 * HOUR, 10 * MINUTE);
  expect(town.platform.messages).toHaveLength(1);
  expect((await admin.types('/eks daily now')).text).toContain('One more question');
  await town.live(MINUTE);
  expect(town.platform.messages.map(({ versions }) => versions[0]?.title)).toEqual([
    'Daily quiz',
    'Daily quiz · one more',
  ]);
});

test.each([
  ['no quiz comes', 'time=09:30 days=sun zone=UTC'],
  ['its time is over', 'time=08:30 days=daily zone=UTC'],
])('daily now says nothing of a time on a day on which %s', async (_when, plan) => {
  const town = await startTown();
  await town.admin().types(`/eks daily set ${plan}`);
  expect((await town.admin().types('/eks daily now')).text).toBe("Today's quiz comes in a few seconds.");
});
