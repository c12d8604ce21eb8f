import { expect, test } from 'vitest';
import { encodePress } from '../../../src/bot/press.js';
import type { Reply } from '../../../src/bot/reply.js';
import { type Chat, type ChatOptions, startChat } from './chat.js';

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const quiz = (id: string): Reply => ({
  title: 'Quiz of the day',
  text: 'Which software stores the state of the cluster? @everyone',
  image: { alt: 'Nobody has answered yet', png: PIXEL },
  buttons: ['etcd', 'kubelet'].map((label, at) => ({
    label,
    press: encodePress('daily', 'answer', id, String(at)),
  })),
  visibility: 'public',
});

const words = (text: string): Reply => ({ title: 'The season is over', text, visibility: 'public' });

/** With a button that carries the key, as all that is posted unasked. */
const keyed = (key: string): Reply => ({
  ...words('the same for all'),
  buttons: [{ label: 'My rank', press: encodePress('leaderboard', 'mine', key) }],
});

async function meet(options?: ChatOptions) {
  const chat = await startChat(options);
  const guild = chat.discord.guild();
  const channel = chat.discord.channel(guild);
  return { ...chat, guild, channel, place: { workspace: guild.id, channel: channel.id } };
}

/** The client's own and those that it repeats. */
const TRIES = 4;

const before = () => new Date(Date.now() - 60_000);

/** The bot as it is after a restart that took minutes. */
function restarted(chat: Chat): Promise<Chat> {
  chat.discord.forgetNonces();
  return chat.restart();
}

test('a post stands in its channel with buttons and picture, calls nobody, and has its thread', async () => {
  const { discord, channel, place, poster } = await meet();
  const options = { key: 'q1', since: new Date(), thread: `Quiz ${'x'.repeat(200)}` };
  const posted = await poster.post(place, quiz('q1'), options);
  const [seen, ...others] = discord.messagesIn(channel);
  expect(others).toEqual([]);
  expect(seen).toMatchObject({
    id: posted.message,
    pings: [],
    files: [{ description: 'Nobody has answered yet' }],
  });
  expect(seen?.buttons.map(({ label }) => label)).toEqual(['etcd', 'kubelet']);
  expect(
    discord.requests.findLast(({ path }) => path === `/channels/${channel.id}/messages`)?.body,
  ).toMatchObject({
    nonce: 'q1',
    enforce_nonce: true,
    allowed_mentions: { parse: [] },
  });
  expect(posted.thread).toBe(posted.message);
  expect(discord.violations).toEqual([]);
});

test('a press on a post reaches the bot as on any message', async () => {
  const { discord, channel, place, poster } = await meet();
  const reply = { ...words('Well done'), buttons: [{ label: 'Mine', press: encodePress('today', 'show') }] };
  await poster.post(place, reply, { key: 'k', since: new Date() });
  const ann = discord.person({ name: 'ann' });
  const [message] = discord.messagesIn(channel);
  const seen = await ann.in(channel).presses(message ?? expect.fail('no message'), 'Mine');
  expect(seen.message.ephemeral).toBe(true);
});

test('an edit takes the place of all that a post had, and a repeated edit changes nothing more', async () => {
  const { discord, channel, place, poster } = await meet();
  const posted = await poster.post(place, quiz('q1'), { key: 'q1', since: new Date() });
  await poster.edit(place, posted, words('It was etcd'));
  await poster.edit(place, posted, words('It was etcd'));
  const [seen, ...others] = discord.messagesIn(channel);
  expect(others).toEqual([]);
  expect(seen).toMatchObject({ text: expect.stringContaining('It was etcd'), buttons: [], files: [] });
  expect(discord.violations).toEqual([]);
});

test.each([
  ['a moment later, by its nonce', false],
  ['long after, by what stands in the channel', true],
])('a post whose answer was lost is found again %s', async (_how, late) => {
  const { discord, channel, place, poster } = await meet();
  const since = new Date();
  discord.troubles.fail({ on: /^POST .*\/messages$/, status: 500, obeyed: true, times: TRIES });
  await expect(poster.post(place, quiz('q1'), { key: 'q1', since })).rejects.toThrow();
  if (late) discord.forgetNonces();
  await poster.post(place, quiz('other'), { key: 'other', since });
  const posted = await poster.post(
    place,
    { ...quiz('q1'), title: 'Quiz of the day · 1 of 2', text: 'less time left' },
    { key: 'q1', since, isRepeat: true, thread: 't' },
  );
  expect(discord.messagesIn(channel)).toHaveLength(2);
  expect(posted.message).toBe(discord.messagesIn(channel)[0]?.id);
  expect(posted.thread).toBe(posted.message);
});

test('a post that was sent before a kill is found again after it, among many other messages', async () => {
  const chat = await meet();
  const { discord, channel, place } = chat;
  const since = before();
  const first = await chat.poster.post(place, quiz('q1'), { key: 'q1', since, thread: 'Talk' });
  const said = await chat.poster.post(place, keyed('one'), { key: 'one', since });
  for (let at = 0; at < 120; at += 1) {
    await chat.poster.post(place, quiz(`later-${at}`), { key: `later-${at}`, since: new Date() });
  }
  const { poster } = await restarted(chat);
  const again = { since, isRepeat: true };
  expect(await poster.post(place, quiz('q1'), { key: 'q1', ...again, thread: 'Talk' })).toEqual(first);
  expect(await poster.find(place, { key: 'q1', since })).toEqual(first);
  expect(await poster.post(place, keyed('one'), { key: 'one', ...again })).toEqual(said);
  expect(await poster.find(place, { key: 'two', since })).toBeUndefined();
  const posted = await poster.post(place, keyed('two'), { key: 'two', ...again });
  expect(posted.message).not.toBe(said.message);
  expect(discord.messagesIn(channel)).toHaveLength(123);
  expect(discord.violations).toEqual([]);
});

