import { singular } from '../grammar.js';
import type { Concept } from '../model.js';
import { wordsOf } from '../tokens.js';
import { meaningOf, tellingOf } from './meaning.js';
import type { Saying } from './sayings.js';

const blank = '____';

/** Telling words of the key that a text holds and that most of the other options do not share. */
export function givenAway(
  text: string,
  key: Concept,
  others: readonly string[],
  above: ReadonlySet<string>,
): readonly string[] {
  // As they stand too: a misspelled word has another stem.
  const said = [...meaningOf(text), ...wordsOf(text)];
  const telling = [...new Set([key.term, ...key.aliases].flatMap(plainWords))];
  const sharing = others.map(plainWords);
  const given = telling.filter((word) => {
    const tokens = [...tellingOf(word)].filter((token) => token.length > 1);
    if (!tokens.some((token) => said.some((stem) => alike(stem, token)))) return false;
    const sharers = sharing.filter((words) => words.includes(word)).length;
    // The name of the subject ('EKS' in 'EKS Anywhere') tells little as soon as another option bears it.
    const isAbove = tokens.every((token) => above.has(token));
    return sharers < Math.max(1, isAbove ? 1 : others.length / 2);
  });
  return given.flatMap((word) => [...tellingOf(word)]);
}

function plainWords(name: string): readonly string[] {
  return wordsOf(name).map(singular);
}

/** The saying with blanks in place of the given words; undefined if too little would be left to answer by. */
export function withBlanks(saying: Saying, given: readonly string[]): Saying | undefined {
  if (given.length === 0) return saying;
  let blanks = 0;
  const blanked = (whole: string): string =>
    whole
      .replace(/\s*\(([^()]*)\)/g, (aside, inside: string) => (hides(inside, given) ? '' : aside))
      .replace(/[\p{L}\p{N}]+/gu, (word) => {
        const isHidden = hides(word, given);
        if (isHidden) blanks += 1;
        return isHidden ? blank : word;
      });
  const text = blanked(saying.text);
  const counted = blanks;
  const hidden: Saying =
    saying.form === 'noun' ? { ...saying, text, quoted: blanked(saying.quoted) } : { ...saying, text };
  const shown = hidden.form === 'noun' ? hidden.quoted : hidden.text;
  const most = Math.max(counted, saying.form === 'noun' ? blanks - counted : 0);
  return most <= 2 && meaningOf(shown).size > most * 2 - 1 ? hidden : undefined;
}

function hides(text: string, given: readonly string[]): boolean {
  return [...meaningOf(text), ...wordsOf(text)].some((stem) => given.some((token) => alike(stem, token)));
}

/** True for words with the same beginning, long enough to give each other away. */
function alike(one: string, other: string): boolean {
  if (one === other) return true;
  const length = Math.min(one.length, other.length);
  return length >= 5 && one.slice(0, length) === other.slice(0, length);
}
