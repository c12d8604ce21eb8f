import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { isFromSlack } from '../../../src/platforms/slack/signature.js';
import { cleanUp } from './loopback/tinybot.js';
import type { Json } from './loopback/world.js';
import { reach, reachedByHttp } from './reached.js';

afterEach(cleanUp);

const NOW = new Date('2026-11-22T12:00:00Z');
const SECRET = 'loopback-signing-secret';
const sign = (timestamp: string, body: string, secret = SECRET) =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
const at = (seconds: number) => String(NOW.getTime() / 1000 + seconds);
const verify = (timestamp: string | undefined, signature: string | undefined, body = 'text=etcd') =>
  isFromSlack(SECRET, { timestamp, signature, body: Buffer.from(body) }, NOW);

describe('a signature', () => {
  it('is taken for five minutes before and after its time, and not for longer', () => {
    for (const seconds of [-300, -299, 0, 299, 300]) {
      expect(verify(at(seconds), sign(at(seconds), 'text=etcd'))).toBe(true);
    }
    for (const seconds of [-86_400, -301, 301, 86_400]) {
      expect(verify(at(seconds), sign(at(seconds), 'text=etcd'))).toBe(false);
    }
  });

  it('is refused where it is not that of the secret, the time and the body', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (body, other) => {
        fc.pre(body !== other);
        expect(verify(at(0), sign(at(0), body), body)).toBe(true);
        expect(verify(at(0), sign(at(0), other), body)).toBe(false);
        expect(verify(at(1), sign(at(0), body), body)).toBe(false);
        expect(verify(at(0), sign(at(0), body, 'another secret'), body)).toBe(false);
        expect(verify(at(0), other, body)).toBe(false);
      }),
    );
  });

  it('is refused where it or its time is missing or no such thing', () => {
    const good = sign(at(0), 'text=etcd');
    for (const bad of [
      undefined,
      '',
      'v0=',
      'v0=00',
      good.toUpperCase(),
      `${good}00`,
      good.replace('v0', 'v1'),
    ]) {
      expect(verify(at(0), bad)).toBe(false);
    }
    for (const bad of [undefined, '', 'now', 'NaN', '1e9', `${at(0)}.5`, ` ${at(0)}`, '-1', '9'.repeat(40)]) {
      expect(verify(bad, sign(String(bad), 'text=etcd'))).toBe(false);
    }
  });
});

