import { splitText } from '../paging.js';
import { LIMITS } from './limits.js';
import { escaped } from './plain.js';

/**
 * What a page says, for notifications and screen readers. Slack reads its own markup in this text, so that is escaped:
 * no word of a note or a person can become a mention or a link.
 */
export function fallbackOf(words: readonly string[]): string {
  const said = words.map((word) => word.trim()).find((word) => word !== '') ?? 'Here you are.';
  const more = ' …';
  const [first = '', second] = splitText(
    said.replace(/\n{2,}/g, '\n'),
    (part) => escaped(part).length <= LIMITS.message.text - more.length,
  );
  return escaped(first) + (second === undefined ? '' : more);
}
