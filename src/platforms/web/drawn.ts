import type { Reply } from '../../bot/reply.js';
import { type Markup, parseMarkdown } from '../markdown.js';

/** A Reply's Markdown as the page draws it; `fields[i]` is the text of the Reply's field i. */
export interface Drawn {
  readonly text: readonly Markup[];
  readonly fields: readonly (readonly Markup[])[];
}

/** Reads the Markdown of a Reply for the page, which has no parser of its own. */
export function drawReply({ text, fields = [] }: Reply): Drawn {
  return { text: parseMarkdown(text), fields: fields.map((field) => parseMarkdown(field.text)) };
}
