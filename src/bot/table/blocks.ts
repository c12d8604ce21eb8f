import { label } from '../markdown.js';
import { linesOf, type Measure } from './lines.js';
import type { Sign, Table } from './table.js';

export type Face = 'regular' | 'bold';

/** Widths of texts in the faces that a picture has. */
export type MeasureIn = (face: Face, size: number) => Measure;

/** What to paint, in pixels at scale 1; a text stands around the middle of its line. */
export type Mark =
  | {
      readonly kind: 'box';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
      readonly radius: number;
    }
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly face: Face;
      readonly ink: string;
      readonly align: 'left' | 'center';
    }
  | {
      readonly kind: 'sign';
      readonly sign: Sign;
      readonly x: number;
      readonly y: number;
      readonly ink: string;
    };

/** A part of the picture from edge to edge. */
export interface Block {
  readonly height: number;
  readonly marksFrom: (top: number) => readonly Mark[];
}

/** What all blocks of a picture have in common. */
export interface Grid {
  /** Of a cell. */
  readonly cellWidth: number;
  /** Of the whole picture. */
  readonly width: number;
  readonly measureIn: MeasureIn;
}

type Row = Table['rows'][number];
type Cell = Row['cells'][number];

/** A phone shows this width as it is. */
const WIDTH = 400;
const NARROWEST_CELL = 72;
/** Room left and right of all that is written. */
const MARGIN = 12;
/** A sign is so wide and so high. */
export const SIGN_SIZE = 12;

const HEADER = { size: 13, line: 16, lines: 4, padding: 8 };
const NAME = { size: 14, line: 19, lines: 3 };
const CELL = { size: 13, height: 26, remarkSize: 11, remarkLine: 14, gap: 4, radius: 6 };
/** Of cells, and of a name from its cells. */
const BETWEEN = 4;
const NOTE = { size: 12, line: 17, lines: 3 };
const PADDING = 8;
/** More characters never fit the lines that there are. */
const LONGEST = { column: 80, text: 200 };

const INK = '#1b2430';
const FAINT = '#57606a';
const LINE = '#e1e6ec';
const HEADER_FILL = '#22324a';
const ON_DARK = '#ffffff';
const TOTAL_FILL = '#edf1f7';
const SHADES = {
  yes: { fill: '#dff3e4', ink: '#12552a', strong: '#1a7037' },
  partly: { fill: '#fdf0cf', ink: '#6a4300', strong: '#8a5a00' },
  no: { fill: '#fbe3e1', ink: '#8c1d18', strong: '#b3261e' },
  none: { fill: '#eef1f4', ink: FAINT, strong: FAINT },
} as const;

/** Room for so many columns. */
export function gridOf(columns: number, measureIn: MeasureIn): Grid {
  const around = 2 * MARGIN + (columns - 1) * BETWEEN;
  const cellWidth = Math.max(NARROWEST_CELL, Math.floor((WIDTH - around) / columns));
  return { cellWidth, width: around + columns * cellWidth, measureIn };
}

/** The names of columns, over the cells that they are the names of. */
export function headerBlock(names: readonly string[], { cellWidth, width, measureIn }: Grid): Block {
  const { size, line, lines: most, padding } = HEADER;
  const measure = measureIn('bold', size);
  const columns = names.map((name) => linesOf(plain(name, LONGEST.column), cellWidth, most, measure));
  const high = Math.max(1, ...columns.map((lines) => lines.length));
  const height = high * line + 2 * padding;
  return {
    height,
    marksFrom: (top) => [
      { kind: 'box', x: 0, y: top, width, height, fill: HEADER_FILL, radius: 0 },
      ...columns.flatMap((lines, column) => {
        const first = top + padding + ((high - lines.length) * line) / 2 + line / 2;
        return lines.map(
          (text, at): Mark => ({
            kind: 'text',
            text,
            x: middleOf(column, cellWidth),
            y: first + at * line,
            size,
            face: 'bold',
            ink: ON_DARK,
            align: 'center',
          }),
        );
      }),
    ],
  };
}

