import type { Reply } from '../../bot/reply.js';
import { LIMITS } from './limits.js';
import { contentWith, type Message, pagesOf } from './pages.js';
import { oneLine } from './plain.js';

/** A picture to upload before the message that shows it. */
export interface Picture {
  readonly png: Buffer;
  readonly filename: string;
  readonly alt: string;
}

/** What comes to a reply from where it is shown. */
export interface Extras {
  /**
   * Turns on 'Share in channel': what `meaningOf` gives back when it is pressed, such as the text that was typed. Left
   * out where it is too long for a button.
   */
  readonly share?: string;
  /** Slack's id of the picture of `pictureOf`, uploaded. Without it the message says what the picture shows. */
  readonly picture?: string;
  /** Sets the ids of this reply's elements apart from those of others in the same view. */
  readonly part?: string;
}

/** The page of the reply that it asks for. What later presses show more of is kept first: `keep` gives its id. */
export async function drawMessage(
  reply: Reply,
  keep: () => Promise<string>,
  { share, picture, part = '' }: Extras = {},
): Promise<Message> {
  const fits = share !== undefined && share !== '' && share.length <= LIMITS.button.value;
  const around = { picture, part, share: fits ? share : undefined };
  const contents = contentWith(reply, picture);
  const draft = pagesOf(reply, contents, { ...around, kept: '' });
  const alone = draft.length === 1 && reply.form === undefined;
  const pages = alone ? draft : pagesOf(reply, contents, { ...around, kept: await keep() });
  const at = Math.max(0, Math.min(Math.trunc(reply.page ?? 0), pages.length - 1));
  const page = pages[at];
  if (page === undefined) throw new Error('a reply has at least one page');
  return page;
}

/** The picture that the page of the reply shows, if any: it stands on the first one. */
export function pictureOf({ image, page = 0 }: Reply): Picture | undefined {
  if (image === undefined || page > 0) return undefined;
  const png = Buffer.from(image.png, 'base64');
  if (png.length === 0 || png.length > LIMITS.pictureBytes) return undefined;
  return { png, filename: 'picture.png', alt: oneLine(image.alt, LIMITS.image.alt) };
}
