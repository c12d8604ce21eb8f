import { randomUUID } from 'node:crypto';
import { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { somethingBroke } from '../../bot/errors.js';
import type { Bot, Origin, Platform } from '../../bot/platform.js';
import type { Reply } from '../../bot/reply.js';
import { restarting } from '../../bot/restarting.js';
import { answer, share } from './answer.js';
import { HomeTabs } from './hometab.js';
import {
  type Again,
  type Incoming,
  readAction,
  readCommand,
  readEvent,
  readMessage,
  readSender,
} from './incoming.js';
import { submissionOf } from './modal.js';
import { People } from './people.js';
import { slackPoster } from './poster.js';
import { Recent } from './recent.js';
import { slackTransport, type TransportOptions } from './transport.js';
import { forLog } from './trouble.js';
import { UserGroups } from './usergroups.js';

export interface SlackOptions extends Omit<TransportOptions, 'log'> {
  /** The slash command, without the slash. */
  readonly commandName: string;
  readonly log: Logger;
  readonly now: () => Date;
}

/** The bot in Slack: slash command, mentions, direct messages, buttons, forms and the Home tab. */
export function slackChat(options: SlackOptions): Platform {
  const log = options.log.child({ platform: 'slack' });
  const transport = slackTransport({ ...options, log });
  const app = new App({ ...transport.app, deferInitialization: true, convoStore: false });
  const { clientFor } = transport;
  const groups = new UserGroups({ clientFor, log, now: options.now });
  const conversation = new Conversation(log, new People(() => options.now().getTime(), groups));
  listen(app, conversation, options.commandName);
  follow(app, groups);
  let posting: Bot | undefined;
  return {
    name: 'slack',
    poster: slackPoster({ clientFor, bot: () => posting, log }),
    async start(bot) {
      posting = bot;
      conversation.begin(bot);
      await app.init();
      await transport.start();
    },
    async stop() {
      await transport.stop();
      await conversation.end();
    },
  };
}

/** Messages of people that have a subtype all the same. */
const SAID: ReadonlySet<string> = new Set(['file_share', 'thread_broadcast']);

/** Everything is acknowledged before the work on it begins: Slack waits three seconds. */
function listen(app: App, conversation: Conversation, commandName: string): void {
  app.command(/.*/, async ({ ack, body, client, context }) => {
    await ack();
    conversation.take(client, () => readCommand(body, commandName, context.teamId));
  });
  app.event('app_mention', async ({ body, client, context: { teamId: team, botUserId: self } }) => {
    conversation.take(client, () => readMessage(body, 'all', { team, self }));
  });
  app.message(async ({ body, client, context: { teamId: team, botUserId: self }, event }) => {
    // Edits, joins and what bots say have other subtypes; channels have mentions.
    const isSaid = event.subtype === undefined || SAID.has(event.subtype);
    if (!isSaid || event.channel_type !== 'im' || ('bot_id' in event && event.bot_id)) return;
    conversation.take(client, () => readMessage(body, 'two', { team, self }));
  });
  app.event('app_home_opened', async ({ body, client, context, event }) => {
    if (event.tab === 'home') conversation.open(client, () => readEvent(body, context.teamId), event.user);
  });
  app.action(/.*/, async ({ ack, body, client, context }) => {
    await ack();
    conversation.take(client, () => readAction(body, context.teamId));
  });
  app.view(/.*/, async ({ ack, body, client, context, view }) => {
    await ack();
    conversation.take(client, () => {
      const sent = submissionOf(view);
      if (sent === undefined) return undefined;
      const { place, ...given } = sent;
      const did = { kind: 'press' as const, values: [], ...given };
      return { ...readSender(body, context.teamId), place, trigger: undefined, did };
    });
  });
}

/** This event tells of all that can change about a group, who is in it included; there is another for just that. */
function follow(app: App, groups: UserGroups): void {
  app.event('subteam_updated', async ({ body, context, event }) => {
    groups.changed(readEvent(body, context.teamId).team, event.subteam.id);
  });
}

/** The bot's side of all conversations in all workspaces. */
class Conversation {
  readonly #log: Logger;
  readonly #people: People;
  readonly #homes = new HomeTabs();
  readonly #recent = new Recent();
  readonly #underWay = new Set<Promise<void>>();
  #bot: Bot | undefined;
  #ending = false;

  constructor(log: Logger, people: People) {
    this.#log = log;
    this.#people = people;
  }

  begin(bot: Bot): void {
    this.#bot = bot;
  }

  /** Resolves when what is under way is answered. */
  async end(): Promise<void> {
    this.#ending = true;
    await Promise.allSettled(this.#underWay);
  }

  /** Works on what a person did; never throws, and does what is delivered twice once. */
  take(client: WebClient, read: () => Incoming | undefined): void {
    this.#work(async (bot) => {
      const incoming = read();
      if (incoming === undefined || !this.#recent.isNew(keyOf(incoming))) return;
      const origin = await this.#people.originOf(incoming, client);
      await this.#answer(bot, client, origin, incoming);
      await this.#homes.renew(bot, origin, client, incoming.id);
    });
  }

  /** Shows a Home tab. */
  open(client: WebClient, read: () => ReturnType<typeof readEvent>, user: string): void {
    this.#work(async (bot) => {
      const { team, id } = read();
      const place = { channel: user, seenBy: 'two' } as const;
      const origin = await this.#people.originOf({ asker: { team, user }, place }, client);
      await this.#homes.show(bot, origin, client, id);
    });
  }

  /** Where an answer cannot be sent, says so in a line, if Slack still takes anything. */
  async #answer(bot: Bot, client: WebClient, origin: Origin, incoming: Incoming): Promise<void> {
    const { place } = incoming;
    try {
      await answerTo(bot, client, origin, incoming);
    } catch (error) {
      const id = this.#failed(error);
      this.#recent.forget(keyOf(incoming));
      const text = somethingBroke(id);
      const answering = { client, bot, origin, place, trigger: undefined, again: undefined };
      await answer(answering, [{ text, visibility: 'private' }]).catch(() => undefined);
    }
  }

  /** Logs what broke, under an id for the person to name. */
  #failed(error: unknown): string {
    const id = randomUUID().slice(0, 8);
    this.#log.error({ id, err: forLog(error) }, 'an answer could not be sent');
    return id;
  }

  #work(work: (bot: Bot) => Promise<void>): void {
    const bot = this.#bot && (this.#ending ? restarting(this.#bot) : this.#bot);
    if (bot === undefined) return;
    const running = work(bot).catch((error: unknown) => void this.#failed(error));
    this.#underWay.add(running);
    running.finally(() => this.#underWay.delete(running));
  }
}

function keyOf({ asker, id }: Incoming): string {
  return `${asker.team}/${asker.user}/${id}`;
}

async function answerTo(bot: Bot, client: WebClient, origin: Origin, incoming: Incoming): Promise<void> {
  const { id, place, trigger, did } = incoming;
  const answering = { client, bot, origin, place, trigger };
  if (did.kind === 'share') {
    await share({ ...answering, again: undefined }, await ask(bot, origin, id, did.again));
  } else {
    await answer({ ...answering, again: did }, await ask(bot, origin, id, did));
  }
}

function ask(bot: Bot, origin: Origin, id: string, did: Again): Promise<readonly Reply[]> {
  if (did.kind === 'typed') return bot.message({ origin, id, text: did.text });
  const { kind: _, ...press } = did;
  return bot.press({ origin, id, form: {}, ...press });
}
