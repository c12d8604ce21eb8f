import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Bot } from '../../../src/bot/platform.js';
import type { Poster } from '../../../src/bot/poster.js';
import { commands } from '../../../src/commands/list.js';
import type { DiscordOptions as Options } from '../../../src/platforms/discord/connection.js';
import { discordChat } from '../../../src/platforms/discord/discord.js';
import { Secret } from '../../../src/secret.js';
import { startWorld, type World } from '../../journeys/harness.js';
import { type Discord, type DiscordOptions, startDiscord } from './loopback/discord.js';

/** The bot on a Discord of its own, with what its log has said. */
export interface Chat {
  readonly world: World;
  readonly discord: Discord;
  readonly poster: Poster;
  /** Lines of the log, as JSON. */
  readonly logged: readonly string[];
  stop(): Promise<void>;
  /** Stops the bot and starts it again on the same database and the same Discord. */
  restart(): Promise<Chat>;
}

export interface ChatOptions extends DiscordOptions {
  readonly platform?: Partial<Options>;
  readonly world?: Parameters<typeof startWorld>[0];
  /** Stands before the bot, to hold it up or to answer in its place. */
  readonly bot?: (bot: Bot) => Bot;
  /** A Discord that runs already. */
  readonly on?: Discord;
}

/** Starts the real bot, with its database, on a loopback Discord. */
export async function startChat({
  platform = {},
  world,
  bot = (same) => same,
  on,
  ...options
}: ChatOptions = {}): Promise<Chat> {
  // How fast a busy machine is, is not what most tests ask.
  const discord = on ?? (await startDiscord({ answerMs: 10_000, patienceMs: 15_000, ...options }));
  onTestFinished(() => discord.close());
  return connect(await startWorld(world), discord, { platform, bot });
}

async function connect(
  world: World,
  discord: Discord,
  options: Required<Pick<ChatOptions, 'platform' | 'bot'>>,
): Promise<Chat> {
  const logged: string[] = [];
  const chat = discordChat({
    token: new Secret(discord.token),
    apiUrl: discord.api,
    guildId: undefined,
    shards: 'auto',
    commandName: 'eks',
    commands,
    log: pino({ base: null }, { write: (line: string) => logged.push(line) }),
    ...options.platform,
  });
  let running = true;
  const stop = async () => {
    if (running) await chat.stop();
    running = false;
  };
  onTestFinished(stop);
  await chat.start(options.bot(world.bot));
  const { poster } = chat;
  if (poster === undefined) throw new Error('Discord has a poster');
  return {
    world,
    discord,
    poster,
    logged,
    stop,
    async restart() {
      await stop();
      return connect(await world.restart(), discord, options);
    },
  };
}
