import { splitLine } from './lead.js';
import type { OutlineNode } from './outline.js';

/** What a line is called in the path of what stands below it: its lead, or all of it. */
export function pathStep(node: OutlineNode): string {
  const split = splitLine(node.words);
  return (split?.lead.text ?? node.words.text).replace(/[\s:：]+$/, '');
}
