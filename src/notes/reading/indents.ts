import { isClause, isImperative } from '../grammar.js';
import { isName } from './lead.js';
import { BULLET, HEADING } from './marks.js';
import { plainWords } from './words.js';

/** Lines of text that are indented under a short line are said of it, though CommonMark joins both to one sentence. */
export function nestIndented(lines: string[]): void {
  for (let i = 0; i + 1 < lines.length; i++) {
    const line = lines[i] ?? '';
    const bullet = BULLET.exec(line);
    const title = bullet ? (bullet[4] ?? '') : line;
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    if (!isHead(title) || (!bullet && indent !== '') || !(bullet || opens(lines, i))) continue;
    const end = endOfBody(lines, i, indent);
    if (end === i + 1) continue;
    if (!bullet) lines[i] = `- ${line}`;
    lines[i + 1] = (lines[i + 1] ?? '').replace(/^(\s*)/, '$1- ');
    i = end - 1;
  }
}

/** A question, or a name too short to be a line of wrapped prose. */
function isHead(title: string): boolean {
  if (/[?？]$/.test(title)) return title.length <= 80;
  const plain = title.replace(/\s*\([^()]*\)/g, '');
  return (
    /^[\p{Lu}\p{Lo}]/u.test(plain) &&
    plain.split(' ').length <= 4 &&
    !/[.,;:!|]$/.test(plain) &&
    !isClause(plain) &&
    !isImperative(plain) &&
    isName(plainWords(plain))
  );
}

function opens(lines: readonly string[], at: number): boolean {
  const above = lines[at - 1] ?? '';
  return above.trim() === '' || HEADING.test(above) || /^(?:\t| {2})/.test(above);
}

/** The line after the last one that is text and stands deeper than the head, without a blank line between. */
function endOfBody(lines: readonly string[], head: number, indent: string): number {
  let end = head + 1;
  while (end < lines.length) {
    const line = lines[end] ?? '';
    const deeper = line.startsWith(indent) && /^(?:\t| {2,})[^\s:|]/.test(line.slice(indent.length));
    if (!deeper || BULLET.test(line)) break;
    end++;
  }
  return end;
}
