import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawMarkup } from '../../../src/platforms/discord/markup.js';
import { type Markup, parseMarkdown } from '../../../src/platforms/markdown.js';
import { readDiscord, textOf } from './reader.js';

const draw = (markdown: string) => drawMarkup(parseMarkdown(markdown));
const literal = (text: string): Markup => ({ tag: 'p', children: [text] });
const UNSEEN = '\u200B';
const visible = (text: string) => text.replace(/[\s\u200B]/g, '');

describe('text for Discord', () => {
  it.each([
    '**not bold** *nor this* _nor this_ __nor this__',
    '~~kept~~ and ||no spoiler||',
    '`no code` and ```none```',
    '<@1234567890> <@!1> <@&1> <#1> <:party:1> <a:party:1> <t:1700000000:R> </explain:1> <id:customize>',
    '@everyone and @here',
    ':smile: and :+1: in arn:aws:s3:::bucket',
    '[a link](https://example.com) and https://example.com/a_b and <https://example.com>',
    'javascript:alert(1) and [x](javascript:alert(1))',
    '# no heading',
    '-# no small print',
    '> no quote',
    '>>> no quote',
    '- no item',
    '* no item',
    '12. no item',
    'a \\ backslash, \\* two, and one at the end \\',
    '¯\\_(ツ)_/¯',
  ])('shows %j as it stands', (text) => {
    const seen = readDiscord(drawMarkup([literal(text)]));
    expect(textOf(seen)).toBe(text);
    expect(seen.flatMap(({ kinds }) => kinds)).toEqual([]);
  });

  it('shows any text of a person as it stands, alone and in emphasis', () => {
    const bit = fc.constantFrom(
      ...['*', '**', '_', '__', '~~', '`', '```', '||', '\\', '<@1>', '<#1>', '<:x:1>', '<t:1>', '@everyone'],
      ...[
        '- ',
        '# ',
        '-# ',
        '> ',
        '1. ',
        ' ',
        'a',
        'bc',
        ':x:',
        '://',
        'https://e.com/',
        '[',
        ']',
        '(',
        ')',
        '<',
        '>',
      ],
      ...['\n', '+', '!', '.', '😀', 'é'],
    );
    fc.assert(
      fc.property(
        fc.array(bit, { minLength: 1, maxLength: 12 }).map((bits) => bits.join('')),
        fc.constantFrom('p', 'strong', 'em', 'del', 'code'),
        (text, tag) => {
          const seen = readDiscord(drawMarkup([{ tag: 'p', children: [{ tag, children: [text] }] }]));
          expect(visible(textOf(seen))).toBe(visible(text));
          const kinds = new Set(seen.filter((one) => visible(one.text) !== '').flatMap((one) => one.kinds));
          expect([...kinds]).toEqual(tag === 'p' || visible(text) === '' ? [] : [tag]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('names a channel where its id is one, and shows the words of what only claims to be', () => {
    expect(draw('in [1234567890123456789](channel:1234567890123456789)')).toBe('in <#1234567890123456789>');
    expect(draw('[one](channel:here) [two](channel:@everyone)')).toBe('one two');
  });

  it('keeps emphasis that is nested or next to other emphasis', () => {
    fc.assert(
      fc.property(markup(3), (inline) => {
        const seen = readDiscord(drawMarkup([{ tag: 'p', children: inline }]));
        const characters = seen.flatMap(({ text, kinds }) =>
          [...visible(text)].map((character) => `${character} ${stylesOf(kinds)}`),
        );
        expect(characters).toEqual(inline.flatMap((node) => expected(node, [])));
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['**# in bold**', '**\\# in bold**'],
    ['**a *b* c** *d **e***', '**a *b* c** *d **e***'],
    ['**a `b**c` d**', '**a** `b**c` **d**'],
    ['a\nb', 'a\nb'],
    ['# Heading\ntext', '**Heading**\ntext'],
    ['one\n\ntwo', 'one\n\ntwo'],
    ['a\n- b\n- c\n\nd', 'a\n- b\n- c\n\nd'],
    ['> a\n> b', '> a\n> b'],
    ['> > a', '> \\> a'],
    ['3. a\n4. b', '3. a\n4. b'],
    ['- [ ] a\n- [x] b', '- ☐ a\n- ☑ b'],
    ['<b>x</b>', '\\<b\\>x\\</b\\>'],
  ])('draws %j', (markdown, drawn) => {
    expect(draw(markdown)).toBe(drawn);
  });

  it('indents nested lists, and stops at a level that can still be read', () => {
    expect(draw('- a\n  - b\n    1. c\n- d')).toBe('- a\n  - b\n    1. c\n- d');
    const deep = Array.from({ length: 9 }, (_, at) => `${'  '.repeat(at)}- level ${at}`).join('\n');
    expect(draw(deep).split('\n').at(-1)).toBe(`${'  '.repeat(5)}- level 8`);
  });

  it('keeps an item of several paragraphs together, and code of an item at the margin', () => {
    expect(draw('- a\n\n  b\n- c')).toBe('- a\n  b\n- c');
    expect(draw('- a\n  ```\n  x\n  ```\n- c')).toBe('- a\n```\nx\n```\n- c');
  });

  it.each([
    ['`a`', '`a`'],
    ['`` a`b ``', '``a`b``'],
    ['`` `a` ``', '`` `a` ``'],
    ['```` ``` ````', `\`\` \`${UNSEEN}\`${UNSEEN}\` \`\``],
    ['`a``b`'.replace('``', '` `'), '`a` `b`'],
  ])('draws the code span %j', (markdown, drawn) => {
    expect(draw(markdown)).toBe(drawn);
  });

  it('keeps a fence closed whatever the code has', () => {
    const seen = readDiscord(draw('````\n```js\nx\n```\n````'));
    expect(seen.map(({ kinds }) => kinds)).toEqual([['code']]);
    expect(visible(textOf(seen))).toBe('```jsx```');
    expect(draw('```\n```')).toBe(`\`\`\`\n${UNSEEN}\n\`\`\``);
  });

  it.each([
    ['[AWS](https://aws.amazon.com/eks)', '[AWS](<https://aws.amazon.com/eks>)'],
    ['https://example.com/a_b', '<https://example.com/a_b>'],
    ['[a](https://example.com/(x))', '[a](<https://example.com/%28x%29>)'],
    ['[https://good.example](https://bad.example)', 'https\\://good.example (<https://bad.example/>)'],
    ['[a\\[0\\]](https://example.com)', 'a\\[0\\] (<https://example.com/>)'],
    ['[mail](mailto:a@example.com)', 'mail (a\\@example.com)'],
    ['[x](javascript:alert(1))', 'x'],
    ['**[a](https://example.com/*)**', '[a](<https://example.com/*>)'],
    ['![a diagram](https://example.com/d.png)', '[a diagram](<https://example.com/d.png>)'],
  ])('draws the link %j', (markdown, drawn) => {
    expect(draw(markdown)).toBe(drawn);
  });

  it('draws a narrow table in aligned columns', () => {
    expect(draw('| Mode | Pods |\n| --- | --- |\n| **ipv4** | 30 |\n| 日本 | `1` |')).toBe(
      '```\nMode  Pods\n----------\nipv4  30\n日本  1\n```',
    );
  });

  it('draws a wide table as a list that says each header', () => {
    const long = 'a value that is far too long to stand in a column beside others';
    expect(draw(`| Mode | Note | More |\n| --- | --- | --- |\n| **ipv4** | ${long} | |\n`)).toBe(
      `- Mode: **ipv4**\n  - Note: ${long}`,
    );
  });
});

const text = fc.stringMatching(/^[a-c*_~`]{1,3}$/);
const markup = (depth: number): fc.Arbitrary<readonly Markup[]> => {
  const code = text.map((inside): Markup => ({ tag: 'code', children: [inside] }));
  const nested = fc
    .record({ tag: fc.constantFrom('strong' as const, 'em' as const, 'del' as const), children: fc.nat() })
    .chain(({ tag }) => markup(depth - 1).map((children): Markup => ({ tag, children })));
  const node = depth === 0 ? fc.oneof(text, code) : fc.oneof(text, code, nested);
  return fc.array(node, { minLength: 1, maxLength: 3 });
};

/** In code the emphasis around it does not count. */
function stylesOf(kinds: readonly string[]): string {
  return kinds.includes('code') ? 'code' : [...new Set(kinds)].sort().join();
}

/** Each character with its styles. */
function expected(node: Markup, styles: readonly string[]): readonly string[] {
  if (typeof node === 'string') {
    return [...node].map((character) => `${character} ${stylesOf(styles)}`);
  }
  return node.children.flatMap((child) => expected(child, [...styles, node.tag]));
}
