import { NEGATORS, RESETS } from './english.js';
import type { Token } from './words.js';

const GOES_ON = new Set(['or', 'nor']);

/** Tells at a comma whether a list that a 'no' began goes on: 'no windows, gpu or ssh'. */
export class Lists {
  /** What the last look found, and the word that told it, which tells the same to all commas before it. */
  private goesOn = false;
  private until = -1;

  constructor(private readonly tokens: readonly Token[]) {}

  goesOnAt(index: number): boolean {
    if (index > this.until) this.look(index);
    return this.goesOn;
  }

  private look(index: number): void {
    this.goesOn = false;
    for (this.until = index; this.until < this.tokens.length; this.until += 1) {
      const { word = '', before } = this.tokens[this.until] ?? {};
      if (before === 'stop' && this.until > index) return;
      this.goesOn = GOES_ON.has(word);
      if (this.goesOn || word === 'and' || RESETS.has(word) || NEGATORS.has(word)) return;
    }
  }
}
