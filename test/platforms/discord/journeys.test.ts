import { describe, expect, test } from 'vitest';
import { commands } from '../../../src/commands/list.js';
import { startChat } from './chat.js';

type Places = 'a guild' | 'a thread' | 'a direct message';

async function at(place: Places, admin = false) {
  const chat = await startChat();
  const { discord } = chat;
  const ann = discord.person({ name: 'ann', nick: 'Annie', admin });
  const channel = discord.channel(discord.guild());
  const where = {
    'a guild': () => channel,
    'a thread': () => discord.thread(channel),
    'a direct message': () => discord.directMessage(ann),
  }[place]();
  return { ...chat, ann: ann.in(where), channel: where };
}

describe.each<Places>(['a guild', 'a thread', 'a direct message'])('in %s', (place) => {
  test('a term is explained for all to see, with buttons that go on', async () => {
    const { ann, discord, world } = await at(place);
    const seen = await ann.runs('explain', { query: 'etcd' });
    expect(seen.message.embeds[0]).toMatchObject({ title: 'etcd' });
    expect(seen.message.ephemeral).toBe(false);
    const quizzed = await seen.presses('Quiz me on this');
    expect(quizzed.message.text).toContain('Quiz');
    expect(quizzed.message.ephemeral).toBe(place !== 'a direct message');
    expect(discord.violations).toEqual([]);
    expect(world.failures).toEqual([]);
  });

  test('a review goes card by card in one message, and each rating counts', async () => {
    const { ann, discord, world } = await at(place);
    const first = await ann.runs('review');
    expect(first.message.ephemeral).toBe(place !== 'a direct message');
    let seen = first;
    for (let card = 1; card <= 3; card += 1) {
      seen = await seen.presses('Show answer');
      expect(seen.message.id).toBe(first.message.id);
      const good = seen.message.buttons.find(({ label }) => label?.startsWith('Good'));
      seen = await seen.presses(good?.label ?? expect.fail('no rating'));
      expect(seen.message.id).toBe(first.message.id);
    }
    const today = await ann.runs('today');
    expect(today.message.text).toContain('3 reviews');
    expect(discord.violations).toEqual([]);
    expect(world.failures).toEqual([]);
  });

  test('every command answers with what Discord takes', async () => {
    const { ann, discord, world } = await at(place, true);
    const args: Readonly<Record<string, Record<string, string | number>>> = {
      explain: { query: 'what stores cluster state?' },
      'which-node': { needs: 'windows pods, no servers to manage' },
      quiz: { topic: 'etcd' },
      settings: { 'new-per-day': 7 },
      report: { term: 'etcd' },
    };
    for (const { name } of commands) {
      const seen = await ann.runs(name, args[name] ?? {});
      expect(seen.interaction.modal ?? seen.message.text, name).not.toBe('');
    }
    expect(discord.violations).toEqual([]);
    expect(world.failures).toEqual([]);
  });
});

test('settings are changed in a form that opens at once, and the message shows what was saved', async () => {
  const { ann, discord } = await at('a guild');
  const shown = await ann.runs('settings');
  const asked = await shown.presses('Change');
  expect(asked.modal.title).toBe('Change your settings');
  const saved = await asked.submits({ 'time-zone': 'Asia/Tokyo', 'new-per-day': '9' });
  expect(saved.message.text).toContain('Asia/Tokyo');
  expect(saved.message.id).toBe(shown.message.id);
  const wrong = await (await saved.presses('Change')).submits({ retention: 'lots' });
  expect(wrong.message.text).toContain('Nothing was changed');
  expect(discord.violations).toEqual([]);
});

