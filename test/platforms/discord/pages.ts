import { expect } from 'vitest';
import type { Reply } from '../../../src/bot/reply.js';
import { drawMessage, type Message } from '../../../src/platforms/discord/draw.js';
import { checkBody } from './loopback/bodies.js';
import { readDiscord, textOf } from './reader.js';

/** Stands for the bot, which keeps a reply under an id. */
export const keep = async () => 'k3pt';

/** The JSON that such a message is for Discord. */
function bodyOf({ embeds, components, files }: Message) {
  const attachments = files.map(({ name, description }, at) => ({
    id: String(at),
    filename: name,
    description,
  }));
  return { embeds, components, attachments, allowed_mentions: { parse: [] } };
}

/** Every page, each checked by Discord's own schemas and documented limits. */
export async function pagesOf(drawn: Reply): Promise<readonly Message[]> {
  const pages: Message[] = [];
  for (;;) {
    const page = await drawMessage({ ...drawn, page: pages.length }, keep);
    expect(checkBody('callback', { type: 4, data: bodyOf(page) })).toEqual([]);
    pages.push(page);
    if (!buttonsOf(page).some(({ label, disabled }) => label === 'More ›' && disabled !== true)) return pages;
    if (pages.length > 500) throw new Error('the pages do not end');
  }
}

/** Every button of a message. */
export function buttonsOf({ components }: Message) {
  return components.flatMap((row) =>
    row.components.flatMap((one) => ('label' in one && 'custom_id' in one ? [one] : [])),
  );
}

/** Every select of a message. */
export function selectsOf({ components }: Message) {
  return components.flatMap((row) => row.components.flatMap((one) => ('options' in one ? [one] : [])));
}

/** All that its embeds say, as a reader sees it. */
export function seenIn({ embeds }: Message): string {
  return embeds
    .flatMap(({ title = '', description = '', fields = [] }) => [
      title,
      description,
      ...fields.flatMap(({ name, value }) => [name, value]),
    ])
    .map((drawn) => textOf(readDiscord(drawn)))
    .join('\n');
}
