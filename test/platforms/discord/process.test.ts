import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { addressOf, type Process, processes } from '../../house/process.js';
import { type Discord, startDiscord } from './loopback/discord.js';

const { folder, start } = processes('discord');

async function discordFor(): Promise<{ discord: Discord; environment: Record<string, string> }> {
  // A new process on a busy machine may need long for its first answer; how long is not what is tested here.
  const discord = await startDiscord({ answerMs: 8_000, patienceMs: 8_000 });
  onTestFinished(() => discord.close());
  const environment = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api, LOG_LEVEL: 'trace' };
  return { discord, environment };
}

async function ready(process: Process): Promise<void> {
  await addressOf(process);
}

describe('the process with a Discord token', () => {
  test('answers on Discord, says so, and stops on SIGTERM with the token nowhere in its words', async () => {
    const { discord, environment } = await discordFor();
    const process = start({ ...environment, DATABASE_URL: `file:${folder}/one.db` });
    await ready(process);
    expect(process.out()).toContain('/eks help answers on Discord');
    const ann = discord.person({ name: 'ann' }).in(discord.channel(discord.guild()));
    expect((await ann.runs('explain', { query: 'etcd' })).message.embeds[0]?.title).toBe('etcd');
    process.child.kill('SIGTERM');
    expect(await process.exited).toBe(0);
    expect(process.out() + process.err()).not.toContain(discord.token);
    expect(discord.violations).toEqual([]);
  });

  test('killed between the acknowledgement of a rating and its answer, loses no review and doubles none', async () => {
    const { discord, environment } = await discordFor();
    const kept = { ...environment, DATABASE_URL: `file:${folder}/killed.db` };
    const first = start(kept);
    await ready(first);
    const ann = discord.person({ name: 'ann' }).in(discord.channel(discord.guild()));
    const shown = await (await ann.runs('review')).presses('Show answer');
    const good = shown.message.buttons.find(({ label }) => label?.startsWith('Good'))?.label ?? '';
    // The rating is written before the bot answers, and the answer does not get through.
    discord.troubles.fail({ status: 503, times: 100, on: /callback/ });
    const before = discord.requests.length;
    const rated = shown.presses(good).catch(() => 'no answer');
    while (discord.requests.length === before) await sleep(5);
    first.child.kill('SIGKILL');
    await first.exited;
    discord.troubles.clear();
    expect(await rated).toBe('no answer');
    const second = start(kept);
    await ready(second);
    expect((await ann.runs('today')).message.text).toMatch(/Done today\n1 review\n/);
    expect((await shown.presses(good)).message.text).toContain('already');
    expect((await ann.runs('today')).message.text).toMatch(/Done today\n1 review\n/);
    expect(second.err()).not.toContain('a command failed');
  });

  test('with a wrong one says what to do in a line, while the chat page runs on', async () => {
    const { environment } = await discordFor();
    const wrong = 'MTAw.wrong.of-someone';
    const process = start({
      ...environment,
      DISCORD_TOKEN: wrong,
      LOCAL_CHAT: 'on',
      DATABASE_URL: `file:${folder}/wrong.db`,
    });
    const address = await addressOf(process);
    expect((await fetch(address)).status).toBe(200);
    expect(process.err()).toContain('Discord refuses DISCORD_TOKEN. Copy the token again');
    expect(process.out() + process.err()).not.toContain(wrong);
  });

  test('and with nothing else to run ends with status 1 and that line', async () => {
    const { environment } = await discordFor();
    const process = start({
      ...environment,
      DISCORD_TOKEN: 'MTAw.wrong.of-someone',
      DATABASE_URL: `file:${folder}/alone.db`,
    });
    expect(await process.exited).toBe(1);
    expect(process.err()).toContain('Discord refuses DISCORD_TOKEN. Copy the token again');
    expect(process.err()).not.toMatch(/^\s+at /m);
  });
});
