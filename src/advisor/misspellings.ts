import { distance, keyOf, type Token } from './words.js';

/** How a name is spelt. */
export interface Spelling {
  readonly key: string;
  /** As the facts write it. */
  readonly written: string;
  readonly stems: readonly string[];
}

/** Two slips are allowed for in a word of this length, and one where it was written as several. */
const LONG = 9;

/** In a shorter word a changed letter is too often another word. */
const SHORT = 5;

/** No name is so long that a slip in it would be worth the time. */
const LONGEST = 40;

/** Words that were looked up are kept, up to so many, since a text may hold one a hundred times. */
const MOST_KEPT = 500;

/** Finds the name that a misspelt word may mean: one edit in 5 letters, two in 9; the first letter is right. */
export class Misspellings<Name extends Spelling> {
  /** Names with their letters, by their first letter and their length. */
  private readonly drawers = new Map<string, { readonly name: Name; readonly letters: number }[]>();
  private readonly found = new Map<string, Name | undefined>();

  constructor(names: readonly Name[]) {
    for (const name of names) {
      const drawer = drawerOf(name.key, name.key.length);
      const entry = { name, letters: lettersOf(name.key) };
      const there = this.drawers.get(drawer);
      if (there === undefined) this.drawers.set(drawer, [entry]);
      else there.push(entry);
    }
  }

  nearest(words: readonly Token[]): Name | undefined {
    if (keyOf(words).length > LONGEST) return undefined;
    const typed = words.map(({ word }) => word);
    const asked = typed.join(' ');
    if (this.found.has(asked)) return this.found.get(asked);
    const stems = words.map(({ stem }) => stem);
    const name = this.search(stems) ?? (stems.join(' ') === asked ? undefined : this.search(typed));
    if (this.found.size >= MOST_KEPT) this.found.clear();
    this.found.set(asked, name);
    return name;
  }

  private search(stems: readonly string[]): Name | undefined {
    const key = stems.join('');
    if (key.length < 3 || key.length > LONGEST) return undefined;
    const letters = lettersOf(key);
    let best: Name | undefined;
    let least = (key.length >= LONG ? 2 : 1) + 1;
    for (const difference of [0, -1, 1, -2, 2].filter((size) => Math.abs(size) < least)) {
      for (const entry of this.drawers.get(drawerOf(key, key.length + difference)) ?? []) {
        if (differing(letters, entry.letters) > 2 * (least - 1)) continue;
        const { name } = entry;
        const edits = distance(key, name.key, least - 1);
        if (edits < least && mayMean(stems, name, edits)) {
          best = name;
          least = edits;
        }
      }
    }
    return best;
  }
}

/** Whether a slip explains the difference: it changes no digit, no short word, and no short word into several. */
function mayMean(stems: readonly string[], name: Spelling, edits: number): boolean {
  const key = stems.join('');
  if (name.key.length < 3 || key.replace(/\D/g, '') !== name.key.replace(/\D/g, '')) return false;
  if (stems.length !== name.stems.length)
    return edits < 2 && (Math.min(key.length, name.key.length) >= LONG || isSlip(key, name.key));
  return stems.every((stem, index) => {
    const meant = name.stems[index] ?? '';
    return stem === meant || Math.min(stem.length, meant.length) >= SHORT || isSlip(stem, meant);
  });
}

function drawerOf(key: string, length: number): string {
  return `${key.slice(0, 1)}${length}`;
}

/** Letters swapped, or one doubled. */
function isSlip(left: string, right: string): boolean {
  if (left.length === right.length) return [...left].sort().join('') === [...right].sort().join('');
  return undoubled(left) === undoubled(right);
}

/** Which letters of the alphabet a word has, as bits: an edit changes two of them at most. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) % 32);
  return bits;
}

function differing(left: number, right: number): number {
  let count = 0;
  for (let bits = left ^ right; bits !== 0; bits &= bits - 1) count += 1;
  return count;
}

function undoubled(word: string): string {
  return word.replace(/(.)\1/gu, '$1');
}
