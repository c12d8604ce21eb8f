import { isClause, isImperative, isPlural, normalizeName, startsWithVerb, wordsOf } from '../grammar.js';
import { termDefined } from './definitions.js';
import { canNameMember, isMereEmphasis } from './labels.js';
import { cleanTerm, isMeasure, isName, type Split, splitAcronym, splitLine, type Term } from './lead.js';
import { announcesList, opensList, statedCount } from './lists.js';
import { gathers } from './members.js';
import type { OutlineNode } from './outline.js';
import { termActing, termCalledPlainly, termDivided, termInApposition } from './prose.js';
import {
  commandAsSubject,
  type NamedInside,
  namesNothing,
  termAsSubject,
  termAtEndOfClause,
  termCalled,
  termDefinedByIsA,
  termSpeltOut,
} from './sentences.js';
import { isWholly, plainWords, sliceWords, type Words } from './words.js';

/** What stands around a line. */
export interface Around {
  /** Whether it is in a list that was announced. */
  readonly inList: boolean;
  /** Whether a label may name a concept here: below 'Terminology', or below a heading that names it. */
  readonly vocabulary: boolean;
  /** Whether most lines beside it give a name and a gloss. */
  readonly amongTerms: boolean;
  /** Whether it is one of numbered steps that tell what to do. */
  readonly inProcedure: boolean;
  /** The term of the concept above. */
  readonly owner: string;
}

/** The concept that a line explains, if it does; `split` is the line cut at its separator. */
export function termOf(node: OutlineNode, split: Split | undefined, around: Around): Named | undefined {
  return split ? termOfSplit(split, node, around) : termOfWhole(node, around);
}

/** The concept that a line with a separator explains, if it does. */
function termOfSplit(split: Split, node: OutlineNode, around: Around): Named | undefined {
  const { inList, vocabulary } = around;
  const { lead, gloss } = split;
  const hasBody = gloss.text !== '' || hasMore(node);
  if (!hasBody || (isMereEmphasis(lead.text) && !isWholly(lead, 'code'))) return undefined;
  const acronym = splitAcronym(node.words.text);
  if (acronym) {
    const body = node.children.length > 0;
    return { ...acronym, lead: body ? node.words : lead, gloss: body ? undefined : gloss };
  }
  if (!inList && node.children.length === 0 && isRemark(split, around)) return undefined;
  if (!inList && isBareParticiple(lead)) return undefined;
  const inner = inList
    ? /^[OoIi]n (\p{Lu}[\p{L}\d-]*(?: \p{Lu}[\p{L}\d-]*){0,2})$/u.exec(lead.text)?.[1]
    : undefined;
  if (inner && !isImperative(gloss.text)) return { ...cleanTerm(inner), lead, gloss };
  if (
    isName(lead, vocabulary && gloss.text !== '') ||
    (inList && isWholly(lead, 'strong') && canNameMember(lead.text))
  ) {
    if (gloss.text === '' && !isMarked(lead) && (/^\p{Ll}{3,}s$/u.test(lead.text) || isCall(lead.text)))
      return undefined;
    if (
      gloss.text === '' &&
      (/(?<!-)\b(following|types?|kinds?|ways?)\b/i.test(lead.text) ||
        opensList(lead.text) ||
        gathers(lead.text) ||
        (statedCount(lead.text) !== undefined && KINDS.test(lead.text)))
    )
      return undefined;
    const { term, aliases, article } = termOfLead(lead);
    return { term, aliases, article, lead, gloss: gloss.text === '' ? undefined : gloss };
  }
  const inside = termAtEndOfClause(split) ?? termCalled(split.lead);
  if (inside && gloss.text !== '') return { ...inside, lead, gloss };
  const defined = gloss.text !== '' && isClause(lead.text) ? termDefined(node.words) : undefined;
  if (defined) return defined;
  if (gloss.text !== '') return undefined;
  const spelt = termSpeltOut(plainWords(`${lead.text} `)) ?? termAsSubject(lead) ?? termDivided(lead);
  return spelt && { ...spelt, gloss: lead };
}

