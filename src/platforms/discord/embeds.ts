import type { APIEmbed, APIEmbedField } from 'discord.js';
import type { Field, Reply } from '../../bot/reply.js';
import { keepingDrawings } from '../drawings.js';
import { type Markup, parseMarkdown } from '../markdown.js';
import { splitMarkup, splitText } from '../paging.js';
import { LIMITS } from './limits.js';
import { drawMarkup } from './markup.js';
import { escaped, UNSEEN } from './text.js';

/** A calm blue for the bar beside every embed. */
const ACCENT = 0x5b8db8;
/** Fields whose names and values are no longer stand side by side. */
const SHORT = 40;
/** One embed leaves room in a message for the title that a later page repeats. */
const ROOM = LIMITS.message.embedCharacters - LIMITS.embed.title;

/** Embeds of one message after the other. */
type Drawing = readonly (readonly APIEmbed[])[];

/** The reply's title, text and fields as embeds, for as many messages as it takes. */
export const embedsOf = keepingDrawings(drawEmbeds);

function drawEmbeds({ title = '', text, fields = [] }: Pick<Reply, 'title' | 'text' | 'fields'>): Drawing {
  const main = section(title, parseMarkdown(text));
  const all = withFields(main, fields.map(drawField));
  const [repeated] = titleParts(title);
  return packed(all.length > 0 ? all : [{ description: UNSEEN }], repeated);
}

/** How many of a message's characters an embed takes. */
export function charactersOf({ title = '', description = '', fields = [] }: APIEmbed): number {
  return fields.reduce(
    (sum, { name, value }) => sum + name.length + value.length,
    title.length + description.length,
  );
}

/** A title with what it is the title of; what does not fit the first embed goes on in others. */
function section(title: string, blocks: readonly Markup[]): readonly APIEmbed[] {
  const [first, ...more] = titleParts(title);
  const overflow: readonly Markup[] =
    more.length === 0 ? [] : [{ tag: 'p', children: [{ tag: 'strong', children: [more.join(' ')] }] }];
  const parts = splitMarkup([...overflow, ...blocks], {
    limit: LIMITS.embed.description,
    measure: (nodes) => drawMarkup(nodes).length,
  });
  const embeds = parts
    .map(drawMarkup)
    .filter((description) => description !== '')
    .map((description): APIEmbed => ({ description }));
  if (first === undefined) return embeds;
  const [head, ...rest] = embeds;
  return [{ title: escaped(first), ...head }, ...rest];
}

function titleParts(title: string): readonly string[] {
  const line = title.replace(/\s+/g, ' ').trim();
  return splitText(line, (text) => escaped(text).length <= LIMITS.embed.title);
}

interface DrawnField {
  readonly source: Field;
  readonly drawn: APIEmbedField;
}

function drawField(source: Field): DrawnField {
  const name = escaped(source.name.replace(/\s+/g, ' ').trim());
  const value = drawMarkup(parseMarkdown(source.text));
  return { source, drawn: { name: name === '' ? UNSEEN : name, value: value === '' ? UNSEEN : value } };
}

/** Short fields stand in a grid. Where one is too long for a field each has an embed of its own, to look alike. */
function withFields(main: readonly APIEmbed[], fields: readonly DrawnField[]): readonly APIEmbed[] {
  const { fieldName, fieldValue } = LIMITS.embed;
  if (fields.some(({ drawn: { name, value } }) => name.length > fieldName || value.length > fieldValue)) {
    return [...main, ...fields.flatMap(({ source }) => section(source.name, parseMarkdown(source.text)))];
  }
  const inline = fields.every(
    ({ drawn: { name, value } }) => name.length <= SHORT && value.length <= SHORT && !value.includes('\n'),
  );
  const embeds = [...main];
  for (const { drawn } of fields) {
    const last = embeds.at(-1);
    const field = { ...drawn, inline };
    const grown = { ...last, fields: [...(last?.fields ?? []), field] };
    if (last !== undefined && grown.fields.length <= LIMITS.embed.fields && charactersOf(grown) <= ROOM) {
      embeds[embeds.length - 1] = grown;
    } else embeds.push({ fields: [field] });
  }
  return embeds;
}

/** As many embeds a message as it holds. A later message says again what it is about. */
function packed(embeds: readonly APIEmbed[], title: string | undefined): Drawing {
  const messages: APIEmbed[][] = [];
  let characters = 0;
  for (const embed of embeds) {
    const coloured = { ...embed, color: ACCENT };
    const last = messages.at(-1);
    const fits =
      last !== undefined &&
      last.length < LIMITS.message.embeds &&
      characters + charactersOf(embed) <= LIMITS.message.embedCharacters;
    const again = last !== undefined && !fits && title !== undefined && embed.title === undefined;
    const added = again ? { title: escaped(title), ...coloured } : coloured;
    if (fits) last.push(added);
    else messages.push([added]);
    characters = (fits ? characters : 0) + charactersOf(added);
  }
  return messages;
}
