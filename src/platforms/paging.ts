import type { Markup, MarkupElement } from './markdown.js';

/** How long a piece is once it is drawn, and how long it may be. Each platform counts in its own way. */
export interface Room {
  readonly limit: number;
  readonly measure: (blocks: readonly Markup[]) => number;
}

/** Where in the tree the cutting is: what fits after all that the part holds already, and what fits an empty part. */
interface Place {
  readonly now: (nodes: readonly Markup[]) => boolean;
  readonly empty: (nodes: readonly Markup[]) => boolean;
}

/** What has no white space for longer is no word, and may be cut anywhere. */
const LONGEST_WORD = 200;

type Cut = readonly [head: readonly Markup[], tail: readonly Markup[]];

/** Moved to the next part rather than cut, as long as an empty part holds them. */
const KEPT_TOGETHER: ReadonlySet<string> = new Set([
  'p',
  'h',
  'pre',
  'blockquote',
  'tr',
  'th',
  'td',
  'hr',
  'br',
  'a',
  'code',
]);

/**
 * Splits a tree into parts that each fit: between blocks where possible, else between lines, words, characters.
 * Every part is a whole tree, so that no markup is left open, and no text is lost.
 */
export function splitMarkup(
  blocks: readonly Markup[],
  { limit, measure }: Room,
): readonly (readonly Markup[])[] {
  const fits = (nodes: readonly Markup[]) => measure(nodes) <= limit;
  const parts: (readonly Markup[])[] = [];
  let rest = blocks;
  while (rest.length > 0) {
    const [head, tail] = take(rest, { now: fits, empty: fits });
    if (head.length > 0) {
      parts.push(head);
      rest = tail;
    } else {
      rest = [...flattened(rest[0]), ...rest.slice(1)];
    }
  }
  return parts;
}

/** Splits plain text in the same way; the white space at a border goes. */
export function splitText(text: string, fits: (text: string) => boolean): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest !== '') {
    const [head, tail] = cutText(rest, fits, fits);
    if (head === '') throw new Error('not one character fits the limit');
    parts.push(head);
    rest = tail;
  }
  return parts;
}

/** All that a reader of the tree could copy, the addresses of links included. */
export function plainText(node: Markup): string {
  if (typeof node === 'string') return node;
  if (node.tag === 'br') return '\n';
  const text = node.children.map(plainText).join(SEPARATORS[node.tag] ?? '');
  return node.tag === 'a' && node.href !== undefined && node.href !== text ? `${text} (${node.href})` : text;
}

const SEPARATORS: Readonly<Record<string, string>> = {
  ul: '\n',
  ol: '\n',
  li: '\n',
  table: '\n',
  blockquote: '\n',
  tr: ' | ',
};

/** What does not fit even alone and cut is not its text but the markup around it, so that goes. */
function flattened(node: Markup | undefined): readonly Markup[] {
  if (node === undefined) return [];
  const text = plainText(node);
  if (typeof node === 'string' || (node.tag === 'p' && node.children.every((child) => child === text))) {
    throw new Error('not one character fits the limit');
  }
  return text === '' ? [] : [{ tag: 'p', children: [text] }];
}

function take(nodes: readonly Markup[], place: Place): Cut {
  const whole = most(nodes.length, (count) => place.now(nodes.slice(0, count)));
  const next = nodes[whole];
  const head = nodes.slice(0, whole);
  if (next === undefined) return [head, []];
  const after = nodes.slice(whole + 1);
  if (typeof next === 'object' && keptTogether(next) && place.empty([next])) {
    return withoutLastHeading(head, [next, ...after]);
  }
  const [part, rest] = cutNode(next, { ...place, now: (cut) => place.now([...head, ...cut]) });
  if (part.length === 0) return withoutLastHeading(head, [next, ...after]);
  return [
    [...head, ...part],
    [...rest, ...after],
  ];
}

/** A heading goes with what it is the heading of. */
function withoutLastHeading(head: readonly Markup[], tail: readonly Markup[]): Cut {
  const last = head.at(-1);
  const heading = typeof last === 'object' && last.tag === 'h' && head.length > 1;
  return heading ? [head.slice(0, -1), [last, ...tail]] : [head, tail];
}

