import fc from 'fast-check';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { codeSpan, label, literal } from '../../src/bot/markdown.js';

const nodesOf = (markdown: string) => {
  const tree = unified().use(remarkParse).parse(markdown);
  const [paragraph] = tree.children;
  return paragraph?.type === 'paragraph' ? paragraph.children : tree.children;
};

test('joiners, which scripts and emoji are written with, stay; what turns text around goes', () => {
  for (const text of ['می\u200cخواهم', '👩\u200d🚀'])
    expect([literal(text), label(text)]).toEqual([text, text]);
  expect(label('a\u202eb\u0000c')).toBe('a b c');
});

test('whatever a person typed stands in Markdown as itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (text) => {
      const drawn = nodesOf(`Name: ${literal(text)}.`);
      const seen = text.replace(/(?:(?![\u200c\u200d])[\p{C}\p{Zl}\p{Zp}])+/gu, ' ').trim();
      expect(drawn).toMatchObject([{ type: 'text', value: `Name: ${seen}.` }]);
    }),
  );
});

test('a code span holds any backticks', () => {
  for (const text of ['a', '`', '``x```', '` a `']) {
    expect(nodesOf(codeSpan(text))).toMatchObject([{ type: 'inlineCode' }]);
  }
});

test('a label is one line and is cut between characters', () => {
  expect(label('two\nlines')).toBe('two lines');
  expect(label('😀'.repeat(100))).toBe(`${'😀'.repeat(74)}…`);
  expect([...label('x'.repeat(200))]).toHaveLength(75);
});
