import type { ImageBlock, KnownBlock } from '@slack/types';
import { literal } from '../../bot/markdown.js';
import type { Image, Reply } from '../../bot/reply.js';
import { type Content, contentOf } from './content.js';
import { type Around, type Control, controlsOf, lastRow } from './controls.js';
import { fallbackOf } from './fallback.js';
import { LIMITS } from './limits.js';
import { oneLine } from './plain.js';
import { jsonLength } from './size.js';

/** One message as Slack takes it: to post, to answer a response_url, to update. */
export interface Message {
  readonly blocks: KnownBlock[];
  /** For notifications and screen readers; escaped, so that it mentions nobody. */
  readonly text: string;
}

/** Blocks that every page may have beside its content and its controls: header, picture, and what turns pages. */
const FIXED_BLOCKS = 4;
/** Room for one button or one option, whatever else there is. */
const LEAST_ROOM = 1_000;

/** What the reply says, on as many pages as it takes; what a picture shows too, where it cannot be sent. */
export function contentWith({ image, ...reply }: Reply, picture: string | undefined): readonly Content[] {
  if (image === undefined || picture !== undefined) return contentOf(reply);
  return contentOf({ ...reply, text: `${reply.text}\n\nPicture: ${literal(image.alt, LIMITS.image.alt)}` });
}

/** All of a reply, in at least one message; each is within every limit of Slack. */
export function pagesOf(
  { image, ...reply }: Reply,
  contents: readonly Content[],
  around: Around & { readonly picture: string | undefined },
): readonly Message[] {
  const { picture } = around;
  const drawn = image !== undefined && picture !== undefined ? [drawPicture(image, picture)] : [];
  const longest = Math.max(...contents.map(({ blocks }) => jsonLength(blocks)));
  const fixed = longest + jsonLength(drawn) + jsonLength(lastRow(around, 1, 3));
  const room = Math.max(LEAST_ROOM, LIMITS.message.json - fixed);
  const controls = packed(controlsOf(reply, { ...around, room }), room);
  const count = Math.max(contents.length, controls.length);
  return Array.from({ length: count }, (_, at): Message => {
    const content = contents[Math.min(at, contents.length - 1)];
    const blocks = [
      ...(content?.blocks ?? []),
      ...(at === 0 ? drawn : []),
      ...(controls[Math.min(at, controls.length - 1)] ?? []),
      ...lastRow(around, at, count),
    ];
    const labels = (reply.buttons ?? []).map(({ label }) => label).join(', ');
    return {
      blocks: blocks.length > 0 ? blocks : [{ type: 'section', text: { type: 'plain_text', text: '…' } }],
      text: fallbackOf([content?.words ?? '', image?.alt ?? '', labels]),
    };
  });
}

function drawPicture({ alt }: Image, id: string): ImageBlock {
  return { type: 'image', slack_file: { id }, alt_text: oneLine(alt, LIMITS.image.alt) };
}

/** Controls in order, as many in a message as it has room for. */
function packed(controls: readonly Control[], room: number): readonly Control[] {
  const most = LIMITS.message.blocks - LIMITS.page.blocks - FIXED_BLOCKS;
  const messages: Control[] = [];
  for (const control of controls) {
    const grown = [...(messages.at(-1) ?? []), ...control];
    if (messages.length > 0 && grown.length <= most && jsonLength(grown) <= room) {
      messages[messages.length - 1] = grown;
    } else messages.push(control);
  }
  return messages;
}
