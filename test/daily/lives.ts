import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { z } from 'zod';
import { addressOf, type Process, type Processes } from '../house/process.js';

/** All that happens for a post, in order; REQUEST is the platform's own. Reads change nothing: before one is after a write. */
const POST = [
  'before claim',
  'before move on',
  'before commit of claim',
  'after commit of claim',
  'before try',
  'before commit of try',
  'after commit of try',
  'before REQUEST',
  'after REQUEST',
  'before posted',
  'before commit of posted',
  'after commit of posted',
];
const REVEAL = [
  'before try',
  'before commit of try',
  'after commit of try',
  'before REQUEST',
  'after REQUEST',
  'before closed',
  'before commit of closed',
  'after commit of closed',
];
/** Where it makes no difference to be killed: nothing has changed since the step before, for the database or the platform. */
const AS_BEFORE = [
  'before claim',
  'before move on',
  'after commit of try',
  'before try',
  'before posted',
  'before closed',
];
/** With KILL_AT=all those are tried too. */
const isTried = (step: string) => process.env['KILL_AT'] === 'all' || !AS_BEFORE.includes(step);
/** Lives at once, beside the one that stays away for hours: each waits for its clock more than it works. */
const LANES = 3;

/** A platform on the loopback, with one channel for the quiz. */
export interface Channel {
  readonly environment: Readonly<Record<string, string>>;
  /** The requests that post and that reveal. */
  readonly requests: { readonly post: string; readonly edit: string };
  /** An admin sets the quiz up: every day at 12:00 UTC, open for an hour. */
  readonly setUp: () => Promise<unknown>;
  /** What each message in the channel says. */
  readonly messages: () => readonly string[];
  /** While the process is down the platform forgets what it knows for minutes only. */
  readonly minutesPass: () => void;
  readonly violations: () => readonly unknown[];
}

/** One day: at which step of the post and of the reveal the process is killed, if at all. */
interface Day {
  readonly post?: string | undefined;
  readonly reveal?: string | undefined;
  /** When it is started again after a kill at the post, where that is after the quiz was to end; else two minutes later. */
  readonly backAt?: string;
  /** How many messages the day leaves in the channel; 1 where absent. */
  readonly messages?: number;
}

const DAY_MS = 24 * 60 * 60_000;
const PRELOAD = pathToFileURL(path.join(import.meta.dirname, 'killable.mjs')).href;
const LOOK_MS = 200;
/** A tick comes every five seconds; after so many looks more time passes for the program. */
const PATIENT_LOOKS = 75;
const STEP_MS = 4 * 60_000;
/** Within the hour that the quiz is open. */
const MOST_LOOKS = 12 * PATIENT_LOOKS;

/**
 * Kills the built program by SIGKILL at each step of a post and of a reveal, and starts it again: each day must leave
 * one message in the channel, and that revealed; none where it is too late to post. Several channels are lived in at
 * once, each with its own database.
 */
export async function surviveKills(house: Processes, newChannel: () => Promise<Channel>): Promise<void> {
  const whole = await newChannel();
  const { post, edit } = whole.requests;
  const posting = POST.map((step) => step.replace('REQUEST', post));
  const revealing = REVEAL.map((step) => step.replace('REQUEST', edit));
  const [posts, reveals] = [posting.filter(isTried), revealing.filter(isTried)];
  const days = posts.map((step, index): Day => ({ post: step, reveal: reveals[index] }));
  const lanes = Array.from({ length: LANES }, async (_, lane) =>
    live(
      house,
      `lane-${lane}`,
      await newChannel(),
      days.filter((_day, index) => index % LANES === lane),
    ),
  );
  const away = { backAt: '15:10:00' };
  const steps = await live(house, 'away', whole, [
    { post: `after ${post}`, ...away },
    { post: `before ${post}`, ...away, messages: 0 },
    {},
  ]);
  expect(steps.slice(steps.indexOf('before claim'))).toEqual([...posting, ...revealing]);
  await Promise.all(lanes);
}

