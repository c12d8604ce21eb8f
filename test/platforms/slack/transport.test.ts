import { afterEach, describe, expect, it } from 'vitest';
import type { Seen } from './loopback/seen.js';
import { type Slack, startSlack } from './loopback/slack.js';
import { afterwards, cleanUp, later } from './loopback/tinybot.js';
import { type Mode, reach, reached } from './reached.js';

afterEach(cleanUp);

const COMING_BACK = { timeout: 20_000 };

/** Asks 40 times a second, while something happens once a second; all that became of it. */
async function steadily(
  ask: () => Promise<Seen>,
  seconds: number,
  meanwhile: (second: number, asked: readonly Promise<unknown>[]) => unknown,
): Promise<readonly unknown[]> {
  const answers: Promise<unknown>[] = [];
  for (let tick = 0; tick < seconds * 40; tick += 1) {
    if (tick % 40 === 20) await meanwhile(Math.floor(tick / 40), answers);
    answers.push(ask().then(({ how }) => how));
    await later(25);
  }
  return Promise.all(answers);
}

/** Cuts connections off, and waits until Slack knows. */
async function cutOff({ socket, connections }: Slack, which: 'one' | 'all'): Promise<void> {
  const closed = () => socket.log.filter((line) => line.startsWith('close')).length;
  const before = closed();
  socket.drop(which);
  await expect.poll(closed, { interval: 5 }).toBe(before + (which === 'all' ? connections : 1));
}

describe('Socket Mode', () => {
  it('holds two connections', async () => {
    const { slack, ann, channel, transport } = await reached({ mode: 'socket' });
    expect((await ann.in(channel).runs('/eks explain etcd')).message.text).toContain('explain etcd');
    await expect.poll(() => slack.connections).toBe(2);
    expect(slack.violations).toEqual([]);
    await transport.stop();
    await expect.poll(() => slack.connections, COMING_BACK).toBe(0);
  });

  it('takes no command for done where Slack cannot be asked about the token: its person is told that it failed', async () => {
    const { slack, ann, channel, transport, logged } = await reach({
      mode: 'socket',
      slack: { answerMs: 1_000 },
    });
    slack.troubles.refuse({ code: 'internal_error', on: /auth\.test/, times: 2 });
    await transport.start();
    expect((await ann.in(channel).runs('/eks explain etcd')).problem).toBe('operation_timeout');
    expect(logged.join('')).toContain("one of Slack's requests failed");
    expect((await ann.in(channel).runs('/eks explain etcd')).message.text).toContain('explain etcd');
  });

  it('loses no command while Slack refreshes one connection after the other', async () => {
    const { slack, ann, channel } = await reached({ mode: 'socket', slack: { closeMs: 300 } });
    await expect.poll(() => slack.connections).toBe(2);
    const ask = () => ann.in(channel).runs('/eks explain etcd');
    const answers = await steadily(ask, 5, () => slack.socket.refresh());
    expect(answers).toHaveLength(200);
    expect([...new Set(answers)]).toEqual(['posted']);
    expect(slack.socket.log.filter((line) => line.startsWith('refresh_requested'))).toHaveLength(5);
    await expect.poll(() => slack.connections, COMING_BACK).toBe(2);
    expect(slack.violations).toEqual([]);
  });

  it('loses no command while Slack warns of the end of both connections at once', async () => {
    const { slack, ann, channel } = await reached({ mode: 'socket' });
    await expect.poll(() => slack.connections).toBe(2);
    const ask = () => ann.in(channel).runs('/eks explain etcd');
    const answers = await steadily(ask, 3, (second) => second === 0 && slack.socket.warn('all'));
    expect(answers).toHaveLength(120);
    expect([...new Set(answers)]).toEqual(['posted']);
  });

  it('loses no command while connections are cut off', async () => {
    const { slack, ann, channel } = await reached({ mode: 'socket' });
    await expect.poll(() => slack.connections).toBe(2);
    const ask = () => ann.in(channel).runs('/eks explain etcd');
    const answers = await steadily(ask, 6, async (second, asked) => {
      if (second % 3 !== 0) return;
      // What is on the wire at that moment is lost whatever the bot does.
      await Promise.all(asked);
      await cutOff(slack, 'one');
    });
    expect(answers).toHaveLength(240);
    expect([...new Set(answers)]).toEqual(['posted']);
    await expect.poll(() => slack.connections, COMING_BACK).toBe(2);
  });

  it('acknowledges what came in before the end was announced, also where the bot takes a while', async () => {
    let answer: () => void = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { slack, ann, channel } = await reached({
      mode: 'socket',
      slack: { commands: ['/slow'] },
      more: (app) => {
        app.command('/slow', async ({ ack }) => {
          await asked;
          await ack({ text: 'here it is' });
        });
      },
    });
    const slow = ann.in(channel).runs('/slow');
    await expect.poll(() => [...slack.socket.delivered.values()]).toEqual([1]);
    slack.socket.refresh('all');
    await later(300);
    answer();
    expect((await slow).message.text).toBe('here it is');
  });

  it('finds out that a connection has gone silent, and replaces it', async () => {
    const { slack, ann, channel } = await reached({ mode: 'socket', slack: { pingMs: 200 } });
    await expect.poll(() => slack.connections).toBe(2);
    slack.socket.silence('one');
    await expect
      .poll(() => slack.socket.log.filter((line) => line.startsWith('open')), COMING_BACK)
      .toHaveLength(3);
    await expect.poll(() => slack.socket.log.includes('close 1'), COMING_BACK).toBe(true);
    expect((await ann.in(channel).runs('/eks explain etcd')).how).toBe('posted');
  });

  it('comes back by itself when Slack could not be reached at the start, or closed all connections', async () => {
    const slack = await startSlack();
    afterwards(() => slack.close());
    slack.troubles.fail({ on: /auth\.test|apps\.connections\.open/, status: 503, times: 8 });
    const { ann, channel, logged } = await reached({ mode: 'socket', on: slack });
    await expect.poll(() => slack.connections, COMING_BACK).toBe(2);
    expect((await ann.in(channel).runs('/eks explain etcd')).how).toBe('posted');
    expect(logged.join('')).toContain('trying again');
    await cutOff(slack, 'all');
    await expect.poll(() => slack.connections, COMING_BACK).toBe(2);
    expect((await ann.in(channel).runs('/eks explain etcd')).how).toBe('posted');
  });

  it('waits as long as Slack asks when it opens connections too often', async () => {
    const slack = await startSlack();
    afterwards(() => slack.close());
    slack.troubles.rateLimit({ on: /apps\.connections\.open/, retryAfterSeconds: 2 });
    await reached({ mode: 'socket', on: slack, transport: { staggerMs: 60_000 } });
    await expect.poll(() => slack.connections, COMING_BACK).toBe(1);
    const [first, second] = slack.requests.filter(({ method }) => method === 'apps.connections.open');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(2_000);
  });

  it('lives through an event that has nothing in it, as Slack sends when there are too many', async () => {
    const { slack, ann, channel } = await reached({ mode: 'socket' });
    const limited = { type: 'app_rate_limited', team_id: 'T1', minute_rate_limited: 1 };
    void slack.socket.deliver('events_api', limited);
    await later(100);
    expect((await ann.in(channel).runs('/eks explain etcd')).how).toBe('posted');
  });
});

