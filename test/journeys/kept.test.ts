import { expect, test } from 'vitest';
import { keptForm, keptPage } from '../../src/bot/kept.js';
import type { Reply } from '../../src/bot/reply.js';
import { startWorld } from './harness.js';

const LONG: Reply = {
  title: 'Your reviews',
  text: 'a long list',
  visibility: 'private',
  buttons: [{ label: 'Next', press: 'review/next/-' }],
  form: {
    title: 'Answer',
    press: 'quiz/answer/1',
    submit: 'Answer',
    inputs: [{ name: 'answer', label: 'Answer', kind: 'text', required: true, maximumLength: 200 }],
  },
};

test('a kept reply turns its pages and opens its form, also after a restart', async () => {
  const world = await startWorld();
  const ada = world.learner('ada');
  const id = await world.bot.keep(ada.origin, LONG);
  const later = (await world.restart()).learner('ada');
  expect(await later.pressesRaw(keptPage(id, 1))).toEqual({ ...LONG, page: 1, replaces: true });
  expect(await later.pressesRaw(keptForm(id))).toEqual({
    text: LONG.text,
    visibility: 'private',
    form: LONG.form,
  });
});

test('a private reply that was kept is shown to nobody else; a public one stays in its workspace', async () => {
  const world = await startWorld();
  const ada = world.learner('ada');
  const hers = await world.bot.keep(ada.origin, LONG);
  const shown = await world.bot.keep(ada.origin, { ...LONG, visibility: 'public' });
  const refusal = { text: expect.stringContaining('too old to go on with'), visibility: 'private' };
  expect(await world.learner('bob').pressesRaw(keptPage(hers, 1))).toEqual(refusal);
  expect(await world.learner('bob').pressesRaw(keptPage(shown, 1))).toMatchObject({ text: LONG.text });
  const stranger = world.learner('bob', { workspace: 'elsewhere' });
  expect(await stranger.pressesRaw(keptPage(shown, 1))).toEqual(refusal);
  expect(await ada.pressesRaw('kept/page/made-up/1')).toEqual(refusal);
  expect(world.failures).toEqual([]);
});

test('a reply that an earlier version kept in another way is too old to go on with', async () => {
  const world = await startWorld();
  const ada = world.learner('ada');
  const { platform, workspace, user } = ada.origin;
  const written = JSON.stringify({ ...LONG, buttons: [{ label: 'Next' }] });
  const id = await world.store.kept.keep(JSON.stringify([platform, workspace, user]), written, world.now());
  expect((await ada.pressesRaw(keptPage(id, 1))).text).toContain('too old to go on with');
  expect(world.failures).toEqual([]);
});

test('a page that is no number is the first one', async () => {
  const world = await startWorld();
  const ada = world.learner('ada');
  const id = await world.bot.keep(ada.origin, LONG);
  for (const page of ['x', '-1', 'NaN', 'Infinity']) {
    expect(await ada.pressesRaw(`kept/page/${id}/${page}`)).toMatchObject({ page: 0 });
  }
});
