import { joinPieces, type Piece, safeUrl, type Words, withoutMarkers } from './words.js';

/** What may be more than a character: marks, escapes, tabs, and two spaces that break a line. */
const MARK = /[*_`[<&\\\t]| {2}\n/g;

/**
 * The words of a paragraph whose marks are simple, as the CommonMark parser would read them; undefined where marks are
 * nested, unbalanced or rare. The parser costs far more than all the rest of reading a note, and few lines need it.
 * `text` has no indents and ends in no space; no label in it is given an address elsewhere.
 */
export function readInline(text: string): Words | undefined {
  return new Inline(text).read();
}

interface Run {
  readonly mark: string;
  readonly length: number;
}

/** A label without marks, and its address. */
const LINK = /\[([^[\]\\`*_<&!\n\t]*)\]\(([^\s()<>\\&]*)\)/y;
/** Brackets that are no link. */
const BRACKETS = /\[[^[\]\\`*_<&!\n\t]*\](?![[(:])/y;
const TICKS = /`+/g;
const PUNCTUATION = /[\p{P}\p{S}]/u;

class Inline {
  private readonly pieces: Piece[] = [];
  private strong = false;
  private emphasis = false;
  private open: Run | undefined;
  private at = 0;
  /** The characters since the last piece, and where they begin in the text. */
  private value = '';
  private valueFrom = 0;

  constructor(private readonly text: string) {}

  read(): Words | undefined {
    for (let next = markFrom(this.text, 0); next !== undefined; next = markFrom(this.text, this.at)) {
      this.take(next - this.at);
      if (!this.readMark()) return undefined;
    }
    if (this.open !== undefined) return undefined;
    this.take(this.text.length - this.at);
    this.flush();
    return joinPieces(this.pieces);
  }

  /** Reads the mark that comes next; false where a parser is needed. */
  private readMark(): boolean {
    const { text, at } = this;
    switch (text[at]) {
      case '\\':
        return this.readEscape();
      case '`':
        return this.readTicks();
      case '*':
      case '_':
        return this.readRun();
      case '[':
        return text[at - 1] !== '!' && this.readBracket();
      case '<':
        return !text.includes('>', at) && this.take(1);
      case '&':
        return !/[#\p{L}]/u.test(text[at + 1] ?? '') && this.take(1);
      default:
        return false;
    }
  }

  private take(length: number): true {
    if (length === 0) return true;
    this.value += this.text.slice(this.at, this.at + length);
    this.at += length;
    return true;
  }

  private readEscape(): boolean {
    const next = this.text[this.at + 1] ?? '';
    if (next === '\n') return false;
    if (!/[!-/:-@[-`{-~]/.test(next)) return this.take(1);
    this.at += 1;
    return this.take(1);
  }

  private readTicks(): boolean {
    const length = runLength(this.text, this.at);
    const end = this.closingTicks(this.at + length, length);
    if (end === undefined) return this.take(length);
    this.flush();
    const code = this.text.slice(this.at + length, end);
    if (code.includes('\n')) return false;
    const isPadded = /^ .* $/.test(code) && /[^ ]/.test(code);
    const value = isPadded ? code.slice(1, -1) : code;
    this.add(value, value, true, undefined);
    this.skipTo(end + length);
    return true;
  }

  private closingTicks(from: number, length: number): number | undefined {
    TICKS.lastIndex = from;
    for (let run = TICKS.exec(this.text); run !== null; run = TICKS.exec(this.text))
      if (run[0].length === length) return run.index;
    return undefined;
  }

  private readRun(): boolean {
    const { text, at } = this;
    const mark = text[at] ?? '';
    const length = runLength(text, at);
    const { opens, closes } = sidesOf(mark, text[at - 1], text[at + length]);
    if (!opens && !closes) return this.take(length);
    if (this.open === undefined && !opens) return this.take(length);
    if (length > 2) return false;
    if (this.open === undefined) {
      this.flush();
      this.open = { mark, length };
      this.strong = length === 2;
      this.emphasis = length === 1;
    } else {
      if (opens || this.open.mark !== mark || this.open.length !== length) return false;
      this.flush();
      this.open = undefined;
      this.strong = false;
      this.emphasis = false;
    }
    this.skipTo(at + length);
    return true;
  }

  private readBracket(): boolean {
    const { text, at } = this;
    LINK.lastIndex = at;
    const [link, label = '', url = ''] = LINK.exec(text) ?? [];
    if (link === undefined) {
      BRACKETS.lastIndex = at;
      return (BRACKETS.test(text) || !text.includes(']', at)) && this.take(1);
    }
    this.flush();
    const href = url.endsWith(label) ? undefined : safeUrl(url);
    if (label !== '') this.push(label, label, href);
    this.skipTo(at + link.length);
    return true;
  }

  private flush(): void {
    const raw = this.text.slice(this.valueFrom, this.at);
    if (this.value !== '') this.push(this.value, raw, undefined);
    this.skipTo(this.at);
  }

  private push(text: string, raw: string, href: string | undefined): void {
    const value = withoutMarkers(text);
    this.add(value, raw === text ? value : withoutMarkers(raw), false, href);
  }

  private add(text: string, raw: string, code: boolean, href: string | undefined): void {
    const { strong, emphasis } = this;
    this.pieces.push({ text, raw, code, strong, emphasis, href });
  }

  private skipTo(at: number): void {
    this.at = at;
    this.value = '';
    this.valueFrom = at;
  }
}

function markFrom(text: string, at: number): number | undefined {
  MARK.lastIndex = at;
  return MARK.exec(text)?.index;
}

function runLength(text: string, at: number): number {
  let end = at;
  while (text[end] === text[at]) end++;
  return end - at;
}

/** Whether a run of stars or underscores can open and close emphasis between these characters (CommonMark, 6.2). */
function sidesOf(mark: string, before: string | undefined, after: string | undefined) {
  const left = sideOf(before);
  const right = sideOf(after);
  const opens = right === 'word' || (right === 'punctuation' && left !== 'word');
  const closes = left === 'word' || (left === 'punctuation' && right !== 'word');
  if (mark === '*') return { opens, closes };
  return { opens: opens && (left !== 'word' || !closes), closes: closes && (right !== 'word' || !opens) };
}

function sideOf(char: string | undefined): 'space' | 'punctuation' | 'word' {
  if (char === undefined || /\s/.test(char)) return 'space';
  return PUNCTUATION.test(char) ? 'punctuation' : 'word';
}
