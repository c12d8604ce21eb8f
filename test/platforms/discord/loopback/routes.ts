import { z } from 'zod';
import { type BodyKind, checkBody } from './bodies.js';
import { type Commands, commandJson, type RegisteredCommand } from './commands.js';
import { refusals } from './errors.js';
import { type Interactions, interactionJson, isEphemeral } from './interactions.js';
import { type Messages, messageJson, type StoredMessage } from './messages.js';
import type { Call, Route } from './server.js';
import { type Json, messageShape } from './shapes.js';
import type { Answer } from './troubles.js';
import { type Channel, channelJson } from './world.js';

/** What the routes speak for. */
export interface Place {
  readonly applicationId: string;
  readonly bot: Json;
  readonly validates: boolean;
  readonly commands: Commands;
  readonly messages: Messages;
  readonly interactions: Interactions;
  /** Body of `GET /gateway/bot`. */
  gateway(): Json;
  application(): Json;
  /** Refuses a channel that is not there. */
  channel(id: string | undefined): Channel;
  directMessage(userId: string | undefined): Channel;
  /** Begins a thread below a message. */
  thread(parent: Channel, messageId: string, name: string): Channel;
  threadOf(messageId: string): Channel | undefined;
  guildHasBot(id: string): boolean;
}

const ok = (body: unknown): Answer => ({ status: 200, body });
const noContent: Answer = { status: 204 };

/** All that can be asked of the loopback. */
export function routesOf(place: Place): Route[] {
  return [
    { method: 'GET', path: '/gateway/bot', answer: () => ok(place.gateway()) },
    { method: 'GET', path: '/users/@me', answer: () => ok(place.bot) },
    { method: 'GET', path: '/applications/@me', answer: () => ok(place.application()) },
    ...commandRoutes(place),
    ...webhookRoutes(place),
    ...channelRoutes(place),
  ];
}

/** The body, once Discord would have taken it. */
function checked(place: Place, kind: BodyKind, call: Call): unknown {
  if (place.validates) call.ignore(checkBody(kind, call.body ?? {}));
  return call.body ?? {};
}

