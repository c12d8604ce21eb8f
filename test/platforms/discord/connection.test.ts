import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { Bot } from '../../../src/bot/platform.js';
import { commands } from '../../../src/commands/list.js';
import { checkDiscord } from '../../../src/platforms/discord/checkup.js';
import { inviteLink } from '../../../src/platforms/discord/invite.js';
import { Secret } from '../../../src/secret.js';
import { type Chat, startChat } from './chat.js';
import { startDiscord } from './loopback/discord.js';

const OF_COMMANDS = /\/applications\/\d+\/(guilds\/\d+\/)?commands$/;

function registrations({ discord }: Pick<Chat, 'discord'>): readonly string[] {
  return discord.requests
    .filter(({ path, method }) => method !== 'GET' && OF_COMMANDS.test(path))
    .map(({ method }) => method);
}

async function meet(chat: Chat) {
  const ann = chat.discord.person({ name: 'ann' });
  const channel = chat.discord.channel(chat.discord.guild());
  return ann.in(channel);
}

async function until(test: () => boolean): Promise<void> {
  for (let wait = 0; wait < 800 && !test(); wait += 1) await sleep(25);
  expect(test()).toBe(true);
}

test('commands are registered once, and again only when they differ', async () => {
  const chat = await startChat();
  expect(registrations(chat)).toEqual(['PUT']);
  const again = await chat.restart();
  expect(registrations(again)).toEqual(['PUT']);
  expect(again.logged.join('')).toContain('commands are as they were');
  await again.stop();
  const renamed = await startChat({ platform: { commandName: 'notes' } });
  expect(registrations(renamed)).toEqual(['PUT']);
  expect(chat.discord.violations).toEqual([]);
});

test('with a guild to try out in, the commands are registered there alone', async () => {
  const discord = await startDiscord();
  onTestFinished(() => discord.close());
  const guild = discord.guild();
  const chat = await startChat({ on: discord, platform: { guildId: guild.id } });
  await chat.restart();
  const paths = discord.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path);
  expect(paths).toEqual([expect.stringContaining(`/guilds/${guild.id}/commands`)]);
  const boss = discord.person({ name: 'boss', admin: true });
  const here = await boss.in(discord.channel(guild)).runs('reports');
  expect(here.message.text).not.toContain('Only an admin');
  expect(chat.discord.violations).toEqual([]);
});

test('every summary, option and choice of the commands is what Discord takes', async () => {
  const { discord } = await startChat();
  const [put] = discord.requests.filter(({ method }) => method === 'PUT');
  expect(put?.body).toMatchObject([
    { name: 'eks', options: commands.map(({ name }) => expect.objectContaining({ name, type: 1 })) },
  ]);
  expect(JSON.stringify(put?.body)).toContain('"name":"view"');
  expect(JSON.stringify(put?.body)).toContain('"choices":[{"name":"open","value":"open"}');
});

test.each(['drop', 'askToReconnect', 'forget'] as const)(
  'a connection that Discord breaks off (%s) is made again, and commands are answered',
  async (trouble) => {
    const chat = await startChat();
    const ann = await meet(chat);
    await ann.runs('help');
    const before = chat.discord.gateway.log.length;
    chat.discord.gateway[trouble]();
    await until(() => chat.discord.gateway.log.slice(before).some((line) => /^(identify|resume)/.test(line)));
    await until(() => chat.discord.gateway.connected === 1);
    expect((await ann.runs('explain', { query: 'etcd' })).message.embeds[0]?.title).toBe('etcd');
  },
);

test('an interaction sent while the connection was down is answered after the resume', async () => {
  const chat = await startChat();
  const ann = await meet(chat);
  await ann.runs('help');
  chat.discord.gateway.drop();
  const seen = await ann.runs('explain', { query: 'etcd' });
  expect(seen.message.embeds[0]?.title).toBe('etcd');
});

test('a rate limit and failures of Discord delay an answer and lose none', async () => {
  const chat = await startChat();
  const ann = await meet(chat);
  chat.discord.troubles.rateLimit({ retryAfterSeconds: 0.2, on: /callback/ });
  expect((await ann.runs('help')).message.text).toContain('What I can do');
  chat.discord.troubles.rateLimit({ retryAfterSeconds: 0.2, global: true, on: /callback/ });
  expect((await ann.runs('help')).message.text).toContain('What I can do');
  chat.discord.troubles.fail({ status: 502, times: 2, on: /callback/ });
  expect((await ann.runs('help')).message.text).toContain('What I can do');
  expect(chat.discord.violations).toEqual([]);
});

