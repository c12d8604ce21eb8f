import { execFile, spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { type FactText, isFactPath } from '../advisor/files.js';
import { environmentWithout } from '../config.js';
import { isNotePath, type NoteFile } from '../notes/files.js';
import { decode, largestNote } from '../notes/notefile.js';
import { CliError } from './lines.js';

const MOST_BYTES = 512 * 1024 * 1024;

/**
 * The notes of a content folder as a git revision has them.
 * @throws CliError as `filesAt` does
 */
export function notesAt(folder: string, revision: string): Promise<readonly NoteFile[]> {
  return filesAt(folder, revision, isNotePath);
}

/**
 * The files of node-type facts of a content folder as a git revision has them.
 * @throws CliError as `filesAt` does
 */
export function factsAt(folder: string, revision: string): Promise<readonly FactText[]> {
  return filesAt(folder, revision, isFactPath);
}

/**
 * Files of a content folder as a git revision has them. Git gets fixed arguments and no shell; what is no name of a
 * commit is refused before it could be taken for an option.
 * @throws CliError with what to do, where git, the repository or the revision is missing
 */
async function filesAt(
  folder: string,
  revision: string,
  isWanted: (path: string) => boolean,
): Promise<readonly NoteFile[]> {
  if (!/^[^\s\-^\p{Cc}][^\s\p{Cc}]*$/u.test(revision)) {
    throw new CliError(
      `"${revision}" is no git revision. Give a commit, a branch, a tag or a folder of notes.`,
    );
  }
  const prefix = (await git(folder, ['rev-parse', '--show-prefix']).catch(noRepository(folder))).trimEnd();
  const commit = await git(folder, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]).catch(() => {
    throw new CliError(
      `"${revision}" is neither a folder nor a revision in the git repository of ${folder}. git log lists its commits.`,
    );
  });
  const tree = `${commit.trim()}:${prefix.replace(/\/$/, '')}`;
  const listed = await git(folder, ['ls-tree', '-r', '-z', '--full-tree', tree]).catch(() => {
    throw new CliError(`In ${revision} there is no folder ${prefix === '' ? folder : prefix}.`);
  });
  return readBlobs(folder, blobsIn(listed, isWanted));
}

interface Blob {
  readonly note: string;
  readonly id: string;
}

/** Ordinary files that are wanted; links and submodules are none. */
function blobsIn(listed: string, isWanted: (path: string) => boolean): readonly Blob[] {
  return listed.split('\0').flatMap((entry) => {
    const [, id, note] = /^100\d{3} blob ([0-9a-f]+)\t(.+)$/s.exec(entry) ?? [];
    return id !== undefined && note !== undefined && isWanted(note) ? [{ note, id }] : [];
  });
}

/** The texts of blobs, read by one `git cat-file --batch`; what is no text is left out, as when a folder is read. */
async function readBlobs(folder: string, blobs: readonly Blob[]): Promise<readonly NoteFile[]> {
  const child = spawn('git', argumentsOf(folder, ['cat-file', '--batch']), {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: environmentWithout(OF_A_HOOK),
  });
  const failed = new Promise<never>((_, reject) => child.on('error', reject));
  child.stdin.on('error', () => {});
  child.stdin.end(blobs.map(({ id }) => `${id}\n`).join(''));
  const bytes = await Promise.race([buffer(child.stdout), failed]);
  const files: NoteFile[] = [];
  let at = 0;
  for (const { note } of blobs) {
    const end = bytes.indexOf(0x0a, at);
    const size = Number(bytes.subarray(at, end).toString().split(' ')[2]);
    if (end < 0 || !Number.isSafeInteger(size))
      throw new CliError(`git could not read ${note} of that revision.`);
    const read = size > largestNote ? undefined : decode(bytes.subarray(end + 1, end + 1 + size), note);
    if (read !== undefined && 'text' in read) files.push({ note, text: read.text });
    at = end + 1 + size + 1;
  }
  return files.sort((a, b) => (a.note < b.note ? -1 : 1));
}

async function git(folder: string, args: readonly string[]): Promise<string> {
  const options = { maxBuffer: MOST_BYTES, env: environmentWithout(OF_A_HOOK) };
  const { stdout } = await promisify(execFile)('git', argumentsOf(folder, args), options);
  return stdout;
}

/** Git sets these for its hooks, and they would outweigh the folder that is asked about. */
const OF_A_HOOK = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_PREFIX', 'GIT_COMMON_DIR'];

/** A repository may name programs to run in its configuration; reading commits needs none of them. */
function argumentsOf(folder: string, args: readonly string[]): string[] {
  return ['-C', folder, '--no-pager', '--no-optional-locks', '-c', 'core.fsmonitor=false', ...args];
}

function noRepository(folder: string): (error: NodeJS.ErrnoException & { stderr?: string }) => never {
  return (error) => {
    if (error.code === 'ENOENT')
      throw new CliError('git is not installed. Install it, or give a folder of notes.');
    const reason = error.stderr?.trim().split('\n')[0] ?? '';
    throw new CliError(
      `${folder} is in no git repository that can be read, so that there is no revision to compare with. Give a folder of notes instead. ${reason}`.trim(),
    );
  };
}
