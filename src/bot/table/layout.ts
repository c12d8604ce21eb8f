import {
  type Block,
  type Grid,
  gridOf,
  headerBlock,
  type Mark,
  type MeasureIn,
  notesBlock,
  rowBlock,
} from './blocks.js';
import type { Table } from './table.js';

/** Where all of a picture goes, in pixels at scale 1. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

/** More columns go on in another band below, so that words stay as large as they are. */
const COLUMNS_IN_BAND = 5;
const MOST_COLUMNS = 15;
/** No more would find place. */
const MOST_ROWS = 30;
const MOST_NOTES = 8;
/** A taller picture would be shown too small to read. */
const TALLEST = 1_600;

/** Lays out a table no wider and no taller than a phone can show; what finds no place is counted at the foot. */
export function layOut(table: Table, measureIn: MeasureIn): Layout {
  const columns = table.columns.slice(0, MOST_COLUMNS);
  const bands = bandsOf(columns);
  const widest = Math.max(1, ...bands.map(({ names }) => names.length));
  const grid = gridOf(widest, measureIn);
  const headers = bands.map(({ names }) => headerBlock(names, grid));
  const rows = bands.map(({ names, start }) =>
    table.rows
      .slice(0, MOST_ROWS)
      .map((row) => rowBlock(row, row.cells.slice(start, start + names.length), grid)),
  );
  const withRows = (count: number): readonly Block[] => [
    ...headers.flatMap((header, band) => [header, ...(rows[band] ?? []).slice(0, count)]),
    footOf(table, table.rows.length - count, grid),
  ];
  let count = Math.min(table.rows.length, MOST_ROWS);
  while (count > 0 && heightOf(withRows(count)) > TALLEST) count -= 1;
  return stacked(withRows(count), grid.width);
}

interface Band {
  readonly names: readonly string[];
  /** Its first column, counted among all. */
  readonly start: number;
}

/** The columns in bands of about the same length. */
function bandsOf(columns: readonly string[]): readonly Band[] {
  const count = Math.max(1, Math.ceil(columns.length / COLUMNS_IN_BAND));
  const each = Math.ceil(columns.length / count);
  return Array.from({ length: count }, (_, at) => ({
    names: columns.slice(at * each, (at + 1) * each),
    start: at * each,
  })).filter(({ names }, at) => names.length > 0 || at === 0);
}

function footOf({ notes, columns }: Table, leftRows: number, grid: Grid): Block {
  const leftColumns = Math.max(0, columns.length - MOST_COLUMNS);
  const left = [...more(leftRows, 'row'), ...more(leftColumns, 'column')];
  const shown = notes.slice(0, MOST_NOTES);
  return notesBlock(left.length === 0 ? shown : [...shown, `Only in words: ${left.join(', ')}.`], grid);
}

function more(count: number, what: string): readonly string[] {
  return count > 0 ? [`${count} more ${what}${count === 1 ? '' : 's'}`] : [];
}

function heightOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { height }) => sum + height, 0);
}

function stacked(blocks: readonly Block[], width: number): Layout {
  let top = 0;
  const marks = blocks.flatMap(({ height, marksFrom }) => {
    top += height;
    return marksFrom(top - height);
  });
  return { width, height: top, marks };
}
