import type { Token } from './words.js';

/** A longer word is named by its beginning. */
const MOST_CHARACTERS = 40;

/** What of a text was not understood. */
export class Unread {
  private readonly found: { readonly typed: string; readonly word: string }[] = [];
  /** Words that said what an amount is of, wherever they stand. */
  private readonly measured = new Set<string>();

  add(...words: readonly Token[]): void {
    this.found.push({ typed: words.map(({ typed }) => typed).join(' '), word: words[0]?.word ?? '' });
  }

  /** Takes words for understood. */
  settle(words: readonly string[]): void {
    for (const word of words) this.measured.add(word);
  }

  /** As typed, each once. */
  get words(): readonly string[] {
    const left = this.found.filter(({ word }) => !this.measured.has(word));
    return [...new Set(left.map(({ typed }) => shortened(typed)))];
  }
}

/** Whole characters, since half of one can be neither shown nor sent. */
function shortened(typed: string): string {
  return [...typed].slice(0, MOST_CHARACTERS).join('');
}
