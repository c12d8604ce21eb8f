import type { Card, CardKind, Library, Problem } from '../model.js';

/** Chance enters a question by its seed; what fails with all of these fails for good. */
const SEEDS = ['1', '2', '3'];

/** What helps most often. */
const ADVICE: Readonly<Record<CardKind, string>> = {
  definition: 'A gloss of 3 to 25 words without the name itself, beside terms of the same kind, makes one.',
  list: 'Words that say what the members are ("The node types are:") and members with a gloss make one.',
  fact: 'A line that names its subject and says one thing makes one.',
  author: 'An answer of a few words on one line makes one.',
};

/** Cards that are shown in reviews but never asked in a quiz. */
export function lintQuestions(library: Library): readonly Problem[] {
  return library.cards.flatMap((card) => (isAsked(library, card) ? [] : [problemOf(library, card)]));
}

function isAsked(library: Library, { id }: Card): boolean {
  return SEEDS.some((seed) => library.question(id, seed) !== undefined);
}

function problemOf(library: Library, { concept, kind, source: { note, line } }: Card): Problem {
  const term = library.concept(concept)?.term ?? '';
  const message = `No quiz question comes of this line on "${term}"; reviews still show it. ${ADVICE[kind]}`;
  return { severity: 'info', note, line, message };
}
