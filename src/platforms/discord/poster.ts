import { type Client, DiscordAPIError, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Bot } from '../../bot/platform.js';
import { type Place, type Poster, type PostKey, PostRefused } from '../../bot/poster.js';
import type { Reply } from '../../bot/reply.js';
import { drawMessage, type Message } from './draw.js';
import { LIMITS } from './limits.js';
import { directOrigin } from './origin.js';
import { findOwn, readSent, type Sent } from './own.js';
import { oneLine } from './text.js';
import { forLog } from './trouble.js';

export interface PosterOptions {
  /** The client and the bot once people can reach it; undefined before, and after the end. */
  readonly reach: () => { readonly client: Client<true>; readonly bot: Bot } | undefined;
  readonly log: Logger;
}

const Id = z.object({ id: z.string() });

const GONE: readonly (number | string)[] = [
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownUser,
];
const FORBIDDEN: readonly (number | string)[] = [
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel,
  RESTJSONErrorCodes.ThreadLocked,
];

/** Posts with the bot's own token, where no interaction has asked for it. */
export function discordPoster(options: PosterOptions): Poster {
  const reached = () => {
    const found = options.reach();
    if (found === undefined) throw new Error('Discord is not connected');
    return found;
  };
  return {
    post: (place, reply, { isRepeat = false, thread, ...wanted }) =>
      refusing(async () => {
        const { client, bot } = reached();
        const found = isRepeat ? await findOwn(client, place.channel, wanted) : undefined;
        const sent = found ?? (await send(client, place.channel, await drawFor(bot, place, reply), wanted));
        const opened =
          thread === undefined ? undefined : await openThread(options, client, place, sent, thread);
        return { message: sent.id, thread: opened };
      }),
    find: (place, wanted) =>
      refusing(async () => {
        const found = await findOwn(reached().client, place.channel, wanted);
        return found && { message: found.id, thread: found.thread?.id };
      }),
    edit: (place, posted, reply, signal) =>
      refusing(async () => {
        const { client, bot } = reached();
        const message = await drawFor(bot, place, reply);
        // What is left out would stay.
        const edited = { ...request(message, { content: '' }), ...(signal && { signal }) };
        await client.rest.patch(Routes.channelMessage(place.channel, posted.message), edited);
      }),
    tell: (_workspace, user, reply) =>
      refusing(async () => {
        const { client, bot } = reached();
        const body = { recipient_id: user };
        const { id: channel } = Id.parse(await client.rest.post(Routes.userChannels(), { body }));
        const message = await drawMessage(reply, () => bot.keep(directOrigin(user, channel), reply));
        await client.rest.post(Routes.channelMessages(channel), request(message));
      }),
  };
}

/** All in the channel see it, so its pages are for all. */
function drawFor(bot: Bot, { workspace, channel }: Place, reply: Reply): Promise<Message> {
  const shown: Reply = { ...reply, visibility: 'public' };
  const origin = { platform: 'discord', workspace, channel, user: '', name: '', admin: false };
  return drawMessage(shown, () => bot.keep(origin, shown));
}

/** Within minutes of a first try, Discord answers a second one with the message of the first. */
async function send(
  { rest }: Client<true>,
  channel: string,
  message: Message,
  { key, signal }: PostKey,
): Promise<Sent> {
  const asked = { ...request(message, { nonce: key, enforce_nonce: true }), ...(signal && { signal }) };
  return readSent(await rest.post(Routes.channelMessages(channel), asked));
}

/** Undefined where there can be none: the post itself is there. */
async function openThread(
  { log }: PosterOptions,
  client: Client<true>,
  { channel }: Place,
  { id, thread }: Sent,
  name: string,
): Promise<string | undefined> {
  if (thread !== undefined) return thread.id;
  try {
    const body = { name: oneLine(name, LIMITS.thread.name) };
    return Id.parse(await client.rest.post(Routes.threads(channel, id), { body })).id;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    // Discord gives it the id of its message.
    if (error.code === RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage) return id;
    log.warn({ channel, err: forLog(error) }, 'a post has no thread: Discord refuses it');
    return undefined;
  }
}

/** A message as Discord's REST API takes it. */
function request({ embeds, components, files }: Message, more: object = {}) {
  return {
    body: {
      ...more,
      embeds,
      components,
      attachments: files.map(({ name, description }, id) => ({
        id: String(id),
        filename: name,
        description,
      })),
      allowed_mentions: { parse: [] },
    },
    files: files.map(({ attachment, name }) => ({ data: attachment, name })),
  };
}

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof DiscordAPIError ? error.code : '';
    if (GONE.includes(code)) throw new PostRefused('gone');
    if (FORBIDDEN.includes(code)) throw new PostRefused('forbidden');
    throw error;
  }
}
