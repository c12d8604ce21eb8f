import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { addressOf, processes } from '../../house/process.js';
import { type Slack, startSlack } from './loopback/slack.js';

const { folder, start } = processes('slack');

async function slackFor(): Promise<Slack> {
  // A new process on a busy machine may need long for its first answer; how long is not what is tested here.
  const slack = await startSlack({ answerMs: 15_000, triggerMs: 15_000, patienceMs: 20_000 });
  onTestFinished(() => slack.close());
  return slack;
}

/** A port that nothing listens on, for a process that must be told where it will be reached. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}

describe('the process with Slack tokens', () => {
  test('answers over Socket Mode, and stops on SIGTERM with no token in its words', async () => {
    const slack = await slackFor();
    const workspace = slack.workspace();
    const process = start({
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: workspace.token,
      SLACK_APP_TOKEN: slack.appToken,
      DATABASE_URL: `file:${folder}/socket.db`,
      LOG_LEVEL: 'trace',
    });
    await addressOf(process);
    expect(process.out()).toContain('/eks help answers on Slack');
    const ann = workspace.person({ name: 'ann' }).in(workspace.channel());
    expect((await ann.runs('/eks explain etcd')).message.text).toContain('etcd');
    process.child.kill('SIGTERM');
    expect(await process.exited).toBe(0);
    const words = process.out() + process.err();
    expect(words).not.toContain(workspace.token);
    expect(words).not.toContain(slack.appToken);
    expect(slack.violations).toEqual([]);
  });

  test('serves two workspaces that install it over the web, and forgets one that takes it out', async () => {
    const slack = await slackFor();
    const port = await freePort();
    slack.redirectsTo(`http://127.0.0.1:${port}/slack/oauth_redirect`);
    const process = start({
      SLACK_API_URL: slack.apiUrl,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_CLIENT_ID: slack.clientId,
      SLACK_CLIENT_SECRET: slack.clientSecret,
      SLACK_STATE_SECRET: 'a-state-secret',
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      PORT: port,
      DATABASE_URL: `file:${folder}/oauth.db`,
      LOG_LEVEL: 'trace',
    });
    const address = await addressOf(process);
    slack.sendsTo(`${address}/slack/events`);
    const workspaces = ['one', 'two'].map((name) => slack.workspace({ name, installed: false }));
    for (const workspace of workspaces) {
      const ann = workspace.person({ name: 'ann', admin: true });
      await ann.installs(`${address}/slack/install`);
      const seen = await ann.in(workspace.channel()).runs('/eks explain etcd');
      expect(seen.message.text).toContain('etcd');
    }
    const [gone] = workspaces;
    if (gone === undefined) throw new Error('there are two');
    const token = gone.token;
    slack.uninstall(gone);
    expect(slack.violations).toEqual([]);
    process.child.kill('SIGTERM');
    expect(await process.exited).toBe(0);
    expect(process.out() + process.err()).not.toContain(token);
  });

  test('with a wrong one says what to do in a line, and ends where nothing else runs', async () => {
    const slack = await slackFor();
    const process = start({
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: 'xoxb-wrong-of-someone',
      SLACK_APP_TOKEN: slack.appToken,
      DATABASE_URL: `file:${folder}/wrong.db`,
    });
    expect(await process.exited).toBe(1);
    expect(process.err()).toContain('Slack refuses SLACK_BOT_TOKEN (invalid_auth). Copy');
    expect(process.err()).not.toContain('of-someone');
  });
});
