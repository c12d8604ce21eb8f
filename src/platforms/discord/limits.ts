/**
 * What Discord accepts at most, by the words of its documentation. Discord counts code points in some places and
 * UTF-16 units in others; everywhere here it is UTF-16 units (`String.length`), which are never fewer.
 */
export const LIMITS = {
  message: {
    content: 2_000,
    embeds: 10,
    /** All titles, descriptions, field names and field values of a message's embeds together. */
    embedCharacters: 6_000,
    actionRows: 5,
    /** Bytes of one attachment, where a server has no boosts. */
    attachmentBytes: 10 * 1024 * 1024,
    attachmentDescription: 1_024,
  },
  embed: { title: 256, description: 4_096, fields: 25, fieldName: 256, fieldValue: 1_024 },
  actionRow: { buttons: 5, selects: 1 },
  customId: 100,
  button: { label: 80 },
  select: { options: 25, placeholder: 150 },
  option: { label: 100, value: 100, description: 100 },
  modal: { title: 45, components: 5 },
  label: { label: 45, description: 100 },
  textInput: { value: 4_000, placeholder: 100 },
  textDisplay: { content: 4_000 },
  thread: { name: 100 },
  autocomplete: { choices: 25, name: 100, value: 100 },
  command: { name: 32, description: 100, options: 25, choices: 25, text: 6_000 },
} as const;
