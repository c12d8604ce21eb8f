import { isPlural, isVerb, normalizeName, wordsOf } from '../grammar.js';
import type { Concept, MemberList } from '../model.js';
import { baseOf, does, inSentence, lower } from './fronts.js';

/** A question for the members of a list, from the words that announce them; always a grammatical one. */
export function listFront(list: MemberList, concept: Concept, context: string | undefined): string {
  const said = list.intro.replace(/[\s:：.,]+$/, '');
  const intro = uncapped(withoutOpening(withoutPronoun(said, concept)), concept);
  const asked = isPlain(intro)
    ? (ofExistence(intro, concept) ??
      ofFollowing(intro) ??
      ofGroup(intro) ??
      ofRelative(intro) ??
      ofSentence(intro) ??
      ofNounPhrase(intro, concept, context))
    : undefined;
  if (asked !== undefined) return `${asked.charAt(0).toUpperCase()}${asked.slice(1)}?`;
  const of = said === '' || said === concept.term ? '' : ` on ${concept.term}`;
  return `What do the notes${of} list under “${said === '' ? concept.term : said}”?`;
}

function withoutPronoun(intro: string, { term }: Concept): string {
  return intro.replace(isPlural(term) ? /\b(?:they|them)\b/gi : /\bit\b/gi, term);
}

/** A common noun that only begins the line with a capital: the notes write it small elsewhere. */
function uncapped(intro: string, concept: Concept): string {
  const first = /^\p{Lu}\p{Ll}+(?=\s)/u.exec(intro)?.[0];
  if (first === undefined) return intro;
  const small = first.toLowerCase();
  const said = concept.facts.some((fact) => wordsIn(fact.text).includes(small));
  return said ? `${small}${intro.slice(small.length)}` : intro;
}

function wordsIn(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{N}-]+/u);
}

/** 'Services, such as', 'Engines, for example': the marks of an open list ask nothing. */
function withoutOpening(intro: string): string {
  return intro
    .replace(
      /,?\s+(?:such as|including|like|for example|for instance|e\.g\.?|as follows|namely|i\.e\.?)$/i,
      '',
    )
    .replace(/(?<=s)\s+(?:include|are)(?: the following| these| as follows)?$/i, '')
    .replace(/\b(?:one|all|any) of (?=the\b|these\b)/i, '')
    .replace(/[\s,:–—-]+$/, '');
}

/** One clause that denies nothing and is not tied to the words around it. */
function isPlain(intro: string): boolean {
  return (
    wordsOf(intro).length <= 16 &&
    !/[.;:：?!"“”()[\]]|,|\b(not|never|only|n't|cannot|no|both|but|if|when|while|because|also)\b|n't\b/i.test(
      intro,
    ) &&
    /^[\p{Script=Latin}\d]/u.test(intro)
  );
}

const COUNT =
  'the|these|this|those|following|\\d+|two|three|four|five|six|seven|eight|nine|ten|several|different|various|many|multiple|main|some';
const COUNTS = `(?:(?:${COUNT})\\s+)`;

/** 'There are three kinds of locks'. */
function ofExistence(intro: string, concept: Concept): string | undefined {
  const noun = new RegExp(`^there (?:are|is) ${COUNTS}*(.+)$`, 'i').exec(intro)?.[1];
  if (noun === undefined || isSentence(noun)) return undefined;
  return /^(following|these)$/i.test(noun)
    ? undefined
    : within(noun, concept, `which ${lower(noun)} are there`);
}

/** 'The following engines are supported', 'The following are types of locks'. */
function ofFollowing(intro: string): string | undefined {
  const rest = /^(?:the following|these) (.+)$/i.exec(intro)?.[1];
  if (rest === undefined) return undefined;
  const being = /^are (?:the )?(.+)$/i.exec(rest)?.[1];
  if (being !== undefined) return /s\b/.test(being) ? `which ${being} are there` : undefined;
  return isSentence(rest) ? `which ${rest}` : undefined;
}

/** 'It is a bundle of processes'. */
function ofGroup(intro: string): string | undefined {
  const match =
    /^(.+?) (?:is|are) (?:an? |the )?(?:collection|set|group|bundle|combination|family|series) of (.+)$/i.exec(
      intro,
    );
  if (!match || isSentence(match[2] ?? '')) return undefined;
  return `which ${nounOnly(match[2] ?? '')} make up ${inSentence(match[1] ?? '')}`;
}

