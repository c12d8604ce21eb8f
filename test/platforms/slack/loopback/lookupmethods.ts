import { z } from 'zod';
import { visibleChannel } from './chatmethods.js';
import { ApiError } from './errors.js';
import { covers, type Token } from './installs.js';
import { messageJson } from './messages.js';
import { flag, type Ground, type Method, method, needScopes, whole } from './method.js';
import { type Channel, channelJson, type User, type Usergroup, usergroupJson, userJson } from './world.js';

/** A list names so many people of a group: Slack promises no number, so a bot must not count on more. */
const MOST_LISTED = 500;

const FAMILY = { public: 'channels', private: 'groups', direct: 'im' } as const;

/** Asking for people, channels, earlier messages and workspaces. */
export function lookupMethods(ground: Ground): Method[] {
  const { world, messages, appId } = ground;
  const about = (name: string, ...scopes: string[]) => ({ name, auth: 'bot', scopes }) as const;
  const page = { limit: whole.optional(), cursor: z.string().optional() };
  const person = (token: Token, id: string): User => {
    const user = world.users.get(id);
    if (!user || !covers(token.home, user.team)) throw new ApiError('user_not_found');
    return user;
  };
  /** Reading asks for a scope of the channel's own kind. */
  const readable = (token: Token, id: string, verb: 'read' | 'history'): Channel => {
    const channel = visibleChannel(ground, token, id);
    needScopes(token, [`${FAMILY[channel.kind]}:${verb}`]);
    return channel;
  };
  /** A token of an organisation must name the workspace; one of a workspace sees its own alone. */
  const groupsOf = ({ home }: Token, named: string | undefined): readonly Usergroup[] => {
    if (home.kind === 'enterprise' && named === undefined) throw new ApiError('missing_argument');
    const id = home.kind === 'enterprise' ? named : home.team.id;
    return world.usergroups.filter(({ team }) => team.id === id && covers(home, team));
  };
  const listedIn = ({ users }: Usergroup) => ({ users: users.slice(0, MOST_LISTED) });
  return [
    method(
      { ...about('users.info', 'users:read'), args: { user: z.string(), include_locale: flag.optional() } },
      (args, token) => {
        const user = person(token, args.user);
        return { user: { ...userJson(user), ...(args.include_locale && { locale: 'en-US' }) } };
      },
    ),
    method({ ...about('team.info', 'team:read'), args: { team: z.string().optional() } }, (_args, token) => {
      const { id, name, domain, enterprise } = token.home.team;
      return { team: { id, name, domain, ...(enterprise && { enterprise_id: enterprise.id }) } };
    }),
    method({ ...about('bots.info', 'users:read'), args: { bot: z.string().optional() } }, (args) => {
      const team = [...world.teams.values()].find(({ botId }) => botId === args.bot);
      if (!team) throw new ApiError('bot_not_found');
      const { botId, botUserId } = team;
      return { bot: { id: botId, user_id: botUserId, app_id: appId, name: 'study-bot', deleted: false } };
    }),
    method(
      {
        ...about('usergroups.list', 'usergroups:read'),
        args: {
          include_users: flag.optional(),
          include_count: flag.optional(),
          include_disabled: flag.optional(),
          team_id: z.string().optional(),
        },
      },
      (args, token) => ({
        // The documentation's own example shows a group that is switched off without being asked for such.
        usergroups: groupsOf(token, args.team_id).map((group) => ({
          ...usergroupJson(group),
          ...(args.include_users && listedIn(group)),
        })),
      }),
    ),
    method(
      {
        ...about('usergroups.users.list', 'usergroups:read'),
        args: {
          usergroup: z.string(),
          include_disabled: flag.optional(),
          team_id: z.string().optional(),
        },
      },
      (args, token) => {
        const group = groupsOf(token, args.team_id).find(({ id }) => id === args.usergroup);
        if (!group || (group.disabled && !args.include_disabled)) throw new ApiError('no_such_subteam');
        return { users: group.users };
      },
    ),
    method(
      {
        ...about('conversations.info'),
        args: {
          channel: z.string(),
          include_locale: flag.optional(),
          include_num_members: flag.optional(),
        },
      },
      (args, token) => ({ channel: channelJson(readable(token, args.channel, 'read')) }),
    ),
    method(
      {
        ...about('conversations.open', 'im:write'),
        args: {
          users: z.string().optional(),
          channel: z.string().optional(),
          return_im: flag.optional(),
          prevent_creation: flag.optional(),
        },
      },
      (args, token) => {
        const channel = args.users
          ? world.directWith(person(token, args.users))
          : visibleChannel(ground, token, args.channel ?? '');
        return { channel: args.return_im ? channelJson(channel) : { id: channel.id } };
      },
    ),
    method(
      {
        ...about('conversations.history'),
        args: {
          channel: z.string(),
          ...page,
          latest: z.string().optional(),
          oldest: z.string().optional(),
          inclusive: flag.optional(),
          include_all_metadata: flag.optional(),
        },
      },
      (args, token) => {
        const channel = readable(token, args.channel, 'history');
        if (!channel.hasBot) throw new ApiError('not_in_channel');
        const { latest = '9', oldest = '0', limit = 100, cursor = '0', inclusive = false } = args;
        const all = messages
          .in(channel)
          .filter(({ ephemeralTo, threadTs, ts }) => ephemeralTo === undefined && (threadTs ?? ts) === ts)
          .filter(({ ts }) => (inclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest))
          .reverse();
        const start = Number(cursor);
        const more = all.length > start + limit;
        return {
          messages: all.slice(start, start + limit).map((message) => ({
            ...messageJson(message, appId),
            ...(args.include_all_metadata && message.metadata && { metadata: message.metadata }),
          })),
          has_more: more,
          ...(more && { response_metadata: { next_cursor: String(start + limit) } }),
        };
      },
    ),
  ];
}
