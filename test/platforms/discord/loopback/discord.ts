import { Commands } from './commands.js';
import { refusals } from './errors.js';
import { Gateway } from './gateway.js';
import { Interactions } from './interactions.js';
import { EPHEMERAL } from './limits.js';
import { Messages } from './messages.js';
import { RateLimits } from './ratelimits.js';
import { routesOf } from './routes.js';
import { Seat, type Surroundings } from './seat.js';
import { SeenMessage } from './seen.js';
import { Rest, type SeenRequest, type Violation } from './server.js';
import type { Json } from './shapes.js';
import type { Troubles } from './troubles.js';
import { type Channel, channelJson, type Guild, guildJson, snowflake, type User } from './world.js';

export interface DiscordOptions {
  readonly token?: string;
  /** False: bodies are taken as they come, for measuring how fast a bot is. */
  readonly validates?: boolean;
  /** True: Discord's rate limits are held; otherwise only those that a test asks for. */
  readonly limits?: boolean;
  /** How long a bot has for its first answer; 3 s as on Discord where absent. */
  readonly answerMs?: number;
  /** How long an interaction's token can be used; 15 minutes where absent. */
  readonly tokenMs?: number;
  /** How long a person waits until something is shown. */
  readonly patienceMs?: number;
  readonly heartbeatMs?: number;
  /** How many shards `GET /gateway/bot` asks for. */
  readonly shards?: number;
  /** Bits of the intents that the application may not use. */
  readonly disallowedIntents?: number;
}

/** A person of the loopback. */
export interface Person extends User {
  /** The person at a place, where they can type, press and choose. */
  in(channel: Channel): Seat;
}

/** Starts a Discord on this computer for one bot. */
export async function startDiscord(options: DiscordOptions = {}): Promise<Discord> {
  const discord = new Discord(options);
  await discord.listen();
  return discord;
}

const GUILDS_INTENT = 1;

/** A Discord on 127.0.0.1: what a bot's client connects to, and the people who use the bot. */
export class Discord {
  readonly token: string;
  readonly applicationId = snowflake();
  readonly gateway: Gateway;
  readonly commands = new Commands();
  readonly #rest: Rest;
  readonly #messages = new Messages();
  readonly #interactions: Interactions;
  readonly #around: Surroundings;
  readonly #channels = new Map<string, Channel>();
  readonly #guilds: Guild[] = [];
  readonly #people = new Map<string, User>();
  readonly #shards: number;
  readonly #bot: Json;