function commandRoutes(place: Place): Route[] {
  const { commands, applicationId } = place;
  const show = (command: RegisteredCommand, localized = true) =>
    commandJson(command, applicationId, localized);
  const routesAt = (path: string): Route[] => [
    {
      method: 'GET',
      path,
      answer: ({ query, params }) =>
        ok(
          commands.list(params['guild']).map((one) => show(one, query.get('with_localizations') === 'true')),
        ),
    },
    {
      method: 'PUT',
      path,
      answer: (call) => {
        const body = checked(place, 'commands', call);
        return ok(
          commands.putAll(Array.isArray(body) ? body : [], call.params['guild']).map((one) => show(one)),
        );
      },
    },
    {
      method: 'POST',
      path,
      answer: (call) => {
        const { command, isNew } = commands.put(checked(place, 'command', call), call.params['guild']);
        return { status: isNew ? 201 : 200, body: show(command) };
      },
    },
    {
      method: 'GET',
      path: `${path}/:command`,
      answer: ({ params }) => ok(show(commands.find(params['command'], params['guild']))),
    },
    {
      method: 'PATCH',
      path: `${path}/:command`,
      answer: (call) => {
        const body = Object.fromEntries(Object.entries(checked(place, 'commandEdit', call) ?? {}));
        return ok(show(commands.change(call.params['command'], body, call.params['guild'])));
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:command`,
      answer: ({ params }) => {
        commands.remove(params['command'], params['guild']);
        return noContent;
      },
    },
  ];
  const own = (route: Route): Route => ({
    ...route,
    answer: (call) => {
      const { application, guild } = call.params;
      if (application !== applicationId) throw refusals.noRoute();
      if (guild !== undefined && !place.guildHasBot(guild)) throw refusals.missingAccess();
      return route.answer(call);
    },
  });
  return [
    ...routesAt('/applications/:application/commands'),
    ...routesAt('/applications/:application/guilds/:guild/commands'),
  ].map(own);
}

function webhookRoutes(place: Place): Route[] {
  const { interactions, applicationId } = place;
  const show = (message: StoredMessage) => ok(messageJson(message, place.bot, applicationId));
  const token = ({ params }: Call) => {
    if (params['application'] !== applicationId) throw refusals.unknownWebhook();
    return params['token'] ?? '';
  };
  const path = '/webhooks/:application/:token';
  return [
    {
      method: 'POST',
      path: '/interactions/:id/:token/callback',
      open: true,
      answer: (call) => {
        const { id = '', token: secret = '' } = call.params;
        const body = checked(place, 'callback', call);
        const interaction = interactions.answer(id, secret, body, call.files);
        if (call.query.get('with_response') !== 'true') return noContent;
        const { original, answer: type } = interaction;
        const resource = original && { type, message: messageJson(original, place.bot, applicationId) };
        return ok({ interaction: interactionJson(interaction), ...(resource && { resource }) });
      },
    },
    {
      method: 'POST',
      path,
      open: true,
      answer: (call) => {
        const body = messageShape.parse(checked(place, 'followUp', call));
        return show(interactions.followUp(token(call), body, call.files));
      },
    },
    {
      method: 'GET',
      path: `${path}/messages/:message`,
      open: true,
      answer: (call) => show(interactions.messageOf(token(call), call.params['message'] ?? '')),
    },
    {
      method: 'PATCH',
      path: `${path}/messages/:message`,
      open: true,
      answer: (call) => {
        const body = messageShape.parse(checked(place, 'webhookEdit', call));
        return show(interactions.edit(token(call), call.params['message'] ?? '', body, call.files));
      },
    },
    {
      method: 'DELETE',
      path: `${path}/messages/:message`,
      open: true,
      answer: (call) => {
        interactions.remove(token(call), call.params['message'] ?? '');
        return noContent;
      },
    },
  ];
}

function channelRoutes(place: Place): Route[] {
  const { messages } = place;
  const json = (message: StoredMessage) => {
    const thread = place.threadOf(message.id);
    return {
      ...messageJson(message, place.bot, place.applicationId),
      ...(thread && { thread: channelJson(thread) }),
    };
  };
  const show = (message: StoredMessage) => ok(json(message));
  const seen = ({ params }: Call) => {
    const channel = place.channel(params['channel']);
    if (channel.closed === 'unseen' && channel.kind !== 'direct') throw refusals.missingAccess();
    return channel;
  };
  const writable = (call: Call) => {
    const channel = seen(call);
    if (!channel.closed || channel.closed === 'fileless') return channel;
    throw channel.kind === 'direct' ? refusals.closedToMessages() : refusals.missingPermissions();
  };
  /** A message that a bot can reach without an interaction's token: not one that only a person sees. */
  const reachable = (call: Call) => {
    const message = messages.find(call.params['message'], seen(call));
    if (isEphemeral(message)) throw refusals.unknownMessage();
    return message;
  };
  const path = '/channels/:channel/messages';
  return [
    { method: 'GET', path: '/channels/:channel', answer: (call) => ok(channelJson(seen(call))) },
    {
      method: 'POST',
      path,
      answer: (call) => {
        const channel = writable(call);
        return show(messages.post(channel, messageShape.parse(checked(place, 'message', call)), call.files));
      },
    },
    {
      method: 'GET',
      path,
      answer: (call) => ok(messages.page(seen(call), call.query).map(json)),
    },
    { method: 'GET', path: `${path}/:message`, answer: (call) => show(reachable(call)) },
    {
      method: 'PATCH',
      path: `${path}/:message`,
      answer: (call) => {
        const message = reachable(call);
        messages.edit(message, messageShape.parse(checked(place, 'messageEdit', call)), call.files);
        return show(message);
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:message`,
      answer: (call) => {
        reachable(call).deleted = true;
        return noContent;
      },
    },
    {
      method: 'POST',
      path: `${path}/:message/threads`,
      answer: (call) => {
        const { id, channel } = reachable(call);
        const { name } = z.object({ name: z.string() }).parse(checked(place, 'thread', call));
        if (channel.closed || channel.kind !== 'text') throw refusals.missingPermissions();
        if (place.threadOf(id)) throw refusals.threadExists();
        return { status: 201, body: channelJson(place.thread(channel, id, name)) };
      },
    },
    {
      method: 'POST',
      path: '/users/@me/channels',
      answer: (call) => {
        const body = Object.entries(checked(place, 'directMessage', call) ?? {});
        const recipient = new Map(body).get('recipient_id');
        return ok(channelJson(place.directMessage(typeof recipient === 'string' ? recipient : undefined)));
      },
    },
  ];
}
