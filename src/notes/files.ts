import { createHash } from 'node:crypto';
import { constants, type Dirent } from 'node:fs';
import { type FileHandle, lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from './model.js';

/** The content folder itself cannot be used; the message says what to do. */
export class NotesFolderError extends Error {
  override readonly name = 'NotesFolderError';
}

/** A note's text, by its path relative to the content folder, with forward slashes. */
export interface NoteFile {
  readonly note: string;
  readonly text: string;
}

/** What a folder holds, and what in it could not be read. */
export interface Folder {
  readonly files: readonly NoteFile[];
  readonly problems: readonly Problem[];
}

/** Bytes; a larger note is refused unread. */
export const largestNote = 2 * 1024 * 1024;

const NOTE_NAME = /\.(md|markdown)$/i;
const GUIDE = /^readme\.(md|markdown)$/i;

/** Whether a path within a content folder is a note's: no guide at its top, and nothing in hidden folders. */
export function isNotePath(name: string): boolean {
  const isAside = name.split('/').some((part) => part.startsWith('.') || part === 'node_modules');
  return !isAside && NOTE_NAME.test(name) && !GUIDE.test(name);
}

/**
 * Reads every note of a folder, sorted by path. A file that cannot be read is a problem; the others are still read.
 * @throws NotesFolderError if the folder is missing, is no folder or may not be listed
 */
export async function readFolder(folder: string): Promise<Folder> {
  const root = await openFolder(folder);
  const walk = new Walk(root);
  await walk.readAll();
  const problems = [...walk.problems];
  const files: NoteFile[] = [];
  for (const [note, file] of [...walk.found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const read = await readNoteFile(file, note);
    if ('text' in read) files.push({ note, text: read.text });
    else problems.push(read);
  }
  if (walk.found.size === 0) {
    problems.push(
      problem('warning', '.', 1, `There are no notes in ${folder}. Put Markdown files (.md) there.`),
    );
  }
  return { files, problems };
}

/** Files asked for their state at once. */
const AT_ONCE = 64;

/**
 * Says which notes a folder holds and in which state, without reading them: an edit, a replaced folder and the swap
 * of a link all make another stamp.
 * @throws NotesFolderError as `readFolder` does
 */
export async function stampFolder(folder: string): Promise<string> {
  const walk = new Walk(await openFolder(folder));
  await walk.readAll();
  const stamp = createHash('sha256');
  for (const { note, message } of walk.problems) stamp.update(`${note}\0${message}\n`);
  const found = [...walk.found].sort(([a], [b]) => (a < b ? -1 : 1));
  for (let start = 0; start < found.length; start += AT_ONCE) {
    const states = await Promise.all(found.slice(start, start + AT_ONCE).map(([, file]) => stateOf(file)));
    for (const [index, state] of states.entries()) {
      stamp.update(`${found[start + index]?.join('\0')}\0${state}\n`);
    }
  }
  return stamp.digest('base64url');
}

async function stateOf(file: string): Promise<string> {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
    return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
  } catch (error) {
    return codeOf(error);
  }
}

async function openFolder(folder: string): Promise<string> {
  try {
    const root = await realpath(folder);
    if (!(await stat(root)).isDirectory()) {
      throw new NotesFolderError(
        `${folder} is a file. Set CONTENT_DIR to the folder that your notes are in.`,
      );
    }
    await readdir(root);
    return root;
  } catch (error) {
    if (error instanceof NotesFolderError) throw error;
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new NotesFolderError(
        `There is no folder ${folder}. Create it, or set CONTENT_DIR to your folder of notes.`,
      );
    }
    throw new NotesFolderError(
      `The folder ${folder} cannot be read (${code}). Give this program the right to read it.`,
    );
  }
}

class Walk {
  /** Notes and the real paths they are read from. */
  readonly found = new Map<string, string>();
  readonly problems: Problem[] = [];
  private readonly visited = new Set<string>();
  private readonly taken = new Set<string>();
  private readonly links: { readonly name: string; readonly file: string }[] = [];

  constructor(private readonly root: string) {}

  async readAll(): Promise<void> {
    await this.readDirectory(this.root, '');
    // What is no link comes first, so that a link to a note in the same folder does not read it twice.
    for (let link = this.links.shift(); link; link = this.links.shift())
      await this.follow(link.name, link.file);
  }

