import { ABILITIES } from './english.js';
import type { Lexicon } from './lexicon.js';
import type { Token } from './words.js';

const NEGATED_VERB = /nt$|^(cannot|not)$/;

/** Whether a negation at a word asks rather than refuses: 'isn't there …?', 'why can't …', 'which types do not support GPUs?'. */
export function asksByNegating(
  lexicon: Lexicon,
  tokens: readonly Token[],
  index: number,
  spoken: boolean,
): boolean {
  const word = tokens[index]?.word ?? '';
  if (!NEGATED_VERB.test(word)) return false;
  return (
    opensQuestion(lexicon, tokens, index, word) ||
    asksWhether(lexicon, tokens, index) ||
    (!spoken && asksWhichCannot(tokens, index))
  );
}

/** True for a word that begins the name of a node type. */
export function isTypeAt(lexicon: Lexicon, tokens: readonly Token[], index: number): boolean {
  return lexicon.exact(tokens, index)?.meanings.some(({ kind }) => kind === 'type') === true;
}

function opensQuestion(lexicon: Lexicon, tokens: readonly Token[], index: number, word: string): boolean {
  const before = tokens[index - 1];
  if (before?.word === 'why') return true;
  if (before !== undefined && tokens[index]?.before !== 'stop') return false;
  if (/^(isnt|arent|doesnt|wouldnt|couldnt|wont)$/.test(word)) return true;
  return /^(cant|cannot)$/.test(word) && isTypeAt(lexicon, tokens, index + 1);
}

/** 'Can we not use spot on Fargate?', 'does it not support GPUs?' */
function asksWhether(lexicon: Lexicon, tokens: readonly Token[], index: number): boolean {
  const [verb, subject] = tokens.slice(Math.max(0, index - 2), index);
  if (verb === undefined || subject === undefined || subject.before !== 'nothing') return false;
  const opens = index === 2 || verb.before === 'stop';
  if (!opens || !/^(can|could|do|does|is|are|should|would|will)$/.test(verb.word)) return false;
  return /^(we|i|you|it|they|there)$/.test(subject.word) || isTypeAt(lexicon, tokens, index - 1);
}

/** 'Which types do not support gpu?' asks about gpu. */
function asksWhichCannot(tokens: readonly Token[], index: number): boolean {
  const before = tokens.slice(Math.max(0, index - 4), index).map((token) => token.word);
  const next = tokens[index + 1]?.word ?? '';
  return (before.includes('which') || before.includes('what')) && ABILITIES.has(next);
}
