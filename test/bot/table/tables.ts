import type { Table } from '../../../src/bot/table/table.js';

export const CELLS: Table['rows'][number]['cells'] = [
  { sign: 'yes', word: 'yes' },
  { sign: 'partly', word: 'limited', remark: 'unverified' },
  { sign: 'no', word: 'no' },
  { word: '–' },
];

/** A table of any size, with all kinds of cells. */
export function tableOf(
  columns: number,
  rows: number,
  {
    column = (at: number) => `Type ${at}`,
    row = (at: number) => `Need ${at}`,
    notes = ['limited: in part'],
  } = {},
): Table {
  return {
    alt: 'What supports what',
    columns: Array.from({ length: columns }, (_, at) => column(at)),
    rows: Array.from({ length: rows }, (_, at) => ({
      name: row(at),
      isTotal: at === 0,
      cells: Array.from({ length: columns }, (_, cell) => CELLS[(at + cell) % CELLS.length] ?? { word: '' }),
    })),
    notes,
  };
}
