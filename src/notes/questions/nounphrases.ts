import { isPlural, isVerb, startsWithVerb } from '../grammar.js';
import { stopWords } from '../wording.js';
import { finite, relative } from './clauses.js';
import type { Refusal, Saying } from './sayings.js';

const massNouns =
  /(?:storage|software|logic|memory|compute|networking|access|traffic|data|encryption|capacity|bandwidth|throughput|performance|security|information|hardware|control|support|latency|availability|durability|work|code|management|ing|text|time|money|growth|death|energy|progress|proof|evidence|quality|cost)$/i;

/** What a line calls its concept: asked with its article, or quoted where none is sure. */
export function nounPhrase(said: string): Saying | Refusal {
  // 'A product, can be used anywhere', 'a runtime, its default is one': the rest says something else.
  const text = said.replace(/;.*$|,\s+(?:can|is|are|has|have|may|must|will|its?|they)\b.*$/i, '');
  if (worded(text) < 2) return 'truism';
  const opening = openingOf(text).replace(/\s+\p{L}{3,}ed$/u, '');
  const quoted = text;
  const head = opening.split(/\s+/).at(-1) ?? '';
  if (/^(?:an?|the)\s/i.test(text)) return { form: 'noun', text: lowerFirst(text), quoted };
  // 'Tiny, for large tables' says how something is.
  if (/^\p{L}+,\s/u.test(text)) return { form: 'noun', text: '', quoted };
  const isNoun =
    /^[\p{L}\p{N}/ -]+$/u.test(opening) &&
    !/^(?:still|not|only|just|normal|(?:any|some|every)(?:one|body|thing)|each|every|no|one|what|two|three|four|five|several|many|\d+|\p{L}+ed)\b/iu.test(
      opening,
    ) &&
    !/^[^,]+(?:,[^,]+)+,? (?:and|or) /.test(text);
  // 'yield divided by dose': one word with a participle may stand without an article.
  const isBare = /^\p{L}+ \p{L}+ed\b/u.test(text) && !/^\p{L}+ed\b/u.test(text);
  // 'replicas that are in step'
  const isMany = /^\P{L}*[\p{L} -]+s (?:that|which|who) are\b/iu.test(text);
  if (
    isBare ||
    isMany ||
    !isNoun ||
    isPlural(opening) ||
    massNouns.test(head) ||
    / (?:and|or) /.test(opening)
  ) {
    return { form: 'noun', text: '', quoted };
  }
  return { form: 'noun', text: `${articleFor(opening)} ${lowerFirst(text)}`, quoted };
}

/** The words before the first that ties something to them. */
export function openingOf(text: string): string {
  const [opening = ''] = text.split(relative, 1);
  return opening.split(finite, 1)[0]?.trim() ?? '';
}

function articleFor(opening: string): string {
  const [first = ''] = opening.split(/[\s/-]/);
  const spelledOut = /^[A-Z][A-Z\d]/.test(first);
  if (spelledOut) return /^[AEFHILMNORSX]/.test(first) ? 'an' : 'a';
  return /^(?:[aeio]|u(?!ni|se|ti))/i.test(first) ? 'an' : 'a';
}

/** True for something that is done, in -ing, rather than a thing. */
export function isActivity(text: string): boolean {
  const [first = '', second = ''] = text.split(/\s+/);
  return (
    first.length > 5 &&
    !/^(?:remaining|existing|following|outstanding|missing|pending|incoming|outgoing|growing|ongoing|upcoming)$/i.test(
      first,
    ) &&
    !/^(?:store|proxy|service|system|group|policy|table|point|plane|layer)$/i.test(second)
  );
}

/** A sentence in the middle of another one. */
export function lowerFirst(text: string): string {
  return /^\p{Lu}(?:\p{Ll}+\b|\s)/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** How many words of the text say something. */
export function worded(text: string): number {
  const words = (text.match(/\p{L}{3,}/gu) ?? []).map((word) => word.toLowerCase());
  return words.filter((word, at) => (at > 0 || !isVerb(word)) && !stopWords.has(word)).length;
}

/** True where a text has more finite verbs than clauses that could hold them. */
export function tellsMore(text: string): boolean {
  const verbs = text.split(/\s+/).filter((word) => startsWithVerb(word)).length;
  const clauses = (
    text.match(/\b(?:that|which|who|whose|what|how|where|when|if|whether|until|while|as|and)\b/gi) ?? []
  ).length;
  return verbs > clauses;
}
