import { isPlural, isVerb, normalizeName, startsWithVerb, wordsOf } from '../grammar.js';
import type { Concept, Fact } from '../model.js';
import { baseOf, canStandFor, inSentence, nameInText } from './fronts.js';

/** A statement cut at its verb. */
interface Clause {
  /** As it stands in the middle of a sentence. */
  readonly subject: string;
  readonly plural: boolean;
  /** 'In Kubernetes', where the subject alone does not say what is meant. */
  readonly within: string | undefined;
  /** The words from the verb on, without adverbs after it. */
  readonly words: readonly string[];
}

const PREPOSITION =
  /^(with|to|from|on|in|for|by|into|as|of|through|across|via|at|under|behind|over|between|against)$/;
/** A question for 'belongs to no provider' would ask for what is not there. */
const NEGATION = /^(not|never|no|nothing|none|neither|without)$/i;
const ADVERB =
  /^(also|always|usually|often|still|then|automatically|typically|generally|mainly|mostly|then|each)$/i;

/** A question that the statement answers; undefined where no good one can be made of its words. */
export function factFront(fact: Fact, concept: Concept, context: string | undefined): string | undefined {
  if (!isPlainEnglish(fact.text)) return undefined;
  const clause = clauseOf(fact.text, concept, context);
  const [verb = '', ...rest] = clause?.words ?? [];
  if (clause === undefined || rest.length === 0 || rest.slice(0, 3).some((word) => NEGATION.test(word)))
    return undefined;
  const asked = question(clause, verb.toLowerCase(), rest);
  if (asked === undefined) return undefined;
  return clause.within === undefined
    ? `${asked.charAt(0).toUpperCase()}${asked.slice(1)}?`
    : `${clause.within}, ${asked}?`;
}

/** Small words of other languages that no English sentence has. */
const FOREIGN =
  /(?<!\p{L})(?:le|les|des|du|une|est|sont|et|dans|pour|avec|der|die|das|und|ist|sind|ein|eine|mit|nicht|el|los|las|una|es|son|por|il|gli|che|het|een|och|är)(?!\p{L})/iu;

/** A question of ours is put together by English rules, so its words must be English and no question themselves. */
export function isPlainEnglish(text: string): boolean {
  return (
    !/[?？]/.test(text) &&
    !FOREIGN.test(text) &&
    !/\s[:;!]/.test(text) &&
    !/[^\p{Script=Latin}\P{L}]/u.test(text)
  );
}

/** Verbs without an object: nobody asks what a thing happens. */
const OBJECTLESS =
  /^(happen|occur|exist|appear|arise|begin|start|stop|end|work|stay|remain|live|come|go|fail|sit|grow|move|expire|depend|belong|consist|rely|behave|vary|run)$/i;
/** 'by default', 'at all times': set phrases that ask for nothing. */
const SET_PHRASE =
  /^(?:by default|at (?:once|all|least|most|first|any)|in (?:general|parallel|order|turn|place|memory)|on (?:demand|average|its|their)|for (?:free|example|each|every)|as (?:well|soon|long|a))\b/i;

function clauseOf(text: string, concept: Concept, context: string | undefined): Clause | undefined {
  const sentence = (text.split(/[.;:：](?:\s|$)/)[0] ?? '').trim();
  const subject = nameInText(concept);
  const within = context === undefined ? undefined : `In ${context}`;
  const plural = isPlural(concept.term);
  const pronoun = /^(it|they)\s+(.+)$/i.exec(sentence);
  if (pronoun) {
    return canStandFor(pronoun[1] ?? '', concept.term)
      ? { subject, plural, within, words: predicate(pronoun[2] ?? '') }
      : undefined;
  }
  if (startsWithVerb(sentence)) return { subject, plural, within, words: predicate(sentence) };
  return ownSubject(sentence, concept, within);
}

const COUNT = /^(?:the|an?|two|three|four|five|six|seven|eight|nine|ten|\d+)$/i;

/** 'The EKS control plane' in 'The EKS control plane is managed by AWS'. */
function ownSubject(sentence: string, concept: Concept, within: string | undefined): Clause | undefined {
  const words = sentence.split(' ');
  // 'Two copies': no verb stands right after a number or an article.
  const at = words.findIndex(
    (word, i) => isVerb(wordsOf(word)[0] ?? '') && !(i > 0 && COUNT.test(words[i - 1] ?? '')),
  );
  const said = words.slice(0, at).join(' ');
  const vague =
    /^(we|you|i|he|she|there|this|that|these|those|if|when|what|who|which|how|both|some|most|many|one|each|every|for|in|on|at|by|with|to|no|it|its|their|all|only|choosing|using|once|twice|during|after|before|until|since|while|under|between|because|although|unless|without|from)\b|,/i;
  if (at < 1 || at > 5 || vague.test(said) || /\b(we|you|your|our|this|these)\b/i.test(sentence))
    return undefined;
  const same = normalizeName(said.replace(/^an?\s/i, '')) === normalizeName(concept.term);
  // 'its' would speak of the concept, which the question no longer names.
  if (!same && /\b(its|their|it|they|them)\b/i.test(sentence)) return undefined;
  const names = normalizeName(said).includes(normalizeName(concept.term));
  const place = concept.kind === 'heading' ? `In ${concept.term}` : `For ${concept.term}`;
  return {
    subject: same && isPlural(said) === isPlural(concept.term) ? nameInText(concept) : inSentence(said),
    plural: isPlural(said),
    within: names ? within : place,
    words: predicate(words.slice(at).join(' ')),
  };
}

