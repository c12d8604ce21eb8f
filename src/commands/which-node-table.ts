import { type ComparedMark, type Comparison, leftOut } from '../advisor/comparison.js';
import type { Verdict } from '../advisor/model.js';
import type { Sign, Table } from '../bot/table/table.js';

type Row = Table['rows'][number];
type Cell = Row['cells'][number];

const SIGNS = { yes: 'yes', limited: 'partly', no: 'no' } as const satisfies Record<Verdict, Sign>;
const VERDICTS: readonly Verdict[] = ['yes', 'limited', 'no'];

/**
 * The comparison as a table to be shown as a picture: what holds for all needs first, then need by need. Beneath stands
 * why some do worse together.
 */
export function comparisonTable(
  { types, needs, together, left }: Comparison,
  whyTogether: readonly string[],
): Table | undefined {
  if (types.length === 0 || needs.length === 0) return undefined;
  const columns = types.map(({ name }) => name);
  const all: readonly Row[] =
    together === undefined
      ? []
      : [{ name: 'All that is needed', cells: together.map((support) => cellOf(support)), isTotal: true }];
  const rows: readonly Row[] = [
    ...all,
    ...needs.map(({ label, isWish, marks }) => ({
      name: `${label}${isWish ? ' (nice to have)' : ''}`,
      cells: marks.map((mark) => (mark === undefined ? { word: '–' } : markCell(mark))),
      isTotal: false,
    })),
  ];
  return {
    alt: altOf(columns, rows),
    columns,
    rows: [...rows],
    notes: [...notesOf(rows, left), ...whyTogether.map((why) => `All: ${why}`)],
  };
}

function markCell({ support, isUnverified }: ComparedMark): Cell {
  return isUnverified ? { ...cellOf(support), remark: 'unverified' } : cellOf(support);
}

function cellOf(support: Verdict): Cell {
  return { sign: SIGNS[support], word: support };
}

/** What the words mean that do not say it themselves. */
function notesOf(rows: readonly Row[], left: number): readonly string[] {
  const cells = rows.flatMap((row) => row.cells);
  return [
    ...(cells.some(({ sign }) => sign === 'partly') ? ['limited: in part, or under conditions'] : []),
    ...(cells.some(({ remark }) => remark !== undefined) ? ['unverified: no page says so outright'] : []),
    ...(left > 0 ? [leftOut(left)] : []),
  ];
}

/** All of it in sentences, such as 'Windows containers: yes for A and B (unverified); no for C.' */
function altOf(columns: readonly string[], rows: readonly Row[]): string {
  const sentences = rows.map(({ name, cells }) => {
    const said = VERDICTS.flatMap((verdict) => {
      const names = columns.flatMap((column, at) => {
        const { word, remark } = cells[at] ?? {};
        return word === verdict ? [remark === undefined ? column : `${column} (${remark})`] : [];
      });
      return names.length === 0 ? [] : [`${verdict} for ${names.join(', ')}`];
    });
    return `${name}: ${said.length === 0 ? 'unknown' : said.join('; ')}.`;
  });
  return ['Node types against needs.', ...sentences].join(' ');
}
