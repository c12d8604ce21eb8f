import { inspect } from 'node:util';
import type { Logger } from 'pino';
import { lexiconOf } from './advisor/lexicon.js';
import { type App, openApp } from './app.js';
import type { Platform } from './bot/platform.js';
import type { Poster } from './bot/poster.js';
import { commands } from './commands/list.js';
import { type Config, readConfig, secretsOf } from './config.js';
import { startDaily, type Ticking } from './daily/ticking.js';
import { createLog } from './log.js';
import { createHttpServer, type HttpServer } from './platforms/http.js';
import { webChat } from './platforms/web/chat.js';
import { keepSealed } from './sealing.js';

const STOP_WITHIN_MS = 10_000;
const ONE_PRESS_MS = 500;

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config, secretsOf(config));
  process.on('unhandledRejection', (err) => {
    log.fatal({ err }, 'a failure that nothing caught; ending, so that a supervisor starts afresh');
    process.exit(1);
  });
  const now = () => new Date();
  const app = await openApp(config, log, now);
  const http = createHttpServer({ host: config.host, port: config.port, ready: () => app.store.ping(), log });
  const platforms = await platformsOf(config, { app, http, log, now });
  let daily: Ticking | undefined;
  stopOnSignal(log, async () => {
    await daily?.stop();
    await Promise.all([http.close(), ...platforms.map((platform) => platform.stop())]);
    await app.close();
  });
  const { address, started } = await startAll(platforms, app, http, log).catch(async (error: unknown) => {
    await app.close().catch((err: unknown) => log.error({ err }, 'the database could not be closed'));
    throw error;
  });
  const posters = postersOf(platforms.filter(({ name }) => started.includes(name)));
  const { notesUrl, commandName } = config;
  const typed = (text: string) => `/${commandName} ${text}`;
  daily = startDaily({ store: app.store, library: app.library, posters, notesUrl, typed, now }, log);
  log.info({ address, platforms: started }, 'ready');
  process.stdout.write(`${welcome(config, { address, started }, app.library().concepts.length)}\n`);
  // So that the first to ask `which-node` need not wait.
  const facts = await app.facts();
  if (facts !== undefined) lexiconOf(facts);
}

/** What platforms are made of. */
interface Surroundings {
  readonly app: App;
  readonly http: HttpServer;
  readonly log: Logger;
  readonly now: () => Date;
}

/** The platforms that the configuration turns on; the code of the others is not even loaded. */
async function platformsOf(
  config: Config,
  { app, http, log, now }: Surroundings,
): Promise<readonly Platform[]> {
  const { commandName, discord, localChat, secretKey, slack } = config;
  const platforms: Platform[] = [];
  if (localChat) platforms.push(webChat({ http, command: commandName, kept: app.store.kept, now }));
  if (discord) {
    const { discordChat } = await import('./platforms/discord/discord.js');
    platforms.push(discordChat({ ...discord, commandName, commands, log }));
  }
  if (slack) {
    const { slackChat } = await import('./platforms/slack/slack.js');
    const installations = secretKey && keepSealed(app.store.installations, secretKey, now);
    platforms.push(slackChat({ config: slack, http, installations, commandName, log, now }));
  }
  return platforms;
}

function postersOf(platforms: readonly Platform[]): ReadonlyMap<string, Poster> {
  return new Map(platforms.flatMap(({ name, poster }) => (poster === undefined ? [] : [[name, poster]])));
}

interface Started {
  /** Of the HTTP server. */
  readonly address: string;
  /** The platforms where people can reach the bot. */
  readonly started: readonly string[];
}

/**
 * Starts what can be started: trouble with one platform leaves the others running.
 * @throws Error where none could be started
 */
async function startAll(
  platforms: readonly Platform[],
  app: App,
  http: HttpServer,
  log: Logger,
): Promise<Started> {
  const address = await http.listen();
  const started: string[] = [];
  const troubles: string[] = [];
  await Promise.all(
    platforms.map(async (platform) => {
      try {
        await platform.start(app.bot);
        started.push(platform.name);
      } catch (error) {
        const trouble = error instanceof Error ? error.message : String(error);
        troubles.push(trouble);
        log.error({ platform: platform.name }, trouble);
      }
    }),
  );
  if (started.length === 0 && troubles.length > 0) throw new Error(troubles.join('\n'));
  return { address, started };
}

/**
 * Stops in order on SIGTERM or SIGINT, once; a second signal, or ten seconds, ends the process as it is. Signals
 * that come together are one: on Ctrl-C the terminal sends one, and npm another.
 */
function stopOnSignal(log: Logger, stop: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > ONE_PRESS_MS) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error(`not stopped within ${STOP_WITHIN_MS / 1000} s`);
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    stop().then(
      () => process.exit(0),
      (err: unknown) => {
        log.error({ err }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

const NAMES: Readonly<Record<string, string>> = { discord: 'Discord', slack: 'Slack' };

function welcome(config: Config, { address, started }: Started, concepts: number): string {
  const chats = started.filter((name) => name !== 'web');
  return [
    concepts === 0
      ? `There are no notes in ${config.contentDir}: put Markdown files there (they are read at once), or set CONTENT_DIR and start again.`
      : `${concepts} concepts from ${config.contentDir}.`,
    config.localChat
      ? `Chat page: ${address}`
      : `The chat page is off (LOCAL_CHAT=on turns it on). Health: ${address}/healthz`,
    chats.length > 0
      ? `/${config.commandName} help answers on ${chats.map((name) => NAMES[name] ?? name).join(' and ')}.`
      : 'To add Discord or Slack, put their tokens into .env; the README says in six steps each where they come from.',
    'Ctrl-C stops.',
  ].join('\n');
}

main().catch((error: unknown) => {
  // What an operator can put right is a sentence; anything else is our mistake and needs its place.
  const isMistake =
    !(error instanceof Error) || error instanceof TypeError || error instanceof ReferenceError;
  process.stderr.write(`${isMistake ? inspect(error) : error.message}\n`);
  process.exit(1);
});