function predicate(text: string): readonly string[] {
  const [verb = '', ...rest] = text.replace(/[.,]$/, '').split(' ');
  let from = 0;
  while (ADVERB.test(rest[from] ?? '')) from++;
  return ADVERB.test(verb) ? predicate(rest.join(' ')) : [verb, ...rest.slice(from)];
}

function question(
  { subject, plural, words }: Clause,
  verb: string,
  rest: readonly string[],
): string | undefined {
  const [first = '', second = '', third = ''] = rest.map((word) =>
    word.toLowerCase().replace(/[^\p{L}-]/gu, ''),
  );
  if (/^(is|are|was|were)$/.test(verb)) return ofBeing(verb, subject, [first, second, third]);
  if (/^(can|could|may|might|must|should|will)$/.test(verb))
    return ofModal(verb, subject, [first, second, third]);
  if (
    !isVerb(verb) ||
    /^(does|do|did|had|don't|doesn't|cannot|isn't|aren't|won't|can't|becomes|has|have)$/.test(verb)
  )
    return undefined;
  return ofVerb(words.join(' '), verb, subject, plural);
}

/** The words after the verb. */
type Next = readonly [string, string, string];

/** 'is managed by', 'is similar to', 'is for'. */
function ofBeing(verb: string, subject: string, [first, second, third]: Next): string | undefined {
  if (/^(no|not|nothing)$/.test(PREPOSITION.test(first) ? second : third)) return undefined;
  if (PREPOSITION.test(first)) return `what ${verb} ${subject} ${first}`;
  const describes = /(ed|en|ept|own|ilt|un|ade|old|ent|lar|ble|ual|tied)$/.test(first);
  return describes && PREPOSITION.test(second) ? `what ${verb} ${subject} ${first} ${second}` : undefined;
}

function ofModal(verb: string, subject: string, next: Next): string | undefined {
  const [first, second, third] = next;
  if (first !== 'be')
    return /^(not|only)$/.test(first) || second === ''
      ? undefined
      : `what ${verb} ${subject} ${withPreposition(first, second)}`;
  if (/ly$/.test(second)) return `how ${verb} ${subject} be ${third}`;
  if (/ly$/.test(third)) return `how ${verb} ${subject} be ${second}`;
  return PREPOSITION.test(third) ? `what ${verb} ${subject} be ${second} ${third}` : undefined;
}

function withPreposition(verb: string, next: string): string {
  return PREPOSITION.test(next) ? `${verb} ${next}` : verb;
}

function ofVerb(rest: string, verb: string, subject: string, plural: boolean): string | undefined {
  if (wordsOf(rest).length < 3) return undefined;
  const auxiliary = plural ? 'do' : 'does';
  const enables = /^(allows?|enables?|lets?|helps?) (us |you |users |them )?(to )?[a-z]+/i.exec(rest);
  if (enables && (enables[2] || /^helps?$/.test(verb))) {
    const whom = enables[2] ?? '';
    return `what ${auxiliary} ${subject} ${baseOf(verb)} ${whom}${/^lets?$/.test(verb) ? '' : 'to '}do`;
  }
  const next = wordsOf(rest)[1] ?? '';
  const asked = `what ${auxiliary} ${subject} ${withPreposition(baseOf(verb), next)}`;
  const after = rest.replace(/^\S+\s+/, '');
  if (PREPOSITION.test(next)) return SET_PHRASE.test(after) ? undefined : asked;
  if (
    OBJECTLESS.test(baseOf(verb)) ||
    /^(?:each|every|once|twice|all|about|only|up|down|out|off)\b|^\d/i.test(after)
  )
    return undefined;
  const tail = tailOf(rest);
  if (tail !== undefined) return `${asked} ${tail}`;
  return VAGUE.test(baseOf(verb)) ? undefined : asked;
}

/** Verbs that say too little to be asked for without the rest of their sentence. */
const VAGUE =
  /^(use|run|support|provide|need|require|include|contain|make|take|get|give|offer|do|set|show|work|see|put)$/i;

/** 'to talk with the control plane' in 'uses the API to talk with the control plane': what narrows the object. */
function tailOf(rest: string): string | undefined {
  const match =
    /^\S+ (.+?) ((?:to|for|by|from|with|in|on|through|via|during|across|into|at|within|before|after|as) .+)$/.exec(
      rest.split(/[.;,(]\s?/)[0] ?? '',
    );
  const [, object = '', tail = ''] = match ?? [];
  if (!match || /\b(and|or|that|which|so|if|than|more|who|how|what|only|up|least|most|of)\b/i.test(object))
    return undefined;
  return tail.split(' ').length > 10 || /\b(that|which|it|its|they|them|their|this|these)\b/i.test(tail)
    ? undefined
    : tail;
}
