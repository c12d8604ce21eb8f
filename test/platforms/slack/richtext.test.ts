import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../../src/platforms/markdown.js';
import { drawRichText } from '../../../src/platforms/slack/richtext.js';
import { checkBlocks } from './loopback/blocks.js';

const drawn = (markdown: string) => drawRichText(parseMarkdown(markdown));
const elements = (markdown: string) =>
  drawn(markdown).flatMap((block) => (block.type === 'rich_text' ? block.elements : []));
const section = (...spans: readonly object[]) => ({ type: 'rich_text_section', elements: spans });
const text = (value: string, style?: object) => ({ type: 'text', text: value, ...(style ? { style } : {}) });

describe('lines', () => {
  it('draws bold, italic, strike and code as styles, one within the other', () => {
    expect(elements('a **b *c*** ~~d~~ `e`')).toEqual([
      section(
        text('a '),
        text('b ', { bold: true }),
        text('c', { bold: true, italic: true }),
        text(' '),
        text('d', { strike: true }),
        text(' '),
        text('e', { code: true }),
      ),
    ]);
  });

  it('keeps text literal that would ping or be an emoji in mrkdwn', () => {
    const hostile = '@channel @here :tada: *not_bold* &amp;';
    expect(elements('@channel @here :tada: \\*not\\_bold\\* &amp;amp;')).toEqual([section(text(hostile))]);
    expect(elements('<!channel> and <@U123> and <#C1>')).toEqual([
      section(text('<!channel> and <@U123> and <#C1>')),
    ]);
  });

  it('names a channel where its id is one, and shows the words of what only claims to be', () => {
    const channel = (id: string, style?: object) => ({
      type: 'channel',
      channel_id: id,
      ...(style ? { style } : {}),
    });
    expect(elements('in [C1ABC](channel:C1ABC)[x](channel:C1ABC), **[C2DEF](channel:C2DEF)**')).toEqual([
      section(text('in '), channel('C1ABC'), channel('C1ABC'), text(', '), channel('C2DEF', { bold: true })),
    ]);
    expect(elements('[one](channel:here) [two](channel:U123) [three](channel:)')).toEqual([
      section(text('one two three')),
    ]);
    expect(elements('> in [C1ABC](channel:C1ABC)')).toMatchObject([
      { type: 'rich_text_quote', elements: [text('in '), channel('C1ABC')] },
    ]);
  });

  it('separates paragraphs by an empty line, headings from what they head by a line break, and keeps line breaks', () => {
    expect(elements('# Head\n\none\ntwo\n\nthree')).toEqual([
      section(text('Head', { bold: true }), text('\none\ntwo\n\nthree')),
    ]);
  });

  it('draws nothing for nothing', () => {
    expect(drawn('')).toEqual([]);
    expect(drawn(' \n\n ')).toEqual([]);
  });

  it('replaces what no chat can show', () => {
    expect(elements('a\u0007b\ud800c')).toEqual([section(text('a b\ufffdc'))]);
  });
});

describe('links', () => {
  it('links web pages and mail addresses', () => {
    expect(elements('[the *page*](https://example.org/a) [mail](mailto:a@example.org)')).toEqual([
      section(
        { type: 'link', url: 'https://example.org/a', text: 'the ' },
        { type: 'link', url: 'https://example.org/a', text: 'page', style: { italic: true } },
        text(' '),
        { type: 'link', url: 'mailto:a@example.org', text: 'mail' },
      ),
    ]);
  });

  it('draws other addresses as text', () => {
    expect(elements('[run](javascript:alert(1)) [mine](slack://user?id=U1)')).toEqual([
      section(text('run mine')),
    ]);
  });

  it('shows both addresses where a text names another one than it leads to', () => {
    expect(elements('[https://bank.example](https://evil.example/)')).toEqual([
      section(
        text('https://bank.example ('),
        { type: 'link', url: 'https://evil.example/', text: 'https://evil.example/' },
        text(')'),
      ),
    ]);
    expect(elements('www.example.org')).toEqual([
      section({ type: 'link', url: 'http://www.example.org/', text: 'www.example.org' }),
    ]);
  });

  it('writes out an address that is too long for a link', () => {
    const url = `https://example.org/${'a'.repeat(3_000)}`;
    expect(elements(`[here](${url})`)).toEqual([section(text(`here (${url})`))]);
  });

  it('names the address where a link has no text', () => {
    expect(elements('[](https://example.org/)')).toEqual([
      section({ type: 'link', url: 'https://example.org/', text: 'https://example.org/' }),
    ]);
  });
});

