import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { coverageOf } from '../../../src/bot/table/coverage.js';
import { loadPainter, type Painter } from '../../../src/bot/table/paint.js';
import { tableOf } from './tables.js';

let painter: Painter;
beforeAll(async () => {
  painter = await loadPainter();
});

/** The picture as a reader of PNG files sees it. */
async function read(png: Buffer | undefined) {
  const image = await loadImage(png ?? expect.fail('no picture'));
  const { width, height } = image;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const at = (x: number, y: number) => [...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
  return { width, height, at };
}

it('has two pixels for each of the layout, round corners, and an opaque sheet', async () => {
  const { width, height, at } = await read(await painter.paint(tableOf(5, 3)));
  expect(width).toBe(800);
  expect(height).toBeGreaterThan(500);
  expect(at(0, 0)[3]).toBe(0);
  expect(at(width - 1, height - 1)[3]).toBe(0);
  for (const y of [20, height / 2, height - 20]) expect(at(width / 2, Math.round(y))[3]).toBe(255);
});

it('paints the same bytes for the same table, also after loading anew', async () => {
  const table = tableOf(5, 4);
  const digest = async (picture: Promise<Buffer | undefined>) =>
    createHash('sha256')
      .update((await picture) ?? expect.fail('no picture'))
      .digest('hex');
  const first = await digest(painter.paint(table));
  expect(await digest(painter.paint(table))).toBe(first);
  expect(await digest((await loadPainter()).paint(table))).toBe(first);
  expect(await digest(painter.paint(tableOf(5, 4, { row: (at) => `Want ${at}` })))).not.toBe(first);
});

it('stays below 200 KB, with fewer pixels where it must', async () => {
  const large = await painter.paint(
    tableOf(40, 40, { row: (at) => `Need ${at} ${'of many words '.repeat(9)}` }),
  );
  expect(large?.length).toBeLessThanOrEqual(200_000);
  const plain = await painter.paint(tableOf(5, 4));
  expect(plain?.length).toBeLessThan(120_000);
});

it('paints whatever the texts are, or leaves it', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (text) => {
      const png = await painter.paint(tableOf(2, 2, { column: () => text, row: () => text, notes: [text] }));
      if (png !== undefined) expect((await read(png)).width).toBeGreaterThan(0);
    }),
    { numRuns: 40 },
  );
});

describe('a table whose characters the font lacks', () => {
  it.each(['日本語', 'Nodes 🎉', '한국어'])('has no picture: %s', async (text) => {
    expect(await painter.paint(tableOf(2, 2, { row: () => text }))).toBeUndefined();
    expect(await painter.paint(tableOf(2, 2, { column: () => text }))).toBeUndefined();
    expect(await painter.paint(tableOf(2, 2, { notes: [text] }))).toBeUndefined();
  });

  it.each(['Größe: naïve café', 'Узлы', 'κόμβοι', 'עברית', '“×” – ≥ 3 µs…'])(
    'has one otherwise: %s',
    async (text) => {
      expect(await painter.paint(tableOf(2, 2, { row: () => text }))).toBeDefined();
    },
  );

  it('has one where what is unseen is all that the font lacks', async () => {
    expect(await painter.paint(tableOf(2, 2, { row: () => 'a\u202eb\u0007\ud800\u{e0001}c' }))).toBeDefined();
  });
});

describe('what a font covers', () => {
  it('is read from the font', async () => {
    const path = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf');
    const has = coverageOf(await readFile(path));
    const covered = (text: string) => [...text].map((one) => has(one.codePointAt(0) ?? 0));
    expect(covered('aZ…✓ß')).toEqual([true, true, true, true, true]);
    expect(covered('日🎉\u0007')).toEqual([false, false, false]);
  });

  it('is unknown where the file is no such font', () => {
    expect(() => coverageOf(Buffer.alloc(64))).toThrow("no table 'cmap'");
  });
});
