import {
  ApplicationCommandType,
  type REST,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { z } from 'zod';

type Wanted = RESTPostAPIApplicationCommandsJSONBody;

/** As Discord lists it; what else it says stays as it is. */
const Registered = z.looseObject({ id: z.string(), type: z.number(), name: z.string() });

export interface Registration {
  readonly rest: REST;
  readonly applicationId: string;
  /** Registers in this guild only, where given. */
  readonly guildId: string | undefined;
}

/**
 * Makes Discord's list of our commands equal to `wanted`, and asks for nothing where it is so already: Discord counts
 * how often an application registers. Entry points, which open an Activity and are not ours to make, stay.
 * @returns whether anything was changed
 */
export async function registerCommands(
  { rest, applicationId, guildId }: Registration,
  wanted: readonly Wanted[],
): Promise<boolean> {
  const route =
    guildId === undefined
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const registered = z.array(Registered).parse(await rest.get(route, { query }));
  const foreign = registered.filter(({ type }) => type === ApplicationCommandType.PrimaryEntryPoint);
  const ours = registered.filter((command) => !foreign.includes(command));
  const fields = guildId === undefined ? { ...DEFAULTS, ...GLOBAL_DEFAULTS } : DEFAULTS;
  const fingerprint = (command: object) => JSON.stringify(normalized({ ...command }, fields));
  const same =
    ours.length === wanted.length &&
    wanted.every((command) => ours.some((known) => fingerprint(known) === fingerprint(command)));
  if (same) return false;
  const body = guildId === undefined ? wanted : wanted.map(withoutContexts);
  await rest.put(route, { body: [...body, ...foreign] });
  return true;
}

/** A guild's command works in that guild alone; Discord keeps none of this for it. */
function withoutContexts({ contexts: _contexts, integration_types: _types, ...command }: Wanted): object {
  return command;
}

/** The fields by which two descriptions of a command are compared, with Discord's value where one is left out. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  type: ApplicationCommandType.ChatInput,
  name: '',
  description: '',
  name_localizations: {},
  description_localizations: {},
  default_member_permissions: null,
  nsfw: false,
  options: [],
};

const GLOBAL_DEFAULTS: Readonly<Record<string, unknown>> = { contexts: [], integration_types: [] };

const OPTION_DEFAULTS: Readonly<Record<string, unknown>> = {
  type: 0,
  name: '',
  description: '',
  name_localizations: {},
  description_localizations: {},
  required: false,
  autocomplete: false,
  choices: [],
  min_value: null,
  max_value: null,
  min_length: null,
  max_length: null,
  options: [],
};

function normalized(
  given: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
): unknown {
  return Object.entries(defaults).map(([field, usual]) => {
    const value = given[field] ?? usual;
    if (field === 'options' && Array.isArray(value)) {
      return value.map((option: object) => normalized({ ...option }, OPTION_DEFAULTS));
    }
    if (field === 'choices' && Array.isArray(value)) {
      return value.map((choice: object) =>
        normalized({ ...choice }, { name: '', value: '', name_localizations: {} }),
      );
    }
    return sorted(value);
  });
}

/** Sets and maps in one order, since Discord keeps none. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return [...value].sort();
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
}
