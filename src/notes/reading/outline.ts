import type { BlockContent, DefinitionContent, List, ListItem, Nodes, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmTable } from 'micromark-extension-gfm-table';
import { isClause, isImperative } from '../grammar.js';
import { type FrontMatter, noFrontMatter, readFrontMatter } from './frontmatter.js';
import { isLabel } from './labels.js';
import { isName, splitLine } from './lead.js';
import { type LineProblem, readLines } from './lines.js';
import { isWholly, noWords, plainWords, readWords, type Words } from './words.js';

/** A heading, bullet, paragraph or table row, with what stands below it. */
export interface OutlineNode {
  readonly kind: 'heading' | 'bullet' | 'paragraph' | 'row';
  readonly words: Words;
  /** First line, counted from 1. */
  readonly line: number;
  /** Last line of the node itself, without its children. */
  readonly endLine: number;
  /** 1 to 6 for headings, else 0. */
  readonly level: number;
  /** The author's number, for numbered items. */
  readonly ordinal: number | undefined;
  /** The name that its author gave it ('... ^name'), which outlives every edit. */
  readonly anchor: string | undefined;
  /** Fenced code below a bullet, with its fences. */
  readonly code?: string | undefined;
  /** Cells of a table row under their column heads. */
  readonly cells: readonly Cell[];
  readonly children: readonly OutlineNode[];
}

export interface Cell {
  readonly head: Words;
  readonly words: Words;
}

/** A note as a tree, before anything is known of what its lines mean. */
export interface Outline {
  readonly frontMatter: FrontMatter;
  readonly children: readonly OutlineNode[];
  readonly problems: readonly LineProblem[];
  /** Count of lines in the note. */
  readonly lineCount: number;
}

interface Draft extends OutlineNode {
  readonly children: Draft[];
}

/** Code by indent, which authors of lists do not mean, and tags, which are gone by then. */
const withoutSurprises = { disable: { null: ['codeIndented', 'htmlFlow', 'htmlText'] } };

/** A parse has a cost of its own, so that short chunks are not worth it. */
const CHUNK_LINES = 60;

/** The text cut at headings: the parser's time grows faster than what it is given. */
function chunksOf(lines: readonly string[]): readonly { readonly source: string; readonly before: number }[] {
  // An address may be given under another heading than its link.
  const starts = lines.some((line) => /^\s*(?:- )*\[[^\]]+\]:/.test(line)) ? [] : startsOfChunks(lines);
  return [0, ...starts].map((before, i) => ({ source: lines.slice(before, starts[i]).join('\n'), before }));
}

function startsOfChunks(lines: readonly string[]): readonly number[] {
  const starts: number[] = [];
  for (let i = CHUNK_LINES, last = 0; i < lines.length; i++) {
    if (i - last < CHUNK_LINES || !lines[i]?.startsWith('#')) continue;
    starts.push(i);
    last = i;
  }
  return starts;
}

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

/** Reads Markdown as its author meant it. Never throws: what cannot be read is a problem with a line. */
export function readOutline(text: string): Outline {
  const read = readLines(text);
  const problems = [...read.problems];
  const frontMatter =
    read.frontMatter === undefined ? noFrontMatter : readFrontMatter(read.frontMatter, problems);
  const reader = new Reader(read.ordinals, read.anchors, read.code);
  try {
    for (const { source, before } of chunksOf(read.lines)) reader.readRoot(parse(source), source, before);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message =
      'Something in this note is nested too deeply to be read. Write it with fewer marks inside each other.';
    problems.push({ severity: 'error', line: 1, message });
  }
  return { frontMatter, children: reader.top, problems, lineCount: read.lines.length };
}

class Reader {
  readonly top: Draft[] = [];
  private readonly headings: Draft[] = [];

  private source = '';
  private linesBefore = 0;

  constructor(
    private readonly ordinals: ReadonlyMap<number, number>,
    private readonly anchors: ReadonlyMap<number, string>,
    private readonly code: ReadonlyMap<number, string>,
  ) {}

  /** Reads the blocks of the next chunk; `before` counts the lines above it. */
  readRoot(blocks: readonly RootContent[], source: string, before: number): void {
    this.source = source;
    this.linesBefore = before;
    for (const block of blocks) {
      if (block.type !== 'heading') {
        this.readBlock(block, this.headings[this.headings.length - 1]?.children ?? this.top);
        continue;
      }
      const heading = this.node('heading', readWords(block.children, this.source), block, block.depth);
      while ((this.headings[this.headings.length - 1]?.level ?? 0) >= block.depth) this.headings.pop();
      (this.headings[this.headings.length - 1]?.children ?? this.top).push(heading);
      this.headings.push(heading);
    }
  }

