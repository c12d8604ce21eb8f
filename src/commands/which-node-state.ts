import type { Context } from '../bot/command.js';
import { keepReply, showKept } from '../bot/kept.js';
import { encodePress } from '../bot/press.js';
import type { Button } from '../bot/reply.js';

/** What a press has room for beside the command, its longest action and a number. */
const MOST_INLINE = 76;

const INLINE = 't';
const KEPT = 'k';

/** What was asked, as a press carries it: the words, or where they are too long for a button the id that they are kept under. */
export type Carried = readonly [kind: string, content: string];

/** Makes words fit a press. Spaces become underlines, which take a third of the room. */
export async function carry({ store, origin, now }: Context, words: string): Promise<Carried> {
  const inline = words.trim().replace(/\n/g, '.').replace(/\s/g, '_');
  if (encodeURIComponent(inline).length <= MOST_INLINE) return [INLINE, inline];
  return [KEPT, await keepReply(store, origin, { text: words, visibility: 'public' }, now)];
}

/** The words that a press is about; a UserError where they are kept no longer. */
export async function carriedWords(
  { store, origin }: Context,
  [kind = '', content = '']: readonly string[],
): Promise<string> {
  if (kind !== KEPT) return content.replaceAll('_', ' ');
  return (await showKept(store, origin, 'page', [content])).text;
}

/** A button of `which-node` about these words. */
export function buttonAbout(
  action: string,
  carried: Carried,
  label: string,
  style?: Button['style'],
): Button {
  return { label, press: encodePress('which-node', action, ...carried), ...(style && { style }) };
}
