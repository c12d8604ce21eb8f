import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { checkSlack } from '../../../src/platforms/slack/checkup.js';
import {
  BOT_EVENTS,
  BOT_SCOPES,
  INSTALL_EVENTS,
  PATHS,
  SPARED_SCOPES,
  slackManifest,
} from '../../../src/platforms/slack/manifest.js';
import type { Way } from '../../../src/platforms/slack/transport.js';
import { Secret } from '../../../src/secret.js';
import { startSlack } from './loopback/slack.js';
import { afterwards, cleanUp } from './loopback/tinybot.js';

afterEach(cleanUp);

/** The scopes that Slack's documentation names for a bot's call of a method, or none. */
const SCOPE_OF_METHOD: Readonly<Record<string, string | readonly string[] | undefined>> = {
  'apps.connections.open': undefined,
  'auth.test': undefined,
  'chat.postEphemeral': 'chat:write',
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  // For public channels, and for private ones.
  'conversations.history': ['channels:history', 'groups:history'],
  'files.completeUploadExternal': 'files:write',
  'files.getUploadURLExternal': 'files:write',
  'oauth.v2.access': undefined,
  'usergroups.list': 'usergroups:read',
  'usergroups.users.list': 'usergroups:read',
  'users.info': 'users:read',
  'views.open': undefined,
  'views.publish': undefined,
};

/** The same for being told of events. */
const SCOPE_OF_EVENT: Readonly<Record<string, string | undefined>> = {
  app_home_opened: undefined,
  app_mention: 'app_mentions:read',
  app_uninstalled: undefined,
  'message.im': 'im:history',
  subteam_updated: 'usergroups:read',
  tokens_revoked: undefined,
};

const folder = path.resolve(import.meta.dirname, '../../../src/platforms/slack');
const source = readdirSync(folder)
  .map((name) => readFileSync(path.join(folder, name), 'utf8'))
  .join('\n');

function allOf(pattern: RegExp): readonly string[] {
  const found = [...source.matchAll(pattern)].map(([, name = '']) => name.replace(/\s/g, ''));
  return [...new Set(found)].sort();
}

