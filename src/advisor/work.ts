import { DELEGATING, DOING, JOBS, LETTING, PROVIDERS } from './english.js';
import type { Lexicon, Match } from './lexicon.js';
import type { Token } from './words.js';

/** How far back the verb stands in 'hand the patching over to AWS', and the noun in 'nodes that we do not have to manage'. */
const REACH = 8;

/** What may follow a verb whose object stood before it. */
const AFTER_VERB = new Set(
  `and or but them it they ourselves myself yourself at by all anymore either every under while during for when
  within before after until if on just once`.split(/\s+/),
);

/** Between a verb and a noun they tell that the noun is not its object: 'run pods on nodes'. */
const ENDS_OBJECT = new Set('and or but on in with for without not no at from that which'.split(' '));

/**
 * Whether AWS does the work that the text speaks of at a word: `behind` where that stood before ('patching done
 * by AWS'), `ahead` where it follows ('let AWS patch').
 */
export function providerActs(tokens: readonly Token[], index: number): 'ahead' | 'behind' | undefined {
  const token = tokens[index];
  if (token === undefined || !PROVIDERS.has(token.word)) return undefined;
  const before = wordBeside(tokens, index, -1);
  const after = wordBeside(tokens, index, 1);
  if (before === 'by' || JOBS.has(after) || delegates(tokens, index)) return 'behind';
  return LETTING.has(before) || DOING.has(after) ? 'ahead' : undefined;
}

function wordBeside(tokens: readonly Token[], index: number, step: 1 | -1): string {
  const later = tokens[step === 1 ? index + 1 : index];
  return later?.before === 'nothing' ? (tokens[index + step]?.word ?? '') : '';
}

function delegates(tokens: readonly Token[], index: number): boolean {
  for (let at = index; at > 0 && index - at < REACH && tokens[at]?.before !== 'stop'; at -= 1) {
    if (DELEGATING.has(tokens[at - 1]?.word ?? '')) return true;
  }
  return false;
}

/** Work whose object follows after a word or two: 'manage' in 'manage GPU servers'. */
export function workOnLater(lexicon: Lexicon, tokens: readonly Token[], index: number): Match | undefined {
  const first = tokens[index];
  if (first === undefined || !lexicon.startsWork(first)) return undefined;
  for (const length of [3, 2, 1]) {
    const verb = tokens.slice(index, index + length);
    for (const noun of nounsAhead(tokens, index + length)) {
      const meanings = lexicon.meaningsOf([...verb, noun]);
      if (meanings?.some((meaning) => meaning.kind === 'capability' && meaning.work))
        return { meanings, length, corrected: undefined };
    }
  }
  return undefined;
}

function nounsAhead(tokens: readonly Token[], from: number): readonly Token[] {
  const ahead = tokens.slice(from, from + 3);
  const end = ahead.findIndex(({ word, before }) => before !== 'nothing' || ENDS_OBJECT.has(word));
  return ahead.slice(1, end === -1 ? undefined : end);
}

/** Work whose object stood before its verb: 'manage' in 'nodes that we do not have to manage'. */
export function workOnEarlier(lexicon: Lexicon, tokens: readonly Token[], index: number): Match | undefined {
  const first = tokens[index];
  if (first === undefined || !lexicon.startsWork(first)) return undefined;
  for (const length of [3, 2, 1]) {
    const verb = tokens.slice(index, index + length);
    const next = tokens[index + length];
    if (verb.length < length || (next?.before === 'nothing' && !AFTER_VERB.has(next.word))) continue;
    for (let at = index; at > 0 && index - at < REACH && tokens[at]?.before !== 'stop'; at -= 1) {
      const noun = tokens[at - 1];
      const meanings = noun && lexicon.meaningsOf([...verb, noun]);
      if (meanings?.some((meaning) => meaning.kind === 'capability' && meaning.freeOf))
        return { meanings, length, corrected: undefined };
    }
  }
  return undefined;
}
