import type { Problem } from './errors.js';
import type { CommandBody, CommandOption } from './shapes.js';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const SUBCOMMAND = 1;
const GROUP = 2;
const CHAT_INPUT = 1;
const CHARACTERS = 8000;
const CHAT_COMMANDS = 100;

/** What Discord's documentation forbids in a command and its machine-readable description does not. */
export function commandProblems(command: CommandBody): Problem[] {
  if ((command.type ?? CHAT_INPUT) !== CHAT_INPUT) return [];
  return [
    ...nameProblems(command.name, []),
    ...(command.description
      ? []
      : [problem('BASE_TYPE_REQUIRED', 'This field is required', ['description'])]),
    ...optionListProblems(command.options ?? [], ['options']),
    ...(textLength(command) > CHARACTERS
      ? [problem('APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${CHARACTERS})`, [])]
      : []),
    ...uniqueProblems(command.contexts ?? [], 'contexts'),
    ...uniqueProblems(command.integration_types ?? [], 'integration_types'),
  ];
}

/** The same for a whole list of commands, which takes the place of the one before. */
export function commandListProblems(commands: readonly CommandBody[]): Problem[] {
  const names = commands.map(({ name, type }) => `${type ?? CHAT_INPUT} ${name}`);
  const twice = names.flatMap((name, at) =>
    names.indexOf(name) < at
      ? [problem('APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique', [at])]
      : [],
  );
  const chat = names.filter((name) => name.startsWith(`${CHAT_INPUT} `)).length;
  return [
    ...twice,
    ...(chat > CHAT_COMMANDS
      ? [problem('BASE_TYPE_MAX_LENGTH', `Must be ${CHAT_COMMANDS} or fewer in length.`, [])]
      : []),
    ...commands.flatMap((command, at) =>
      commandProblems(command).map((found) => ({ ...found, path: [at, ...found.path] })),
    ),
  ];
}

function optionListProblems(options: readonly CommandOption[], path: readonly PropertyKey[]): Problem[] {
  const names = options.map(({ name }) => name);
  const firstOptional = options.findIndex(({ required }) => required !== true);
  const nested = options.filter(({ type }) => type === SUBCOMMAND || type === GROUP).length;
  return [
    ...(nested > 0 && nested < options.length
      ? [problem('APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Sub-commands and options are exclusive', path)]
      : []),
    ...options.flatMap((option, at) => [
      ...nameProblems(option.name, [...path, at]),
      ...(names.indexOf(option.name) < at
        ? [
            problem('APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option name already used', [
              ...path,
              at,
            ]),
          ]
        : []),
      ...(option.required === true && firstOptional !== -1 && firstOptional < at
        ? [
            problem(
              'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
              'Required options must be placed before non-required options',
              [...path, at],
            ),
          ]
        : []),
      ...choiceProblems(option, [...path, at]),
      ...optionListProblems(option.options ?? [], [...path, at, 'options']),
    ]),
  ];
}

function choiceProblems({ choices, autocomplete }: CommandOption, path: readonly PropertyKey[]): Problem[] {
  const names = (choices ?? []).map(({ name }) => name);
  const values = (choices ?? []).map(({ value }) => value);
  return [
    ...(autocomplete && names.length > 0
      ? [
          problem(
            'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
            'Choices and autocomplete exclude each other',
            path,
          ),
        ]
      : []),
    ...(new Set(names).size < names.length || new Set(values).size < values.length
      ? [
          problem(
            'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
            'Option choice already used',
            path,
          ),
        ]
      : []),
  ];
}

function nameProblems(name: string, path: readonly PropertyKey[]): Problem[] {
  return NAME.test(name) && name === name.toLowerCase()
    ? []
    : [problem('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid', [...path, 'name'])];
}

function uniqueProblems(list: readonly number[], key: string): Problem[] {
  return new Set(list).size < list.length
    ? [problem('SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value', [key])]
    : [];
}

/** Discord counts names, descriptions and the values of choices of a command and all its options together. */
function textLength(item: CommandBody | CommandOption): number {
  const choices = 'choices' in item && Array.isArray(item.choices) ? item.choices : [];
  const own = item.name.length + (item.description?.length ?? 0);
  const listed = choices.reduce((sum, { name, value }) => sum + name.length + String(value).length, 0);
  return own + listed + (item.options ?? []).reduce((sum, option) => sum + textLength(option), 0);
}

function problem(code: string, message: string, path: readonly PropertyKey[]): Problem {
  return { path, code, message };
}