/** A row's name, and its cells beneath: beside them it would leave those no room. */
export function rowBlock({ name, isTotal }: Row, cells: readonly Cell[], grid: Grid): Block {
  const { width, measureIn } = grid;
  const face: Face = isTotal ? 'bold' : 'regular';
  const lines = linesOf(plain(name), width - 2 * MARGIN, NAME.lines, measureIn(face, NAME.size));
  const cellHeight = CELL.height + (cells.some(({ remark }) => remark) ? CELL.remarkLine : 0);
  const cellsFrom = PADDING + lines.length * NAME.line + BETWEEN;
  const height = cellsFrom + cellHeight + PADDING;
  return {
    height,
    marksFrom: (top) => [
      ...(isTotal
        ? [{ kind: 'box', x: 0, y: top, width, height, fill: TOTAL_FILL, radius: 0 } as const]
        : []),
      { kind: 'box', x: 0, y: top + height - 1, width, height: 1, fill: LINE, radius: 0 },
      ...textLines(lines, top + PADDING, { ...NAME, face, ink: INK }),
      ...cells.flatMap((cell, column) =>
        cellMarks(cell, { column, top: top + cellsFrom, height: cellHeight, isTotal }, grid),
      ),
    ],
  };
}

/** Lines of explanation at the foot. */
export function notesBlock(notes: readonly string[], { width, measureIn }: Grid): Block {
  const measure = measureIn('regular', NOTE.size);
  const lines = notes.flatMap((note) => linesOf(plain(note), width - 2 * MARGIN, NOTE.lines, measure));
  return {
    height: lines.length === 0 ? 0 : lines.length * NOTE.line + 2 * PADDING,
    marksFrom: (top) => textLines(lines, top + PADDING, { ...NOTE, face: 'regular', ink: FAINT }),
  };
}

interface Place {
  readonly column: number;
  readonly top: number;
  readonly height: number;
  readonly isTotal: boolean;
}

/** A coloured box with a sign and its word side by side, and the remark below. */
function cellMarks(
  { sign, word, remark }: Cell,
  { column, top, height, isTotal }: Place,
  { cellWidth, measureIn }: Grid,
): readonly Mark[] {
  const shade = SHADES[sign ?? 'none'];
  const ink = isTotal ? ON_DARK : shade.ink;
  const inside = cellWidth - 2 * BETWEEN;
  const beside = sign === undefined ? 0 : SIGN_SIZE + CELL.gap;
  const measure = measureIn('bold', CELL.size);
  const [shown = ''] = linesOf(plain(word, LONGEST.column), inside - beside, 1, measure);
  const [remarked] = linesOf(
    plain(remark ?? '', LONGEST.column),
    inside,
    1,
    measureIn('regular', CELL.remarkSize),
  );
  const middle = middleOf(column, cellWidth);
  const start = middle - (beside + measure(shown)) / 2;
  const line = top + (remarked === undefined ? height : CELL.height) / 2;
  const fill = isTotal ? shade.strong : shade.fill;
  const x = middle - cellWidth / 2;
  const text = { kind: 'text', ink } as const;
  return [
    { kind: 'box', x, y: top, width: cellWidth, height, fill, radius: CELL.radius },
    ...(sign === undefined ? [] : [{ kind: 'sign', sign, x: start, y: line - SIGN_SIZE / 2, ink } as const]),
    { ...text, text: shown, x: start + beside, y: line, size: CELL.size, face: 'bold', align: 'left' },
    ...(remarked === undefined
      ? []
      : [
          {
            ...text,
            text: remarked,
            x: middle,
            y: top + height - CELL.remarkLine / 2 - BETWEEN,
            size: CELL.remarkSize,
            face: 'regular',
            align: 'center',
          } as const,
        ]),
  ];
}

function textLines(
  lines: readonly string[],
  top: number,
  { size, line, face, ink }: { size: number; line: number; face: Face; ink: string },
): readonly Mark[] {
  return lines.map((text, at) => {
    const y = top + at * line + line / 2;
    return { kind: 'text', text, x: MARGIN, y, size, face, ink, align: 'left' };
  });
}

function middleOf(column: number, cellWidth: number): number {
  return MARGIN + column * (cellWidth + BETWEEN) + cellWidth / 2;
}

/** One line without anything unseen, and not endless. */
function plain(text: string, longest = LONGEST.text): string {
  return label(text, longest).replace(/\s+/g, ' ');
}
