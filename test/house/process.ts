import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { bringUpToDate, root } from './built.js';

/** The built program while it runs. */
export interface Process {
  readonly child: ChildProcess;
  /** What was written so far. */
  readonly out: () => string;
  readonly err: () => string;
  readonly exited: Promise<number | null>;
}

export interface Processes {
  /** For databases and notes; gone after the tests. */
  readonly folder: string;
  /** Starts the program as people do, on a database in the folder. */
  start(environment?: Readonly<Record<string, string>>): Process;
}

/** Starts the built program in the tests of one file; what still runs after a test is killed. */
export function processes(name: string): Processes {
  const folder = mkdtempSync(path.join(tmpdir(), `eks-${name}-`));
  const children: ChildProcess[] = [];
  beforeAll(bringUpToDate);
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    start(environment = {}) {
      const child = spawn(process.execPath, ['dist/main.js'], {
        cwd: root,
        env: { PATH: process.env['PATH'], PORT: '0', DATABASE_URL: `file:${folder}/eks.db`, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      children.push(child);
      const texts = { out: '', err: '' };
      child.stdout.on('data', (text) => {
        texts.out += text;
      });
      child.stderr.on('data', (text) => {
        texts.err += text;
      });
      return {
        child,
        out: () => texts.out,
        err: () => texts.err,
        exited: once(child, 'close').then(() => child.exitCode),
      };
    },
  };
}

/** The address that it tells people; fails with what it wrote if it ends instead. */
export async function addressOf({ out, err, child }: Process): Promise<string> {
  for (;;) {
    const address = /http:\/\/[\w.:]+/.exec(out())?.[0];
    if (address !== undefined) return address;
    if (child.exitCode !== null) throw new Error(`ended with status ${child.exitCode}: ${err()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
