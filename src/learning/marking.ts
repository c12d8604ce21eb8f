import type { Rating } from './model.js';
import { looksMistyped } from './typo.js';

/** `nearMiss`: taken as right although a word is mistyped; never true of a wrong answer. */
export interface Mark {
  readonly correct: boolean;
  readonly nearMiss: boolean;
}

const WRONG: Mark = { correct: false, nearMiss: false };
const RIGHT: Mark = { correct: true, nearMiss: false };
const MISTYPED: Mark = { correct: true, nearMiss: true };

/**
 * Marks a typed answer against whole accepted answers. Case, width, accents, plural, hyphens, spaces and a leading
 * article do not matter; numbers and signs must be the same; a longer word may hold a typing error. A part of an
 * accepted answer is wrong, and so is what exactly names something in `others` (further terms of the notes).
 */
export function markTyped(given: string, accepted: readonly string[], others: readonly string[] = []): Mark {
  const longest = Math.max(0, ...accepted.map((answer) => answer.length));
  if (given.length > 4 * longest + 64) return WRONG;
  const attempts = readings(given, true);
  const targets = accepted.flatMap((answer) => readings(answer, false));
  const someMatch = (same: (a: Reading, b: Reading) => boolean): boolean =>
    attempts.some((attempt) => targets.some((target) => same(attempt, target)));
  if (someMatch(isSame)) return RIGHT;
  const known = others.flatMap((other) => readings(other, false));
  if (attempts.some((attempt) => known.some((other) => isSame(attempt, other)))) return WRONG;
  return someMatch(isNear) ? MISTYPED : WRONG;
}

/** Marks a choice by the text of the option picked. */
export function markChoice(picked: string, answer: string): Mark {
  return picked.trim() === answer.trim() ? RIGHT : WRONG;
}

/** Marks an order given by letters ('C A B', 'c,a,b', 'CAB') against the right one. */
export function markOrder(given: string, right: string): Mark {
  return given.length <= LONGEST_CODE && lettersIn(given) === lettersIn(right) ? RIGHT : WRONG;
}

/**
 * Marks pairs of a number and a letter ('1B 2A', '2-a, 1-b') against the right ones; in whatever order they come, each
 * number once. Letters alone stand for the numbers in their order.
 */
export function markPairs(given: string, right: string): Mark {
  if (given.length > LONGEST_CODE) return WRONG;
  const wanted = pairsIn(right);
  const pairs = /\d/.test(given)
    ? pairsIn(given)
    : [...lettersIn(given)].map((letter, at) => `${at + 1}${letter}`);
  return pairs !== undefined && pairs.join() === wanted?.join() ? RIGHT : WRONG;
}

const LONGEST_CODE = 200;

/** Letters that stand alone or run together; a word among them makes it no order of letters. */
function lettersIn(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** The pairs in the order of their numbers; undefined where anything else is said. */
function pairsIn(text: string): readonly string[] | undefined {
  const plain = text.normalize('NFKC').toUpperCase();
  const pair = /(\d)[\s.:)=→>-]*([A-Z])(?![A-Z])/g;
  const pairs = [...plain.matchAll(pair)].map(([, number = '', letter = '']) => `${number}${letter}`);
  return /[\p{L}\p{N}]/u.test(plain.replace(pair, '')) ? undefined : pairs.sort();
}

/** How a marked answer came about. */
export interface Attempt {
  readonly format: 'typed' | `choice-${number}`;
  readonly correct: boolean;
  readonly nearMiss?: boolean;
  /** Whether the learner had never answered the card before. */
  readonly firstSeen?: boolean;
  /** Whether a hint gave the answer away. */
  readonly hintUsed?: boolean;
  /** Whether the answer took longer than nine in ten of the learner's typed answers. */
  readonly slow?: boolean;
}

/**
 * The rating that a marked answer stands for; Easy is left to the learner's own button. A right choice at first
 * sight is as likely luck as knowledge, and so is Hard.
 */
export function ratingFor(attempt: Attempt): Rating {
  if (!attempt.correct || attempt.hintUsed) return 1;
  const doubtful = attempt.format === 'typed' ? attempt.nearMiss || attempt.slow : attempt.firstSeen;
  return doubtful ? 2 : 3;
}

interface Word {
  readonly folded: string;
  readonly singular: string;
  readonly acronym: boolean;
}

