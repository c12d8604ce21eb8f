import { z } from 'zod';
import type { Store } from '../store/store.js';
import { UserError } from './errors.js';
import type { Origin } from './platform.js';
import { encodePress } from './press.js';
import type { Reply } from './reply.js';
import { Table } from './table/table.js';

/** The word in a press that is about a kept reply, where other presses name their command. */
export const KEPT = 'kept';

/** A press that turns to a page of a kept reply, counted from 0. */
export function keptPage(id: string, page: number): string {
  return encodePress(KEPT, 'page', id, String(page));
}

/** A press that opens the form of a kept reply. */
export function keptForm(id: string): string {
  return encodePress(KEPT, 'form', id);
}

/** True for a press that can only be answered by its form, whatever is said above it. */
export function isKeptForm(press: string): boolean {
  return press.startsWith(`${KEPT}/form/`);
}

const Option = z.object({
  label: z.string(),
  value: z.string(),
  description: z.string().exactOptional(),
  group: z.string().exactOptional(),
});

const Input = z.discriminatedUnion('kind', [
  z.object({
    name: z.string(),
    label: z.string(),
    kind: z.enum(['text', 'longtext', 'number', 'choice']),
    value: z.string().exactOptional(),
    required: z.boolean().exactOptional(),
    maximumLength: z.number().exactOptional(),
    options: z.array(Option).exactOptional(),
    hint: z.string().exactOptional(),
  }),
  z.object({
    name: z.string(),
    label: z.string(),
    kind: z.literal('choices'),
    options: z.array(Option),
    values: z.array(z.string()),
    hint: z.string().exactOptional(),
  }),
]);

/** A reply as it was written down, read again; what an earlier version wrote may not fit. */
export const KeptReply: z.ZodType<Reply> = z.object({
  title: z.string().exactOptional(),
  text: z.string(),
  fields: z.array(z.object({ name: z.string(), text: z.string() })).exactOptional(),
  image: z.object({ alt: z.string(), png: z.string() }).exactOptional(),
  table: Table.exactOptional(),
  buttons: z
    .array(
      z.object({
        label: z.string(),
        press: z.string(),
        style: z.enum(['primary', 'secondary', 'success', 'danger']).exactOptional(),
      }),
    )
    .exactOptional(),
  selects: z
    .array(
      z.object({
        label: z.string(),
        press: z.string(),
        options: z.array(Option),
      }),
    )
    .exactOptional(),
  form: z
    .object({
      title: z.string(),
      press: z.string(),
      submit: z.string(),
      inputs: z.array(Input),
    })
    .exactOptional(),
  visibility: z.enum(['public', 'private']),
  replaces: z.boolean().exactOptional(),
  page: z.number().exactOptional(),
});

/** Keeps the reply as it is; its id fits a button. */
export function keepReply(store: Store, origin: Origin, reply: Reply, now: Date): Promise<string> {
  return store.kept.keep(ownerOf(origin, reply), JSON.stringify(reply), now);
}

/** The kept reply that a press is about: at another page, or its form alone. */
export async function showKept(
  store: Store,
  origin: Origin,
  action: string,
  [id = '', page = '0']: readonly string[],
): Promise<Reply> {
  const found = await store.kept.find(id);
  const reply = found && KeptReply.safeParse(JSON.parse(found.reply)).data;
  if (found === undefined || reply === undefined || found.owner !== ownerOf(origin, reply)) {
    throw new UserError('This message is too old to go on with. Type the command again.');
  }
  if (action === 'form' && reply.form !== undefined) {
    return { text: reply.text, visibility: reply.visibility, form: reply.form };
  }
  return { ...reply, replaces: true, page: /^\d{1,4}$/.test(page) ? Number(page) : 0 };
}

/** A private reply belongs to a person, a public one to the platform and workspace where it was given. */
function ownerOf({ platform, workspace, user }: Origin, { visibility }: Reply): string {
  return JSON.stringify(visibility === 'private' ? [platform, workspace, user] : [platform, workspace]);
}
