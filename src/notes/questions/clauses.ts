import { isVerb, singular, startsWithVerb } from '../grammar.js';
import { unlistedVerbs } from './verbs.js';

/** Words and marks at which the opening phrase of a line ends. */
export const relative =
  /[,;:(]|\b(?:that|which|who|whose|where|for|of|to|in|on|with|from|by|within|between|than|as|after|before|over|under|without|during|through|against|like|at|into|via|per)\b/i;
/** Auxiliaries that make a sentence. */
export const finite =
  /\b(?:is|are|was|were|has|have|can|will|must|may|should|does|do|cannot|can't|don't|doesn't)\b/i;

/** 'chromosomes condense', 'SYN and ACK open a connection': plural subjects and what they do. */
export function isPluralClause(text: string): boolean {
  if (/^(?:people|everybody|nobody|users|we|you|they) \p{Ll}+ /iu.test(text)) return true;
  const [, noun = '', next = ''] =
    /^(?:(?:two|three|four|five|\d+|new|other|all|the) )*(\p{Ll}{3,}s) (\p{Ll}+)/iu.exec(text) ?? [];
  const isTied =
    /(?:ed|ing|s)$|^(?:and|or|are|that|which|who|whose)$/.test(next) || relative.test(`${next} `);
  if (noun !== '' && singular(noun) !== noun && !isTied) return true;
  const far =
    /^\p{Ll}{3,}s (?:on|in|of|at|with|from) [^,;:]*?(?<!\b(?:an?|the|of|in|on|to|for|by|at|with|from|and|or|no|each|every|my|your|his|her|its|our|their)) (\p{Ll}{3,}) (?!of\b|and\b|or\b|that\b)\p{L}/iu.exec(
      text,
    )?.[1];
  if (
    far !== undefined &&
    isVerb(`${far}s`) &&
    !/\b(?:that|which|who|whose)\b/.test(text.split(far)[0] ?? '')
  )
    return true;
  const joined = / and \p{L}[\p{L}-]* (\p{Ll}+) (?:an?|the)\b/u.exec(text)?.[1];
  return joined !== undefined && (isVerb(`${joined}s`) || unlistedVerbs.has(`${joined}s`));
}

/** True where a verb follows a noun phrase, outside a relative clause, so that the line speaks of something else. */
export function isClauseOfOther(text: string): boolean {
  const [main = '', ...told] = text.split(/\b(?:that|which|who|whose|where)\b/i);
  const [before = ''] = main.split(relative, 1);
  const [phrase = ''] = main.split(/\b(?:with|for|to|in|on|by|from|than|as|between|after|before)\b/i, 1);
  const words = phrase
    .trim()
    .toLowerCase()
    .split(/[^\p{L}']+/u);
  const last = words.length - 1;
  // 'Programs that run side by side do not see ...': the verb of the sentence follows the relative clause.
  const later = told.some((rest) => /\p{L}+ \p{L}+.* (?:do|does|cannot|can't|don't|doesn't)\b/iu.test(rest));
  return (
    later ||
    finite.test(before) ||
    // 'the number of partitions can be increased'
    (/^[^,]* of /i.test(phrase) && !/\b(?:what|how|whether)\b/i.test(phrase) && finite.test(phrase)) ||
    words.some((word, at) => at > 0 && isSingularVerb(word, at === last))
  );
}

function isSingularVerb(word: string, isLast: boolean): boolean {
  return singular(word) !== word && (startsWithVerb(word) || (!isLast && unlistedVerbs.has(word)));
}

/** True where subject and verb come before any comma, so that the clause can follow 'that'. */
export function isWhole(text: string): boolean {
  const [opening = ''] = text.split(/[,;:]/, 1);
  const words = opening.toLowerCase().split(/[^\p{L}']+/u);
  return !/^(?:still|not|only|just|also)\b/i.test(text) && words.slice(1).some((word) => isVerb(word));
}

/** 'All are affected, page everybody': two clauses with a comma between them. */
export function isSpliced(text: string): boolean {
  const [, after] = /^[^,;]*[,;]\s+(.+)$/.exec(text) ?? [];
  return (
    after !== undefined && !/^(?:and|but|or|so|which|who|that|because|while|when|if|as|where)\b/i.test(after)
  );
}
