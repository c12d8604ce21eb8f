import type { DividerBlock, HeaderBlock, RichTextBlock, SectionBlock } from '@slack/types';
import type { Field, Reply } from '../../bot/reply.js';
import { keepingDrawings } from '../drawings.js';
import { type Markup, type MarkupElement, parseMarkdown } from '../markdown.js';
import { splitMarkup, splitText, plainText as wordsOf } from '../paging.js';
import { sendable } from '../words.js';
import { LIMITS } from './limits.js';
import { plainText } from './plain.js';
import { drawRichText } from './richtext.js';
import { createSizer, jsonLength } from './size.js';

export type ContentBlock = HeaderBlock | RichTextBlock | DividerBlock | SectionBlock;

/** What one page says: its blocks, and the same in words for who does not see blocks. */
export interface Content {
  readonly blocks: readonly ContentBlock[];
  readonly words: string;
}

/** Fields whose names and values are no longer stand side by side. */
const SHORT = 40;

/**
 * Text that means nothing to Slack's mrkdwn, where no character can be made literal: no marks of emphasis, no mention,
 * no emoji. '_' within a word and ':' within a time are none.
 */
const INERT = /^(?:[^\p{C}*_~`<>&@#:]|(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}])|(?<=\d):(?=\d))+$/u;

/** The reply's title, text and fields, on as many pages as it takes; each page says again what it is about. */
export const contentOf = keepingDrawings(drawContent);

function drawContent({
  title = '',
  text,
  fields = [],
}: Pick<Reply, 'title' | 'text' | 'fields'>): readonly Content[] {
  const line = sendable(title).replace(/\s+/g, ' ').trim();
  const [head, ...more] = splitText(line, (part) => part.length <= LIMITS.header);
  const header: readonly HeaderBlock[] =
    head === undefined ? [] : [{ type: 'header', text: plainText(head, LIMITS.header) }];
  const overflow = more.length === 0 ? [] : [paragraph([{ tag: 'strong', children: [more.join(' ')] }])];
  const short = fields.map(shortField);
  const grid = short.every((field) => field !== undefined) ? short : [];
  const long = grid.length === fields.length ? [] : fields.flatMap(headed);
  const parts = split([...overflow, ...parseMarkdown(text), ...long]);
  return withGrid(parts, grid).map(({ blocks, words }) => ({
    blocks: [...header, ...blocks],
    words: [head, words].filter((said) => said).join('\n'),
  }));
}

/** A tree as blocks, in parts that each fit a page. */
function split(tree: readonly Markup[]): readonly Content[] {
  const { characters, json, blocks: most } = LIMITS.page;
  const sizeOf = createSizer();
  const measure = (nodes: readonly Markup[]) => {
    const size = sizeOf(nodes);
    return Math.max(size.characters / characters, size.json / json, size.blocks / most);
  };
  return splitMarkup(tree, { limit: 1, measure })
    .map((part) => ({ blocks: withoutOuterLines(drawRichText(part)), words: part.map(wordsOf).join('\n') }))
    .filter(({ blocks }) => blocks.length > 0);
}

function paragraph(children: readonly Markup[]): MarkupElement {
  return { tag: 'p', children };
}

function headed({ name, text }: Field): readonly Markup[] {
  return [{ tag: 'h', children: [name.replace(/\s+/g, ' ').trim()] }, ...parseMarkdown(text)];
}

/** A line across at either end of a page separates nothing. */
function withoutOuterLines<T extends { readonly type: string }>(blocks: readonly T[]): readonly T[] {
  const first = blocks.findIndex(({ type }) => type !== 'divider');
  const last = blocks.findLastIndex(({ type }) => type !== 'divider');
  return first < 0 ? [] : blocks.slice(first, last + 1);
}

interface ShortField {
  readonly name: string;
  readonly value: string;
}

/** The field as it may stand in a grid; undefined where it is too long for that, or has markup. */
function shortField({ name, text }: Field): ShortField | undefined {
  const [block, ...others] = parseMarkdown(text);
  if (block === undefined || others.length > 0 || typeof block === 'string' || block.tag !== 'p')
    return undefined;
  const [value, ...rest] = block.children;
  if (typeof value !== 'string' || rest.length > 0) return undefined;
  const short = [name, value].every(
    (part) => part.length <= SHORT && INERT.test(part) && part.trim() === part,
  );
  return short ? { name, value } : undefined;
}

/** Short fields in two columns, on the last page where it has room. */
function withGrid(pages: readonly Content[], fields: readonly ShortField[]): readonly Content[] {
  if (fields.length === 0) return pages.length > 0 ? pages : [{ blocks: [], words: '' }];
  const all = [...pages];
  for (let at = 0; at < fields.length; at += LIMITS.section.fields) {
    const some = fields.slice(at, at + LIMITS.section.fields);
    const section: SectionBlock = {
      type: 'section',
      fields: some.map(({ name, value }) => ({
        type: 'mrkdwn',
        text: `*${name}*\n${value}`,
        verbatim: true,
      })),
    };
    const words = some.map(({ name, value }) => `${name}: ${value}`).join('\n');
    const last = all.at(-1);
    const grown = [...(last?.blocks ?? []), section];
    if (last !== undefined && jsonLength(grown) <= LIMITS.page.json && grown.length <= LIMITS.page.blocks) {
      all[all.length - 1] = { blocks: grown, words: `${last.words}\n${words}` };
    } else all.push({ blocks: [section], words });
  }
  return all;
}
