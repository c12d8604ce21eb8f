import { isAcronymOf, isClause, isImperative, startsWithParticle, wordsOf } from '../grammar.js';
import { fitsAlias, isAside, isAuthor, isSecondName, QUALIFIER } from './brackets.js';
import { canNameMember, isLabel } from './labels.js';
import { isWholly, maskCode, plainWords, sliceWords, type Words } from './words.js';

/** A line cut at its separator. */
export interface Split {
  readonly lead: Words;
  readonly gloss: Words;
  readonly mark: ':' | '-' | '=';
}

/** Cuts a line into lead and gloss at the first separator outside code, if it has one. */
export function splitLine(words: Words): Split | undefined {
  const masked = maskCode(words);
  const colon = colonAt(words, masked);
  const dash = /\s[-–—]{1,2}\s/.exec(masked);
  const dashed = dash && dash.index > 0 ? cut(words, dash.index, dash[0].length, '-') : undefined;
  if (colon !== undefined) {
    const split = cut(words, colon, 1, ':');
    // 'Income approach – adds up: wages, rents': the colon belongs to the gloss.
    const inGloss = dashed && (dash?.index ?? 0) < colon && split.gloss.text !== '' && !isName(split.lead);
    if (inGloss && isNameForDash(dashed)) return dashed;
    const equal = / = /.exec(masked.slice(0, colon))?.index;
    const equated = equal === undefined ? undefined : cut(words, equal, 3, '=');
    return equated && !isName(split.lead) && isName(equated.lead) && /[.;]\s/.test(split.lead.text)
      ? equated
      : split;
  }
  const runIn = runInHead(words);
  if (runIn !== undefined) return cut(words, runIn.end, runIn.mark, ':');
  if (dashed && isNameForDash(dashed)) return dashed;
  const arrow = /\s(?:→|⇒|[-=]+>)\s/.exec(masked);
  if (arrow && arrow.index > 0 && !/→|⇒|[-=]>/.test(masked.slice(arrow.index + arrow[0].length))) {
    const split = cut(words, arrow.index, arrow[0].length, '-');
    // 'client → server' is a way; a gloss has more words.
    if (isNameForDash(split) && wordsOf(split.gloss.text).length >= 3) return split;
  }
  const equals = /\s*=\s*/.exec(masked);
  if (equals && equals.index > 0 && !/[=<>!]=|=[=>]/.test(masked)) {
    const split = cut(words, equals.index, equals[0].length, '=');
    const equated =
      /^(?:[\p{Lu}\uE000]|\p{Ll}{1,3}\p{Lu}\w* )/u.test(masked) ||
      (/^\p{L}{4,} = /u.test(masked) && /^[^+*/^<>=]+ [^+*/^<>=]+$/.test(split.gloss.text));
    if (isName(split.lead) && split.gloss.text !== '' && equated) return split;
  }
  return undefined;
}

function cut(words: Words, at: number, length: number, mark: Split['mark']): Split {
  return { lead: sliceWords(words, 0, at), gloss: sliceWords(words, at + length), mark };
}

/** '**Law of demand.** If the price rises ...', '**Aquifer** A layer of rock': where the bold name ends, and its mark's length. */
function runInHead({ pieces }: Words): { readonly end: number; readonly mark: number } | undefined {
  const [first, second] = pieces;
  if (!first?.strong || second === undefined || second.strong) return undefined;
  if (/^\s(?:An?|The|Any)\s\p{Ll}/u.test(second.text) && isName(plainWords(first.text)))
    return { end: first.text.length, mark: 0 };
  const dotted = first.text.endsWith('.') && /^\s/.test(second.text);
  if (!dotted && !/^\.\s\p{Lu}/u.test(second.text)) return undefined;
  const name = first.text.replace(/\.$/, '');
  return isName(plainWords(name)) ? { end: name.length, mark: 1 } : undefined;
}

function colonAt(words: Words, masked: string): number | undefined {
  let open = 0;
  const lastClose = Math.max(masked.lastIndexOf(')'), masked.lastIndexOf('）'));
  for (let i = 0; i < masked.length; i++) {
    const char = masked[i];
    if (char === '(' || char === '（') open++;
    else if (char === ')' || char === '）') open = Math.max(0, open - 1);
    if (i >= lastClose) open = 0;
    if (open > 0 || i === 0) continue;
    if (char === '：') return i;
    if (char !== ':' || masked[i + 1] === ':' || masked[i - 1] === ':') continue;
    const next = masked[i + 1];
    if (next === undefined || next === ' ' || endsStyle(words, i)) return i;
  }
  return undefined;
}

