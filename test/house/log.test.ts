import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseConfig, secretsOf } from '../../src/config.js';
import { root } from './built.js';

const password = 'p"a\\ss word';

/** Logs the texts, one a line, in a process of its own, as the bot does: the log goes to standard error. */
function logged(environment: Readonly<Record<string, string>>, texts: readonly string[]): string {
  const program = `
    import { parseConfig, secretsOf } from './src/config.ts';
    import { createLog } from './src/log.ts';
    const [environment, texts] = JSON.parse(process.argv[1]);
    const config = parseConfig(environment);
    const log = createLog(config, secretsOf(config));
    for (const text of texts) log.error({ err: new Error(text), text }, text);`;
  const args = [
    '--import',
    'tsx',
    '--input-type=module',
    '-e',
    program,
    JSON.stringify([environment, texts]),
  ];
  const { stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stderr;
}

describe('the log', () => {
  it('blots out what is secret, as it stands and as JSON writes it, and stays JSON', () => {
    const environment = {
      DATABASE_URL: `postgresql://eks:${encodeURIComponent(password)}@db/eks`,
      DISCORD_TOKEN: 'token-of-discord',
      SLACK_BOT_TOKEN: 'xoxb-token-of-discord-and-more',
      SLACK_APP_TOKEN: 'xapp-a"b\\c',
    };
    const shown = logged(environment, [password, ...Object.values(environment), 'harmless']);
    for (const part of ['p\\"a', 'ss word', 'p%22a', 'token-of', 'and-more', 'a\\"b'])
      expect(shown).not.toContain(part);
    const lines = shown.trim().split('\n');
    expect(lines).toHaveLength(6);
    const parsed = lines.map((line) => z.looseObject({ msg: z.string() }).parse(JSON.parse(line)).msg);
    expect(parsed).toEqual([
      '[secret]',
      'postgresql://eks:[secret]@db/eks',
      '[secret]',
      '[secret]',
      '[secret]',
      'harmless',
    ]);
  });

  it.each([
    ['postgresql://eks:hidden-one@db/eks', 'hidden-one'],
    ['postgres://eks:hidden@one@db:5432/eks', 'hidden@one'],
    ['postgresql://eks:hidden%40one@db/eks', 'hidden@one'],
    ['postgresql://db/eks?user=eks&password=hidden-one', 'hidden-one'],
    ['postgresql://eks:hidden/one@db/eks?sslmode=require', 'hidden/one'],
  ])('knows the password in %s', (address, secret) => {
    const secrets = secretsOf(parseConfig({ DATABASE_URL: address })).map((one) => one.reveal());
    expect(secrets).toContain(secret);
  });

  it.each(['file:./data/eks.db', 'postgresql://eks@db/eks', 'postgresql://db/eks?sslmode=require'])(
    'finds none in %s',
    (address) => expect(secretsOf(parseConfig({ DATABASE_URL: address }))).toEqual([]),
  );
});