function keptTogether({ tag, children }: MarkupElement): boolean {
  if (tag !== 'li') return KEPT_TOGETHER.has(tag);
  return !children.some((child) => typeof child === 'object' && (child.tag === 'ul' || child.tag === 'ol'));
}

function cutNode(node: Markup, place: Place): Cut {
  if (typeof node === 'string') {
    const [head, tail] = cutText(
      node,
      (text) => place.now([text]),
      (text) => place.empty([text]),
    );
    return [nonempty(head), nonempty(tail)];
  }
  const inside = (children: readonly Markup[]): MarkupElement => ({ ...node, children });
  const within: Place = {
    now: (children) => place.now([inside(children)]),
    empty: (children) => place.empty([inside(children)]),
  };
  if (node.tag === 'table') return cutTable(node, within);
  const [head, tail] = node.tag === 'p' ? takeLines(node.children, within) : take(node.children, within);
  return [
    head.length === 0 ? [] : [inside(head)],
    tail.length === 0 ? [] : [node.tag === 'ol' ? continued(node, tail) : inside(tail)],
  ];
}

/** The rest of an ordered list goes on counting; an item that was cut keeps its number. */
function continued(list: MarkupElement, tail: readonly Markup[]): MarkupElement {
  return { ...list, children: tail, start: (list.start ?? 1) + list.children.length - tail.length };
}

/** The rest of a table has the heading row again. */
function cutTable(table: MarkupElement, place: Place): Cut {
  const [heading, ...rows] = table.children;
  if (heading === undefined) return [[], []];
  const count = most(rows.length, (some) => place.now([heading, ...rows.slice(0, some)]));
  if (count === 0) return [[], [table]];
  const rest = rows.slice(count);
  return [
    [{ ...table, children: [heading, ...rows.slice(0, count)] }],
    rest.length === 0 ? [] : [{ ...table, children: [heading, ...rest] }],
  ];
}

/** Whole lines first; a line that no part holds is cut at a word. */
function takeLines(nodes: readonly Markup[], place: Place): Cut {
  const ends = [...nodes.keys()].filter((at) => typeof nodes[at] === 'object' && nodes[at].tag === 'br');
  const lines = most(ends.length, (count) => place.now(nodes.slice(0, ends[count - 1])));
  const end = ends[lines - 1];
  if (end !== undefined && end > 0) return [nodes.slice(0, end), nodes.slice(end + 1)];
  const line = nodes.slice(0, ends[0] ?? nodes.length);
  return place.empty(line) && !place.now(line) ? [[], nodes] : take(nodes, place);
}

function cutText(
  text: string,
  fits: (text: string) => boolean,
  fitsEmpty: (text: string) => boolean,
): readonly [string, string] {
  const count = most(text.length, (length) => fits(text.slice(0, length)));
  if (count === text.length) return [text, ''];
  const prefix = text.slice(0, count);
  const line = text[count] === '\n' ? count : prefix.lastIndexOf('\n');
  if (line > 0) return [text.slice(0, line), text.slice(line + 1)];
  const word = /\s/.test(text[count] ?? '') ? count : prefix.search(/\s\S*$/);
  if (word > 0) return [text.slice(0, word), text.slice(word + 1)];
  const [first = ''] = /^\s*\S+/.exec(text.slice(0, LONGEST_WORD)) ?? [];
  if (first.length < LONGEST_WORD && fitsEmpty(first) && !fits(first)) return ['', text];
  const end = /[\uD800-\uDBFF]$/.test(prefix) ? count - 1 : count;
  return [text.slice(0, end), text.slice(end)];
}

/** The largest count from 0 to `all` that fits, where what holds more never fits better. */
function most(all: number, fits: (count: number) => boolean): number {
  if (all === 0 || fits(all)) return all;
  let fitting = 0;
  let failing = 1;
  // Upwards from one, for what is asked of a large count may be costly.
  while (failing < all && fits(failing)) {
    fitting = failing;
    failing = Math.min(all, failing * 2);
  }
  while (failing - fitting > 1) {
    const middle = Math.floor((fitting + failing) / 2);
    if (fits(middle)) fitting = middle;
    else failing = middle;
  }
  return fitting;
}

function nonempty(text: string): readonly string[] {
  return text === '' ? [] : [text];
}