test('a report from a public explanation thanks only who made it, and leaves the explanation', async () => {
  const { ann, discord, channel } = await at('a guild');
  const seen = await ann.runs('explain', { query: 'etcd' });
  const thanked = await (await seen.presses('Report a mistake')).submits({ text: 'not in version 4' });
  expect(thanked.message.text).toContain('Thank you');
  expect(thanked.message.ephemeral).toBe(true);
  expect(discord.messagesIn(channel).map(({ embeds }) => embeds[0]?.title)).toEqual(['etcd']);
  expect(discord.violations).toEqual([]);
});

test('what an admin may do is refused to others, also on a button', async () => {
  const { ann, discord } = await at('a guild');
  const seen = await ann.runs('reports');
  expect(seen.message.text).toContain('Only an admin of this workspace may do that');
  expect(seen.message.ephemeral).toBe(true);
  const boss = discord.person({ name: 'boss', admin: true });
  const direct = await boss.in(discord.directMessage(boss)).runs('reports');
  expect(direct.message.text).toContain('Only an admin');
  const foreign = discord.channel(discord.guild({ hasBot: false }));
  const guest = await boss.in(foreign).runs('reports');
  expect(guest.message.text).toContain('Only an admin');
});

test('one person has one memory in two servers and in a direct message', async () => {
  const { discord } = await at('a guild');
  const bo = discord.person({ name: 'bo' });
  const places = [
    discord.channel(discord.guild()),
    discord.channel(discord.guild()),
    discord.directMessage(bo),
  ];
  for (const [done, place] of places.entries()) {
    const today = await bo.in(place).runs('today');
    expect(today.message.text).toContain(`${done} review`);
    const shown = await (await bo.in(place).runs('review')).presses('Show answer');
    const good = shown.message.buttons.find(({ label }) => label?.startsWith('Good'));
    await shown.presses(good?.label ?? expect.fail('no rating'));
  }
});

test('an argument is completed while it is typed, mistyped or not at all', async () => {
  const { ann, discord } = await at('a guild');
  const values = async (text: string) =>
    (await ann.completes('explain', 'query', text)).choices.map(({ value }) => value);
  expect((await values('etc'))[0]).toBe('etcd');
  expect(await values('etdc')).toContain('etcd');
  expect(await values('')).toHaveLength(25);
  const topics = await ann.completes('review', 'topic', 'control');
  expect(topics.choices.length).toBeGreaterThan(0);
  const zones = await ann.completes('settings', 'time-zone', 'berl');
  expect(zones.choices.map(({ value }) => value)).toEqual(['Europe/Berlin']);
  expect(discord.violations).toEqual([]);
});

test('nothing that people type can ping anyone', async () => {
  const { ann, discord, channel } = await at('a guild');
  const rude = '@everyone <@1> <@&2> [x](https://a.example) **b** ||c||';
  await ann.runs('explain', { query: rude });
  await ann.runs('report', { term: rude });
  await ann.runs('which-node', { needs: rude });
  for (const message of discord.messagesIn(channel, discord.person({ name: 'x' })))
    expect(message.pings).toEqual([]);
  for (const { body } of discord.requests) {
    const text = JSON.stringify(body) ?? '';
    if (text.includes('"embeds"')) expect(text).toContain('"allowed_mentions":{"parse":[]');
  }
  expect(discord.violations).toEqual([]);
});

test('who has a role is in the team that was linked to it, without a word', async () => {
  const { ann: boss, discord, world, channel } = await at('a guild', true);
  await boss.runs('team', { action: 'create', team: 'Platform Crew' });
  await boss.runs('team', { action: 'link', team: 'Platform Crew', value: '<@&777>' });
  const bo = discord.person({ name: 'bo', roles: ['776', '777'] }).in(channel);
  expect((await bo.runs('team')).message.text).toContain('1 member · 0 study days · by role · your team');
  const cy = discord.person({ name: 'cy' }).in(channel);
  const refused = await cy.runs('team', { action: 'join', team: 'Platform Crew' });
  expect(refused.message.text).toContain('decided by a role');
  expect(discord.violations).toEqual([]);
  expect(world.failures).toEqual([]);
});
