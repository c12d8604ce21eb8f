import { isAcronymOf, isClause, isImperative, isVerb } from '../grammar.js';
import { isLabel } from './labels.js';
import { cleanTerm, type Split, type Term } from './lead.js';
import type { Words } from './words.js';

/** A term named by a whole sentence, with the words before it as its lead. */
export interface NamedInside extends Term {
  /** The sentence, or the gloss after its colon. */
  readonly gloss: Words;
  readonly lead: Words | undefined;
}

const NAMING_VERB = /\b(?:runs?|is|sits|lives|works) (an?|the) ([a-z][\w-]*(?: [a-z][\w-]*){0,2})$/i;

/** 'Cluster starts with the Cluster Control Plane: manages ...': a clause whose last words are what the gloss explains. */
export function termAtEndOfClause(split: Split): NamedInside | undefined {
  const { lead, gloss } = split;
  if (gloss.text === '' || split.mark !== ':' || !isClause(lead.text)) return undefined;
  const titled =
    /\b(?:with|via|by|through|called|named|as|is|are|on|using|from|in|to) (an? |the )?((?:\p{Lu}[\p{L}\d-]*)(?: \p{Lu}[\p{L}\d-]*)+)$/u.exec(
      lead.text,
    );
  const inverted = /^(?:on|in|at|inside|within|there)\b/i.test(lead.text)
    ? NAMING_VERB.exec(lead.text)
    : null;
  const name = titled?.[2] ?? inverted?.[2];
  if (name === undefined || isLabel(name) || isImperative(gloss.text)) return undefined;
  const cleaned = cleanTerm(`${titled?.[1] ?? (inverted?.[1] ? `${inverted[1]} ` : '')}${name}`);
  return { ...cleaned, gloss, lead };
}

