import type { Facts } from './facts.js';
import { lexiconOf } from './lexicon.js';
import { summarize } from './mentions.js';
import { Reader } from './reader.js';
import type { Understood } from './understood.js';
import { tokenize } from './words.js';

const LONGEST_TEXT = 2000;
const MOST_UNKNOWN = 20;

/** The first half of a character, where the text was cut within it. */
const HALF = /[\ud800-\udbff]$/;

/** Reads needs, refusals, wishes, node types and preferences out of free text. Never throws. */
export function understandNeeds(facts: Facts, text: string): Understood {
  const query = text.slice(0, LONGEST_TEXT).replace(HALF, '').trim();
  const reader = new Reader(lexiconOf(facts), tokenize(query));
  reader.read();
  return {
    query,
    ...summarize(facts, reader.scope.mentions),
    corrected: reader.corrected,
    notUnderstood: reader.unknown.slice(0, MOST_UNKNOWN),
    cut: text.trim().length > LONGEST_TEXT,
  };
}