/** '**Term**:gloss' and '**Term:**gloss' need no space. */
function endsStyle(words: Words, at: number): boolean {
  let start = 0;
  for (const piece of words.pieces) {
    const end = start + piece.text.length;
    if (piece.strong && (end === at || end === at + 1)) return true;
    if (piece.code && end === at) return true;
    start = end;
  }
  return false;
}

function isNameForDash(split: Split): boolean {
  if (split.gloss.text === '') return false;
  if (isWholly(split.lead, 'strong') && canNameMember(split.lead.text)) return true;
  if (!isName(split.lead)) return false;
  if (isWholly(split.lead, 'code') || isWholly(split.lead, 'strong')) return true;
  const name = withoutEmoji(split.lead.text);
  const marked = split.lead.pieces.some((piece) => piece.strong || piece.code);
  return (
    marked ||
    (name.split(' ').length <= 4 &&
      /^(?:[\p{Lu}\p{Lo}\d]|\p{Ll}{1,2}\p{Lu})/u.test(name) &&
      !isImperative(name))
  );
}

/** 'Order No. 1', 'St. Petersburg': the dot ends no sentence. */
const ABBREVIATION = /\b(No|Nr|St|Dr|Mt|Art|Sec|Ch|Vol|vs|\p{Lu})\.\s/gu;

const WITHIN =
  /(?<!\b(?:of|on|in|for|to|by|with|from|at|under|over|into|through|against|and|or|as|per|behind|between|before|after))\s(?:the|an?|both|all|each|every|its|their|your|our|this|these)\s\p{Ll}/u;

/** Whether a lead can be the name of a thing: no finite verb, few words, no label, no start of a sentence. */
export function isName(lead: Words, maybeLabel = false): boolean {
  const text = stripMarks(lead.text);
  if (text === '' || text.length > 80 || !/[\p{L}\p{N}]/u.test(text)) return false;
  if (isWholly(lead, 'code')) return true;
  if (
    /[?!;]$/.test(text) ||
    /[.。]\s/.test(text.replace(/\([^)]*\)/g, '').replace(ABBREVIATION, '$1 ')) ||
    (isLabel(text) && !maybeLabel) ||
    isUrl(text)
  )
    return false;
  const count = wordsOf(text.replace(/\([^)]*\)|（[^）]*）|\s\[[^\]]*\]/g, '')).length;
  if (
    count > 6 ||
    (startsWithParticle(text) && !/^(?:First|Next|Last) \p{Lu}\p{Ll}/u.test(text)) ||
    /,\s/.test(text) ||
    /\s(?:vs\.?|versus)\s/i.test(text) ||
    /\b(?:ones?|asked|asks|said|says|mentioned|told)$/i.test(text) ||
    /^(?:too|very) /i.test(text)
  )
    return false;
  // 'Undo the last commit': a determiner in second place follows a verb.
  if (
    !isWholly(lead, 'strong') &&
    /^\p{L}+ (the|an?|your|my|our|all|its|their|each|every|this|that)\s/iu.test(text)
  )
    return false;
  // 'Runs link both systems': only a preposition takes a determiner after it within a name.
  if (!isWholly(lead, 'strong') && WITHIN.test(text)) return false;
  // 'Model splits three stores': a number after a verb.
  if (!isWholly(lead, 'strong') && /\s\p{Ll}{3,}s (?:two|three|four|five|six) \p{Ll}+s\b/u.test(text))
    return false;
  // '5GB' is a value, '1NF' a name.
  const coded = /^\d\p{Lu}{2,}$/u.test(text) && !/^\d(?:[KMGTP]I?B|AM|PM)$/.test(text);
  if (/^\d+([.,]\d+)?\s*\S{0,8}$/.test(text) && !coded) return false;
  // 'f/8', '1/60 s', '+5': a value, not a thing; 'S3' and 'x86' are names.
  if (/\d/.test(text) && !/\p{L}{2}|\p{Lu}|^\p{L}\d/u.test(text)) return false;
  if (/^\d+\s+(types?|kinds?|ways?|options?|parts?|modes?|steps?|components?)\b/i.test(text)) return false;
  return !isClause(text.replace(/\([^)]*\)/g, ''));
}

