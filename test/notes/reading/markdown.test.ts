import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBlocks } from '../../../src/notes/reading/commonmark.js';
import { readInline } from '../../../src/notes/reading/inline.js';
import { readLines } from '../../../src/notes/reading/lines.js';
import { readBlocks } from '../../../src/notes/reading/markdown.js';
import { readPlain } from '../../../src/notes/reading/plain.js';

/** Ours is what the parser gives, on the lines that a note comes down to. */
function expectSame(text: string): void {
  const { lines } = readLines(text);
  expect([...readBlocks(lines)], JSON.stringify(text)).toEqual(parseBlocks(lines.join('\n'), 0));
}

const anyOf = (...choices: readonly string[]) => fc.constantFrom(...choices);

const inline = fc.oneof(
  anyOf(
    'word',
    'two words',
    'Ä',
    '分片',
    '🔥',
    '1',
    ' ',
    '  ',
    '.',
    ', ',
    ': ',
    '\u00a0',
    '(exam)',
    ' <- exam',
  ),
  anyOf(
    '*',
    '**',
    '***',
    '_',
    '__',
    '`',
    '``',
    '\\',
    '\\*',
    '\\`',
    '~',
    '=',
    '#',
    '|',
    '"',
    '—',
    '$',
    '(',
    ')',
  ),
  anyOf('**bold**', '*em*', '_em_', '__bold__', '`code`', '`a*b`', '``a`b``', '**b`c`**', '*a **b** c*'),
  anyOf('&', '&amp;', '<', '>', '<https://a.b>', 'https://a.b', 'a@b.c', 'snake_case', 'a*b', '` `', '` a `'),
  anyOf(
    '[',
    ']',
    '![',
    '](',
    '[x]',
    '[ ]',
    '[^1]',
    '[[w]]',
    '[]()',
    '![i](p)',
    '[a](b)',
    '[a](https://a.b/c_d)',
  ),
);
const words = fc.array(inline, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));

const together = (...parts: readonly fc.Arbitrary<string>[]) => fc.tuple(...parts).map((of) => of.join(''));

const indent = anyOf('', '', '', '  ', '  ', '    ', '    ', '      ', ' ', '   ', '\t', '\t\t');
const tame = fc.oneof(
  { weight: 6, arbitrary: together(indent, anyOf('', '', '- ', '- ', '* ', '+ ', '1. ', '2) '), words) },
  { weight: 1, arbitrary: together(anyOf('# ', '## ', '### ', '#'), words) },
  { weight: 2, arbitrary: anyOf('', '', ' ', '---', '***', '|-|-|', '--|--') },
);
const wild = fc.oneof(
  tame,
  together(
    indent,
    anyOf('12. ', '1234. ', '> ', '> - ', ': ', '- - ', '- [ ] ', '- > ', '- # ', '- 1. '),
    words,
  ),
  together(
    indent,
    anyOf('```', '- ```', '~~~', '| ', '[!note] ', '[!note] ```', '[a]: ', '[^1]: ', '<!--'),
    words,
  ),
  anyOf('===', '- -', '```', '~~~', '-->', '-', '+', '*', '# ', '|', '\0'),
);
const noteOf = (line: fc.Arbitrary<string>) =>
  fc.array(line, { maxLength: 14 }).map((lines) => lines.join('\n'));

const shipped = ['content', 'test/notes/reading/habits', 'test/notes/lookup/unseen'];

describe('the reading of plain blocks by our own rules gives what the CommonMark parser gives', () => {
  it.each([
    ['notes of lists, headings and paragraphs', noteOf(tame)],
    ['notes of anything', noteOf(wild)],
    ['the lines of a paragraph', fc.array(words, { maxLength: 3 }).map((lines) => `x${lines.join('\n')}`)],
    ['any characters', fc.string({ unit: 'binary', maxLength: 60 })],
  ])('for %s', (_, texts) => {
    fc.assert(fc.property(texts, expectSame), { numRuns: 400 });
  });

  it.each(shipped)('for the notes in %s', (folder) => {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const notes = names.filter((name) => /\.(md|markdown)$/.test(name));
    expect(notes).not.toHaveLength(0);
    for (const name of notes) expectSame(readFileSync(path.join(folder, name), 'utf8'));
  });
});

describe('the parser is not needed', () => {
  it.each([
    ['**Pod**: the *smallest* `unit` of max_pods, 2 * 3 & "more" < 5'],
    ['see [the docs](https://example.com/a_b) and [2]'],
    ['over\ntwo lines'],
    ['an escaped \\* and ``a ` tick``'],
  ])('for the words of %j', (text) => {
    expect(readInline(text)).toBeDefined();
  });

  it('for nested lists, for paragraphs within them and for lines that go on', () => {
    const lines = [
      '- a',
      'goes on',
      '  - b',
      '',
      '    more of b',
      '',
      '  more of a',
      '- c',
      '+ another list',
    ];
    expect(readPlain(lines, 0, lines.length, () => undefined)).toBeDefined();
  });
});
