const LONGEST_WORD = 64;

/** Beginnings and endings that turn a word into another one, close as the spellings are. */
const PREFIXES = [
  ['hyper', 'hypo'],
  ['inter', 'intra'],
  ['macro', 'micro'],
  ['mini', 'maxi'],
] as const;
const SUFFIXES = [
  ['ee', 'er'],
  ['ee', 'or'],
  ['ate', 'ite'],
  ['ide', 'ite'],
  ['ase', 'ose'],
] as const;

/**
 * Whether a word is the other one mistyped rather than another word: one slip from five letters on, two from ten,
 * with the first letter right. A letter missing, added, changed or swapped with its neighbour is a slip. What only
 * lengthens or shortens the word (synchronous, asynchronous; container, containerd) is another word.
 */
export function looksMistyped(given: string, target: string): boolean {
  const allowed = target.length < 5 ? 0 : target.length < 10 ? 1 : 2;
  if (allowed === 0 || target.length > LONGEST_WORD || given[0] !== target[0]) return false;
  if (Math.abs(given.length - target.length) > allowed || given.includes(target) || target.includes(given)) {
    return false;
  }
  if (PREFIXES.some((pair) => swaps(pair, (affix, word) => word.startsWith(affix), given, target)))
    return false;
  if (SUFFIXES.some((pair) => swaps(pair, (affix, word) => word.endsWith(affix), given, target)))
    return false;
  return slipsBetween(given, target) <= allowed;
}

function swaps(
  [p, q]: readonly [string, string],
  has: (affix: string, word: string) => boolean,
  a: string,
  b: string,
): boolean {
  return (has(p, a) && has(q, b)) || (has(q, a) && has(p, b));
}

/** Edits between two words, a swap of neighbours counting as one (optimal string alignment distance). */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? (beforeLast[j - 2] ?? 0) + 1
          : Number.POSITIVE_INFINITY;
      row.push(Math.min(changed, swapped, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
