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
 * each day.
 * @returns the steps of the last life
 */
async function live(
  house: Processes,
  name: string,
  channel: Channel,
  days: readonly Day[],
): Promise<readonly string[]> {
  const life = new Life(house, path.join(house.folder, name), channel);
  await life.start(0, '11:50:00');
  await channel.setUp();
  let expected = 0;
  for (const [day, { post, reveal, backAt, messages = 1 }] of days.entries()) {
    expected += messages;
    try {
      await life.come(day, '12:00:30', post, backAt ?? '12:02:30');
      await life.until(() => channel.messages().length === expected);
      if (backAt === undefined) await life.come(day, '13:00:30', reveal, '13:02:30');
      await life.until(() => open(channel).length + life.unfinished().length === 0);
      expect(channel.messages()).toHaveLength(expected);
    } catch (cause) {
      const told = `day ${day + 1}, killed at the post ${post}, at the reveal ${reveal}`;
      throw new Error(`${told}: ${String(cause)}\n${life.process.err()}`, { cause });
    }
  }
  life.process.child.kill('SIGTERM');
  expect(await life.process.exited, life.process.err()).toBe(0);
  expect(channel.violations()).toEqual([]);
  return life.steps();
}

/** A program that is told the time, and where it is to be killed. */
class Life {
  readonly #house: Processes;
  readonly #home: string;
  readonly #channel: Channel;
  /** Weeks behind, so that no message is ever older than the claim that it follows. */
  readonly #first = Math.floor(Date.now() / DAY_MS) * DAY_MS - 28 * DAY_MS;
  #aheadMs = 0;
  #process: Process | undefined;

  constructor(house: Processes, home: string, channel: Channel) {
    this.#house = house;
    this.#home = home;
    this.#channel = channel;
    mkdirSync(home);
  }

  /** The process that lives now. */
  get process(): Process {
    return this.#process ?? expect.fail('it was not started');
  }

  /** What the process has done since it started. */
  steps(): readonly string[] {
    return readFileSync(this.#file('steps'), 'utf8').trim().split('\n');
  }

  async start(day: number, time: string): Promise<void> {
    this.#order(day, time);
    writeFileSync(this.#file('steps'), '');
    this.#process = this.#house.start({
      ...this.#channel.environment,
      DATABASE_URL: `file:${this.#file('eks.db')}`,
      NODE_OPTIONS: `--import=${PRELOAD}`,
      KILLABLE_ORDER: this.#file('order.json'),
      KILLABLE_STEPS: this.#file('steps'),
    });
    await addressOf(this.#process);
  }

  /** Lets the time come; where it brings a kill, the process is another one afterwards. */
  async come(day: number, time: string, killAt?: string, backAt = time): Promise<void> {
    const { child, err } = this.process;
    this.#order(day, time, killAt);
    child.kill('SIGUSR2');
    if (killAt === undefined) return;
    await this.until(() => child.signalCode !== null, killAt);
    expect(child.signalCode, err()).toBe('SIGKILL');
    expect(this.steps().at(-1)).toBe(killAt);
    this.#channel.minutesPass();
    await this.start(day, backAt);
  }

  /** Waits, and lets more time pass where it takes long: what failed on a busy machine is tried again by the clock. */
  async until(isSo: () => boolean, killAt?: string): Promise<void> {
    for (let looks = 1; !isSo(); looks += 1) {
      if (looks > MOST_LOOKS) throw new Error(`it did not come: ${this.#channel.messages().join('\n---\n')}`);
      await sleep(LOOK_MS);
      if (looks % PATIENT_LOOKS !== 0) continue;
      this.#aheadMs += STEP_MS;
      this.#write(killAt);
      this.process.child.kill('SIGUSR2');
    }
  }

  /** Quizzes of which something is still to come. */
  unfinished(): readonly unknown[] {
    const database = new Database(this.#file('eks.db'), { readonly: true });
    try {
      const rows = z.array(Row).parse(database.prepare('SELECT "localDate", "status" FROM "Quiz"').all());
      return rows.filter(({ status }) => status !== 'closed' && status !== 'given-up');
    } finally {
      database.close();
    }
  }

  #file(name: string): string {
    return path.join(this.#home, name);
  }

  #order(day: number, time: string, killAt?: string): void {
    const at = new Date(this.#first + day * DAY_MS).toISOString().replace('00:00:00', time);
    this.#aheadMs = Date.parse(at) - Date.now();
    this.#write(killAt);
  }

  #write(killAt: string | undefined): void {
    writeFileSync(this.#file('order.json'), JSON.stringify({ aheadMs: this.#aheadMs, killAt }));
  }
}

const open = ({ messages }: Channel) => messages().filter((text) => !text.includes('Daily quiz · answer'));

const Row = z.object({ localDate: z.string(), status: z.string() });
