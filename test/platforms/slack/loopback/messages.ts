import { z } from 'zod';
import { ApiError } from './errors.js';
import { fileJson, type StoredFile } from './files.js';
import { type Channel, type Json, newTs, type Team, type User } from './world.js';

/** A message as it stands now. */
export interface StoredMessage {
  readonly ts: string;
  readonly channel: Channel;
  /** Undefined: the bot itself. */
  readonly author: User | undefined;
  readonly threadTs: string | undefined;
  /** The only person who sees it; undefined: everyone in the channel. */
  readonly ephemeralTo: string | undefined;
  readonly files: readonly StoredFile[];
  text: string;
  blocks: readonly Json[];
  metadata: Json | undefined;
  edited: string | undefined;
  deleted: boolean;
}

/** What a message says; what is undefined stays as it is in an edit. */
export interface Content {
  readonly text?: string | undefined;
  readonly blocks?: readonly Json[] | undefined;
  readonly metadata?: Json | undefined;
}

interface Place {
  readonly channel: Channel;
  readonly author?: User;
  readonly threadTs?: string | undefined;
  readonly ephemeralTo?: string | undefined;
  readonly files?: readonly StoredFile[];
}

/** All messages of the loopback. */
export class Messages {
  readonly #byChannel = new Map<Channel, Map<string, StoredMessage>>();

  post({ channel, author, threadTs, ephemeralTo, files = [] }: Place, content: Content): StoredMessage {
    const message: StoredMessage = {
      ts: newTs(),
      channel,
      author,
      threadTs,
      ephemeralTo,
      files,
      text: content.text ?? '',
      blocks: withIds(content.blocks ?? []),
      metadata: content.metadata,
      edited: undefined,
      deleted: false,
    };
    const inChannel = this.#byChannel.get(channel);
    if (inChannel) inChannel.set(message.ts, message);
    else this.#byChannel.set(channel, new Map([[message.ts, message]]));
    return message;
  }

  /** Changes a message; text without blocks takes the blocks away. */
  edit(message: StoredMessage, content: Content): void {
    message.text = content.text ?? message.text;
    message.blocks = withIds(content.blocks ?? (content.text === undefined ? message.blocks : []));
    message.metadata = content.metadata ?? message.metadata;
    message.edited = newTs();
  }

  /** A message that everyone can see; refuses one that is not there. */
  find(channel: Channel, ts: string): StoredMessage {
    const message = this.#byChannel.get(channel)?.get(ts);
    if (!message || message.deleted || message.ephemeralTo !== undefined)
      throw new ApiError('message_not_found');
    return message;
  }

  /** True where somebody has answered a message in its thread, for all to see. */
  hasThread(channel: Channel, ts: string): boolean {
    return this.in(channel).some((one) => one.threadTs === ts && one.ephemeralTo === undefined);
  }

  /** All messages of a channel that are not deleted, the oldest first. */
  in(channel: Channel): StoredMessage[] {
    return [...(this.#byChannel.get(channel)?.values() ?? [])].filter(({ deleted }) => !deleted);
  }
}

const INTERACTIVE: readonly unknown[] = [
  'button',
  'static_select',
  'multi_static_select',
  'overflow',
  'checkboxes',
  'radio_buttons',
  'plain_text_input',
  'number_input',
];
let lastGenerated = 0;

function generated(): string {
  lastGenerated += 1;
  return `g${lastGenerated.toString(36)}`;
}

const Record = z.record(z.string(), z.unknown());
const Records = z.array(Record);

/** Gives blocks and elements the ids that they lack, as Slack does. */
export function withIds(blocks: readonly Json[]): Json[] {
  return blocks.map((block) => {
    const elements = Records.safeParse(block['elements']).data?.map(withActionId);
    const [accessory, element] = [block['accessory'], block['element']].map(
      (one) => Record.safeParse(one).data,
    );
    return {
      block_id: generated(),
      ...block,
      ...(elements && { elements }),
      ...(accessory && { accessory: withActionId(accessory) }),
      ...(element && { element: withActionId(element) }),
    };
  });
}

function withActionId(element: Json): Json {
  return INTERACTIVE.includes(element['type']) ? { action_id: generated(), ...element } : element;
}

/** A message as Slack's answers, events and payloads show it. */
export function messageJson(message: StoredMessage, appId: string): Json {
  const { team } = message.channel;
  return {
    type: 'message',
    ts: message.ts,
    text: message.text,
    team: team.id,
    ...(message.author ? { user: message.author.id } : botAuthor(team, appId)),
    ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    ...(message.edited !== undefined && { edited: { user: team.botUserId, ts: message.edited } }),
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(message.files.length > 0 && { files: message.files.map(fileJson) }),
  };
}

function botAuthor(team: Team, appId: string): Json {
  const { botId, botUserId } = team;
  const profile = { id: botId, app_id: appId, name: 'study-bot', team_id: team.id, deleted: false };
  return { user: botUserId, bot_id: botId, app_id: appId, bot_profile: profile };
}
