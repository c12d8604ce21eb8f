import { z } from 'zod';
import { checkBlocks } from './blocks.js';
import { problemAt, problemsOf } from './problems.js';
import { plainText } from './texts.js';

const common = {
  blocks: z.array(z.record(z.string(), z.unknown())),
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().min(1).max(255).optional(),
};

const View = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('home'), ...common }),
  z.strictObject({
    type: z.literal('modal'),
    ...common,
    title: plainText(24),
    close: plainText(24).optional(),
    submit: plainText(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  }),
]);

/** A view as a bot sends it, whatever its kind. */
export const ViewBody = z.looseObject({
  type: z.enum(['home', 'modal']),
  blocks: z.array(z.record(z.string(), z.unknown())),
  private_metadata: z.string().optional(),
  callback_id: z.string().optional(),
  external_id: z.string().optional(),
  title: z.looseObject({ text: z.string() }).optional(),
  close: z.looseObject({ text: z.string() }).optional(),
  submit: z.looseObject({ text: z.string() }).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
});
export type ViewBody = z.infer<typeof ViewBody>;

/** What Slack would refuse in a modal or a home page; empty where it takes it. */
export function checkView(view: unknown, where: 'modal' | 'home', pointer = '/view'): string[] {
  const problems = problemsOf(View, view, pointer);
  const { data } = View.safeParse(view);
  if (!data) return problems;
  const blocks = checkBlocks(data.blocks, where, `${pointer}/blocks`);
  if (data.type !== where) return [...blocks, problemAt(`${pointer}/type`, `must be ${where}`)];
  const asks = data.blocks.some(({ type }) => type === 'input');
  const unsendable = data.type === 'modal' && asks && data.submit === undefined;
  return unsendable ? [...blocks, problemAt(pointer, 'missing required field: submit')] : blocks;
}

const VIEW_BYTES = 250_000;

/** True where Slack would answer `view_too_large`. */
export function isTooLarge(view: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(view)) > VIEW_BYTES;
}
