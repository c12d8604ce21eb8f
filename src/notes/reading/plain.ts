import type { Block, Item } from './blocks.js';
import { readInline } from './inline.js';
import type { Words } from './words.js';

/** Reads a paragraph's words; undefined where they are none. */
export type ReadWords = (text: string) => Words | undefined;

/** A line that begins or underlines something else than a paragraph, in CommonMark: quotes, numbers, fences, rules, tables. */
const OTHER_BLOCK = /^(?:#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)|`{3}|~{3}|[-=_*|:+\s]+$)/;

/**
 * The block that the lines from `from` up to `to` hold, as CommonMark would read it: a paragraph, or a list as `readLines`
 * leaves it, two spaces a level. Undefined where there is anything else among them.
 */
export function readPlain(
  lines: readonly string[],
  from: number,
  to: number,
  fallback: ReadWords,
): readonly Block[] | undefined {
  const reader = new PlainReader(fallback);
  for (let i = from; i < to; i++) if (!reader.readLine(lines[i] ?? '', i + 1)) return undefined;
  return reader.finish();
}

interface OpenItem extends Item {
  endLine: number;
  readonly blocks: Block[];
}

interface OpenList {
  readonly mark: string;
  readonly items: OpenItem[];
}

class PlainReader {
  private readonly root: Block[] = [];
  /** The list open at each depth; its last item is open too. */
  private readonly lists: OpenList[] = [];
  /** The lines of the paragraph that the next line may go on with. */
  private text: string | undefined;
  private textLine = 0;
  private textEnd = 0;
  private textInto: Block[] = this.root;

  constructor(private readonly fallback: ReadWords) {}

  /** False where the line is nothing plain. */
  readLine(line: string, number: number): boolean {
    const indent = indentOf(line);
    if (indent === line.length) return this.endParagraph();
    const mark = line[indent];
    const isBullet = (mark === '-' || mark === '+') && line[indent + 1] === ' ';
    return isBullet ? this.readBullet(line, indent, mark, number) : this.readText(line, indent, number);
  }

  finish(): readonly Block[] | undefined {
    return this.endParagraph() ? this.root : undefined;
  }

  private readBullet(line: string, indent: number, mark: string, number: number): boolean {
    const depth = indent / 2;
    const content = line.slice(indent + 2);
    const isNested = depth <= this.lists.length && Number.isInteger(depth);
    if (!isNested || content === '' || /^[ \t]/.test(content) || OTHER_BLOCK.test(content)) return false;
    if (!this.endParagraph()) return false;
    this.closeBelow(depth + 1);
    const item: OpenItem = { line: number, endLine: number, blocks: [] };
    const list = this.lists[depth];
    if (list?.mark === mark) list.items.push(item);
    else {
      this.closeBelow(depth);
      const items = [item];
      this.blocksAt(depth).push({ kind: 'list', line: number, items });
      this.lists.push({ mark, items });
    }
    this.begin(content, number, item.blocks);
    return true;
  }

  private readText(line: string, indent: number, number: number): boolean {
    const content = line.slice(indent);
    if (OTHER_BLOCK.test(content) || content.startsWith('\t')) return false;
    if (this.text !== undefined) {
      this.text += `\n${content}`;
      this.textEnd = number;
    } else {
      const depth = Math.min(Math.floor(indent / 2), this.lists.length);
      if (depth === 0 && this.lists.length > 0) return false;
      this.closeBelow(depth);
      this.begin(content, number, this.blocksAt(depth));
    }
    for (const list of this.lists) extend(list, number);
    return true;
  }

  private begin(text: string, line: number, into: Block[]): void {
    for (const list of this.lists) extend(list, line);
    this.text = text;
    this.textLine = line;
    this.textEnd = line;
    this.textInto = into;
  }

  private endParagraph(): boolean {
    if (this.text === undefined) return true;
    const text = withoutEndSpaces(this.text);
    const words = readInline(text) ?? this.fallback(text);
    this.text = undefined;
    if (words === undefined) return false;
    this.textInto.push({ kind: 'paragraph', words, line: this.textLine, endLine: this.textEnd });
    return true;
  }

  private closeBelow(depth: number): void {
    this.lists.length = Math.min(this.lists.length, depth);
  }

  /** What the open item that holds this depth holds. */
  private blocksAt(depth: number): Block[] {
    return depth === 0 ? this.root : (this.lists[depth - 1]?.items.at(-1)?.blocks ?? this.root);
  }
}

function extend(list: OpenList, line: number): void {
  const item = list.items.at(-1);
  if (item !== undefined) item.endLine = line;
}

function indentOf(line: string): number {
  let indent = 0;
  while (line[indent] === ' ') indent++;
  return indent;
}

/** Without the spaces and tabs at the ends of the text; other white space is text to CommonMark. */
function withoutEndSpaces(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ' || text[end - 1] === '\t') end--;
  return text.slice(0, end);
}
