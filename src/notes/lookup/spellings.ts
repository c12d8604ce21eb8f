/**
 * Letters put in, left out, changed or swapped with their neighbour to get from one word to another
 * (Damerau's distance, optimal string alignment); `limit + 1` as soon as it must be more than `limit`.
 */
export function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (row > 1 && column > 1 && swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    [beforeLast, last] = [last, current];
  }
  return last[to.length] ?? limit + 1;
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

/** Words by first letter and length, so that a mistyped one is sought among few. */
export class Spellings {
  readonly #buckets = new Map<string, Set<string>>();

  add(word: string): void {
    if (word === '' || word.length > 60) return;
    const bucket = `${word[0]}${word.length}`;
    const known = this.#buckets.get(bucket);
    if (known === undefined) this.#buckets.set(bucket, new Set([word]));
    else known.add(word);
  }

  /** Words that `typed` may have been meant for, with the number of slips, fewest first. */
  meant(typed: string): readonly (readonly [string, number])[] {
    const near: (readonly [string, number])[] = [];
    // A swap of the first two letters changes the first one.
    for (const first of new Set([typed[0], typed[1]])) {
      for (const word of this.#about(first, typed.length, 2)) {
        const count = slips(typed, word);
        if (count !== undefined && count > 0) near.push([word, count]);
      }
    }
    return near.sort((one, other) => one[1] - other[1]);
  }

  /** Words that look like it without being meant by it: the same beginning, or up to three letters off. */
  resembling(typed: string): readonly string[] {
    if (typed.length < 4 || typed.length > 60) return [];
    const alike: (readonly [string, number])[] = [];
    for (const word of this.#about(typed[0], typed.length, 4)) {
      const begins = word.length >= 4 && typed.slice(0, 4) === word.slice(0, 4);
      const distance = editDistance(typed, word, 3);
      if (begins || (distance <= 3 && word.length >= 6)) alike.push([word, distance]);
    }
    return alike.sort((one, other) => one[1] - other[1]).map(([word]) => word);
  }

  *#about(first: string | undefined, length: number, spread: number): Iterable<string> {
    for (let size = Math.max(1, length - spread); size <= length + spread; size += 1) {
      yield* this.#buckets.get(`${first}${size}`) ?? [];
    }
  }
}
