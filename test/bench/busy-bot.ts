import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Discord } from '../platforms/discord/loopback/discord.js';
import { here } from './pace.js';

const READY_WITHIN_MS = 60_000;
/** Before the moment to which the clock is moved. */
const AHEAD_MS = 1_000;
const LOOK_EVERY_MS = 1_000;
const LEVELS = { warn: 40, error: 50 } as const;

const Report = z.object({ cpuMs: z.number(), rssMiB: z.number() });

/** The built bot in a process of its own, whose clock can be moved. */
export interface BusyBot {
  /** Processor time so far and memory now, with the most memory that was seen. */
  report(): Promise<z.infer<typeof Report> & { readonly mostMiB: number }>;
  /** Lets its clock come to a moment; resolves with when that is by the computer's clock, in ms. */
  reach(at: Date): Promise<number>;
  /** Lines of its log at a level or above it. */
  logged(level: keyof typeof LEVELS): number;
  stop(): Promise<void>;
}

/** Starts the built bot on a Discord and waits until its commands are registered. */
export async function startBusyBot(
  discord: Discord,
  environment: Readonly<Record<string, string>>,
): Promise<BusyBot> {
  const preloads = ['report-cpu.mjs', 'clock.mjs'].flatMap((file) => ['--import', here(file)]);
  const child = spawn(process.execPath, [...preloads, 'dist/main.js'], {
    env: { PATH: process.env['PATH'], LOG_LEVEL: 'warn', PORT: '0', ...environment },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const logged = listen(child);
  const end = performance.now() + READY_WITHIN_MS;
  while (discord.commands.list().length === 0) {
    if (child.exitCode !== null || performance.now() > end) throw new Error('the bot was not ready in time');
    await sleep(50);
  }
  let passedMs = 0;
  let mostMiB = 0;
  const report = async (message: object = {}) => {
    child.send(message);
    const [answer] = await once(child, 'message');
    const { cpuMs, rssMiB } = Report.parse(answer);
    mostMiB = Math.max(mostMiB, rssMiB);
    return { cpuMs, rssMiB, mostMiB };
  };
  const timer = setInterval(() => void report().catch(() => {}), LOOK_EVERY_MS);
  return {
    report,
    async reach(at) {
      const began = Date.now() + AHEAD_MS;
      const passMs = at.getTime() - began - passedMs;
      passedMs += passMs;
      await report({ passMs });
      return began;
    },
    logged: (level) => logged.filter((found) => found >= LEVELS[level]).length,
    async stop() {
      clearInterval(timer);
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
    },
  };
}

const Line = z.object({ level: z.number() });

/** The levels of what the process logs; a line that is no JSON is trouble. Errors are shown. */
function listen(child: ChildProcess): readonly number[] {
  const levels: number[] = [];
  if (child.stderr === null) throw new Error('the bot has no standard error');
  createInterface(child.stderr).on('line', (line) => {
    const level = levelOf(line);
    levels.push(level);
    if (level >= LEVELS.error) process.stderr.write(`${line.slice(0, 1_000)}\n`);
  });
  return levels;
}

function levelOf(line: string): number {
  try {
    return Line.parse(JSON.parse(line)).level;
  } catch {
    return LEVELS.error;
  }
}
