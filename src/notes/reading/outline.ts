import { isClause, isImperative } from '../grammar.js';
import type { Block, BlockList, Item, Lines, Table } from './blocks.js';
import { type FrontMatter, noFrontMatter, readFrontMatter } from './frontmatter.js';
import { isLabel } from './labels.js';
import { isName, splitLine } from './lead.js';
import { type LineProblem, readLines } from './lines.js';
import { readBlocks } from './markdown.js';
import { isWholly, noWords, type Words } from './words.js';

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
  /** Fenced code below it, with its fences. */
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

/** Reads Markdown as its author meant it. Never throws: what cannot be read is a problem with a line. */
export function readOutline(text: string): Outline {
  const read = readLines(text);
  const problems = [...read.problems];
  const frontMatter =
    read.frontMatter === undefined ? noFrontMatter : readFrontMatter(read.frontMatter, problems);
  const reader = new Reader(read.ordinals, read.anchors, read.code);
  try {
    reader.readRoot(readBlocks(read.lines));
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

  constructor(
    private readonly ordinals: ReadonlyMap<number, number>,
    private readonly anchors: ReadonlyMap<number, string>,
    private readonly code: ReadonlyMap<number, string>,
  ) {}

  readRoot(blocks: Iterable<Block>): void {
    for (const block of blocks) {
      if (block.kind !== 'heading') {
        this.readBlock(block, this.headings[this.headings.length - 1]?.children ?? this.top);
        continue;
      }
      const heading = this.node('heading', block.words, block, block.level);
      while ((this.headings[this.headings.length - 1]?.level ?? 0) >= block.level) this.headings.pop();
      (this.headings[this.headings.length - 1]?.children ?? this.top).push(heading);
      this.headings.push(heading);
    }
  }

  private readBlock(block: Block, into: Draft[]): void {
    switch (block.kind) {
      case 'paragraph':
      case 'heading': {
        const { words } = block;
        const under = isWholly(words, 'strong') ? into : (boldLabel(into)?.children ?? into);
        if (words.text !== '') under.push(this.node('paragraph', words, block));
        break;
      }
      case 'list':
        this.readList(block, adopter(into, block.line)?.children ?? into);
        break;
      case 'table':
        this.readTable(block, adopter(into, block.line)?.children ?? into);
        break;
      case 'address':
        into.push(this.node('paragraph', block.words, block));
        break;
    }
  }

  private readList(list: BlockList, into: Draft[]): void {
    for (const item of list.items) into.push(this.readItem(item));
  }

  private readItem(item: Item): Draft {
    const inner: Draft[] = [];
    for (const block of item.blocks) this.readBlock(block, inner);
    const first = inner[0];
    const { line } = item;
    const ordinal = this.ordinals.get(line);
    const startsItself = first?.kind === 'paragraph' && first.line === line;
    if (!first || !startsItself) {
      return { ...this.node('bullet', noWords, item), endLine: line, ordinal, children: inner };
    }
    return {
      ...first,
      kind: 'bullet',
      line,
      ordinal,
      children: [...first.children, ...inner.slice(1)],
    };
  }

  private readTable({ rows: [head, ...rows] }: Table, into: Draft[]): void {
    for (const row of rows) {
      const cells = row.cells.map((words, i) => ({ head: head?.cells[i] ?? noWords, words }));
      if (cells.every((cell) => cell.words.text === '')) continue;
      into.push({ ...this.node('row', cells[0]?.words ?? noWords, row), cells });
    }
  }

  private node(kind: OutlineNode['kind'], words: Words, { line, endLine }: Lines, level = 0): Draft {
    const anchor = lastWithin(this.anchors, line, endLine);
    const code = lastWithin(this.code, line, endLine);
    return { kind, words, line, endLine, level, ordinal: undefined, anchor, code, cells: [], children: [] };
  }
}

/** What stands at the last of the lines that has something. */
function lastWithin(byLine: ReadonlyMap<number, string>, line: number, endLine: number): string | undefined {
  if (byLine.size === 0) return undefined;
  for (let at = endLine; at >= line; at--) {
    const found = byLine.get(at);
    if (found !== undefined) return found;
  }
  return undefined;
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
