import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const scripts = {
  /** Opens the store, pings it, closes it. */
  'open-and-close': fileURLToPath(new URL('children/open-and-close.ts', import.meta.url)),
  /** Reviews without end, and prints the number of each review once it is acknowledged. */
  'review-on': fileURLToPath(new URL('children/review-on.ts', import.meta.url)),
  /** Takes the write lock of a file and prints 'locked'; holds it until its input ends. */
  'hold-lock': fileURLToPath(new URL('children/hold-lock.ts', import.meta.url)),
};

export interface Child {
  readonly process: ChildProcess;
  readonly lines: Interface;
  /** The exit status; null after a signal. */
  readonly ended: Promise<number | null>;
}

/** Another process, on the same database file. */
export function startChild(script: keyof typeof scripts, file: string): Child {
  const child = spawn(process.execPath, ['--import', 'tsx', scripts[script], file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(([status]) => (typeof status === 'number' ? status : null));
  return { process: child, lines: createInterface(child.stdout), ended };
}
