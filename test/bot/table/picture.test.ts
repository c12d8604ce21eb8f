import { expect, it, onTestFinished } from 'vitest';
import type { Reply } from '../../../src/bot/reply.js';
import { loadPainter, type Painter } from '../../../src/bot/table/paint.js';
import { addingPictures } from '../../../src/bot/table/picture.js';
import { tableOf } from './tables.js';

const reply = (more: Partial<Reply> = {}): Reply => ({ text: 'Compared', visibility: 'public', ...more });

/** A painter with a count of what it was asked for; the real one where none is given. */
function counting(real: () => Promise<Painter> = loadPainter) {
  const counts = { loaded: 0, painted: 0 };
  const load = async (): Promise<Painter> => {
    counts.loaded += 1;
    const painter = await real();
    return {
      paint(table) {
        counts.painted += 1;
        return painter.paint(table);
      },
    };
  };
  return { counts, load };
}

/** What the process is warned of while a test runs. */
function warnings(): readonly string[] {
  const said: string[] = [];
  const listen = ({ message }: Error) => said.push(message);
  process.on('warning', listen);
  onTestFinished(() => {
    process.off('warning', listen);
  });
  return said;
}

it('gives a reply with a table its picture, and its words to the picture', async () => {
  const add = addingPictures(loadPainter);
  const given = reply({ table: tableOf(3, 2) });
  const { image, ...rest } = await add(given);
  expect(rest).toEqual(given);
  expect(image?.alt).toBe('What supports what');
  expect(
    Buffer.from(image?.png ?? '', 'base64')
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
});

it('loads nothing until there is a table to paint', async () => {
  const { counts, load } = counting();
  const add = addingPictures(load);
  const image = { alt: 'A chart', png: 'AAAA' };
  for (const plain of [
    reply(),
    reply({ table: tableOf(2, 2), page: 1 }),
    reply({ table: tableOf(2, 2), image }),
  ]) {
    expect(await add(plain)).toBe(plain);
  }
  expect(counts).toEqual({ loaded: 0, painted: 0 });
});

it('paints a table once, however often and at whatever moment it is asked for', async () => {
  const { counts, load } = counting();
  const add = addingPictures(load);
  const ask = () => add(reply({ table: tableOf(3, 2) }));
  const [first, second] = await Promise.all([ask(), ask()]);
  expect(second).toEqual(first);
  expect(await ask()).toEqual(first);
  expect(counts).toEqual({ loaded: 1, painted: 1 });
});

it('keeps the pictures that were asked for last', async () => {
  const { counts, load } = counting(async () => ({ paint: async () => Buffer.from('PNG') }));
  const add = addingPictures(load);
  const ask = (at: number) => add(reply({ table: tableOf(1, 1, { row: () => `Need ${at}` }) }));
  for (let at = 0; at < 60; at += 1) await ask(at);
  await ask(0);
  await ask(60);
  expect(counts.painted).toBe(61);
  await ask(0);
  expect(counts.painted).toBe(61);
  await ask(1);
  expect(counts.painted).toBe(62);
});

it('leaves the words alone where nothing can paint, and says so once to the operator', async () => {
  const said = warnings();
  const add = addingPictures(() => Promise.reject(new Error('no canvas for this system')));
  for (const row of ['a', 'b']) {
    const given = reply({ table: tableOf(2, 2, { row: () => row }) });
    expect(await add(given)).toBe(given);
  }
  await expect.poll(() => said).toEqual(['a table is shown without its picture: no canvas for this system']);
});

it('leaves the words alone where the font lacks a character', async () => {
  const said = warnings();
  const given = reply({ table: tableOf(2, 2, { row: () => '日本語' }) });
  expect(await addingPictures(loadPainter)(given)).toBe(given);
  await new Promise(setImmediate);
  expect(said).toEqual([]);
});