/** What the code calls of the Web API, such as 'chat.postMessage'. */
const called = allOf(
  /\.((?:admin|api|apps|auth|bookmarks|bots|canvases|chat|conversations|dnd|emoji|files|oauth|pins|reactions|reminders|search|stars|team|usergroups|users|views)(?:\s*\.\s*[a-z]\w*)+)\s*\(/g,
);

describe('the scopes', () => {
  it('are found by looking at what the code calls', () => {
    expect(called).toEqual(expect.arrayContaining(['auth.test', 'chat.postMessage', 'users.info']));
  });

  it('are those of the methods it calls, its events and its command, no more and no less', () => {
    const unknown = called.filter((method) => !(method in SCOPE_OF_METHOD));
    expect(unknown, 'look up their scopes and add them to the table').toEqual([]);
    const needed = [
      ...called.flatMap((method) => SCOPE_OF_METHOD[method]),
      ...[...BOT_EVENTS, ...INSTALL_EVENTS].map((event) => SCOPE_OF_EVENT[event]),
      'commands',
    ].filter((scope) => scope !== undefined);
    expect([...BOT_SCOPES]).toEqual([...new Set(needed)].sort());
  });

  it('without which the bot works all the same are among them', () => {
    expect([...BOT_SCOPES]).toEqual(expect.arrayContaining([...SPARED_SCOPES]));
  });
});

it('the events are those that the code listens to', () => {
  const listened = allOf(/\.event\(\s*'(\w+)'/g).concat(/\.message\(/.test(source) ? ['message.im'] : []);
  expect([...BOT_EVENTS]).toEqual([...listened].sort());
  const onInstalls = allOf(/z\.literal\('(app_uninstalled|tokens_revoked)'\)/g);
  expect([...INSTALL_EVENTS]).toEqual(onInstalls);
});

describe('the manifest', () => {
  it('for Socket Mode has no address in it', () => {
    const manifest = slackManifest({ commandName: 'eks', url: undefined });
    expect(JSON.stringify(manifest)).not.toMatch(/url|http/);
    expect(manifest).toMatchObject({
      features: {
        app_home: { home_tab_enabled: true },
        slash_commands: [{ command: '/eks', should_escape: true }],
      },
      oauth_config: { scopes: { bot: [...BOT_SCOPES] } },
      settings: {
        event_subscriptions: { bot_events: [...BOT_EVENTS] },
        interactivity: { is_enabled: true },
        socket_mode_enabled: true,
      },
    });
  });

  it('for HTTP names the addresses at which the bot listens, and the events of installations', () => {
    const manifest = slackManifest({ commandName: 'learn', url: 'https://bot.example/study/' });
    const request = `https://bot.example/study${PATHS.events}`;
    expect(manifest).toMatchObject({
      features: { slash_commands: [{ command: '/learn', url: request }] },
      oauth_config: { redirect_urls: [`https://bot.example/study${PATHS.redirect}`] },
      settings: {
        event_subscriptions: {
          request_url: request,
          bot_events: [...BOT_EVENTS, ...INSTALL_EVENTS].sort(),
        },
        interactivity: { is_enabled: true, request_url: request },
        socket_mode_enabled: false,
      },
    });
  });
});

describe('the checkup', () => {
  async function check(
    scopes: readonly string[],
    way: (slack: Awaited<ReturnType<typeof startSlack>>) => Way,
  ) {
    const slack = await startSlack({ scopes });
    afterwards(() => slack.close());
    const said: string[] = [];
    const sink = new Writable({ write: (chunk, _encoding, done) => done(void said.push(String(chunk))) });
    const result = await checkSlack({
      config: way(slack),
      commandName: 'eks',
      log: pino({ level: 'debug' }, sink),
    });
    expect(said.join('')).not.toMatch(/xoxb-|xapp-/);
    expect(result.message).not.toMatch(/xoxb-\w{8}|xapp-\d|\n/);
    return { ...result, connections: slack.connections };
  }
  type Started = Awaited<ReturnType<typeof startSlack>>;
  const socket = (slack: Started, bot?: string, app = slack.appToken): Way => ({
    mode: 'socket',
    apiUrl: slack.apiUrl,
    botToken: new Secret(bot ?? slack.workspace({ name: 'Study group' }).token),
    appToken: new Secret(app),
  });
  const many = (slack: Started, clientSecret: string): Way => ({
    mode: 'oauth',
    apiUrl: slack.apiUrl,
    signingSecret: new Secret(slack.signingSecret),
    clientId: slack.clientId,
    clientSecret: new Secret(clientSecret),
    stateSecret: new Secret('state'),
  });

  it('names the bot and its workspace where all is well, and opens no connection', async () => {
    const { ok, message, connections } = await check(BOT_SCOPES, (slack) => socket(slack));
    expect([ok, connections]).toEqual([true, 0]);
    expect(message).toContain('study-bot in Study group');
  });

  it('names what is wrong with each token', async () => {
    expect(await check(BOT_SCOPES, (slack) => socket(slack, 'xoxb-wrong'))).toMatchObject({
      ok: false,
      message: expect.stringContaining('SLACK_BOT_TOKEN (invalid_auth)'),
    });
    expect(await check(BOT_SCOPES, (slack) => socket(slack, undefined, 'xapp-wrong'))).toMatchObject({
      ok: false,
      message: expect.stringContaining('SLACK_APP_TOKEN (invalid_auth)'),
    });
    expect(await check(['commands'], (slack) => socket(slack))).toMatchObject({
      ok: false,
      message: expect.stringContaining('lacks the scopes app_mentions:read, channels:history, chat:write'),
    });
  });

  it('takes an app that was installed before a scope was asked for that can be spared, and says so', async () => {
    const earlier = BOT_SCOPES.filter((scope) => !SPARED_SCOPES.includes(scope));
    const { ok, message } = await check(earlier, (slack) => socket(slack));
    expect([ok, message]).toEqual([true, expect.stringContaining('lacks the scopes usergroups:read')]);
  });

  it('tries out the client id and secret of an app for many workspaces', async () => {
    expect(await check(BOT_SCOPES, (slack) => many(slack, slack.clientSecret))).toMatchObject({ ok: true });
    expect(await check(BOT_SCOPES, (slack) => many(slack, 'wrong'))).toMatchObject({
      ok: false,
      message: expect.stringContaining('bad_client_secret'),
    });
  });

  it('says where to look when Slack cannot be reached', async () => {
    const nowhere = (slack: Started): Way => ({ ...socket(slack), apiUrl: 'http://127.0.0.1:9/api/' });
    expect(await check(BOT_SCOPES, nowhere)).toMatchObject({
      ok: false,
      message: expect.stringContaining('SLACK_API_URL'),
    });
  });
});
