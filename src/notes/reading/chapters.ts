import { isClause, isImperative } from '../grammar.js';
import { isLabel } from './labels.js';
import { isName } from './lead.js';
import { BULLET, HEADING, RULE } from './marks.js';
import { plainWords } from './words.js';

/** Gives lettered items ('a. Mix', 'b. Bake') the numbers that Markdown knows. */
export function numberLetters(lines: string[]): void {
  for (let i = 0; i < lines.length; i++) {
    let end = i;
    while (LETTERED.exec(lines[end] ?? '')?.[2]?.toLowerCase() === String.fromCharCode(97 + end - i)) end++;
    if (end - i < 2) continue;
    for (let k = i; k < end; k++)
      lines[k] = (lines[k] ?? '').replace(LETTERED, (_, indent: string) => `${indent}${k - i + 1}. `);
    i = end - 1;
  }
}

const LETTERED = /^(\s*)\(?([a-z])[.)]\s+/i;
const NUMBERED = /^(\d{1,2}|[IVX]{1,5}|[A-H])[.)]\s+(\S.*)$/;

/** What a chapter's number counts: digits, Roman numerals or letters. */
function numberOf(number: string): number {
  if (/^\d/.test(number)) return Number(number);
  if (!/[IVX]/.test(number)) return number.charCodeAt(0) - 64;
  const digits = [...number].map((letter) => (letter === 'X' ? 10 : letter === 'V' ? 5 : 1));
  return digits.reduce<number>((sum, digit, i) => sum + (digit < (digits[i + 1] ?? 0) ? -digit : digit), 0);
}

/** Makes headings of numbered titles that stand alone ('1) Definitions'), with what belongs to them flush left below. */
export function headChapters(lines: string[]): void {
  let level = 1;
  for (let start = 0; start < lines.length; ) {
    let end = start + 1;
    while (end < lines.length && !HEADING.test(lines[end] ?? '')) end++;
    const own = /^ {0,3}(#+)/.exec(lines[start] ?? '')?.[1]?.length;
    if (own !== undefined) level = own;
    const titles = titlesBetween(lines, start, end);
    const mark = '#'.repeat(Math.min(level + 1, 6));
    for (const { line, title } of titles) lines[line] = `${mark} ${title}`;
    start = end;
  }
}

interface Title {
  readonly line: number;
  readonly title: string;
}

/** The titles between two headings; none unless every flush-left number is one, and they count up from where they begin. */
function titlesBetween(lines: readonly string[], start: number, end: number): readonly Title[] {
  const titles: Title[] = [];
  let next: number | undefined;
  for (let line = start; line < end; line++) {
    const [, number = '', title = ''] = NUMBERED.exec(lines[line] ?? '') ?? [];
    if (number === '') continue;
    if (next !== undefined && numberOf(number) !== next) return [];
    if (!isTitle(title) || !standsAlone(lines, line, end)) return [];
    titles.push({ line, title });
    next = numberOf(number) + 1;
  }
  return titles.length > 1 ? titles : [];
}

function isTitle(text: string): boolean {
  const words = plainWords(
    text
      .replace(/ vs\.? /i, ' or ')
      .replace(/^(\*\*|__)(.*)\1$/, '$2')
      .replace(/[:：]$/, ''),
  );
  return (
    words.text.split(' ').length <= 6 &&
    !/[.,;?!]$/.test(words.text) &&
    !isClause(words.text) &&
    !isImperative(words.text) &&
    (isLabel(words.text) || isName(words))
  );
}

function standsAlone(lines: readonly string[], at: number, end: number): boolean {
  const above = lines[at - 1] ?? '';
  if (above.trim() !== '' && !HEADING.test(above)) return false;
  let below = at + 1;
  while (below < end && (lines[below] ?? '').trim() === '') below++;
  const text = lines[below] ?? '';
  const touches = below === at + 1;
  return (
    below < end &&
    /^\S/.test(text) &&
    !NUMBERED.test(text) &&
    !RULE.test(text) &&
    (!touches || BULLET.test(text))
  );
}
