import type { ActionsBlockElement, KnownBlock, SectionBlockAccessory } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptForm, keptPage } from '../../../src/bot/kept.js';
import type { Button, Field, Form, Reply, Select } from '../../../src/bot/reply.js';
import { parseMarkdown } from '../../../src/platforms/markdown.js';
import { plainText } from '../../../src/platforms/paging.js';
import { drawMessage, type Extras, pictureOf } from '../../../src/platforms/slack/draw.js';
import type { Message } from '../../../src/platforms/slack/pages.js';
import { meaningOf } from '../../../src/platforms/slack/presses.js';
import { areTooLong, checkBlocks } from './loopback/blocks.js';

const KEPT = 'abcdefgh';
const keep = async () => KEPT;
const never = async () => {
  throw new Error('nothing needed to be kept');
};
const private_ = { visibility: 'private' } as const;

/** The elements of all actions blocks, and of the sections beside which one stands. */
const elementsOf = (
  blocks: readonly KnownBlock[],
): readonly (ActionsBlockElement | SectionBlockAccessory)[] =>
  blocks.flatMap((block): readonly (ActionsBlockElement | SectionBlockAccessory)[] => {
    if (block.type === 'actions') return block.elements;
    return block.type === 'section' && block.accessory ? [block.accessory] : [];
  });
const labelsOf = (blocks: readonly KnownBlock[]) =>
  elementsOf(blocks).flatMap((element) => (element.type === 'button' ? [element.text.text] : []));
const pressesOf = (blocks: readonly KnownBlock[]) =>
  elementsOf(blocks).flatMap((element) => (element.type === 'button' ? [element.value] : []));

/** All pages, by the buttons that turn them. */
async function pagesOf(reply: Reply, extras: Extras = {}): Promise<readonly Message[]> {
  const pages: Message[] = [];
  for (;;) {
    const message = await drawMessage({ ...reply, page: pages.length }, keep, extras);
    pages.push(message);
    if (!pressesOf(message.blocks).includes(keptPage(KEPT, pages.length))) return pages;
  }
}

/** Every text of the blocks in their order, and every address. */
function shownIn(blocks: readonly KnownBlock[]): string {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of ['text', 'url'] as const) {
      const said: unknown = Reflect.get(value, key);
      if (typeof said === 'string') texts.push(said);
    }
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(blocks.filter(({ type }) => ['header', 'rich_text', 'section'].includes(type)));
  return texts.join('\u0000');
}

