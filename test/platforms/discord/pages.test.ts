import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/bot/reply.js';
import { parseMarkdown } from '../../../src/platforms/markdown.js';
import { plainText } from '../../../src/platforms/paging.js';
import { buttonsOf, pagesOf, seenIn, selectsOf } from './pages.js';

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('the pages of a reply on Discord', () => {
  it('keeps every word, button and option of any reply, whatever its length', async () => {
    await fc.assert(
      fc.asyncProperty(wild, async (drawn) => {
        const pages = await pagesOf(drawn);
        const seen = pages.map(seenIn).join('\n');
        const { title = '', text, fields = [] } = drawn;
        const names = fields.map(({ name }) => name);
        const said = [title, ...names, ...[text, ...fields.map((field) => field.text)].flatMap(readable)];
        const words = new Set(said.join(' ').match(/w\d+w/g));
        expect([...words].filter((word) => !seen.includes(word))).toEqual([]);
        const presses = new Set(pages.flatMap((page) => buttonsOf(page).map(({ custom_id }) => custom_id)));
        expect(drawn.buttons?.filter(({ press }) => !presses.has(press))).toEqual([]);
        const values = pages
          .flatMap(selectsOf)
          .flatMap((one) => one.options.map(({ value }) => `${one.custom_id} ${value}`));
        const asked = drawn.selects?.flatMap(({ press, options }) =>
          options.map(({ value }) => `${press} ${value}`),
        );
        expect(asked?.filter((one) => !values.includes(one))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});

/** The words of Markdown that are text: not the language of a code block, nor a cell beyond a table's header. */
function readable(markdown: string): readonly string[] {
  return parseMarkdown(markdown).map(plainText);
}

let words = 0;
const word = fc.nat(9_999).map(() => {
  words += 1;
  return `w${words}w`;
});
const mark = fc.constantFrom(
  ...['**', '*', '`', '```', '~~', '- ', '  - ', '1. ', '> ', '# ', '| a | b |\n| - | - |\n| ', ' | '],
  ...[
    '\n',
    '\n\n',
    '||',
    '_',
    '<@1>',
    '@everyone',
    '😀',
    '\\',
    '[',
    '](https://e.com/a_b)',
    'https://e.com/*x* ',
  ],
);
const wildText = (most: number) =>
  fc
    .array(fc.oneof({ weight: 3, arbitrary: word }, { weight: 1, arbitrary: mark }), {
      maxLength: most,
      size: 'max',
    })
    .map((bits) => bits.join(' '));
const label = fc.oneof(wildText(4), wildText(40));
const wild: fc.Arbitrary<Reply> = fc.record({
  title: fc.oneof(wildText(4), wildText(90)),
  text: fc.oneof(wildText(20), wildText(900)),
  fields: fc.oneof(
    fc.array(fc.record({ name: label, text: wildText(6) }), { maxLength: 40 }),
    fc.array(fc.record({ name: label, text: wildText(250) }), { maxLength: 5 }),
  ),
  buttons: fc.array(fc.record({ label, press: fc.stringMatching(/^[a-z]{1,3}\/[a-z]{1,90}$/) }), {
    maxLength: 45,
  }),
  selects: fc.array(
    fc.record({
      label,
      press: fc.stringMatching(/^[a-c]$/),
      options: fc.array(
        fc.record({ label, value: fc.stringMatching(/^[a-z0-9]{1,100}$/), description: label }),
        { maxLength: 60 },
      ),
    }),
    { maxLength: 4 },
  ),
  image: fc.constant({ alt: 'x'.repeat(2_000), png: pixel }),
  visibility: fc.constantFrom('public', 'private'),
});
