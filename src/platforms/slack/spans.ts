import type { RichTextChannelMention, RichTextLink, RichTextText } from '@slack/types';
import type { Markup, MarkupElement } from '../markdown.js';
import { sendable } from '../words.js';
import { LIMITS } from './limits.js';

/**
 * A run within a line. There is no other kind, so that no text of a note or a person can mention anybody; naming a
 * channel calls nobody, and Slack keeps the names of private ones from who is not in them.
 */
export type Span = RichTextText | RichTextLink | RichTextChannelMention;

interface Style {
  readonly bold?: true;
  readonly italic?: true;
  readonly strike?: true;
  readonly code?: true;
}

/** What stands around a run: its style, and the link that it is part of. */
interface Around {
  readonly style: Style;
  readonly url: string | undefined;
}

const STYLES: Readonly<Record<string, Style>> = {
  strong: { bold: true },
  em: { italic: true },
  del: { strike: true },
  code: { code: true },
};

/** Draws what stands in lines: text, links, styles, line breaks. */
export function drawSpans(nodes: readonly Markup[], style: Style = {}): readonly Span[] {
  return joined(nodes.flatMap((node) => spans(node, { style, url: undefined })));
}

/** The same runs without white space at either end; Slack would show it as empty lines. */
export function trimmed(line: readonly Span[]): readonly Span[] {
  const started = line.map((span, at) => (at === 0 ? withText(span, textOf(span).trimStart()) : span));
  const ended = started.map((span, at) =>
    at === started.length - 1 ? withText(span, textOf(span).trimEnd()) : span,
  );
  const shown = ended.filter((span) => textOf(span) !== '');
  return shown.length === line.length || shown.length === 0 ? shown : trimmed(shown);
}

/** Runs of the same style and address become one. */
export function joined(all: readonly Span[]): readonly Span[] {
  const runs: Span[] = [];
  for (const span of all) {
    const last = runs.at(-1);
    if (textOf(span) === '') continue;
    if (last !== undefined && last.type !== 'channel' && kindOf(last) === kindOf(span)) {
      runs[runs.length - 1] = withText(last, textOf(last) + textOf(span));
    } else runs.push(span);
  }
  return runs;
}

/** A run of plain text. */
export function textSpan(text: string, style: Style = {}): Span {
  return { type: 'text', text: sendable(text), ...(Object.keys(style).length > 0 ? { style } : {}) };
}

/** What a run shows; of a channel its id stands for its name. */
export function textOf(span: Span): string {
  return span.type === 'channel' ? `#${span.channel_id}` : (span.text ?? '');
}

/** The same run with another text; a channel keeps its name. */
export function withText(span: Span, text: string): Span {
  return span.type === 'channel' ? span : { ...span, text };
}

function kindOf(span: Span): string {
  return JSON.stringify(span.type === 'channel' ? span : { ...span, text: '' });
}

function spans(node: Markup, around: Around): readonly Span[] {
  if (typeof node === 'string') return [run(node, around)];
  if (node.tag === 'br') return [run(around.url === undefined ? '\n' : ' ', around)];
  if (node.tag === 'a' && around.url === undefined) return link(node, around.style);
  const style = { ...around.style, ...STYLES[node.tag] };
  return node.children.flatMap((child) => spans(child, { ...around, style }));
}

function run(text: string, { style, url }: Around): Span {
  const span = textSpan(text, style);
  return url === undefined ? span : { ...span, type: 'link', url, text: textOf(span) };
}

/** A text that names an address itself is no link to another one, for that would mislead: both are shown. */
function link({ children, href = '', channel }: MarkupElement, style: Style): readonly Span[] {
  const inside = (url: string | undefined) =>
    trimmed(joined(children.flatMap((child) => spans(child, { style, url }))));
  if (channel !== undefined) return isChannelId(channel) ? [mention(channel, style)] : inside(undefined);
  if (!/^(?:https?|mailto):/.test(href) || href.length > LIMITS.richText.url) {
    return [...inside(undefined), textSpan(` (${href})`, style)];
  }
  const linked = inside(href);
  const text = linked.map(textOf).join('');
  const bare = href.replace(/^mailto:/, '');
  if (text === '') return [run(bare, { style, url: href })];
  const misleads = /:\/\/|^www\./i.test(text) && !sameAddress(text, href);
  if (!misleads) return linked;
  return [...inside(undefined), textSpan(' (', style), run(bare, { style, url: href }), textSpan(')', style)];
}

function isChannelId(id: string): boolean {
  return /^[CG][A-Z0-9]{2,}$/.test(id);
}

function mention(channel: string, style: Style): Span {
  return { type: 'channel', channel_id: channel, ...(Object.keys(style).length > 0 ? { style } : {}) };
}

function sameAddress(text: string, href: string): boolean {
  return [text, `http://${text}`, `https://${text}`].some(
    (address) => URL.canParse(address) && new URL(address).href === href,
  );
}