/**
 * The built program on one database and one channel for some days, killed and started again; checks the channel after
 * each day. Its clock is weeks behind, so that no message is ever older than the claim that it follows.
 * @returns the steps of the last life
 */
async function live(
  { folder, start }: Processes,
  name: string,
  channel: Channel,
  days: readonly Day[],
): Promise<readonly string[]> {
  const home = path.join(folder, name);
  mkdirSync(home);
  const [order, steps] = [path.join(home, 'order.json'), path.join(home, 'steps')];
  const first = Math.floor(Date.now() / DAY_MS) * DAY_MS - 28 * DAY_MS;
  let aheadMs = 0;
  const give = (killAt?: string) => writeFileSync(order, JSON.stringify({ aheadMs, killAt }));
  const setClock = (day: number, time: string) => {
    const at = new Date(first + day * DAY_MS).toISOString().replace('00:00:00', time);
    aheadMs = Date.parse(at) - Date.now();
  };
  const begin = async (day: number, time: string): Promise<Process> => {
    setClock(day, time);
    give();
    writeFileSync(steps, '');
    const process = start({
      ...channel.environment,
      DATABASE_URL: `file:${home}/eks.db`,
      NODE_OPTIONS: `--import=${PRELOAD}`,
      KILLABLE_ORDER: order,
      KILLABLE_STEPS: steps,
    });
    await addressOf(process);
    return process;
  };
  /** Waits, and lets more time pass where it takes long: what failed on a busy machine is tried again by the clock. */
  const until = async (process: Process, isSo: () => boolean, killAt?: string) => {
    for (let looks = 1; !isSo(); looks += 1) {
      if (looks > MOST_LOOKS) throw new Error(`it did not come: ${channel.messages().join('\n---\n')}`);
      await sleep(LOOK_MS);
      if (looks % PATIENT_LOOKS !== 0) continue;
      aheadMs += STEP_MS;
      give(killAt);
      process.child.kill('SIGUSR2');
    }
  };
  /** Lets the time come; where it brings a kill, the process is another one afterwards. */
  const come = async (process: Process, day: number, time: string, killAt?: string, backAt = time) => {
    setClock(day, time);
    give(killAt);
    process.child.kill('SIGUSR2');
    if (killAt === undefined) return process;
    await until(process, () => process.child.signalCode !== null, killAt);
    expect(process.child.signalCode, process.err()).toBe('SIGKILL');
    expect(readFileSync(steps, 'utf8').trim().split('\n').at(-1)).toBe(killAt);
    channel.minutesPass();
    return begin(day, backAt);
  };
  let process = await begin(0, '11:50:00');
  await channel.setUp();
  let expected = 0;
  for (const [day, { post, reveal, backAt, messages = 1 }] of days.entries()) {
    expected += messages;
    try {
      process = await come(process, day, '12:00:30', post, backAt ?? '12:02:30');
      await until(process, () => channel.messages().length === expected);
      if (backAt === undefined) process = await come(process, day, '13:00:30', reveal, '13:02:30');
      await until(process, () => open(channel).length + unfinished(home).length === 0);
      expect(channel.messages()).toHaveLength(expected);
    } catch (cause) {
      const told = `day ${day + 1}, killed at the post ${post}, at the reveal ${reveal}`;
      throw new Error(`${told}: ${String(cause)}\n${process.err()}`, { cause });
    }
  }
  process.child.kill('SIGTERM');
  expect(await process.exited, process.err()).toBe(0);
  expect(channel.violations()).toEqual([]);
  return readFileSync(steps, 'utf8').trim().split('\n');
}

const open = ({ messages }: Channel) => messages().filter((text) => !text.includes('Daily quiz · answer'));

const Row = z.object({ localDate: z.string(), status: z.string() });

/** Quizzes of which something is still to come. */
function unfinished(home: string): readonly unknown[] {
  const database = new Database(path.join(home, 'eks.db'), { readonly: true });
  try {
    const rows = z.array(Row).parse(database.prepare('SELECT "localDate", "status" FROM "Quiz"').all());
    return rows.filter(({ status }) => status !== 'closed' && status !== 'given-up');
  } finally {
    database.close();
  }
}
