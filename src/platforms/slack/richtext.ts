import type {
  DividerBlock,
  RichTextBlock,
  RichTextBlockElement,
  RichTextList,
  RichTextSection,
} from '@slack/types';
import { isBlock, type Markup, type MarkupElement } from '../markdown.js';
import { plainText } from '../paging.js';
import { layTable } from '../table.js';
import { sendable } from '../words.js';
import { LIMITS } from './limits.js';
import { drawSpans, joined, type Span, textOf, textSpan, trimmed, withText } from './spans.js';

/** Where a block stands: how deep in lists, and in how many quotes. */
interface Place {
  readonly depth: number;
  readonly quotes: number;
}

/** A list as Slack's documentation has it; the library's type lacks the offset of its first number. */
interface NumberedList extends RichTextList {
  offset?: number;
}

/** What a rich_text block holds, and the lines across, which are blocks of their own. */
type Piece = RichTextBlockElement | DividerBlock;

/** Draws a tree as rich text, in which all text is literal: only the tree's own tags become markup. */
export function drawRichText(nodes: readonly Markup[]): (RichTextBlock | DividerBlock)[] {
  const blocks: (RichTextBlock | DividerBlock)[] = [];
  for (const piece of spaced(drawBlocks(nodes, { depth: 0, quotes: 0 }))) {
    const last = blocks.at(-1);
    if (piece.type === 'divider') blocks.push(piece);
    else if (last?.type === 'rich_text') last.elements.push(piece);
    else blocks.push({ type: 'rich_text', elements: [piece] });
  }
  return blocks;
}

/** How many characters a reader sees. */
export function charactersOf(blocks: readonly (RichTextBlock | DividerBlock)[]): number {
  return blocks
    .flatMap((block) => (block.type === 'rich_text' ? block.elements : []))
    .reduce((sum, piece) => sum + piecesText(piece).length, 0);
}

function piecesText(piece: RichTextBlockElement): string {
  if (piece.type === 'rich_text_list') return piece.elements.map(piecesText).join('\n');
  return piece.elements.map((span) => ('text' in span ? span.text : '')).join('');
}

/** Neighbours that are not blocks make one paragraph. */
function asBlocks(nodes: readonly Markup[]): readonly MarkupElement[] {
  const blocks: { node: MarkupElement; loose: boolean }[] = [];
  for (const node of nodes) {
    const last = blocks.at(-1);
    if (isBlock(node)) blocks.push({ node, loose: false });
    else if (last?.loose) last.node = { ...last.node, children: [...last.node.children, node] };
    else blocks.push({ node: { tag: 'p', children: [node] }, loose: true });
  }
  return blocks.map(({ node }) => node);
}

function drawBlocks(nodes: readonly Markup[], place: Place): readonly Piece[] {
  const pieces: Piece[] = [];
  let above: MarkupElement | undefined;
  for (const node of asBlocks(nodes)) {
    const drawn = drawBlock(node, place);
    const [first] = drawn;
    if (first === undefined) continue;
    const last = pieces.at(-1);
    if (above !== undefined && isLines(last) && isLines(first) && last.type === first.type) {
      const gap = textSpan(above.tag === 'h' ? '\n' : '\n\n');
      pieces[pieces.length - 1] = {
        ...last,
        elements: [...joined([...spansOf(last), gap, ...spansOf(first)])],
      };
      pieces.push(...drawn.slice(1));
    } else pieces.push(...drawn);
    above = node;
  }
  return pieces;
}

type Lines = Extract<Piece, { type: 'rich_text_section' | 'rich_text_quote' }>;

function isLines(piece: Piece | undefined): piece is Lines {
  return piece?.type === 'rich_text_section' || piece?.type === 'rich_text_quote';
}

function spansOf({ elements }: Lines): readonly Span[] {
  return elements.filter((span): span is Span => ['text', 'link', 'channel'].includes(span.type));
}

