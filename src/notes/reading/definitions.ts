import { isPlural, wordsOf } from '../grammar.js';
import { canBeDefined, withoutAsides } from './definable.js';
import { cleanTerm, isName, splitLine } from './lead.js';
import { termActing, termCalledPlainly, termInApposition } from './prose.js';
import { commandAsSubject, type NamedInside, namesNothing, termAsSubject } from './sentences.js';
import { maskCode, sliceWords, type Words } from './words.js';

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
  /^(?:(?:is|are|was|were)\s+(?:basically\s+|simply\s+|just\s+|essentially\s+)?(?:an?|the|any|one|something|anything)|means|refers?\s+to|stands?\s+for|(?:describes?|measures?|tells|shows|asks?|explains?|examines?)\s+(?:(?:you|us|one)\s+)?(?:how|what|when|where|which|whether|why)|are(?=\s+(?:(?!often|always|also|not|never|both|all|just|still|\p{Ll}+ly)\p{Ll}+\s+)?\p{Ll}+s\s+(?:that|which|who|found|used|made|with|of|in|for)\s)|measures?\s+(?:an?|the)|(?:lets?|allows?|enables?|helps?)\s+(?:you|us|one|users|an?|the|\p{L}+(?=\s+\p{L}+\s+\p{L}+))|(?:states?|says?|holds?|proves?|ensures?|guarantees?|makes?\s+sure)\s+that|is(?=\s+(?:(?!clear|true|likely|important|possible|obvious|certain|necessary|not|never|also|often|always|\p{Ll}+(?:ly|ed)\s)\p{Ll}+\s+){1,2}(?:used|made|done|added|caused|produced|given|kept|left|that\s+(?:is|are|has|have|can|must|may|\p{Ll}+s))\s)|(?:occurs?|happens?|forms?|arises?|develops?)\s+(?:when|if|where)|(?:is|are)\s+(?:when|where|what|how|concerned\s+with|made\s+(?:up\s+)?of|composed\s+of)|consists?\s+of|deals?\s+with|stud(?:y|ies)(?=\s))\s+/iu;

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
  const text = withoutAsides(words.text);
  const found = cut(text);
  if (found === undefined || !(/^[\p{Lu}\p{N}]|^\p{Ll}\p{Lu}/u.test(text) || text !== words.text))
    return undefined;
  const { article, name, verb, rest } = found;
  const plain = name.replace(/\s*\(.*\)$/, '');
  const copula = /^(?:is|are|was|were)\b/.test(verb) && !/(?:with|of)$/.test(verb);
  if (
    wordsOf(rest).length < (copula ? 2 : 1) ||
    !canBeDefined(article === 'the' ? plain.replace(/ of (?=\p{Ll}+$)/u, ' ') : plain, article === '')
  )
    return undefined;
  // 'The cache is the fastest part' tells of one that is known; 'The postal rule states that ...' defines.
  const narrowed =
    /\s(?:that|which|at which|where|when)\s/.test(rest) || /(?:when|where|what|how|of|with)$/.test(verb);
  if (article === 'the' && ((copula && !(narrowed && isProse)) || !/\s/.test(plain))) return undefined;
  const judges =
    isSuperlative(rest) && !(narrowed && /^an?$/.test(article)) && !(isProse && /^\p{Lu}{2,6}$/u.test(plain));
  if (copula && (namesNothing(rest) || judges)) return undefined;
  if (/^(?:is|was)\b/.test(verb) && article === '' && isPlural(plain)) return undefined;
  return { ...cleanTerm(`${article} ${name}`.trim()), gloss: words, lead: undefined };
}

/** 'most important ...', 'fastest ...': a judgement, no definition. */
function isSuperlative(text: string): boolean {
  return /^(?:most|least|\p{Ll}{3,}est|only|same|right|wrong|first|last|next|other)\s/u.test(text);
}

const ABBREVIATED = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|al|no|fig|approx|ca|\p{Lu})\.$/iu;

/** 'Freezing replaces ...': what is done, and how. */
const PROCESS = /^\p{Lu}\p{Ll}+(?:ing|tion)\s/u;

/** 'A small number is a wide opening.' says too little to define what it begins with. */
const NARROWED =
  /\s(?:that|which|who|where|when|what|how|of|for|from|with|between|by|in|to|\p{Ll}+ed|made)\s/u;

/** 'This method is called ...'. */
const POINTS = /^(?:this|that|these|those|it|they|such)(?: \p{L}+)? (?:is|are|was|were) /iu;

/** A paragraph that defines things, cut before each sentence that defines one; else the whole of it. */
export function definitionsIn(words: Words): readonly Words[] {
  const masked = maskCode(words);
  const starts = [0];
  for (const end of masked.matchAll(/[.!]\s+(?=[\p{Lu}\uE000])/gu)) {
    if (!ABBREVIATED.test(masked.slice(0, end.index + 1))) starts.push(end.index + end[0].length);
  }
  const cuts: number[] = [];
  let afterDefinition = true;
  starts.forEach((start, i) => {
    const sentence = sliceWords(words, start, starts[i + 1]);
    const told = (afterDefinition || PROCESS.test(sentence.text)) && termActing(sentence) !== undefined;
    const named = termCalledPlainly(sentence);
    const defines = told || named !== undefined || definesWithin(sentence);
    // 'This is called osmosis.' names what the sentence before it says.
    const points = named !== undefined && POINTS.test(sentence.text);
    const from = points && !afterDefinition ? (starts[i - 1] ?? start) : start;
    if (defines && !(points && afterDefinition) && !cuts.includes(from)) cuts.push(from);
    afterDefinition = defines;
  });
  // What announces the list below stands alone after what is defined.
  const last = starts.at(-1) ?? 0;
  if (cuts.length > 0 && /[:：]$/.test(words.text) && !cuts.includes(last)) cuts.push(last);
  if (cuts[0] !== 0) cuts.unshift(0);
  return cuts.map((start, i) => sliceWords(words, start, cuts[i + 1]));
}

function definesWithin(sentence: Words): boolean {
  const split = splitLine(sentence);
  if (split?.mark === ':' && isName(split.lead))
    return wordsOf(split.lead.text).length <= 3 && wordsOf(split.gloss.text).length > 2;
  const found = termDefined(sentence) ?? termInApposition(sentence) ?? termAsSubject(sentence);
  if (found !== undefined) return /^An? /.test(sentence.text) ? NARROWED.test(sentence.text) : true;
  return commandAsSubject(sentence) !== undefined;
}