const CALLED =
  /\b(?:called|named|known as|referred to as|termed|a\.k\.a\.?|aka|so-called)\s*(?:as\s+)?(?:the\s+|an?\s+)?["“]?$/i;

/** '... is known as **X**': a term in bold within a sentence that names it. */
export function termCalled(words: Words): NamedInside | undefined {
  let at = 0;
  for (const piece of words.pieces) {
    const name = piece.text.replace(/[.:,;]+$/, '');
    if ((piece.strong || piece.code) && CALLED.test(words.text.slice(0, at)) && name.split(' ').length <= 5) {
      return { ...cleanTerm(name), gloss: words, lead: undefined };
    }
    at += piece.text.length;
  }
  return undefined;
}

/** 'also known as **X**': another name of what stands above; undefined where the line names a thing of its own. */
export function secondName(words: Words): string | undefined {
  const match =
    /^(?:(?:it|they|this) )?(?:is |are )?(?:(?:sometimes|often|commonly|usually) )?(?:also )?(?:called|known as|referred to as|a\.k\.a\.?|aka)\s+(?:an? |the )?["“'‘]?([^"”'’.,;:()]{2,50})["”'’]?[.]?$/i.exec(
      words.text,
    );
  const name = match?.[1]?.trim();
  return name === undefined || name.split(' ').length > 5 || isClause(name) ? undefined : name;
}

/** ', also called retrieval practice,' after a name. */
const ALSO_CALLED =
  /^,\s(?:(?:also|sometimes|often|or)\s)?(?:called|known as|termed)\s(?:an?\s|the\s)?([^,.;:()]{2,40}),(?=\s)/;

/** 'The **gateway** forwards packets', 'A *lemma* is ...': a sentence whose subject is marked explains it. */
export function termAsSubject(words: Words): NamedInside | undefined {
  const at = words.pieces.findIndex((piece) => piece.strong || piece.emphasis);
  const piece = words.pieces[at];
  const before = words.pieces
    .slice(0, at)
    .map((each) => each.text)
    .join('');
  if (piece === undefined || !/^(?:an?\s|the\s)?$/i.test(before)) return undefined;
  const after = words.text.slice(before.length + piece.text.length);
  const also = ALSO_CALLED.exec(after);
  const [next = '', second = ''] = after
    .slice(also?.[0].length ?? 0)
    .trim()
    .split(/\s+/);
  const verb = next.replace(/,$/, '');
  if (!/^\p{Ll}+$/u.test(verb) || piece.text.split(' ').length > 5 || isClause(piece.text)) return undefined;
  if (!piece.strong)
    return /^(?:is|are|means)$/.test(verb)
      ? { ...cleanTerm(before + piece.text), gloss: words, lead: undefined }
      : undefined;
  const acts = isVerb(verb) || (/[^s]s$/.test(verb) && !isVerb(second));
  const term = cleanTerm(before + piece.text);
  const aliases = also?.[1] ? [...term.aliases, also[1]] : term.aliases;
  return acts ? { ...term, aliases, gloss: words, lead: undefined } : undefined;
}

/** '`docker run` starts a container.': a sentence about code that it begins with. */
export function commandAsSubject(words: Words): NamedInside | undefined {
  const [code, after] = words.pieces;
  const [verb = '', next = ''] = (after?.text ?? '').trim().split(/\s+/);
  if (!code?.code || !/^\p{Ll}+s$/u.test(verb) || /^(?:is|was|has|does)$/.test(verb) || isVerb(next))
    return undefined;
  return { term: code.text, aliases: [], article: undefined, gloss: words, lead: undefined };
}

/** 'good ratio', 'main reason': words that judge or count, and name nothing. */
export function namesNothing(name: string): boolean {
  return /^(good|best|common|typical|simple|better|great|key|major|main|big|nice|single|different|new|second|third|possible|popular|few|lot|way|thing|reason|drawback|downside|alternative)\b/i.test(
    name,
  );
}

const WITH_EXPANSION =
  /^(?:(an?|the)\s+)?([^()]{2,60}?) \(([^()]{2,60})\) (?:is|are|has|have|means|\p{Ll}+s)\s/iu;

/** 'Price elasticity of demand (PED) is ...': who spells a name out explains it. */
export function termSpeltOut(words: Words): NamedInside | undefined {
  const [, article, name = '', other = ''] = WITH_EXPANSION.exec(words.text) ?? [];
  if (isClause(name) || (!isShortFor(other, name) && !isShortFor(name, other))) return undefined;
  return { ...cleanTerm(`${article ? `${article} ` : ''}${name} (${other})`), gloss: words, lead: undefined };
}

/** 'LTV' for 'lifetime value': its letters stand in the name in this order, and each word begins with one of them. */
function isShortFor(short: string, name: string): boolean {
  if (isAcronymOf(short, name)) return true;
  if (!/^\p{Lu}{2,6}$/u.test(short)) return false;
  const letters = [...short.toLowerCase()];
  const words = name.toLowerCase().split(/[\s-]+/);
  let at = 0;
  for (const word of words) {
    if (word[0] !== letters[at]) return false;
    for (const letter of word) if (letter === letters[at]) at++;
  }
  return words.length > 1 && at === letters.length;
}

const IS_A =
  /^(an?|the)\s+((?:[\p{L}\p{N}./_-]+\s+){0,3}[\p{L}\p{N}./_-]+)\s+(?:is|are)\s+(?:an?|the|basically|simply|just|essentially)\s/iu;

/** 'A bucket is a container for objects': a sentence that defines its own subject. */
export function termDefinedByIsA(words: Words): NamedInside | undefined {
  const match = IS_A.exec(words.text);
  if (!match?.[2] || /^the$/i.test(match[1] ?? '')) return undefined;
  const name = match[2].replace(/^an? /i, '');
  if (
    isLabel(name) ||
    isClause(name) ||
    namesNothing(name) ||
    /\b(of|for|in|on|with|to|by|and|or)\b/i.test(name)
  )
    return undefined;
  return { ...cleanTerm(`${match[1]} ${name}`), gloss: words, lead: undefined };
}
