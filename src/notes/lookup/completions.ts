import type { Concept } from '../model.js';

/** A name, or the rest of one from one of its words on, by which a term can be completed. */
export interface Completion {
  readonly key: string;
  readonly term: string;
  /** 0 where the whole name begins so, otherwise which of its words does. */
  readonly word: number;
  readonly order: number;
}

/** All that terms can be completed by, in order of their keys. */
export function completionsOf(
  concepts: readonly Concept[],
  read: (text: string) => readonly string[],
): readonly Completion[] {
  const all = concepts.flatMap((concept, order) =>
    [concept.term, ...concept.aliases].flatMap((name) => {
      const words = read(name).slice(0, 8);
      return words.map((_, word) => ({ key: words.slice(word).join(''), term: concept.term, word, order }));
    }),
  );
  return all.sort((one, other) =>
    one.key < other.key ? -1 : one.key > other.key ? 1 : one.order - other.order,
  );
}

/** Terms that begin with the key, then those with a word that does, each in the order of the notes. */
export function completed(all: readonly Completion[], key: string, limit: number): readonly string[] {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.key ?? '') < key) low = middle + 1;
    else high = middle;
  }
  const hits: Completion[] = [];
  for (let at = low; at < all.length && hits.length < 500; at += 1) {
    const completion = all[at];
    if (completion === undefined || !completion.key.startsWith(key)) break;
    hits.push(completion);
  }
  hits.sort((one, other) => Math.min(one.word, 1) - Math.min(other.word, 1) || one.order - other.order);
  return [...new Set(hits.map((hit) => hit.term))].slice(0, limit);
}
