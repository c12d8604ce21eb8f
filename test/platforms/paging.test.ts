import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Markup, parseMarkdown } from '../../src/platforms/markdown.js';
import { plainText, splitMarkup, splitText } from '../../src/platforms/paging.js';

/** Each tag costs two characters, as if it were drawn as one before and one after. */
function costOf(nodes: readonly Markup[]): number {
  return nodes.reduce(
    (sum, node) => sum + (typeof node === 'string' ? node.length : 2 + costOf(node.children)),
    0,
  );
}

const split = (markdown: string, limit: number) =>
  splitMarkup(parseMarkdown(markdown), { limit, measure: costOf });
const texts = (parts: readonly (readonly Markup[])[]) => parts.map((part) => part.map(plainText).join('\n'));

describe('splitting a tree', () => {
  it('leaves alone what fits', () => {
    const blocks = parseMarkdown('one **two** three');
    expect(splitMarkup(blocks, { limit: 100, measure: costOf })).toEqual([blocks]);
    expect(splitMarkup([], { limit: 100, measure: costOf })).toEqual([]);
  });

  it('splits between blocks before it splits a block', () => {
    expect(texts(split('one two three\n\nfour five six', 20))).toEqual(['one two three', 'four five six']);
  });

  it('splits between lines before it splits a line', () => {
    expect(texts(split('one two\nthree four\nfive six seven', 16))).toEqual([
      'one two',
      'three four',
      'five six seven',
    ]);
  });

  it('splits between words before it splits a word', () => {
    expect(texts(split('one two three four', 12))).toEqual(['one two', 'three four']);
  });

  it('splits a word that nothing else can, never in the middle of a character', () => {
    const parts = texts(split('😀'.repeat(20), 13));
    expect(parts.join('')).toBe('😀'.repeat(20));
    for (const part of parts) expect(part).not.toMatch(/\p{Surrogate}/u);
  });

  it('keeps a heading with what it is the heading of', () => {
    expect(texts(split('one two three four\n\n# Five\n\nsix seven eight', 26))).toEqual([
      'one two three four',
      'Five\nsix seven eight',
    ]);
  });

  it('keeps the items of a list whole, and goes on counting', () => {
    const parts = split('8. one two\n9. three four\n10. five six', 24);
    expect(texts(parts)).toEqual(['one two', 'three four', 'five six']);
    expect(parts.flat().map((list) => typeof list === 'object' && list.start)).toEqual([8, 9, 10]);
  });

  it('keeps the number of an item that goes on in the next part', () => {
    const parts = split('3. one two three four five six\n4. seven', 24);
    expect(texts(parts)).toEqual(['one two three four', 'five six\nseven']);
    expect(parts.flat().map((list) => typeof list === 'object' && list.start)).toEqual([3, 3]);
  });

  it('closes emphasis in one part and opens it in the next', () => {
    expect(split('**one two three four**', 14)).toEqual([
      [{ tag: 'p', children: [{ tag: 'strong', children: ['one two'] }] }],
      [{ tag: 'p', children: [{ tag: 'strong', children: ['three four'] }] }],
    ]);
  });

  it('splits code between its lines', () => {
    expect(split('```\none\n  two\nthree\n```', 12)).toEqual([
      [{ tag: 'pre', children: ['one\n  two'] }],
      [{ tag: 'pre', children: ['three'] }],
    ]);
  });

  it('says the heading of a table again', () => {
    const parts = split('| h |\n| --- |\n| one |\n| two |\n| three |', 24);
    expect(texts(parts)).toEqual(['h\none\ntwo', 'h\nthree']);
  });

  it('gives up markup that leaves no room for text, and keeps the address of a link', () => {
    const address = `https://example.com/${'x'.repeat(30)}`;
    const measure = (nodes: readonly Markup[]): number =>
      nodes.reduce((sum, node) => {
        if (typeof node === 'string') return sum + node.length;
        return sum + measure(node.children) + (node.href?.length ?? 0);
      }, 0);
    const parts = splitMarkup(parseMarkdown(`[a link](${address})`), { limit: 20, measure });
    expect(texts(parts).join('').replace(/\s/g, '')).toBe(`alink(${address})`);
    for (const part of parts) expect(measure(part)).toBeLessThanOrEqual(20);
  });

  it('keeps every word of any Markdown, each part within the limit', () => {
    const word = fc.stringMatching(/^[a-z]{1,7}$/);
    const line = fc
      .tuple(
        fc.constantFrom('', '- ', '  - ', '3. ', '# ', '> ', '    ', '| ', '```'),
        fc.array(word, { maxLength: 9 }),
      )
      .map(([mark, words]) => mark + words.join(' '));
    const emphasis = fc
      .array(word, { minLength: 1, maxLength: 9 })
      .map((words) => `**${words.join(' ')}** \`${words[0]}\``);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(line, emphasis, fc.constant('')), { maxLength: 30 }),
        fc.integer({ min: 24, max: 300 }),
        (lines, limit) => {
          const blocks = parseMarkdown(lines.join('\n'));
          const parts = splitMarkup(blocks, { limit, measure: costOf });
          for (const part of parts) expect(costOf(part)).toBeLessThanOrEqual(limit);
          const words = (nodes: readonly Markup[]) =>
            nodes
              .map(plainText)
              .join('\n')
              .match(/[a-z]+/g) ?? [];
          expect(parts.flatMap(words)).toEqual(words(blocks));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('splits a long text that has no parts in it', () => {
    const text = 'x'.repeat(200_000);
    const parts = split(`\`\`\`\n${text}\n\`\`\``, 4_000);
    expect(texts(parts).join('').replace(/[^x]/g, '')).toBe(text);
    expect(parts.length).toBeLessThan(60);
  });
});

describe('splitting plain text', () => {
  it('splits at words', () => {
    expect(splitText('one two three', (text) => text.length <= 8)).toEqual(['one two', 'three']);
    expect(splitText('', () => true)).toEqual([]);
  });

  it('fails rather than go on for ever where nothing fits', () => {
    expect(() => splitText('a', () => false)).toThrow('not one character');
    expect(() => splitMarkup(['a'], { limit: 0, measure: costOf })).toThrow('not one character');
  });
});
