import { isClause, isImperative, wordsOf } from '../grammar.js';
import type { ListDraft } from './draft.js';
import { isLabel } from './labels.js';
import { isName, splitLine } from './lead.js';
import { announcesList, announcesOrder } from './lists.js';
import type { OutlineNode } from './outline.js';
import { isWholly, type Words } from './words.js';

/** Whether a line is a bare item of a list: a few words that say nothing by themselves. */
export function isBareMember(words: Words): boolean {
  const count = wordsOf(words.text).length;
  return count > 0 && count <= 7 && !isClause(words.text) && !isImperative(words.text);
}

/** A list for the children of words that announce one. */
export function listFor(intro: string, node: OutlineNode): ListDraft | undefined {
  const text = intro.replace(/[\s:：]+$/, '');
  if (node.children.length === 0 || text === '' || !announcesList(text)) return undefined;
  if (isLabel(text) && !/\b(types?|kinds?|modes|options|components|parts|steps)\b/i.test(text))
    return undefined;
  return { intro: text, line: node.line, members: [], ordinals: [], sequence: announcesOrder(text) };
}

/** 'Tests for constituency:' gathers what follows. */
export function gathers(intro: string): boolean {
  return /^\p{Lu}\p{Ll}+s (?:for|against|to) /u.test(intro);
}

/** A list for the children of a plural term, where all of them are short names. */
export function memberListOf(term: string, node: OutlineNode): ListDraft | undefined {
  const { children } = node;
  if (children.length < 2) return undefined;
  const named = children.every((child) => {
    const split = splitLine(child.words);
    return split
      ? isName(split.lead)
      : isWholly(child.words, 'code') || isWholly(child.words, 'strong') || isShortName(child);
  });
  if (!named) return undefined;
  return { intro: term, line: node.line, members: [], ordinals: [], sequence: announcesOrder(term) };
}

function isShortName(node: OutlineNode): boolean {
  return (
    wordsOf(node.words.text).length <= 3 &&
    isName(node.words) &&
    /^\p{Lu}\S*(\s\p{Lu}\S*)*$/u.test(node.words.text)
  );
}
