import { isPlural, isVerb, normalizeName, startsWithVerb } from '../grammar.js';
import { unlistedVerbs } from '../questions/verbs.js';

/** A sentence cut before its verb. */
export interface Predication {
  /** As written, with its article. */
  readonly subject: string;
  /** From the verb on, to the end of the clause. */
  readonly predicate: string;
  readonly plural: boolean;
}

const mostSubjectWords = 6;
/** Words that begin no name of a thing, or stand for another one. */
const unnamed =
  /^(?:it|its|they|their|we|our|you|your|i|my|he|she|there|here|this|that|these|those|if|when|while|what|who|which|how|why|where|both|some|most|many|few|more|less|fewer|one|no|none|nobody|nothing|not|never|only|any|anyone|anything|everybody|someone|other|others|another|such|also|even|for|in|on|at|by|with|without|to|from|of|as|during|after|before|until|under|over|between|because|since|although|once|twice|unless|then|thus|so|but|and|or|please|just|be|do|don't|let)\b/i;
/** Verbs in their plural form that are no nouns. */
const pluralOnly = /^(?:are|were|have|do)$/;
const modal = /^(?:can|could|cannot|can't|may|might|must|should|will|would|had|did|didn't|needn't)$/;
const singularOnly = /^(?:is|was|has|does|isn't|doesn't|hasn't)$/;

/** The subject and predicate of a sentence that names what it speaks of; undefined where that is not sure. */
export function predicationOf(sentence: string): Predication | undefined {
  const [clause = ''] = sentence.trim().split(/[;:](?:\s|$)|[.!?](?:\s|$)/, 1);
  const words = clause.split(/\s+/);
  // 'Uses a language', 'Running it with a flag': no thing is named before what is said.
  if (
    unnamed.test(clause) ||
    startsWithVerb(clause) ||
    /^\p{L}+ing (?:\S+ )?(?:with|to|from|by)\b/iu.test(clause)
  )
    return undefined;
  for (let at = 1; at <= Math.min(mostSubjectWords, words.length - 2); at += 1) {
    const before = words.slice(0, at).join(' ');
    // A comma, a relative clause or a bracket within the subject is more than can be told apart safely.
    if (/[,()"“”]|\b(?:that|which|who|whose|where)$/i.test(before)) return undefined;
    // 'Committed offsets live', 'Moving blocks follow': a participle alone is no subject.
    const isAct = /^\p{L}+ing$/u.test(before) && /^(?:the|an?|its|their)$/.test(words[at + 1] ?? '');
    if (
      /^\p{L}+(?:ed|ing)$/u.test(before) &&
      !isAct &&
      !modal.test(words[at] ?? '') &&
      !singularOnly.test(words[at] ?? '')
    )
      continue;
    const plural = isPluralSubject(before);
    if (!isVerbAt(words, at, plural)) continue;
    return { subject: before, predicate: words.slice(at).join(' '), plural };
  }
  return undefined;
}

function isVerbAt(words: readonly string[], at: number, plural: boolean): boolean {
  const written = words[at] ?? '';
  if (!/^\p{Ll}[\p{Ll}']*$/u.test(written)) return false;
  const last = (words[at - 1] ?? '').toLowerCase();
  if (/^(?:the|an?|to|of|and|or|each|every|for|in|on|with|by|from|at|as|its|their|your|our)$/.test(last))
    return false;
  if (modal.test(written)) return true;
  const next = words[at + 1] ?? '';
  // 'Backends used DynamoDB': a participle has no object right after it.
  if (
    /^(?!called$|named$|based$|termed$|needed$)\p{Ll}{2,}ed$/u.test(written) &&
    /^(?:the|an?|its|their|all|\d.*|\p{Lu}\S*)$/u.test(next)
  )
    return true;
  // 'The membrane attack complex punches holes': a word in -s between a noun and an object.
  const isLed = at > 1 && !plural && /^(?:the|an?|each|every)$/i.test(words[0] ?? '');
  if (isLed && /[^su]s$/.test(written) && /^(?:the|an?|its|all|any|\p{Ll}+[^su\P{L}]s)$/u.test(next))
    return true;
  if (plural)
    return (
      pluralOnly.test(written) ||
      (!/s$/.test(written) && isKnownVerb(`${written}s`) && !nounLike.test(written))
    );
  return singularOnly.test(written) || (/[^s]s$/.test(written) && isKnownVerb(written));
}

function isKnownVerb(word: string): boolean {
  return isVerb(word) || unlistedVerbs.has(word);
}

/** Words that name a thing more often than an act, so that 'Health checks limit ...' is not cut at random. */
const nounLike = /^(?:limit|order|place|point|state|type|record|process|rule|plan|result|log|name|list)$/;

function isPluralSubject(subject: string): boolean {
  if (/^(?:an?|each|every)\s/i.test(subject)) return false;
  const [head = ''] = subject.split(/\s(?:of|for|in|on|with|to|from|by)\s/i);
  return isPlural(head) || / and /.test(subject);
}

/** A subject as the name of a thing: without its article, with a capital. */
export function nameOfSubject(subject: string): string {
  const bare = subject.replace(/^(?:the|an?|each|every|all)\s+/i, '');
  return /^\p{Ll}+(?![\p{L}\d]*[._/:-])/u.test(bare) ? bare.charAt(0).toUpperCase() + bare.slice(1) : bare;
}

/** True where a line that stands as a definition tells of something else than its term. */
export function tellsOfOther(text: string, names: readonly string[]): boolean {
  const said = predicationOf(text);
  if (said === undefined) return false;
  const words = normalizeName(said.subject).split(' ');
  return !names.some((name) =>
    normalizeName(name)
      .split(' ')
      .some((word) => words.includes(word)),
  );
}
