/**
 * What Slack accepts at most, by the words of its documentation (docs.slack.dev/reference/block-kit) unless a comment
 * says otherwise. Everywhere it is UTF-16 units (`String.length`), which are never fewer than code points.
 */
export const LIMITS = {
  message: {
    /** "You can include up to 50 blocks in each message". */
    blocks: 50,
    /** JSON of all blocks. Slack gives no number, and has refused messages from about 13,200 (`msg_blocks_too_long`). */
    json: 12_000,
    /** Fallback text: "limit the number of characters in the text field to 4,000"; past 40,000 it is truncated. */
    text: 4_000,
  },
  /** Ours, for Slack sets none to a rich_text block: what a reader takes in at once, and a section's text may have. */
  page: { characters: 3_000, json: 6_000, blocks: 30 },
  view: { blocks: 100, title: 24, submit: 24, close: 24, metadata: 3_000, callbackId: 255 },
  header: 150,
  section: { text: 3_000, fields: 10, field: 2_000 },
  context: { elements: 10, text: 3_000 },
  richText: { indent: 8, url: 3_000 },
  /** "There is a maximum of 25 elements in each actions block"; five still stand in one or two lines. */
  actions: { elements: 25, comfortable: 5 },
  actionId: 255,
  blockId: 255,
  button: {
    text: 75,
    value: 2_000,
    /** "`text` may truncate with ~30 characters". */
    seen: 30,
  },
  select: { options: 100, placeholder: 150 },
  option: { text: 75, value: 150, description: 75 },
  image: { alt: 2_000 },
  /** "Description of image for screen-reader", at most 1,000 characters (files.getUploadURLExternal). */
  file: { alt: 1_000 },
  /** Bytes of a picture that a chat should load; Slack itself takes a gigabyte. */
  pictureBytes: 10 * 1024 * 1024,
  input: { label: 2_000, hint: 2_000, value: 3_000 },
} as const;
