import { isBlock, type Markup, type MarkupElement } from '../markdown.js';
import { layTable } from '../table.js';
import { codeBlock, codeSpan, escaped, UNSEEN, withLiteralStarts } from './text.js';

/** Deeper lists stay at this level, so that no line is mostly indentation. */
const DEEPEST_LIST = 5;
/** A longer address would fill the message; it is written out as text. */
const LONGEST_ADDRESS = 1_024;

/** A drawn run within a line. A bare one holds characters that would end the emphasis around it. */
interface Run {
  readonly text: string;
  readonly bare: boolean;
}

interface Style {
  readonly marks: readonly string[];
  readonly linked: boolean;
}

const PLAIN: Style = { marks: [], linked: false };
const MARKS = { strong: '**', em: '*', del: '~~' } as const;

/** Draws a tree as Discord Markdown: only the tree's own tags become markup. */
export function drawMarkup(blocks: readonly Markup[]): string {
  return drawBlocks(blocks, 0, false).trim();
}

/** The place of a block: how deep in lists, and whether in a quote (Discord knows only one level of quotes). */
function drawBlocks(blocks: readonly Markup[], depth: number, quoted: boolean): string {
  let drawn = '';
  let previous: Markup | undefined;
  for (const group of grouped(blocks)) {
    const [first] = group;
    if (first === undefined) continue;
    const text = isBlock(first) ? drawBlock(first, depth, quoted) : drawLines(group);
    if (text.trim() === '') continue;
    drawn += previous === undefined ? text : `${border(previous, first, depth)}${text}`;
    previous = first;
  }
  return drawn;
}

/** Neighbours that are not blocks make one line. */
function grouped(nodes: readonly Markup[]): readonly (readonly Markup[])[] {
  const groups: Markup[][] = [];
  for (const node of nodes) {
    const last = groups.at(-1);
    const [first] = last ?? [];
    if (last === undefined || first === undefined || isBlock(node) || isBlock(first)) groups.push([node]);
    else last.push(node);
  }
  return groups;
}

/** Discord shows an empty line as one, so there is one only where paragraphs would run together. */
function border(above: Markup, below: Markup, depth: number): string {
  const close = (node: Markup) => isBlock(node) && (node.tag === 'pre' || node.tag === 'h');
  if (depth > 0 || close(above)) return '\n';
  const list = isBlock(below) && ['ul', 'ol', 'pre'].includes(below.tag);
  return list && isBlock(above) && above.tag === 'p' ? '\n' : '\n\n';
}

function drawBlock(node: MarkupElement, depth: number, quoted: boolean): string {
  switch (node.tag) {
    case 'ul':
    case 'ol':
      return drawList(node, depth, quoted);
    case 'li':
      return drawItem(node, '- ', depth, quoted);
    case 'h':
      return drawLines([{ tag: 'strong', children: node.children }]);
    case 'pre':
      return codeBlock(rawText(node));
    case 'blockquote':
      return drawQuote(node, quoted);
    case 'hr':
      return '⎯'.repeat(12);
    case 'table':
      return drawTable(node, depth, quoted);
    default:
      return drawLines(node.children);
  }
}

function drawTable(table: MarkupElement, depth: number, quoted: boolean): string {
  const layout = layTable(table);
  return layout.kind === 'list' ? drawBlock(layout.list, depth, quoted) : codeBlock(layout.text);
}

function drawQuote({ children }: MarkupElement, quoted: boolean): string {
  const mark = quoted ? '\\> ' : '> ';
  return drawBlocks(children, 0, true).replace(/^/gm, mark);
}

function drawList(list: MarkupElement, depth: number, quoted: boolean): string {
  return list.children
    .map((item, at) => {
      const mark = list.tag === 'ol' ? `${(list.start ?? 1) + at}. ` : '- ';
      return drawItem(typeof item === 'string' ? { tag: 'li', children: [item] } : item, mark, depth, quoted);
    })
    .join('\n');
}

