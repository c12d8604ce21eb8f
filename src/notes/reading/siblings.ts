import { isImperative, normalizeName, wordsOf } from '../grammar.js';
import { isName, type Split, splitLine } from './lead.js';
import type { OutlineNode } from './outline.js';
import { maskCode, sliceWords, type Words } from './words.js';

/** What the lines beside a bullet tell of how to read it. */
export interface Beside {
  readonly split: SplitLine | undefined;
  readonly isGlossary: boolean;
  /** Numbered lines of which some tell what to do. */
  readonly isProcedure: boolean;
  /** The first letters of the names that the lines begin with. */
  readonly initials: string;
}

/** A line that stands alone. */
export const none: Beside = { split: undefined, isGlossary: false, isProcedure: false, initials: '' };

/** What the bullets that stand together from here on tell of each of them. */
export function besideFrom(nodes: readonly OutlineNode[], start: number): Beside {
  let end = start;
  while (nodes[end]?.kind === 'bullet') end++;
  const bullets = nodes.slice(start, end);
  if (bullets.length < 2) return none;
  return {
    split: splitOfSiblings(bullets),
    isGlossary: isGlossary(bullets),
    isProcedure: isProcedure(bullets),
    initials: bullets.map(({ words }) => (words.text[0] ?? '').toUpperCase()).join(''),
  };
}

const DASH = /\s[-–—]{1,2}\s/;
const EQUALS = /\s=\s(?!.*[=+*/^])/;
const ARROW = /\s(?:→|⇒|[-=]+>)\s/;

/** How the items of a list are cut into lead and gloss. */
type SplitLine = (words: Words) => Split | undefined;

/** Cuts a line at the first dash or arrow, whatever stands before it. */
function cutAt(words: Words, mark: RegExp): Split | undefined {
  const found = mark.exec(maskCode(words));
  if (found === null || found.index === 0) return undefined;
  return {
    lead: sliceWords(words, 0, found.index),
    gloss: sliceWords(words, found.index + found[0].length),
    mark: '-',
  };
}

/** How a list of small-letter names cuts its items ('acid - gives away protons'), where all of them are written alike. */
function splitOfSiblings(nodes: readonly OutlineNode[]): SplitLine | undefined {
  for (const mark of [DASH, ARROW, EQUALS]) {
    // 'Name: gloss' beside them is written another way, and is as good an entry.
    const others = nodes.filter(({ words }) => !/[:：]\s/.test(maskCode(words)));
    const cuts = others.map((node) => cutAt(node.words, mark));
    const entries = cuts.filter((split) => split !== undefined && isEntry(split));
    if (entries.length > 1 && entries.length * 3 >= others.length * 2 && !isChain(cuts, mark))
      return (words) => {
        const split = cutAt(words, mark);
        return split !== undefined && (isEntry(split) || isShortEntry(split)) ? split : undefined;
      };
  }
  return undefined;
}

function isEntry({ lead, gloss }: Split): boolean {
  return (
    isName(lead) &&
    wordsOf(lead.text).length <= 3 &&
    !isImperative(lead.text) &&
    wordsOf(gloss.text).length > 1
  );
}

/** '1. Page the on-call', '2. Freeze the train'. */
function isProcedure(nodes: readonly OutlineNode[]): boolean {
  const orders = nodes.filter(({ words: { text } }) => isImperative(text) || ORDERS.test(text));
  return nodes.every(({ ordinal }) => ordinal !== undefined) && orders.length * 2 >= nodes.length;
}

/** A verb and what it is done to. */
const ORDERS = /^\p{Lu}\p{Ll}+ (?:the|an?|your|all|any|each|it|them|up|down|back|out|off)(?:\s|$)/u;

/** 'query → reads' beside longer ones. */
function isShortEntry({ lead, gloss }: Split): boolean {
  return isName(lead) && /^\S+$/.test(lead.text) && /^\p{L}{3,}$/u.test(gloss.text);
}

/** Whether a list is mostly written as 'Name: gloss'. */
function isGlossary(nodes: readonly OutlineNode[]): boolean {
  const named = nodes.filter(({ words }) => {
    const split = splitLine(words);
    return split !== undefined && split.gloss.text !== '' && isName(split.lead);
  });
  return named.length > 1 && named.length * 3 >= nodes.length * 2;
}

/** 'client → gateway', 'gateway → service': a way from one to the next. */
function isChain(splits: readonly (Split | undefined)[], mark: RegExp): boolean {
  const leads = new Set(splits.map((split) => normalizeName(split?.lead.text ?? '')));
  return splits.some(
    (split) =>
      split !== undefined &&
      (leads.has(normalizeName(split.gloss.text)) || (mark === ARROW && ARROW.test(maskCode(split.gloss)))),
  );
}
