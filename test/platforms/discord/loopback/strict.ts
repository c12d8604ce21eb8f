import { core, z } from 'zod';
import type { Problem } from './errors.js';

const strictOf = new WeakMap<core.$ZodType, core.$ZodType>();
const permissionBits = z.union([z.int().nonnegative(), z.string().regex(/^\d+$/)]).nullish();

/**
 * The same schema, which also finds keys that it does not know. The package's own `setStrictObject` comes too late
 * for this: its schemas are made while it is imported.
 */
export function strict(schema: core.$ZodType): core.$ZodType {
  const known = strictOf.get(schema);
  if (known) return known;
  const made = makeStrict(schema);
  strictOf.set(schema, made);
  return made;
}

function makeStrict(schema: core.$ZodType): core.$ZodType {
  if (schema instanceof core.$ZodObject) {
    const shape = Object.fromEntries(
      Object.entries(schema._zod.def.shape).map(([key, field]) => [key, strictField(key, field)]),
    );
    return core.clone(schema, { ...schema._zod.def, shape, catchall: z.never() });
  }
  if (schema instanceof core.$ZodLazy) {
    const { getter } = schema._zod.def;
    return core.clone(schema, { ...schema._zod.def, getter: () => strict(getter()) });
  }
  if (schema instanceof core.$ZodOptional || schema instanceof core.$ZodNullable) {
    return core.clone(schema, { ...schema._zod.def, innerType: strict(schema._zod.def.innerType) });
  }
  if (schema instanceof core.$ZodArray) {
    return core.clone(schema, { ...schema._zod.def, element: strict(schema._zod.def.element) });
  }
  if (schema instanceof core.$ZodUnion) {
    return core.clone(schema, { ...schema._zod.def, options: schema._zod.def.options.map(strict) });
  }
  return schema;
}

/** The description has permission bits as a number; Discord's documentation and its clients send a string. */
function strictField(key: string, field: core.$ZodType): core.$ZodType {
  return key === 'default_member_permissions' ? permissionBits : strict(field);
}

/** What a schema finds wrong with a body, in Discord's words; `unknown` are keys that Discord would ignore. */
export function problemsOf(schema: core.$ZodType, body: unknown): { refused: Problem[]; unknown: Problem[] } {
  const result = z.safeParse(strict(schema), body);
  const issues = result.success ? [] : result.error.issues.flatMap((issue) => flatten(issue, []));
  const refused = issues.filter(({ issue }) => issue.code !== 'unrecognized_keys');
  return {
    refused: refused.map(({ issue, path }) => ({ path, ...inDiscordsWords(issue, valueAt(body, path)) })),
    unknown: issues.flatMap(({ issue, path }) =>
      issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys, path, body) : [],
    ),
  };
}

/** What discord.js sends as `false` with every message, also where the description has none: not the bot's doing. */
const HARMLESS: readonly string[] = ['tts', 'enforce_nonce'];

function unknownKeys(keys: readonly string[], path: readonly PropertyKey[], body: unknown): Problem[] {
  return keys
    .filter((key) => !(HARMLESS.includes(key) && valueAt(body, [...path, key]) === false))
    .map((key) => ({
      path: [...path, key],
      code: 'UNKNOWN_KEY',
      message: 'Discord knows no such key here.',
    }));
}

interface Located {
  readonly issue: core.$ZodIssue;
  readonly path: readonly PropertyKey[];
}

/** Issues within a union are those of the branch that was meant: the nearest one whose kind and `type` fit. */
function flatten(issue: core.$ZodIssue, before: readonly PropertyKey[]): Located[] {
  const path = [...before, ...issue.path];
  if (issue.code !== 'invalid_union') return [{ issue, path }];
  const meant = issue.errors
    .filter((branch) => !branch.some(isOtherBranch))
    .sort((one, other) => one.length - other.length)[0];
  return meant ? meant.flatMap((inner) => flatten(inner, path)) : [{ issue, path }];
}

function isOtherBranch({ path, code }: core.$ZodIssue): boolean {
  return path.length === 0 ? code === 'invalid_type' : path[0] === 'type' && code === 'invalid_value';
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    body,
  );
}

const CONVERSIONS: Readonly<Record<string, readonly [string, string]>> = {
  string: ['STRING_TYPE_CONVERT', 'Could not interpret as string.'],
  number: ['NUMBER_TYPE_COERCE', 'Value is not a number.'],
  int: ['NUMBER_TYPE_COERCE', 'Value is not int.'],
  boolean: ['BOOLEAN_TYPE_CONVERT', 'Must be either true or false.'],
  array: ['LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType'],
  object: ['MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType'],
  record: ['DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType'],
};

function inDiscordsWords(issue: core.$ZodIssue, value: unknown): { code: string; message: string } {
  if (value === undefined) return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  const [code, message] = wordsFor(issue, value);
  return { code, message };
}

function wordsFor(issue: core.$ZodIssue, value: unknown): readonly [string, string] {
  switch (issue.code) {
    case 'invalid_type':
      return CONVERSIONS[issue.expected] ?? ['BASE_TYPE_INVALID', issue.message];
    case 'too_big':
      return typeof value === 'number'
        ? ['NUMBER_TYPE_MAX', `int value should be less than or equal to ${issue.maximum}.`]
        : ['BASE_TYPE_MAX_LENGTH', `Must be ${issue.maximum} or fewer in length.`];
    case 'too_small':
      return typeof value === 'number'
        ? ['NUMBER_TYPE_MIN', `int value should be greater than or equal to ${issue.minimum}.`]
        : ['BASE_TYPE_MIN_LENGTH', `Must be ${issue.minimum} or more in length.`];
    case 'invalid_value':
      return ['BASE_TYPE_CHOICES', `Value must be one of {${issue.values.map(String).join(', ')}}.`];
    case 'invalid_union':
      return ['UNION_TYPE_CHOICES', 'Value of field "type" must be one of those allowed here.'];
    case 'invalid_format':
      if (issue.format === 'url') return ['URL_TYPE_INVALID_URL', 'Not a well formed URL.'];
      if (issue.format === 'datetime') {
        return ['DATE_TIME_TYPE_PARSE', `Could not parse ${String(value)}. Should be ISO8601.`];
      }
      return ['NUMBER_TYPE_COERCE', `Value "${String(value)}" is not snowflake.`];
    default:
      return ['BASE_TYPE_INVALID', issue.message];
  }
}
