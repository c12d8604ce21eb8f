import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Bot } from '../../../src/bot/platform.js';
import type { Reply } from '../../../src/bot/reply.js';
import { type ChatOptions, startChat } from './chat.js';
import type { Seen } from './loopback/seen.js';

const MESSAGE = 4;
const DEFERRED_MESSAGE = 5;
const DEFERRED_UPDATE = 6;
const UPDATE = 7;

/** A bot that takes its time. */
const slowly =
  (ms: number) =>
  (bot: Bot): Bot => ({
    ...bot,
    run: (invocation) => sleep(ms).then(() => bot.run(invocation)),
    press: (press) => sleep(ms).then(() => bot.press(press)),
  });

async function chatWith(options: ChatOptions = {}) {
  const chat = await startChat(options);
  const ann = chat.discord.person({ name: 'ann', admin: true });
  const channel = chat.discord.channel(chat.discord.guild());
  return { ...chat, person: ann, ann: ann.in(channel), channel };
}

const slow: ChatOptions = { bot: slowly(120), platform: { acknowledgeAfterMs: 30 } };

async function rates(shown: Seen, name: string): Promise<Seen> {
  const button = shown.message.buttons.find(({ label }) => label?.startsWith(name));
  return shown.presses(button?.label ?? expect.fail(`no rating ${name}`));
}

test('an answer at hand is the first response', async () => {
  const { ann } = await chatWith();
  const seen = await ann.runs('review');
  expect(seen.answer).toBe(MESSAGE);
  expect((await seen.presses('Show answer')).answer).toBe(UPDATE);
});

test('a private answer that takes longer is acknowledged first and fills the acknowledgement', async () => {
  const { ann, discord } = await chatWith(slow);
  const seen = await ann.runs('today');
  expect(seen.answer).toBe(DEFERRED_MESSAGE);
  expect(seen.messages).toHaveLength(1);
  expect(seen.message).toMatchObject({ ephemeral: true, text: expect.stringContaining('Today') });
  expect(discord.violations).toEqual([]);
});

test('a public answer that takes longer is still for all to see', async () => {
  const { ann, discord, channel } = await chatWith(slow);
  const seen = await ann.runs('explain', { query: 'etcd' });
  await seen.until(({ messages }) => messages.length === 2);
  expect(discord.messagesIn(channel).map(({ embeds }) => embeds[0]?.title)).toEqual(['etcd']);
  expect(discord.violations).toEqual([]);
});

test('an answer that takes long to keep for its pages is acknowledged first too', async () => {
  const bot = (real: Bot): Bot => ({
    ...answering(LONG)(real),
    keep: (origin, reply) => sleep(120).then(() => real.keep(origin, reply)),
  });
  const { ann, discord } = await chatWith({ bot, platform: { acknowledgeAfterMs: 30 } });
  const seen = await ann.runs('topics');
  expect(seen.answer).toBe(DEFERRED_MESSAGE);
  await seen.until(({ messages }) => messages.length === 2);
  expect(discord.violations).toEqual([]);
});

test('a press whose answer takes longer changes its message in the end, or is answered beside it', async () => {
  const { ann, discord } = await chatWith(slow);
  const first = await ann.runs('review');
  const shown = await first.presses('Show answer');
  expect(shown.answer).toBe(DEFERRED_UPDATE);
  expect(shown.message.id).toBe(first.message.id);
  const explained = await ann.runs('explain', { query: 'etcd' });
  await explained.until(({ messages }) => messages.length === 2);
  const quizzed = await explained.presses('Quiz me on this');
  expect(quizzed.message).toMatchObject({ ephemeral: true, text: expect.stringContaining('Quiz') });
  expect(discord.violations).toEqual([]);
});

test('a form that comes too late to open at once waits behind a button, also after a restart', async () => {
  const busy = { yes: true };
  const bot = (real: Bot): Bot => ({ ...real, run: busy.yes ? slowly(120)(real).run : real.run });
  const chat = await chatWith({ bot, platform: { acknowledgeAfterMs: 30 } });
  const shown = await chat.ann.runs('report', { term: 'etcd' });
  busy.yes = false;
  expect(shown.message.text).toContain('What is wrong with');
  await chat.restart();
  const opened = await shown.presses('A mistake in etcd');
  expect(opened.modal.title).toBe('A mistake in etcd');
  expect(chat.discord.violations).toEqual([]);
});

