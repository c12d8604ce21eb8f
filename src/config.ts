import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { isTimeZone } from './learning/studyday.js';
import { Secret } from './secret.js';
import { findSlackProblems, type SlackConfig, slackOf } from './slack-config.js';

const secret = z.string().transform((text) => new Secret(text));

const token = z
  .string()
  .regex(/^\S+$/, 'must be one word; look for a blank or a line break within it')
  .transform((text) => new Secret(text));

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an address such as https://example.com/api' });

const timeZone = z.string().refine(isTimeZone, 'must be an IANA time zone, such as Europe/Berlin or UTC');

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Every name that is read from the environment, with how it is read. */
const Variables = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^(file:.|postgres(ql)?:\/\/)/, 'must be file:PATH for SQLite, or postgresql://USER@HOST/NAME')
    .default('file:./data/eks.db')
    .transform((text) => new Secret(text)),
  CONTENT_DIR: z.string().default('./content'),
  NOTES_URL: httpUrl
    .refine(
      (text) => !/[?#]|^[^/]*\/\/[^/]*@/.test(text),
      'must be the address of the folder alone, without ?, # and password',
    )
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  COMMAND_NAME: z
    .string()
    .regex(
      /^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$/u,
      'must be 1 to 32 small letters, digits, - or _, without the slash',
    )
    .default('eks'),
  TIME_ZONE: timeZone.optional(),
  HOST: z
    .string()
    .regex(/^[^\s/]+$/, 'must be an address or a host name, such as 127.0.0.1')
    .default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535 (0 takes any free port)')
    .transform(Number)
    .refine((port) => port <= 65535, 'must be a number from 0 to 65535 (0 takes any free port)')
    .default(3000),
  LOCAL_CHAT: z.enum(['on', 'off'], 'must be on or off').optional(),
  DISCORD_TOKEN: token.optional(),
  DISCORD_API_URL: httpUrl.default('https://discord.com/api').transform((text) => text.replace(/\/+$/, '')),
  DISCORD_GUILD_ID: z
    .string()
    .regex(/^\d+$/, 'must be the number that Discord calls the server ID')
    .optional(),
  DISCORD_SHARDS: z
    .string()
    .regex(/^\d{1,4}(-\d{1,4})?\/\d{1,4}$/, 'must be like 0-3/16: shards 0 to 3 of 16')
    .transform(readShards)
    .refine(
      ({ ids, count }) => ids.length > 0 && ids.every((id) => id < count),
      'must be like 0-3/16, from 0 up',
    )
    .optional(),
  SLACK_BOT_TOKEN: token.optional(),
  SLACK_APP_TOKEN: token.optional(),
  SLACK_SIGNING_SECRET: token.optional(),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: token.optional(),
  SLACK_STATE_SECRET: secret.optional(),
  SLACK_API_URL: httpUrl.default('https://slack.com/api/').transform((text) => text.replace(/\/*$/, '/')),
  SECRET_KEY: z
    .string()
    .refine(
      (text) => /^[A-Za-z0-9+/]{43}=$/.test(text) && Buffer.from(text, 'base64').length === 32,
      'must be 32 bytes in base64; `openssl rand -base64 32` makes one',
    )
    .transform((text) => new Secret(text))
    .optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
});
type Variables = z.infer<typeof Variables>;

/** The names of all variables that are read, for the documentation's tests. */
export const variableNames: readonly string[] = Object.keys(Variables.shape);

export interface DiscordConfig {
  readonly token: Secret;
  /** Base of the REST API without version and without a slash at the end. */
  readonly apiUrl: string;
  readonly guildId: string | undefined;
  /** Gateway shards of this process; `auto` for as many as Discord recommends. */
  readonly shards: 'auto' | { readonly ids: readonly number[]; readonly count: number };
}

/** The environment, read and checked. */
export interface Config {
  /** May hold a password, hence a secret. */
  readonly databaseUrl: Secret;
  readonly contentDir: string;
  /** Where the notes can be read on the web, without a slash at the end: a note's path follows. */
  readonly notesUrl: string | undefined;
  readonly commandName: string;
  /** IANA zone. */
  readonly timeZone: string;
  readonly host: string;
  readonly port: number;
  readonly localChat: boolean;
  readonly discord: DiscordConfig | undefined;
  readonly slack: SlackConfig | undefined;
  readonly secretKey: Secret | undefined;
  readonly logLevel: (typeof logLevels)[number];
}

/** Everything that is wrong with the environment, in one message for whoever set it. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      ['The environment (or .env) needs a change:', ...problems.map((problem) => `  ${problem}`)].join('\n'),
    );
    this.problems = problems;
  }
}

/** '0-3/16': the shards 0 to 3 of 16; '2/16': only the third. */
function readShards(text: string): { readonly ids: readonly number[]; readonly count: number } {
  const [range = '', count = ''] = text.split('/');
  const [first = '', last = first] = range.split('-');
  const length = Math.max(0, Number(last) - Number(first) + 1);
  return { ids: Array.from({ length }, (_, at) => Number(first) + at), count: Number(count) };
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from variables. An empty value counts as not set.
 * @throws ConfigError naming every problem
 */
export function parseConfig(environment: Environment): Config {
  const given = Object.fromEntries(
    variableNames.flatMap((name) => {
      const value = environment[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = Variables.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const slackProblems = findSlackProblems(new Set(Object.keys(given)), given);
  if (!parsed.success || slackProblems.length > 0) throw new ConfigError([...problems, ...slackProblems]);
  return assemble(parsed.data);
}

/**
 * Variables with what a `.env` in the folder adds; what is set already wins.
 * @throws ConfigError if there is a `.env` that cannot be read
 */
export function withDotEnv(environment: Environment, folder: string): Environment {
  const file = path.join(folder, '.env');
  if (!existsSync(file)) return environment;
  try {
    return { ...parseEnv(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')), ...environment };
  } catch {
    throw new ConfigError([`${file} cannot be read: check that it is a text file and whose it is`]);
  }
}

/**
 * The configuration of this process; `instead` holds variables that win over all others.
 * @throws ConfigError naming every problem
 */
export function readConfig(instead: Environment = {}): Config {
  return parseConfig({ ...withDotEnv(process.env, process.cwd()), ...instead });
}

/** What must never be seen in a log: every token, and the passwords within the database's address. */
export function secretsOf(config: Config): readonly Secret[] {
  const { discord, slack, secretKey } = config;
  const passwords = passwordsIn(config.databaseUrl.reveal());
  return [
    ...Object.values({ ...slack, token: discord?.token, secretKey }).filter(
      (value) => value instanceof Secret,
    ),
    ...passwords.flatMap((password) => [new Secret(password), new Secret(safeDecode(password))]),
  ];
}

/** Before the last @, for people forget to escape one in a password, and as an option after the question mark. */
function passwordsIn(databaseUrl: string): readonly string[] {
  if (!/^postgres(ql)?:/.test(databaseUrl)) return [];
  const [, inAddress] = /^\w+:\/\/[^:@/]*:([^?]+)@/.exec(databaseUrl) ?? [];
  const options = [...databaseUrl.matchAll(/[?&](?:ssl)?password=([^&#]+)/gi)].map(([, value]) => value);
  return [inAddress, ...options].filter((password) => password !== undefined);
}

function assemble(values: Variables): Config {
  const slack = slackOf({
    apiUrl: values.SLACK_API_URL,
    botToken: values.SLACK_BOT_TOKEN,
    appToken: values.SLACK_APP_TOKEN,
    signingSecret: values.SLACK_SIGNING_SECRET,
    clientId: values.SLACK_CLIENT_ID,
    clientSecret: values.SLACK_CLIENT_SECRET,
    stateSecret: values.SLACK_STATE_SECRET,
  });
  const discord = values.DISCORD_TOKEN && {
    token: values.DISCORD_TOKEN,
    apiUrl: values.DISCORD_API_URL,
    guildId: values.DISCORD_GUILD_ID,
    shards: values.DISCORD_SHARDS ?? ('auto' as const),
  };
  return {
    databaseUrl: values.DATABASE_URL,
    contentDir: values.CONTENT_DIR,
    notesUrl: values.NOTES_URL,
    commandName: values.COMMAND_NAME,
    timeZone: values.TIME_ZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    host: values.HOST,
    port: values.PORT,
    localChat: values.LOCAL_CHAT === undefined ? !discord && !slack : values.LOCAL_CHAT === 'on',
    discord,
    slack,
    secretKey: values.SECRET_KEY,
    logLevel: values.LOG_LEVEL,
  };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The environment for another program, without these variables. */
export function environmentWithout(names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !names.includes(name)));
}
