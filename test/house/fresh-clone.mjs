// Shows that `npm start` is all that a fresh clone takes: starts it with nothing set, asks the chat page a
// question, stops it, and starts it again. Run by .ci/run, by itself. A checkout in which nothing is installed
// yet is a fresh clone and is used as it is; otherwise HEAD is cloned into an empty folder, where every
// dependency is installed anew, which takes minutes if better-sqlite3 has to be compiled.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const isFresh = ['node_modules', 'dist', 'data', '.env'].every((name) => !existsSync(path.join(root, name)));
const folder = mkdtempSync(path.join(tmpdir(), 'eks-fresh-'));
const clone = isFresh ? root : path.join(folder, 'clone');

const INSTALL_WITHIN_MS = 15 * 60_000;
const AGAIN_WITHIN_MS = 10_000;

function assert(holds, what) {
  if (!holds) throw new Error(`fresh clone: NOT SO: ${what}`);
  console.log(`fresh clone: ${what}`);
}

/** What a person's shell has, without this project's variables or what npm passes on to its scripts. */
function cleanEnvironment() {
  const kept = [
    'PATH',
    'HOME',
    'USER',
    'LANG',
    'TMPDIR',
    'SystemRoot',
    'APPDATA',
    'LOCALAPPDATA',
    'USERPROFILE',
  ];
  const network = /^(https?_proxy|no_proxy|ssl_cert_file|node_extra_ca_certs)$/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => kept.includes(name) || network.test(name)),
  );
}

function start() {
  const child = spawn('npm', ['start'], {
    cwd: clone,
    // A free port is the one setting: another program may hold the default one.
    env: { ...cleanEnvironment(), PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
    detached: process.platform !== 'win32',
  });
  let output = '';
  child.stdout.setEncoding('utf8');
  const address = new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => {
      output += text;
      const found = /http:\/\/[\w.:[\]]+/.exec(output)?.[0];
      if (found) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`npm start ended with status ${code}\n${output}`)));
  });
  address.catch(() => undefined);
  return { child, address, exited: new Promise((resolve) => child.once('exit', (code) => resolve(code))) };
}

const changesIn = (folder) =>
  execFileSync('git', ['status', '--porcelain'], { cwd: folder, encoding: 'utf8' });

function within(milliseconds, what, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${what} took more than ${milliseconds / 1000} s`)),
      milliseconds,
    );
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function ask(address, text) {
  const response = await fetch(`${address}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'someone', text }),
  });
  return JSON.stringify(await response.json());
}

async function visit(limit, name) {
  const began = Date.now();
  const { child, address, exited } = start();
  try {
    const at = await within(limit, `${name} start`, address);
    assert(true, `${name} start is ready after ${((Date.now() - began) / 1000).toFixed(1)} s`);
    assert((await ask(at, '/eks explain etcd')).includes('etcd'), 'the chat page explains etcd');
    child.kill('SIGTERM');
    await within(12_000, 'stopping', exited);
    const gone = await fetch(`${at}/healthz`)
      .then(() => false)
      .catch(() => true);
    assert(gone, 'SIGTERM stops it');
  } finally {
    try {
      // npm, its shell and the bot are one group: none of them outlives this script.
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
  }
}

try {
  const before = isFresh ? changesIn(clone) : '';
  if (!isFresh) execFileSync('git', ['clone', '--quiet', root, clone]);
  assert(!existsSync(path.join(clone, 'node_modules')), 'nothing is installed');
  await visit(INSTALL_WITHIN_MS, 'first');
  await visit(AGAIN_WITHIN_MS, 'second');
  const after = changesIn(clone);
  assert(after === before, `git sees no change afterwards ${after}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
