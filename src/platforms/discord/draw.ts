import type { APIEmbed } from 'discord.js';
import type { Reply } from '../../bot/reply.js';
import { pageRow, type Row } from './components.js';
import { type Attachment, pagesOf } from './pages.js';

/** One message as discord.js takes it: to answer, follow up, edit or post. */
export interface Message {
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly Row[];
  readonly files: readonly Attachment[];
}

/** The page of the reply that it asks for. What later presses show more of is kept first: `keep` gives its id. */
export async function drawMessage(reply: Reply, keep: () => Promise<string>): Promise<Message> {
  const draft = pagesOf(reply, '');
  if (draft.length === 1 && reply.form === undefined) return drawPage(reply, '');
  return drawPage(reply, await keep());
}

function drawPage(reply: Reply, kept: string): Message {
  const pages = pagesOf(reply, kept);
  const at = Math.max(0, Math.min(Math.trunc(reply.page ?? 0), pages.length - 1));
  const page = pages[at];
  if (page === undefined) throw new Error('a reply has at least one page');
  const { embeds, rows, files } = page;
  const turning = pages.length > 1 ? [pageRow(kept, at, pages.length)] : [];
  return { embeds, components: [...rows, ...turning], files };
}
