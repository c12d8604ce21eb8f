import { afterEach, expect, test } from 'vitest';
import { encodePress } from '../../../src/bot/press.js';
import type { Reply } from '../../../src/bot/reply.js';
import { startChat } from './chat.js';
import { cleanUp } from './loopback/tinybot.js';
import { inMemory, reached } from './reached.js';

afterEach(cleanUp);

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const quiz = (id: string): Reply => ({
  title: 'Quiz of the day',
  text: 'Which software stores the state of the cluster? <!channel>',
  image: { alt: 'Nobody has answered yet', png: PIXEL },
  buttons: ['etcd', 'kubelet'].map((label, at) => ({
    label,
    press: encodePress('daily', 'answer', id, String(at)),
  })),
  visibility: 'public',
});

const words = (text: string): Reply => ({ title: 'The season is over', text, visibility: 'public' });
const long = words(Array.from({ length: 900 }, (_, at) => `line ${at}`).join('\n\n'));

async function meet() {
  const chat = await startChat('socket');
  const channel = chat.workspace.channel();
  return { ...chat, channel, place: { workspace: chat.workspace.id, channel: channel.id } };
}

const before = () => new Date(Date.now() - 60_000);

test('a post stands in its channel with buttons and picture, and calls nobody', async () => {
  const { slack, channel, place, poster } = await meet();
  const posted = await poster.post(place, quiz('q1'), { key: 'q1', since: new Date(), thread: 'Talk' });
  const [seen, ...others] = slack.messagesIn(channel);
  expect(others).toEqual([]);
  expect(seen).toMatchObject({ ts: posted.message, ephemeral: false, buttons: ['etcd', 'kubelet'] });
  expect(posted.thread).toBe(posted.message);
  expect(slack.violations).toEqual([]);
});

test('an edit takes the place of all that a post had', async () => {
  const { slack, channel, place, poster } = await meet();
  const posted = await poster.post(place, quiz('q1'), { key: 'q1', since: new Date() });
  await poster.edit(place, posted, words('It was etcd'));
  const [seen, ...others] = slack.messagesIn(channel);
  expect(others).toEqual([]);
  expect(seen).toMatchObject({ text: expect.stringContaining('It was etcd'), buttons: [] });
  expect(slack.violations).toEqual([]);
});

test('a post whose answer was lost is found again by the next try', async () => {
  const { slack, channel, place, poster } = await meet();
  const since = new Date();
  slack.troubles.fail({ on: /^chat.postMessage/, status: 500, obeyed: true });
  await expect(poster.post(place, quiz('q1'), { key: 'q1', since })).rejects.toThrow();
  await poster.post(place, quiz('q1'), { key: 'other', since });
  const posted = await poster.post(place, quiz('q1'), { key: 'q1', since, isRepeat: true });
  expect(slack.messagesIn(channel)).toHaveLength(2);
  expect(posted.message).toBe(slack.messagesIn(channel)[0]?.ts);
});

test('a post that was sent before a kill is found again after it, among many other messages', async () => {
  const chat = await meet();
  const { slack, channel, place } = chat;
  const since = before();
  const first = await chat.poster.post(place, words('x'), { key: 'q1', since });
  for (let at = 0; at < 220; at += 1) {
    await chat.poster.post(place, words('x'), { key: `later-${at}`, since: new Date() });
  }
  const { poster } = await chat.restart();
  expect(await poster.post(place, words('x'), { key: 'q1', since, isRepeat: true })).toEqual(first);
  expect(await poster.find(place, { key: 'q1', since })).toEqual(first);
  expect(await poster.find(place, { key: 'new', since })).toBeUndefined();
  await poster.post(place, words('x'), { key: 'new', since, isRepeat: true });
  expect(slack.messagesIn(channel)).toHaveLength(222);
  expect(slack.violations).toEqual([]);
});

test('a first try asks Slack once', async () => {
  const { slack, place, poster } = await meet();
  const asked = () => slack.requests.filter(({ method }) => /^(chat|conversations)\./.test(method));
  await poster.post(place, words('x'), { key: 'q1', since: new Date() });
  expect(asked().map(({ method }) => method)).toEqual(['chat.postMessage']);
});

test('without the scope to look for an earlier try, a repeat is sent, and the log says so', async () => {
  const { slack, channel, place, poster, logged } = await meet();
  slack.troubles.refuse({ on: /^conversations.history/, code: 'missing_scope' });
  await poster.post(place, words('x'), { key: 'q1', since: before(), isRepeat: true });
  expect(slack.messagesIn(channel)).toHaveLength(1);
  expect(logged.join()).toContain('channels:history');
});

