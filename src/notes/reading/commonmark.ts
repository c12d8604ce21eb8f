import type { BlockContent, DefinitionContent, Nodes, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Block, Lines } from './blocks.js';
import { plainWords, readWords, type Words } from './words.js';

/** Code by indent, which authors of lists do not mean, and tags, which are gone by then. */
const withoutSurprises = { disable: { null: ['codeIndented', 'htmlFlow', 'htmlText'] } };

/** The parsed blocks. What a text has no marks for is not looked for: that halves the time. */
function parse(source: string): readonly RootContent[] {
  const tables = source.includes('|');
  const footnotes = source.includes('[^');
  return fromMarkdown(source, {
    extensions: [withoutSurprises, ...(tables ? [gfmTable()] : []), ...(footnotes ? [gfmFootnote()] : [])],
    mdastExtensions: [
      ...(tables ? [gfmTableFromMarkdown()] : []),
      ...(footnotes ? [gfmFootnoteFromMarkdown()] : []),
    ],
  }).children;
}

/**
 * The blocks of any text by CommonMark; `before` counts the lines above it.
 * @throws RangeError where marks are nested too deeply for the parser
 */
export function parseBlocks(source: string, before: number): readonly Block[] {
  return blocksOf(parse(source), { source, before }, true);
}

/** The words of one paragraph by CommonMark; undefined where its text alone is another kind of block. */
export function parseWords(source: string): Words | undefined {
  const [only, ...others] = parse(source);
  return only?.type === 'paragraph' && others.length === 0 ? readWords(only.children, source) : undefined;
}

interface Text {
  readonly source: string;
  readonly before: number;
}

function blocksOf(
  nodes: readonly (RootContent | BlockContent | DefinitionContent)[],
  text: Text,
  isRoot: boolean,
): readonly Block[] {
  return nodes.flatMap((node) => blockOf(node, text, isRoot));
}

function blockOf(
  node: RootContent | BlockContent | DefinitionContent,
  text: Text,
  isRoot: boolean,
): readonly Block[] {
  const lines = linesOf(node, text);
  switch (node.type) {
    case 'heading': {
      const words = readWords(node.children, text.source);
      if (isRoot) return [{ kind: 'heading', level: node.depth, words, ...lines }];
      return [{ kind: 'paragraph', words, ...lines }];
    }
    case 'paragraph':
      return [{ kind: 'paragraph', words: readWords(node.children, text.source), ...lines }];
    case 'list': {
      const items = node.children.map((item) => ({
        blocks: blocksOf(item.children, text, false),
        ...linesOf(item, text),
      }));
      return [{ kind: 'list', line: lines.line, items }];
    }
    case 'table': {
      const rows = node.children.map((row) => ({
        cells: row.children.map((cell) => readWords(cell.children, text.source)),
        ...linesOf(row, text),
      }));
      return [{ kind: 'table', line: lines.line, rows }];
    }
    case 'blockquote':
      return blocksOf(node.children, text, false);
    case 'definition':
      // '[term]: gloss' looks like a link's address to CommonMark.
      if (/^(https?:|[./#]|.*\.\w{1,4}$)/.test(node.url)) return [];
      return [{ kind: 'address', words: plainWords(slice(node, text)), ...lines }];
    default:
      return [];
  }
}

function linesOf({ position }: Nodes, { before }: Text): Lines {
  const line = before + (position?.start.line ?? 1);
  return { line, endLine: position === undefined ? line : before + position.end.line };
}

function slice({ position }: Nodes, { source }: Text): string {
  return source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0).replace(/\s+/g, ' ');
}
