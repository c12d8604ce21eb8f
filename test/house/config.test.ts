import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { ConfigError, parseConfig, variableNames, withDotEnv } from '../../src/config.js';

const secretKey = Buffer.alloc(32, 7).toString('base64');
const oauth = {
  SLACK_SIGNING_SECRET: 'signs',
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'client',
  SLACK_STATE_SECRET: 'state',
};

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the environment', () => {
  it('may be empty: an embedded database and the local chat', () => {
    const config = parseConfig({});
    expect(config).toMatchObject({
      contentDir: './content',
      commandName: 'eks',
      host: '127.0.0.1',
      port: 3000,
      localChat: true,
      logLevel: 'info',
    });
    expect(config.databaseUrl.reveal()).toBe('file:./data/eks.db');
    expect(config.discord).toBeUndefined();
    expect(config.slack).toBeUndefined();
  });

  it('counts an empty or blank variable as not set', () => {
    expect(parseConfig({ PORT: '', DISCORD_TOKEN: '  ', TIME_ZONE: '' })).toMatchObject({
      port: 3000,
      discord: undefined,
    });
  });

  it('lists every problem in one message', () => {
    const problems = problemsOf({
      PORT: '65536',
      TIME_ZONE: 'Mars/Olympus',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://x',
      LOCAL_CHAT: 'maybe',
      SLACK_APP_TOKEN: 'xapp-1',
    });
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual([
      'DATABASE_URL',
      'LOCAL_CHAT',
      'LOG_LEVEL',
      'PORT',
      'SLACK_APP_TOKEN',
      'TIME_ZONE',
    ]);
  });

  it.each([
    ['PORT', '80a'],
    ['PORT', '-1'],
    ['TIME_ZONE', '+02:00'],
    ['COMMAND_NAME', '/eks'],
    ['COMMAND_NAME', 'EKS'],
    ['DATABASE_URL', 'data/eks.db'],
    ['DISCORD_API_URL', 'discord.com'],
    ['DISCORD_GUILD_ID', 'my server'],
    ['DISCORD_SHARDS', '3-1/4'],
    ['DISCORD_SHARDS', '0-4/4'],
    ['DISCORD_SHARDS', '0,1'],
    ['NOTES_URL', 'javascript:alert(1)'],
    ['NOTES_URL', 'github.com/team/notes'],
    ['NOTES_URL', 'https://example.com/notes?at=main'],
    ['NOTES_URL', 'https://token@example.com/notes'],
    ['DISCORD_TOKEN', 'Bot abc'],
    ['SECRET_KEY', 'c2hvcnQ='],
  ])('refuses %s=%s', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringContaining(name)]);
  });

  it('never shows a secret, neither in a message nor in a log', () => {
    const hidden = 'hidden-value';
    const config = parseConfig({
      DISCORD_TOKEN: hidden,
      SLACK_BOT_TOKEN: `xoxb-${hidden}`,
      SLACK_APP_TOKEN: `xapp-${hidden}`,
      DATABASE_URL: `postgresql://eks:${hidden}@db/eks`,
      SECRET_KEY: secretKey,
    });
    const shown = [
      inspect(config, { depth: 9, showHidden: true }),
      JSON.stringify(config),
      `${config.databaseUrl}`,
    ];
    for (const text of shown) {
      expect(text).not.toContain(hidden);
      expect(text).not.toContain(secretKey);
    }
    expect(config.discord?.token.reveal()).toBe(hidden);
    expect(
      problemsOf({ SLACK_BOT_TOKEN: `xapp-${hidden}`, DISCORD_TOKEN: `a ${hidden}` }).join(),
    ).not.toContain(hidden);
  });

  it('turns the local chat off beside a platform, unless it is asked for', () => {
    expect(parseConfig({ DISCORD_TOKEN: 'x' }).localChat).toBe(false);
    expect(parseConfig({ DISCORD_TOKEN: 'x', LOCAL_CHAT: 'on' }).localChat).toBe(true);
    expect(parseConfig({ LOCAL_CHAT: 'off' }).localChat).toBe(false);
  });

  it('takes the address of the notes with or without a slash at the end', () => {
    const notes = 'https://github.com/team/notes/blob/main';
    expect(parseConfig({}).notesUrl).toBeUndefined();
    expect(parseConfig({ NOTES_URL: notes }).notesUrl).toBe(notes);
    expect(parseConfig({ NOTES_URL: `${notes}//` }).notesUrl).toBe(notes);
  });

  it('knows the three ways into Slack', () => {
    const bot = { SLACK_BOT_TOKEN: 'xoxb-1' };
    expect(parseConfig({ ...bot, SLACK_APP_TOKEN: 'xapp-1' }).slack?.mode).toBe('socket');
    expect(parseConfig({ ...bot, SLACK_SIGNING_SECRET: 's' }).slack?.mode).toBe('http');
    expect(parseConfig({ ...oauth, SECRET_KEY: secretKey }).slack?.mode).toBe('oauth');
  });

  it.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN'],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN'],
    [{ SLACK_SIGNING_SECRET: 's' }, 'SLACK_BOT_TOKEN'],
    [{ SLACK_CLIENT_ID: '1' }, 'SLACK_SIGNING_SECRET, SLACK_CLIENT_SECRET, SLACK_STATE_SECRET, SECRET_KEY'],
    [oauth, 'SECRET_KEY'],
    [{ ...oauth, SECRET_KEY: secretKey, SLACK_BOT_TOKEN: 'xoxb-1' }, 'two ways'],
    [{ SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xapp-1' }, 'bot token'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xoxb-1' }, 'app-level token'],
  ])('explains a half-set Slack: %j', (environment, words) => {
    expect(problemsOf(environment)).toEqual([expect.stringContaining(words)]);
  });

  it('reads which gateway shards a process holds', () => {
    const shardsOf = (DISCORD_SHARDS?: string) =>
      parseConfig({ DISCORD_TOKEN: 'x', DISCORD_SHARDS }).discord?.shards;
    expect(shardsOf('1-3/16')).toEqual({ ids: [1, 2, 3], count: 16 });
    expect(shardsOf('0/1')).toEqual({ ids: [0], count: 1 });
    expect(shardsOf()).toBe('auto');
  });

  it('gives base addresses the slash that their clients expect', () => {
    const config = parseConfig({
      DISCORD_TOKEN: 'x',
      DISCORD_API_URL: 'http://127.0.0.1:9/api/',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      SLACK_API_URL: 'http://127.0.0.1:9/slack',
    });
    expect(config.discord?.apiUrl).toBe('http://127.0.0.1:9/api');
    expect(config.slack?.apiUrl).toBe('http://127.0.0.1:9/slack/');
  });
});