describe('a start is refused in one line', () => {
  const wrong: readonly {
    readonly what: string;
    readonly mode: Mode;
    readonly tokens: { readonly bot?: string; readonly app?: string };
    readonly says: RegExp;
  }[] = [
    {
      what: 'a bot token that Slack does not know',
      mode: 'socket',
      tokens: { bot: 'xoxb-no' },
      says: /refuses SLACK_BOT_TOKEN \(invalid_auth\).*OAuth & Permissions/,
    },
    {
      what: 'the same behind HTTP',
      mode: 'http',
      tokens: { bot: 'xoxb-no' },
      says: /refuses SLACK_BOT_TOKEN \(invalid_auth\)/,
    },
    {
      what: 'an app token that Slack does not know',
      mode: 'socket',
      tokens: { app: 'xapp-no' },
      says: /refuses SLACK_APP_TOKEN \(invalid_auth\).*Basic Information/,
    },
    {
      what: 'an app token in place of the bot token',
      mode: 'http',
      tokens: { bot: 'xapp-no' },
      says: /SLACK_BOT_TOKEN/,
    },
    {
      what: 'a bot token in place of the app token',
      mode: 'socket',
      tokens: { app: 'xoxb-no' },
      says: /SLACK_APP_TOKEN is a token of another kind/,
    },
  ];
  it.each(wrong)('for $what', async ({ mode, tokens, says }) => {
    const { transport, logged } = await reach({ mode, tokens });
    const refused = await transport.start().catch((error: unknown) => error);
    if (!(refused instanceof Error)) throw new Error('it was not refused');
    expect(refused.message).toMatch(says);
    expect(refused.message).not.toContain('\n');
    for (const token of Object.values(tokens)) {
      expect(refused.message).not.toContain(token);
      expect(logged.join('')).not.toContain(token);
    }
  });

  it('for an app that may do too little, with what it lacks', async () => {
    const { transport } = await reach({ mode: 'socket', slack: { scopes: ['commands', 'chat:write'] } });
    await expect(transport.start()).rejects.toThrow(/lacks the scopes .*users:read.*eks slack-manifest/);
  });
});
