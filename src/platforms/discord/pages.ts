import type { APIEmbed } from 'discord.js';
import type { Image, Reply } from '../../bot/reply.js';
import { parseMarkdown } from '../markdown.js';
import { plainText, splitText } from '../paging.js';
import { type Row, rowsOf } from './components.js';
import { embedsOf } from './embeds.js';
import { LIMITS } from './limits.js';
import { escaped, oneLine, UNSEEN } from './text.js';

/** What one message shows of a reply: within every limit of Discord, without the buttons that turn pages. */
export interface Page {
  readonly embeds: readonly APIEmbed[];
  readonly rows: readonly Row[];
  readonly files: readonly Attachment[];
}

/** A file to send with a page, as discord.js takes it. */
export interface Attachment {
  readonly attachment: Buffer;
  readonly name: string;
  readonly description: string;
}

const PICTURE = 'picture.png';

/** All of a reply in at least one page. `kept` is the id under which the bot keeps it, for the button of its form. */
export function pagesOf(reply: Reply, kept: string): readonly Page[] {
  const { image } = reply;
  const file = image && fileOf(image);
  const said =
    image !== undefined && file === undefined ? `${reply.text}\n\n${pictureInWords(image)}` : reply.text;
  const embeds = embedsOf({ ...reply, text: said });
  const rows = rowsOf(reply, kept);
  const count = Math.max(embeds.length, rows.length);
  return Array.from({ length: count }, (_, at): Page => {
    const shown = embeds[Math.min(at, embeds.length - 1)] ?? [];
    const illustrated = at === 0 || embeds.length === 1 ? file : undefined;
    return {
      embeds: illustrated === undefined ? shown : withPicture(shown),
      rows: rows[Math.min(at, rows.length - 1)] ?? [],
      files: illustrated === undefined ? [] : [illustrated],
    };
  });
}

/** The beginning of a reply as a message's plain content, for notifications and for channels that show no embeds. */
export function contentOf({ title = '', text }: Reply): string {
  const words = [title, ...parseMarkdown(text).map(plainText)].join('\n').trim();
  const more = ' …';
  const [first = '', second] = splitText(
    words,
    (part) => escaped(part).length <= LIMITS.message.content - more.length,
  );
  return escaped(first) + (second === undefined ? '' : more);
}

function fileOf({ alt, png }: Image): Attachment | undefined {
  const attachment = Buffer.from(png, 'base64');
  if (attachment.length === 0 || attachment.length > LIMITS.message.attachmentBytes) return undefined;
  return { attachment, name: PICTURE, description: oneLine(alt, LIMITS.message.attachmentDescription) };
}

/** Where a picture cannot be sent, what it shows is said. */
function pictureInWords({ alt }: Image): string {
  return `Picture: ${escaped(alt)}`;
}

function withPicture(embeds: readonly APIEmbed[]): readonly APIEmbed[] {
  const [first = { description: UNSEEN }, ...rest] = embeds;
  return [{ ...first, image: { url: `attachment://${PICTURE}` } }, ...rest];
}
