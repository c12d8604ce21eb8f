import { StoreError } from './errors.js';

/** What each code of SQLite, PostgreSQL, or the operating system means for the one who runs the program. */
const MEANING: readonly [RegExp, (where: string) => string][] = [
  [
    // A full disk also shows as a shared-memory file that cannot grow.
    /^SQLITE_(FULL|IOERR_SHM)|^53100$|^ENOSPC$/,
    (where) => `The disk under ${where} is full. Free some space; nothing was lost.`,
  ],
  [
    /^SQLITE_READONLY|^25006$|^EROFS$/,
    (where) =>
      `${where} can only be read. Let the user that runs this program write to the file and its folder.`,
  ],
  [
    /^SQLITE_(BUSY|LOCKED|PROTOCOL)/,
    (where) =>
      `${where} is locked by another program. Close it there (an open editor, a second start, a backup).`,
  ],
  [
    /^SQLITE_CORRUPT/,
    (where) =>
      `${where} is damaged. Stop the program, keep a copy of the file, and restore a backup ` +
      'or save what can be read with: sqlite3 FILE .recover',
  ],
  [/^SQLITE_NOTADB/, (where) => `${where} is not a database. Let DATABASE_URL name another file.`],
  [
    /^SQLITE_(CANTOPEN|AUTH|PERM)|^(EACCES|EPERM)$/,
    (where) =>
      `${where} cannot be opened. Let the user that runs this program read and write the file and its folder.`,
  ],
  [/^(ENOTDIR|EEXIST)$/, (where) => `The folder above ${where} cannot be made: a file is in its place.`],
  [/^SQLITE_IOERR/, (where) => `The disk failed under ${where}. Check the disk and its space.`],
  [
    /^(DatabaseNotReachable|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH)$/,
    (where) => `${where} does not answer. Is it running?`,
  ],
  [/^(28P01|28000)$/, (where) => `${where} refuses the user or password of DATABASE_URL.`],
  [/^3D000$/, (where) => `${where} does not exist. Make it with: createdb NAME`],
  [
    /^42501$/,
    (where) => `The user of DATABASE_URL may not write to ${where}. Grant it the rights on its schema.`,
  ],
  [/^(57P0[123]|08\w{3}|53300|ECONNRESET)$/, (where) => `${where} ended the connection. Try again.`],
];

/** A StoreError where the cause is known, otherwise the error as it came. */
export function understandable(error: unknown, where: string): unknown {
  if (error instanceof StoreError) return error;
  for (const code of codesOf(error)) {
    const meaning = MEANING.find(([pattern]) => pattern.test(code));
    if (meaning !== undefined) return new StoreError(sentence(meaning[1](where)), { cause: error });
  }
  return error;
}

// Broken unique keys, serialisation failures, deadlocks; by SQLite, PostgreSQL, and Prisma.
const CONFLICT = /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$|^(23505|40001|40P01|P2002|P2034)$/;

/** Whether another writer came in between, so that trying again can succeed. */
export function isConflict(error: unknown): boolean {
  return [...codesOf(error)].some((code) => CONFLICT.test(code));
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Every code in an error, its causes, and what Prisma wraps around them; outermost first. */
function* codesOf(error: unknown): Generator<string> {
  const seen = new Set<unknown>();
  const open = [error];
  while (open.length > 0) {
    const next = open.shift();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    for (const name of ['code', 'originalCode', 'kind']) {
      const code: unknown = Reflect.get(next, name);
      if (typeof code === 'string') yield code;
    }
    for (const name of ['cause', 'meta', 'driverAdapterError', 'errors', '0'])
      open.push(Reflect.get(next, name));
  }
}
