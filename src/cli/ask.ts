import { loadLibrary } from '../notes/library.js';
import type { Concept, Library, Lookup } from '../notes/model.js';
import { answerEach } from './lines.js';
import { type ContentOptions, configOf } from './options.js';

/** Answers `eks explain`. */
export async function explain(query: readonly string[], options: ContentOptions): Promise<void> {
  const library = await loadLibrary(configOf(options).contentDir);
  await answerEach(query, (text) => {
    const found = library.lookup(text);
    return options.json ? asJson(library, text, found) : asText(library, text, found);
  });
}

function asJson(library: Library, query: string, { outcome, concepts, suggestions }: Lookup): string {
  return JSON.stringify({
    query,
    outcome,
    concepts: concepts.map((concept) => ({
      id: concept.id,
      term: concept.term,
      aliases: concept.aliases,
      path: concept.path,
      note: concept.source.note,
      line: concept.source.line,
      text: library.textOf(concept.id),
    })),
    suggestions,
  });
}

function asText(library: Library, query: string, { outcome, concepts, suggestions }: Lookup): string {
  if (outcome === 'none') {
    const near = suggestions.length === 0 ? '' : ` Nearest: ${suggestions.join(', ')}.`;
    return `"${query}" is not in the notes.${near}`;
  }
  const intro = outcome === 'ambiguous' ? `"${query}" stands for several things in the notes.\n\n` : '';
  return intro + concepts.map((concept) => describe(library, concept)).join('\n\n');
}

function describe(library: Library, concept: Concept): string {
  const aliases = concept.aliases.length === 0 ? '' : ` (${concept.aliases.join(', ')})`;
  const where = [...concept.path, `${concept.source.note}:${concept.source.line}`].join(' › ');
  return `${concept.term}${aliases}\n${where}\n\n${library.textOf(concept.id)}`;
}