/** What an item holds beside lines and lists stands at the margin, since Discord knows it nowhere else. */
function drawItem({ children }: MarkupElement, mark: string, depth: number, quoted: boolean): string {
  const indent = '  '.repeat(Math.min(depth, DEEPEST_LIST));
  const lines = grouped(children).map((group, at) => {
    const [first] = group;
    if (first === undefined) return '';
    const drawn = isBlock(first) ? drawBlock(first, depth + 1, quoted) : drawLines(group);
    if (isBlock(first) && !['p', 'h'].includes(first.tag)) return at === 0 ? `${UNSEEN}\n${drawn}` : drawn;
    const inner = drawn.replace(/\n/g, `\n${indent}${' '.repeat(mark.length)}`);
    return at === 0 ? inner : `${indent}${' '.repeat(mark.length)}${inner}`;
  });
  return `${indent}${mark}${lines.filter((line) => line.trim() !== '').join('\n') || UNSEEN}`;
}

function drawLines(nodes: readonly Markup[]): string {
  return withLiteralStarts(joined(runsOf(nodes, PLAIN)).replace(/\n(?=\n)/g, `\n${UNSEEN}`));
}

function runsOf(nodes: readonly Markup[], style: Style): readonly Run[] {
  return nodes.flatMap((node) => runs(node, style));
}

function runs(node: Markup, style: Style): readonly Run[] {
  if (typeof node === 'string') return [{ text: escaped(node), bare: false }];
  switch (node.tag) {
    case 'br':
      return [{ text: style.linked ? ' ' : '\n', bare: false }];
    case 'code': {
      const code = codeSpan(rawText(node));
      return [{ text: code, bare: /[*~]/.test(code) }];
    }
    case 'strong':
    case 'em':
    case 'del':
      return emphasised(node, MARKS[node.tag], style);
    case 'a':
      return [link(node, style)];
    default:
      return runsOf(node.children, style);
  }
}

function emphasised({ children }: MarkupElement, mark: string, style: Style): readonly Run[] {
  if (style.marks.includes(mark)) return runsOf(children, style);
  const inner = runsOf(children, { ...style, marks: [...style.marks, mark] });
  const stretches: Run[][] = [];
  for (const run of inner) {
    const last = stretches.at(-1);
    if (last?.[0] !== undefined && last[0].bare === run.bare) last.push(run);
    else stretches.push([run]);
  }
  return stretches.flatMap((stretch) => {
    const text = joined(stretch);
    const words = text.trim();
    if (stretch[0]?.bare || words === '') return [{ text, bare: stretch[0]?.bare ?? false }];
    const [before = '', after = ''] = text.split(words);
    return [{ text: `${before}${mark}${words}${mark}${after}`, bare: false }];
  });
}

/** Marks of neighbours must not join: two code spans, or the end of one emphasis and the beginning of another. */
function joined(all: readonly Run[]): string {
  return all.reduce((text, run) => {
    const last = text.at(-1) ?? '';
    const touching = /[*~`]/.test(last) && run.text.startsWith(last);
    return `${text}${touching ? UNSEEN : ''}${run.text}`;
  }, '');
}

/** A text that names an address itself is no link to another one: Discord does not draw it, and it would mislead. */
function link(node: MarkupElement, style: Style): Run {
  const text = joined(runsOf(node.children, { ...style, linked: true })).trim();
  const plain = rawText(node);
  const { href = '', channel } = node;
  if (channel !== undefined)
    return { text: /^\d{15,22}$/.test(channel) ? `<#${channel}>` : text, bare: false };
  if (href.startsWith('mailto:')) {
    const address = escaped(href.slice('mailto:'.length));
    return { text: text === address || text === '' ? address : `${text} (${address})`, bare: false };
  }
  if (style.linked || href.length > LONGEST_ADDRESS || !/^https?:/.test(href)) {
    return { text: `${text} (${escaped(href)})`, bare: false };
  }
  const target = href.replace(/[\s<>()`"'\\]/g, encoded);
  const bare = /[*~]/.test(target);
  if (text === '' || sameAddress(plain, href)) return { text: `<${target}>`, bare };
  if (/:\/\/|[[\]]/.test(plain)) return { text: `${text} (<${target}>)`, bare };
  return { text: `[${text}](<${target}>)`, bare };
}

function encoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function sameAddress(text: string, href: string): boolean {
  return URL.canParse(text) && new URL(text).href === href;
}

function rawText({ children }: MarkupElement): string {
  return children
    .map((child) => (typeof child === 'string' ? child : child.tag === 'br' ? '\n' : rawText(child)))
    .join('');
}