test('a button of before a restart does what it says', async () => {
  const chat = await chatWith();
  const shown = await (await chat.ann.runs('review')).presses('Show answer');
  const again = await chat.restart();
  const rated = await rates(shown, 'Good');
  expect(rated.message.text).not.toContain('Something broke');
  expect((await chat.ann.runs('today')).message.text).toContain('1 review');
  expect(again.world.failures).toEqual([]);
});

test('two presses at once, and one delivered again, count once', async () => {
  const { ann, discord, world } = await chatWith();
  const shown = await (await ann.runs('review')).presses('Show answer');
  const [first] = await Promise.all([rates(shown, 'Good'), rates(shown, 'Good')]);
  first.redelivered();
  await sleep(200);
  const today = await ann.runs('today');
  expect(today.message.text).toMatch(/Done today\n1 review\n/);
  expect(world.failures).toEqual([]);
  expect(discord.violations).toEqual([]);
});

test('what Discord takes no answer to any more is recorded, and nothing is said to be broken', async () => {
  let held = Promise.resolve();
  let letGo: () => void = () => {};
  const bot = (real: Bot): Bot => ({
    ...real,
    press: async (press) => {
      const replies = await real.press(press);
      await held;
      return replies;
    },
  });
  const platform = { acknowledgeAfterMs: 60_000 };
  const chat = await chatWith({ answerMs: 3_000, patienceMs: 3_500, bot, platform });
  const shown = await (await chat.ann.runs('review')).presses('Show answer');
  held = new Promise((resolve) => {
    letGo = resolve;
  });
  await expect(rates(shown, 'Good')).rejects.toThrow('did not respond');
  letGo();
  await expect.poll(() => chat.logged.join('')).toContain('came too late');
  expect(chat.logged.join('')).not.toContain('could not be sent');
  expect((await chat.ann.runs('today')).message.text).toMatch(/Done today\n1 review\n/);
});

test('what does not fit one message is turned page by page, and nothing of it is lost', async () => {
  const { ann, discord, channel, restart } = await chatWith({ bot: answering(LONG) });
  const first = await ann.runs('topics');
  const texts = [first.message.text];
  let seen = first;
  await restart();
  for (
    let page = 2;
    seen.message.buttons.some(({ label, disabled }) => label === 'More ›' && !disabled);
    page += 1
  ) {
    seen = await seen.presses('More ›');
    expect(seen.message.buttons.map(({ label }) => label)).toContain(`Page ${page} of 4`);
    texts.push(seen.message.text);
  }
  for (const word of LONG.text.split(/\s+/)) expect(texts.join(' ')).toContain(word);
  expect((await seen.presses('‹ Back')).message.text).toBe(texts.at(-2));
  expect(discord.messagesIn(channel)).toHaveLength(1);
  expect(discord.violations).toEqual([]);
});

test('where the bot may not write, the person alone gets the answer, and is told why', async () => {
  const { ann, discord, channel } = await chatWith();
  channel.closed = 'unwritable';
  const seen = await ann.runs('explain', { query: 'etcd' });
  expect(seen.message.ephemeral).toBe(true);
  expect(seen.message.text).toContain('I may not write in this channel');
  expect(discord.violations).toEqual([]);
});

test('the same is said where the answer takes longer', async () => {
  const { ann, discord, channel } = await chatWith(slow);
  channel.closed = 'unwritable';
  const seen = await ann.runs('explain', { query: 'etcd' });
  await seen.until(({ message }) => message.text.includes('I may not write in this channel'));
  expect(seen.message.ephemeral).toBe(true);
  expect(discord.violations).toEqual([]);
});

test('in a group of people an answer for all is shown to all, a private one to who asked', async () => {
  const { person, discord } = await chatWith();
  const ann = person.in(discord.groupMessage(person));
  const shown = await ann.runs('explain', { query: 'etcd' });
  expect(shown.message.ephemeral).toBe(false);
  expect(shown.message.text).not.toContain('I may not write');
  expect((await ann.runs('today')).message.ephemeral).toBe(true);
  expect(discord.violations).toEqual([]);
});

const LONG: Reply = {
  title: 'Much',
  text: Array.from({ length: 1800 }, (_, at) => `word${at}`).join(' '),
  visibility: 'public',
};

function answering(reply: Reply) {
  return (bot: Bot): Bot => ({ ...bot, run: async () => [reply] });
}