  private async readDirectory(directory: string, prefix: string): Promise<void> {
    this.visited.add(directory);
    let entries: Dirent[];
    try {
      entries = await readdir(directory, { withFileTypes: true });
    } catch (error) {
      const why = `This folder cannot be read (${codeOf(error)}). Give this program the right to read it, or move it away.`;
      this.problems.push(problem('error', prefix, 1, why));
      return;
    }
    for (const entry of entries) {
      const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      const file = path.join(directory, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isSymbolicLink()) this.links.push({ name, file });
      else if (entry.isDirectory()) await this.readDirectory(file, name);
      else this.take(name, file, entry.isFile());
    }
  }

  private take(name: string, file: string, isFile: boolean): void {
    if (!NOTE_NAME.test(name) || GUIDE.test(name)) return;
    if (!isFile) {
      this.problems.push(
        problem('error', name, 1, 'This is no ordinary file. Remove it or give it another name.'),
      );
      return;
    }
    this.taken.add(file);
    this.found.set(name, file);
  }

  private async follow(name: string, link: string): Promise<void> {
    let target: string;
    let isDirectory: boolean;
    try {
      target = await realpath(link);
      const status = await stat(target);
      isDirectory = status.isDirectory();
      if (!isDirectory && !status.isFile()) return;
    } catch (error) {
      const circular = codeOf(error) === 'ELOOP';
      const message = circular
        ? 'This link leads back to itself. Remove it.'
        : 'This link leads nowhere. Correct its target or remove it.';
      this.problems.push(problem('error', name, 1, message));
      return;
    }
    if (!isDirectory && !NOTE_NAME.test(name)) return;
    if (target !== this.root && !target.startsWith(this.root + path.sep)) {
      const message =
        'This link leads out of the content folder and is not followed. Copy its target into the folder.';
      this.problems.push(problem('error', name, 1, message));
    } else if (isDirectory && (link + path.sep).startsWith(target + path.sep)) {
      const message = 'This link leads to a folder that it lies in, which never ends. Remove it.';
      this.problems.push(problem('error', name, 1, message));
    } else if (isDirectory) {
      if (!this.visited.has(target)) await this.readDirectory(target, name);
    } else if (!this.taken.has(target)) this.take(name, target, true);
  }
}

async function readNoteFile(file: string, note: string): Promise<{ text: string } | Problem> {
  let handle: FileHandle | undefined;
  try {
    const { size } = await lstat(file);
    if (size > largestNote) return tooLarge(note, size);
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const bytes = Buffer.alloc(largestNote + 1);
    let length = 0;
    for (let read = 1; read > 0 && length < bytes.length; length += read) {
      ({ bytesRead: read } = await handle.read(bytes, length, Math.min(65_536, bytes.length - length), null));
    }
    if (length > largestNote) return tooLarge(note, length);
    return decode(bytes.subarray(0, length), note);
  } catch (error) {
    const message = `This note cannot be read (${codeOf(error)}). Give this program the right to read it, or move it away.`;
    return problem('error', note, 1, message);
  } finally {
    await handle?.close();
  }
}

function tooLarge(note: string, size: number): Problem {
  const megabytes = (size / 1024 / 1024).toFixed(1);
  const message = `This note has ${megabytes} MB or more; at most 2 MB are read. Split it, or move it out of the folder.`;
  return problem('error', note, 1, message);
}

/** Bytes as text: UTF-8, or UTF-16 with a byte order mark; anything else is a problem with its line. */
export function decode(bytes: Uint8Array, note: string): { text: string } | Problem {
  if (bytes.length === 0)
    return problem('warning', note, 1, 'This note is empty. Write something in it, or remove it.');
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes) };
  if (a === 0xfe && b === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes) };
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    const message = 'This is a binary file, not text. Move it out of the folder, or save it as UTF-8 text.';
    return problem('error', note, lineAt(bytes, zero), message);
  }
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    return { text: strict.decode(bytes) };
  } catch {
    const message = 'This line is not valid UTF-8. Save the note as UTF-8.';
    return problem('error', note, firstBadLine(bytes), message);
  }
}

function lineAt(bytes: Uint8Array, end: number): number {
  let line = 1;
  for (let i = 0; i < end; i++) if (bytes[i] === 0x0a) line++;
  return line;
}

/** No byte within a UTF-8 character is a line end, so each line can be tried by itself. */
function firstBadLine(bytes: Uint8Array): number {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let start = 0;
  for (let line = 1; ; line++) {
    const end = bytes.indexOf(0x0a, start);
    try {
      strict.decode(bytes.subarray(start, end < 0 ? bytes.length : end));
    } catch {
      return line;
    }
    if (end < 0) return line;
    start = end + 1;
  }
}

function problem(severity: Problem['severity'], note: string, line: number, message: string): Problem {
  return { severity, note, line, message };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
