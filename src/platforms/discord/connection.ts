import { Client, Events, type Interaction, Options, type RateLimitData, RESTEvents } from 'discord.js';
import type { Logger } from 'pino';
import type { Command } from '../../bot/command.js';
import { OperatorError } from '../trouble.js';
import { endpointTrouble, fetchApplication } from './checkup.js';
import { describeCommand } from './commands.js';
import { registerCommands } from './register.js';
import { forLog, remedyFor } from './trouble.js';

/** Which of Discord's gateway shards this process holds; `auto` for all that Discord recommends. */
export type Shards = 'auto' | { readonly ids: readonly number[]; readonly count: number };

export interface DiscordOptions {
  readonly token: { reveal(): string };
  /** Base of the REST API without version and without a slash at the end. */
  readonly apiUrl: string;
  /** Registers the commands, and knows admins, in this guild only. */
  readonly guildId: string | undefined;
  readonly shards: Shards;
  /** The slash command, without the slash. */
  readonly commandName: string;
  readonly commands: readonly Command[];
  readonly log: Logger;
  /** When an answer under way is acknowledged; 1,500 where absent. */
  readonly acknowledgeAfterMs?: number;
  /** The first pause before another try to connect, doubled after each; 5,000 where absent. */
  readonly retryAfterMs?: number;
}

const LONGEST_PAUSE_MS = 5 * 60_000;
/** Between two lines of the log that say the same. */
const QUIET_MS = 60_000;

/** One client after the other, until one is let in. */
export class Connection {
  readonly #options: DiscordOptions;
  readonly #handle: (interaction: Interaction) => void;
  #client: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: DiscordOptions, handle: (interaction: Interaction) => void) {
    this.#options = options;
    this.#handle = handle;
  }

  /**
   * Resolves when Discord sends interactions; where Discord cannot be reached, at once, and tries on.
   * @throws Error for what an operator must put right
   */
  async open(pauseMs = this.#options.retryAfterMs ?? 5_000): Promise<void> {
    try {
      await this.#connect();
    } catch (error) {
      const remedy = error instanceof OperatorError ? error.message : remedyFor(error, this.#options.guildId);
      await this.#client?.destroy();
      if (remedy !== undefined) throw new OperatorError(remedy);
      if (this.#closed) return;
      this.#options.log.warn({ err: forLog(error), pauseMs }, 'Discord cannot be reached; trying again');
      this.#timer = setTimeout(() => this.#again(Math.min(2 * pauseMs, LONGEST_PAUSE_MS)), pauseMs);
    }
  }

  /** The client once Discord has let it in; undefined before, and after the end. */
  get client(): Client<true> | undefined {
    return this.#closed || !this.#client?.isReady() ? undefined : this.#client;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#client?.destroy();
  }

  #again(pauseMs: number): void {
    this.open(pauseMs).catch((error: unknown) =>
      this.#options.log.error(error instanceof Error ? error.message : 'Discord cannot be used'),
    );
  }

  async #connect(): Promise<void> {
    const { token, shards, commandName, commands, guildId, log } = this.#options;
    const client = makeClient(this.#options);
    this.#client = client;
    client.on(Events.InteractionCreate, this.#handle);
    await letIn(client, token.reveal());
    // One process of several registers for all.
    if (shards !== 'auto' && !shards.ids.includes(0)) return;
    const application = await fetchApplication(client.rest);
    const trouble = endpointTrouble(application);
    if (trouble !== undefined) throw new OperatorError(trouble);
    const applicationId = application.id;
    const wanted = [describeCommand(commandName, commands)];
    const changed = await registerCommands({ rest: client.rest, applicationId, guildId }, wanted);
    log.info({ guildId, changed }, changed ? 'commands registered' : 'commands are as they were');
  }
}

function makeClient({ apiUrl, shards, guildId, log }: DiscordOptions): Client {
  const client = new Client({
    intents: [],
    ...(shards === 'auto'
      ? { shards: 'auto' as const }
      : { shards: [...shards.ids], shardCount: shards.count }),
    allowedMentions: { parse: [] },
    rest: { api: apiUrl, retries: 3, timeout: 10_000 },
    // What we draw has Discord's own names already.
    jsonTransformer: (drawn) => drawn,
    // Nothing is looked up again: what an interaction brings is enough.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      UserManager: 50,
      GuildMemberManager: 0,
    }),
  });
  const tell = (text: string) => (error: unknown) => log.warn({ err: forLog(error) }, text);
  client.on(Events.Error, tell('the client failed'));
  client.on(Events.ShardError, tell('the gateway connection failed'));
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'connecting to the gateway again'));
  client.on(Events.ShardResume, (shard, missed) => log.info({ shard, missed }, 'gateway session resumed'));
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    const remedy = remedyFor(Object.assign(new Error(), { code }), guildId);
    log.error({ shard, code }, remedy ?? 'Discord ended the connection for good; restart the bot');
  });
  client.on(Events.Invalidated, () => log.error('Discord ended the session; restart the bot'));
  client.rest.on(RESTEvents.RateLimited, noteWaits(log));
  return client;
}

/** Says that requests wait for a rate limit, but not of each: in a busy minute all of them do. */
function noteWaits(log: Logger) {
  let quietUntil = Number.NEGATIVE_INFINITY;
  let waits = 0;
  return ({ global, timeToReset, route }: RateLimitData) => {
    waits += 1;
    if (performance.now() < quietUntil) return;
    quietUntil = performance.now() + QUIET_MS;
    const facts = { waits, global, waitMs: timeToReset, route: withoutTokens(route) };
    log.warn(facts, 'Discord asks to go slower');
    waits = 0;
  };
}

/** Resolves when every shard is ready; rejects where Discord ends a connection for good before that. */
async function letIn(client: Client, token: string): Promise<void> {
  const refused = new Promise<never>((_, reject) => {
    client.once(Events.ShardDisconnect, ({ code }) => reject(Object.assign(new Error('refused'), { code })));
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await Promise.race([Promise.all([client.login(token), ready]), refused]);
}

/** A webhook's or an interaction's token stands in its route. */
function withoutTokens(route: string): string {
  return route.replace(/\/(webhooks|interactions)\/([^/]+)\/[^/]+/, '/$1/$2/[token]');
}
