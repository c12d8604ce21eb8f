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
  /** Words that say what the number is of. */
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
    return { length, needs: above ? id : undefined, of: above ? threshold.of : [] };
  }
  return undefined;
}
