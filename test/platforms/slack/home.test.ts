import { expect, it } from 'vitest';
import { keptForm } from '../../../src/bot/kept.js';
import type { Reply } from '../../../src/bot/reply.js';
import { drawHome } from '../../../src/platforms/slack/home.js';
import { startWorld } from '../../journeys/harness.js';
import { checkView } from './loopback/views.js';

const never = async () => {
  throw new Error('nothing needed to be kept');
};
const short = (title: string): Reply => ({
  title,
  text: 'a',
  buttons: [{ label: 'Go', press: 'review/next/-' }],
  visibility: 'private',
});

it('shows what is due today and the settings one below the other', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  const view = await drawHome([await ana.types('/eks today'), await ana.types('/eks settings')], never);
  expect(checkView(view, 'home')).toEqual([]);
  expect(view.blocks.filter(({ type }) => type === 'header')).toMatchObject([
    { text: { text: 'Today' } },
    { text: { text: 'Your settings' } },
  ]);
  expect(view.blocks.filter(({ type }) => type === 'divider')).toHaveLength(1);
});

it('keeps the ids of several replies apart', async () => {
  const view = await drawHome([short('One'), short('Two'), short('Three')], never);
  expect(checkView(view, 'home')).toEqual([]);
});

it('leads to a form by a button', async () => {
  const form = { title: 'f', press: 'settings/save', submit: 'Save', inputs: [] };
  const view = await drawHome([{ text: 'a', form, visibility: 'private' }], async () => 'abc');
  expect(JSON.stringify(view.blocks)).toContain(keptForm('abc'));
});

it('leaves out whole replies that it has no room for', async () => {
  const replies = Array.from({ length: 60 }, (_, at) => short(`Reply ${at}`));
  const view = await drawHome(replies, never);
  expect(checkView(view, 'home')).toEqual([]);
  const headers = view.blocks.filter(({ type }) => type === 'header');
  expect(headers).toHaveLength(25);
  expect(view.blocks.at(-1)?.type).toBe('actions');
});
