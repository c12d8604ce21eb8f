import type { Option, Reply } from '../../bot/reply.js';
import { type Markup, type MarkupElement, parseMarkdown } from '../markdown.js';
import { printable } from './printable.js';

/** Something that a typed number picks. */
export interface Choice {
  readonly number: number;
  readonly press: string;
  /** For an option of a select. */
  readonly value: string | undefined;
}

export interface Pens {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly code: (text: string) => string;
}

/** How emphasis looks: ANSI where `colour`, plain text otherwise. */
export function pens(colour: boolean): Pens {
  const pen = (on: number, off: number) => (text: string) =>
    colour && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return { bold: pen(1, 22), dim: pen(2, 22), code: pen(36, 39) };
}

/** What the replies offer, numbered from 1 in the order drawn: each reply's buttons, then its selects' options. */
export function choicesOf(replies: readonly Reply[]): readonly Choice[] {
  const offered = replies.flatMap(({ buttons = [], selects = [] }) => [
    ...buttons.map(({ press }) => ({ press, value: undefined })),
    ...selects.flatMap(({ press, options }) => options.map(({ value }) => ({ press, value }))),
  ]);
  return offered.map((choice, at) => ({ ...choice, number: at + 1 }));
}

/** The reply as lines for a terminal; its choices are numbered after `offset`. */
export function drawReply(reply: Reply, offset: number, pen: Pens): string {
  const { title, text, fields = [], image, visibility } = reply;
  const lines = [
    ...(visibility === 'private' ? [pen.dim('(only you can see this)')] : []),
    ...(title ? [pen.bold(printable(title))] : []),
    blocks(parseMarkdown(text), pen),
    ...fields.map((field) => drawField(field.name, field.text, pen)),
    ...(image ? [`[picture: ${printable(image.alt)}]`] : []),
    ...drawChoices(reply, offset, pen),
  ];
  return lines.filter((line) => line !== '').join('\n');
}

function drawField(name: string, text: string, pen: Pens): string {
  return `${pen.bold(printable(name))}: ${blocks(parseMarkdown(text), pen)}`;
}

function drawChoices({ buttons = [], selects = [] }: Reply, offset: number, pen: Pens): readonly string[] {
  let number = offset;
  const numbered = (label: string): string => {
    number += 1;
    return `  ${pen.code(`[${number}]`)} ${printable(label)}`;
  };
  return [
    ...buttons.map(({ label }) => numbered(label)),
    ...selects.flatMap(({ label, options }) => [
      printable(label),
      ...options.map((option) =>
        numbered(option.description ? `${option.label} - ${option.description}` : option.label),
      ),
    ]),
  ];
}

/** The options of a form's input, numbered from 1 below their headings. */
export function drawOptions(options: readonly Option[], pen: Pens): readonly string[] {
  return options.flatMap(({ label, group }, at) => [
    ...(group !== undefined && group !== options[at - 1]?.group ? [pen.bold(printable(group))] : []),
    `  ${at + 1}. ${printable(label)}`,
  ]);
}

function blocks(nodes: readonly Markup[], pen: Pens, indent = ''): string {
  return nodes
    .map((node) => indent + (typeof node === 'string' ? printable(node) : block(node, pen, indent)))
    .join('\n');
}

function block(node: MarkupElement, pen: Pens, indent: string): string {
  switch (node.tag) {
    case 'ul':
    case 'ol':
      return node.children
        .map((item, at) => listItem(item, bullet(node, at), pen, indent))
        .join(`\n${indent}`);
    case 'blockquote':
      return blocks(node.children, pen).replace(/^/gm, `${indent}| `).trimStart();
    case 'table':
      return node.children.map((row) => tableRow(row, pen)).join(`\n${indent}`);
    case 'hr':
      return '-'.repeat(20);
    case 'h':
      return pen.bold(inline(node.children, pen));
    case 'pre':
      return pen.code(inline(node.children, pen).replaceAll('\n', `\n${indent}`));
    case 'p':
      return inline(node.children, pen).replaceAll('\n', `\n${indent}`);
    default:
      return inline([node], pen);
  }
}

function bullet(list: MarkupElement, at: number): string {
  return list.tag === 'ol' ? `${(list.start ?? 1) + at}. ` : '- ';
}

function listItem(item: Markup, mark: string, pen: Pens, indent: string): string {
  if (typeof item === 'string') return mark + printable(item);
  const inner = indent + ' '.repeat(mark.length);
  return mark + blocks(item.children, pen, inner).trimStart();
}

function tableRow(row: Markup, pen: Pens): string {
  if (typeof row === 'string') return printable(row);
  return row.children
    .map((cell) => (typeof cell === 'string' ? cell : inline(cell.children, pen)))
    .join(' | ');
}

function inline(nodes: readonly Markup[], pen: Pens): string {
  return nodes
    .map((node) => (typeof node === 'string' ? printable(node) : inlineElement(node, pen)))
    .join('');
}

function inlineElement(node: MarkupElement, pen: Pens): string {
  const text = inline(node.children, pen);
  switch (node.tag) {
    case 'br':
      return '\n';
    case 'strong':
    case 'th':
      return pen.bold(text);
    case 'code':
      return pen.code(text);
    case 'a':
      return node.href === undefined || node.href === text ? text : `${text} (${printable(node.href)})`;
    default:
      return text;
  }
}
