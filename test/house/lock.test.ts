import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const read = (name: string) => readFileSync(path.resolve(import.meta.dirname, '../..', name), 'utf8');

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ resolved: z.string().optional(), hasInstallScript: z.boolean().optional() }),
  ),
});
const Manifest = z.object({ allowScripts: z.record(z.string(), z.boolean()) });

const lock = Lock.parse(JSON.parse(read('package-lock.json')));

describe('the lock file', () => {
  it('names no registry, so that everyone installs from their own', () => {
    const packages = Object.values(lock.packages);
    expect(packages.length).toBeGreaterThan(50);
    expect(packages.filter((entry) => entry.resolved !== undefined)).toEqual([]);
  });

  it('holds no install script that package.json neither allows nor refuses', () => {
    const scripted = Object.entries(lock.packages)
      .filter(([, entry]) => entry.hasInstallScript)
      .map(([name]) => name.replace(/^.*node_modules\//, ''))
      .filter((name) => name !== 'fsevents');
    const named = Object.keys(Manifest.parse(JSON.parse(read('package.json'))).allowScripts);
    expect(named.sort()).toEqual([...new Set(scripted)].sort());
  });
});
