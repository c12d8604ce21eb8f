import { AFTER_NOUN, isFiller, WANTING } from './english.js';
import type { Lexicon } from './lexicon.js';
import type { Token } from './words.js';

/** Whether a negated verb says what the node type named just before cannot do: 'Fargate still does not mount EBS'. */
export function followsType(tokens: readonly Token[], afterType: number, index: number): boolean {
  if (afterType < 0 || !/nt$|^(cannot|not)$/.test(tokens[index]?.word ?? '')) return false;
  if (tokens[index]?.before !== 'nothing') return false;
  return tokens.slice(afterType, index).every((token) => token.before === 'nothing' && isFiller(token.word));
}

/** How far a 'no' reaches: `spared` where its own noun keeps it ('no downtime with EBS'), `noun` where places end it. */
export function limitOf(
  lexicon: Lexicon,
  tokens: readonly Token[],
  index: number,
): 'spared' | 'noun' | undefined {
  const word = tokens[index]?.word ?? '';
  const [noun, next] = tokens.slice(index + 1, index + 3);
  const keeps =
    noun?.before === 'nothing' &&
    next?.before === 'nothing' &&
    /^(no|without)$/.test(word) &&
    AFTER_NOUN.has(next.word) &&
    !WANTING.has(noun.word) &&
    lexicon.exact(tokens, index + 1) === undefined;
  if (keeps) return 'spared';
  return /^(no|never|without|besides|except|excluding)$/.test(word) ? 'noun' : undefined;
}
