import { startsWithVerb } from '../grammar.js';
import { stopWords } from '../wording.js';

const led = /^(?:(?:it|they|this|these|that) (?:is|are) )?(?:an? |the |still )?/i;
const quantity = /^(?:one|some|any|each|all|most) of (?:the |its |their )?(?:several |many |two |three )?/i;
const clauseEnd = /[,;:.(]|\b(?:that|which|who|whose|where|is|are|can|but|when|if|while)\b/i;
const phraseEnd =
  /\b(?:for|of|to|in|on|with|from|by|between|within|against|(?:used|using|running|operating|managed)(?= (?:as|for|in|on|by|with|an?|the|it|them)\b))\b/i;
/** Heads that say nothing of their own: 'a system for container orchestration' is container orchestration. */
const emptyHead =
  /^(?:kind|type|sort|form|way|means|method|system|tool|framework|service|software|program|piece|part|set|group|collection|process|technique|one|something|act|practice)s?$/i;

/** True if a sentence of the line says what something is in the words sought, as a person would name it by them. */
export function saysWhat(
  text: string,
  sought: readonly string[],
  stemsOf: (text: string) => readonly string[],
): boolean {
  if (sought.length === 0) return false;
  const heavy = (part: string): readonly string[] => stemsOf(part).filter((stem) => !stopWords.has(stem));
  return text.split(/(?<=[.!?])\s+/).some((sentence) => names(sentence.replace(/["“”]/g, ''), sought, heavy));
}

function names(
  text: string,
  sought: readonly string[],
  stemsOf: (text: string) => readonly string[],
): boolean {
  const roles = [...text.matchAll(/\bas (?:an? |the |its |their )?([^,;:.()]+)$/gi)].map(
    ([, role = '']) => role,
  );
  if (sought.length > 1 && roles.some((role) => startsSo(stemsOf(role), sought))) return true;
  const gloss = text.replace(led, '').replace(quantity, '');
  if (startsWithVerb(gloss) || /^(?:it|they|this|these|that) /i.test(gloss)) return false;
  const [clause = ''] = gloss.split(clauseEnd, 1);
  const [narrow = '', ...rest] = clause.split(phraseEnd);
  const head = stemsOf(narrow);
  if (endsOrHolds(head, sought)) return true;
  const said = rest.map((part) => stemsOf(part.replace(/^\s*(?:an?|the|its|their) /i, '')));
  if (emptyHead.test(narrow.trim().split(/\s+/).at(-1) ?? '') && sought.length > 1) {
    return said.some((part) => startsSo(part, sought));
  }
  return isTurned(head, said, sought);
}

/** One word must be what the phrase is about: in 'a networking proxy' that is the proxy. */
function endsOrHolds(head: readonly string[], sought: readonly string[]): boolean {
  const at = head.findIndex((_, start) => sought.every((stem, offset) => head[start + offset] === stem));
  return at >= 0 && (sought.length > 1 || at === head.length - 1);
}

function startsSo(words: readonly string[], sought: readonly string[]): boolean {
  return sought.every((stem, at) => words[at] === stem);
}

/** 'A proxy for the network' is a network proxy, 'variants of a gene' are gene variants, and the other way round. */
function isTurned(
  head: readonly string[],
  said: readonly (readonly string[])[],
  sought: readonly string[],
): boolean {
  const [last, ...others] = [...sought].reverse();
  const [first, ...later] = sought;
  const follows = (rest: readonly string[]): boolean =>
    rest.length > 0 &&
    said.some((part) => rest.every((stem) => part.slice(0, rest.length + 1).includes(stem)));
  const closing = head.at(-1);
  return (
    closing !== undefined && ((closing === last && follows(others)) || (closing === first && follows(later)))
  );
}
