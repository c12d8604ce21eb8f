import type { Markup, MarkupElement } from './markdown.js';
import { plainText } from './paging.js';

/** Wider lines wrap within a code block on a phone or beside a channel list, and a wrapped table cannot be read. */
const WIDEST = 60;

/** Aligned lines for a fixed-width face, or where those would be too wide the same as a list. */
export type TableLayout =
  | { readonly kind: 'aligned'; readonly text: string }
  | { readonly kind: 'list'; readonly list: MarkupElement };

/** How a table is shown where a platform draws none. */
export function layTable(table: MarkupElement): TableLayout {
  const rows = table.children.map(cellsOf);
  const texts = rows.map((row) => row.map((cell) => plainText(cell).replace(/\s+/g, ' ').trim()));
  const columns = Math.max(0, ...texts.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...texts.map((row) => widthOf(row[at] ?? ''))),
  );
  const width = widths.reduce((sum, one) => sum + one, 0) + 2 * (columns - 1);
  if (width > WIDEST) return { kind: 'list', list: asList(rows) };
  const lines = texts.map((row) =>
    row
      .map((cell, at) => padded(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const [heading = '', ...rest] = lines;
  const ruled = rest.length > 0 ? ['-'.repeat(width), ...rest] : [];
  return { kind: 'aligned', text: [heading, ...ruled].join('\n') };
}

function cellsOf(row: Markup): readonly Markup[] {
  return typeof row === 'object' && row.tag === 'tr' ? row.children : [row];
}

/** Each row by its first cell, with 'header: value' for the others; the header alone where there are no rows. */
function asList([heading = [], ...rows]: readonly (readonly Markup[])[]): MarkupElement {
  const item = (cells: readonly Markup[]): MarkupElement => {
    const [first, ...others] = cells.map((cell, at) => named(heading[at], cell, at === 0));
    const more = others.filter((line) => line !== undefined);
    const nested: MarkupElement = {
      tag: 'ul',
      children: more.map((line) => ({ tag: 'li', children: [line] })),
    };
    return { tag: 'li', children: [...(first ? [first] : []), ...(more.length > 0 ? [nested] : [])] };
  };
  const bare = heading.map((cell): MarkupElement => ({ tag: 'li', children: insideOf(cell) }));
  return { tag: 'ul', children: rows.length === 0 ? bare : rows.map(item) };
}

function named(heading: Markup | undefined, cell: Markup, first: boolean): MarkupElement | undefined {
  const name = heading === undefined || plainText(heading).trim() === '' ? [] : [...insideOf(heading), ': '];
  const value = insideOf(cell);
  if (plainText(cell).trim() === '') return undefined;
  return {
    tag: 'p',
    children: [...name, ...(first ? [{ tag: 'strong' as const, children: value }] : value)],
  };
}

function insideOf(cell: Markup): readonly Markup[] {
  return typeof cell === 'string' ? [cell] : cell.children;
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(width - widthOf(text));
}

/** Columns that the text takes in a fixed-width face: Chinese, Japanese, Korean and emoji take two. */
function widthOf(text: string): number {
  const wide =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}]/u;
  return [...text].reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0);
}
