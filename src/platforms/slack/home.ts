import type { HomeView, KnownBlock } from '@slack/types';
import type { Reply } from '../../bot/reply.js';
import { drawMessage } from './draw.js';
import { LIMITS } from './limits.js';

/**
 * Replies one below the other as a person's Home tab. Those that it has no more room for are left out whole, so the
 * most important comes first; `keep` is asked for an id where a reply has pages or a form.
 */
export async function drawHome(
  replies: readonly Reply[],
  keep: (reply: Reply) => Promise<string>,
): Promise<HomeView> {
  const blocks: KnownBlock[] = [];
  for (const [at, reply] of replies.entries()) {
    const { blocks: drawn } = await drawMessage(reply, () => keep(reply), { part: `${at}.` });
    const added: readonly KnownBlock[] = blocks.length > 0 ? [{ type: 'divider' }, ...drawn] : drawn;
    if (blocks.length + added.length > LIMITS.view.blocks) break;
    blocks.push(...added);
  }
  return { type: 'home', blocks };
}
