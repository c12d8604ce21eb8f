import { isImperative, normalizeName, wordsOf } from '../grammar.js';
import { isName, type Split } from './lead.js';
import type { OutlineNode } from './outline.js';
import { maskCode, sliceWords, type Words } from './words.js';

const DASH = /\s[-–—]{1,2}\s/;
const EQUALS = /\s=\s(?!.*[=+*/^])/;
const ARROW = /\s(?:→|⇒|[-=]+>)\s/;

/** How the items of a list are cut into lead and gloss. */
export type SplitLine = (words: Words) => Split | undefined;

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
export function splitOfSiblings(nodes: readonly OutlineNode[]): SplitLine | undefined {
  if (nodes.length < 2) return undefined;
  for (const mark of [DASH, ARROW, EQUALS]) {
    // 'Name: gloss' beside them is written another way, and is as good an entry.
    const others = nodes.filter(({ words }) => !/[:：]\s/.test(maskCode(words)));
    const splits = others.map((node) => cutAt(node.words, mark));
    if (
      others.length > 1 &&
      splits.every((split) => split !== undefined && isEntry(split)) &&
      !isChain(splits, mark)
    )
      return (words) => cutAt(words, mark);
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

/** 'client → gateway', 'gateway → service': a way from one to the next. */
function isChain(splits: readonly (Split | undefined)[], mark: RegExp): boolean {
  const leads = new Set(splits.map((split) => normalizeName(split?.lead.text ?? '')));
  return splits.some(
    (split) =>
      split !== undefined &&
      (leads.has(normalizeName(split.gloss.text)) || (mark === ARROW && ARROW.test(maskCode(split.gloss)))),
  );
}
