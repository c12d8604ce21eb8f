import { randomBytes } from 'node:crypto';
import type { Json } from './shapes.js';

/** A person who uses Discord. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly nick: string | undefined;
  readonly locale: string;
  readonly admin: boolean;
  /** Ids of the roles that the person has in every server. */
  readonly roles: readonly string[];
}

/** A server of Discord; the bot may be installed there, or only with some of the people in it. */
export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly hasBot: boolean;
}

/** Where people talk. What `closed` says is refused to the bot: seeing it, writing in it, attaching files there. */
export type Channel = {
  readonly id: string;
  readonly name: string;
  closed: 'unseen' | 'unwritable' | 'fileless' | undefined;
} & (
  | { readonly kind: 'text'; readonly guild: Guild }
  | { readonly kind: 'thread'; readonly guild: Guild; readonly parent: string }
  | { readonly kind: 'direct'; readonly person: User }
  /** A conversation among people where the bot is not, reached by a person who has installed the bot. */
  | { readonly kind: 'group'; readonly person: User }
);

const DISCORD_EPOCH = 1_420_070_400_000n;
let lastSnowflake = 0n;

/** A new id: the milliseconds since 2015 and a counter, as Discord's are. */
export function snowflake(): string {
  const first = (BigInt(Date.now()) - DISCORD_EPOCH) << 22n;
  lastSnowflake = first > lastSnowflake ? first : lastSnowflake + 1n;
  return lastSnowflake.toString();
}

/** A secret that nobody guesses, as the token of an interaction. */
export const secret = (bytes = 48) => randomBytes(bytes).toString('base64url');

const bits = (...positions: readonly bigint[]) => positions.reduce((sum, at) => sum | (1n << at), 0n);

const ALL = (1n << 53n) - 1n;
/** Seeing a channel and what was said in it. */
const SEEING = bits(10n, 16n);
/** Sending messages, in channels and in threads. */
const WRITING = bits(11n, 38n);
const ATTACHING = bits(15n);
/** Beside these, what @everyone may do by default: reactions, links, files, emoji, commands, threads. */
const EVERYONE = SEEING | WRITING | bits(6n, 14n, 15n, 18n, 31n, 35n, 37n);

/** The permission bits of a person in a guild, where `admin` has them all. */
export const permissionsOf = (user: User) => (user.admin ? ALL : EVERYONE);

/** The bits of what the bot may do in a channel; not an administrator's, which would outweigh a closed channel. */
export function botPermissions({ closed }: Channel): string {
  const lost = { unseen: SEEING | WRITING, unwritable: WRITING, fileless: ATTACHING, open: 0n }[
    closed ?? 'open'
  ];
  return (EVERYONE & ~lost).toString();
}

/** A user as Discord tells of them. */
export function userJson(user: User): Json {
  return {
    id: user.id,
    username: user.name.toLowerCase().replace(/\W+/g, '_'),
    global_name: user.name,
    discriminator: '0',
    avatar: null,
    public_flags: 0,
    flags: 0,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    primary_guild: null,
    collectibles: null,
  };
}

/** A person as a member of the guild in which they do something. */
export function memberJson(user: User): Json {
  return {
    user: userJson(user),
    nick: user.nick ?? null,
    avatar: null,
    banner: null,
    roles: user.roles,
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    permissions: permissionsOf(user).toString(),
    communication_disabled_until: null,
    unusual_dm_activity_until: null,
    collectibles: null,
  };
}

/** A channel as Discord tells of it. */
export function channelJson(channel: Channel): Json {
  const common = { id: channel.id, last_message_id: null, flags: 0 };
  if (channel.kind === 'direct') return { ...common, type: 1, recipients: [userJson(channel.person)] };
  if (channel.kind === 'group') {
    return {
      ...common,
      type: 3,
      name: channel.name,
      icon: null,
      owner_id: channel.person.id,
      recipients: [userJson(channel.person)],
    };
  }
  const named = { ...common, guild_id: channel.guild.id, name: channel.name, rate_limit_per_user: 0 };
  if (channel.kind === 'text') {
    return {
      ...named,
      type: 0,
      position: 0,
      parent_id: null,
      topic: null,
      nsfw: false,
      permission_overwrites: [],
    };
  }
  return {
    ...named,
    type: 11,
    parent_id: channel.parent,
    owner_id: channel.guild.id,
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    thread_metadata: {
      archived: false,
      archive_timestamp: '2024-01-01T00:00:00.000000+00:00',
      auto_archive_duration: 1440,
      locked: false,
    },
  };
}

/** A guild as GUILD_CREATE tells of it to a bot that is in it. */
export function guildJson(guild: Guild, channels: readonly Channel[]): Json {
  const within = channels.filter((channel) => 'guild' in channel && channel.guild === guild);
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    owner_id: guild.id,
    preferred_locale: guild.locale,
    features: [],
    unavailable: false,
    large: false,
    member_count: 2,
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    roles: [
      {
        id: guild.id,
        name: '@everyone',
        color: 0,
        hoist: false,
        position: 0,
        permissions: EVERYONE.toString(),
        managed: false,
        mentionable: false,
        flags: 0,
      },
    ],
    emojis: [],
    stickers: [],
    channels: within.filter(({ kind }) => kind === 'text').map(channelJson),
    threads: within.filter(({ kind }) => kind === 'thread').map(channelJson),
    members: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
