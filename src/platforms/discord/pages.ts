import type { APIEmbed } from 'discord.js';
import type { Image, Reply } from '../../bot/reply.js';
import { embedsOf } from './embeds.js';
import { LIMITS } from './limits.js';
import { escaped, oneLine, UNSEEN } from './text.js';

/** What one message says of a reply, within every limit of Discord. */
export interface Page {
  readonly embeds: readonly APIEmbed[];
  readonly files: readonly Attachment[];
}

/** A file to send with a page, as discord.js takes it. */
export interface Attachment {
  readonly attachment: Buffer;
  readonly name: string;
  readonly description: string;
}

const PICTURE = 'picture.png';

/** All that a reply says, in at least one page; the picture is on the first. */
export function pagesOf(reply: Reply): readonly Page[] {
  const { image } = reply;
  const file = image && fileOf(image);
  const inWords = image !== undefined && file === undefined ? `\n\n${pictureInWords(image)}` : '';
  const [first = [], ...others] = embedsOf({ ...reply, text: reply.text + inWords });
  return [
    file === undefined ? { embeds: first, files: [] } : { embeds: withPicture(first), files: [file] },
    ...others.map((embeds) => ({ embeds, files: [] })),
  ];
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
