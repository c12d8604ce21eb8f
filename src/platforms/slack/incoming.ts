import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Press } from '../../bot/platform.js';
import { LIMITS } from './limits.js';
import type { Place } from './modal.js';
import { meaningOf } from './presses.js';

/** Who did something, by Slack's ids. */
export interface Asker {
  readonly team: string;
  readonly user: string;
}

/** What a person did, whatever way it came: a command, a mention, a direct message, a press. */
export interface Incoming {
  readonly asker: Asker;
  /** The same for a delivery that is repeated. */
  readonly id: string;
  /** Where the answer belongs. */
  readonly place: Place;
  /** Opens a modal within three seconds; undefined where nothing can. */
  readonly trigger: string | undefined;
  readonly did: Did;
}

/** `typed`: a text as for `bot.message`. `share`: what to do again for all to see. */
export type Did = Again | { readonly kind: 'share'; readonly again: Again };

/** What can be done again, from a button's value, for all to see; a press with `form` sent that form. */
export type Again =
  | { readonly kind: 'typed'; readonly text: string }
  | ({ readonly kind: 'press' } & Pick<Press, 'press' | 'values'> & Partial<Pick<Press, 'form' | 'choices'>>);

const Id = z.string().min(1);

const Command = z.object({
  command: z.string(),
  text: z.string().default(''),
  team_id: Id,
  user_id: Id,
  channel_id: Id,
  response_url: z.url(),
  trigger_id: Id,
});

/** The workspace that has the app, as Bolt knows it; a body may name the home of somebody from another one. */
export type Team = string | undefined;

/** A slash command; `commandName` takes the place of what it is called in that workspace. */
export function readCommand(body: unknown, commandName: string, team: Team): Incoming {
  const { text, team_id, user_id, channel_id, response_url, trigger_id } = Command.parse(body);
  const seenBy = isDirect(channel_id) ? 'two' : 'one';
  return {
    asker: { team: team ?? team_id, user: user_id },
    id: trigger_id,
    place: { channel: channel_id, responseUrl: response_url, seenBy },
    trigger: trigger_id,
    did: { kind: 'typed', text: `/${commandName} ${spoken(text)}` },
  };
}

const Event = z.object({ event_id: Id, team_id: Id, context_team_id: Id.nullish() });

/** Whom an event is told to, and its id; an app of a whole organisation is told the workspace in the body alone. */
export function readEvent(body: unknown, team: Team): { readonly team: string; readonly id: string } {
  const { event_id, team_id, context_team_id } = Event.parse(body);
  return { team: context_team_id ?? team ?? team_id, id: event_id };
}

const Said = z.object({
  event: z.object({
    user: Id.optional(),
    text: z.string().default(''),
    channel: Id,
    ts: Id,
    thread_ts: z.string().optional(),
  }),
});

/**
 * A mention, answered in its thread, or a direct message, answered below it; `self` is the bot's own user id. Undefined
 * where no person wrote it, but a workflow or another app.
 */
export function readMessage(
  body: unknown,
  seenBy: 'all' | 'two',
  { team, self }: { readonly team: Team; readonly self: string | undefined },
): Incoming | undefined {
  const { team: heardIn, id } = readEvent(body, team);
  const { event } = Said.parse(body);
  const { user, channel, ts, thread_ts: thread } = event;
  if (user === undefined) return undefined;
  const threaded = seenBy === 'all' ? { thread: ts, beginsThread: true } : {};
  return {
    asker: { team: heardIn, user },
    id,
    place: { channel, seenBy, ...(thread === undefined ? threaded : { thread }) },
    trigger: undefined,
    did: { kind: 'typed', text: spoken(event.text, self) },
  };
}

const Person = z.object({ id: Id, team_id: z.string().optional() });
const Home = z.object({ id: Id }).nullish();

const Actions = z.object({
  team: Home,
  user: Person,
  trigger_id: Id,
  response_url: z.url().nullish(),
  channel: z.object({ id: Id }).nullish(),
  container: z.object({
    type: z.string(),
    message_ts: z.string().nullish(),
    thread_ts: z.string().nullish(),
    is_ephemeral: z.boolean().nullish(),
  }),
  actions: z.array(z.unknown()).min(1),
});

