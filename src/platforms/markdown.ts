import type { Definition, Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/** The only tags that a Reply's Markdown can become. */
export type Tag =
  | 'p'
  | 'h'
  | 'strong'
  | 'em'
  | 'del'
  | 'code'
  | 'pre'
  | 'blockquote'
  | 'hr'
  | 'br'
  | 'a'
  | 'ul'
  | 'ol'
  | 'li'
  | 'table'
  | 'tr'
  | 'th'
  | 'td';

/** A piece of drawn Markdown: plain text, or a tag around pieces. It holds no HTML, so there is none to escape. */
export type Markup = string | MarkupElement;

export interface MarkupElement {
  readonly tag: Tag;
  readonly children: readonly Markup[];
  /** For `a`: always http, https or mailto. */
  readonly href?: string;
  /** For `a` without `href`: the channel that it stands for, by what claims to be its id. */
  readonly channel?: string;
  /** For `ol`: the first number. */
  readonly start?: number;
}

const BLOCKS: ReadonlySet<string> = new Set([
  'p',
  'h',
  'pre',
  'blockquote',
  'hr',
  'ul',
  'ol',
  'li',
  'table',
  'tr',
]);

/** True for what begins a line of its own. */
export function isBlock(node: Markup): node is MarkupElement {
  return typeof node === 'object' && BLOCKS.has(node.tag);
}

/** Past this many characters the text is drawn as typed, since parsing hostile Markdown is not linear. */
const LONGEST_PARSED = 20_000;
/** Past this many nested nodes the rest is drawn as typed, so that no drawing overflows the stack. */
const DEEPEST = 64;

// A single tilde is 'about' in notes ("~5 minutes"), not a strike-through.
const withExtensions = unified().use(remarkParse).use(remarkGfm, { singleTilde: false }).freeze();
const plain = unified().use(remarkParse).freeze();
/** What tables, strike-throughs, footnotes, tasks and bare addresses are made of: without it parsing takes half the time. */
const EXTENDED = /[|~@&]|:-|-:|:\\?\/|www|\[(?:\^|[\sx]\])/i;

/** Turns Markdown into a safe tree; never throws, and keeps every word of the text, raw HTML included. */
export function parseMarkdown(text: string): readonly Markup[] {
  if (text.length > LONGEST_PARSED || nestsTooDeep(text)) return [element('pre', [text])];
  const root: Root = (EXTENDED.test(text) ? withExtensions : plain).parse(text);
  const context = { text, links: linksOf(root), depth: 0 };
  return root.children.flatMap((node) => draw(node, context));
}

interface Context {
  readonly text: string;
  readonly links: ReadonlyMap<string, string>;
  readonly depth: number;
}

function element(tag: Tag, children: readonly Markup[]): MarkupElement {
  return { tag, children };
}

function nestsTooDeep(text: string): boolean {
  return /^[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*){24}/m.test(text) || /(?:[[*_~!]){200}/.test(text);
}

function linksOf(root: Root): ReadonlyMap<string, string> {
  const definitions = root.children.filter((node): node is Definition => node.type === 'definition');
  return new Map(definitions.map((node) => [node.identifier, node.url]));
}

function draw(node: Nodes, context: Context): readonly Markup[] {
  if (context.depth > DEEPEST) return [source(node, context)];
  switch (node.type) {
    case 'text':
      return withBreaks(node.value);
    case 'paragraph':
      return [element('p', inside(node.children, context))];
    case 'heading':
      return [element('h', inside(node.children, context))];
    case 'strong':
      return [element('strong', inside(node.children, context))];
    case 'emphasis':
      return [element('em', inside(node.children, context))];
    case 'delete':
      return [element('del', inside(node.children, context))];
    case 'blockquote':
      return [element('blockquote', inside(node.children, context))];
    case 'inlineCode':
      return [element('code', [node.value])];
    case 'code':
      return [element('pre', [node.value])];
    case 'break':
      return [element('br', [])];
    case 'thematicBreak':
      return [element('hr', [])];
    case 'link':
      return link(node.url, inside(node.children, context));
    case 'linkReference':
      return link(context.links.get(node.identifier), inside(node.children, context));
    case 'image':
      return link(node.url, [node.alt || node.url]);
    case 'imageReference':
      return link(context.links.get(node.identifier), [node.alt || node.identifier]);
    case 'list':
      return [list(node, context)];
    case 'listItem':
      return [element('li', ticked(node.checked, inside(node.children, context)))];
    case 'table':
      return [
        element(
          'table',
          node.children.flatMap((row, at) => tableRow(row, at === 0 ? 'th' : 'td', context)),
        ),
      ];
    case 'definition':
      return [];
    default:
      return [source(node, context)];
  }
}

function inside(nodes: readonly Nodes[], context: Context): readonly Markup[] {
  const deeper = { ...context, depth: context.depth + 1 };
  return nodes.flatMap((node) => draw(node, deeper));
}

/** What the author typed, for all that has no drawing of its own: raw HTML, footnotes, front matter. */
function source(node: Nodes, context: Context): string {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  return start === undefined || end === undefined ? '' : context.text.slice(start, end);
}

/** A line break in chat is a line break, as on Discord and Slack, though Markdown reads it as a space. */
function withBreaks(text: string): readonly Markup[] {
  return text.split('\n').flatMap((line, at) => (at === 0 ? [line] : [element('br', []), line]));
}

function list(node: Extract<Nodes, { type: 'list' }>, context: Context): MarkupElement {
  const children = inside(node.children, context);
  if (!node.ordered) return element('ul', children);
  return { tag: 'ol', children, start: node.start ?? 1 };
}

function ticked(checked: boolean | null | undefined, children: readonly Markup[]): readonly Markup[] {
  if (typeof checked !== 'boolean') return children;
  const mark = checked ? '☑ ' : '☐ ';
  const [first, ...rest] = children;
  if (typeof first !== 'object' || first.tag !== 'p') return [mark, ...children];
  return [element('p', [mark, ...first.children]), ...rest];
}

function tableRow(row: Nodes, tag: 'th' | 'td', context: Context): readonly Markup[] {
  if (row.type !== 'tableRow') return [];
  const cells = row.children.map((cell) => element(tag, inside(cell.children, context)));
  return [element('tr', cells)];
}

function link(url: string | undefined, children: readonly Markup[]): readonly Markup[] {
  const channel = /^channel:([\w.:-]{1,64})$/.exec(url ?? '')?.[1];
  if (channel !== undefined) return [{ tag: 'a', children, channel }];
  const href = safeAddress(url);
  return href === undefined ? children : [{ tag: 'a', children, href }];
}

/** The address if a click on it can only open a web page or a mail; anything else (javascript:, data:, a path) is not a link. */
function safeAddress(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return ['http:', 'https:', 'mailto:'].includes(parsed.protocol) ? parsed.href : undefined;
}