/** Sends a body of any kind, signed as Slack does. */
function post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signed = { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': sign(timestamp, body) };
  return fetch(`${url}/slack/events`, { method: 'POST', body, headers: { ...signed, ...headers } });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

describe('behind HTTP', () => {
  it('answers a command, a press, a form, a mention, a direct message and the Home tab', async () => {
    const { slack, requests, channel, ann } = await reachedByHttp();
    expect(await requests.verifies()).toBe(true);
    const seen = await ann.in(channel).runs('/eks explain etcd & "raft" ✓');
    expect(seen.message.text).toContain('You asked for explain etcd & "raft" ✓');
    const form = await seen.presses('Form');
    expect((await form.submits({ Name: 'bad', Kind: 'B' })).errors).toEqual({ name: 'Not this one' });
    expect((await form.submits({ Name: 'etcd', Kind: 'B' })).message.text).toBe('etcd b state');
    expect((await ann.in(channel).mentions('explain etcd')).message.text).toContain('heard');
    expect((await ann.directly().writes('explain etcd')).message.text).toBe('read explain etcd');
    expect((await ann.opensHome()).home.text).toBe('Welcome');
    expect(slack.violations).toEqual([]);
  });

  it('answers in the acknowledgement what the bot says there', async () => {
    const { ann, channel } = await reachedByHttp({
      slack: { commands: ['/object', '/text'] },
      more: (app) => {
        app.command('/object', ({ ack }) => ack({ text: 'an object', response_type: 'in_channel' }));
        app.command('/text', ({ ack }) => ack('a text'));
      },
    });
    expect((await ann.in(channel).runs('/object')).message.text).toBe('an object');
    expect((await ann.in(channel).runs('/text')).message.text).toBe('a text');
  });

  it('refuses what Slack did not sign, or not now, and does nothing of it', async () => {
    const heard: string[] = [];
    const { slack, workspace, requests, logged } = await reachedByHttp({
      more: (app) => app.event('app_mention', async ({ event }) => void heard.push(event.text)),
    });
    const event = (text: string) =>
      slack.event(workspace, { type: 'app_mention', user: 'U1', channel: 'C1', ts: '1.1', text });
    const forgeries = [
      { signature: 'bad' },
      { signature: 'missing' },
      { timestampOffset: -301 },
      { timestampOffset: 302 },
    ] as const;
    for (const forgery of forgeries) {
      expect((await requests.send('events_api', event('forged'), forgery)).status).toBe(401);
    }
    expect((await requests.send('events_api', event('true'))).status).toBe(200);
    await expect.poll(() => heard).toEqual(['true']);
    // Whoever sends many fills no disk with it.
    expect(logged.filter((line) => line.includes('SLACK_SIGNING_SECRET'))).toHaveLength(1);
    expect(logged.join('')).not.toContain(slack.signingSecret);
  });

  it('refuses bodies of other kinds, too large ones and ones that it cannot read', async () => {
    const { url } = await reachedByHttp();
    expect((await post(url, '<a/>', { 'content-type': 'text/xml' })).status).toBe(415);
    for (const body of ['', '{', '[]', 'null', '"text"']) {
      expect((await post(url, body, JSON_TYPE)).status).toBe(400);
    }
    expect((await post(url, 'payload=%7B', FORM_TYPE)).status).toBe(400);
    expect((await post(url, '{"type":"unheard_of"}', JSON_TYPE)).status).toBe(404);
    expect((await fetch(`${url}/slack/events`)).status).toBe(404);
    // Last, for the server closes a connection on which it did not read to the end.
    expect((await post(url, 'x'.repeat(1024 * 1024 + 1), JSON_TYPE)).status).toBe(413);
  });

  it('takes the check of its certificate, but nothing that is smuggled in with it', async () => {
    const { url, slack, channel } = await reachedByHttp();
    const smuggled = new URLSearchParams({
      ssl_check: '1',
      command: '/eks',
      text: 'x',
      channel_id: channel.id,
    });
    const response = await fetch(`${url}/slack/events`, { method: 'POST', body: smuggled });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(slack.messagesIn(channel)).toEqual([]);
    expect(slack.requests.filter(({ method }) => method === 'response_url')).toEqual([]);
  });

  it('tells the bot which try of an event it is, and why it is tried again', async () => {
    const tries: unknown[] = [];
    const { requests, slack, workspace } = await reachedByHttp({
      more: (app) =>
        app.event('app_mention', async ({ context }) => {
          tries.push([context.retryNum, context.retryReason]);
        }),
    });
    const event: Json = { type: 'app_mention', user: 'U1', channel: 'C1', ts: '1.1', text: 'hi' };
    const payload = slack.event(workspace, event);
    await requests.deliver('events_api', payload);
    await requests.deliver('events_api', payload, { attempt: 2, reason: 'timeout' });
    await expect
      .poll(() => tries)
      .toEqual([
        [undefined, undefined],
        [2, 'http_timeout'],
      ]);
  });

  it('lets Slack send again what the bot failed at before it acknowledged, but nothing else', async () => {
    const { url, logged } = await reachedByHttp({
      slack: { commands: ['/broken'] },
      more: (app) => {
        app.command('/broken', async () => {
          throw new Error('the learner wrote hunter2');
        });
      },
    });
    const typed = { command: '/broken', team_id: 'T1', user_id: 'U1', channel_id: 'C1', text: 'hunter2' };
    const failed = await post(url, new URLSearchParams(typed).toString(), FORM_TYPE);
    expect([failed.status, failed.headers.get('x-slack-no-retry')]).toEqual([500, null]);
    const unknown = await post(url, '{"type":"unheard_of"}', JSON_TYPE);
    expect(unknown.headers.get('x-slack-no-retry')).toBe('1');
    expect(logged.join('')).toContain("one of Slack's requests failed");
    expect(logged.join('')).not.toContain('hunter2');
  });

  it('lets Slack send again what came while nobody could say whose token it is', async () => {
    const { slack, transport, url, workspace } = await reach({ mode: 'http' });
    slack.troubles.refuse({ code: 'internal_error', on: /auth\.test/, times: 2 });
    await transport.start();
    const event: Json = { type: 'app_mention', user: 'U1', channel: 'C1', ts: '1.1', text: 'hi' };
    const body = JSON.stringify(slack.event(workspace, event));
    const failed = await post(url, body, JSON_TYPE);
    expect([failed.status, failed.headers.get('x-slack-no-retry')]).toEqual([500, null]);
    expect((await post(url, body, JSON_TYPE)).status).toBe(200);
  });

  it('refuses in time what comes while Slack is slow to say whose token it is, so that it is sent again', async () => {
    const { slack, transport, workspace, requests } = await reach({ mode: 'http' });
    slack.troubles.refuse({ code: 'internal_error', on: /auth\.test/ });
    await transport.start();
    slack.troubles.slow({ ms: 6_000, on: /auth\.test/ });
    const event: Json = { type: 'app_mention', user: 'U1', channel: 'C1', ts: '1.1', text: 'hi' };
    const mention = slack.event(workspace, event);
    expect(await requests?.deliver('events_api', mention)).toEqual({ kind: 'failed', reason: 'http_error' });
    await expect
      .poll(() => requests?.deliver('events_api', mention), { timeout: 15_000 })
      .toMatchObject({ kind: 'acknowledged' });
  });

  it('takes nothing new once it stops, and waits for what is under way', async () => {
    let finish: () => void = () => {};
    const working = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { transport, url } = await reachedByHttp({
      more: (app) =>
        app.command('/slow', async ({ ack }) => {
          await ack();
          await working;
        }),
    });
    const typed = new URLSearchParams({ command: '/slow', team_id: 'T1', user_id: 'U1', channel_id: 'C1' });
    expect((await post(url, typed.toString(), FORM_TYPE)).status).toBe(200);
    let stopped = false;
    const stopping = transport.stop().then(() => {
      stopped = true;
    });
    expect((await post(url, typed.toString(), FORM_TYPE)).status).toBe(503);
    expect(stopped).toBe(false);
    finish();
    await stopping;
  });

  it('asks Slack once whose token it is, not with every request', async () => {
    const { slack, ann, channel } = await reachedByHttp();
    await ann.in(channel).runs('/eks explain etcd');
    await ann.in(channel).runs('/eks explain raft');
    expect(slack.requests.filter(({ method }) => method === 'auth.test')).toHaveLength(1);
  });
});