describe('lists', () => {
  const list = (style: string, indent: number, items: readonly string[], more: object = {}) => ({
    type: 'rich_text_list',
    style,
    indent,
    elements: items.map((item) => section(text(item))),
    ...more,
  });

  it('nests by indent, and goes on after what is nested', () => {
    expect(elements('- a\n  - b\n    - c\n- d')).toEqual([
      list('bullet', 0, ['a']),
      list('bullet', 1, ['b']),
      list('bullet', 2, ['c']),
      list('bullet', 0, ['d']),
    ]);
  });

  it('counts on from its first number, past what stands between its items', () => {
    expect(elements('3. a\n4. b\n   - x\n5. c')).toEqual([
      list('ordered', 0, ['a', 'b'], { offset: 2 }),
      list('bullet', 1, ['x']),
      list('ordered', 0, ['c'], { offset: 4 }),
    ]);
  });

  it('never indents deeper than Slack does', () => {
    const deep = Array.from({ length: 12 }, (_, at) => `${'  '.repeat(at)}- level ${at}`).join('\n');
    expect(checkBlocks(drawn(deep), 'message')).toEqual([]);
    expect(JSON.stringify(drawn(deep))).toContain('level 11');
  });

  it('puts an empty line between a list and the next paragraph, and none before a list', () => {
    expect(elements('before\n\n- a\n\nafter')).toEqual([
      section(text('before')),
      list('bullet', 0, ['a']),
      section(text('\nafter')),
    ]);
  });

  it('draws code within an item below it', () => {
    expect(elements('1. a\n\n   ```\n   x\n   ```\n2. b')).toEqual([
      list('ordered', 0, ['a']),
      { type: 'rich_text_preformatted', elements: [text('x')] },
      list('ordered', 0, ['b'], { offset: 1 }),
    ]);
  });

  it('shows an item without words', () => {
    expect(elements('- \n- a')).toEqual([list('bullet', 0, [' ', 'a'])]);
  });
});

describe('blocks', () => {
  it('draws code as it stands, empty code too', () => {
    expect(elements('```\n<!here> `x`\n\n  y\n```\n\n```\n```')).toEqual([
      { type: 'rich_text_preformatted', elements: [text('<!here> `x`\n\n  y')] },
      { type: 'rich_text_preformatted', elements: [text(' ')] },
    ]);
  });

  it('draws quotes, with the lists and code in them, and marks who is quoted within a quote', () => {
    expect(elements('> a\n> b\n>\n> > c\n>\n> - d')).toEqual([
      { type: 'rich_text_quote', elements: [text('a\nb\n\n> c')] },
      { type: 'rich_text_list', style: 'bullet', indent: 0, border: 1, elements: [section(text('d'))] },
    ]);
  });

  it('draws a line across as a divider', () => {
    expect(drawn('a\n\n---\n\nb').map(({ type }) => type)).toEqual(['rich_text', 'divider', 'rich_text']);
  });

  it('draws a narrow table as aligned text, and a wide one as a list', () => {
    expect(elements('| a | bb |\n|---|---|\n| ccc | **d** |')).toEqual([
      { type: 'rich_text_preformatted', elements: [text('a    bb\n-------\nccc  d')] },
    ]);
    const wide = `| a | b |\n|---|---|\n| c | ${'long '.repeat(20)} |`;
    expect(elements(wide).map(({ type }) => type)).toEqual(['rich_text_list', 'rich_text_list']);
  });
});

const markdown = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom(
        '- ',
        '\n',
        '\n\n',
        '> ',
        '1. ',
        '`',
        '```\n',
        '**',
        '~~',
        '| a | b |\n|---|---|\n| c | d |\n',
      ),
      fc.constantFrom(
        '# ',
        '---',
        '  ',
        '[x](https://a.example)',
        '<!channel>',
        '<@U1>',
        'word ',
        '_',
        '[ ] ',
      ),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

it('draws any text as what Slack takes, in nothing but literal text and links', () => {
  fc.assert(
    fc.property(markdown, (wild) => {
      const blocks = drawn(wild);
      expect(checkBlocks(blocks, 'home')).toEqual([]);
      expect(JSON.stringify(blocks)).not.toMatch(
        /"type":"(?:user|usergroup|channel|broadcast|emoji|team|date|color)"/,
      );
    }),
    { numRuns: 300 },
  );
});
