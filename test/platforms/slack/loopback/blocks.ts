import { z } from 'zod';
import { elements } from './elements.js';
import { problemAt, problemsOf } from './problems.js';
import { richText } from './richtext.js';
import { anyText, hasOneSource, id, imageSource, ONE_SOURCE, plainText } from './texts.js';

/** Where blocks stand; a message holds fewer of them than a view. */
export type Where = 'message' | 'modal' | 'home';

const { image, button, static_select, multi_static_select, overflow, checkboxes, radio_buttons } = elements;
const { plain_text_input, number_input } = elements;
const block = { block_id: id.optional() };

const Block = z.discriminatedUnion('type', [
  richText,
  z.strictObject({ type: z.literal('header'), ...block, text: plainText(150) }),
  z.strictObject({ type: z.literal('divider'), ...block }),
  z
    .strictObject({
      type: z.literal('section'),
      ...block,
      text: anyText(3000).optional(),
      fields: z.array(anyText(2000)).min(1).max(10).optional(),
      accessory: z
        .discriminatedUnion('type', [
          image,
          button,
          static_select,
          multi_static_select,
          overflow,
          checkboxes,
          radio_buttons,
        ])
        .optional(),
      expand: z.boolean().optional(),
    })
    .refine(({ text, fields }) => text !== undefined || fields !== undefined, 'provide text or fields'),
  z.strictObject({
    type: z.literal('context'),
    ...block,
    elements: z
      .array(z.discriminatedUnion('type', [image, anyText(3000)]))
      .min(1)
      .max(10),
  }),
  z.strictObject({
    type: z.literal('actions'),
    ...block,
    elements: z
      .array(
        z.discriminatedUnion('type', [
          button,
          static_select,
          multi_static_select,
          overflow,
          checkboxes,
          radio_buttons,
        ]),
      )
      .min(1)
      .max(25),
  }),
  z
    .strictObject({
      type: z.literal('image'),
      ...block,
      alt_text: z.string().min(1).max(2000),
      title: plainText(2000).optional(),
      ...imageSource,
    })
    .refine(hasOneSource, ONE_SOURCE),
  z.strictObject({
    type: z.literal('input'),
    ...block,
    label: plainText(2000),
    element: z.discriminatedUnion('type', [
      plain_text_input,
      number_input,
      static_select,
      multi_static_select,
      checkboxes,
      radio_buttons,
    ]),
    hint: plainText(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  }),
]);

const MOST_BLOCKS = { message: 50, modal: 100, home: 100 } as const;

/** What Slack would refuse in these blocks, in its own words and with JSON pointers; empty where it takes them. */
export function checkBlocks(blocks: unknown, where: Where, pointer = '/blocks'): string[] {
  const problems = problemsOf(z.array(Block).max(MOST_BLOCKS[where]), blocks, pointer);
  return [...problems, ...clashes(blocks, pointer)];
}

/**
 * Text, with what is around it, that Slack takes in the blocks of one posted message. It is undocumented; bots have
 * measured about 13,200 characters, and counting the JSON is the most careful reading of that.
 */
const POSTED_JSON = 13_200;

/** True where `chat.postMessage` would answer `msg_blocks_too_long`. */
export function areTooLong(blocks: unknown): boolean {
  return JSON.stringify(blocks).length > POSTED_JSON;
}

/** Ids that two blocks or two elements share, and more than one element that wants the focus. */
function clashes(blocks: unknown, pointer: string): string[] {
  const found = { block_id: new Set<unknown>(), action_id: new Set<unknown>() };
  const problems: string[] = [];
  let focused = 0;
  const visit = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (inner === undefined) continue;
      if (key === 'block_id' || key === 'action_id') {
        if (found[key].has(inner))
          problems.push(problemAt(`${at}/${key}`, `${key} "${inner}" already exists`));
        found[key].add(inner);
      } else if (key === 'focus_on_load' && inner === true) {
        focused += 1;
        if (focused === 2) problems.push(problemAt(at, 'only one element may have focus_on_load'));
      } else {
        visit(inner, `${at}/${key}`);
      }
    }
  };
  visit(blocks, pointer);
  return problems;
}
