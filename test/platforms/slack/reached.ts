import { App } from '@slack/bolt';
import { pino } from 'pino';
import { createHttpServer } from '../../../src/platforms/http.js';
import type { Installations } from '../../../src/platforms/slack/installations.js';
import { slackTransport, type TransportOptions, type Way } from '../../../src/platforms/slack/transport.js';
import { Secret } from '../../../src/secret.js';
import { type Slack, type SlackOptions, startSlack } from './loopback/slack.js';
import { afterwards, teach } from './loopback/tinybot.js';

export type Mode = Way['mode'];

export interface ReachedOptions {
  readonly mode: Mode;
  readonly slack?: SlackOptions;
  /** A Slack that runs already. */
  readonly on?: Slack;
  readonly transport?: Partial<TransportOptions>;
  /** In place of the right tokens. */
  readonly tokens?: { readonly bot?: string; readonly app?: string };
  readonly more?: (app: App) => void;
}

/** A Slack with a tiny bot that is reached by our transport; not started yet. */
export async function reach(options: ReachedOptions) {
  const slack = options.on ?? (await startSlack(options.slack));
  if (options.on === undefined) afterwards(() => slack.close());
  const workspace = slack.workspace();
  const logged: string[] = [];
  const log = pino({ base: null, level: 'debug' }, { write: (line: string) => logged.push(line) });
  const http = createHttpServer({ host: '127.0.0.1', port: 0, ready: async () => {}, log });
  const transport = slackTransport({
    config: wayOf(options.mode, slack, {
      bot: options.tokens?.bot ?? workspace.token,
      app: options.tokens?.app ?? slack.appToken,
    }),
    http,
    installations: undefined,
    now: () => new Date(),
    log,
    staggerMs: 50,
    ...options.transport,
  });
  const app = new App({ ...transport.app, deferInitialization: true });
  await app.init();
  teach(app);
  options.more?.(app);
  const url = await http.listen();
  const requests = options.mode === 'socket' ? undefined : slack.sendsTo(`${url}/slack/events`);
  afterwards(async () => {
    await transport.stop();
    await http.close();
  });
  const ann = workspace.person({ name: 'Ann' });
  return { slack, workspace, channel: workspace.channel(), ann, transport, app, url, requests, logged };
}

/** As `reach`, and started. */
export async function reached(options: ReachedOptions) {
  const bot = await reach(options);
  await bot.transport.start();
  return bot;
}

/** A bot behind HTTP, with what sends it requests. */
export async function reachedByHttp(options: Omit<ReachedOptions, 'mode'> = {}) {
  const bot = await reached({ ...options, mode: 'http' });
  if (bot.requests === undefined) throw new Error('not behind HTTP');
  return { ...bot, requests: bot.requests };
}

/** Installations in memory, for tests of what is not the database. */
export function inMemory(): Installations & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  const saved = new Map<string, Date>();
  return {
    kept,
    async save(id, _isEnterprise, installation) {
      kept.set(id, installation);
      saved.set(id, new Date());
    },
    find: async (id) => kept.get(id),
    async remove(id, savedBefore) {
      const at = saved.get(id);
      if (at !== undefined && at < savedBefore) kept.delete(id);
    },
  };
}

function wayOf(mode: Mode, slack: Slack, tokens: { readonly bot: string; readonly app: string }): Way {
  const { apiUrl } = slack;
  const botToken = new Secret(tokens.bot);
  const signingSecret = new Secret(slack.signingSecret);
  switch (mode) {
    case 'socket':
      return { mode, apiUrl, botToken, appToken: new Secret(tokens.app) };
    case 'http':
      return { mode, apiUrl, botToken, signingSecret };
    case 'oauth':
      return {
        mode,
        apiUrl,
        signingSecret,
        clientId: slack.clientId,
        clientSecret: new Secret(slack.clientSecret),
        stateSecret: new Secret('a-state-secret'),
      };
  }
}