/** 'Software that runs on each node'. */
function ofRelative(intro: string): string | undefined {
  const match = /^((?:\p{Lu}|\p{Ll})[\p{L}-]*(?: [\p{L}-]+)?) (?:that|which|who) ([\p{L}-]+)\b(.*)$/iu.exec(
    intro,
  );
  const [, noun = '', verb = '', rest = ''] = match ?? [];
  if (!match || /^(an?|each|every|one)\b/i.test(noun) || !isVerb(verb.toLowerCase())) return undefined;
  return `which ${lower(nounOnly(noun))} ${verb} ${rest.trim()}`.trim();
}

/** A sentence cut for asking after its object. */
interface Sentence {
  readonly subject: string;
  readonly verb: string;
  readonly rest: string;
}

function ofSentence(intro: string): string | undefined {
  const cut = sentenceOf(intro);
  if (cut === undefined) return undefined;
  const { subject, verb, rest } = cut;
  const object = new RegExp(
    `^(.*?)\\s*\\b(?:(in|of|with|from|on|into|to|by|for|as|at|through|via|between|across|over|under)\\s+)?${COUNTS}+(.*)$`,
    'i',
  ).exec(` ${rest}`);
  if (object) return ofObject(subject, verb, object);
  const what = predicateOf(subject, verb, rest);
  return isComplement(`${verb} ${rest}`.trim()) ? `what ${what}` : undefined;
}

function ofObject(subject: string, verb: string, object: RegExpExecArray): string | undefined {
  const before = (object[1] ?? '').trim();
  const preposition = object[2]?.toLowerCase();
  if (preposition === 'of' && (/^consists?$/i.test(verb) || /\b(made(?: up)?|composed|built)$/i.test(before)))
    return `what ${predicateOf(subject, verb, before)} of`;
  const { noun, tail } = nounAndTail((object[3] ?? '').trim().replace(/^(?:following|these)$/i, ''));
  // 'The pod of these two nodes is': what comes before must be verbs alone, or the words would change places.
  if (preposition === 'of' && !/^(be|been)?$/i.test(before)) return undefined;
  const asked = `${predicateOf(subject, verb, before)}${tail === '' ? '' : ` ${tail}`}`;
  if (/^(?:is|are)$/i.test(verb) && before === '' && noun === '') return undefined;
  if (noun === '' || /^(things?|ones?|items?)$/i.test(noun))
    return preposition === undefined ? `what ${asked}` : `${preposition} what ${asked}`;
  if (
    preposition === undefined &&
    before !== '' &&
    !/^(be|been|also|run|use|have)$/i.test(before) &&
    !isModal(verb)
  )
    return undefined;
  return `${preposition === undefined ? '' : `${preposition} `}which ${noun} ${asked}`;
}

/** The verb as a question puts it: 'does the control plane run', 'can topics be stored'. */
function predicateOf(subject: string, verb: string, rest: string): string {
  const who = /^(we|you)$/i.test(subject) ? subject.toLowerCase() : inSentence(subject);
  const after = rest === '' ? '' : ` ${rest}`;
  if (isModal(verb) || /^(is|are|was|were)$/i.test(verb)) return `${verb.toLowerCase()} ${who}${after}`;
  if (/^had$/i.test(verb)) return `did ${who} have${after}`;
  return `${/^(we|you)$/i.test(subject) ? 'do' : does(verb)} ${who} ${baseOf(verb)}${after}`;
}

function sentenceOf(intro: string): Sentence | undefined {
  const words = intro.split(' ');
  const counted = words.findIndex((word, i) => i > 1 && /^(the|these|following)$/i.test(word));
  let at = words.findIndex((word, i) => i > 0 && /^\p{Ll}/u.test(word) && isVerb(word));
  // A verb that no list knows stands before 'the following'.
  if (at < 0 && counted > 1 && /[a-z]s$/.test(words[counted - 1] ?? '')) at = counted - 1;
  if (at < 1 || at > 5) return undefined;
  const subject = words.slice(0, at).join(' ');
  const vague =
    /^(this|that|these|those|there|what|how|why|which|who|where|i|he|she|one|some|to|in|on|at|for|with|by|as)\b/i;
  if (vague.test(subject) || /\b(that|which|who|to)\b/i.test(subject)) return undefined;
  return { subject, verb: words[at] ?? '', rest: words.slice(at + 1).join(' ') };
}

