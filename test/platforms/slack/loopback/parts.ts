import { z } from 'zod';
import type { Json } from './world.js';

const Text = z.looseObject({ text: z.string() });
const Option = z.looseObject({ text: Text, value: z.string().optional() });
export type Option = z.infer<typeof Option>;

const Element = z.looseObject({
  type: z.string(),
  action_id: z.string().optional(),
  text: Text.optional(),
  placeholder: Text.optional(),
  value: z.string().optional(),
  url: z.string().optional(),
  options: z.array(Option).optional(),
  option_groups: z.array(z.looseObject({ options: z.array(Option) })).optional(),
  initial_option: Option.optional(),
  initial_options: z.array(Option).optional(),
  initial_value: z.string().optional(),
  max_selected_items: z.number().optional(),
  is_decimal_allowed: z.boolean().optional(),
  min_length: z.number().optional(),
  max_length: z.number().optional(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
});

const Block = z.looseObject({
  type: z.string(),
  block_id: z.string().optional(),
  elements: z.array(Element).optional().catch(undefined),
  accessory: Element.optional(),
  element: Element.optional(),
  label: Text.optional(),
  optional: z.boolean().optional(),
});

/** Something in blocks that a person can press, choose from or fill in. */
export type Part = z.infer<typeof Element> & {
  readonly blockId: string;
  readonly actionId: string;
  /** What a person reads on it. */
  readonly label: string;
  readonly optional: boolean;
};

/** All that a person can act on in blocks, in their order. */
export function partsOf(blocks: readonly Json[]): Part[] {
  return blocks.flatMap((raw) => {
    const block = Block.safeParse(raw).data;
    if (!block) return [];
    const { elements = [], accessory, element, label, block_id: blockId = '', optional = false } = block;
    return [...(block.type === 'actions' ? elements : []), accessory, element].flatMap((one) =>
      one?.action_id === undefined
        ? []
        : [
            {
              ...one,
              blockId,
              actionId: one.action_id,
              label: label?.text ?? one.text?.text ?? one.placeholder?.text ?? one.action_id,
              optional,
            },
          ],
    );
  });
}

/** A part by what a person reads on it, or by its action or block id. */
export function findPart(parts: readonly Part[], what: string): Part | undefined {
  return (
    parts.find(({ label }) => label === what) ??
    parts.find(({ actionId, blockId }) => actionId === what || blockId === what)
  );
}

/** The options of a part, by their labels or values; throws for one that is not there. */
export function optionsOf(part: Part, wanted: readonly string[]): Option[] {
  const all = part.options ?? part.option_groups?.flatMap(({ options }) => options) ?? [];
  return wanted.map((one) => {
    const found = all.find(({ value }) => value === one) ?? all.find(({ text }) => text.text === one);
    if (found) return found;
    throw new Error(
      `there is no ${one} in ${part.label}; there are: ${all.map(({ text }) => text.text).join(', ')}`,
    );
  });
}

const Node = z.looseObject({
  type: z.string().optional(),
  text: z.unknown().optional(),
  url: z.string().optional(),
  alt_text: z.string().optional(),
  name: z.string().optional(),
  user_id: z.string().optional(),
  channel_id: z.string().optional(),
  timestamp: z.number().optional(),
  fallback: z.string().optional(),
  usergroup_id: z.string().optional(),
  range: z.string().optional(),
});
const INLINE: readonly unknown[] = ['rich_text_section', 'rich_text_quote', 'rich_text_preformatted'];
const WORDY = [
  'title',
  'text',
  'fields',
  'label',
  'hint',
  'placeholder',
  'options',
  'elements',
  'element',
  'accessory',
];

/** All words that a person reads in blocks. */
export function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join('\n');
  const node = Node.safeParse(value).data;
  if (!node) return '';
  if (INLINE.includes(node.type) && Array.isArray(node['elements']))
    return node['elements'].map(wordsOf).join('');
  if (node.type === 'link') return String(node.text ?? node.url ?? '');
  if (node.type === 'emoji') return `:${node.name}:`;
  if (node.type === 'user') return `<@${node.user_id}>`;
  if (node.type === 'channel') return `<#${node.channel_id}>`;
  if (node.type === 'date') return String(node.fallback ?? node.timestamp);
  const own = WORDY.map((key) => wordsOf(node[key])).filter(Boolean);
  return [...own, ...(node.alt_text === undefined ? [] : [node.alt_text])].join('\n');
}

const MENTION = /<(?:@[UW]\w+|!(?:here|channel|everyone)|!subteam\^\w+)[^>]*>/g;

/** Whom a text in Slack's markup calls. */
export const pingsInText = (text: string): string[] =>
  [...text.matchAll(MENTION)].map(([mention]) => mention);

/** Whom blocks call: mentions in rich text, and those in Slack's markup. */
export function pingsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(pingsIn);
  const node = Node.safeParse(value).data;
  if (!node) return [];
  if (node.type === 'user') return [`<@${node.user_id}>`];
  if (node.type === 'usergroup') return [`<!subteam^${node.usergroup_id}>`];
  if (node.type === 'broadcast') return [`<!${node.range}>`];
  if (node.type === 'mrkdwn') return pingsInText(String(node.text));
  return Object.values(node).flatMap(pingsIn);
}
