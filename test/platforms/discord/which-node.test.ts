import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Bot } from '../../../src/bot/platform.js';
import { startChat } from './chat.js';

async function inGuild() {
  const chat = await startChat();
  const ann = chat.discord.person({ name: 'ann', nick: 'Annie' });
  return { ...chat, ann: ann.in(chat.discord.channel(chat.discord.guild())) };
}

test('an answer about node types opens its reasons and its table in the same message', async () => {
  const { ann, discord, world } = await inGuild();
  const short = await ann.runs('which-node', { needs: 'windows pods with gpu on outposts' });
  expect(short.message.ephemeral).toBe(false);
  let seen = short;
  for (const button of ['Why?', 'Compare', 'Short answer']) {
    seen = await seen.presses(button);
    expect(seen.message.id).toBe(short.message.id);
  }
  expect(seen.message.text).toBe(short.message.text);
  expect(discord.violations).toEqual([]);
  expect(world.failures).toEqual([]);
});

test('all needs are picked in one form, and the answer is for all', async () => {
  const { ann, discord, world } = await inGuild();
  const form = await ann.runs('which-node');
  expect(form.modal.components.map(({ label }) => label)).toEqual([
    'Cost, hardware, networking',
    'Operations, operating system, placement, pods',
    'Storage',
    'What matters most?',
    'Anything else, in words',
  ]);
  const answer = await form.submits({
    'needs/0': ['gpu', 'spot'],
    'needs/2': ['ebs'],
    preference: 'cheapest',
    words: 'not hybrid',
  });
  expect(answer.message.ephemeral).toBe(false);
  expect(answer.message.text).toContain('best first for lowest cost');
  expect(answer.message.text).toContain(
    'Needed: EC2 Spot Instances; GPU workloads (NVIDIA); Amazon EBS volumes.',
  );
  const typed = await ann.runs('which-node', { needs: 'spot, gpu, ebs, cheapest. not hybrid' });
  expect(typed.message.text).toBe(answer.message.text);
  expect(discord.violations).toEqual([]);
  expect(world.failures).toEqual([]);
});

test('the form opens again as it was sent, also after a restart', async () => {
  const chat = await startChat();
  const { discord } = chat;
  const channel = discord.channel(discord.guild());
  const ann = discord.person({ name: 'ann' }).in(channel);
  const answer = await (await ann.runs('which-node')).submits({
    'needs/0': ['gpu'],
    'needs/1': ['windows', 'daemonsets'],
    preference: 'most-control',
    words: 'ideally spot',
  });
  const { world } = await chat.restart();
  const again = await answer.presses('Change needs');
  const same = await again.submits({});
  expect(same.message.text).toBe(answer.message.text);
  expect(same.message.id).not.toBe(answer.message.id);
  const less = await (await same.presses('Change needs')).submits({
    'needs/0': [],
    'needs/1': ['windows'],
    words: '',
  });
  expect(less.message.text).toContain('Needed: Windows containers.');
  expect(less.message.text).not.toContain('Nice to have');
  const empty = await (await less.presses('Change needs')).submits({ 'needs/1': [], preference: '-' });
  expect(empty.message).toMatchObject({ ephemeral: true, id: expect.not.stringContaining(less.message.id) });
  expect(empty.message.text).toContain('Nothing was picked');
  expect((await empty.presses('Pick needs')).modal.components).toHaveLength(5);
  expect(discord.violations).toEqual([]);
  expect(world.failures).toEqual([]);
});

test('a team with more needs than a form has room for says the others in words', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'eks-needs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp('content', folder, { recursive: true });
  const types = ['self-managed', 'managed-node-group', 'fargate', 'auto-mode', 'hybrid'];
  const cells = types.map((type) => `${type}: { support: yes, source: compute }`).join(', ');
  const lines = Array.from(
    { length: 40 },
    (_, at) => `  - { id: house-rule-q${at}, group: ours, label: House rule q${at}, support: { ${cells} } }`,
  );
  await writeFile(path.join(folder, 'node-types', 'ours.yaml'), ['capabilities:', ...lines].join('\n'));
  const { discord, world } = await startChat({ world: { content: folder } });
  const ann = discord.person({ name: 'ann' }).in(discord.channel(discord.guild()));
  const answer = await ann.runs('which-node', { needs: 'house-rule-q0. house-rule-q39. windows' });
  const form = await answer.presses('Change needs');
  expect(form.modal.components).toHaveLength(5);
  expect(JSON.stringify(form.modal)).toContain('There is no room for 15 more: say those in words.');
  const same = await form.submits({});
  expect(same.message.text).toContain('Windows containers');
  expect(same.message.text).toContain('House rule q0');
  expect(same.message.text).toContain('House rule q39');
  expect(discord.violations).toEqual([]);
  expect(world.failures).toEqual([]);
});

test('a form that comes too late to open waits behind a button, filled in, also after a restart', async () => {
  const platform = { acknowledgeAfterMs: 1 };
  const slow = (real: Bot): Bot => ({ ...real, press: (press) => sleep(50).then(() => real.press(press)) });
  const chat = await startChat({ bot: slow, platform });
  const { discord } = chat;
  const ann = discord.person({ name: 'ann' }).in(discord.channel(discord.guild()));
  const answer = await ann.runs('which-node', { needs: 'windows' });
  await answer.until(({ messages }) => messages.some(({ buttons }) => buttons.length > 0));
  const late = await answer.presses('Change needs');
  expect(late.message.ephemeral).toBe(true);
  platform.acknowledgeAfterMs = 10_000;
  const { world } = await chat.restart();
  const form = await late.presses('Which node type?');
  expect((await form.submits({})).message.text).toContain('Needed: Windows containers.');
  expect(discord.violations).toEqual([]);
  expect(world.failures).toEqual([]);
});
