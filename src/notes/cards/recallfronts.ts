import { isVerb, wordsOf } from '../grammar.js';
import type { Concept, Fact } from '../model.js';
import { unlistedVerbs } from '../questions/verbs.js';
import { stopWords } from '../wording.js';
import { isPlainEnglish } from './factfronts.js';
import { predicationOf } from './predication.js';

const blank = '___';
const fewestWords = 3;
const mostWords = 40;
const mostBlanked = 8;
/** Words that point to another line, which the card does not show. */
const elsewhere =
  /\b(?:these|those|both|the (?:above|following|former|latter)|(?:the )?same (?:as|way|thing|applies|goes|holds)|aforementioned|see (?:above|below|also))\b|^(?:this|that|such|same)\b/i;
const markup = /https?:|=>|->|\||\{\{|```|<[a-z/]|\[\[|\$\$|!\[|:$/i;
const remark =
  /^(?:sources?|notes?|see|todo|tbd|examples?|e\.g|i\.e|exam|tips?|links?|read|warning|remember|important|question)\b|\?$/i;

/**
 * A front for a statement that no good question is made of: the statement with its telling words left out, and
 * what it is about, so that a pronoun is clear too. Undefined where nothing could be left out fairly.
 */
export function recallFront(fact: Fact, concept: Concept): string | undefined {
  if (fact.kind === 'row') return rowFront(fact, concept);
  const text = fact.text.replace(/\s+/g, ' ').trim();
  const [first = ''] = text.split(/(?<=[.!?])\s+(?=\p{Lu})/u);
  const sentence = first.replace(/[\s.,;:]+$/, '');
  const count = sentence.split(' ').length;
  if (count < fewestWords || count > mostWords || !isPlainEnglish(sentence)) return undefined;
  if (elsewhere.test(sentence) || markup.test(text) || remark.test(sentence)) return undefined;
  const label = /^(\p{L}[^:,.]{1,38}): \S+ \S/u.exec(sentence)?.[1];
  if (label !== undefined && label.split(' ').length < 5 && predicationOf(`${label} x`) === undefined)
    return `About ${concept.term}, what do the notes say of “${literal(label, fact)}”?`;
  const own = new Set([concept.term, ...concept.aliases].flatMap(wordsOf));
  const span = fairSpan(sentence, fact, own);
  if (span === undefined) return undefined;
  const shown = `${sentence.slice(0, span.start)}${blank}${sentence.slice(span.end)}`;
  return `About ${concept.term}, complete: “${literal(shown, fact)}.”`;
}

function fairSpan(sentence: string, fact: Fact, own: ReadonlySet<string>): Span | undefined {
  for (const find of finds) {
    const fair = find(sentence, fact, own).find((found) => isFair(found, sentence, own));
    if (fair !== undefined) return fair;
  }
  return undefined;
}

/** 'What do the notes give for “At most once”?' asks for the row of a table. */
function rowFront(fact: Fact, concept: Concept): string | undefined {
  const [, label = '', cells = ''] = /^([^:;]{1,60}): (.+)$/.exec(fact.text) ?? [];
  if (label === '' || !/^[^:;]{1,40}: .+; [^:;]{1,40}: /.test(cells)) return undefined;
  return `About ${concept.term}, what do the notes give for “${label}”?`;
}

/** Words of a sentence that are left out. */
interface Span {
  readonly start: number;
  readonly end: number;
}

type Find = (sentence: string, fact: Fact, own: ReadonlySet<string>) => readonly Span[];

/** 'If the leader dies, ____': what then. */
const afterCondition: Find = (sentence) => {
  const said =
    /^(?:if|when|whenever|once|unless|before|after|during|until|as soon as)\b[^,;:]{6,80}, (.+)$/i.exec(
      sentence,
    )?.[1] ?? '';
  return said === '' || said.split(' ').length > 14 || /[;:]/.test(said)
    ? []
    : [{ start: sentence.length - said.length, end: sentence.length }];
};

const quantity =
  /(?<![\p{L}\d.,/:-])(?:\d[\d.,]*\d|\d)(?:(?:\s?(?:-|–|to|and|or)\s?)(?:\d[\d.,]*\d|\d)(?![\p{L}\d]))?(?![\d:/]|-\p{L}|\.\d)|(?<=\s)(?:two|three|four|five|six|seven|eight|nine|ten|twelve|one|once|twice)(?= (?!of\b|or\b|is\b|that\b|another\b|by\b|to\b|and\b)\p{L})/giu;

const number: Find = (sentence, _, own) =>
  [...sentence.matchAll(quantity)]
    .filter(
      ({ 0: value, index }) =>
        !wordsOf(value).some((word) => own.has(word)) &&
        !/\b(?:the|no|any|which|v) $/i.test(sentence.slice(0, index)),
    )
    .map(({ 0: value, index }) => ({ start: index, end: index + value.length }));

const name = "[\\p{Lu}\\d][\\p{L}\\d'/.-]*(?: [\\p{Lu}\\d][\\p{L}\\d'/.-]*){0,2}";
const names = new RegExp(
  `(?<=\\s)${name}(?:(?:, ${name})*,? (?:and|or) ${name}|(?:, ${name})+)(?=$|[\\s.,;)])`,
  'u',
);

/** 'Written in ____': a row of names. */
const enumeration: Find = (sentence) => {
  const match = names.exec(sentence);
  return match === null ? [] : [{ start: match.index, end: match.index + match[0].length }];
};

const inCode: Find = (sentence, fact) =>
  [...fact.markdown.matchAll(/`([^`]{2,40})`/g)]
    .map(([, code = '']) => ({ start: sentence.indexOf(code), end: sentence.indexOf(code) + code.length }))
    .filter(({ start }) => start > 0);

/** '____ is the preferred mitigation': the subject of a sentence that says what it is. */
const namedSubject: Find = (sentence) => {
  const said = predicationOf(sentence);
  const isNamed = said !== undefined && /^(?:is|are) (?:an?|the|what|where|how)\b/i.test(said.predicate);
  return isNamed ? [{ start: 0, end: said.subject.length }] : [];
};

/** 'A job is deleted when ____'. */
const condition: Find = (sentence) => {
  const said = /^[^,;:]{8,} (?:when|if|unless|until|because|so that) ([^,;:]+)$/i.exec(sentence)?.[1] ?? '';
  const isShort = said !== '' && said.split(' ').length <= 12;
  return isShort ? [{ start: sentence.length - said.length, end: sentence.length }] : [];
};

const preposition =
  /^(?:with|from|on|in|for|by|into|as|through|across|via|at|under|behind|over|between|against|before|after|without|within|during|than|like|per|until|upon|onto|about)$/i;
const opening = /^(?:of|to|that|by|with|from|in|on|at|for|as|into)$/i;

/** What stands at the end of the first clause: after its last preposition, or else after its verb. */
const complement: Find = (sentence) => {
  const words = clauseWithLists(sentence).split(' ');
  const isListed = words.some((word) => word.endsWith(','));
  const spans: Span[] = [];
  const add = (from: number): void => {
    // What is denied is asked without its 'not', which nobody could guess.
    const at = /^(?:not|no|never)$/i.test(words[from] ?? '') ? from + 1 : from;
    const blanked = words.slice(at);
    const isObject =
      blanked.length > 0 &&
      blanked.length <= (isListed ? 2 * mostBlanked : mostBlanked) &&
      !blanked.some((word) => /^(?:is|are|was|has|have|can|must|will|may|should|means|do|does)$/.test(word));
    if (isObject) spans.push(spanFrom(words, at));
  };
  for (let at = words.length - 2; at > 0; at -= 1) {
    const word = words[at] ?? '';
    const before = words[at - 1] ?? '';
    const isTo =
      /^to$/i.test(word) && /^(?:the|an?|its|their|your|our|no|\d.*|\p{Lu}.*)$/u.test(words[at + 1] ?? '');
    // 'from inside and from outside', 'depends on for what': the words belong to more before them.
    const isTied = preposition.test(before) || /^(?:and|or|than|as)$/i.test(before);
    if ((preposition.test(word) || isTo) && !isTied) add(at + 1);
  }
  for (let at = 0; at < words.length - 1; at += 1) {
    const word = words[at] ?? '';
    if (
      (at > 0 ? isAct(word) : /[^e]ed$/i.test(word) || isAct(word.toLowerCase())) &&
      !isAct(words[at + 1] ?? '')
    )
      add(opening.test(words[at + 1] ?? '') ? at + 2 : at + 1);
  }
  return spans;
};

/** The first clause of a sentence, whole where its commas only divide a list. */
function clauseWithLists(sentence: string): string {
  const [clause = ''] = sentence.split(/[;:](?:\s|$)|\s[(–—-]/, 1);
  const parts = clause.split(', ');
  const isList =
    parts.length > 1 &&
    parts.slice(1).every((part) => part.split(' ').length <= 7 && !part.split(' ').some(endsPhrase)) &&
    / (?:and|or) |^(?:and|or) /.test(parts.at(-1) ?? '');
  return isList ? clause : (parts[0] ?? '');
}

function endsPhrase(word: string): boolean {
  return isVerb(word) || /^(?:use|useful|can)$/.test(word);
}

/** '____ can mix node types'. */
const anySubject: Find = (sentence) => {
  const said = predicationOf(sentence) ?? spokenOf(sentence);
  return said === undefined ? [] : [{ start: 0, end: said.subject.length }];
};

/** Sentences of anyone and every one, which have a subject although it names nothing. */
function spokenOf(sentence: string): { readonly subject: string } | undefined {
  const subject =
    /^(?:anyone|everyone|nobody|(?:every|each|one|only|no|all) (?:\p{L}+ )?\p{L}+)(?= (?:can|is|are|runs|has|have|may|must)\b)/iu.exec(
      sentence,
    )?.[0];
  return subject === undefined ? undefined : { subject };
}

/** The best first. */
const finds: readonly Find[] = [
  afterCondition,
  number,
  enumeration,
  inCode,
  namedSubject,
  condition,
  complement,
  anySubject,
];

function isAct(word: string): boolean {
  return !/^(?:do|does)$/.test(word) && (isVerb(word) || unlistedVerbs.has(word) || isBaseVerb(word));
}

function isBaseVerb(word: string): boolean {
  return (
    /^\p{Ll}+$/u.test(word) && (isVerb(`${word}s`) || unlistedVerbs.has(`${word}s`) || isVerb(`${word}es`))
  );
}

function spanFrom(words: readonly string[], at: number): Span {
  const start = at === 0 ? 0 : words.slice(0, at).join(' ').length + 1;
  return { start, end: start + words.slice(at).join(' ').length };
}

const vague =
  /^(?:it|them|us|you|itself|themselves|each other|once|well|default|this|that|done|there|here|now)$|\b(?:them|it|things?)$|^(?:which|that)\b/i;

/** Something is left to answer by, and what is left out is neither vague nor named elsewhere on the card. */
function isFair({ start, end }: Span, sentence: string, own: ReadonlySet<string>): boolean {
  const answer = sentence.slice(start, end);
  const around = wordsOf(`${sentence.slice(0, start)} ${sentence.slice(end)}`);
  const telling = wordsOf(answer).filter((word) => /^\d/.test(word) || !stopWords.has(word));
  const isCounted = /^(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|once|twice)$/i.test(answer);
  const left = around.filter((word) => !stopWords.has(word));
  return (
    !vague.test(answer) &&
    left.some((word) => word.length > 2 || /\d/.test(word)) &&
    (isCounted || telling.some((word) => !own.has(word) && !around.includes(word)))
  );
}

/** The sentence with the code marks of the line, and with its other marks taken literally. */
function literal(shown: string, fact: Fact): string {
  const codes = [...new Set([...fact.markdown.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code))];
  let text = '';
  for (let at = 0; at < shown.length; ) {
    const code = codes.find((one) => shown.startsWith(one, at));
    const taken = code ?? (shown.startsWith(blank, at) ? blank : shown.charAt(at));
    const isMark = code === undefined && /^[*_`[\]<>~\\]/.test(taken);
    text += code === undefined ? (isMark ? taken.replace(/./g, '\\$&') : taken) : `\`${code}\``;
    at += taken.length;
  }
  return text;
}
