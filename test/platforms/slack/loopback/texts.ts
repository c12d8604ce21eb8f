import { z } from 'zod';

/** Text that Slack shows as it stands, of 1 to `most` characters. */
export const plainText = (most: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(most),
    emoji: z.boolean().optional(),
  });

const mrkdwn = (most: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(most),
    verbatim: z.boolean().optional(),
  });

/** Plain text or Slack's own markup. */
export const anyText = (most: number) => z.discriminatedUnion('type', [plainText(most), mrkdwn(most)]);

/** An id that a bot gives to a block, an element or a view. */
export const id = z.string().min(1).max(255);

/** A web address that Slack's client can open. */
export const webUrl = z
  .string()
  .max(3000)
  .refine((url) => /^https?:\/\/\S+$/.test(url) && URL.canParse(url), 'must be a valid URL');

/** A picture by its public address, or by a file that was uploaded; never both. */
export const imageSource = {
  image_url: webUrl.optional(),
  slack_file: z
    .strictObject({ id: z.string().min(1).optional(), url: webUrl.optional() })
    .refine(({ id: file, url }) => (file === undefined) !== (url === undefined), 'provide either id or url')
    .optional(),
};

/** True where a picture names exactly one source. */
export const hasOneSource = (image: { image_url?: string | undefined; slack_file?: object | undefined }) =>
  (image.image_url === undefined) !== (image.slack_file === undefined);

/** What to say where it does not. */
export const ONE_SOURCE = 'provide either image_url or slack_file';