/** Whether a gloss gives a size or count ('up to 365 days'): its lead is then a property, not a thing. */
export function isMeasure(gloss: string): boolean {
  // '1921, markets return': a year tells when.
  if (/^\d{4}[,;:]\s/.test(gloss)) return false;
  return /^(?:(?:up to|below|above|under|over|less than|more than|at most|at least|max\.?|min\.?|maximum|minimum|about|around|default|[~<>≤≥$€£])\s*)*\d[\d.,]*\s?\S/i.test(
    gloss,
  );
}

/** A link's address, which has a colon but no lead. */
function isUrl(text: string): boolean {
  return /^(https?|ftp|mailto):?$/i.test(text) || /:\/\//.test(text);
}

function withoutEmoji(text: string): string {
  return text.replace(/^(?:\p{Extended_Pictographic}|\uFE0F|\u200D|\s)+/u, '');
}

function stripMarks(text: string): string {
  return text.replace(/^[\s"'“”‘’*_]+|[\s"'“”‘’*_:：]+$/g, '');
}

/** A term free of what only qualifies it, with the other names that the line gives. */
export interface Term {
  readonly term: string;
  readonly aliases: readonly string[];
  /** The article that stood before it. */
  readonly article: 'a' | 'an' | 'the' | undefined;
}

/** Cleans a term: outer marks, emoji, article, qualifiers in parentheses; '(ACR)' and '(formerly X)' become aliases. */
export function cleanTerm(text: string): Term {
  const aliases: string[] = [];
  let term = withoutEmoji(text)
    .replace(/\s*(?:<-+|<=+|←)\s*.*$/, '')
    // 'Supersedure ≠ swarming' warns of a mistake.
    .replace(/\s*(?:≠|!=|<>)\s.*$/, '')
    .replace(/(?<=\p{L}[.)]?)\s+\[\d{4}\]$/u, '');
  term = term.replace(/\s*[(（]([^()（）]*)[)）]/g, (whole, inner: string) => {
    const rest = text.replace(whole, '').trim();
    const also =
      /^(?:formerly|previously|aka|a\.k\.a\.|also (?:known as|called)|or|short|abbr\.?|abbreviated(?: as)?|(?:plural|pl\.?|singular|sing\.?)(?: is)?)[\s:]+(.+)$/i.exec(
        inner.trim(),
      );
    if (also?.[1]) aliases.push(stripMarks(also[1]));
    else if (QUALIFIER.test(inner.trim()) || isAuthor(inner.trim(), rest)) return '';
    else if (fitsAlias(inner.trim(), rest)) aliases.push(stripMarks(inner));
    else if (/^\s/.test(whole) && isAside(inner.trim())) {
      if (isSecondName(inner.trim())) aliases.push(stripMarks(inner));
    } else return whole;
    return '';
  });
  term = stripMarks(term).replace(/\s+/g, ' ');
  // 'Ich-Erzähler = first-person narrator' names it twice.
  const equal = /^([^=]{2,40}) = ([^=]{2,40})$/.exec(term);
  if (equal?.[1] && equal[2] && !/[\d+*/^]/.test(term)) {
    term = equal[1];
    aliases.push(equal[2]);
  }
  const slash = /^(\S+)\s+\/\s+(\S+)$/.exec(term);
  if (slash?.[1] && slash[2] && (isAcronymOf(slash[1], slash[2]) || isAcronymOf(slash[2], slash[1])))
    aliases.push(slash[2]);
  const article = /^(an?|the)\s+(?=\S)/i.exec(term);
  if (article) term = term.slice(article[0].length);
  const said = article?.[1]?.toLowerCase();
  return {
    term: term === '' ? stripMarks(text) : term,
    aliases: [...new Set(aliases.filter((alias) => alias !== ''))],
    article: said === 'a' || said === 'an' || said === 'the' ? said : undefined,
  };
}

/** 'ACR - Expansion' and 'Expansion - ACR', as headings and leads write them. */
export function splitAcronym(text: string): Term | undefined {
  const parts = /^(.+?)\s*(?:\s[-–—]\s|=|:\s)\s*(.+)$/.exec(text);
  const left = parts?.[1]?.trim();
  const right = parts?.[2]?.trim();
  if (!left || !right) return undefined;
  if (isAcronymOf(left, right)) return { term: left, aliases: [right], article: undefined };
  if (isAcronymOf(right, left)) return { term: left, aliases: [right], article: undefined };
  return undefined;
}
