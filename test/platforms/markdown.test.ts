import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Markup, parseMarkdown } from '../../src/platforms/markdown.js';

/** The words of a tree, as a reader would copy them. */
function wordsOf(nodes: readonly Markup[]): string {
  return nodes
    .map((node) =>
      typeof node === 'string' ? node : `${wordsOf(node.children)}${node.tag === 'p' ? ' ' : ''}`,
    )
    .join('');
}

function linksOf(nodes: readonly Markup[]): readonly string[] {
  return nodes.flatMap((node) =>
    typeof node === 'string'
      ? []
      : [...(node.href === undefined ? [] : [node.href]), ...linksOf(node.children)],
  );
}

describe('Markdown of a Reply', () => {
  it('keeps nested bullets nested', () => {
    expect(parseMarkdown('- a\n    - `b`')).toEqual([
      {
        tag: 'ul',
        children: [
          {
            tag: 'li',
            children: [
              { tag: 'p', children: ['a'] },
              {
                tag: 'ul',
                children: [
                  { tag: 'li', children: [{ tag: 'p', children: [{ tag: 'code', children: ['b'] }] }] },
                ],
              },
            ],
          },
        ],
      },
    ]);
  });

  it('breaks lines where the text does, as chats do', () => {
    expect(parseMarkdown('a\nb')).toEqual([{ tag: 'p', children: ['a', { tag: 'br', children: [] }, 'b'] }]);
  });

  it('leaves a single tilde alone, which means about', () => {
    expect(wordsOf(parseMarkdown('~5 to ~10 minutes')).trim()).toBe('~5 to ~10 minutes');
  });

  it('reads tables, numbers that do not start at 1, and ticks', () => {
    expect(parseMarkdown('| a |\n| - |\n| b |')).toMatchObject([
      {
        tag: 'table',
        children: [{ children: [{ tag: 'th' }] }, { children: [{ tag: 'td', children: ['b'] }] }],
      },
    ]);
    expect(parseMarkdown('3. c')).toMatchObject([{ tag: 'ol', start: 3 }]);
    expect(wordsOf(parseMarkdown('- [x] done'))).toContain('☑ done');
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\tscript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '[x](file:///etc/passwd)',
    '[x](//evil.example)',
    '[x](/api/messages)',
    '<javascript:alert(1)>',
    '![x](javascript:alert(1))',
    '[x][y]\n\n[y]: javascript:alert(1)',
  ])('makes no link of %s', (text) => {
    expect(linksOf(parseMarkdown(text))).toEqual([]);
    expect(wordsOf(parseMarkdown(text))).toMatch(/x|javascript/);
  });

  it('makes links of the web and of mail, references too, and never loads a picture', () => {
    expect(
      linksOf(parseMarkdown('[a](https://a.example/b) <mailto:c@d.example> [e][f]\n\n[f]: http://g.example')),
    ).toEqual(['https://a.example/b', 'mailto:c@d.example', 'http://g.example/']);
    expect(parseMarkdown('![alt](https://a.example/x.png)')).toMatchObject([
      { children: [{ tag: 'a', children: ['alt'] }] },
    ]);
  });

  it('shows raw HTML as the text it is', () => {
    expect(wordsOf(parseMarkdown('<img src=x onerror=alert(1)>'))).toBe('<img src=x onerror=alert(1)>');
    expect(wordsOf(parseMarkdown('a <b>bold</b>')).trim()).toBe('a <b>bold</b>');
  });

  it.each([
    ['quotes', '>'.repeat(15_000)],
    ['bullets', '- '.repeat(9_000)],
    ['brackets', '['.repeat(19_000)],
    ['stars', '*a **b '.repeat(2_500)],
    ['indented bullets', Array.from({ length: 120 }, (_, at) => `${' '.repeat(at * 2)}- x`).join('\n')],
    ['a megabyte', 'word '.repeat(200_000)],
  ])('draws %s without hanging or overflowing', (_name, text) => {
    const begun = performance.now();
    const tree = JSON.stringify(parseMarkdown(text));
    expect(tree.length).toBeGreaterThan(10);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it('never throws, links nothing unsafe and loses no word, whatever the text', () => {
    const piece = fc.constantFrom(
      '# ',
      '- ',
      '  ',
      '\n',
      '\n\n',
      '> ',
      '`',
      '**',
      '_',
      '[',
      '](',
      ')',
      '<',
      '>',
      '|',
      '1. ',
      '&lt;',
    );
    const word = fc.stringMatching(/^[a-z]{3,8}$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, word), { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const words = wordsOf(parseMarkdown(text));
        for (const href of linksOf(parseMarkdown(text))) expect(href).toMatch(/^(https?|mailto):/);
        // A link's address and a code block's info word are not read out; all else is.
        if (/[[\]<]|```/.test(text)) return;
        const bare = (all: string) => all.replace(/&lt;/g, '').replace(/[^a-z]/g, '');
        expect(bare(words)).toBe(bare(text));
      }),
      { numRuns: 300 },
    );
  });

  it('reads a text alike with the extensions and, where it shows no mark of them, without', () => {
    const piece = fc.constantFrom(
      ...'a b | - ( ) [ ] x * ** _ ` # > 1. + ! < & ; \\ ~~b~~ [^a] |- :-'.split(' '),
      'a\n:-',
      'a|b\n-|-',
      '- [x] b',
      ...'HTTPS://a.b http:\\/\\/a.b https&colon;//a.b www\\.a.b Ww&#119;.a.b a@b.c a&#64;b.c'.split(' '),
      ' ',
      '\n',
      '\n\n',
      '    ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        // What stands before it turns the extensions on for all that follows.
        expect(parseMarkdown(text)).toEqual(parseMarkdown(`www ~ | & @\n\n${text}`).slice(1));
      }),
      { numRuns: 1_000 },
    );
  });
});