test('a channel that is gone or closed is refused for good, trouble at Slack is not', async () => {
  const { slack, workspace, place, poster } = await meet();
  const options = { key: 'q1', since: new Date() };
  const to = (channel: string) => poster.post({ ...place, channel }, words('x'), options);
  await expect(to('C0NOSUCH')).rejects.toMatchObject({ reason: 'gone' });
  await expect(to(workspace.channel({ archived: true }).id)).rejects.toMatchObject({ reason: 'gone' });
  await expect(to(workspace.channel({ hasBot: false }).id)).rejects.toMatchObject({ reason: 'forbidden' });
  const missing = { message: '1700000000.000001', thread: undefined };
  await expect(poster.edit(place, missing, words('x'))).rejects.toMatchObject({ reason: 'gone' });
  slack.troubles.refuse({ on: /^chat.postMessage/, code: 'restricted_action_read_only_channel' });
  await expect(to(place.channel)).rejects.toMatchObject({ reason: 'forbidden' });
  slack.troubles.fail({ on: /^chat.postMessage/, status: 503 });
  await expect(to(place.channel)).rejects.not.toMatchObject({ name: 'PostRefused' });
});

test('asked to go slower, it waits and posts once', async () => {
  const { slack, channel, place, poster } = await meet();
  slack.troubles.rateLimit({ on: /^chat.postMessage/, retryAfterSeconds: 1, times: 2 });
  await poster.post(place, words('x'), { key: 'q1', since: new Date() });
  expect(slack.messagesIn(channel)).toHaveLength(1);
});

test('a try whose time is over sends nothing any more, though Slack has asked it to wait', async () => {
  const { slack, channel, place, poster } = await meet();
  slack.troubles.rateLimit({ on: /^chat.postMessage/, retryAfterSeconds: 1 });
  const signal = AbortSignal.timeout(200);
  await expect(poster.post(place, words('x'), { key: 'q1', since: new Date(), signal })).rejects.toThrow();
  await poster.post(place, words('y'), { key: 'q2', since: new Date() });
  expect(slack.messagesIn(channel)).toHaveLength(1);
});

test('pages of a post can be turned by anybody in the channel', async () => {
  const { slack, workspace, channel, place, poster } = await meet();
  await poster.post(place, { ...long, visibility: 'private' }, { key: 'k', since: new Date() });
  const [message] = slack.messagesIn(channel);
  const ann = workspace.person({ name: 'ann' }).in(channel);
  const next = await ann.presses(message ?? expect.fail('no message'), 'More ›');
  expect(next.message.text).toContain('line 100');
});

test('a person is told in their direct messages, also in pages', async () => {
  const { slack, workspace, poster } = await meet();
  const ann = workspace.person({ name: 'ann' });
  await poster.tell(workspace.id, ann.id, { ...long, visibility: 'private' });
  const [message] = slack.messagesIn(workspace.directMessage(ann));
  const next = await ann.directly().presses(message ?? expect.fail('no message'), 'More ›');
  expect(next.message.text).toContain('line 100');
  await expect(poster.tell(workspace.id, 'U0NOSUCH', long)).rejects.toMatchObject({ reason: 'gone' });
  expect(slack.violations).toEqual([]);
});

test('each workspace is posted to with its own token, an organisation once something came from it', async () => {
  const { slack, transport, url } = await reached({
    mode: 'oauth',
    transport: { installations: inMemory() },
  });
  slack.redirectsTo(`${url}/slack/oauth_redirect`);
  const one = slack.workspace({ name: 'One', installed: false });
  await one.person({ name: 'Ann' }).installs(`${url}/slack/install`);
  const client = await transport.clientFor(one.id);
  await client.chat.postMessage({ channel: one.channel().id, text: 'hello' });
  const enterprise = slack.enterprise();
  const two = slack.workspace({ name: 'Two', installed: false, enterprise });
  const bea = two.person({ name: 'Bea' });
  await bea.installs(`${url}/slack/install`, 'everywhere');
  await expect(transport.clientFor(two.id)).rejects.toThrow();
  const channel = two.channel();
  await bea.in(channel).mentions('explain etcd');
  await (await transport.clientFor(two.id)).chat.postMessage({ channel: channel.id, text: 'hello' });
  expect(slack.messagesIn(channel).at(-1)?.text).toContain('hello');
});
