import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Problem } from './model.js';

/** Bytes; a larger note is refused unread. */
export const largestNote = 2 * 1024 * 1024;

/** A note's text, or why it cannot be read. At once, since a promise for each step takes ten times as long; whoever reads many gives way between them. */
export function readNoteFile(file: string, note: string): { text: string } | Problem {
  let handle: number | undefined;
  try {
    handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const { size } = fstatSync(handle);
    if (size > largestNote) return tooLarge(note, size);
    return decode(readUpTo(handle, size), note);
  } catch (error) {
    const message = `This note cannot be read (${codeOf(error)}). Give this program the right to read it, or move it away.`;
    return problem('error', note, 1, message);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

/** What a file holds now, at most `size` bytes of it: one that grows meanwhile has another state, and is read again. */
function readUpTo(handle: number, size: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(size);
  let length = 0;
  for (let read = 1; read > 0 && length < size; length += read)
    read = readSync(handle, bytes, length, size - length, null);
  return bytes.subarray(0, length);
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

/** Something wrong with a whole note or one line of it. */
export function problem(severity: Problem['severity'], note: string, line: number, message: string): Problem {
  return { severity, note, line, message };
}

/** The system's name for what went wrong. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
