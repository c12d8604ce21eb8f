import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const project = mkdtempSync(path.join(tmpdir(), 'eks-setup-'));
const at = (...parts: string[]) => path.join(project, ...parts);

/** A small project around the real set-up script: the real packages, two sources and one page. */
beforeAll(() => {
  for (const name of ['package.json', 'package-lock.json', 'tsconfig.json', 'src/setup.mjs']) {
    cpSync(path.join(root, name), at(name));
  }
  mkdirSync(at('node_modules'));
  for (const name of readdirSync(path.join(root, 'node_modules'))) {
    if (name === '.setup.json') continue;
    symlinkSync(path.join(root, 'node_modules', name), at('node_modules', name));
  }
  mkdirSync(at('prisma'));
  writeFileSync(at('prisma/schema.prisma'), 'model A {}');
  writeFileSync(
    at('prisma/generate.mjs'),
    `import { mkdirSync, writeFileSync } from 'node:fs';
     console.log('generating');
     for (const name of ['sqlite', 'postgresql']) {
       mkdirSync('src/store/generated/' + name, { recursive: true });
       writeFileSync('src/store/generated/' + name + '/client.ts', 'export const provider = 1;');
     }`,
  );
  mkdirSync(at('src/platforms/web/page'), { recursive: true });
  writeFileSync(at('src/platforms/web/page/index.html'), '<p>page</p>');
  writeFileSync(at('src/one.ts'), 'export const one: number = 1;');
  writeFileSync(at('src/two.ts'), 'export const two: number = 2;');
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

function setUp() {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/setup.mjs'], {
    cwd: project,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const nothingToDo = { status: 0, stdout: '', stderr: '' };

// In order: each test starts from what the one before it left behind.
describe('set-up', () => {
  it('makes the client and the build, and speaks on standard error alone', () => {
    const first = setUp();
    expect(first).toMatchObject({ status: 0, stdout: '' });
    expect(first.stderr).toContain('generating');
    expect(existsSync(at('dist/one.js'))).toBe(true);
    expect(existsSync(at('dist/platforms/web/page/index.html'))).toBe(true);
    expect(existsSync(at('.setup.lock'))).toBe(false);
  });

  it('does nothing, and says nothing, when all is there', () => {
    expect(setUp()).toEqual(nothingToDo);
  });

  it('builds again after an edit, but does not make the client again', () => {
    writeFileSync(at('src/one.ts'), 'export const one: number = 1111;');
    const { status, stderr } = setUp();
    expect({ status, generated: stderr.includes('generating') }).toEqual({ status: 0, generated: false });
    expect(setUp()).toEqual(nothingToDo);
  });

  it('makes the client again when the schema changed', () => {
    writeFileSync(at('prisma/schema.prisma'), 'model B {}');
    expect(setUp().stderr).toContain('generating');
  });

  it('makes a built file again that was deleted', () => {
    rmSync(at('dist/two.js'));
    expect(setUp().status).toBe(0);
    expect(existsSync(at('dist/two.js'))).toBe(true);
  });

  it('removes what no source stands for any more', () => {
    rmSync(at('src/two.ts'));
    rmSync(at('src/platforms/web/page/index.html'));
    expect(setUp().status).toBe(0);
    expect(existsSync(at('dist/two.js'))).toBe(false);
    expect(existsSync(at('dist/two.js.map'))).toBe(false);
    expect(existsSync(at('dist/platforms/web/page/index.html'))).toBe(false);
  });

  it('ends with status 1 and one clear message when the sources do not compile, until they do', () => {
    writeFileSync(at('src/one.ts'), 'export const one: number = "text";');
    for (const _ of ['first', 'again']) {
      const { status, stdout, stderr } = setUp();
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain('src/one.ts');
      expect(stderr).toContain('do not compile');
    }
    writeFileSync(at('src/one.ts'), 'export const one: number = 2;');
    expect(setUp().status).toBe(0);
    expect(setUp()).toEqual(nothingToDo);
  });

  it('is not held up by the lock of a set-up that was killed', () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(at('.setup.lock'), String(dead));
    rmSync(at('dist'), { recursive: true });
    expect(setUp().status).toBe(0);
    expect(existsSync(at('dist/one.js'))).toBe(true);
  });
});