/** An answer cut at its numbers and signs; there is one run of words more than there are marks. */
interface Reading {
  readonly marks: readonly string[];
  readonly runs: readonly (readonly Word[])[];
}

const PART =
  /(?<![\p{L}\p{N}])-?\p{N}+(?:[.,:/]\p{N}+)*|\p{N}+(?:[.,:/]\p{N}+)*|[\p{L}\p{M}]+|[+#%*<>=^@&\p{Sc}]/gu;
const QUOTES = /['’`"“”]/g;
const DASHES = /[−‐‑]/g;
const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const ARTICLE = /^(?:a|an|the)$/i;
const NAMED_LETTER = 'A';

/** The answer as it stands and without its leading article; nothing of a blank text. */
function readings(text: string, typed: boolean): Reading[] {
  const wide = text.normalize('NFKC').trim();
  const parts = wide.replace(QUOTES, '').replace(DASHES, '-').match(PART) ?? [];
  const [first = ''] = parts;
  if (parts.length === 0) return wide === '' ? [] : [{ marks: [wide], runs: [[], []] }];
  const whole = reading(parts);
  // 'A record' is a name, so an accepted capital A stays; a learner may type it either way.
  const droppable = parts.length > 1 && ARTICLE.test(first) && (typed || first !== NAMED_LETTER);
  return droppable ? [whole, reading(parts.slice(1))] : [whole];
}

function reading(parts: readonly string[]): Reading {
  const marks: string[] = [];
  let run: Word[] = [];
  const runs = [run];
  for (const part of parts) {
    const mark = markOf(part);
    if (mark === undefined) {
      run.push(wordOf(part));
    } else {
      marks.push(mark);
      run = [];
      runs.push(run);
    }
  }
  return { marks, runs };
}

/** A number or sign in one spelling, or undefined for a word. */
function markOf(part: string): string | undefined {
  if (part === '&') return undefined;
  if (/^-?\d{1,3}(?:,\d{3})+$/.test(part)) return part.replaceAll(',', '');
  if (!/\p{L}/u.test(part)) return part;
  const number = NUMBERS.indexOf(part.toLowerCase());
  return number < 0 ? undefined : String(number);
}

function wordOf(raw: string): Word {
  const folded = raw === '&' ? 'and' : fold(raw);
  const acronym = /^\p{Lu}{2,}s?$/u.test(raw);
  const singular = /^\p{Lu}{2,}s$/u.test(raw) ? folded.slice(0, -1) : acronym ? folded : singularOf(folded);
  return { folded, singular, acronym };
}

function fold(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l');
}

/** Plural endings off. A word without a vowel is an acronym in lower case, and 'https' is not many 'http'. */
function singularOf(word: string): string {
  if (word.length < 4 || !/[aeiouy]/.test(word.slice(0, -1)) || /(?:ss|us|is)$/.test(word)) return word;
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh|zz)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

function isSame(a: Reading, b: Reading): boolean {
  return sameMarks(a, b) && a.runs.every((run, i) => sameRun(run, b.runs[i] ?? []));
}

function isNear(given: Reading, target: Reading): boolean {
  if (!sameMarks(given, target)) return false;
  let slips = 0;
  for (const [i, run] of given.runs.entries()) {
    const wanted = target.runs[i] ?? [];
    if (sameRun(run, wanted)) continue;
    const pairs = run.length === wanted.length ? run.map((word, j) => [word, wanted[j]] as const) : undefined;
    if (!pairs) {
      if (!looksMistyped(joined(run), joined(wanted))) return false;
      slips += 1;
      continue;
    }
    for (const [word, target] of pairs) {
      if (!target || word.singular === target.singular) continue;
      if (target.acronym || !looksMistyped(word.singular, target.singular)) return false;
      slips += 1;
    }
  }
  return slips === 1;
}

function sameMarks(a: Reading, b: Reading): boolean {
  return a.marks.length === b.marks.length && a.marks.every((mark, i) => mark === b.marks[i]);
}

function sameRun(a: readonly Word[], b: readonly Word[]): boolean {
  return joined(a) === joined(b) || joinedSingular(a) === joinedSingular(b);
}

function joined(run: readonly Word[]): string {
  return run.map((word) => word.folded).join('');
}

function joinedSingular(run: readonly Word[]): string {
  return run.map((word) => word.singular).join('');
}
