import type { PlainTextElement } from '@slack/types';

/** Text without what no chat can show: halves of characters and control characters. */
export function sendable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[^\P{Cc}\n\t]/gu, ' ');
}

/** One line of plain text that is no longer than `limit`, shortened with '…', and never empty, which Slack refuses. */
export function oneLine(text: string, limit: number): string {
  const line = sendable(text).replace(/\s+/g, ' ').trim();
  if (line === '') return '…';
  if (line.length <= limit) return line;
  const cut = line.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut.trimEnd()}…`;
}

/** A line as Slack's plain text, where ':memory:' stays what it is and does not become an emoji. */
export function plainText(text: string, limit: number): PlainTextElement {
  return { type: 'plain_text', text: oneLine(text, limit), emoji: false };
}

/** Text of a note or a person as it may stand where Slack reads its own markup: no link and no mention can begin. */
export function escaped(text: string): string {
  return sendable(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
