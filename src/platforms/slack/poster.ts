import { setTimeout as sleep } from 'node:timers/promises';
import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Bot } from '../../bot/platform.js';
import { type Place, type Poster, type PostKey, PostRefused, type PostWidth } from '../../bot/poster.js';
import type { Reply } from '../../bot/reply.js';
import { drawMessage, pictureOf } from './draw.js';
import type { Message } from './pages.js';
import { codeOf } from './trouble.js';
import { upload } from './upload.js';

export interface PosterOptions {
  /** A client that asks once; throws where there is no token for the workspace. */
  readonly clientFor: (workspace: string) => Promise<WebClient>;
  /** The bot once people can reach it. */
  readonly bot: () => Bot | undefined;
  readonly log: Logger;
}

/** Marks what the bot posted unasked, so that it is found again. */
const EVENT_TYPE = 'eks_post';

const Sent = z.object({ ts: z.string() });
const History = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({
          event_type: z.string(),
          event_payload: z.object({ key: z.unknown().optional() }).optional(),
        })
        .optional(),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

const PAGE = 200;
const MOST_PAGES = 20;
/** Clocks differ, and what is looked for cannot be taken for anything else. */
const MARGIN_MS = 15 * 60_000;
/** Less than whoever asks for a post waits for it. */
const LONGEST_WAIT_MS = 30_000;
/** Slack limits each workspace by itself, to some messages a second: one that must go slower leaves lanes to the others. */
const WIDTH: PostWidth = { atOnce: 100, inWorkspace: 8 };

const GONE: readonly string[] = ['channel_not_found', 'is_archived', 'message_not_found', 'user_not_found'];
const FORBIDDEN: readonly string[] = [
  'not_in_channel',
  'no_permission',
  'cant_update_message',
  'edit_window_closed',
  'messages_tab_disabled',
  'user_disabled',
  'cannot_reply_to_message',
  'ekm_access_denied',
];

/** Posts with the bot's own token, where nobody has asked for it just now. */
export function slackPoster({ clientFor, bot, log }: PosterOptions): Poster {
  const reached = async (workspace: string) => {
    const running = bot();
    if (running === undefined) throw new Error('Slack is not connected');
    return { bot: running, client: await clientFor(workspace) };
  };
  return {
    width: WIDTH,
    post: (place, reply, { isRepeat = false, thread, ...wanted }) =>
      refusing(async () => {
        const { client, bot } = await reached(place.workspace);
        const found = isRepeat ? await findPosted(client, log, place.channel, wanted) : undefined;
        const message =
          found ?? (await send(client, place.channel, await drawFor(client, bot, place, reply), wanted));
        // In Slack every message has its thread, which begins with the first answer.
        return { message, thread: thread === undefined ? undefined : message };
      }),
    find: (place, wanted) =>
      refusing(async () => {
        const { client } = await reached(place.workspace);
        const message = await findPosted(client, log, place.channel, wanted);
        return message === undefined ? undefined : { message, thread: undefined };
      }),
    edit: (place, posted, reply, signal) =>
      refusing(async () => {
        const { client, bot } = await reached(place.workspace);
        const { blocks, text } = await drawFor(client, bot, place, reply);
        const where = { channel: place.channel, ts: posted.message };
        await patiently(() => client.chat.update({ ...where, blocks, text }), signal);
      }),
    tell: (workspace, user, reply) =>
      refusing(async () => {
        const { client, bot } = await reached(workspace);
        await send(client, user, await drawFor(client, bot, { workspace, channel: user }, reply, user));
      }),
  };
}

/** For a person where one is named; what all in a channel see has pages for all. */
async function drawFor(
  client: WebClient,
  bot: Bot,
  { workspace, channel }: Place,
  reply: Reply,
  user = '',
): Promise<Message> {
  const shown: Reply = user === '' ? { ...reply, visibility: 'public' } : reply;
  const origin = { platform: 'slack', workspace, channel, user, name: '', admin: false };
  const found = pictureOf(shown);
  const picture = found && (await upload(client, found));
  return drawMessage(shown, () => bot.keep(origin, shown), picture === undefined ? {} : { picture });
}

/** @returns Slack's name for the message, its `ts` */
async function send(
  client: WebClient,
  channel: string,
  { blocks, text }: Message,
  { key, signal }: Partial<PostKey> = {},
): Promise<string> {
  const answer = await patiently(
    () =>
      client.chat.postMessage({
        channel,
        blocks,
        text,
        unfurl_links: false,
        unfurl_media: false,
        ...(key !== undefined && { metadata: { event_type: EVENT_TYPE, event_payload: { key } } }),
      }),
    signal,
  );
  return Sent.parse(answer).ts;
}

/** The message that an earlier try sent; undefined where there is none, or where the bot may not look. */
async function findPosted(
  client: WebClient,
  log: Logger,
  channel: string,
  { key, since, signal }: PostKey,
): Promise<string | undefined> {
  const oldest = String((since.getTime() - MARGIN_MS) / 1000);
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const asked = { channel, oldest, limit: PAGE, include_all_metadata: true, ...(cursor && { cursor }) };
    const look = () => client.conversations.history(asked);
    const answer = await patiently(look, signal).catch((error: unknown) => {
      if (codeOf(error) !== 'missing_scope') throw error;
      log.warn(
        { channel },
        'no scope to look for an earlier try at a post (channels:history, groups:history)',
      );
      return undefined;
    });
    if (answer === undefined) return undefined;
    const { messages, response_metadata } = History.parse(answer);
    const found = messages.find(
      ({ metadata }) => metadata?.event_type === EVENT_TYPE && metadata.event_payload?.key === key,
    );
    cursor = response_metadata?.next_cursor;
    if (found !== undefined || !cursor) return found?.ts;
  }
  return undefined;
}

/** Asked to go slower, Slack has not obeyed: the same again cannot happen twice. Begins nothing after an abort. */
async function patiently<T>(ask: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  let waitedMs = 0;
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      const waitMs =
        error instanceof WebAPIRateLimitedError ? error.retryAfter * 1_000 : Number.POSITIVE_INFINITY;
      waitedMs += waitMs;
      if (waitedMs > LONGEST_WAIT_MS) throw error;
      await sleep(waitMs, undefined, signal && { signal });
    }
  }
}

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error) ?? '';
    if (GONE.includes(code)) throw new PostRefused('gone');
    if (FORBIDDEN.includes(code) || code.startsWith('restricted_action')) throw new PostRefused('forbidden');
    throw error;
  }
}