  private readBlock(block: RootContent | BlockContent | DefinitionContent, into: Draft[]): void {
    switch (block.type) {
      case 'paragraph':
      case 'heading': {
        const words = readWords(block.children, this.source);
        const under = isWholly(words, 'strong') ? into : (boldLabel(into)?.children ?? into);
        if (words.text !== '') under.push(this.node('paragraph', words, block));
        break;
      }
      case 'list':
        this.readList(block, adopter(into, this.lineOf(block))?.children ?? into);
        break;
      case 'table':
        this.readTable(block, adopter(into, this.lineOf(block))?.children ?? into);
        break;
      case 'blockquote':
        for (const child of block.children) this.readBlock(child, into);
        break;
      case 'definition': {
        // '[term]: gloss' looks like a link's address to CommonMark.
        if (!/^(https?:|[./#]|.*\.\w{1,4}$)/.test(block.url)) {
          into.push(this.node('paragraph', plainWords(this.slice(block)), block));
        }
        break;
      }
      default:
        break;
    }
  }

  private readList(list: List, into: Draft[]): void {
    for (const item of list.children) into.push(this.readItem(item));
  }

  private readItem(item: ListItem): Draft {
    const inner: Draft[] = [];
    for (const block of item.children) this.readBlock(block, inner);
    const first = inner[0];
    const line = this.lineOf(item);
    const ordinal = this.ordinals.get(line);
    const startsItself = first?.kind === 'paragraph' && first.line === line;
    if (!first || !startsItself) {
      return { ...this.node('bullet', noWords, item), endLine: line, ordinal, children: inner };
    }
    const code = this.code.get(line);
    return {
      ...first,
      kind: 'bullet',
      line,
      ordinal,
      code,
      children: [...first.children, ...inner.slice(1)],
    };
  }

  private readTable(table: Table, into: Draft[]): void {
    const [head, ...rows] = table.children;
    const heads = (head?.children ?? []).map((cell) => readWords(cell.children, this.source));
    for (const row of rows) {
      const cells = row.children.map((cell, i) => ({
        head: heads[i] ?? noWords,
        words: readWords(cell.children, this.source),
      }));
      if (cells.every((cell) => cell.words.text === '')) continue;
      into.push({ ...this.node('row', cells[0]?.words ?? noWords, row), cells });
    }
  }

  private node(kind: OutlineNode['kind'], words: Words, at: Nodes, level = 0): Draft {
    const line = this.lineOf(at);
    const endLine = at.position === undefined ? line : this.linesBefore + at.position.end.line;
    const anchor = this.anchorWithin(line, endLine);
    return { kind, words, line, endLine, level, ordinal: undefined, anchor, cells: [], children: [] };
  }

  private anchorWithin(line: number, endLine: number): string | undefined {
    if (this.anchors.size === 0) return undefined;
    for (let at = endLine; at >= line; at--) {
      const anchor = this.anchors.get(at);
      if (anchor !== undefined) return anchor;
    }
    return undefined;
  }

  private lineOf(at: Nodes): number {
    return this.linesBefore + (at.position?.start.line ?? 1);
  }

  private slice(at: Nodes): string {
    return this.source
      .slice(at.position?.start.offset ?? 0, at.position?.end.offset ?? 0)
      .replace(/\s+/g, ' ');
  }
}

/** A paragraph all in bold: the block after it is said of it. */
function boldLabel(into: readonly Draft[]): Draft | undefined {
  const last = into[into.length - 1];
  const free = last?.kind === 'paragraph' && last.children.length === 0;
  return free && isWholly(last.words, 'strong') ? last : undefined;
}

/** 'Public goods': a line of its own that only names or labels what is listed right below it. */
function isTitleLine(words: Words): boolean {
  const plain = words.text.replace(/\s*\([^()]*\)/g, '');
  return (
    /^[\p{Lu}\p{Lo}\d]/u.test(plain) &&
    plain.split(' ').length <= 4 &&
    !/[.,;!。，]$/.test(plain) &&
    !isClause(plain) &&
    !isImperative(plain) &&
    (isName(words) || isLabel(words.text))
  );
}

/** A paragraph that announces the list after it ('The node types are:'), explains a term, or is a bold label for it. */
function adopter(into: readonly Draft[], line: number): Draft | undefined {
  const last = into[into.length - 1];
  if (last?.kind !== 'paragraph') return undefined;
  if (/[:：]$/.test(last.words.text) && last.children.length === 0) return last;
  const touches = last.endLine + 1 === line;
  const oneLine = last.line === last.endLine;
  const split = splitLine(last.words);
  const bold = split?.lead.pieces.every((piece) => piece.strong);
  if (
    split &&
    (oneLine || (bold && touches)) &&
    isName(split.lead) &&
    (touches || split.lead.pieces.every((piece) => piece.strong))
  )
    return last;
  if (touches && oneLine && (/[?？]$/.test(last.words.text) || isTitleLine(last.words))) return last;
  const said = last.children[last.children.length - 1];
  if (isWholly(last.words, 'strong') && said?.kind === 'paragraph' && said.endLine + 1 === line) return last;
  return boldLabel(into);
}