/** A predicate whose object is the list itself: 'consists of', 'can be used for', 'supports'. */
function isComplement(predicate: string): boolean {
  return (
    /^(?:consists? of|depends? on|includes?|supports?|contains?|needs?|requires?|provides?|offers?|comprises?|has|have|uses?)$/i.test(
      predicate,
    ) ||
    /^(?:is|are|(?:can|may|must|should|will) be) (?:\w+ed|made|made up|built|responsible|used|known|run|good)(?: up)? (?:of|for|with|by|from|in|on|as)$/i.test(
      predicate,
    ) ||
    /^(?:can|may|must|should|will) (?:include|support|contain|need|use|have|provide)$/i.test(predicate)
  );
}

function isModal(verb: string): boolean {
  return /^(can|could|may|might|must|should|will|would)$/i.test(verb);
}

/** 'software on each node' is a noun with a tail, 'types of nodes' and 'ways to connect' are nouns. */
function nounAndTail(text: string): { readonly noun: string; readonly tail: string } {
  const match =
    /^(.*?)(?:^|\s+)((?:on|in|at|with|from|for|when|during|before|after|within|inside|by)\s.+)$/i.exec(text);
  if (!match) return /^to\s/i.test(text) ? { noun: '', tail: text } : { noun: text, tail: '' };
  return { noun: match[1] ?? '', tail: match[2] ?? '' };
}

function nounOnly(text: string): string {
  return text.replace(new RegExp(`^${COUNTS}+`, 'i'), '');
}

/** Headings and labels: 'Types of nodes', 'Node types', 'Benefits of topics'. */
function ofNounPhrase(intro: string, concept: Concept, context: string | undefined): string | undefined {
  const noun = nounOnly(intro).replace(/^(?:all|an overview of|list of) /i, '');
  if (noun === '' || isSentence(noun) || /^(how|why|what|who|where|which|to)\b/i.test(noun)) return undefined;
  const [head = ''] = noun.split(/\s+(?:of|for|in|on|with|to|from|by|at|under)\s/i);
  if (!isPluralHead(head)) return undefined;
  const kinds =
    /^(?:\S+ )*(types|kinds|ways|modes|options|classes|tiers|states|levels|strategies|policies|steps|phases|stages|categories|forms|models)$/i;
  const asked = kinds.test(head) ? `which ${inName(noun)} are there` : `what are the ${inName(noun)}`;
  if (normalizeName(noun) === normalizeName(concept.term))
    return context === undefined ? asked : `in ${context}, ${asked}`;
  if (noun.includes(' ')) return within(noun, concept, asked);
  return kinds.test(head)
    ? `which ${lower(noun)} of ${concept.term} are there`
    : `what are the ${lower(noun)} of ${concept.term}`;
}

function inName(noun: string): string {
  return /^\p{Lu}\p{Ll}+ \p{Lu}/u.test(noun) ? noun : lower(noun);
}

/** The head of a noun phrase is a plural: no question is made of 'Data flow' or 'Status'. */
function isPluralHead(head: string): boolean {
  const last = head.split(' ').pop() ?? '';
  return /[a-z]{2}s$/.test(last) && !/(ss|us|is|ics)$/.test(last);
}

/** Says of what, where the words do not. */
function within(noun: string, concept: Concept, asked: string): string {
  const known = normalizeName(noun).includes(normalizeName(concept.term));
  return known ? asked : `${concept.kind === 'heading' ? 'in' : 'for'} ${inSentence(concept.term)}, ${asked}`;
}

function isSentence(text: string): boolean {
  const words = text.split(' ');
  return words.some(
    (word, i) =>
      i > 0 &&
      i < words.length - 1 &&
      /^\p{Ll}/u.test(word) &&
      isVerb(word) &&
      !/^(to|the|an?|of|and|or)$/.test(words[i - 1] ?? ''),
  );
}
