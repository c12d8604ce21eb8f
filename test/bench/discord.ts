import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { loadLibrary } from '../../src/notes/library.js';
import { type Discord, startDiscord } from '../platforms/discord/loopback/discord.js';
import type { Seat } from '../platforms/discord/loopback/seat.js';
import { type Measure, median, quantile } from './measure.js';

const ROUNDS = 5;
const PACE = { perSecond: 100, seconds: 10 };
const LONG_PACE = { perSecond: 200, seconds: 60 };
const WARM_UP = { perSecond: 100, seconds: 5 };
/** Discord's own limit for the first answer. */
const ANSWER_WITHIN_MS = 3_000;
const READY_WITHIN_MS = 30_000;
/** Interactions that are sent later than this are the bench's own fault. */
const LATE_MS = 100;
const PEOPLE = 50;

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const Report = z.object({ cpuMs: z.number() });

/** What a span of interactions at a steady pace cost. */
interface Span {
  readonly sent: number;
  /** Sent so much later than planned that the pace was not kept. */
  readonly late: number;
  /** Not answered in time. */
  readonly lost: number;
  /** Processor time of the bot's process for one interaction, in ms. */
  readonly cpuMs: number;
  /** From dispatch to callback, in ms. */
  readonly waits: readonly number[];
}

/** A bot in a process of its own, on a Discord of its own. */
interface Rig {
  readonly discord: Discord;
  readonly child: ChildProcess;
  readonly seats: readonly Seat[];
}

/** Processor time and waiting for one interaction of the built bot, by turns with a bare discord.js bot. */
export async function benchDiscord(): Promise<readonly Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'eks-bench-'));
  const rigs: Rig[] = [];
  try {
    const terms = (await loadLibrary('content')).concepts.map(({ term }) => term);
    const database = { DATABASE_URL: `file:${path.join(folder, 'eks.db')}`, LOG_LEVEL: 'error' };
    const ours = await start('dist/main.js', { ...database, PORT: '0' });
    rigs.push(ours);
    const bare = await start(here('bare-discord-bot.mjs'), {});
    rigs.push(bare);
    for (const rig of rigs) await drive(rig, terms, WARM_UP);
    const spans: { ours: Span[]; bare: Span[] } = { ours: [], bare: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      spans.bare.push(await drive(bare, terms, PACE));
      spans.ours.push(await drive(ours, terms, PACE));
    }
    await stop(bare);
    const long = await drive(ours, terms, LONG_PACE);
    return measures(spans.ours, spans.bare, long);
  } finally {
    await Promise.all(rigs.map(stop));
    rmSync(folder, { recursive: true, force: true });
  }
}

function measures(ours: readonly Span[], bare: readonly Span[], long: Span): readonly Measure[] {
  const floorIs = 'a bare discord.js bot';
  const pace = `at ${PACE.perSecond} explain a second`;
  const cpu = { value: median(ours.map(cpuOf)), floor: median(bare.map(cpuOf)) };
  const wait = { value: median(ours.map(p99)), floor: median(bare.map(p99)) };
  const late = [...ours, ...bare, long].reduce((sum, span) => sum + span.late, 0);
  const sent = [...ours, ...bare, long].reduce((sum, span) => sum + span.sent, 0);
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
      value: p99(long),
      floor: wait.floor,
      unit: 'ms',
      floorIs: `${floorIs} ${pace}`,
      aim: `under ${ANSWER_WITHIN_MS} ms`,
      reached: p99(long) < ANSWER_WITHIN_MS,
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
    {
      what: `Discord, sent over ${LATE_MS} ms late by the bench itself`,
      value: late,
      floor: sent,
      unit: 'interactions',
      floorIs: 'all that were sent',
      aim: 'under 1 in 100, or the computer was too busy to measure',
      reached: late < sent / 100,
    },
  ];
}

const cpuOf = ({ cpuMs }: Span) => cpuMs;
const p99 = ({ waits }: Span) => quantile(waits, 0.99);

/** Starts a program on a new Discord and waits until its command is registered. */
async function start(program: string, environment: Readonly<Record<string, string>>): Promise<Rig> {
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
  return { discord, child, seats };
}

async function stop({ child, discord }: Rig): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
    await discord.close();
  }
}

/** Sends one interaction after the other at a steady pace, whether or not the earlier ones are answered. */
async function drive(
  { child, seats }: Rig,
  terms: readonly string[],
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<Span> {
  const total = perSecond * seconds;
  const waits: number[] = [];
  const answers: Promise<void>[] = [];
  let late = 0;
  let lost = 0;
  const ask = async (number: number) => {
    const began = performance.now();
    try {
      await seats[number % seats.length]?.runs('eks explain', { query: terms[number % terms.length] ?? '' });
      waits.push(performance.now() - began);
    } catch {
      lost += 1;
    }
  };
  const before = await processorTime(child);
  const began = performance.now();
  while (answers.length < total) {
    const elapsed = performance.now() - began;
    // Whatever has come due meanwhile is sent now, so that a busy moment does not lower the pace.
    for (let due = Math.min(total, Math.floor((elapsed * perSecond) / 1000) + 1); answers.length < due; ) {
      if (elapsed - (answers.length * 1000) / perSecond > LATE_MS) late += 1;
      answers.push(ask(answers.length));
    }
    await sleep(1);
  }
  await Promise.all(answers);
  const cpuMs = ((await processorTime(child)) - before) / total;
  return { sent: total, late, lost, cpuMs, waits };
}

async function processorTime(child: ChildProcess): Promise<number> {
  child.send('report');
  const [report] = await once(child, 'message');
  return Report.parse(report).cpuMs;
}
