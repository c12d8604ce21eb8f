import type { NoteFile } from '../files.js';
import type { Library, Problem } from '../model.js';
import { lintConcepts } from './concepts.js';
import { lintLines } from './lines.js';
import { lintQuestions } from './questions.js';

/** What the author of the notes may want to put right, by note and line: each with what to do about it. */
export function lint(files: readonly NoteFile[], library: Library): readonly Problem[] {
  const found = [...files.flatMap(lintLines), ...lintConcepts(library), ...lintQuestions(library)];
  return found.sort((a, b) => (a.note === b.note ? a.line - b.line : a.note < b.note ? -1 : 1));
}
