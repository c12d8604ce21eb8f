import { slips } from '../lookup/spellings.js';
import { isUnspaced, searchTokens, wordsOf } from '../tokens.js';
import { askingWords, stopWords } from '../wording.js';

/** The telling words of a text, each once. */
export type Bag = ReadonlySet<string>;

/** The stems of a text's words without those that carry no subject; of a text of such words alone, all of them. */
export function bagOf(text: string): Bag {
  const words = wordsOf(text);
  const telling = words.filter((word) => !stopWords.has(word) && !askingWords.has(word));
  return new Set((telling.length > 0 ? telling : words).flatMap(searchTokens));
}

/** How much each word tells: the rarer among the texts given, the more (inverse document frequency). */
export class Weights {
  readonly #texts: number;
  readonly #uses = new Map<string, number>();

  constructor(bags: readonly Bag[]) {
    this.#texts = bags.length;
    for (const bag of bags) for (const word of bag) this.#uses.set(word, (this.#uses.get(word) ?? 0) + 1);
  }

  of(word: string): number {
    return Math.log(2 + this.#texts / (this.#uses.get(word) ?? 1));
  }
}

/**
 * How alike two bags of words are, 0 to 1: Dice's coefficient over weighted words, where a mistyped word still counts
 * for the word it was meant for (the soft matching of Cohen, Ravikumar and Fienberg, "A Comparison of String Distance
 * Metrics for Name-Matching Tasks", 2003, with an edit distance as the inner measure).
 */
export function likeness(a: Bag, b: Bag, weights: Weights): number {
  if (a.size === 0 || b.size === 0) return a.size === b.size ? 1 : 0;
  let shared = 0;
  let all = 0;
  const left = new Set<string>();
  for (const word of a) {
    const weight = weights.of(word);
    all += weight;
    if (b.has(word)) shared += 2 * weight;
    else left.add(word);
  }
  for (const word of b) {
    const weight = weights.of(word);
    all += weight;
    if (a.has(word)) continue;
    for (const other of left) {
      if (!isMistyped(word, other)) continue;
      left.delete(other);
      shared += SLIP * (weight + weights.of(other));
      break;
    }
  }
  return shared / all;
}

const SLIP = 0.8;

/** What only lengthens or shortens a word (encrypted, unencrypted; container, containerd) is another word. */
function isMistyped(a: string, b: string): boolean {
  if (a[0] !== b[0] || a.length < 5 || b.length < 5 || isUnspaced(a) || isUnspaced(b)) return false;
  if (a.startsWith(b) || b.startsWith(a)) return false;
  return slips(a, b) !== undefined;
}
