const longestWord = 60;
// Three rows are enough for one comparison, and none is kept: hundreds of thousands may be made for one query.
const rows = [0, 1, 2].map(() => new Uint8Array(longestWord + 2));

/**
 * Letters put in, left out, changed or swapped with their neighbour to get from one word to another
 * (Damerau's distance, optimal string alignment); `limit + 1` as soon as it must be more than `limit`.
 */
function editDistance(from: string, to: string, limit: number): number {
  const tooFar = limit + 1;
  if (Math.abs(from.length - to.length) > limit || to.length > longestWord) return tooFar;
  let [beforeLast = new Uint8Array(), last = new Uint8Array(), current = new Uint8Array()] = rows;
  for (let column = 0; column <= to.length; column += 1) last[column] = column;
  for (let row = 1; row <= from.length; row += 1) {
    // Outside this band the distance is more than the limit.
    const first = Math.max(1, row - limit);
    const end = Math.min(to.length, row + limit);
    current[first - 1] = first === 1 ? row : tooFar;
    if (end < to.length) current[end + 1] = tooFar;
    if (row + limit <= to.length) last[row + limit] = tooFar;
    let least = current[first - 1] ?? tooFar;
    for (let column = first; column <= end; column += 1) {
      const same = from.charCodeAt(row - 1) === to.charCodeAt(column - 1);
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 &&
        column > 1 &&
        from.charCodeAt(row - 1) === to.charCodeAt(column - 2) &&
        from.charCodeAt(row - 2) === to.charCodeAt(column - 1);
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current[column] = cost;
      least = Math.min(least, cost);
    }
    if (least > limit) return tooFar;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return Math.min(last[to.length] ?? tooFar, tooFar);
}

/** Which letters a word holds, a bit for each of 31 classes: two bits differ for each letter changed. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let at = 0; at < word.length; at += 1) letters |= 1 << (word.charCodeAt(at) % 31);
  return letters;
}

function bitsIn(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/**
 * How many slips turn `meant` into `typed`, if so few that a slip is likelier than another word; otherwise
 * undefined. The first letter is hardly ever mistyped, and in short words another letter is another word
 * ('note' is not 'node'), so those must keep more of their form.
 */
export function slips(typed: string, meant: string): number | undefined {
  if (typed === meant) return 0;
  if (/\d/.test(typed) || /\d/.test(meant) || meant.length < 4 || typed.length < 3) return undefined;
  const distance = editDistance(typed, meant, 2);
  if (distance > 2) return undefined;
  const sameEnds = typed[0] === meant[0] && typed.at(-1) === meant.at(-1);
  if (meant.length <= 4) return distance === 1 && isSwapOrSlip(typed, meant) ? 1 : undefined;
  if (distance === 1) return typed[0] === meant[0] || typed[0] === meant[1] ? 1 : undefined;
  if (meant.length >= 8) return typed[0] === meant[0] ? 2 : undefined;
  return meant.length >= 6 && sameEnds ? 2 : undefined;
}

function isSwapOrSlip(typed: string, meant: string): boolean {
  if (typed.length === meant.length) return [...typed].sort().join('') === [...meant].sort().join('');
  return typed[0] === meant[0] && (typed.length > meant.length || typed.at(-1) === meant.at(-1));
}

interface Bucket {
  readonly words: string[];
  readonly letters: number[];
}

/** Words by first letter and length, so that a mistyped one is sought among few. Numbers are never slips. */
export class Spellings {
  readonly #buckets = new Map<string, Bucket>();
  readonly #isWord: (word: string) => boolean;

  /** `isWord` is true for every word added. */
  constructor(isWord: (word: string) => boolean) {
    this.#isWord = isWord;
  }

  /** Adds a word that was not added before. */
  add(word: string): void {
    if (word === '' || word.length > longestWord || /\d/.test(word)) return;
    const key = `${word[0]}${word.length}`;
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = { words: [], letters: [] };
      this.#buckets.set(key, bucket);
    }
    bucket.words.push(word);
    bucket.letters.push(lettersOf(word));
  }

  /** Words that `typed` may have been meant for, with the number of slips, fewest first. */
  meant(typed: string): readonly (readonly [string, number])[] {
    if (typed.length < 3 || typed.length > longestWord + 2 || /\d/.test(typed)) return [];
    const near: (readonly [string, number])[] = [];
    // A swap of the first two letters changes the first one.
    for (const first of new Set([typed[0], typed[1]])) {
      for (const word of this.#about(first, typed, 2, 4)) {
        const count = slips(typed, word);
        if (count !== undefined && count > 0) near.push([word, count]);
      }
    }
    // Of a short word another one is left without its first letter.
    if (typed.length >= 6) for (const word of this.#beheadedTo(typed)) near.push([word, 1]);
    return near.sort((one, other) => one[1] - other[1]);
  }

  /** Words that are `typed` but for a first letter left out. */
  #beheadedTo(typed: string): readonly string[] {
    const words = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `${letter}${typed}`);
    return words.filter((word) => typed[0] !== word[0] && this.#isWord(word));
  }

  /** Words that look like it without being meant by it: the same beginning, or up to three letters off. */
  resembling(typed: string): readonly string[] {
    if (typed.length < 4 || typed.length > longestWord || /\d/.test(typed)) return [];
    const alike: (readonly [string, number])[] = [];
    const beginning = typed.slice(0, 4);
    for (const word of this.#about(typed[0], typed, 4, 8)) {
      const distance = editDistance(typed, word, 3);
      if (word.startsWith(beginning) || (distance <= 3 && word.length >= 6)) alike.push([word, distance]);
    }
    return [
      ...this.#beheadedTo(typed),
      ...alike.sort((one, other) => one[1] - other[1]).map(([word]) => word),
    ];
  }

  /** Words of about this length that hold about the same letters. */
  *#about(first: string | undefined, typed: string, spread: number, bits: number): Iterable<string> {
    const letters = lettersOf(typed);
    for (let size = Math.max(1, typed.length - spread); size <= typed.length + spread; size += 1) {
      const bucket = this.#buckets.get(`${first}${size}`);
      if (bucket === undefined) continue;
      for (let at = 0; at < bucket.words.length; at += 1) {
        const word = bucket.words[at];
        if (word !== undefined && bitsIn(letters ^ (bucket.letters[at] ?? 0)) <= bits) yield word;
      }
    }
  }
}
