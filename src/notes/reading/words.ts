import type { Link, PhrasingContent } from 'mdast';

/** A run of text in one style. */
export interface Piece {
  readonly text: string;
  /** As the author wrote it, without the marks of its style. */
  readonly raw: string;
  readonly code: boolean;
  readonly strong: boolean;
  readonly emphasis: boolean;
  readonly href: string | undefined;
}

/** The words of one line, bullet or heading, free of what is no text: images, tags, struck text. */
export interface Words {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** No words at all. */
export const noWords: Words = { text: '', pieces: [] };

type Style = Omit<Piece, 'text' | 'raw'>;

const plain: Style = { code: false, strong: false, emphasis: false, href: undefined };

/** Words from parsed inline Markdown; `source` is the text that the positions of the nodes point into. */
export function readWords(nodes: readonly PhrasingContent[], source: string): Words {
  const pieces: Piece[] = [];
  collect(nodes, source, plain, pieces);
  return joinPieces(pieces);
}

/** Words of plain text that holds no markup. */
export function plainWords(text: string): Words {
  return joinPieces([{ ...plain, text, raw: escapeMarkdown(text) }]);
}

function collect(nodes: readonly PhrasingContent[], source: string, style: Style, into: Piece[]): void {
  for (const node of nodes) {
    switch (node.type) {
      case 'text':
        into.push({ ...style, text: withoutMarkers(node.value), raw: withoutMarkers(rawOf(node, source)) });
        break;
      case 'inlineCode':
        into.push({ ...style, code: true, text: node.value, raw: node.value });
        break;
      case 'strong':
        collect(node.children, source, { ...style, strong: true }, into);
        break;
      case 'emphasis':
        collect(node.children, source, { ...style, emphasis: true }, into);
        break;
      case 'link':
        collect(
          node.children,
          source,
          { ...style, href: isBareUrl(node) ? undefined : safeUrl(node.url) },
          into,
        );
        break;
      case 'linkReference':
        collect(node.children, source, style, into);
        break;
      case 'break':
        into.push({ ...style, text: ' ', raw: ' ' });
        break;
      default:
        // Images, footnote marks and struck text say nothing to a learner.
        break;
    }
  }
}

/** What an author tells themselves of an exam is no text: '(Remember ...)', '<-- EXAM'. */
export function withoutMarkers(text: string): string {
  if (!/remember|exam|<-/i.test(text)) return text;
  return text
    .replace(/ ?\((?:remember|important|exam)\b[^()]*\)/gi, '')
    .replace(/ ?(?:\\?<[-=]{1,4}|←) ?(?:exam|remember|important)\b.*$/i, '');
}

/** An address written out stands for itself. */
function isBareUrl(node: Link): boolean {
  const [only] = node.children;
  return only?.type === 'text' && node.url.endsWith(only.value);
}

function rawOf(node: PhrasingContent, source: string): string {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (start === undefined || end === undefined) {
    return 'value' in node ? escapeMarkdown(node.value) : '';
  }
  return source.slice(start, end);
}

/** A web address that can stand in a Markdown link as it is. */
export function safeUrl(url: string): string | undefined {
  return /^https?:\/\/[^\s()<>]+$/i.test(url) ? url : undefined;
}

/** Puts a backslash before what Markdown would read as markup. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_~[\]<>|]/g, '\\$&');
}

/** The pieces as words: white space is one space, and none at the ends. */
export function joinPieces(pieces: readonly Piece[]): Words {
  const kept: Piece[] = [];
  let text = '';
  for (const piece of pieces) {
    const atStart = text === '' || text.endsWith(' ');
    const value = withSingleSpaces(piece.text, atStart);
    if (value === '') continue;
    const raw = piece.raw === piece.text ? value : withSingleSpaces(piece.raw, atStart);
    kept.push(withText(piece, value, raw));
    text += value;
  }
  return trimmed({ text, pieces: kept });
}

function withSingleSpaces(text: string, atStart: boolean): string {
  const single = /\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text;
  return atStart && single.startsWith(' ') ? single.slice(1) : single;
}

/** The piece with another text; field by field, which is many times faster than a spread. */
function withText(piece: Piece, text: string, raw: string): Piece {
  if (piece.text === text && piece.raw === raw) return piece;
  const { code, strong, emphasis, href } = piece;
  return { text, raw, code, strong, emphasis, href };
}

function trimmed(words: Words): Words {
  return words.text.endsWith(' ') ? sliceWords(words, 0, words.text.length - 1) : words;
}

/** The words between two offsets of `words.text`, in their styles, without outer spaces. */
export function sliceWords(words: Words, start: number, end: number = words.text.length): Words {
  let from = start;
  let to = Math.max(start, end);
  while (from < to && words.text[from] === ' ') from++;
  while (to > from && words.text[to - 1] === ' ') to--;
  const pieces: Piece[] = [];
  let at = 0;
  for (const piece of words.pieces) {
    const text = piece.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    at += piece.text.length;
    if (text === '') continue;
    const whole = text.length === piece.text.length;
    const raw = whole || piece.code ? (piece.code ? text : piece.raw) : rawPart(piece, text);
    pieces.push(withText(piece, text, raw));
  }
  return { text: words.text.slice(from, to), pieces };
}

function rawPart(piece: Piece, text: string): string {
  return piece.raw === piece.text ? text : escapeMarkdown(text);
}

/** The words as Markdown on one line: code spans, bold, emphasis and web links are kept. */
export function markdownOf(words: Words): string {
  let out = '';
  const [first] = words.pieces;
  if (first && words.pieces.length === 1 && isUnmarked(first)) return first.raw;
  for (let i = 0; i < words.pieces.length; i++) {
    const piece = words.pieces[i];
    if (!piece) continue;
    const before = words.pieces[i - 1];
    const after = words.pieces[i + 1];
    const inner = piece.code ? fenceCode(piece.text) : piece.raw;
    const open = opening(piece, before);
    const close = opening(piece, after).split('').reverse().join('');
    const isPlain = open === '' && close === '' && piece.href === undefined;
    out += isPlain ? inner : styled(inner, open, close, piece.href);
  }
  return out;
}

function isUnmarked({ code, strong, emphasis, href }: Piece): boolean {
  return !code && !strong && !emphasis && href === undefined;
}

function opening(piece: Piece, neighbour: Piece | undefined): string {
  const strong = piece.strong && !neighbour?.strong ? '**' : '';
  const emphasis = piece.emphasis && !neighbour?.emphasis ? '*' : '';
  return strong + emphasis;
}

function styled(inner: string, open: string, close: string, href: string | undefined): string {
  // Markup does not open before a space nor close after one.
  const [, lead = '', body = '', tail = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(inner) ?? [];
  const linked = href === undefined || body === '' ? body : `[${body}](${href})`;
  return lead + open + linked + close + tail;
}

function fenceCode(code: string): string {
  if (!code.includes('`')) return `\`${code}\``;
  const longest = Math.max(...(code.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${code} ${fence}`;
}

/** The text with every character of a code span replaced, so that no rule reads inside code. */
export function maskCode(words: Words): string {
  return words.pieces.map((piece) => (piece.code ? '\uE000'.repeat(piece.text.length) : piece.text)).join('');
}

/** Whether all of it is in one style. */
export function isWholly(words: Words, style: 'code' | 'strong'): boolean {
  return (
    words.pieces.length > 0 && words.pieces.every((piece) => piece[style] || /^[\s:.]*$/.test(piece.text))
  );
}