  constructor(options: DiscordOptions) {
    const {
      token = 'MTAw.loopback.token',
      validates = true,
      answerMs = 3000,
      tokenMs = 15 * 60_000,
    } = options;
    this.token = token;
    this.#shards = options.shards ?? 1;
    this.#bot = {
      id: this.applicationId,
      username: 'study-bot',
      global_name: null,
      discriminator: '0001',
      avatar: null,
      banner: null,
      primary_guild: null,
      bot: true,
      flags: 0,
      public_flags: 0,
    };
    this.#interactions = new Interactions(this.#messages, { answerMs, tokenMs });
    const shared = {
      applicationId: this.applicationId,
      bot: this.#bot,
      commands: this.commands,
      interactions: this.#interactions,
    };
    const routes = routesOf({
      ...shared,
      validates,
      messages: this.#messages,
      gateway: () => this.#gatewayJson(),
      application: () => this.#applicationJson(),
      channel: (id) => this.#channel(id),
      directMessage: (userId) => this.#openDirect(userId),
      thread: (parent, id, name) => this.#beginThread(parent, name, id),
      threadOf: (id) => this.#channels.get(id),
      guildHasBot: (id) => this.#guilds.some((guild) => guild.id === id && guild.hasBot),
    });
    this.#rest = new Rest(token, routes, options.limits ? new RateLimits() : undefined);
    this.gateway = new Gateway(this.#rest.http, {
      token,
      heartbeatMs: options.heartbeatMs ?? 41_250,
      shards: this.#shards,
      disallowedIntents: options.disallowedIntents ?? 0,
      ready: () => ({
        user: this.#bot,
        application: { id: this.applicationId, flags: 0 },
        private_channels: [],
      }),
      guilds: (session) => this.#guildsOf(session),
    });
    this.#around = { ...shared, gateway: this.gateway, patienceMs: options.patienceMs ?? 5000 };
  }

  async listen(): Promise<void> {
    await this.#rest.listen();
  }

  /** What discord.js takes as `rest: { api }`. */
  get api(): string {
    return `${this.gateway.url.replace(/^ws/, 'http').replace(/\/gateway$/, '')}/api`;
  }

  /** All requests so far, in the order in which they came. */
  get requests(): readonly SeenRequest[] {
    return this.#rest.requests;
  }

  /** What the bot sent and Discord would refuse or ignore; a good bot leaves none. */
  get violations(): readonly Violation[] {
    return this.#rest.violations;
  }

  /** Rate limits, failures and delays for the requests to come. */
  get troubles(): Troubles {
    return this.#rest.troubles;
  }

  person(about: {
    name: string;
    nick?: string;
    locale?: string;
    admin?: boolean;
    roles?: readonly string[];
  }): Person {
    const { name, nick, locale = 'en-US', admin = false, roles = [] } = about;
    const user: User = { id: snowflake(), name, nick, locale, admin, roles };
    this.#people.set(user.id, user);
    return { ...user, in: (channel) => new Seat(user, channel, this.#around) };
  }

  /** A server; without the bot in it where `hasBot` is false: people reach the bot as one of their own there. */
  guild(about: { name?: string; locale?: string; hasBot?: boolean } = {}): Guild {
    const { name = 'Study group', locale = 'en-US', hasBot = true } = about;
    const guild = { id: snowflake(), name, locale, hasBot };
    this.#guilds.push(guild);
    if (hasBot) this.gateway.dispatch('GUILD_CREATE', guildJson(guild, []), guild.id);
    return guild;
  }

  channel(guild: Guild, name = 'general'): Channel {
    return this.#add({ id: snowflake(), name, kind: 'text', guild, closed: undefined });
  }

  thread(parent: Channel, name = 'a thread'): Channel {
    return this.#beginThread(parent, name, snowflake());
  }

  /** The conversation between a person and the bot. */
  directMessage(person: User): Channel {
    return this.#openDirect(person.id);
  }

  /** A conversation among people without the bot, where a person uses the bot that they have installed. */
  groupMessage(person: User): Channel {
    return this.#add({
      id: snowflake(),
      name: 'friends',
      kind: 'group',
      person: this.#user(person.id),
      closed: undefined,
    });
  }

  /** What everyone sees in a channel, and what only `person` sees, in the order in which it was posted. */
  messagesIn(channel: Channel, person?: User): SeenMessage[] {
    return [...this.#messages.all.values()]
      .filter((message) => message.channel === channel && !message.deleted)
      .filter(({ flags, cause }) => (flags & EPHEMERAL) === 0 || (person && cause?.user.id === person.id))
      .map((message) => new SeenMessage(message));
  }

  /** As after the minutes in which Discord knows a nonce. */
  forgetNonces(): void {
    this.#messages.forgetNonces();
  }

  async close(): Promise<void> {
    await this.gateway.stop();
    await this.#rest.stop();
  }

  #add(channel: Channel): Channel {
    this.#channels.set(channel.id, channel);
    if ('guild' in channel && channel.guild.hasBot) {
      const event = channel.kind === 'thread' ? 'THREAD_CREATE' : 'CHANNEL_CREATE';
      this.gateway.dispatch(event, channelJson(channel), channel.guild.id);
    }
    return channel;
  }

  /** One that begins with a message has its id. */
  #beginThread(parent: Channel, name: string, id: string): Channel {
    if (parent.kind !== 'text') throw new Error('a thread begins in a text channel');
    return this.#add({ id, name, kind: 'thread', guild: parent.guild, parent: parent.id, closed: undefined });
  }

  #channel(id: string | undefined): Channel {
    const channel = this.#channels.get(id ?? '');
    if (!channel) throw refusals.unknownChannel();
    if (channel.kind === 'group' || ('guild' in channel && !channel.guild.hasBot))
      throw refusals.missingAccess();
    return channel;
  }

  #openDirect(userId: string | undefined): Channel {
    const person = this.#user(userId);
    const open = [...this.#channels.values()].find((one) => one.kind === 'direct' && one.person === person);
    return (
      open ??
      this.#add({ id: snowflake(), name: `with ${person.name}`, kind: 'direct', person, closed: undefined })
    );
  }

  #user(id: string | undefined): User {
    const user = this.#people.get(id ?? '');
    if (!user) throw refusals.unknownUser();
    return user;
  }

  #guildsOf(session: { readonly shard: readonly [number, number]; readonly intents: number }): Json[] {
    const [number, of] = session.shard;
    if ((session.intents & GUILDS_INTENT) === 0) return [];
    return this.#guilds
      .filter(({ id, hasBot }) => hasBot && Number((BigInt(id) >> 22n) % BigInt(of)) === number)
      .map((guild) => guildJson(guild, [...this.#channels.values()]));
  }

  #gatewayJson(): Json {
    const limit = { total: 1000, remaining: 1000, reset_after: 14_400_000, max_concurrency: 16 };
    return { url: this.gateway.url, shards: this.#shards, session_start_limit: limit };
  }

  #applicationJson(): Json {
    return {
      id: this.applicationId,
      name: 'study-bot',
      icon: null,
      description: '',
      bot_public: true,
      bot_require_code_grant: false,
      verify_key: '0'.repeat(64),
      flags: 0,
      summary: '',
      bot: this.#bot,
    };
  }
}
