import { z } from 'zod';
import { areTooLong, checkBlocks } from './blocks.js';
import { ApiError, invalid } from './errors.js';
import { covers, type Token } from './installs.js';
import { messageJson, type StoredMessage } from './messages.js';
import { flag, type Ground, json, type Method, method, needScopes } from './method.js';
import { type Channel, type Json, newTs } from './world.js';

const said = {
  text: z.string().optional(),
  blocks: json(z.array(z.record(z.string(), z.unknown()))).optional(),
  metadata: json(
    z.strictObject({ event_type: z.string().min(1), event_payload: z.record(z.string(), z.unknown()) }),
  ).optional(),
  mrkdwn: flag.optional(),
  parse: z.enum(['full', 'none']).optional(),
  link_names: flag.optional(),
  unfurl_links: flag.optional(),
  unfurl_media: flag.optional(),
};
const thread = {
  thread_ts: z
    .string()
    .regex(/^\d+\.\d+$/)
    .optional(),
  reply_broadcast: flag.optional(),
};

interface Said {
  readonly text?: string | undefined;
  readonly blocks?: readonly Json[] | undefined;
}

const TEXT = {
  'chat.postMessage': 40_000,
  'chat.postEphemeral': 40_000,
  'chat.update': 4000,
  response_url: 40_000,
};

/** Refuses what Slack does not take as a message; frowns at what a person would miss in it. */
export function checkSaid(ground: Ground, request: keyof typeof TEXT, { text, blocks = [] }: Said): void {
  if (!text && blocks.length === 0) throw new ApiError('no_text');
  if ((text ?? '').length > TEXT[request]) throw new ApiError('msg_too_long');
  if (!ground.validates) return;
  const problems = [...checkBlocks(blocks, 'message'), ...ground.files.missingIn(blocks)];
  if (problems.length > 0) throw invalid('invalid_blocks', problems);
  // No bot can know when Slack is done with an upload.
  const unready = ground.files.unreadyIn(blocks);
  if (unready.length > 0) throw invalid('invalid_blocks', unready, false);
  if (request !== 'response_url' && areTooLong(blocks)) throw new ApiError('msg_blocks_too_long');
  if (!text) ground.frown(request, 'The message has no fallback text');
}

/** The channel that a token can see; a user's id stands for the direct channel with them. */
export function visibleChannel({ world }: Ground, token: Token, id: string): Channel {
  const user = world.users.get(id);
  const channel = user ? world.directWith(user) : world.channels.get(id);
  const hidden = channel?.kind !== 'public' && channel?.hasBot === false;
  if (!channel || hidden || !covers(token.home, channel.team)) throw new ApiError('channel_not_found');
  return channel;
}

function writableChannel(ground: Ground, token: Token, id: string): Channel {
  const channel = visibleChannel(ground, token, id);
  if (channel.archived) throw new ApiError('is_archived');
  if (!channel.hasBot && !token.scopes.includes('chat:write.public')) throw new ApiError('not_in_channel');
  return channel;
}

/** A bot also hears of what it says, changes and deletes itself in a direct channel. */
export function announce(
  ground: Ground,
  message: StoredMessage,
  how: 'posted' | 'updated' | 'deleted',
): void {
  const { channel } = message;
  if (channel.person === undefined || message.ephemeralTo !== undefined) return;
  const shown = messageJson(message, ground.appId);
  const place = { channel: channel.id, channel_type: 'im' };
  if (how === 'posted') {
    ground.tell(channel.team, 'message.im', { ...shown, ...place, event_ts: message.ts });
    return;
  }
  const ts = newTs();
  const event = { type: 'message', hidden: true, ts, event_ts: ts, ...place, previous_message: shown };
  const changed = { ...event, subtype: 'message_changed', message: shown };
  const deleted = { ...event, subtype: 'message_deleted', deleted_ts: message.ts };
  ground.tell(channel.team, 'message.im', how === 'updated' ? changed : deleted);
}

const ownMessage = (ground: Ground, channel: Channel, ts: string, refusal: string): StoredMessage => {
  const message = ground.messages.find(channel, ts);
  if (message.author) throw new ApiError(refusal);
  return message;
};

/** Posting, changing and deleting messages. */
export function chatMethods(ground: Ground): Method[] {
  const { messages, acts, appId } = ground;
  const postMessage = method(
    {
      name: 'chat.postMessage',
      auth: 'bot',
      scopes: ['chat:write'],
      args: {
        channel: z.string(),
        ...said,
        ...thread,
        username: z.string().optional(),
        icon_emoji: z.string().optional(),
        icon_url: z.string().optional(),
      },
    },
    (args, token) => {
      const channel = writableChannel(ground, token, args.channel);
      if (args.username !== undefined || args.icon_emoji !== undefined || args.icon_url !== undefined) {
        needScopes(token, ['chat:write.customize']);
      }
      checkSaid(ground, 'chat.postMessage', args);
      const message = messages.post({ channel, threadTs: args.thread_ts }, args);
      acts.showMessage('posted', message);
      announce(ground, message, 'posted');
      return { channel: channel.id, ts: message.ts, message: messageJson(message, appId) };
    },
  );
  const postEphemeral = method(
    {
      name: 'chat.postEphemeral',
      auth: 'bot',
      scopes: ['chat:write'],
      args: { channel: z.string(), user: z.string(), ...said, thread_ts: thread.thread_ts },
    },
    (args, token) => {
      const channel = writableChannel(ground, token, args.channel);
      const user = ground.world.users.get(args.user);
      if (user?.team !== channel.team) throw new ApiError('user_not_in_channel');
      checkSaid(ground, 'chat.postEphemeral', args);
      const message = messages.post({ channel, threadTs: args.thread_ts, ephemeralTo: user.id }, args);
      // "Ephemeral messages in threads are only shown if there is already an active thread."
      if (args.thread_ts === undefined || messages.hasThread(channel, args.thread_ts)) {
        acts.showMessage('posted', message);
      }
      return { message_ts: message.ts };
    },
  );
  const update = method(
    {
      name: 'chat.update',
      auth: 'bot',
      scopes: ['chat:write'],
      args: {
        channel: z.string(),
        ts: z.string(),
        ...said,
        reply_broadcast: flag.optional(),
        file_ids: json(z.array(z.string())).optional(),
      },
    },
    (args, token) => {
      const channel = visibleChannel(ground, token, args.channel);
      const message = ownMessage(ground, channel, args.ts, 'cant_update_message');
      checkSaid(ground, 'chat.update', args);
      messages.edit(message, args);
      acts.showMessage('updated', message);
      announce(ground, message, 'updated');
      const shown = messageJson(message, appId);
      return { channel: channel.id, ts: message.ts, text: message.text, message: shown };
    },
  );
  const remove = method(
    {
      name: 'chat.delete',
      auth: 'bot',
      scopes: ['chat:write'],
      args: { channel: z.string(), ts: z.string(), as_user: flag.optional() },
    },
    (args, token) => {
      const channel = visibleChannel(ground, token, args.channel);
      const message = ownMessage(ground, channel, args.ts, 'cant_delete_message');
      message.deleted = true;
      acts.showMessage('deleted', message);
      announce(ground, message, 'deleted');
      return { channel: channel.id, ts: message.ts };
    },
  );
  return [postMessage, postEphemeral, update, remove];
}
