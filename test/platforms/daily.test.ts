import { expect, test } from 'vitest';
import type { Poster } from '../../src/bot/poster.js';
import { createDaily, type Daily } from '../../src/daily/run.js';
import type { World } from '../journeys/harness.js';
import { startChat as startDiscordChat } from './discord/chat.js';
import { startChat as startSlackChat } from './slack/chat.js';

const MINUTE = 60_000;

/** A channel of a real platform on the loopback, as a test of the daily quiz needs it. */
interface Stage {
  readonly platform: string;
  readonly place: { readonly workspace: string; readonly channel: string };
  readonly world: World;
  readonly poster: Poster;
  /** What each message in the channel says. */
  readonly seen: () => readonly string[];
  readonly violations: () => readonly unknown[];
  /** Presses the first option of the quiz; resolves with what the bot says to that. */
  readonly answers: () => Promise<string>;
  /** The bot after its process was killed, minutes later. */
  readonly restart: () => Promise<Pick<Stage, 'world' | 'poster'>>;
}

async function onDiscord(): Promise<Stage> {
  const chat = await startDiscordChat();
  const { discord } = chat;
  const guild = discord.guild();
  const channel = discord.channel(guild);
  return {
    ...chat,
    platform: 'discord',
    place: { workspace: guild.id, channel: channel.id },
    seen: () => discord.messagesIn(channel).map(({ text }) => text),
    violations: () => discord.violations,
    async answers() {
      const [message] = discord.messagesIn(channel);
      const [option] = message?.buttons ?? [];
      const ann = discord.person({ name: 'ann' }).in(channel);
      const seen = await ann.presses(message ?? expect.fail('no post'), option?.label ?? '');
      expect(seen.message.ephemeral).toBe(true);
      return seen.message.text;
    },
    restart() {
      discord.forgetNonces();
      return chat.restart();
    },
  };
}

async function inSlack(): Promise<Stage> {
  const chat = await startSlackChat('socket');
  const { slack, workspace } = chat;
  const channel = workspace.channel();
  return {
    ...chat,
    platform: 'slack',
    place: { workspace: workspace.id, channel: channel.id },
    seen: () => slack.messagesIn(channel).map(({ text }) => text),
    violations: () => slack.violations,
    async answers() {
      const [message] = slack.messagesIn(channel);
      const ann = workspace.person({ name: 'ann' }).in(channel);
      const seen = await ann.presses(message ?? expect.fail('no post'), message?.buttons[0] ?? '');
      expect(seen.message.ephemeral).toBe(true);
      return seen.message.text;
    },
    restart: () => chat.restart(),
  };
}

function dailyOf({ platform }: Stage, { world, poster }: Pick<Stage, 'world' | 'poster'>): Daily {
  return createDaily({
    store: world.store,
    library: () => world.library,
    posters: new Map([[platform, poster]]),
    notesUrl: undefined,
    typed: (text) => `/eks ${text}`,
    now: world.now,
    failed: (_place, _during, error) => {
      throw error;
    },
  });
}

/** A channel whose quiz is due. */
async function due(start: () => Promise<Stage>): Promise<Stage> {
  const stage = await start();
  const { platform, place, world } = stage;
  const admin = world.learner('boss', { platform, ...place, admin: true });
  await admin.types('/eks daily set time=09:30 days=daily zone=UTC open=2h');
  world.pass(31 * MINUTE);
  return stage;
}

/** Begins a tick in a process that is killed when it posts, or when its post has arrived. */
async function killed(stage: Stage, when: 'before' | 'after'): Promise<void> {
  const { poster } = stage;
  await new Promise<void>((died) => {
    const dying: Poster = {
      ...poster,
      async post(...args) {
        if (when === 'after') await poster.post(...args);
        return new Promise<never>(() => died());
      },
    };
    void dailyOf(stage, { world: stage.world, poster: dying }).tick();
  });
}

test.each([
  ['Discord', onDiscord],
  ['Slack', inSlack],
] as const)(
  'on %s a daily quiz is posted, answered in private and revealed in its place',
  async (_name, start) => {
    const stage = await due(start);
    const daily = dailyOf(stage, stage);
    await daily.tick();
    expect(stage.seen()).toEqual([expect.stringContaining('Nobody has answered yet')]);
    expect(await stage.answers()).not.toBe('');
    stage.world.pass(2 * 60 * MINUTE);
    await daily.tick();
    expect(stage.seen().filter((text) => text.includes('answer'))).toHaveLength(1);
    expect(stage.seen()[0]).toContain('· answer');
    expect(stage.violations()).toEqual([]);
    expect(stage.world.failures).toEqual([]);
  },
);

test.each([
  ['Discord', 'before', onDiscord],
  ['Discord', 'after', onDiscord],
  ['Slack', 'before', inSlack],
  ['Slack', 'after', inSlack],
] as const)(
  'on %s a process killed %s its post arrived has posted once in the end',
  async (_name, when, start) => {
    const stage = await due(start);
    await killed(stage, when);
    expect(stage.seen()).toHaveLength(when === 'before' ? 0 : 1);
    const after = await stage.restart();
    const daily = dailyOf(stage, after);
    for (let minute = 0; minute < 10; minute += 1) {
      after.world.pass(MINUTE);
      await daily.tick();
    }
    expect(stage.seen()).toHaveLength(1);
    expect(stage.violations()).toEqual([]);
  },
);
