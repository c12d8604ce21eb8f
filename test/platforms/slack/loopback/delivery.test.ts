import { once } from 'node:events';
import { createServer } from 'node:http';
import { App, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Slack, startSlack } from './slack.js';
import { afterwards, bot, cleanUp, httpBot, portOf, silent, teach } from './tinybot.js';

afterEach(cleanUp);

/** One more connected app of the same kind. */
async function another(slack: Slack, token: string, more?: (app: App) => void): Promise<App> {
  const app = new App({
    socketMode: true,
    appToken: slack.appToken,
    token,
    clientOptions: { slackApiUrl: slack.apiUrl },
    logger: silent,
  });
  teach(app);
  more?.(app);
  await app.start();
  return app;
}

describe('Slack delivers', () => {
  it('an event again until it is acknowledged, with its attempt and reason', async () => {
    const retries: unknown[] = [];
    const { slack, channel, ann } = await bot({ answerMs: 500, retryMs: [0, 20] }, (app) => {
      app.use(async ({ context, next }) => {
        retries.push([context.retryNum, context.retryReason]);
        await next();
      });
    });
    const seen = await ann.in(channel).mentions('explain');
    expect(retries).toEqual([[0, '']]);
    await seen.redelivered();
    expect(retries).toEqual([
      [0, ''],
      [1, 'timeout'],
    ]);
    slack.socket.silence('all');
    await expect(ann.in(channel).runs('/eks x')).resolves.toMatchObject({ problem: 'operation_timeout' });
    expect(retries).toHaveLength(2);
  });

  it('each envelope to one of several connections, in turns', async () => {
    const { slack, workspace, channel, ann } = await bot();
    const second = await another(slack, workspace.token);
    afterwards(() => second.stop());
    expect(slack.connections).toBe(2);
    for (let at = 0; at < 4; at += 1) await ann.in(channel).runs('/eks x');
    expect([...slack.socket.delivered.values()]).toEqual([2, 2]);
    expect(slack.messagesIn(channel, ann)).toHaveLength(4);
  });

  it('nothing to a connection that is leaving, and loses what it sends into silence', async () => {
    const { slack, channel, ann } = await bot({ answerMs: 300 });
    const second = await another(slack, slack.workspace().token);
    slack.socket.refresh();
    await Promise.all([ann.in(channel).runs('/eks x'), ann.in(channel).runs('/eks y')]);
    expect([...slack.socket.delivered]).toEqual([[2, 2]]);
    slack.socket.silence('all');
    expect((await ann.in(channel).runs('/eks x')).problem).toBe('operation_timeout');
    await second.stop();
  });

  it('an event that was lost in silence through another connection', async () => {
    const retries: unknown[] = [];
    const { slack, workspace, channel, ann } = await bot({ answerMs: 300, retryMs: [0] });
    const second = await another(slack, workspace.token, (app) => {
      app.use(async ({ context, next }) => {
        retries.push([context.retryNum, context.retryReason]);
        await next();
      });
    });
    slack.socket.silence('one');
    for (let at = 0; at < 2; at += 1) {
      expect((await ann.in(channel).mentions('explain')).message.text).toContain('heard');
    }
    expect(retries).toContainEqual([1, 'timeout']);
    await second.stop();
  });

  it('to no more than ten connections, each with a ticket of its own', async () => {
    const slack = await startSlack();
    afterwards(() => slack.close());
    const web = new WebClient(slack.appToken, { slackApiUrl: slack.apiUrl });
    const urls: string[] = [];
    const connect = async (url: string) => {
      const socket = new WebSocket(url);
      const [frame] = await Promise.race([once(socket, 'message'), once(socket, 'close')]);
      return String(frame);
    };
    for (let at = 0; at < 10; at += 1) {
      const { url = '' } = await web.apps.connections.open();
      urls.push(url);
      expect(JSON.parse(await connect(url))).toMatchObject({ type: 'hello', num_connections: at + 1 });
    }
    const { url = '' } = await web.apps.connections.open();
    expect(JSON.parse(await connect(url))).toMatchObject({
      type: 'disconnect',
      reason: 'too_many_websockets',
    });
    expect(slack.connections).toBe(10);
    expect(await connect(urls[0] ?? '')).toBe('1008');
    expect(slack.violations).toEqual([{ request: 'socket', message: 'A connection without a fresh ticket' }]);
  });

  it('a routine disconnect, after which the client comes back', async () => {
    const slack = await startSlack();
    const workspace = slack.workspace();
    const receiver = new SocketModeReceiver({
      appToken: slack.appToken,
      clientPingTimeout: 50,
      installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
      logger: silent,
    });
    const app = new App({
      receiver,
      token: workspace.token,
      clientOptions: { slackApiUrl: slack.apiUrl },
      logger: silent,
    });
    afterwards(async () => {
      await app.stop();
      await slack.close();
    });
    teach(app);
    await app.start();
    slack.socket.refresh();
    await expect.poll(() => slack.socket.log, { timeout: 5000 }).toContain('open 2');
    expect(slack.socket.log.slice(0, 3)).toEqual(['open 1', 'refresh_requested 1', 'close 1']);
    await expect.poll(() => slack.connections).toBe(1);
    const ann = workspace.person({ name: 'Ann' });
    expect((await ann.in(workspace.channel()).runs('/eks x')).message.text).toContain('You asked for x');
  });
});

describe('a bot behind an HTTP server', () => {
  it('proves its address, answers a command, a press, a form, a mention and a direct message', async () => {
    const { slack, requests, channel, ann } = await httpBot();
    expect(await requests.verifies()).toBe(true);
    const seen = await ann.in(channel).runs('/eks explain etcd');
    expect(seen.message.text).toContain('You asked for explain etcd');
    const form = await seen.presses('Form');
    expect((await form.submits({ Name: 'bad', Kind: 'A' })).errors).toEqual({ name: 'Not this one' });
    expect((await form.submits({ Name: 'etcd', Kind: 'A' })).message.text).toBe('etcd a state');
    expect((await seen.presses('More')).message.text).toBe('more');
    expect((await ann.in(channel).mentions('explain')).message.text).toContain('heard');
    expect((await ann.directly().writes('hello')).message.text).toBe('read hello');
    expect(slack.violations).toEqual([]);
  });

  it('refuses a bad signature, a missing one and an old timestamp', async () => {
    const { slack, workspace, requests, channel } = await httpBot();
    const event = slack.event(workspace, {
      type: 'app_mention',
      text: 'x',
      user: 'U1',
      ts: '1.1',
      channel: channel.id,
    });
    const statuses = [];
    for (const forgery of [
      { signature: 'bad' },
      { signature: 'missing' },
      { timestampOffset: -301 },
      {},
    ] as const) {
      statuses.push((await requests.send('events_api', event, forgery)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 200]);
    await expect.poll(() => slack.messagesIn(channel)).toHaveLength(1);
  });

  it('is asked again after an error, with the headers of a retry', async () => {
    const slack = await startSlack({ retryMs: [0, 10] });
    const retries: unknown[] = [];
    const server = createServer((request, response) => {
      const { 'x-slack-retry-num': number, 'x-slack-retry-reason': reason } = request.headers;
      retries.push([number, reason]);
      response.writeHead(retries.length < 3 ? 500 : 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    afterwards(async () => {
      server.close();
      await slack.close();
    });
    const workspace = slack.workspace();
    slack.sendsTo(`http://127.0.0.1:${portOf(server)}/`);
    slack.uninstall(workspace);
    const once = [undefined, undefined];
    await expect.poll(() => retries).toEqual([once, once, ['1', 'http_error'], ['1', 'http_error']]);
  });
});
