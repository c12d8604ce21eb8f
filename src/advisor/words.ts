/** A word as typed and as compared. */
export interface Token {
  /** As typed, for telling people which word is meant. */
  readonly typed: string;
  /** Lower case, without apostrophes. */
  readonly word: string;
  readonly stem: string;
  /** What stands between this word and the one before. */
  readonly before: 'nothing' | 'comma' | 'stop';
}

/** Says nothing between two words of a name: 'manage any servers' is 'manage servers'. */
const LIGHT = new Set('a an the any some our my your their its this that these those to'.split(' '));

const PIECES = /\d+(?:\.\d+)+|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*|[.,;!?()\n&+]/gu;

/** Cuts text into words. Light words (articles, 'our', 'to') are left out; punctuation is kept as what stood before a word. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let before: Token['before'] = 'nothing';
  for (const [piece] of text
    .normalize('NFKC')
    .replace(/\b(?:e\.g|i\.e)\./gi, ' ')
    .replace(/\bw\/o\b/gi, 'without')
    .replace(/\bw\/(?=\s)/gi, 'with')
    .matchAll(PIECES)) {
    if (piece === ',') {
      before = before === 'stop' ? 'stop' : 'comma';
    } else if (/^[.;!?()\n]$/.test(piece)) {
      before = 'stop';
    } else if (piece === '&' || piece === '+') {
      tokens.push({ typed: piece, word: 'and', stem: 'and', before });
      before = 'nothing';
    } else {
      const word = piece
        .toLowerCase()
        .replace(/['’]s$/, '')
        .replace(/['’]/g, '');
      if (LIGHT.has(word)) continue;
      tokens.push({ typed: piece, word, stem: stem(word), before });
      before = 'nothing';
    }
  }
  return tokens;
}

/** Makes 'nodes' and 'node', 'patching' and 'patch' one; 'managed' stays apart from 'manage', since they mean different node types. */
export function stem(word: string): string {
  let root = word;
  if (root.endsWith('xes')) root = root.slice(0, -2);
  else if (root.length > 4 && root.endsWith('ies')) root = `${root.slice(0, -3)}y`;
  else if (root.length > 3 && root.endsWith('s') && !/(ss|[^p]us|is)$/.test(root)) root = root.slice(0, -1);
  if (/^\p{L}+\d+s$/u.test(root)) root = root.slice(0, -1);
  if (root.length > 6 && root.endsWith('ing')) root = root.slice(0, -3).replace(/([bgmnpt])\1$/, '$1');
  if (root.length > 4 && root.endsWith('e')) root = root.slice(0, -1);
  return root;
}

/** What a name is looked up by: spaces, hyphens and endings make no difference ('daemon sets', 'DaemonSet'). */
export function keyOf(tokens: readonly Token[]): string {
  return tokens.map((token) => token.stem).join('');
}

/**
 * Edits (insert, delete, replace, swap neighbours) between two words, or `limit` + 1 where there are more:
 * the restricted Damerau-Levenshtein distance.
 */
export function distance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let older: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      let best = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) best = Math.min(best, (older[column - 2] ?? 0) + 1);
      current.push(best);
    }
    if (Math.min(...current) > limit) return limit + 1;
    older = previous;
    previous = current;
  }
  return previous[right.length] ?? limit + 1;
}