/** The concept that a line without a separator explains, if it does. */
function termOfWhole(node: OutlineNode, { inList, inProcedure }: Around): Named | undefined {
  const { words } = node;
  const said =
    termCalled(words) ??
    termSpeltOut(words) ??
    termDefinedByIsA(words) ??
    termAsSubject(words) ??
    (node.kind === 'paragraph' ? commandAsSubject(words) : undefined) ??
    termDefined(words, node.kind === 'paragraph') ??
    termInProse(node, inList);
  if (said && !isMereEmphasis(said.term)) {
    return { ...said, gloss: words, lead: undefined };
  }
  const answered = /^what (?:is|are) (?:(?:an?|the) )?([^?]{1,50})\?\s+(?=\S)/i.exec(words.text);
  if (answered?.[1] && !isClause(answered[1]) && !namesNothing(answered[1]))
    return { ...cleanTerm(answered[1]), gloss: sliceWords(words, answered[0].length), lead: undefined };
  const asked = /[?？]$/.test(words.text) && node.children.length > 0 ? headingTerm(words.text) : undefined;
  if (asked) return { ...asked, lead: words, gloss: undefined };
  if (!hasMore(node) || !isName(words) || statedCount(words.text) !== undefined) return undefined;
  const marked = isWholly(words, 'code') || isWholly(words, 'strong');
  const plain = words.text.replace(/\s*\([^()]*\)/g, '');
  const named = /^[\p{Lu}\p{Lo}\d]/u.test(words.text) || /^\p{Ll}+[-.\d]+\p{L}+\S*$/u.test(words.text);
  const short = named && (wordsOf(plain).length <= 3 || isTitle(words.text));
  const ends = /[.!]$/.test(words.text) || startsWithVerb(words.text) || isImperative(words.text);
  if (!marked && (!short || ends || inProcedure)) return undefined;
  if (isMereEmphasis(words.text) || (!inList && announcesList(plain))) return undefined;
  return { ...termOfLead(words), lead: words, gloss: undefined };
}

/** What a sentence of a paragraph, or a bullet with more below it, tells of its subject. */
function termInProse({ kind, words, children }: OutlineNode, inList: boolean): NamedInside | undefined {
  if (kind === 'paragraph')
    return children.length > 0
      ? undefined
      : (termCalledPlainly(words) ?? termInApposition(words) ?? termActing(words));
  return children.length > 0 && !inList ? termActing(words, true) : undefined;
}

/** 'Check first:', 'Try this next:'. */
function isCall(lead: string): boolean {
  return isImperative(lead) && /\b(?:first|next|here|below|again|now|instead)$/.test(lead);
}

/** 'Three approaches:' counts what follows and names nothing. */
const KINDS =
  /\b(?:approaches|methods|forms|reasons|categories|classes|groups|stages|phases|steps|rules|levels)$/i;

/** Whether something stands below a line that can explain it. */
function hasMore({ children, code }: OutlineNode): boolean {
  return children.length > 0 || code !== undefined;
}

/** Code is a name as it stands: '_helpers.tpl' keeps its mark. */
function termOfLead(lead: Words): Term {
  return isWholly(lead, 'code')
    ? { term: lead.text.replace(/[\s:：]+$/, ''), aliases: [], article: undefined }
    : cleanTerm(lead.text);
}

/** 'Committee of Public Safety': capitals throughout, but for the small words between. */
function isTitle(text: string): boolean {
  return (
    /^\p{Lu}\S*(?: (?:of|the|and|for|in|on|to|by|de|la|\p{Lu}\S*|\d\S*))+$/u.test(text) &&
    /\p{Lu}\p{Ll}*$/u.test(text)
  );
}

/** 'EC2: install the agent', 'Retention: 24 hours': tells something of what stands above, and does not define its lead. */
function isRemark({ lead, gloss, mark }: Split, { owner, amongTerms }: Around): boolean {
  if (!isMarked(lead) && mark === '=' && isFormula(gloss.text) && !/^\p{Lu}\p{Ll}{3}/u.test(lead.text))
    return true;
  // A dash or an equals sign explains what stands before it.
  if (isMarked(lead) || mark !== ':') return false;
  // Who gives a second name explains the first: 'NEP (New Economic Policy): ...'.
  if (cleanTerm(lead.text).aliases.length > 0) return false;
  if (isPlural(lead.text) && isEnumeration(gloss.text)) return true;
  // 'strong acid: pH 1, weak acid: pH 4': two values of one thing.
  if (/^[^,:;]{1,40}[,;] [^,:;]{1,30}: [^,:;]{1,40}$/.test(gloss.text)) return true;
  // 'Early stopping: stop when ...' in a list of terms; what is explained elsewhere goes back to what it stands under.
  if (amongTerms && / /.test(lead.text) && (isImperative(gloss.text) || isPredicate(gloss.text)))
    return false;
  // 'White roux: 2 minutes' under 'Roux' is a kind of it, whatever its gloss.
  const tells =
    isImperative(gloss.text) ||
    isMeasure(gloss.text) ||
    isPredicate(gloss.text) ||
    isAttribute(lead.text, gloss.text);
  return tells && !isKindOf(lead.text, owner);
}

