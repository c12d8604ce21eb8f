import { randomBytes } from 'node:crypto';

/** A JSON object. */
export type Json = { readonly [key: string]: unknown };

/** An organisation with several workspaces. */
export interface Enterprise {
  readonly id: string;
  readonly name: string;
}

/** A Slack team, with the user and the bot that the app has in it. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly enterprise: Enterprise | undefined;
  readonly botUserId: string;
  readonly botId: string;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly admin: boolean;
  readonly timeZone: string;
  /** Where they are met. */
  readonly team: Team;
  /** The id of their own workspace, where that is another one: they are here by a shared channel. */
  readonly home: string | undefined;
  /** Invited to some channels only. */
  readonly guest: boolean;
  /** Kept by Slack for what they wrote; neither here nor in a group any more. */
  deactivated: boolean;
}

/** Where people talk; a direct one is between two, mostly a person and the bot. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'direct';
  readonly team: Team;
  /** Who is alone with the bot here. */
  readonly person: User | undefined;
  /** True where the bot has been invited. */
  hasBot: boolean;
  archived: boolean;
}

/** People that can be called by one handle. */
export interface Usergroup {
  readonly id: string;
  readonly team: Team;
  handle: string;
  users: readonly string[];
  /** Switched off, which Slack's pages call deleted. */
  disabled: boolean;
}

let lastId = 0;

/** A new id with Slack's letter in front: T for teams, U for users, C for channels. */
export function newId(letter: string): string {
  lastId += 1;
  return `${letter}0${lastId.toString(36).toUpperCase().padStart(9, '0')}`;
}

let lastMoment = 0;

/** A new message's `ts`: seconds and microseconds, never the same twice. */
export function newTs(): string {
  lastMoment = Math.max(Date.now() * 1000, lastMoment + 1);
  return `${Math.floor(lastMoment / 1_000_000)}.${String(lastMoment % 1_000_000).padStart(6, '0')}`;
}

/** A secret that nobody guesses. */
export const secret = (bytes = 24) => randomBytes(bytes).toString('hex');

/** Everybody and every place of the loopback. */
export class World {
  readonly teams = new Map<string, Team>();
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly usergroups: Usergroup[] = [];
  readonly #direct = new Map<string, Channel>();

  addTeam(name: string, enterprise: Enterprise | undefined): Team {
    const domain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const team = {
      id: newId('T'),
      name,
      domain,
      enterprise,
      botUserId: newId('U'),
      botId: newId('B'),
    };
    this.teams.set(team.id, team);
    return team;
  }

  addUser(about: Omit<User, 'id'>): User {
    const user = { id: newId('U'), ...about };
    this.users.set(user.id, user);
    return user;
  }

  addChannel(about: Omit<Channel, 'id'>): Channel {
    const channel = { id: newId(about.kind === 'direct' ? 'D' : 'C'), ...about };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** The conversation between a person and the bot. */
  directWith(person: User): Channel {
    const open = this.#direct.get(person.id);
    if (open) return open;
    const { team } = person;
    const kind = 'direct' as const;
    const channel = this.addChannel({
      name: 'directmessage',
      kind,
      team,
      person,
      hasBot: true,
      archived: false,
    });
    this.#direct.set(person.id, channel);
    return channel;
  }
}

/** A person as `users.info` shows them. */
export function userJson(user: User): Json {
  return {
    id: user.id,
    team_id: user.home ?? user.team.id,
    name: user.name.toLowerCase(),
    real_name: user.name,
    deleted: user.deactivated,
    tz: user.timeZone,
    tz_label: user.timeZone,
    tz_offset: 0,
    profile: { real_name: user.name, display_name: user.name, team: user.team.id },
    is_admin: user.admin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.guest,
    is_ultra_restricted: false,
    is_bot: false,
    is_app_user: false,
    updated: 1_700_000_000,
    ...(user.team.enterprise && { enterprise_user: { id: user.id, enterprise_id: user.team.enterprise.id } }),
  };
}

/** A channel as `conversations.info` shows it. */
export function channelJson(channel: Channel): Json {
  const { id, name, kind, team, person, archived, hasBot } = channel;
  const common = { id, created: 1_700_000_000, is_archived: archived, context_team_id: team.id };
  if (person) return { ...common, is_im: true, user: person.id, is_user_deleted: false };
  return {
    ...common,
    name,
    name_normalized: name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: kind === 'private',
    is_general: false,
    is_member: hasBot,
    topic: { value: '' },
    purpose: { value: '' },
  };
}

/** A group as lists and events show it, without its people. */
export function usergroupJson({ id, handle, team, users, disabled }: Usergroup): Json {
  return {
    id,
    team_id: team.id,
    is_usergroup: true,
    is_subteam: true,
    name: handle,
    description: '',
    handle,
    is_external: false,
    date_create: 1_700_000_000,
    date_update: 1_700_000_000,
    date_delete: disabled ? 1_700_000_001 : 0,
    auto_provision: false,
    created_by: 'U0CREATOR',
    user_count: String(users.length),
  };
}
