import { type Asked, writeNeeds } from '../advisor/rewrite.js';
import type { Understood } from '../advisor/understood.js';

/** What is asked, and the words beside it that settle nothing. */
export type Said = Asked & Pick<Understood, 'lookalikes' | 'wideWords' | 'notUnderstood'>;

/**
 * Writes what was said as text that `understandNeeds` reads the same. What settles nothing comes last, so that an answer
 * to changed needs still names it, and asks what was open.
 */
export function writeSaid({ lookalikes, wideWords, notUnderstood, ...asked }: Said): string {
  const parts = [
    writeNeeds(asked),
    ...lookalikes.map(({ name }) => name),
    ...wideWords.flatMap(({ alsoCalled }) => alsoCalled.slice(0, 1)),
    ...notUnderstood,
  ];
  return parts.filter((part) => part !== '').join('. ');
}