describe('a message', () => {
  it('has a header, rich text, and buttons of which one is green', async () => {
    const { blocks, text } = await drawMessage(
      {
        title: 'etcd :memory:',
        text: 'Keeps **state**.',
        buttons: [
          { label: 'Again', press: 'review/rate/1', style: 'danger' },
          { label: 'Good', press: 'review/rate/3', style: 'success' },
          { label: 'Easy', press: 'review/rate/4', style: 'primary' },
        ],
        ...private_,
      },
      never,
    );
    expect(blocks).toEqual([
      { type: 'header', text: { type: 'plain_text', text: 'etcd :memory:', emoji: false } },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'Keeps ' },
              { type: 'text', text: 'state', style: { bold: true } },
              { type: 'text', text: '.' },
            ],
          },
        ],
      },
      {
        type: 'actions',
        elements: [
          button('press-0', 'Again', 'review/rate/1', 'danger'),
          button('press-1', 'Good', 'review/rate/3', 'primary'),
          button('press-2', 'Easy', 'review/rate/4'),
        ],
      },
    ]);
    expect(text).toBe('etcd :memory:\nKeeps state.');
  });

  it('shows short fields side by side', async () => {
    const { blocks } = await drawMessage(
      { text: 'a', fields: fields(['Due', '3'], ['At', '04:00']), ...private_ },
      never,
    );
    expect(blocks.at(-1)).toEqual({
      type: 'section',
      fields: [
        { type: 'mrkdwn', text: '*Due*\n3', verbatim: true },
        { type: 'mrkdwn', text: '*At*\n04:00', verbatim: true },
      ],
    });
  });

  it.each(['*bold*', '<!here>', '@channel', ':tada:', 'x:y:z', '#general', 'a & b', '`x`', '_x_'])(
    'does not let Slack read %s in a field as markup',
    async (value) => {
      const reply = {
        text: 'a',
        fields: [{ name: 'Name', text: value.replace(/[*_`<:#]/g, '\\$&') }],
        ...private_,
      };
      const { blocks } = await drawMessage(reply, never);
      expect(blocks.map(({ type }) => type)).toEqual(['rich_text']);
      expect(shownIn(blocks)).toContain(value);
    },
  );

  it('goes on with a title that is longer than a header in the text', async () => {
    const words = Array.from({ length: 60 }, (_, at) => `word${at}`);
    const { blocks } = await drawMessage({ title: words.join(' '), text: '', ...private_ }, never);
    expect(checkBlocks(blocks, 'message')).toEqual([]);
    for (const word of words) expect(shownIn(blocks)).toContain(word);
  });

  it('says something even where the reply is empty', async () => {
    const { blocks, text } = await drawMessage({ text: '', ...private_ }, never);
    expect(checkBlocks(blocks, 'message')).toEqual([]);
    expect(blocks).toHaveLength(1);
    expect(text).not.toBe('');
  });

  it('says labels in full above their buttons where Slack would cut them, unless the text says them', async () => {
    const options = ['A · short', 'B · a longer option than Slack shows on a button'];
    const buttons = options.map((label, at) => ({ label, press: `quiz/answer/${at}` }));
    const other = { label: 'Report', press: 'report/ask/1' };
    const { blocks } = await drawMessage(
      { text: 'Which?', buttons: [...buttons, other], ...private_ },
      never,
    );
    const [, list, row] = blocks;
    expect(list).toMatchObject({
      type: 'rich_text',
      elements: [{ type: 'rich_text_list', elements: options.map((text) => ({ elements: [{ text }] })) }],
    });
    expect(row?.type).toBe('actions');
    const said = options.map((option) => `- **${option.slice(0, 1)}** ${option.slice(4)}`).join('\n');
    const once = await drawMessage({ text: said, buttons, ...private_ }, never);
    expect(once.blocks.map(({ type }) => type)).toEqual(['rich_text', 'actions']);
  });
});

describe('the text for notifications', () => {
  it('mentions nobody', async () => {
    const { text } = await drawMessage(
      {
        title: '<!channel>',
        text: '\\<!here> \\<@U123> `<!everyone>` & [x](https://a.example/?a=1&b=2)',
        ...private_,
      },
      never,
    );
    expect(text).toBe(
      '&lt;!channel&gt;\n&lt;!here&gt; &lt;@U123&gt; &lt;!everyone&gt; &amp; x (https://a.example/?a=1&amp;b=2)',
    );
  });

  it('is no longer than Slack advises, after escaping', async () => {
    const { text } = await drawMessage({ text: '&'.repeat(2_900), ...private_ }, never);
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text).toMatch(/&amp; …$/);
  });
});

describe('pages', () => {
  const long = Array.from({ length: 400 }, (_, at) => `- item ${at}`).join('\n');

  it('are turned by buttons that name the kept reply, and say which one this is', async () => {
    const pages = await pagesOf({ title: 'List', text: long, ...private_ });
    expect(pages.length).toBeGreaterThan(2);
    const [first, second] = pages;
    const last = pages.at(-1);
    expect(labelsOf(first?.blocks ?? [])).toEqual(['More ›']);
    expect(labelsOf(second?.blocks ?? [])).toEqual(['‹ Back', 'More ›']);
    expect(labelsOf(last?.blocks ?? [])).toEqual(['‹ Back']);
    expect(JSON.stringify(second?.blocks)).toContain(`Page 2 of ${pages.length}`);
    for (const { blocks } of pages)
      expect(blocks[0]).toMatchObject({ type: 'header', text: { text: 'List' } });
  });

  it('shows the nearest page to one that is not there', async () => {
    const reply: Reply = { text: long, ...private_ };
    const pages = await pagesOf(reply);
    expect(await drawMessage({ ...reply, page: 999 }, keep)).toEqual(pages.at(-1));
    expect(await drawMessage({ ...reply, page: -1 }, keep)).toEqual(pages[0]);
  });

  it('keep a word that no page holds, and a list of which each item has its own list', async () => {
    const word = Array.from({ length: 1_500 }, (_, at) => `x${at}`).join('');
    const whole = (await pagesOf({ text: word, ...private_ })).map(({ blocks }) => shownIn(blocks)).join('');
    expect(whole).toBe(word);
    const nested = Array.from({ length: 100 }, (_, at) => `- a${at}\n  - b${at}\n    - c${at}`).join('\n');
    const pages = await pagesOf({ text: nested, ...private_ });
    for (const { blocks } of pages) expect(areTooLong(blocks)).toBe(false);
    const shown = lettersOf(pages.map(({ blocks }) => shownIn(blocks)).join(''));
    expect(shown).toBe(lettersOf(nested));
  });

  it('are not needed by a reply that fits one', async () => {
    const { blocks } = await drawMessage({ text: 'short', ...private_ }, never);
    expect(elementsOf(blocks)).toEqual([]);
  });
});

describe('what can be pressed', () => {
  it('opens a form from a button, before the other buttons', async () => {
    const form: Form = { title: 'Your answer', press: 'quiz/answer/1', submit: 'Answer', inputs: [] };
    const { blocks } = await drawMessage(
      { text: 'a', form, buttons: [{ label: 'Skip', press: 'quiz/next/1' }], ...private_ },
      keep,
    );
    expect(elementsOf(blocks)).toEqual([
      button('press-0', 'Your answer', keptForm(KEPT), 'primary'),
      button('press-1', 'Skip', 'quiz/next/1'),
    ]);
  });

  it('means the press of a button', async () => {
    const { blocks } = await drawMessage(
      { text: 'a', buttons: [{ label: 'b', press: 'quiz/next/1' }], ...private_ },
      never,
    );
    const [drawn] = elementsOf(blocks);
    expect(meaningOf(drawn)).toEqual({ kind: 'press', press: 'quiz/next/1', values: [] });
  });

  it('means the press of a select with the option that was chosen', async () => {
    const { blocks } = await drawMessage({ text: 'a', selects: [select(3)], ...private_ }, never);
    const [drawn] = elementsOf(blocks);
    expect(drawn).toMatchObject({ type: 'static_select', placeholder: { text: 'Choose' } });
    const action = { ...drawn, selected_option: { text: { type: 'plain_text', text: 'x' }, value: 'v2' } };
    expect(meaningOf(action)).toEqual({ kind: 'press', press: 'topics/choose', values: ['v2'] });
  });

  it('shares what it was given to share, and nothing that is too long for a button', async () => {
    const reply: Reply = { text: 'a', visibility: 'public' };
    const { blocks } = await drawMessage(reply, never, { share: '/eks explain etcd' });
    const [drawn] = elementsOf(blocks);
    expect(labelsOf(blocks)).toEqual(['Share in channel']);
    expect(meaningOf(drawn)).toEqual({ kind: 'share', value: '/eks explain etcd' });
    expect(elementsOf((await drawMessage(reply, never, { share: 'x'.repeat(2_001) })).blocks)).toEqual([]);
    expect(elementsOf((await drawMessage(reply, never)).blocks)).toEqual([]);
  });

  it.each([
    undefined,
    7,
    {},
    { action_id: 'foreign', value: 'quiz/next/1' },
    { action_id: 'choose-0/x' },
    { action_id: 'press-1' },
  ])('means nothing where it is not ours: %j', (action) => {
    expect(meaningOf(action)).toEqual({ kind: 'none' });
  });

  it('refuses what could not come back: that is a mistake in a command', async () => {
    await expect(
      drawMessage({ text: '', buttons: [{ label: 'x', press: '' }], ...private_ }, never),
    ).rejects.toThrow();
    const options = [{ label: 'x', value: 'v'.repeat(151) }];
    await expect(
      drawMessage({ text: '', selects: [{ ...select(0), options }], ...private_ }, never),
    ).rejects.toThrow('150');
  });
});

describe('a picture', () => {
  const reply: Reply = {
    text: 'Plan',
    image: { alt: 'A *plan* of <rooms>', png: Buffer.from('png').toString('base64') },
    ...private_,
  };

  it('is uploaded first, and shown by the id that Slack gave it', async () => {
    expect(pictureOf(reply)).toEqual({
      png: Buffer.from('png'),
      filename: 'picture.png',
      alt: 'A *plan* of <rooms>',
    });
    const { blocks } = await drawMessage(reply, never, { picture: 'F1' });
    expect(blocks.at(-1)).toEqual({
      type: 'image',
      slack_file: { id: 'F1' },
      alt_text: 'A *plan* of <rooms>',
    });
  });

  it('is said in words where it could not be uploaded', async () => {
    const { blocks } = await drawMessage(reply, never);
    expect(shownIn(blocks)).toContain('Picture: A *plan* of <rooms>');
  });

  it('is on the first page only', async () => {
    const long = { ...reply, text: Array.from({ length: 400 }, (_, at) => `- item ${at}`).join('\n') };
    expect(pictureOf({ ...long, page: 1 })).toBeUndefined();
    const [first, second] = await pagesOf(long, { picture: 'F1' });
    expect(first?.blocks.some(({ type }) => type === 'image')).toBe(true);
    expect(second?.blocks.some(({ type }) => type === 'image')).toBe(false);
  });
});

const word = fc.oneof(
  fc.stringMatching(/^[a-z]{1,12}$/),
  fc.constantFrom(
    '<!channel>',
    '<@U123>',
    '@here',
    ':tada:',
    '&',
    '漢字',
    '👩‍👩‍👧',
    '**',
    '`',
    '~~',
    '_',
    '|',
    '\ud800',
    '"',
    '\\',
  ),
);
const line = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
const block = fc.oneof(
  line,
  fc.array(line, { maxLength: 40 }).map((items) => items.map((item) => `- ${item}`).join('\n')),
  fc
    .array(line, { maxLength: 5 })
    .map((items) => items.map((item, at) => `${'  '.repeat(at)}1. ${item}`).join('\n')),
  fc.array(line, { maxLength: 5 }).map((items) => items.map((item) => `> ${item}`).join('\n')),
  fc.array(line, { maxLength: 30 }).map((items) => `\`\`\`\n${items.join('\n')}\n\`\`\``),
  fc.constantFrom(
    '# head',
    '---',
    '[a](https://a.example)',
    '| a | b |\n|---|---|\n| c | d |',
    'long text '.repeat(400),
  ),
);
const text = fc.array(block, { maxLength: 8 }).map((blocks) => blocks.join('\n\n'));
const label = fc.oneof(line, fc.string({ unit: 'grapheme', maxLength: 120 }));
const wildButtons = fc.uniqueArray(
  fc.record<Button>({
    label,
    press: fc.stringMatching(/^[a-z]{1,8}\/[a-z%0-9]{1,80}$/),
    style: fc.constantFrom('primary', 'secondary', 'success', 'danger'),
  }),
  { maxLength: 40, selector: ({ press }) => press },
);
const wildSelect = fc.record<Select>({
  label,
  press: fc.stringMatching(/^[a-z]{1,8}\/[a-z]{1,80}$/),
  options: fc.uniqueArray(
    fc.record({ label, value: fc.stringMatching(/^[a-z0-9]{1,100}$/), description: label }),
    { maxLength: 150, selector: ({ value }) => value },
  ),
});
const wildReply = fc.record<Reply>({
  title: fc.oneof(line, fc.constant('long '.repeat(80))),
  text,
  fields: fc.oneof(
    fc.array(fc.record<Field>({ name: line, text: line }), { maxLength: 30 }),
    fc.array(fc.record<Field>({ name: fc.constant('Due'), text: fc.stringMatching(/^[a-z]{1,9}$/) }), {
      maxLength: 30,
    }),
    fc.array(fc.record<Field>({ name: line, text }), { maxLength: 4 }),
  ),
  buttons: wildButtons,
  selects: fc.array(wildSelect, { maxLength: 3 }),
  visibility: fc.constantFrom('public', 'private'),
});

const lettersOf = (shown: string) => shown.replace(/[^\p{L}\p{N}]/gu, '');
const wordsOf = (markdown: string) =>
  parseMarkdown(markdown)
    .map(plainText)
    .join(' ')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

it('keeps every word, button and option of any reply, on pages that Slack takes', async () => {
  await fc.assert(
    fc.asyncProperty(wildReply, async (reply) => {
      const pages = await pagesOf(reply, { share: '/eks explain etcd' });
      for (const { blocks, text: said } of pages) {
        expect(checkBlocks(blocks, 'message')).toEqual([]);
        expect(areTooLong(blocks)).toBe(false);
        expect(said.length).toBeLessThanOrEqual(4_000);
        expect(said).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      }
      const shown = pages
        .map(({ blocks }, at) => shownIn(blocks.filter(({ type }) => at === 0 || type !== 'header')))
        .map(lettersOf)
        .join('');
      const { title = '', fields: named = [] } = reply;
      const words = [
        ...(title.match(/[\p{L}\p{N}]+/gu) ?? []),
        ...wordsOf(reply.text),
        ...named.flatMap((field) => [...(field.name.match(/[\p{L}\p{N}]+/gu) ?? []), ...wordsOf(field.text)]),
      ];
      for (const one of new Set(words)) expect(shown.includes(one), one.slice(0, 40)).toBe(true);
      const elements = pages.flatMap(({ blocks }) => elementsOf(blocks));
      const presses = elements.flatMap((element) => (element.type === 'button' ? [element.value] : []));
      for (const { press } of reply.buttons ?? []) expect(presses).toContain(press);
      const options = new Set(
        elements.flatMap((element) =>
          element.type === 'static_select' || element.type === 'multi_static_select'
            ? (element.options ?? []).map(({ value }) => value)
            : [],
        ),
      );
      for (const { value } of (reply.selects ?? []).flatMap((one) => one.options)) {
        expect(options.has(value)).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);

function button(id: string, shown: string, value: string, style?: 'primary' | 'danger') {
  return {
    type: 'button',
    action_id: id,
    text: { type: 'plain_text', text: shown, emoji: false },
    value,
    ...(style ? { style } : {}),
  };
}

function fields(...pairs: readonly (readonly [string, string])[]): readonly Field[] {
  return pairs.map(([name, value]) => ({ name, text: value }));
}

function select(options: number): Select {
  return {
    label: 'Choose',
    press: 'topics/choose',
    options: Array.from({ length: options }, (_, at) => ({ label: `Option ${at}`, value: `v${at}` })),
  };
}
