import { inspect } from 'node:util';
import type { Logger } from 'pino';
import { type App, openApp } from './app.js';
import type { Platform } from './bot/platform.js';
import { type Config, readConfig, secretsOf } from './config.js';
import { createLog } from './log.js';
import { createHttpServer, type HttpServer } from './platforms/http.js';
import { webChat } from './platforms/web/chat.js';

const STOP_WITHIN_MS = 10_000;
const ONE_PRESS_MS = 500;

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config, secretsOf(config));
  process.on('unhandledRejection', (err) => {
    log.fatal({ err }, 'a failure that nothing caught; ending, so that a supervisor starts afresh');
    process.exit(1);
  });
  const app = await openApp(config, log, () => new Date());
  const http = createHttpServer({ host: config.host, port: config.port, ready: () => app.store.ping(), log });
  const platforms: readonly Platform[] = [
    ...(config.localChat ? [webChat({ http, command: config.commandName })] : []),
  ];
  stopOnSignal(log, async () => {
    await Promise.all([http.close(), ...platforms.map((platform) => platform.stop())]);
    await app.close();
  });
  const address = await startAll(platforms, app, http).catch(async (error: unknown) => {
    await app.close().catch((err: unknown) => log.error({ err }, 'the database could not be closed'));
    throw error;
  });
  log.info({ address, platforms: platforms.map(({ name }) => name) }, 'ready');
  process.stdout.write(`${welcome(config, address, app.library().concepts.length)}\n`);
  // So that the first to ask `which-node` need not wait.
  await app.facts();
}

/** Resolves with the address of the HTTP server once people can reach every platform. */
async function startAll(platforms: readonly Platform[], app: App, http: HttpServer): Promise<string> {
  for (const platform of platforms) await platform.start(app.bot);
  return http.listen();
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

function welcome(config: Config, address: string, concepts: number): string {
  const tokens = [config.discord && 'DISCORD_TOKEN', config.slack && 'SLACK_...']
    .filter(Boolean)
    .join(' and ');
  return [
    concepts === 0
      ? `There are no notes in ${config.contentDir}: put Markdown files there (they are read at once), or set CONTENT_DIR and start again.`
      : `${concepts} concepts from ${config.contentDir}.`,
    config.localChat
      ? `Chat page: ${address}`
      : `The chat page is off (LOCAL_CHAT=on turns it on). Health: ${address}/healthz`,
    tokens === ''
      ? 'Discord and Slack come with a later version; .env.example names their tokens.'
      : `${tokens} is set, but this version has no Discord or Slack yet; the token is not used.`,
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
