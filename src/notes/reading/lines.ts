import { takeAnchors } from './anchors.js';
import { blankProperties, nameCallouts, nestDetails } from './asides.js';
import { boundParagraphs } from './bounds.js';
import { headChapters, numberLetters } from './chapters.js';
import { takeFences } from './fences.js';
import { itemizeGlossaries, markBoldNames } from './glossary.js';
import { nestIndented } from './indents.js';
import { BULLET, HEADING, RULE } from './marks.js';
import { withoutTags } from './tags.js';

/** Something about a text that its author should know. */
export interface LineProblem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly line: number;
  readonly message: string;
}

/** A note's lines, rewritten so that CommonMark reads them as their author meant; the count of lines is unchanged. */
export interface ReadLines {
  readonly lines: readonly string[];
  /** Numbers of numbered items, by line. */
  readonly ordinals: ReadonlyMap<number, number>;
  /** Names that authors gave to lines ('... ^name'), by line. */
  readonly anchors: ReadonlyMap<number, string>;
  /** Fenced code that belongs to a bullet, paragraph or heading, by its line. */
  readonly code: ReadonlyMap<number, string>;
  /** The YAML between the first two `---`, if the note opens with it. */
  readonly frontMatter: string | undefined;
  readonly problems: readonly LineProblem[];
}

const IMAGE_ONLY = /^\s*(?:!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])\s*|!\[\[[^\]]*\]\]\s*|<img\b[^>]*>\s*)+$/i;
/** Deeper bullets are read at this depth: nobody writes them, and parsers slow down on them. */
const DEEPEST = 24;

interface Level {
  readonly column: number;
}

interface State {
  readonly out: string[];
  readonly ordinals: Map<number, number>;
  readonly problems: LineProblem[];
  readonly smallestStep: number;
  stack: Level[];
  afterBlank: boolean;
}

/** Splits at any line end, drops a byte order mark, and shows what is no character. */
function splitLines(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .replaceAll('\u0000', '\uFFFD')
    .split(/\r\n|\r|\n/);
}

/** Line ends, fences, comments and indents, in this order; see ReadLines. */
export function readLines(text: string): ReadLines {
  const source = splitLines(text);
  const problems: LineProblem[] = [];
  const front = frontMatterEnd(source);
  const frontMatter = front === 0 ? undefined : source.slice(1, front - 1).join('\n');
  // A quotation's text counts like any other, so its marks go before anything is nested in them.
  const lines = source.map((line, i) => (i < front ? '' : line.replace(/^\s{0,3}(?:>\s?)+/, '')));
  const code = takeFences(lines, problems);
  blankComments(lines);
  blankProperties(lines);
  nestDetails(lines);
  nameCallouts(lines);
  for (let i = 0; i < lines.length; i++) lines[i] = withoutTags(lines[i] ?? '');
  const anchors = takeAnchors(lines);
  numberLetters(lines);
  headChapters(lines);
  nestIndented(lines);
  itemizeGlossaries(lines);
  markBoldNames(lines);
  const state: State = {
    out: [],
    ordinals: new Map(),
    problems,
    smallestStep: smallestStep(lines),
    stack: [],
    afterBlank: true,
  };
  for (let i = 0; i < lines.length; i++) readLine(state, lines, i);
  boundParagraphs(state.out, problems);
  return { lines: state.out, ordinals: state.ordinals, anchors, code, frontMatter, problems };
}

