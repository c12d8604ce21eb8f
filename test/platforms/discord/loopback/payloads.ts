import { type CommandPath, isUserInstalled } from './commands.js';
import { type Interaction, KINDS } from './interactions.js';
import type { CommandOption, Component, Json, Modal } from './shapes.js';
import { botPermissions, type Channel, channelJson, memberJson, userJson } from './world.js';

/** What a person may type for an option. */
export type OptionValue = string | number | boolean;

const CONTEXT = { text: 0, thread: 0, direct: 1, group: 2 } as const;
const BOT_PERMISSIONS_IN_DIRECT = '2248473465835073';
/** "`app_permissions` includes `ATTACH_FILES | EMBED_LINKS | MENTION_EVERYONE` permissions for (G)DMs with other users". */
const PERMISSIONS_IN_GROUP = String((1 << 15) | (1 << 14) | (1 << 17));
const SUBCOMMAND = 1;
const GROUP = 2;
const STRING = 3;
const INTEGER = 4;
const BOOLEAN = 5;
const NUMBER = 10;
const TEXT_DISPLAY = 10;
const LABEL = 18;
const SELECT = 3;
const TEXT_INPUT = 4;
const RADIO_GROUP = 21;
const CHECKBOX_GROUP = 22;
const CHECKBOX = 23;

/** The event that tells a bot of an interaction, as Discord sends it. */
export function interactionEvent(
  interaction: Interaction,
  applicationId: string,
  data: Json,
  message?: Json,
): Json {
  const { channel, user } = interaction;
  const guild = 'guild' in channel ? channel.guild : undefined;
  const owner = guild ? guild.id : '0';
  return {
    id: interaction.id,
    application_id: applicationId,
    type: KINDS[interaction.kind],
    token: interaction.token,
    version: 1,
    data,
    channel_id: channel.id,
    channel: channelJson(channel),
    locale: user.locale,
    context: CONTEXT[channel.kind],
    app_permissions: permissionsIn(channel),
    authorizing_integration_owners: isUserInstalled(channel) ? { '1': user.id } : { '0': owner },
    entitlements: [],
    attachment_size_limit: 10_485_760,
    ...(guild && {
      guild_id: guild.id,
      guild_locale: guild.locale,
      guild: { id: guild.id, locale: guild.locale, features: [] },
    }),
    ...(guild ? { member: memberJson(user) } : { user: userJson(user) }),
    ...(message && { message }),
  };
}

function permissionsIn(channel: Channel): string {
  if (channel.kind === 'group') return PERMISSIONS_IN_GROUP;
  return 'guild' in channel && channel.guild.hasBot ? botPermissions(channel) : BOT_PERMISSIONS_IN_DIRECT;
}

/** Data of a typed command, its options checked as the client checks them; `focused` is the one being typed. */
export function commandData(
  path: CommandPath,
  values: Readonly<Record<string, OptionValue>>,
  focused?: string,
): Json {
  const { command, names } = path;
  const name = `/${names.join(' ')}`;
  const stray = Object.keys(values).find((key) => !path.options.some((option) => option.name === key));
  if (stray !== undefined) throw new Error(`${name} has no option ${stray}`);
  const given = path.options.flatMap((option) => {
    const value = values[option.name];
    if (value === undefined) {
      if (option.required && focused === undefined)
        throw new Error(`${name} needs the option ${option.name}`);
      return [];
    }
    if (option.name === focused) return [{ type: option.type, name: option.name, value, focused: true }];
    checkValue(option, value, name);
    return [{ type: option.type, name: option.name, value }];
  });
  const nested = names
    .slice(1)
    .reduceRight<readonly Json[]>(
      (options, word, at) => [{ type: at === names.length - 2 ? SUBCOMMAND : GROUP, name: word, options }],
      given,
    );
  return {
    id: command.id,
    name: command.body.name,
    type: 1,
    options: nested,
    ...(command.guildId !== undefined && { guild_id: command.guildId }),
  };
}

