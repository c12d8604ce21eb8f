import type { PlainTextElement } from '@slack/types';
import { sendable, shortLine } from '../words.js';

/** A line that is never empty, which Slack refuses. */
export function oneLine(text: string, limit: number): string {
  return shortLine(text, limit, '…');
}

/** A line as Slack's plain text, where ':memory:' stays what it is and does not become an emoji. */
export function plainText(text: string, limit: number): PlainTextElement {
  return { type: 'plain_text', text: oneLine(text, limit), emoji: false };
}

/** Text of a note or a person as it may stand where Slack reads its own markup: no link and no mention can begin. */
export function escaped(text: string): string {
  return sendable(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
