import { refusals } from './errors.js';
import { type CommandBody, type CommandOption, commandShape, type Json } from './shapes.js';
import { type Channel, permissionsOf, snowflake, type User } from './world.js';

/** A command as Discord keeps it. */
export interface RegisteredCommand {
  readonly id: string;
  readonly version: string;
  readonly guildId: string | undefined;
  readonly body: CommandBody;
}

/** What a person typed: the command, the subcommands on the way, and the options that may be given. */
export interface CommandPath {
  readonly command: RegisteredCommand;
  readonly names: readonly string[];
  readonly options: readonly CommandOption[];
}

const SUBCOMMAND = 1;
const GROUP = 2;
const GUILD_INSTALL = 0;
const USER_INSTALL = 1;
const CONTEXTS = { text: 0, thread: 0, direct: 1, group: 2 } as const;

/** The commands that the bot has registered, everywhere and in single guilds. */
export class Commands {
  #all: RegisteredCommand[] = [];

  list(guildId?: string): RegisteredCommand[] {
    return this.#all.filter((command) => command.guildId === guildId);
  }

  find(id: string | undefined, guildId?: string): RegisteredCommand {
    const found = this.list(guildId).find((command) => command.id === id);
    if (!found) throw refusals.unknownCommand();
    return found;
  }

  /** Registers a command, in the place of one with the same name, whose id it keeps. */
  put(body: unknown, guildId?: string): { command: RegisteredCommand; isNew: boolean } {
    const parsed = commandShape.parse(body);
    const before = this.list(guildId).find((one) => sameName(one.body, parsed));
    const command = { id: before?.id ?? snowflake(), version: snowflake(), guildId, body: parsed };
    this.#all = [...this.#all.filter((one) => one !== before), command];
    return { command, isNew: !before };
  }

  /** Registers a list of commands; all others go. */
  putAll(bodies: readonly unknown[], guildId?: string): RegisteredCommand[] {
    const kept = bodies.map((body) => this.put(body, guildId).command);
    this.#all = this.#all.filter((one) => one.guildId !== guildId || kept.includes(one));
    return kept;
  }

  change(id: string | undefined, body: Json, guildId?: string): RegisteredCommand {
    const before = this.find(id, guildId);
    const changed = {
      ...before,
      version: snowflake(),
      body: commandShape.parse({ ...before.body, ...body }),
    };
    this.#all = this.#all.map((one) => (one === before ? changed : one));
    return changed;
  }

  remove(id: string | undefined, guildId?: string): void {
    const gone = this.find(id, guildId);
    this.#all = this.#all.filter((one) => one !== gone);
  }

  /**
   * The command that a person types, such as 'explain' or 'eks explain', among those that the client offers them
   * there. Throws what a tester should know where there is none.
   */
  typed(text: string, user: User, channel: Channel): CommandPath {
    const words = text.trim().split(/\s+/);
    const guildId = 'guild' in channel ? channel.guild.id : undefined;
    const reachable = this.#all.filter((one) => one.guildId === undefined || one.guildId === guildId);
    const paths = reachable.flatMap(pathsOf);
    const path =
      paths.find(({ names }) => names.join(' ') === words.join(' ')) ??
      paths.find(({ names }) => names.slice(1).join(' ') === words.join(' '));
    if (!path) {
      const known = paths.map(({ names }) => `/${names.join(' ')}`).join(', ');
      throw new Error(`/${text} is not registered; there are: ${known || 'none'}`);
    }
    const hidden = whyHidden(path.command.body, user, channel);
    if (hidden) throw new Error(`/${text} is not offered to ${user.name} in ${channel.name}: ${hidden}`);
    return path;
  }
}

function pathsOf(command: RegisteredCommand): CommandPath[] {
  const descend = (names: readonly string[], options: readonly CommandOption[]): CommandPath[] => {
    const nested = options.filter(({ type }) => type === SUBCOMMAND || type === GROUP);
    if (nested.length === 0) return [{ command, names, options }];
    return nested.flatMap((option) => descend([...names, option.name], option.options ?? []));
  };
  return descend([command.body.name], command.body.options ?? []);
}

/** Why Discord's client does not offer a command to a person at a place; undefined where it does. */
function whyHidden(body: CommandBody, user: User, channel: Channel): string | undefined {
  const context = CONTEXTS[channel.kind];
  if (body.contexts && !body.contexts.includes(context)) return `its contexts lack ${context}`;
  if (body['dm_permission'] === false && channel.kind === 'direct') return 'its dm_permission is false';
  const install = isUserInstalled(channel) ? USER_INSTALL : GUILD_INSTALL;
  const installs = body.integration_types ?? [GUILD_INSTALL];
  if (!installs.includes(install) && channel.kind !== 'direct')
    return `its integration types lack ${install}`;
  const asked = body.default_member_permissions;
  if (asked === null || asked === undefined || !('guild' in channel)) return undefined;
  const bits = BigInt(asked);
  const may = user.admin || (bits !== 0n && (permissionsOf(user) & bits) === bits);
  return may ? undefined : `it asks for the permissions ${asked}`;
}

/** True where the bot is not in the place, and came only with the person who has installed it. */
export function isUserInstalled(channel: Channel): boolean {
  return channel.kind === 'group' || ('guild' in channel && !channel.guild.hasBot);
}

/** A command as Discord's answers show it: what was false or empty by default is left out. */
export function commandJson(command: RegisteredCommand, applicationId: string, localized: boolean): Json {
  const { default_member_permissions: bits, options, contexts, integration_types, ...body } = command.body;
  const shown = {
    description: '',
    nsfw: false,
    ...body,
    // Commands of a guild have none of these.
    ...(command.guildId === undefined && {
      dm_permission: body['dm_permission'] ?? true,
      contexts: contexts ?? null,
      integration_types: integration_types ?? [GUILD_INSTALL],
    }),
    id: command.id,
    application_id: applicationId,
    version: command.version,
    type: body.type ?? 1,
    default_member_permissions: bits === null || bits === undefined ? null : String(bits),
    ...(command.guildId !== undefined && { guild_id: command.guildId }),
    ...(options && options.length > 0 && { options: options.map((option) => optionJson(option, localized)) }),
  };
  return withoutLocalizations(shown, localized);
}

function optionJson(option: CommandOption, localized: boolean): Json {
  const { required, autocomplete, options, choices, ...rest } = option;
  const shown = {
    ...rest,
    ...(required && { required }),
    ...(autocomplete && { autocomplete }),
    ...(choices &&
      choices.length > 0 && { choices: choices.map((one) => withoutLocalizations(one, localized)) }),
    ...(options && options.length > 0 && { options: options.map((one) => optionJson(one, localized)) }),
  };
  return withoutLocalizations(shown, localized);
}

function withoutLocalizations(item: Json, localized: boolean): Json {
  if (localized) return item;
  const { name_localizations: _names, description_localizations: _descriptions, ...rest } = item;
  return rest;
}

const sameName = (one: CommandBody, other: CommandBody) =>
  one.name === other.name && (one.type ?? 1) === (other.type ?? 1);
