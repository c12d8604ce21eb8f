import type { NoteFile } from '../files.js';
import type { Library, Problem } from '../model.js';
import { readOutline } from '../reading/outline.js';
import { lintAnchors } from './anchors.js';
import { lintConcepts } from './concepts.js';
import { lintLines } from './lines.js';
import { lintQuestions } from './questions.js';

/** What the author of the notes may want to put right, by note and line: each with what to do about it. */
export function lint(files: readonly NoteFile[], library: Library): readonly Problem[] {
  const notes = files.map((file) => ({ ...file, outline: readOutline(file.text) }));
  const found = [
    ...notes.flatMap(lintLines),
    ...lintAnchors(notes),
    ...lintConcepts(library),
    ...lintQuestions(library),
  ];
  return found.sort((a, b) => (a.note === b.note ? a.line - b.line : a.note < b.note ? -1 : 1));
}