/** 'not created by default': says something of a thing that is known already. */
function isPredicate(gloss: string): boolean {
  return /^(?:not|never|also|must|should|cannot)\b/i.test(gloss);
}

/** 'C / (r - g)': signs that calculate, and no word. */
function isFormula(gloss: string): boolean {
  return /[+*/^×·√−]|\s-\s/.test(gloss) && !/\p{L}{4}/u.test(gloss);
}

/** 'risk: stroke', 'Shared folders: allowed': one small word gives a value, not a meaning. */
function isAttribute(lead: string, gloss: string): boolean {
  if (/^\p{Ll}{3,}(?:ed|able|ible)$/u.test(gloss) && / /.test(lead)) return true;
  return /^\p{Ll}+$/u.test(lead) && /^[\p{L}\d-]+$/u.test(gloss) && /\p{Script=Latin}/u.test(lead);
}

function isMarked(words: Words): boolean {
  return words.pieces.some((piece) => piece.strong || piece.code);
}

/** 'Patroni, repmgr': names only. */
function isEnumeration(text: string): boolean {
  const items = text.split(/,\s+|\s+(?:and|or)\s+/);
  return items.length > 1 && items.every((item) => /^(?:\S+|\p{Lu}\S*(?: \p{Lu}\S*){1,2})$/u.test(item));
}

function isKindOf(name: string, owner: string): boolean {
  const [kind, of] = [normalizeName(name), normalizeName(owner)];
  // 'White roux' and 'Hyperinflation'.
  return kind !== of && (kind.endsWith(` ${of}`) || (of.length > 4 && kind.endsWith(of)));
}

/** 'derived: Mornay': one small participle tells of what stands above. */
function isBareParticiple(lead: Words): boolean {
  return !isMarked(lead) && /^\p{Ll}{3,}ed$/u.test(lead.text);
}

/** A term as its line gives it. */
export interface Named extends Term {
  readonly lead: Words | undefined;
  readonly gloss: Words | undefined;
}

/** The term that a heading names; undefined where it says something instead. */
export function headingTerm(subject: string, words = plainWords(subject)): Term | undefined {
  const kind = splitLine(words);
  // 'Alert: `DiskFull`' is about the one that the code names.
  if (kind?.mark === ':' && isWholly(kind.gloss, 'code') && !isWholly(kind.lead, 'code'))
    return termOfLead(kind.gloss);
  const asked = /^what(?:'s| is| are)\s+(?:an?\s+|the\s+)?(.+?)\??$/i.exec(subject)?.[1];
  if (asked !== undefined && !isClause(asked)) return cleanTerm(asked);
  const acronym = splitAcronym(subject);
  if (acronym) return acronym;
  const split = splitLine(plainWords(subject));
  if (split && split.mark === ':' && isName(split.lead)) return cleanTerm(split.lead.text);
  const part =
    split?.mark === '-' && /\s[–—-]\s/.test(subject) && wordsOf(split.gloss.text).length <= 3
      ? split
      : undefined;
  if (part && isName(part.lead)) return { ...cleanTerm(subject), aliases: [part.lead.text] };
  // 'TLS certs – how we do it': what stands before the dash is the subject.
  if (split?.mark === '-' && isName(split.lead) && isClause(split.gloss.text))
    return cleanTerm(split.lead.text);
  const count = wordsOf(subject).length;
  if (
    count > 8 ||
    /[?!.。]$/.test(subject) ||
    (count > 1 && isClause(subject.replace(/ and (?:its|their) /, ' and ')))
  )
    return undefined;
  return cleanTerm(subject);
}
