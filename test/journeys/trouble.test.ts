import { expect, test } from 'vitest';
import { startWorld } from './harness.js';

test.each([
  ['/eks dance', /no command `dance`/],
  ['/eks exlpain etcd', /Did you mean `\/eks explain etcd`\?/],
  ['/quizz', /Did you mean `\/eks quiz`\?/],
  ['/eks explain', /say what to explain[\s\S]*\/eks explain etcd/],
  [`/eks explain ${'x'.repeat(300)}`, /at most 200 characters/],
  ['x'.repeat(20_000), /20,000 characters long/],
  ['/eks settings time-zone=Mars/Olympus', /Europe\/Berlin/],
  ['/eks settings new-per-day=lots', /whole number[\s\S]*`\/eks settings new-per-day=10/],
  ['/eks explain \u0000\ud800', /say what to explain/],
  ['/eks quiz photosynthesis', /not in the notes/],
  ['/eks help dance', /no command `dance`/],
])('%.40s gets a private reply that says what to do', async (text, says) => {
  const world = await startWorld();
  const reply = await world.learner('ana').types(text);
  expect(reply.visibility).toBe('private');
  expect(reply.text).toMatch(says);
  expect(world.failures).toEqual([]);
});

test.each([
  'explain/show/gone',
  'review/show/gone/0/-/0',
  'review/rate/x',
  'review/explode',
  'quiz/answer/a/b/c',
  'quiz/next/-/seed/-1/0/0',
  'undone/it',
  '../../etc',
  '%%%',
  '',
])('the old or made-up button %j gets a private reply', async (press) => {
  const world = await startWorld();
  const reply = await world.learner('ana').pressesRaw(press);
  expect(reply.visibility).toBe('private');
  expect(world.failures).toEqual([]);
});

test('a made-up button as long as buttons may be is taken for a made-up one', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  const [show] = (await ana.types('/eks review')).buttons ?? [];
  const [command, action, card, seq, , at] = show?.press.split('/') ?? [];
  const around = [command, action, card, seq, '', at].join('/').length;
  const press = [command, action, card, seq, 'x'.repeat(100 - around), at].join('/');
  expect(press).toHaveLength(100);
  expect((await ana.pressesRaw(press)).visibility).toBe('private');
  expect((await ana.presses('Good')).text).toContain('✓');
  expect(world.failures).toEqual([]);
});

test('an unknown word after the slash command is offered as an explanation', async () => {
  const ana = (await startWorld()).learner('ana');
  await ana.types('/eks etcd');
  expect(await ana.presses('Explain etcd')).toMatchObject({ title: 'etcd' });
});

test('a question may begin with the name of the bot, or with a term that begins so', async () => {
  const ana = (await startWorld()).learner('ana');
  expect(await ana.types('eks what is etcd?')).toMatchObject({ title: 'etcd' });
  expect((await ana.types('EKS control plane')).title).toBe('EKS control plane');
});

test('settings are shown, changed in one line or by the form, and kept', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  await ana.types('/eks settings new-per-day=7');
  await ana.types('/eks settings');
  await ana.presses('Change');
  await ana.sends({
    'time-zone': 'Asia/Kathmandu',
    'new-per-day': '9',
    'reviews-per-day': '',
    retention: '95',
    weekends: 'off',
  });
  const after = (await world.restart()).learner('ana');
  const fields = (await after.types('/eks settings')).fields?.map(({ text }) => text);
  expect(fields).toEqual(['Asia/Kathmandu', '9', '20', '95 %', 'off: no study needed']);
});

test('help names every command and shows how to use one', async () => {
  const ana = (await startWorld()).learner('ana');
  const { text } = await ana.types('/eks help');
  for (const name of [
    'explain',
    'which-node',
    'quiz',
    'review',
    'undo',
    'today',
    'topics',
    'settings',
    'help',
  ]) {
    expect(text).toContain(`/eks ${name}`);
  }
  expect((await ana.types('/eks help explain')).text).toContain('/eks explain etcd');
  expect((await ana.types('')).text).toBe(text);
});
