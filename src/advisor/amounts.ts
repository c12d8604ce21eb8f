import type { Lexicon } from './lexicon.js';
import type { CapabilityId, Threshold } from './model.js';
import type { Token } from './words.js';

/** How far from a number the word may stand that says what the number is of. */
const NEAR = 3;

const NUMBER_WORDS = new Map(
  'one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, index) => [word, index + 1] as const),
);

/** A number with a unit that some need is about. */
export interface Amount {
  /** Words taken. */
  readonly length: number;
  /** The need that arises above the threshold; undefined where the number stays below it. */
  readonly needs: CapabilityId | undefined;
  /** Words that may say what the number is of. */
  readonly of: readonly string[];
}

/** Reads '32 vCPU', '200GB of memory', 'three months' at a word. */
export function amountAt(
  tokens: readonly Token[],
  index: number,
  thresholds: readonly { readonly id: CapabilityId; readonly threshold: Threshold }[],
): Amount | undefined {
  const word = tokens[index]?.word ?? '';
  const parts = /^(\d+(?:\.\d+)?)(\p{L}*)$/u.exec(word);
  const value = NUMBER_WORDS.get(word) ?? Number(parts?.[1]);
  const glued = parts?.[2] ?? '';
  const unit = glued === '' ? tokens[index + 1]?.word : glued;
  if (Number.isNaN(value) || unit === undefined) return undefined;
  const length = glued === '' ? 2 : 1;
  const near = tokens.slice(Math.max(0, index - NEAR), index + length + NEAR).map((token) => token.word);
  for (const { id, threshold } of thresholds) {
    if (!threshold.units.includes(unit)) continue;
    if (threshold.of.length > 0 && !threshold.of.some((name) => near.includes(name))) continue;
    const above = value > threshold.value;
    return { length, needs: above ? id : undefined, of: threshold.of };
  }
  return undefined;
}

/** A number that says how many there are of something, which no need is about: '100 pods', '50 GB', 'pods: 100'. */
export function countAt(
  lexicon: Lexicon,
  tokens: readonly Token[],
  index: number,
  followsThing: boolean,
): { readonly words: readonly Token[]; readonly length: number } | undefined {
  const [number, next] = tokens.slice(index, index + 2);
  if (number === undefined || !/^\d+$/.test(number.word)) return undefined;
  if (next?.before === 'nothing') {
    if (lexicon.units.has(next.word)) return { words: [number, next], length: 2 };
    const meanings = lexicon.exact(tokens, index + 1)?.meanings ?? [];
    if (meanings.some(({ kind }) => kind === 'generic')) return { words: [number, next], length: 1 };
  }
  return followsThing ? { words: tokens.slice(index - 1, index + 1), length: 1 } : undefined;
}
