import { isClause, isPlural, startsWithVerb } from '../grammar.js';
import { canBeDefined, withoutAsides } from './definable.js';
import { cleanTerm } from './lead.js';
import { type NamedInside, namesNothing } from './sentences.js';
import type { Words } from './words.js';

/** What may follow a plural noun and is no verb. */
const NO_VERB = new Set(
  `of in on at for to with by from as than and or but nor so yet that which who whose whom where when while if because since
  after before during under over between within without per via vs versus more less most least very up down out off then there
  here is are was were be been can may must should will would could might have had do did not never always often usually
  sometimes rarely only also too alone even both all each every such like unlike instead just still already mainly the an its
  their our your this these those it they we you one two three four five about above below against among around into onto
  through toward towards until upon across along won went came took made got fell rose led lost began became fought held left
  met saw said sent spent stood told thought wrote grew knew drew broke built bought brought caught chose drove fled gave heard
  hid paid ran sold sat spoke stole taught threw understood wore able big small old new good bad same`.split(
    /\s+/,
  ),
);

/** Endings of words that name a process, a field or a quality. */
const ABSTRACT = /(?:[ts]ion|ment|ism|ics|logy|graphy|[iae]ty|ance|ence|sis|ing|ness|ship|ture|age|[vs]al)$/i;

const ACRONYM = /^\p{Lu}{2,6}$/u;

/** 'Free morphemes stand alone', 'Cohort analysis groups users', 'Derivation creates new words': a sentence on what its subject does. */
export function termActing(words: Words, isBullet = false): NamedInside | undefined {
  const text = withoutAsides(words.text);
  if (!/^\p{Lu}/u.test(text) && text === words.text) return undefined;
  const all = text.replace(/^An?\s+(?=\p{Ll}+\s)|^The\s+(?=\p{Lu})/u, '').split(' ');
  const isKind = /^An? /.test(text) && startsWithVerb(all[1] ?? '');
  for (let count = 1; count <= 4 && count + 2 <= all.length; count++) {
    const name = all.slice(0, count).join(' ');
    if (!acts(name, all[count] ?? '', all[count + 1] ?? '')) continue;
    if (name.split(' ').some((word, i) => i > 0 && NO_VERB.has(word))) return undefined;
    if (count === 1 && (isBullet || !(ABSTRACT.test(name) || isKind || ACRONYM.test(name)))) continue;
    if (/^(?:an?|the)\s/i.test(name) || !canBeDefined(name)) return undefined;
    return { ...cleanTerm(name), gloss: words, lead: undefined };
  }
  return undefined;
}

function acts(name: string, verb: string, next: string): boolean {
  if (isPlural(name)) return isBareVerb(verb);
  if (!/^\p{Ll}{2,}s$/u.test(verb) || NO_SINGULAR_VERB.test(verb)) return false;
  if (startsWithVerb(verb) || /^(?:the|an?|its|all|every|each)$/.test(next)) return true;
  // 'Visibility rules compare ...': the verb is the next word.
  return ABSTRACT.test(name) && !LINKING.test(next) && !(isPlural(`${name} ${verb}`) && isBareVerb(next));
}

const NO_SINGULAR_VERB = /^(?:is|was|has|does|as|its|plus|versus)$|(?:sis|ss|us|ics)$/;

/** What follows a noun in -s that is no verb. */
const LINKING = /^(?:is|are|was|were|of|for|in|on|at|by|to|with|from|and|or|as|can|may|must|that|which|who)$/;

function isBareVerb(word: string): boolean {
  return /^\p{Ll}{3,}$/u.test(word) && !/(?:s|ed|ing|ly|al|ous|ive)$/.test(word) && !NO_VERB.has(word);
}

const CALLED =
  /^(.{2,}?)\s(?:is|are|was|were)\s(?:(?:often|usually|commonly|sometimes|also)\s)?(?:called|termed|known as|referred to as)\s(?:an?\s|the\s)?["“‘']?([\p{L}][\p{L}\d’'-]*(?:\s[\p{L}\d’'-]+){0,3}?)["”’']?(?:\s\([^()]*\))?(?:[.,;:!]|\s(?:and|or|because|since|which|in|by|after|for)\s|$)/u;

/** 'Variants that never contrast are called allophones.': a sentence that ends in the name of what it describes. */
export function termCalledPlainly(words: Words): NamedInside | undefined {
  const name = CALLED.exec(words.text)?.[2];
  if (name === undefined || isClause(name) || namesNothing(name) || !canBeDefined(name)) return undefined;
  return { ...cleanTerm(name), gloss: words, lead: undefined };
}

const DIVIDES =
  /^(?:(an?|the)\s)?((?:[\p{L}\d-]+\s){1,4}?(?:\([^()]*\)\s)?)(?:comes? in|distinguish(?:es)?|consists? of|(?:is|are) (?:divided|split) into|divides? into|splits? into|recogni[sz]es?|identif(?:y|ies)|proposes?)\s(?:two|three|four|five|six|seven|eight|\d{1,2})\s/iu;

/** 'Amnesia comes in two forms:': what is divided into what stands below. */
export function termDivided(words: Words): NamedInside | undefined {
  const [, article = '', subject = ''] = DIVIDES.exec(words.text) ?? [];
  const name = subject.replace(/\s*\(.*\)/, '').trim();
  if (name === '' || !/^\p{Lu}/u.test(words.text) || !canBeDefined(name)) return undefined;
  return { ...cleanTerm(`${article} ${name}`.trim()), gloss: words, lead: undefined };
}

/** 'Its unit, the *morpheme*, carries meaning.': a marked name beside what it is. */
export function termInApposition(words: Words): NamedInside | undefined {
  let at = 0;
  for (const piece of words.pieces) {
    const before = words.text.slice(0, at);
    at += piece.text.length;
    const stands = /^[^,;:.()]{3,60}, (?:the|an?) $/.test(before) && /^,\s/.test(words.text.slice(at));
    if (
      (piece.strong || piece.emphasis) &&
      stands &&
      piece.text.split(' ').length <= 4 &&
      !isClause(piece.text)
    )
      return { ...cleanTerm(piece.text), gloss: words, lead: undefined };
  }
  return undefined;
}
