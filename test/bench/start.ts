import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Measure, median } from './measure.js';

const STARTS = 7;
const READY_WITHIN_MS = 30_000;

const bareServer = `require('node:http').createServer((_, response) => response.end()).listen(process.env.PORT, '127.0.0.1')`;

const question = {
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ user: 'bench', text: 'which-node windows' }),
};

interface Start {
  /** Milliseconds from spawning the process to the first 200. */
  readonly ready: number;
  /** Milliseconds from spawning the process to an answer that needs all it has read. */
  readonly answered: number;
  /** MiB resident after that answer. */
  readonly memory: number;
}

/** Start to ready of the built project on the shipped deck, and the memory it then holds. */
export async function benchStart(): Promise<readonly Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'eks-bench-'));
  try {
    const environment = { DATABASE_URL: `file:${path.join(folder, 'eks.db')}`, LOG_LEVEL: 'error' };
    const first = await start(['dist/main.js'], environment);
    const ours: Start[] = [];
    const bare: Start[] = [];
    for (let round = 0; round < STARTS; round += 1) {
      bare.push(await start(['-e', bareServer], {}));
      ours.push(await start(['dist/main.js'], environment));
    }
    const ready = {
      value: median(ours.map((one) => one.ready)),
      floor: median(bare.map((one) => one.ready)),
    };
    const answered = {
      value: median(ours.map((one) => one.answered)),
      floor: median(bare.map((one) => one.answered)),
    };
    const memory = {
      value: median(ours.map((one) => one.memory)),
      floor: median(bare.map((one) => one.memory)),
    };
    const common = { floorIs: 'a bare HTTP server in Node' };
    return [
      {
        what: 'start to ready, new database',
        value: first.ready,
        floor: ready.floor,
        unit: 'ms',
        ...common,
        aim: 'under 5 s',
        reached: first.ready < 5_000,
      },
      {
        what: 'start to ready',
        ...ready,
        unit: 'ms',
        ...common,
        aim: 'under 1.5 s',
        reached: ready.value < 1_500,
      },
      {
        what: 'start to an answer about node types',
        ...answered,
        unit: 'ms',
        ...common,
        aim: 'under 2.5 s',
        reached: answered.value < 2_500,
      },
      {
        what: 'memory after an answer',
        ...memory,
        unit: 'MiB',
        ...common,
        aim: 'under 200 MiB',
        reached: memory.value < 200,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function start(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Start> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'], ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  try {
    const address = `http://127.0.0.1:${port}`;
    await firstAnswer(child, `${address}/readyz`);
    const ready = performance.now() - began;
    await (await fetch(`${address}/api/messages`, { method: 'POST', ...question })).text();
    return { ready, answered: performance.now() - began, memory: residentMiB(child.pid) };
  } finally {
    child.kill('SIGTERM');
    await exited;
  }
}

async function firstAnswer(child: ChildProcess, address: string): Promise<void> {
  for (const end = performance.now() + READY_WITHIN_MS; performance.now() < end; ) {
    if (child.exitCode !== null) throw new Error(`the process ended with status ${child.exitCode}`);
    const response = await fetch(address).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`not ready within ${READY_WITHIN_MS / 1000} s`);
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function residentMiB(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
  }
}