/** A press or a choice; undefined where it is not ours. */
export function readAction(body: unknown, installedIn: Team): Incoming | undefined {
  const { team, user, trigger_id, response_url, channel, container, actions } = Actions.parse(body);
  const meaning = meaningOf(actions[0]);
  if (meaning.kind === 'none') return undefined;
  const did = meaning.kind === 'share' ? shared(meaning.value) : meaning;
  if (did === undefined) return undefined;
  const id = meaning.kind === 'share' ? shareId(container.message_ts, meaning.value) : undefined;
  return {
    asker: { team: Id.parse(installedIn ?? team?.id ?? user.team_id), user: user.id },
    id: id ?? trigger_id,
    place: placeOf({ channel: channel?.id, user: user.id, responseUrl: response_url, container }),
    trigger: trigger_id,
    did,
  };
}

interface Pressed {
  readonly channel: string | undefined;
  readonly user: string;
  readonly responseUrl: string | null | undefined;
  readonly container: z.infer<typeof Actions>['container'];
}

/** A press on the Home tab, which is no conversation, is answered in the direct messages. */
function placeOf({ channel, user, responseUrl, container }: Pressed): Place {
  if (channel === undefined) return { channel: user, seenBy: 'two' };
  const { message_ts: message, thread_ts: thread, is_ephemeral: hidden } = container;
  return {
    channel,
    seenBy: hidden ? 'one' : isDirect(channel) ? 'two' : 'all',
    ...(message && { message }),
    ...(thread && { thread }),
    ...(responseUrl && { responseUrl }),
  };
}

/** Two people, or a person and a bot: perhaps another one. Whether it is ours shows when we write there. */
function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

/**
 * The place as it is where the bot was refused in what could have been its own direct messages: a conversation of two
 * others, in which it is heard by way of the response URL only. Undefined where it was no such place.
 */
export function betweenOthers(place: Place): Place | undefined {
  if (place.seenBy !== 'two' || place.responseUrl === undefined) return undefined;
  return { ...place, seenBy: place.message === undefined ? 'one' : 'all' };
}

const Sent = z.object({ team: Home, user: Person, view: z.object({ id: Id }) });

/** Who sent a form, and its id: the same however often it is sent. */
export function readSender(body: unknown, installedIn: Team): { readonly asker: Asker; readonly id: string } {
  const { team, user, view } = Sent.parse(body);
  return { asker: { team: Id.parse(installedIn ?? team?.id ?? user.team_id), user: user.id }, id: view.id };
}

const Shared = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('typed'), text: z.string() }),
  z.object({
    kind: z.literal('press'),
    press: z.string(),
    values: z.array(z.string()),
    form: z.record(z.string(), z.string()).exactOptional(),
    choices: z.record(z.string(), z.array(z.string())).exactOptional(),
  }),
]);

/** What the button 'Share in channel' carries; undefined for more than a button does. */
export function shareValue(again: Again): string | undefined {
  const value = JSON.stringify(again);
  return value.length <= LIMITS.button.value ? value : undefined;
}

/** The same for every press on the button of one message: what is shared is shared once. */
function shareId(message: string | null | undefined, value: string): string | undefined {
  if (!message) return undefined;
  return `share-${createHash('sha256').update(`${message}\n${value}`).digest('base64url')}`;
}

function shared(value: string): Did | undefined {
  try {
    return { kind: 'share', again: Shared.parse(JSON.parse(value)) };
  } catch {
    return undefined;
  }
}

/** People and user groups are mentioned by their ids; names beside them are Slack's, not always there, not always theirs. */
const MENTION = /^(?:@|!subteam\^)[A-Z0-9]+$/;

/**
 * What a person typed, of the text that Slack makes of it: without the mention of the bot itself, with other mentions
 * as ids, with addresses as they were typed, and with Slack's three escapes undone.
 */
export function spoken(text: string, self?: string): string {
  return text
    .replace(/<@([A-Z0-9]+)(?:\|[^<>]*)?>[\s:,]*/g, (mention, user: string) => (user === self ? '' : mention))
    .replace(/<(?:mailto:|tel:)?([^<>|]*)(?:\|([^<>]*))?>/g, (_, target: string, label = '') =>
      MENTION.test(target) ? `<${target}>` : label || target,
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}
