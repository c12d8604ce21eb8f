import { Server } from 'node:http';
import { App, HTTPReceiver, type Logger, LogLevel } from '@slack/bolt';
import { z } from 'zod';
import { type SlackOptions, startSlack } from './slack.js';

const cleanups: (() => Promise<unknown>)[] = [];

/** What is to be done after the test that is running. */
export function afterwards(cleanup: () => Promise<unknown>): void {
  cleanups.push(cleanup);
}

/** Stops all that a test has started, the last first. */
export async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}

/** A logger for clients whose troubles a test brings about. */
export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** Resolves after so many milliseconds. */
export const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
export const plain = (text: string) => ({ type: 'plain_text' as const, text });
export const button = (label: string, id = label) => ({
  type: 'button' as const,
  text: plain(label),
  action_id: id,
  value: `press/${label}`,
});
const actions = (...elements: ReturnType<typeof button>[]) => ({ type: 'actions' as const, elements });

/** A form with a text and a choice. */
export const FORM = {
  type: 'modal' as const,
  callback_id: 'form',
  title: plain('A form'),
  submit: plain('Send'),
  private_metadata: 'state',
  blocks: [
    {
      type: 'input' as const,
      block_id: 'name',
      label: plain('Name'),
      element: { type: 'plain_text_input' as const, action_id: 'name', max_length: 20 },
    },
    {
      type: 'input' as const,
      block_id: 'kind',
      label: plain('Kind'),
      element: {
        type: 'static_select' as const,
        action_id: 'kind',
        options: [
          { text: plain('A'), value: 'a' },
          { text: plain('B'), value: 'b' },
        ],
      },
    },
  ],
};

/** Teaches a tiny bot, whatever its transport. */
export function teach(app: App): void {
  app.command('/eks', async ({ ack, respond, command }) => {
    await ack();
    if (command.text === 'nothing') return;
    const text = `You asked for ${command.text}`;
    const response_type = command.text.includes('public') ? 'in_channel' : 'ephemeral';
    const row = actions(button('More'), button('Form'), button('Share'));
    await respond({ text, response_type, blocks: [{ type: 'section', text: plain(text) }, row] });
  });
  app.action('More', async ({ ack, respond }) => {
    await ack();
    await respond({ text: 'more', replace_original: true });
  });
  app.action('Form', async ({ ack, body, client }) => {
    await ack();
    if (body.type === 'block_actions') await client.views.open({ trigger_id: body.trigger_id, view: FORM });
  });
  app.action('Share', async ({ ack, body, client }) => {
    await ack();
    await client.chat.postMessage({ channel: body.channel?.id ?? '', text: 'shared' });
  });
  app.view('form', async ({ ack, view, client, body }) => {
    const name = view.state.values['name']?.['name']?.value ?? '';
    if (name === 'bad') {
      await ack({ response_action: 'errors', errors: { name: 'Not this one' } });
      return;
    }
    await ack();
    const kind = view.state.values['kind']?.['kind']?.selected_option?.value;
    await client.chat.postMessage({
      channel: body.user.id,
      text: `${name} ${kind} ${view.private_metadata}`,
    });
  });
  app.event('app_mention', async ({ event, client }) => {
    const thread_ts = event.thread_ts ?? event.ts;
    await client.chat.postMessage({ channel: event.channel, thread_ts, text: `heard ${event.text}` });
  });
  app.message(async ({ message, say }) => {
    if (message.subtype === undefined) await say(`read ${message.text}`);
  });
  app.event('app_home_opened', async ({ event, client }) => {
    const blocks = [{ type: 'section' as const, text: plain('Welcome') }];
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });
}

/** A Slack with a real Bolt app in Socket Mode; `errors` is what the app's listeners threw. */
export async function bot(options: SlackOptions = {}, more: (app: App) => void = () => undefined) {
  const slack = await startSlack(options);
  const workspace = slack.workspace();
  const app = new App({
    socketMode: true,
    appToken: slack.appToken,
    token: workspace.token,
    clientOptions: { slackApiUrl: slack.apiUrl },
    logger: silent,
  });
  const errors: unknown[] = [];
  app.error(async (error) => {
    errors.push(error);
  });
  teach(app);
  more(app);
  await app.start();
  afterwards(async () => {
    await app.stop();
    await slack.close();
  });
  const ann = workspace.person({ name: 'Ann' });
  return {
    slack,
    workspace,
    channel: workspace.channel(),
    ann,
    bea: workspace.person({ name: 'Bea' }),
    app,
    errors,
  };
}

/** A Slack with a real Bolt app behind an HTTP server of its own. */
export async function httpBot(options: SlackOptions = {}) {
  const slack = await startSlack(options);
  const workspace = slack.workspace();
  const { signingSecret } = slack;
  const receiver = new HTTPReceiver({ signingSecret, logger: silent });
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const app = new App({ receiver, token: workspace.token, clientOptions, logger: silent });
  teach(app);
  const requests = slack.sendsTo(`http://127.0.0.1:${portOf(await app.start(0))}/slack/events`);
  afterwards(async () => {
    await app.stop();
    await slack.close();
  });
  return { slack, workspace, requests, channel: workspace.channel(), ann: workspace.person({ name: 'Ann' }) };
}

/** The port of a server that listens. */
export const portOf = (server: unknown) =>
  server instanceof Server ? z.object({ port: z.number() }).parse(server.address()).port : 0;