/** Throws where Discord's client would not let a person send the value. */
function checkValue(option: CommandOption, value: OptionValue, command: string): void {
  const refuse = (why: string): never => {
    throw new Error(`the client refuses ${option.name}=${value} of ${command}: ${why}`);
  };
  const fits: Readonly<Record<number, boolean>> = {
    [STRING]: typeof value === 'string' && value.trim() !== '',
    [INTEGER]: Number.isInteger(value),
    [NUMBER]: typeof value === 'number',
    [BOOLEAN]: typeof value === 'boolean',
  };
  if (fits[option.type] === false) refuse(`its type is ${option.type}`);
  if (
    option.choices &&
    option.choices.length > 0 &&
    !option.choices.some((choice) => choice.value === value)
  ) {
    refuse(`the choices are ${option.choices.map((choice) => choice.value).join(', ')}`);
  }
  const size = typeof value === 'number' ? value : String(value).length;
  const least = typeof value === 'number' ? option.min_value : option.min_length;
  const most = typeof value === 'number' ? option.max_value : (option.max_length ?? 6000);
  if (size < (least ?? -Infinity) || size > (most ?? Infinity)) refuse(`it must be ${least} to ${most}`);
}

/** Data of a press on a button or a choice in a select. */
export function componentData(component: Component, values?: readonly string[]): Json {
  const { id, type, custom_id } = component;
  if (values) {
    const known = (component.options ?? []).map(({ value }) => value);
    const stray = values.find((value) => !known.includes(value));
    if (stray !== undefined)
      throw new Error(`there is no ${stray} to choose; there are: ${known.join(', ')}`);
    const [least, most] = [component.min_values ?? 1, component.max_values ?? 1];
    if (values.length < least || values.length > most) throw new Error(`${least} to ${most} must be chosen`);
  }
  return { id, component_type: type, custom_id, ...(values && { values }) };
}

/** Data of a form that was sent; what `values` does not name is sent as the form had it. */
export function submissionData(
  modal: Modal,
  values: Readonly<Record<string, string | readonly string[]>>,
): Json {
  const inputs = modal.components.flatMap((row) => row.component ?? row.components ?? []);
  const stray = Object.keys(values).find((key) => !inputs.some(({ custom_id }) => custom_id === key));
  if (stray !== undefined) throw new Error(`the form has no input ${stray}`);
  const filled = (input: Component, id: number) => inputData(input, id, values[input.custom_id ?? '']);
  const components = modal.components.map((row, at) => {
    const id = at * 2 + 1;
    if (row.type === TEXT_DISPLAY) return { type: TEXT_DISPLAY, id };
    if (row.type === LABEL && row.component) {
      return { type: LABEL, id, component: filled(row.component, id + 1) };
    }
    return { type: row.type, id, components: (row.components ?? []).map((input) => filled(input, id + 1)) };
  });
  return { custom_id: modal.custom_id, components };
}

/** One input as it is sent; throws where the client would not send it. */
function inputData(input: Component, id: number, given: string | readonly string[] | undefined): Json {
  const { type, custom_id } = input;
  const preset = (input.options ?? []).filter((option) => option.default).map(({ value }) => value);
  const list = given === undefined ? preset : typeof given === 'string' ? [given] : given;
  const required = input.required ?? true;
  switch (type) {
    case TEXT_INPUT: {
      const value = given === undefined ? (input.value ?? '') : list.join('\n');
      const [least, most] = [input.min_length ?? (required ? 1 : 0), input.max_length ?? 4000];
      if (value.length > most || (value.length < least && (required || value !== ''))) {
        throw new Error(`${custom_id} must be ${least} to ${most} characters`);
      }
      return { type, id, custom_id, value };
    }
    case SELECT:
    case CHECKBOX_GROUP: {
      checkChosen(input, list, required ? (input.min_values ?? 1) : 0);
      return { type, id, custom_id, values: list };
    }
    case RADIO_GROUP:
      checkChosen(input, list, required ? 1 : 0);
      return { type, id, custom_id, value: list[0] ?? null };
    case CHECKBOX:
      return { type, id, custom_id, value: list[0] === 'true' };
    default:
      throw new Error(`the loopback cannot fill in an input of type ${type}`);
  }
}

function checkChosen(input: Component, list: readonly string[], least: number): void {
  const known = (input.options ?? []).map(({ value }) => value);
  const stray = list.find((value) => !known.includes(value));
  if (stray !== undefined)
    throw new Error(`${input.custom_id} has no ${stray}; there are: ${known.join(', ')}`);
  if (list.length < least || list.length > (input.max_values ?? known.length)) {
    throw new Error(`${input.custom_id} needs at least ${least}`);
  }
}
