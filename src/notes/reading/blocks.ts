import type { Words } from './words.js';

/** A block of a note by itself, before it is known what it stands under. Lines count from 1 in the whole note. */
export type Block = Heading | Paragraph | BlockList | Table;

/** Where a block stands in its note. */
export interface Lines {
  readonly line: number;
  readonly endLine: number;
}

/** A heading at the root; elsewhere its words are a paragraph. */
export interface Heading extends Lines {
  readonly kind: 'heading';
  readonly level: number;
  readonly words: Words;
}

/** A paragraph; `address` is one that CommonMark takes for a link's address ('[term]: gloss'). */
export interface Paragraph extends Lines {
  readonly kind: 'paragraph' | 'address';
  readonly words: Words;
}

/** A list of bullets. */
export interface BlockList {
  readonly kind: 'list';
  readonly line: number;
  readonly items: readonly Item[];
}

/** A bullet and what is indented below it. */
export interface Item extends Lines {
  readonly blocks: readonly Block[];
}

/** A table; the first row heads the columns. */
export interface Table {
  readonly kind: 'table';
  readonly line: number;
  readonly rows: readonly TableRow[];
}

/** The cells of one line of a table. */
export interface TableRow extends Lines {
  readonly cells: readonly Words[];
}