describe('.env', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'eks-config-'));
  const file = path.join(folder, '.env');
  afterEach(() => rmSync(file, { recursive: true, force: true }));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('adds what the environment does not set', () => {
    writeFileSync(file, '\uFEFF# a comment\r\nPORT=4000\r\nHOST="0.0.0.0"\r\n');
    const config = parseConfig(withDotEnv({ PORT: '5000' }, folder));
    expect(config).toMatchObject({ port: 5000, host: '0.0.0.0' });
  });

  it('may be missing', () => {
    expect(withDotEnv({ PORT: '1' }, folder)).toEqual({ PORT: '1' });
  });

  it('is named when it cannot be read', () => {
    mkdirSync(file);
    expect(() => withDotEnv({}, folder)).toThrow(/\.env cannot be read/);
  });
});

describe('.env.example', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../.env.example'), 'utf8');
  const lines = text.split('\n');

  it('names exactly the variables that are read, each with a line about it', () => {
    const named = lines.flatMap((line) => /^([A-Z_]+)=/.exec(line)?.[1] ?? []);
    expect([...named].sort()).toEqual([...variableNames].sort());
    for (const [index, line] of lines.entries()) {
      if (/^[A-Z_]+=/.test(line)) expect(lines[index - 1]).toMatch(/^# \S/);
    }
  });

  it('holds the defaults, so that copying it changes nothing', () => {
    const copied = Object.fromEntries(
      lines.flatMap((line) => (/^[A-Z]/.test(line) ? [line.split(/=(.*)/s)] : [])),
    );
    expect(JSON.stringify(parseConfig(copied))).toBe(JSON.stringify(parseConfig({})));
    expect(parseConfig(copied).databaseUrl.reveal()).toBe(parseConfig({}).databaseUrl.reveal());
  });
});
