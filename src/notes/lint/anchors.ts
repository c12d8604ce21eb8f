import type { Problem } from '../model.js';
import type { OutlineNode } from '../reading/outline.js';
import type { Outlined } from './lines.js';

/** Names ('... ^name') that two notes give: cards are known by them, so that one would take the other's reviews. */
export function lintAnchors(notes: readonly Outlined[]): readonly Problem[] {
  const given = new Map<string, { readonly note: string; readonly line: number }>();
  const found: Problem[] = [];
  for (const { note, outline } of notes) {
    for (const { anchor, line } of allOf(outline.children)) {
      if (anchor === undefined) continue;
      const first = given.get(anchor);
      if (first === undefined) given.set(anchor, { note, line });
      else if (first.note !== note) {
        const message = `The name ^${anchor} is given at ${first.note}:${first.line} already. Give this line another.`;
        found.push({ severity: 'warning', note, line, message });
      }
    }
  }
  return found;
}

function allOf(nodes: readonly OutlineNode[]): readonly OutlineNode[] {
  return nodes.flatMap((node) => [node, ...allOf(node.children)]);
}