function drawBlock(node: MarkupElement, place: Place): readonly Piece[] {
  switch (node.tag) {
    case 'ul':
    case 'ol':
      return drawList(node, place);
    case 'li':
      return drawList({ tag: 'ul', children: [node] }, place);
    case 'h':
      return lines(drawSpans(node.children, { bold: true }), place);
    case 'pre':
      return preformatted(rawText(node), place);
    case 'blockquote':
      return drawBlocks(node.children, { ...place, quotes: place.quotes + 1 });
    case 'hr':
      return place.depth + place.quotes === 0
        ? [{ type: 'divider' }]
        : lines([textSpan('⎯'.repeat(12))], place);
    case 'table': {
      const layout = layTable(node);
      return layout.kind === 'list' ? drawList(layout.list, place) : preformatted(layout.text, place);
    }
    default:
      return lines(drawSpans(node.children), place);
  }
}

/** A paragraph. Slack knows one level of quotes; who is quoted within one is marked by a character, as in mail. */
function lines(drawn: readonly Span[], { quotes }: Place): readonly Piece[] {
  const spans = trimmed(drawn);
  if (spans.length === 0) return [];
  if (quotes === 0) return [{ type: 'rich_text_section', elements: [...spans] }];
  const mark = '> '.repeat(quotes - 1);
  const marked = spans.map((span) => withText(span, textOf(span).replace(/\n/g, `\n${mark}`)));
  return [{ type: 'rich_text_quote', elements: [...joined([textSpan(mark), ...marked])] }];
}

function preformatted(text: string, { quotes }: Place): readonly Piece[] {
  const code = sendable(text).replace(/\n+$/, '');
  const elements = [{ type: 'text' as const, text: code.trim() === '' ? ' ' : code }];
  return [{ type: 'rich_text_preformatted', elements, ...(quotes > 0 ? { border: 1 as const } : {}) }];
}

/** Slack's lists do not nest: each stretch of items at one level is a list of its own, which counts on. */
function drawList(list: MarkupElement, place: Place): readonly Piece[] {
  const first = list.tag === 'ol' ? (list.start ?? 1) : undefined;
  const pieces: Piece[] = [];
  let open: NumberedList | undefined;
  list.children.forEach((item, at) => {
    const [head, tail] = drawItem(item, place);
    open ??= emptyList(first === undefined ? undefined : first + at, place);
    open.elements.push(head);
    if (tail.length === 0) return;
    pieces.push(open, ...tail);
    open = undefined;
  });
  return open === undefined ? pieces : [...pieces, open];
}

function emptyList(number: number | undefined, { depth, quotes }: Place): NumberedList {
  return {
    type: 'rich_text_list',
    style: number === undefined ? 'bullet' : 'ordered',
    elements: [],
    indent: Math.min(depth, LIMITS.richText.indent),
    ...(number !== undefined && number > 1 ? { offset: number - 1 } : {}),
    ...(quotes > 0 ? { border: 1 as const } : {}),
  };
}

/** The lines of an item, and what it holds beside lines, which stands below it. */
function drawItem(item: Markup, place: Place): readonly [RichTextSection, readonly Piece[]] {
  const blocks = asBlocks(typeof item === 'string' || item.tag !== 'li' ? [item] : item.children);
  const end = blocks.findIndex(({ tag }) => tag !== 'p' && tag !== 'h');
  const own = end < 0 ? blocks : blocks.slice(0, end);
  const [text] = drawBlocks(own, { depth: 0, quotes: 0 });
  const spans = isLines(text) ? spansOf(text) : [];
  const elements = spans.length > 0 ? [...spans] : [textSpan(' ')];
  const below = end < 0 ? [] : drawBlocks(blocks.slice(end), { ...place, depth: place.depth + 1 });
  return [{ type: 'rich_text_section', elements }, below];
}

/** An empty line after a list, where Slack would let the next paragraph touch it. */
function spaced(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece, at) =>
    piece.type === 'rich_text_section' && pieces[at - 1]?.type === 'rich_text_list'
      ? { ...piece, elements: [...joined([textSpan('\n'), ...spansOf(piece)])] }
      : piece,
  );
}

function rawText({ children }: MarkupElement): string {
  return children.map(plainText).join('');
}