test('what somebody was answered is not taken for a post, although its button carries the key', async () => {
  const { discord, channel, place, poster } = await meet();
  const ann = discord.person({ name: 'ann' });
  await ann.in(channel).runs('explain', { query: 'etcd' });
  const [answer] = discord.messagesIn(channel);
  const press = answer?.buttons[0]?.custom_id ?? expect.fail('no button');
  const key = press.split('/').at(-1) ?? '';
  expect(await poster.find(place, { key, since: before() })).toBeUndefined();
});

test('a try whose time is over sends nothing any more, though it waits for its turn', async () => {
  const { discord, channel, place, poster } = await meet();
  discord.troubles.rateLimit({ on: /messages$/, retryAfterSeconds: 0.5 });
  const post = poster.post(place, quiz('q1'), {
    key: 'q1',
    since: new Date(),
    signal: AbortSignal.timeout(100),
  });
  await expect(post).rejects.toThrow();
  await poster.post(place, quiz('q2'), { key: 'q2', since: new Date() });
  expect(discord.messagesIn(channel)).toHaveLength(1);
});

test('a first try asks Discord once', async () => {
  const { discord, place, poster } = await meet();
  const count = discord.requests.length;
  await poster.post(place, quiz('q1'), { key: 'q1', since: new Date() });
  expect(discord.requests).toHaveLength(count + 1);
});

test('a thread that cannot be had does not keep a post from its channel; one that failed is opened later', async () => {
  const { discord, channel, guild, place, poster, logged } = await meet();
  const thread = discord.thread(channel);
  const within = { workspace: guild.id, channel: thread.id };
  const posted = await poster.post(within, quiz('q1'), { key: 'q1', since: new Date(), thread: 'Talk' });
  expect(posted.thread).toBeUndefined();
  expect(logged.join()).toContain('no thread');
  const since = new Date();
  discord.troubles.fail({ on: /threads$/, status: 500, times: TRIES });
  await expect(poster.post(place, quiz('q2'), { key: 'q2', since, thread: 'Talk' })).rejects.toThrow();
  const later = await poster.post(place, quiz('q2'), { key: 'q2', since, thread: 'Talk' });
  expect(later.thread).toBe(later.message);
  expect(discord.messagesIn(channel)).toHaveLength(1);
});

test('a channel that is gone or closed is refused for good, trouble at Discord is not', async () => {
  const { discord, channel, guild, place, poster } = await meet();
  const options = { key: 'q1', since: new Date() };
  const gone = { workspace: guild.id, channel: '123456789012345678' };
  await expect(poster.post(gone, quiz('q1'), options)).rejects.toMatchObject({ reason: 'gone' });
  const posted = await poster.post(place, quiz('q2'), { ...options, key: 'q2' });
  for (const closed of ['unseen', 'unwritable'] as const) {
    channel.closed = closed;
    await expect(poster.post(place, quiz('q1'), options)).rejects.toMatchObject({ reason: 'forbidden' });
  }
  channel.closed = undefined;
  for (const { stored } of discord.messagesIn(channel)) stored.deleted = true;
  await expect(poster.edit(place, posted, quiz('q2'))).rejects.toMatchObject({ reason: 'gone' });
  discord.troubles.fail({ on: /messages$/, status: 503, times: TRIES });
  await expect(poster.post(place, quiz('q1'), options)).rejects.not.toMatchObject({ name: 'PostRefused' });
});

test('asked to go slower, it waits and posts once', async () => {
  const { discord, channel, place, poster } = await meet();
  discord.troubles.rateLimit({ on: /messages$/, retryAfterSeconds: 0.2 });
  await poster.post(place, quiz('q1'), { key: 'q1', since: new Date() });
  expect(discord.messagesIn(channel)).toHaveLength(1);
});

test('a person is told in their direct messages, also in pages; who takes none is refused', async () => {
  const { discord, guild, poster } = await meet();
  const ann = discord.person({ name: 'ann' });
  const direct = discord.directMessage(ann);
  const long: Reply = {
    text: Array.from({ length: 900 }, (_, at) => `line ${at}`).join('\n\n'),
    visibility: 'private',
  };
  await poster.tell(guild.id, ann.id, long);
  const [message] = discord.messagesIn(direct);
  const next = await ann.in(direct).presses(message ?? expect.fail('no message'), 'More ›');
  expect(next.message.text).toContain('line 500');
  direct.closed = 'unwritable';
  await expect(poster.tell(guild.id, ann.id, long)).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(poster.tell(guild.id, '1234567890', long)).rejects.toMatchObject({ reason: 'gone' });
  expect(discord.violations).toEqual([]);
});

test('pages of a post can be turned by anybody in the server', async () => {
  const { discord, channel, place, poster } = await meet();
  const long = words(Array.from({ length: 900 }, (_, at) => `line ${at}`).join('\n\n'));
  await poster.post(place, { ...long, visibility: 'private' }, { key: 'k', since: new Date() });
  const [message] = discord.messagesIn(channel);
  const ann = discord.person({ name: 'ann' }).in(channel);
  const next = await ann.presses(message ?? expect.fail('no message'), 'More ›');
  expect(next.message.text).toContain('line 500');
});

test('where Discord is not connected, posting fails in a way that later tries mend', async () => {
  const chat = await meet();
  await chat.stop();
  const post = chat.poster.post(chat.place, quiz('q1'), { key: 'q1', since: new Date() });
  await expect(post).rejects.toThrow('not connected');
});
