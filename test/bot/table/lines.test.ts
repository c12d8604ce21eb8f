import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linesOf } from '../../../src/bot/table/lines.js';

/** Every character one pixel wide. */
const measure = (text: string) => [...new Intl.Segmenter('en').segment(text)].length;
const lines = (text: string, width: number, most = 9) => linesOf(text, width, most, measure);

it('breaks between words, and after a hyphen or a slash', () => {
  expect(lines('Managed node groups', 8)).toEqual(['Managed', 'node', 'groups']);
  expect(lines('EKS Auto Mode', 8)).toEqual(['EKS Auto', 'Mode']);
  expect(lines('Self-managed nodes', 8)).toEqual(['Self-', 'managed', 'nodes']);
  expect(lines('read/write', 6)).toEqual(['read/', 'write']);
  expect(lines('well-known', 20)).toEqual(['well-known']);
});

it('breaks a word that is too long by itself, and goes on after it', () => {
  expect(lines('a Donaudampfschiff b', 6)).toEqual(['a', 'Donaud', 'ampfsc', 'hiff b']);
});

it('never cuts through what a reader takes for one character', () => {
  expect(lines('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 2)).toEqual(['👩‍👩‍👧👩‍👩‍👧', '👩‍👩‍👧']);
});

it('cuts what finds no line, and says so with an ellipsis', () => {
  expect(lines('one two three four', 5, 2)).toEqual(['one', 'two…']);
  expect(lines('abcdefghij', 5, 1)).toEqual(['abcd…']);
  expect(lines('one two', 7, 1)).toEqual(['one two']);
});

it('shows nothing for nothing', () => {
  expect(lines('', 5)).toEqual([]);
  expect(lines('  ', 5)).toEqual([]);
});

it('keeps every line within the width and every character in its place, whatever the text', () => {
  const bare = (text: string) => text.replace(/\s/gu, '');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 20 }), (text, width) => {
      const all = lines(text, width, 1_000);
      expect(all.every((line) => measure(line) <= width)).toBe(true);
      expect(bare(all.join(''))).toBe(bare(text));
      const some = lines(text, width, 2);
      expect(some.length).toBeLessThanOrEqual(2);
      expect(some.every((line) => measure(line) <= width)).toBe(true);
    }),
  );
});
