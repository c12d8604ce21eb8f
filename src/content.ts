import { fileURLToPath } from 'node:url';
import { type Facts, loadFacts } from './advisor/facts.js';
import type { FactProblem } from './advisor/model.js';

/** The deck that comes with the program. */
const shippedContent = fileURLToPath(new URL('../content', import.meta.url));

/**
 * Node-type facts of a content folder. A folder without any gets the shipped ones, so that pointing the bot at
 * one's own notes does not cost `which-node`.
 */
export async function loadFactsOrShipped(
  dir: string,
  now: Date,
): Promise<{ facts: Facts | undefined; problems: readonly FactProblem[] }> {
  const own = await loadFacts(dir, now);
  return own.facts === undefined && own.problems.length === 0 ? loadFacts(shippedContent, now) : own;
}
