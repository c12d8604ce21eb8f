import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Bot } from '../../../src/bot/platform.js';
import type { Poster } from '../../../src/bot/poster.js';
import { createHttpServer } from '../../../src/platforms/http.js';
import { slackChat } from '../../../src/platforms/slack/slack.js';
import type { Way } from '../../../src/platforms/slack/transport.js';
import { Secret } from '../../../src/secret.js';
import { startWorld, type World } from '../../journeys/harness.js';
import { type Slack, type SlackOptions, startSlack } from './loopback/slack.js';
import type { Workspace } from './loopback/workspace.js';

/** The bot in a Slack of its own, with what its log has said. */
export interface Chat {
  readonly world: World;
  readonly slack: Slack;
  readonly workspace: Workspace;
  readonly poster: Poster;
  /** Lines of the log, as JSON. */
  readonly logged: readonly string[];
  stop(): Promise<void>;
  /** Stops the bot and starts it again on the same database and the same Slack. */
  restart(): Promise<Chat>;
}

export interface ChatOptions extends SlackOptions {
  /** Stands before the bot, to hold it up or to answer in its place. */
  readonly bot?: (bot: Bot) => Bot;
  /** The clock of the platform; the real one where absent. */
  readonly now?: () => Date;
}

export type StartChat = (options?: ChatOptions) => Promise<Chat>;

/** Both ways in which one workspace is served; a journey is the same in both. */
export const modes: readonly (readonly [string, StartChat])[] = [
  ['Socket Mode', (options) => startChat('socket', options)],
  ['HTTP', (options) => startChat('http', options)],
];

interface Setting {
  readonly mode: 'socket' | 'http';
  readonly slack: Slack;
  readonly workspace: Workspace;
  readonly bot: (bot: Bot) => Bot;
  readonly now: () => Date;
}

/** Starts the real bot, with its database, on a loopback Slack. */
export async function startChat(
  mode: Setting['mode'],
  { bot = (same) => same, now = () => new Date(), ...options }: ChatOptions = {},
): Promise<Chat> {
  // How fast a busy machine is, is not what these tests ask.
  const slack = await startSlack({ answerMs: 10_000, triggerMs: 10_000, patienceMs: 15_000, ...options });
  onTestFinished(() => slack.close());
  return connect(await startWorld(), { mode, slack, workspace: slack.workspace(), bot, now });
}

async function connect(world: World, setting: Setting): Promise<Chat> {
  const { mode, slack, workspace, bot, now } = setting;
  const logged: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => logged.push(line) });
  const http = createHttpServer({ host: '127.0.0.1', port: 0, ready: async () => {}, log });
  const chat = slackChat({
    config: wayTo(mode, slack, workspace),
    http,
    installations: undefined,
    commandName: 'eks',
    log,
    now,
    staggerMs: 10,
  });
  const address = await http.listen();
  if (mode === 'http') slack.sendsTo(`${address}/slack/events`);
  await chat.start(bot(world.bot));
  let running = true;
  const stop = async () => {
    if (running) await Promise.all([http.close(), chat.stop()]);
    running = false;
  };
  onTestFinished(stop);
  const { poster } = chat;
  if (poster === undefined) throw new Error('Slack has a poster');
  return {
    world,
    slack,
    workspace,
    poster,
    logged,
    stop,
    async restart() {
      await stop();
      return connect(await world.restart(), setting);
    },
  };
}

function wayTo(mode: Setting['mode'], slack: Slack, workspace: Workspace): Way {
  const own = { apiUrl: slack.apiUrl, botToken: new Secret(workspace.token) };
  return mode === 'socket'
    ? { ...own, mode, appToken: new Secret(slack.appToken) }
    : { ...own, mode, signingSecret: new Secret(slack.signingSecret) };
}
