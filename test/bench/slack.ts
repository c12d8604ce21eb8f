import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { loadLibrary } from '../../src/notes/library.js';
import { type Slack, startSlack } from '../platforms/slack/loopback/slack.js';
import type { Measure } from './measure.js';
import { cpuOf, type Driven, drive, driveByTurns, here, lateness, p99Of, type Span } from './pace.js';

const ROUNDS = 5;
const PACE = { perSecond: 100, seconds: 8 };
const WARM_UP = { perSecond: 50, seconds: 5 };
const ACKNOWLEDGE_WITHIN_MS = 3_000;
const READY_WITHIN_MS = 30_000;
const PEOPLE = 50;

const MODES = [
  ['socket', 'Socket Mode'],
  ['http', 'HTTP'],
] as const;
type Mode = (typeof MODES)[number][0];

interface Rig extends Driven {
  readonly slack: Slack;
}

/** Processor time and acknowledgement of a command to the built bot, by turns with a bare Bolt app, in both modes. */
export async function benchSlack(): Promise<readonly Measure[]> {
  const terms = (await loadLibrary('content')).concepts.map(({ term }) => term);
  const measured: Measure[] = [];
  for (const [mode, name] of MODES) measured.push(...(await benchMode(mode, name, terms)));
  return measured;
}

async function benchMode(mode: Mode, name: string, terms: readonly string[]): Promise<readonly Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'eks-bench-'));
  const rigs: Rig[] = [];
  try {
    const database = { DATABASE_URL: `file:${path.join(folder, 'eks.db')}`, LOG_LEVEL: 'error' };
    const ours = await start('dist/main.js', mode, database, terms);
    rigs.push(ours);
    const bare = await start(here('bare-slack-app.mjs'), mode, {}, terms);
    rigs.push(bare);
    for (const rig of rigs) await drive(rig, WARM_UP);
    const spans = await driveByTurns(ROUNDS, { ours, bare }, PACE);
    return measures(`Slack over ${name}`, spans);
  } finally {
    await Promise.all(rigs.map(stop));
    rmSync(folder, { recursive: true, force: true });
  }
}

function measures(
  what: string,
  { ours, bare }: { readonly ours: readonly Span[]; readonly bare: readonly Span[] },
): readonly Measure[] {
  const floorIs = 'a bare Bolt app';
  const pace = `at ${PACE.perSecond} explain a second`;
  const cpu = { value: cpuOf(ours), floor: cpuOf(bare) };
  const acknowledged = { value: p99Of(ours), floor: p99Of(bare) };
  const lost = ours.reduce((sum, span) => sum + span.lost, 0);
  return [
    {
      what: `${what}, processor time of a command ${pace}`,
      ...cpu,
      unit: 'ms',
      floorIs,
      aim: 'at most 1.5 x the floor',
      reached: cpu.value <= 1.5 * cpu.floor,
    },
    {
      what: `${what}, what 99 of 100 wait at most for the acknowledgement ${pace}`,
      ...acknowledged,
      unit: 'ms',
      floorIs,
      aim: 'under 50 ms',
      reached: acknowledged.value < 50,
    },
    {
      what: `${what}, not acknowledged or not answered in time ${pace}`,
      value: lost,
      floor: ours.reduce((sum, span) => sum + span.sent, 0),
      unit: 'commands',
      floorIs: 'all that were sent',
      aim: 'none',
      reached: lost === 0,
    },
    lateness(what, [...ours, ...bare]),
  ];
}

/** Starts a program on a Slack of its own, and waits until it can be reached. */
async function start(
  program: string,
  mode: Mode,
  environment: Readonly<Record<string, string>>,
  terms: readonly string[],
): Promise<Rig> {
  const slack = await startSlack({
    validates: false,
    answerMs: ACKNOWLEDGE_WITHIN_MS,
    patienceMs: 2 * ACKNOWLEDGE_WITHIN_MS,
  });
  const workspace = slack.workspace();
  const port = await freePort();
  const tokens: Record<string, string> =
    mode === 'socket' ? { SLACK_APP_TOKEN: slack.appToken } : { SLACK_SIGNING_SECRET: slack.signingSecret };
  const child = spawn(process.execPath, ['--import', here('report-cpu.mjs'), program], {
    env: {
      PATH: process.env['PATH'],
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: workspace.token,
      PORT: port,
      ...tokens,
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const url = `http://127.0.0.1:${port}/slack/events`;
  if (mode === 'http') slack.sendsTo(url);
  await ready(child, program, mode === 'socket' ? () => slack.connections > 0 : () => listens(url));
  const channel = workspace.channel();
  const seats = Array.from({ length: PEOPLE }, (_, at) =>
    workspace.person({ name: `ann-${at}` }).in(channel),
  );
  const ask = async (number: number) => {
    const seen = await seats[number % seats.length]?.runs(
      `/eks explain ${terms[number % terms.length] ?? ''}`,
    );
    // The answer may overtake the acknowledgement on its way.
    const end = performance.now() + ACKNOWLEDGE_WITHIN_MS;
    while (seen?.acknowledgedAfter === undefined && performance.now() < end) await sleep(1);
    if (seen?.acknowledgedAfter === undefined || seen.problem) throw new Error('not answered in time');
    return seen.acknowledgedAfter;
  };
  return { slack, child, ask };
}

async function ready(
  child: ChildProcess,
  program: string,
  isReady: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = performance.now() + READY_WITHIN_MS;
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`${program} ended with status ${child.exitCode}`);
    if (performance.now() > end) throw new Error(`${program} was not ready in time`);
    await sleep(50);
  }
}

async function listens(url: string): Promise<boolean> {
  return fetch(url, { method: 'POST' }).then(
    () => true,
    () => false,
  );
}

async function stop({ child, slack }: Rig): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await slack.close();
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  server.close();
  await once(server, 'close');
  return String(port);
}
