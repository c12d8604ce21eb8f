import type { Block, Heading } from './blocks.js';
import { parseBlocks, parseWords } from './commonmark.js';
import { readInline } from './inline.js';
import { readPlain } from './plain.js';

/** A parse has a cost of its own, so that short chunks are not worth it. */
const CHUNK_LINES = 60;

/** An address for a link, or the begin of one: '[label]: https://...'. It may be given under another heading than its link. */
const ADDRESS = /^\s*(?:[-+] )*\[(?:[^\]]*$|.*\]:)/;
/** Code that goes on over blank lines, and numbers and quotes at the root, where a heading may be another block's. */
const OPEN_ENDED = /^(?:\s*(?:[-+] )*(?:`{3}|~{3})|(?:[-+] )*(?:\d{1,9}[.)](?:\s|$)|[>\t]|\*(?:\s|$)))/;
const HEADING = /^#{1,6}(?:[ \t]|$)/;
/** A heading's words; hashes at its end would belong to the mark. */
const PLAIN_HEADING = /^(#{1,6}) +([^ \t#](?:.*[^ \t#])?)$/;

/**
 * The blocks of a note's lines, as CommonMark has them. Plain lists, paragraphs and headings are read by rules of our own,
 * which take a twentieth of the parser's time; a test holds both equal. The parser reads the rest.
 */
export function* readBlocks(lines: readonly string[]): Iterable<Block> {
  const plain = !lines.some((line) => ADDRESS.test(line) || OPEN_ENDED.test(line));
  yield* plain ? readPieces(lines) : parseChunks(lines);
}

function* readPieces(lines: readonly string[]): Iterable<Block> {
  for (let from = 0; from < lines.length; ) {
    const to = endOfPiece(lines, from);
    const read = readHeading(lines[from] ?? '', from + 1) ?? readPlain(lines, from, to, parseWords);
    yield* read ?? parseBlocks(lines.slice(from, to).join('\n'), from);
    from = to;
  }
}

/** Where the block that begins here ends: nothing after it can belong to it. */
function endOfPiece(lines: readonly string[], from: number): number {
  const first = lines[from] ?? '';
  if (first.trim() === '' || HEADING.test(first)) return from + 1;
  const isList = isBullet(first);
  for (let i = from + 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (HEADING.test(line)) return i;
    const afterBlank = (lines[i - 1] ?? '').trim() === '';
    if (isList ? afterBlank && /^ ?[^ ]/.test(line) && !isBullet(line) : afterBlank || isBullet(line))
      return i;
  }
  return lines.length;
}

function isBullet(line: string): boolean {
  return /^[-+] /.test(line);
}

function readHeading(line: string, number: number): readonly [Heading] | undefined {
  const [, marks, text = ''] = PLAIN_HEADING.exec(line) ?? [];
  const words = marks === undefined ? undefined : readInline(text);
  if (marks === undefined || words === undefined) return undefined;
  return [{ kind: 'heading', level: marks.length, words, line: number, endLine: number }];
}

/** The lines cut at headings: the parser's time grows faster than what it is given. */
export function* parseChunks(lines: readonly string[]): Iterable<Block> {
  const starts = lines.some((line) => ADDRESS.test(line)) ? [] : startsOfChunks(lines);
  for (const [i, before] of [0, ...starts].entries())
    yield* parseBlocks(lines.slice(before, starts[i]).join('\n'), before);
}

function startsOfChunks(lines: readonly string[]): readonly number[] {
  const starts: number[] = [];
  for (let i = CHUNK_LINES, last = 0; i < lines.length; i++) {
    if (i - last < CHUNK_LINES || !lines[i]?.startsWith('#')) continue;
    starts.push(i);
    last = i;
  }
  return starts;
}
