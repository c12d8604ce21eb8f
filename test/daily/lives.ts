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
const IS_ALL = process.env['KILL_AT'] === 'all';
/**
 * Where it is killed unless KILL_AT=all, for each costs a start of the program: a request is on its way, or has arrived
 * and is about to be noted. What is the database's alone is tried at every step by kill.test.ts too.
 */
const CHOSEN = ['before REQUEST', 'before commit of posted', 'before commit of closed'];
const isTried = (step: string) => IS_ALL || CHOSEN.includes(step);
/** Lives at once, beside the one that stays away for hours: each waits more than it works. */
const LANES = IS_ALL ? 3 : 1;

/** A platform on the loopback, with one channel for the quiz. */
export interface Channel {
  readonly environment: Readonly<Record<string, string>>;
  /** The requests that post, that reveal, and that look for what was posted. */
  readonly requests: { readonly post: string; readonly edit: string; readonly find: string };
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
/** After so many looks more time passes for the program. */
const PATIENT_LOOKS = 75;
const STEP_MS = 4 * 60_000;
/** Within the hour that the quiz is open. */
const MOST_LOOKS = 12 * PATIENT_LOOKS;

/**
 * Kills the built program by SIGKILL at steps of a post and of a reveal, and starts it again: each day must leave one
 * message in the channel, and that revealed; none where it is too late to post. Several channels are lived in at once,
 * each with its own database.
 */
export async function surviveKills(house: Processes, newChannel: () => Promise<Channel>): Promise<void> {
  const whole = await newChannel();
  const { post, edit, find } = whole.requests;
  const asPost = (step: string) => step.replace('REQUEST', post);
  const asReveal = (step: string) => step.replace('REQUEST', edit);
  const reveals = REVEAL.filter(isTried).map(asReveal);
  const posts = POST.filter(isTried).map(asPost);
  const days = posts.map((post, index): Day => ({ post, reveal: reveals[index] }));
  const lanes = Array.from({ length: LANES }, async (_, lane) =>
    live(
      house,
      `lane-${lane}`,
      await newChannel(),
      days.filter((_day, index) => index % LANES === lane),
    ),
  );
  const away = { backAt: '15:10:00' };
  const late = live(house, 'away', whole, [
    { post: `after ${post}`, ...away },
    ...(IS_ALL ? [{ post: `before ${post}`, ...away, messages: 0 }] : []),
    {},
  ]);
  const [steps] = await Promise.all([late, ...lanes]);
  // On a busy machine a request may fail, and then comes again after a look.
  const told = steps.slice(steps.indexOf('before claim')).filter((step) => !step.endsWith(find));
  expect([...new Set(told)]).toEqual([...new Set([...POST.map(asPost), ...REVEAL.map(asReveal)])]);
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
