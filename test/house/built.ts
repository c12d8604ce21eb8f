import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect } from 'vitest';

/** The checkout. */
export const root = path.resolve(import.meta.dirname, '../..');

/** Brings the build up to date, for what people run is the build; quick where there is nothing to do. */
export function bringUpToDate(): void {
  const { status, stderr } = spawnSync(process.execPath, ['src/setup.mjs'], { cwd: root, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
}
