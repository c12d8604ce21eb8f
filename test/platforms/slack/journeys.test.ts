import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Bot, Origin } from '../../../src/bot/platform.js';
import { commands } from '../../../src/commands/list.js';
import { modes, type StartChat } from './chat.js';
import type { Seen } from './loopback/seen.js';

const ARGUMENTS: Readonly<Record<string, string>> = {
  explain: 'what stores cluster state?',
  'which-node': 'windows pods, no servers to manage',
  quiz: 'etcd',
  settings: 'new-per-day=7',
  report: 'etcd',
};

async function rates(shown: Seen, name: string): Promise<Seen> {
  const label = shown.message.buttons.find((button) => button.startsWith(name));
  return shown.presses(label ?? expect.fail(`no rating ${name}`));
}

async function meet(start: StartChat, options?: Parameters<StartChat>[0]) {
  const chat = await start(options);
  const ann = chat.workspace.person({ name: 'ann' });
  const channel = chat.workspace.channel();
  return { ...chat, ann, channel };
}

describe.each([...modes])('in Slack over %s', (_mode, start) => {
  test('a command is answered to who asked, and shared with the channel when they want it', async () => {
    const { slack, ann, channel, world } = await meet(start);
    const bob = ann.in(channel);
    const seen = await bob.runs('/eks explain etcd');
    expect(seen.message).toMatchObject({ ephemeral: true, text: expect.stringContaining('etcd') });
    expect(seen.message.fallback).toContain('etcd');
    const shared = await seen.presses('Share in channel');
    expect(shared.message).toMatchObject({ ephemeral: false, text: expect.stringContaining('etcd') });
    expect(slack.messagesIn(channel).filter(({ ephemeral }) => !ephemeral)).toHaveLength(1);
    expect(slack.violations).toEqual([]);
    expect(world.failures).toEqual([]);
  });

  test('an answer is shared once, however often the button is pressed', async () => {
    const { slack, ann, channel } = await meet(start);
    const seen = await ann.in(channel).runs('/eks explain etcd');
    const first = seen.presses('Share in channel');
    // Nothing is shown for it, so nobody waits for that.
    seen.presses('Share in channel').catch(() => {});
    await first;
    await ann.in(channel).runs('/eks help');
    expect(slack.messagesIn(channel).filter(({ ephemeral }) => !ephemeral)).toHaveLength(1);
  });

  test('who shares what is answered otherwise by now is told so in private', async () => {
    const refusal = { text: 'I know nothing of that any more.', visibility: 'private' } as const;
    let asked = 0;
    const bot = (real: Bot): Bot => ({
      ...real,
      message: async (message) => (asked++ === 0 ? real.message(message) : [refusal]),
    });
    const { slack, ann, channel } = await meet(start, { bot });
    const seen = await ann.in(channel).runs('/eks explain etcd');
    const told = await seen.presses('Share in channel');
    expect(told.message).toMatchObject({ ephemeral: true, text: refusal.text });
    expect(slack.messagesIn(channel).filter(({ ephemeral }) => !ephemeral)).toEqual([]);
    expect(slack.violations).toEqual([]);
  });

  test('an admin of another workspace, met in a shared channel, is none here', async () => {
    const { workspace, channel } = await meet(start);
    const guest = workspace.person({ name: 'guest', admin: true, home: 'T0ELSEWHERE' });
    const boss = workspace.person({ name: 'boss', admin: true });
    expect((await guest.in(channel).runs('/eks reports')).message.text).toContain('Only an admin');
    expect((await boss.in(channel).runs('/eks reports')).message.text).not.toContain('Only an admin');
  });

  test('in a shared channel a guest belongs to the workspace that has the bot, whatever they do', async () => {
    const asked: string[] = [];
    const note = <Asked extends { readonly origin: Origin }>(one: Asked) => {
      asked.push(one.origin.workspace);
      return one;
    };
    const bot = (real: Bot): Bot => ({
      ...real,
      message: (message) => real.message(note(message)),
      press: (press) => real.press(note(press)),
    });
    const { workspace, channel, slack } = await meet(start, { bot });
    const guest = workspace.person({ name: 'guest', home: 'T0ELSEWHERE' });
    const shown = await guest.in(channel).mentions('settings');
    const asking = await shown.presses('Change');
    const saved = await asking.submits({ 'Time zone': 'Asia/Tokyo' });
    await saved.until(({ messages }) => messages.some(({ text }) => text.includes('Asia/Tokyo')));
    expect(asked).toEqual([workspace.id, workspace.id, workspace.id]);
    expect(slack.violations).toEqual([]);
  });

  test('in the bot’s own direct messages a command is answered plainly', async () => {
    const { slack, ann } = await meet(start);
    const seen = await ann.directly().runs('/eks explain etcd');
    expect(seen.message).toMatchObject({ ephemeral: false, text: expect.stringContaining('etcd') });
    expect(seen.message.buttons).not.toContain('Share in channel');
    const review = await ann.directly().runs('/eks review');
    const rated = await rates(await review.presses('Show answer'), 'Good');
    expect(rated.message).toMatchObject({ ts: review.message.ts, ephemeral: false });
    expect(slack.violations).toEqual([]);
  });

  test('between two people a command is answered to who asked, and shared when they want it', async () => {
    const { slack, ann, workspace } = await meet(start);
    const between = workspace.directBetweenOthers();
    const bob = workspace.person({ name: 'bob' });
    const seen = await ann.in(between).runs('/eks explain etcd');
    expect(seen.message).toMatchObject({ ephemeral: true, text: expect.stringContaining('etcd') });
    const shared = await seen.presses('Share in channel');
    expect(shared.message).toMatchObject({ ephemeral: false, text: expect.stringContaining('etcd') });
    const [label = ''] = shared.message.buttons;
    const pressed = await bob.in(between).presses(shared.message, label);
    expect(pressed.message.text).not.toBe('');
    const review = await ann.in(between).runs('/eks review');
    const rated = await rates(await review.presses('Show answer'), 'Good');
    expect(rated.message).toMatchObject({ ts: review.message.ts, ephemeral: true });
    for (const one of [ann, bob]) expect(slack.messagesIn(workspace.directMessage(one), one)).toEqual([]);
    expect(slack.messagesIn(between, bob).filter(({ text }) => text.includes('Good'))).toEqual([]);
    expect(slack.violations).toEqual([]);
  });

  test('every command answers with what Slack takes, whoever asks', async () => {
    const { slack, workspace, channel, world } = await meet(start);
    const boss = workspace.person({ name: 'boss', admin: true });
    for (const { name } of commands) {
      const seen = await boss.in(channel).runs(`/eks ${name} ${ARGUMENTS[name] ?? ''}`);
      expect(seen.problem, name).toBeUndefined();
      expect(seen.how === 'modal' ? seen.modal.text : seen.message.text, name).not.toBe('');
    }
    expect(slack.violations).toEqual([]);
    expect(world.failures).toEqual([]);
  });

  test('a review goes card by card in one message that only the learner sees', async () => {
    const { slack, ann, channel, world } = await meet(start);
    const first = await ann.in(channel).runs('/eks review');
    let seen = first;
    for (let card = 1; card <= 3; card += 1) {
      seen = await rates(await seen.presses('Show answer'), 'Good');
      expect(seen.message).toMatchObject({ ts: first.message.ts, ephemeral: true });
    }
    expect((await ann.in(channel).runs('/eks today')).message.text).toContain('3 reviews');
    expect(slack.violations).toEqual([]);
    expect(world.failures).toEqual([]);
  });

  test('a mention is answered in its thread for all to see, a direct message below it', async () => {
    const { slack, ann, channel } = await meet(start);
    const seen = await ann.in(channel).mentions('explain etcd');
    expect(seen.message).toMatchObject({ ephemeral: false, text: expect.stringContaining('etcd') });
    expect(seen.message.threadTs).toBeDefined();
    expect(seen.message.buttons).not.toContain('Share in channel');
    const secret = await ann.in(channel).mentions('today');
    expect(secret.message.ephemeral).toBe(true);
    const direct = await ann.directly().writes('what stores cluster state?');
    expect(direct.message).toMatchObject({ ephemeral: false, text: expect.stringContaining('etcd') });
    expect(slack.violations).toEqual([]);
  });

  test('a private answer to a mention stands where its person sees it: in a thread once there is one', async () => {
    const { ann, channel, slack } = await meet(start);
    const beside = await ann.in(channel).mentions('today');
    expect(beside.message).toMatchObject({ ephemeral: true, threadTs: undefined });
    const thread = await ann.in(channel).mentions('explain etcd');
    const within = await ann.in(channel).mentions('today', thread.message);
    expect(within.message).toMatchObject({ ephemeral: true, threadTs: thread.message.threadTs });
    expect(slack.violations).toEqual([]);
  });

  test('in direct messages a review is a message that changes card by card', async () => {
    const { slack, ann } = await meet(start);
    const first = await ann.directly().writes('review');
    const second = await rates(await first.presses('Show answer'), 'Good');
    expect(second.message.ts).toBe(first.message.ts);
    expect(slack.violations).toEqual([]);
  });

  test('settings are changed in a form, and the message shows what was saved', async () => {
    const { slack, ann, channel } = await meet(start);
    const shown = await ann.in(channel).runs('/eks settings');
    const asked = await shown.presses('Change');
    expect(asked.modal.title).toBe('Change your settings');
    const saved = await asked.submits({ 'Time zone': 'Asia/Tokyo' });
    await saved.until(({ messages }) => messages.some(({ text }) => text.includes('Asia/Tokyo')));
    expect(slack.violations).toEqual([]);
  });

  test('the Home tab shows the day, starts a review in direct messages, and is renewed after an answer', async () => {
    const { slack, ann } = await meet(start);
    const opened = await ann.opensHome();
    expect(opened.home.text).toContain('0 reviews');
    const review = await opened.presses('Review');
    await review.until(({ messages }) => messages.length > 0);
    await rates(await review.presses('Show answer'), 'Good');
    await opened.until(({ home }) => /Done today\W+1 review\b/.test(home.text));
    expect(slack.violations).toEqual([]);
  });

  test('a button of before a restart does what it says', async () => {
    const chat = await meet(start);
    const shown = await (await chat.ann.in(chat.channel).runs('/eks review')).presses('Show answer');
    await chat.restart();
    await rates(shown, 'Good');
    expect((await chat.ann.in(chat.channel).runs('/eks today')).message.text).toContain('1 review');
    expect(chat.slack.violations).toEqual([]);
  });

  test('two presses at once, and one delivered again, count once', async () => {
    const { ann, channel, slack } = await meet(start);
    const shown = await (await ann.in(channel).runs('/eks review')).presses('Show answer');
    const [first] = await Promise.all([rates(shown, 'Good'), rates(shown, 'Good')]);
    await first.redelivered();
    expect((await ann.in(channel).runs('/eks today')).message.text).toMatch(/Done today\W+1 review\b/);
    expect(slack.violations).toEqual([]);
  });

  test('a press that is delivered again after a restart reaches the bot again, and counts once', async () => {
    const reached: string[] = [];
    const bot = (real: Bot): Bot => ({
      ...real,
      async press(press) {
        const replies = await real.press(press);
        reached.push(press.id);
        return replies;
      },
    });
    const chat = await meet(start, { bot });
    const shown = await (await chat.ann.in(chat.channel).runs('/eks review')).presses('Show answer');
    const rated = await rates(shown, 'Good');
    const again = await chat.restart();
    await rated.redelivered();
    await expect.poll(() => reached.length, { timeout: 10_000 }).toBe(3);
    expect(reached[2]).toBe(reached[1]);
    const today = await chat.ann.in(chat.channel).runs('/eks today');
    expect(today.message.text).toMatch(/Done today\W+1 review\b/);
    expect(again.world.failures).toEqual([]);
  });

  test('a mention that Slack delivers again is answered once', async () => {
    const { ann, channel, slack } = await meet(start);
    const seen = await ann.in(channel).mentions('explain etcd');
    await seen.redelivered();
    await ann.in(channel).runs('/eks help');
    expect(slack.messagesIn(channel).filter(({ text }) => text.includes('etcd:'))).toHaveLength(1);
  });

  test('forgiving of how people type: quotes, case, blanks, Slack’s escapes', async () => {
    const { ann, channel, slack } = await meet(start);
    for (const text of [
      '  EXPLAIN   etcd ',
      'explain “etcd”',
      "explain 'etcd'",
      'etcd',
      'what is etcd &amp; why?',
    ]) {
      const seen = await ann.in(channel).runs(`/eks ${text}`);
      expect(seen.message.text, text).toContain('etcd');
    }
    expect(slack.violations).toEqual([]);
  });

  test('nothing that people type can ping anyone', async () => {
    const { ann, channel, slack, workspace } = await meet(start);
    const other = workspace.person({ name: 'other' });
    for (const rude of [
      '<!channel>',
      '<!here>',
      `<@${other.id}>`,
      '&lt;!channel&gt;',
      '@here',
      '<!subteam^S1>',
    ]) {
      await ann.in(channel).runs(`/eks explain ${rude}`);
      await ann.in(channel).mentions(`explain ${rude}`);
    }
    for (const message of slack.messagesIn(channel, ann)) {
      if (message.stored.author === undefined) expect(message.pings, message.text).toEqual([]);
    }
  });

  test('a response URL that is used up, and a trigger that is too old, still bring the answer', async () => {
    const { ann, channel, slack } = await meet(start, { responseUses: 0, triggerMs: 0 });
    const seen = await ann.in(channel).runs('/eks explain etcd');
    expect(seen.message).toMatchObject({ ephemeral: true, text: expect.stringContaining('etcd') });
    const form = await ann.in(channel).runs('/eks report etcd');
    expect(form.message.buttons).toContain('A mistake in etcd');
    expect(slack.requests.length).toBeGreaterThan(0);
  });

  test('a channel that the bot is not in is answered all the same', async () => {
    const { ann, slack, workspace } = await meet(start);
    const closed = workspace.channel({ name: 'closed', kind: 'private', hasBot: false });
    const seen = await ann.in(closed).runs('/eks explain etcd');
    expect(seen.message.text).toContain('etcd');
    expect((await seen.presses('Share in channel')).message.ephemeral).toBe(false);
    expect(slack.violations).toEqual([]);
  });

  test('rate limits and failures of Slack delay an answer and lose none', async () => {
    const { ann, channel, slack } = await meet(start);
    slack.troubles.rateLimit({ retryAfterSeconds: 1, on: /chat\.postMessage/ });
    expect((await ann.in(channel).mentions('explain etcd')).message.text).toContain('etcd');
    slack.troubles.fail({ status: 503, on: /chat\.postMessage/ });
    expect((await ann.in(channel).mentions('explain kubelet')).message.text).toContain('kubelet');
    slack.troubles.fail({ status: 503, on: /commands/ });
    expect((await ann.in(channel).runs('/eks explain Pods')).message.text).toContain('Pod');
  });

  test('an answer under way is given before the bot stops', async () => {
    let asked: () => void = () => {};
    const underWay = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const bot = (real: Bot): Bot => ({
      ...real,
      message: async (message) => {
        asked();
        await sleep(150);
        return real.message(message);
      },
    });
    const chat = await meet(start, { bot });
    const running = chat.ann.in(chat.channel).runs('/eks explain etcd');
    await underWay;
    await chat.stop();
    expect((await running).message.text).toContain('etcd');
  });
});
