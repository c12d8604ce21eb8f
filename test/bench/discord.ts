import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadLibrary } from '../../src/notes/library.js';
import { type Discord, startDiscord } from '../platforms/discord/loopback/discord.js';
import type { Measure } from './measure.js';
import { cpuOf, type Driven, drive, driveByTurns, here, lateness, p99Of, type Span } from './pace.js';

const ROUNDS = 5;
const PACE = { perSecond: 100, seconds: 10 };
const LONG_PACE = { perSecond: 200, seconds: 60 };
const WARM_UP = { perSecond: 100, seconds: 5 };
/** Discord's own limit for the first answer. */
const ANSWER_WITHIN_MS = 3_000;
const READY_WITHIN_MS = 30_000;
const PEOPLE = 50;

/** A bot in a process of its own, on a Discord of its own. */
interface Rig extends Driven {
  readonly discord: Discord;
}

/** Processor time and waiting for one interaction of the built bot, by turns with a bare discord.js bot. */
export async function benchDiscord(): Promise<readonly Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'eks-bench-'));
  const rigs: Rig[] = [];
  try {
    const terms = (await loadLibrary('content')).concepts.map(({ term }) => term);
    const database = { DATABASE_URL: `file:${path.join(folder, 'eks.db')}`, LOG_LEVEL: 'error' };
    const ours = await start('dist/main.js', { ...database, PORT: '0' }, terms);
    rigs.push(ours);
    const bare = await start(here('bare-discord-bot.mjs'), {}, terms);
    rigs.push(bare);
    for (const rig of rigs) await drive(rig, WARM_UP);
    const spans = await driveByTurns(ROUNDS, { ours, bare }, PACE);
    await stop(bare);
    const long = await drive(ours, LONG_PACE);
    return measures(spans.ours, spans.bare, long);
  } finally {
    await Promise.all(rigs.map(stop));
    rmSync(folder, { recursive: true, force: true });
  }
}

function measures(ours: readonly Span[], bare: readonly Span[], long: Span): readonly Measure[] {
  const floorIs = 'a bare discord.js bot';
  const pace = `at ${PACE.perSecond} explain a second`;
  const cpu = { value: cpuOf(ours), floor: cpuOf(bare) };
  const wait = { value: p99Of(ours), floor: p99Of(bare) };
  return [
    {
      what: `Discord, processor time of an interaction ${pace}`,
      ...cpu,
      unit: 'ms',
      floorIs,
      aim: 'at most 1.5 x the floor',
      reached: cpu.value <= 1.5 * cpu.floor,
    },
    {
      what: `Discord, what 99 of 100 wait at most ${pace}`,
      ...wait,
      unit: 'ms',
      floorIs,
      aim: 'at most twice the floor',
      reached: wait.value <= 2 * wait.floor,
    },
    {
      what: `Discord, what 99 of 100 wait at most at ${LONG_PACE.perSecond} a second for ${LONG_PACE.seconds} s`,
      value: p99Of([long]),
      floor: wait.floor,
      unit: 'ms',
      floorIs: `${floorIs} ${pace}`,
      aim: `under ${ANSWER_WITHIN_MS} ms`,
      reached: p99Of([long]) < ANSWER_WITHIN_MS,
    },
    {
      what: `Discord, not answered in time at ${LONG_PACE.perSecond} a second for ${LONG_PACE.seconds} s`,
      value: long.lost,
      floor: long.sent,
      unit: 'interactions',
      floorIs: 'all that were sent',
      aim: 'none',
      reached: long.lost === 0,
    },
    lateness('Discord', [...ours, ...bare, long]),
  ];
}

/** Starts a program on a new Discord and waits until its command is registered. */
async function start(
  program: string,
  environment: Readonly<Record<string, string>>,
  terms: readonly string[],
): Promise<Rig> {
  const discord = await startDiscord({ validates: false, patienceMs: ANSWER_WITHIN_MS });
  const child = spawn(process.execPath, ['--import', here('report-cpu.mjs'), program], {
    env: {
      PATH: process.env['PATH'],
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.api,
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const channel = discord.channel(discord.guild());
  const seats = Array.from({ length: PEOPLE }, (_, at) => discord.person({ name: `ann-${at}` }).in(channel));
  const end = performance.now() + READY_WITHIN_MS;
  while (discord.commands.list().length === 0) {
    if (child.exitCode !== null) throw new Error(`${program} ended with status ${child.exitCode}`);
    if (performance.now() > end) throw new Error(`${program} was not ready in time`);
    await sleep(20);
  }
  const ask = async (number: number) => {
    const began = performance.now();
    await seats[number % seats.length]?.runs('eks explain', { query: terms[number % terms.length] ?? '' });
    return performance.now() - began;
  };
  return { discord, child, ask };
}

async function stop({ child, discord }: Rig): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
    await discord.close();
  }
}
