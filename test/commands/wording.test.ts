import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceText } from '../../src/commands/wording.js';
import { type Markup, parseMarkdown } from '../../src/platforms/markdown.js';

const WEB = 'https://github.com/team/notes/blob/main';

const textOf = (markup: readonly Markup[]): string =>
  markup.map((piece) => (typeof piece === 'string' ? piece : textOf(piece.children))).join('');
const linksOf = (markup: readonly Markup[]): string[] =>
  markup.flatMap((piece) =>
    typeof piece === 'string'
      ? []
      : [...(piece.href === undefined ? [] : [piece.href]), ...linksOf(piece.children)],
  );

describe('the place of a line', () => {
  it('is the file and the line, and a link where the notes are on the web', () => {
    const source = { note: 'eks/my notes.md', line: 26 };
    expect(sourceText(source, undefined)).toBe('*eks/my notes.md, line 26*');
    expect(sourceText(source, WEB)).toBe(`[eks/my notes.md, line 26](${WEB}/eks/my%20notes.md#L26)`);
  });

  it.each([
    'a](https://evil.example) [b.md',
    'x) [y](javascript:alert(1)).md',
    '`code` *star* __bar__ <b>.md',
    'half \ud800 pair.md',
    'line\nbreak \u202e.md',
    '100% #1 ?a=b&c.md',
    '日本語/メモ.md',
    '~~gone~~ | cell.md',
  ])('of a file called %j is one link to that file, and is read as it is written', (note) => {
    const drawn = parseMarkdown(sourceText({ note, line: 3 }, WEB));
    const links = linksOf(drawn);
    expect(links).toHaveLength(1);
    const address = new URL(links[0] ?? '');
    expect(address.href.startsWith(`${WEB}/`)).toBe(true);
    expect(address.hash).toBe('#L3');
    expect(decodeURIComponent(address.pathname.slice(new URL(WEB).pathname.length + 1))).toBe(
      note.replace(/\p{Surrogate}/gu, '\uFFFD'),
    );
    const seen = note.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
    expect(textOf(drawn)).toBe(`${seen}, line 3`);
  });

  it('never links elsewhere, whatever a file is called', () => {
    const name = fc
      .string({ unit: fc.constantFrom(...'a.]()[<>*_`\\!:#?%&/~| \n"\''), minLength: 1, maxLength: 20 })
      .filter((text) => !text.split('/').some((step) => step === '' || step === '.' || step === '..'));
    fc.assert(
      fc.property(name, (note) => {
        const links = linksOf(parseMarkdown(sourceText({ note, line: 1 }, WEB)));
        return links.length === 1 && new URL(links[0] ?? '').href.startsWith(`${WEB}/`);
      }),
      { numRuns: 500 },
    );
  });
});
