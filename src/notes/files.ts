import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Problem } from './model.js';
import { codeOf, problem, readNoteFile } from './notefile.js';

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

/** A note found in a folder, not read yet. */
export interface FoundNote {
  readonly note: string;
  /** Another one after every edit of the file. */
  readonly state: string;
  /** Its text, or why it cannot be read. */
  readonly read: () => { readonly text: string } | Problem;
}

/** The notes of a folder, sorted by path, and what in it is no note and should be. */
export interface Listing {
  readonly notes: readonly FoundNote[];
  readonly problems: readonly Problem[];
}

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
  const listing = await listFolder(folder);
  const problems = [...listing.problems];
  const files: NoteFile[] = [];
  for (const { note, read } of listing.notes) {
    const content = read();
    if ('text' in content) files.push({ note, text: content.text });
    else problems.push(content);
  }
  return { files, problems };
}

/** Files asked for their state at once. */
const AT_ONCE = 64;

/**
 * Finds the notes of a folder and in which state they are, without reading them.
 * @throws NotesFolderError as `readFolder` does
 */
export async function listFolder(folder: string): Promise<Listing> {
  const walk = new Walk(await openFolder(folder));
  await walk.readAll();
  const found = [...walk.found].sort(([a], [b]) => (a < b ? -1 : 1));
  const notes: FoundNote[] = [];
  for (let start = 0; start < found.length; start += AT_ONCE) {
    const some = found.slice(start, start + AT_ONCE);
    const states = await Promise.all(some.map(([, file]) => stateOf(file)));
    for (const [i, [note, file]] of some.entries())
      notes.push({ note, state: `${file}\0${states[i]}`, read: () => readNoteFile(file, note) });
  }
  const problems = [...walk.problems];
  if (notes.length === 0) {
    problems.push(
      problem('warning', '.', 1, `There are no notes in ${folder}. Put Markdown files (.md) there.`),
    );
  }
  return { notes, problems };
}

/** Tells listings apart: an edit, a replaced folder and the swap of a link all make another stamp. */
export function stampOf({ notes, problems }: Listing): string {
  const stamp = createHash('sha256');
  for (const { note, message } of problems) stamp.update(`${note}\0${message}\n`);
  for (const { note, state } of notes) stamp.update(`${note}\0${state}\n`);
  return stamp.digest('base64url');
}

/**
 * Says which notes a folder holds and in which state, without reading them.
 * @throws NotesFolderError as `readFolder` does
 */
export async function stampFolder(folder: string): Promise<string> {
  return stampOf(await listFolder(folder));
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
