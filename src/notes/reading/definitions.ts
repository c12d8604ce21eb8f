import { isClause, isPlural, startsWithVerb, wordsOf } from '../grammar.js';
import { isLabel } from './labels.js';
import { cleanTerm, isName } from './lead.js';
import { type NamedInside, namesNothing } from './sentences.js';
import { maskCode, plainWords, sliceWords, type Words } from './words.js';

/** 'Mostly', 'there': at either end they show that no name stands between. */
const NO_NAME = /^\p{L}+ly\b|\b(?:there|here|it|they|them|we|you|he|she|this|that|these|those|now|then)$/iu;

/** A sentence's subject, and what says that the sentence defines it. */
interface Cut {
  readonly article: string;
  readonly name: string;
  readonly verb: string;
  readonly rest: string;
}

const SUBJECT = /^(?:(an?|the)\s+)?((?:[\p{L}\p{N}][\p{L}\p{N}'’./_+-]*\s+){1,5}?(?:\([^()]{1,60}\)\s+)?)$/iu;

/** Verbs that say what a thing is, or what it is for. */
const DEFINES =
  /^(?:(?:is|are|was|were)\s+(?:basically\s+|simply\s+|just\s+|essentially\s+)?(?:an?|the|any|one)|means|refers?\s+to|stands?\s+for|(?:describes?|measures?|tells|shows|asks?|explains?|examines?)\s+(?:how|what|when|where|which|whether|why)|are(?=\s+\p{Ll}+s\s+(?:that|which|who|found|used|made|with|of|in|for)\s)|measures?\s+(?:an?|the)|(?:lets?|allows?|enables?|helps?)\s+(?:you|us|one|users|an?|the|\p{L}+(?=\s+\p{L}+\s+\p{L}+))|(?:states?|says?|holds?)\s+that|(?:occurs?|happens?)\s+(?:when|if|where)|is\s+(?:when|where|what|how))\s+/iu;

/** Words that point at something and name nothing, as the first of a subject. */
const POINTER =
  /^(?:previous|next|last|first|second|third|above|following|same|other|another|whole|entire|rest|most|many|some|all|one|each|every|result|nothing|something|anything|everything|everyone|today|here|there|these|those|what|which|such|more|less|only|even|now|note|remember)\b/i;

/** 'idea', 'difference': said of what stands above, whatever the verb. */
const REMARK_SUBJECT =
  /(?:^|\s)(?:difference|idea|point|goal|aim|reason|way)$|^(?:result|answer|question|trick|rule|problem|key|author|section|chapter|figure|tables?|diagram|picture|image|notes?|course|book|file|line|word|name|version)$/i;

function cut(text: string): Cut | undefined {
  const words = text.split(' ');
  for (let count = 1; count <= 8 && count < words.length; count++) {
    const rest = words.slice(count).join(' ');
    const verb = DEFINES.exec(rest)?.[0];
    if (verb === undefined) continue;
    const subject = `${words.slice(0, count).join(' ')} `;
    const match = SUBJECT.exec(subject);
    if (!match) return undefined;
    return {
      article: match[1]?.toLowerCase() ?? '',
      name: (match[2] ?? '').trim(),
      verb: verb.trim().toLowerCase(),
      rest: rest.slice(verb.length),
    };
  }
  return undefined;
}

/** 'Osmosis is the diffusion of water ...', 'pH measures how acidic ...': a plain sentence that says what its subject is. */
export function termDefined(words: Words, isProse = true): NamedInside | undefined {
  const found = cut(words.text);
  if (found === undefined || !/^[\p{Lu}\p{N}]|^\p{Ll}\p{Lu}/u.test(words.text)) return undefined;
  const { article, name, verb, rest } = found;
  const plain = name.replace(/\s*\(.*\)$/, '');
  const copula = /^(?:is|are|was|were)\b/.test(verb);
  if (
    wordsOf(rest).length < (copula ? 2 : 1) ||
    !canBeDefined(article === 'the' ? plain.replace(/ of (?=\p{Ll}+$)/u, ' ') : plain)
  )
    return undefined;
  // 'The cache is the fastest part' tells of one that is known; 'The postal rule states that ...' defines.
  const narrowed = /\s(?:that|which|at which|where|when)\s/.test(rest);
  if (article === 'the' && ((copula && !(narrowed && isProse)) || !/\s/.test(plain))) return undefined;
  if (copula && (namesNothing(rest) || isSuperlative(rest))) return undefined;
  if (/^(?:is|was)\b/.test(verb) && article === '' && isPlural(plain)) return undefined;
  return { ...cleanTerm(`${article} ${name}`.trim()), gloss: words, lead: undefined };
}

function canBeDefined(name: string): boolean {
  return (
    isName(plainWords(name)) &&
    !isLabel(name) &&
    !isClause(name) &&
    !namesNothing(name) &&
    !POINTER.test(name) &&
    !NO_NAME.test(name) &&
    !REMARK_SUBJECT.test(name) &&
    !/\b(?:of|for|in|on|with|to|by|and|or|from|at|as|using|that|which|who|whose|when|where)\b/i.test(
      name.replace(/^\S+ of \p{Lu}\S*$/u, ''),
    )
  );
}

/** 'most important ...', 'fastest ...': a judgement, no definition. */
function isSuperlative(text: string): boolean {
  return /^(?:most|least|\p{Ll}{3,}est|only|same|right|wrong|first|last|next|other)\s/u.test(text);
}

/** 'Facilitated diffusion uses channel proteins.': one sentence alone that tells what a thing does, as glossaries in prose do. */
export function termAlone(words: Words): NamedInside | undefined {
  const { text } = words;
  if (!/^[^.!?]+\.$/.test(text.replace(/\.(?=\S)/g, '')) || !/^\p{Lu}/u.test(text)) return undefined;
  const all = text.replace(/^An?\s+(?=\p{Ll}+\s)|^The\s+(?=\p{Lu})/u, '').split(' ');
  for (let count = 2; count <= 4 && count + 3 <= all.length; count++) {
    const verb = all[count] ?? '';
    const next = all[count + 1] ?? '';
    const acts =
      /^\p{Ll}{2,}s$/u.test(verb) && (startsWithVerb(verb) || /^(?:the|an?|its|all|every|each)$/.test(next));
    if (!acts) continue;
    const name = all.slice(0, count).join(' ');
    if (/^(?:an?|the)\s/i.test(name) || !canBeDefined(name) || isPlural(name)) return undefined;
    return { ...cleanTerm(name), gloss: words, lead: undefined };
  }
  return undefined;
}

const ABBREVIATED = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|al|no|fig|approx|ca|\p{Lu})\.$/iu;

/** A paragraph that defines one thing after another, cut before each sentence that defines the next; else the whole of it. */
export function definitionsIn(words: Words): readonly Words[] {
  const masked = maskCode(words);
  const starts = [0];
  for (const end of masked.matchAll(/[.!]\s+(?=[\p{Lu}\uE000])/gu)) {
    if (!ABBREVIATED.test(masked.slice(0, end.index + 1))) starts.push(end.index + end[0].length);
  }
  const sentences = starts.map((start, i) => ({ start, words: sliceWords(words, start, starts[i + 1]) }));
  const [first, ...others] = sentences;
  if (first === undefined || (termDefined(first.words) ?? termAlone(first.words)) === undefined)
    return [words];
  const cuts = [0, ...others.filter((each) => termDefined(each.words)).map(({ start }) => start)];
  return cuts.map((start, i) => sliceWords(words, start, cuts[i + 1]));
}
