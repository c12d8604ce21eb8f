import type { APIEmbed } from 'discord.js';
import type { Reply } from '../../bot/reply.js';
import { pageRow, type Row, rowsOf } from './components.js';
import { type Attachment, pagesOf } from './pages.js';

/** One message as discord.js takes it: to answer, follow up, edit or post. */
export interface Message {
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly Row[];
  readonly files: readonly Attachment[];
}

/** The page of the reply that it asks for. What later presses show more of is kept first: `keep` gives its id. */
export async function drawMessage(reply: Reply, keep: () => Promise<string>): Promise<Message> {
  const pages = pagesOf(reply);
  const unkept = rowsOf(reply, '');
  const count = Math.max(pages.length, unkept.length);
  const kept = count > 1 || reply.form !== undefined ? await keep() : '';
  // Only a form's button says what is kept.
  const rows = reply.form === undefined ? unkept : rowsOf(reply, kept);
  const at = Math.max(0, Math.min(Math.trunc(reply.page ?? 0), count - 1));
  const { embeds = [], files = [] } = pages[Math.min(at, pages.length - 1)] ?? {};
  return {
    embeds,
    components: [
      ...(rows[Math.min(at, rows.length - 1)] ?? []),
      ...(count > 1 ? [pageRow(kept, at, count)] : []),
    ],
    files,
  };
}