function frontMatterEnd(lines: readonly string[]): number {
  if (lines[0]?.trimEnd() !== '---') return 0;
  const end = lines.findIndex((line, i) => i > 0 && /^(---|\.\.\.)\s*$/.test(line));
  if (end < 0) return 0;
  const body = lines.slice(1, end);
  return body.every((line) => /^\s*($|#|-\s|[\w"'-]+\s*:|[^\s#*-])/.test(line)) &&
    body.some((l) => /:/.test(l))
    ? end + 1
    : 0;
}

function blankComments(lines: string[]): void {
  let lastEnd = -1;
  for (let i = lines.length - 1; i >= 0 && lastEnd < 0; i--) if (lines[i]?.includes('-->')) lastEnd = i;
  for (let i = 0; i < lastEnd; i++) {
    const line = lines[i] ?? '';
    const start = line.lastIndexOf('<!--');
    if (start < 0 || line.indexOf('-->', start) >= 0 || oddTicks(line.slice(0, start))) continue;
    lines[i] = line.slice(0, start);
    let k = i + 1;
    while (!lines[k]?.includes('-->')) lines[k++] = '';
    const last = lines[k] ?? '';
    lines[k] = last.slice(last.indexOf('-->') + 3);
    i = k - 1;
  }
}

function oddTicks(text: string): boolean {
  return (text.match(/`/g) ?? []).length % 2 === 1;
}

/** 1 where the author indents by single spaces; else a bullet one column deeper is a slip, not a child. */
function smallestStep(lines: readonly string[]): number {
  let previous = 0;
  const steps: number[] = [];
  for (const line of lines) {
    const bullet = BULLET.exec(line);
    if (!bullet) continue;
    const column = columnOf(bullet[1] ?? '');
    if (column > previous) steps.push(column - previous);
    previous = column;
  }
  const ones = steps.filter((step) => step === 1).length;
  return ones > 0 && ones * 2 > steps.length ? 1 : 2;
}

function columnOf(indent: string): number {
  let column = 0;
  for (const char of indent) column = char === '\t' ? (Math.floor(column / 4) + 1) * 4 : column + 1;
  return column;
}

function readLine(state: State, lines: readonly string[], i: number): void {
  const line = lines[i] ?? '';
  const bullet = RULE.test(line) ? null : BULLET.exec(line);
  if (line.trim() === '' || IMAGE_ONLY.test(line)) {
    state.out.push('');
    state.afterBlank ||= line.trim() === '';
    return;
  }
  if (bullet && !continuesParagraph(state, bullet)) readBullet(state, bullet, i);
  else if (HEADING.test(line) && (state.stack.length === 0 || !/^\s/.test(line))) endList(state, line.trim());
  else if (RULE.test(line)) readRule(state, lines, i);
  else readText(state, lines, i);
  state.afterBlank = false;
}

/** '2. ' at the start of a wrapped line of prose is no item. */
function continuesParagraph(state: State, bullet: RegExpExecArray): boolean {
  return state.stack.length === 0 && !state.afterBlank && bullet[3] !== undefined && Number(bullet[3]) > 1;
}

function readBullet(state: State, bullet: RegExpExecArray, i: number): void {
  const [, indent = '', , number, rest = ''] = bullet;
  const depth = openLevel(state, indent);
  let content = unquoted(rest);
  let ordinal = number;
  // '- 1. text' is one item, not two.
  for (let inner = BULLET.exec(content); inner && !RULE.test(content); inner = BULLET.exec(content)) {
    ordinal = inner[3] ?? ordinal;
    content = unquoted(inner[4] ?? '');
  }
  if (ordinal !== undefined) state.ordinals.set(i + 1, Number(ordinal));
  // A box to tick is no word.
  content = content.replace(/^\[[ xX]\]\s+/, '').replace(/^(\d+)([.)]\s)/, '$1\\$2');
  // Another mark begins another list, which is no part of the one above.
  const mark = depth === 0 && bullet[2] === '+' ? '+' : '-';
  state.out.push(`${'  '.repeat(depth)}${mark} ${content.trim() === '' ? '[]()' : content}`);
}

/** '- > words' quotes the words. */
function unquoted(content: string): string {
  return content.replace(/^(?:>\s*)+(?=\S)/, '');
}

function openLevel(state: State, indent: string): number {
  const column = columnOf(indent);
  const tabs = /^\t+$/.test(indent) && state.stack[0]?.column === 0 ? indent.length : undefined;
  while (state.stack.length > 0) {
    const top = state.stack[state.stack.length - 1];
    const isChild =
      tabs === undefined ? column >= (top?.column ?? 0) + state.smallestStep : state.stack.length <= tabs;
    if (isChild) break;
    state.stack.pop();
  }
  if (state.stack.length >= DEEPEST) state.stack.length = DEEPEST - 1;
  state.stack.push({ column });
  return state.stack.length - 1;
}

function endList(state: State, line: string): void {
  state.stack = [];
  state.out.push(line);
}

function readRule(state: State, lines: readonly string[], i: number): void {
  const underlines = state.stack.length === 0 && !state.afterBlank && /^\s*-+\s*$/.test(lines[i] ?? '');
  const oneLine = (lines[i - 2] ?? '').trim() === '' || HEADING.test(lines[i - 2] ?? '');
  // Below one line of prose it underlines a heading; below more it is a rule.
  endList(state, underlines && oneLine ? '---' : '');
}

function readText(state: State, lines: readonly string[], i: number): void {
  const line = lines[i] ?? '';
  const indent = columnOf(/^\s*/.exec(line)?.[0] ?? '');
  if (state.stack.length > 0 && state.afterBlank) {
    if (indent < 2) state.stack = [];
    while (state.stack.length > 1 && (state.stack[state.stack.length - 1]?.column ?? 0) >= indent)
      state.stack.pop();
  }
  const gloss = /^\s*:\s+(.*)$/.exec(line)?.[1];
  if (gloss !== undefined && defines(state, lines, i)) {
    state.out.push(`  - ${gloss}`);
    return;
  }
  state.out.push('  '.repeat(state.stack.length) + tidy(line.trim()));
}

/** A definition list: a line of its own, then lines that begin with a colon. */
function defines(state: State, lines: readonly string[], i: number): boolean {
  let term = i - 1;
  while (term >= 0 && i - term < 20 && /^\s*(:\s|$)/.test(lines[term] ?? '')) term--;
  if (state.stack.length === 1 && /^[-+] /.test(state.out[term] ?? '')) return true;
  if (term < 0 || i - term > 2 || state.stack.length > 0 || HEADING.test(lines[term] ?? '')) return false;
  // With a colon its children explain it, whatever the letter that it begins with.
  state.out[term] = `- ${(lines[term] ?? '').trim().replace(/[:：]?$/, ':')}`;
  state.stack = [{ column: 0 }];
  return true;
}

/** Callout marks are no words. */
function tidy(content: string): string {
  return content.replace(/^\[!\w+\][-+]?\s*/, '');
}
