import type { LineProblem } from './lines.js';
import { BULLET, HEADING } from './marks.js';

/** Takes fenced code out of the lines, and says which of it belongs to which bullet, paragraph or heading, by its line. */
export function takeFences(lines: string[], problems: LineProblem[]): ReadonlyMap<number, string> {
  const code = new Map<number, string>();
  const longest = longestCloserAfter(lines);
  for (let i = 0; i < lines.length; i++) {
    const open = /^\s*(?:(?:[-*+]|\d{1,3}[.)])\s+)?(`{3,}|~{3,})([^`]*)$/.exec(lines[i] ?? '');
    const fence = open?.[1];
    if (fence === undefined) continue;
    const mark = fence[0] === '~' ? '~' : '`';
    const closes = (longest[mark][i + 1] ?? 0) >= fence.length;
    const end = closes ? closingLine(lines, i, mark, fence.length) : undefined;
    if (end === undefined) {
      problems.push({
        severity: 'warning',
        line: i + 1,
        message: `This code fence is never closed, so the code is taken to end at the next heading. Add a line ${fence}.`,
      });
    }
    const last = end ?? endOfOpenFence(lines, i);
    const owner = end === undefined ? undefined : (bulletAbove(lines, i) ?? textAbove(lines, i));
    if (owner !== undefined) {
      const before = code.get(owner);
      const block = withoutIndent(lines.slice(i, last + 1));
      code.set(owner, before === undefined ? block : `${before}\n${block}`);
    }
    for (let k = i; k <= last; k++) lines[k] = '';
    i = last;
  }
  return code;
}

/** The line number of the bullet that a fence is indented under. */
function bulletAbove(lines: readonly string[], fence: number): number | undefined {
  const indent = /^\s*/.exec(lines[fence] ?? '')?.[0].length ?? 0;
  for (let k = fence - 1; k >= 0; k--) {
    const line = lines[k] ?? '';
    const bullet = BULLET.exec(line);
    if (bullet && (bullet[1] ?? '').length < indent) return k + 1;
    if (line.trim() !== '' && !bullet && !/^\s/.test(line)) return undefined;
  }
  return undefined;
}

/** The line number of the paragraph, of the bullet that it touches, or of the heading, whose code stands flush left. */
function textAbove(lines: readonly string[], fence: number): number | undefined {
  if (/^\s/.test(lines[fence] ?? '')) return undefined;
  for (let k = fence - 1, touches = true; k >= 0; k--) {
    const line = lines[k] ?? '';
    const inList = BULLET.test(line) || /^\s/.test(line);
    if (line.trim() === '') touches = false;
    else if (HEADING.test(line) || (!inList && isParagraph(lines, k))) return k + 1;
    else if (touches && BULLET.test(line)) return k + 1;
  }
  return undefined;
}

/** Text that goes on with no bullet: what stands at the head of its lines begins it. */
function isParagraph(lines: readonly string[], at: number): boolean {
  let first = at;
  while (first > 0 && (lines[first - 1] ?? '').trim() !== '' && !HEADING.test(lines[first - 1] ?? ''))
    first--;
  return !BULLET.test(lines[first] ?? '') && !/^[|\s]/.test(lines[first] ?? '');
}

function withoutIndent(block: readonly string[]): string {
  const indent = /^\s*/.exec(block[0] ?? '')?.[0].length ?? 0;
  return block.map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length))).join('\n');
}

/** For each line, the longest run of fence marks that could close a fence from there on. */
function longestCloserAfter(lines: readonly string[]): { '`': number[]; '~': number[] } {
  const found = {
    '`': new Array<number>(lines.length + 1).fill(0),
    '~': new Array<number>(lines.length + 1).fill(0),
  };
  for (let i = lines.length - 1; i >= 0; i--) {
    const run = /^\s*(`{3,}|~{3,})\s*$/.exec(lines[i] ?? '')?.[1] ?? '';
    for (const mark of ['`', '~'] as const) {
      found[mark][i] = Math.max(found[mark][i + 1] ?? 0, run[0] === mark ? run.length : 0);
    }
  }
  return found;
}

function closingLine(
  lines: readonly string[],
  open: number,
  mark: string,
  length: number,
): number | undefined {
  for (let k = open + 1; k < lines.length; k++) {
    const run = /^\s*(`{3,}|~{3,})(.*)$/.exec(lines[k] ?? '');
    if (run?.[1]?.[0] !== mark || run[1].length < length) continue;
    // A fence with a language opens another block: the one before it was never closed.
    return run[2]?.trim() === '' ? k : undefined;
  }
  return undefined;
}

function endOfOpenFence(lines: readonly string[], open: number): number {
  for (let k = open + 1; k < lines.length; k++) {
    if (HEADING.test(lines[k] ?? '') || /^\s*(```|~~~)/.test(lines[k] ?? '')) return k - 1;
  }
  return lines.length - 1;
}
