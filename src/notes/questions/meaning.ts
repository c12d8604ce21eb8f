import { searchTokens, wordsOf } from '../tokens.js';
import { faintWords, isLight } from '../wording.js';

/** Words of a text that carry its meaning, as stems. */
export function meaningOf(text: string): ReadonlySet<string> {
  return new Set(
    wordsOf(text)
      .filter((word) => !isLight(word))
      .flatMap(searchTokens),
  );
}

/** The words of a name that tell it from others, as stems. */
export function tellingOf(name: string): ReadonlySet<string> {
  const telling = wordsOf(name).filter((word) => !faintWords.has(word));
  return meaningOf(telling.join(' '));
}
