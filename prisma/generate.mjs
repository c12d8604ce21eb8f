// Makes both Prisma clients: SQLite from schema.prisma, PostgreSQL from a schema derived from it.
// Needs no network. Run it by `node prisma/generate.mjs`; it does nothing when the clients are up to date.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);

/** The SQLite schema as PostgreSQL's: only the header differs. */
export function postgresqlSchema(sqlite) {
  return `// Generated from ../schema.prisma by generate.mjs. Edit that file.\n${sqlite
    .replace('provider = "sqlite"', 'provider = "postgresql"')
    .replace('"../src/store/generated/sqlite"', '"../../src/store/generated/postgresql"')}`;
}

async function generate(schema, client) {
  const manifest = require.resolve('prisma/package.json');
  const version = JSON.parse(readFileSync(manifest, 'utf8')).version;
  const text = readFileSync(schema, 'utf8');
  const stamp = createHash('sha256').update(`${version}\n${text}`).digest('hex');
  const stampFile = join(client, 'stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  rmSync(client, { recursive: true, force: true });
  await promisify(execFile)(
    process.execPath,
    [join(dirname(manifest), 'build/index.js'), 'generate', '--schema', schema, '--no-hints'],
    {
      cwd: root,
      env: {
        ...process.env,
        // `generate` never runs the schema engine, yet would download it: naming any program prevents that.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    },
  ).catch((error) => {
    throw new Error(`Prisma could not make its client from ${schema}:\n${error.stdout}${error.stderr}`);
  });
  writeFileSync(stampFile, stamp);
}

/** Makes what is missing or out of date; both clients at once. */
export async function generateClients() {
  const sqlite = join(root, 'prisma/schema.prisma');
  const postgresql = join(root, 'prisma/postgresql/schema.prisma');
  mkdirSync(dirname(postgresql), { recursive: true });
  const derived = postgresqlSchema(readFileSync(sqlite, 'utf8'));
  if (!existsSync(postgresql) || readFileSync(postgresql, 'utf8') !== derived) {
    writeFileSync(postgresql, derived);
  }
  const generated = join(root, 'src/store/generated');
  await Promise.all([
    generate(sqlite, join(generated, 'sqlite')),
    generate(postgresql, join(generated, 'postgresql')),
  ]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await generateClients();
