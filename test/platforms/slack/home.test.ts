import { describe, expect, it } from 'vitest';
import { keptForm } from '../../../src/bot/kept.js';
import type { Bot } from '../../../src/bot/platform.js';
import type { Reply } from '../../../src/bot/reply.js';
import { createDaily } from '../../../src/daily/run.js';
import { drawHome } from '../../../src/platforms/slack/home.js';
import { startWorld } from '../../journeys/harness.js';
import { type Chat, startChat } from './chat.js';
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

describe('in Slack', () => {
  const MINUTE = 60_000;
  const HOUR = 60 * MINUTE;

  /** Lets time pass, and the daily quizzes of Slack be posted and revealed. */
  async function live({ world, poster }: Chat, milliseconds: number): Promise<void> {
    const daily = createDaily({
      store: world.store,
      library: () => world.library,
      posters: new Map([['slack', poster]]),
      notesUrl: undefined,
      typed: (text) => `/eks ${text}`,
      now: world.now,
      failed: (_place, _during, error) => expect.fail(String(error)),
    });
    world.pass(milliseconds);
    await daily.tick();
  }

  it('shows streak, team, place among neighbours, and a quiz that is answered from there', async () => {
    const chat = await startChat('socket');
    const { slack, workspace, world } = chat;
    const [general, platform] = [workspace.channel(), workspace.channel()];
    const boss = workspace.person({ name: 'Boss', admin: true });
    const [ann, ben] = [workspace.person({ name: 'Ann' }), workspace.person({ name: 'Ben' })];
    for (const channel of [general, platform])
      await boss.in(channel).runs('/eks daily set time=09:30 days=daily zone=UTC open=2h');
    await boss.in(general).runs('/eks team create Red');
    await boss.in(general).runs('/eks team goal Red 40');
    await ann.in(general).runs('/eks team join Red');
    await live(chat, 31 * MINUTE);

    const opened = await ann.directly().opensHome();
    expect(opened.home.text).toContain('*Team*\nRed · 0 of 40 study days this week');
    expect(opened.home.text).toContain('You have no points here yet');
    expect(opened.home.text).toContain(`to be answered in the channel`);
    for (const { id } of [general, platform]) expect(opened.home.text).toContain(`<#${id}>, until 11:30`);
    expect(opened.home.buttons).not.toContain('Answer');

    const post = () => slack.messagesIn(general).at(-1) ?? expect.fail('nothing was posted');
    for (const person of [ben, ann]) await person.in(general).presses(post(), post().buttons[0] ?? '');
    await opened.until(({ home }) => /<#C\w+>, until 11:30, in 2 hours: answered/.test(home.text));
    // Both did the same: either may stand first.
    expect(opened.home.text).toMatch(/Your place · this week\W+1 (?:Ann|Ben)/);
    expect(opened.home.text).toMatch(/1 Ann \(you\) · \d+ points on 1 day/);
    expect(opened.home.text).toMatch(/\d Ben · \d+ points on 1 day/);
    expect(opened.home.text).toContain('Red · 1 of 40 study days this week');

    await ann.directly().runs('/eks points board=hidden');
    await live(chat, 24 * HOUR);
    const next = await ann.directly().opensHome();
    expect(next.home.text).toMatch(/With \d+ points on 1 day you would have place/);
    expect(next.home.text).not.toContain('Ben ·');
    expect(next.home.text).toContain('not answered');
    const asked = await next.presses('Answer');
    expect(asked.message.text).toContain('Only you see your choice');
    expect(slack.messagesIn(workspace.directMessage(ann)).at(-1)?.ts).toBe(asked.message.ts);
    const answer = await asked.presses(asked.message.buttons[0] ?? '');
    expect(answer.message.text).toMatch(/Right|Not quite/);
    await next.until(({ home }) => /in 2 hours: answered/.test(home.text));
    expect(next.home.blocks.length).toBeLessThanOrEqual(100);
    expect(slack.violations).toEqual([]);
    expect(world.failures).toEqual([]);
  });

  it('keeps what is newer where an earlier look at it comes later', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let looked = 0;
    const bot = (real: Bot): Bot => ({
      ...real,
      async run(invocation) {
        const replies = await real.run(invocation);
        // The last that the Home tab shows.
        if (invocation.command !== 'help') return replies;
        looked += 1;
        if (looked === 2) await held;
        return replies;
      },
    });
    const { workspace, slack, stop } = await startChat('socket', { bot });
    const ann = workspace.person({ name: 'Ann' }).directly();
    const opened = await ann.opensHome();
    await ann.runs('/eks today');
    await expect.poll(() => looked, { timeout: 10_000 }).toBe(2);
    await ann.runs('/eks settings time-zone=Asia/Tokyo');
    await opened.until(({ home }) => home.text.includes('Asia/Tokyo'));
    release();
    await stop();
    expect(opened.home.text).toContain('Asia/Tokyo');
    expect(slack.violations).toEqual([]);
  });
});
