import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Mark } from '../../../src/bot/table/blocks.js';
import { layOut } from '../../../src/bot/table/layout.js';
import type { Table } from '../../../src/bot/table/table.js';
import { tableOf } from './tables.js';

/** A face in which every character is half as wide as it is high. */
const measureIn = (_face: unknown, size: number) => (text: string) => (text.length * size) / 2;
const lay = (table: Table) => layOut(table, measureIn);
const textsOf = (marks: readonly Mark[]) =>
  marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));

/** How far a mark reaches to the left, the right, up and down. */
function edgesOf(mark: Mark): { x: readonly [number, number]; y: readonly [number, number] } {
  if (mark.kind === 'box') return { x: [mark.x, mark.x + mark.width], y: [mark.y, mark.y + mark.height] };
  if (mark.kind === 'sign') return { x: [mark.x, mark.x + 12], y: [mark.y, mark.y + 12] };
  const width = measureIn(mark.face, mark.size)(mark.text);
  const start = mark.align === 'center' ? mark.x - width / 2 : mark.x;
  return { x: [start, start + width], y: [mark.y - mark.size / 2, mark.y + mark.size / 2] };
}

/** By the formula of WCAG 2, of two colours such as '#ffffff'. */
function contrast(one: string, other: string): number {
  const light = (colour: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark = 0, bright = 0] = [light(one), light(other)].toSorted((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

it('says every name, word, remark and note, with a sign for each answer', () => {
  const { marks } = lay(tableOf(4, 3));
  const texts = textsOf(marks).join(' ');
  for (const text of ['Type 0', 'Type 3', 'Need 2', 'yes', 'limited', 'unverified', 'no', '–', 'in part']) {
    expect(texts).toContain(text);
  }
  const signs = marks.flatMap((mark) => (mark.kind === 'sign' ? [mark.sign] : []));
  expect(signs.toSorted()).toEqual(
    [...'nnnpppyyy'].map((letter) => ({ n: 'no', p: 'partly', y: 'yes' })[letter]),
  );
});

it('is as wide as a phone, however many columns there are', () => {
  for (const columns of [1, 2, 3, 5, 6, 9, 40])
    expect(lay(tableOf(columns, 2)).width).toBeLessThanOrEqual(400);
  expect(lay(tableOf(5, 2)).width).toBeGreaterThan(390);
});

it('puts more columns than a phone has room for in another band, with the rows again', () => {
  const texts = textsOf(lay(tableOf(8, 2)).marks);
  expect(texts.filter((text) => text === 'Need 1')).toHaveLength(2);
  expect(texts.filter((text) => text.startsWith('Type'))).toHaveLength(8);
});

it('counts a single row or column as one', () => {
  const foot = (columns: number, rows: number) => textsOf(lay(tableOf(columns, rows)).marks).at(-1);
  expect(foot(16, 2)).toBe('Only in words: 1 more column.');
  const room = Array.from({ length: 40 }, (_, rows) => rows).findLast(
    (rows) => !foot(3, rows)?.startsWith('Only'),
  );
  expect(foot(3, (room ?? 0) + 1)).toBe('Only in words: 1 more row.');
});

it('counts the rows and columns that find no place', () => {
  const { height, marks } = lay(tableOf(30, 60));
  expect(height).toBeLessThanOrEqual(1_600);
  const texts = textsOf(marks);
  const shown = new Set(texts.filter((text) => text.startsWith('Need'))).size;
  expect(texts.at(-1)).toBe(`Only in words: ${60 - shown} more rows, 15 more columns.`);
  expect(textsOf(lay(tableOf(5, 13)).marks).join(' ')).not.toContain('Only in words');
});

it('keeps everything on the sheet, whatever the texts are', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('W'.repeat(999), 'a b '.repeat(99)),
  );
  const table = fc.record({
    alt: fc.constant(''),
    columns: fc.array(text, { maxLength: 18 }),
    rows: fc.array(
      fc.record({
        name: text,
        isTotal: fc.boolean(),
        cells: fc.array(
          fc.record({ sign: fc.constantFrom('yes' as const, 'no' as const), word: text, remark: text }),
          { maxLength: 8 },
        ),
      }),
      { maxLength: 40 },
    ),
    notes: fc.array(text, { maxLength: 9 }),
  });
  fc.assert(
    fc.property(table, (hostile) => {
      const { width, height, marks } = lay(hostile);
      expect(width).toBeLessThanOrEqual(400);
      expect(height).toBeLessThanOrEqual(1_600);
      const beyond = marks.filter((mark) => {
        const { x, y } = edgesOf(mark);
        return Math.min(x[0], y[0]) < 0 || x[1] > width || y[1] > height;
      });
      expect(beyond).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

it('writes every word in a colour that stands out from what is beneath it', () => {
  const { marks } = lay(tableOf(4, 5));
  marks.forEach((mark, at) => {
    if (mark.kind === 'box') return;
    const { x, y } = edgesOf(mark);
    const below = marks.slice(0, at).findLast((under) => {
      const edges = edgesOf(under);
      return (
        under.kind === 'box' &&
        edges.x[0] <= x[0] &&
        edges.x[1] >= x[1] &&
        edges.y[0] <= y[0] &&
        edges.y[1] >= y[1]
      );
    });
    const ground = below?.kind === 'box' ? below.fill : '#ffffff';
    expect(contrast(mark.ink, ground)).toBeGreaterThanOrEqual(4.5);
  });
});
