import { isPlural } from '../grammar.js';

const longTerm = 48;

/** True for a name in the spelling of programs. */
export function isCode(term: string): boolean {
  return /^[a-z\d]+(?:[-._/:][a-z\d]+)*$/.test(term);
}

/** True for names as one could be taken for the other: no sentence, no far longer one. */
export function isOfKind(term: string, key: string): boolean {
  if (term.length > longTerm) return false;
  if (isCode(key) !== isCode(term)) return false;
  const ratio = Math.max(term.length, key.length) / Math.min(term.length, key.length);
  return ratio <= 3 || Math.abs(term.length - key.length) <= 10;
}

/** How much the form of two names differs, in steps of distance. */
export function mismatch(term: string, key: string): number {
  const number = isPlural(term) === isPlural(key) ? 0 : 1;
  const phrase = isPhrase(term) === isPhrase(key) ? 0 : 2;
  const acronym = isAcronym(term) === isAcronym(key) ? 0 : 1;
  return number + phrase + acronym;
}

function isPhrase(term: string): boolean {
  return / (?:of|on|in|for|to|with|and|from|by) /i.test(term);
}

/** True for a name in capitals: 'ECR'. */
function isAcronym(term: string): boolean {
  return /^\p{Lu}[\p{Lu}\d]+s?$/u.test(term);
}
