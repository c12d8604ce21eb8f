import type { Markup, MarkupElement } from '../markdown.js';
import { charactersOf, drawRichText } from './richtext.js';

/** What a tree takes of a message once it is drawn: at least what it really does, so that a part which fits by this fits. */
export interface Size {
  readonly characters: number;
  readonly json: number;
  readonly blocks: number;
}

/** JSON of a list with every field that it may have, and of an item without words. */
const LIST_JSON = 160;
/** JSON of a block around its elements. */
const BLOCK_JSON = 40;

/** How much of a message these blocks take. */
export function jsonLength(blocks: readonly object[]): number {
  return JSON.stringify(blocks).length;
}

/** Sums sizes over a tree and remembers those of its parts: splitting a long list asks for the same items many times. */
export function createSizer(): (nodes: readonly Markup[]) => Size {
  const known = new WeakMap<MarkupElement, Size>();

  const sizeOfAll = (nodes: readonly Markup[]): Size =>
    nodes.map(sizeOf).reduce(
      (sum, one) => ({
        characters: sum.characters + one.characters,
        json: sum.json + one.json,
        blocks: sum.blocks + one.blocks,
      }),
      { characters: 0, json: 0, blocks: 0 },
    );

  const sizeOf = (node: Markup): Size => {
    if (typeof node === 'string') return drawnSize(node);
    const found = known.get(node) ?? measured(node);
    known.set(node, found);
    return found;
  };

  const measured = (node: MarkupElement): Size => {
    if (!['ul', 'ol', 'li'].includes(node.tag)) return drawnSize(node);
    const inside = sizeOfAll(node.children);
    const plain =
      node.tag === 'li' && node.children.every((child) => typeof child === 'object' && child.tag === 'p');
    return plain && node.children.length > 0 ? inside : { ...inside, json: inside.json + LIST_JSON };
  };

  return sizeOfAll;
}

function drawnSize(node: Markup): Size {
  const blocks = drawRichText([node]);
  const json = blocks.map((block) =>
    block.type === 'rich_text' ? jsonLength(block.elements) : jsonLength([block]) + BLOCK_JSON,
  );
  return {
    characters: charactersOf(blocks),
    json: json.reduce((sum, one) => sum + one, 0),
    blocks: blocks.filter(({ type }) => type === 'divider').length * 2,
  };
}