test('several shards in one process answer for all guilds, and register once', async () => {
  const chat = await startChat({ shards: 3 });
  expect(chat.discord.gateway.connected).toBe(3);
  for (let guild = 0; guild < 6; guild += 1) {
    const ann = await meet(chat);
    expect((await ann.runs('explain', { query: 'etcd' })).message.embeds[0]?.title).toBe('etcd');
  }
  expect(registrations(chat)).toEqual(['PUT']);
});

test('a process with some of the shards holds only those, and leaves registering to the first', async () => {
  const chat = await startChat({ shards: 4, platform: { shards: { ids: [2, 3], count: 4 } } });
  expect(chat.discord.gateway.connected).toBe(2);
  expect(registrations(chat)).toEqual([]);
});

test('a wrong token is said in one line, without the token', async () => {
  const token = 'MTAw.wrong.token-of-someone';
  const failure = await startChat({ platform: { token: new Secret(token) } }).catch((error: Error) => error);
  expect(failure).toMatchObject({
    message: expect.stringMatching(/^Discord refuses DISCORD_TOKEN\. [^\n]*$/),
  });
  expect(String(failure)).not.toContain('someone');
});

test('a Discord that cannot be reached at the start is tried again until it can', async () => {
  const discord = await startDiscord();
  onTestFinished(() => discord.close());
  discord.troubles.fail({ status: 503, times: 5, on: /gateway/ });
  const chat = await startChat({ on: discord, platform: { retryAfterMs: 50 } });
  await until(() => discord.gateway.connected === 1 && registrations(chat).length === 1);
  expect(chat.logged.join('')).toContain('Discord cannot be reached; trying again');
  expect((await (await meet(chat)).runs('help')).message.text).toContain('What I can do');
});

test('a guild that the bot is not in is named, with what to do', async () => {
  await expect(startChat({ platform: { guildId: '1234567890123456' } })).rejects.toThrow(
    /does not let the bot into the guild 1234567890123456 .*Invite it/,
  );
});

test('an interaction under way is answered before the bot stops', async () => {
  let asked: () => void = () => {};
  const underWay = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const bot = (real: Bot): Bot => ({
    ...real,
    run: async (invocation) => {
      asked();
      await sleep(150);
      return real.run(invocation);
    },
  });
  const chat = await startChat({ bot });
  const ann = await meet(chat);
  const running = ann.runs('help');
  await underWay;
  await chat.stop();
  expect((await running).message.text).toContain('What I can do');
  expect(chat.discord.gateway.connected).toBe(0);
});

test('the doctor sees a good token, and prints the link that invites the bot', async () => {
  const { discord } = await startChat();
  const options = { apiUrl: discord.api, guildId: undefined, commandName: 'eks' };
  const good = await checkDiscord({ ...options, token: new Secret(discord.token) });
  expect(good).toEqual({ ok: true, message: expect.stringContaining('/eks is registered') });
  expect(good.message).toContain(inviteLink(discord.applicationId));
  expect(await checkDiscord({ ...options, token: new Secret('wrong.token') })).toEqual({
    ok: false,
    message: expect.stringContaining('Discord refuses DISCORD_TOKEN'),
  });
  expect(
    await checkDiscord({ ...options, apiUrl: 'http://127.0.0.1:1/api', token: new Secret('x') }),
  ).toEqual({
    ok: false,
    message: expect.stringContaining('cannot be reached'),
  });
});

test('the invite link has both scopes and the permissions that the bot uses, and no more', () => {
  const url = new URL(inviteLink('42'));
  expect(url.searchParams.get('scope')).toBe('bot applications.commands');
  // View channel, send, embed, attach, read history, create public threads, send in threads.
  const bits = [10n, 11n, 14n, 15n, 16n, 35n, 38n].reduce((all, bit) => all | (1n << bit), 0n);
  expect(url.searchParams.get('permissions')).toBe(String(bits));
});
