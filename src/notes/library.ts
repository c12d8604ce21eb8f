import { makeCards } from './cards/cards.js';
import { type Listing, listFolder, type NoteFile } from './files.js';
import { makeLookup } from './lookup/lookup.js';
import type { Card, CardId, Concept, ConceptId, Library, Problem } from './model.js';
import { makeQuestions } from './questions/questions.js';
import { findConcepts } from './reading/concepts.js';
import { mergeConcepts } from './reading/merge.js';
import { readOutline } from './reading/outline.js';
import { textOf } from './text.js';
import { topicsOf } from './topics.js';

/** One note as it was read, before it meets the other notes. */
export interface ReadNote {
  readonly note: string;
  readonly concepts: readonly Concept[];
  readonly problems: readonly Problem[];
  /** What the author files the note under, besides its folder. */
  readonly tags: readonly string[];
  /** False where the author wants no cards of this note. */
  readonly cards: boolean;
}

/** Reads one note's text; `note` is its path relative to the content folder. Pure, and never throws. */
export function readNote(note: string, text: string): ReadNote {
  const outline = readOutline(text);
  const { cards, tags } = outline.frontMatter;
  return { ...findConcepts(outline, note), note, cards, tags };
}

/** Longest run of reading before others get their turn, in milliseconds. */
const TURN_MS = 20;

/** Gives way now and then: a bot goes on answering while its notes load. */
class Turns {
  #since = performance.now();

  async next(): Promise<void> {
    if (performance.now() - this.#since < TURN_MS) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#since = performance.now();
  }
}

/** What notes already at hand say, in their order. */
export async function readNotes(files: readonly NoteFile[]): Promise<readonly ReadNote[]> {
  const turns = new Turns();
  const notes: ReadNote[] = [];
  for (const { note, text } of files) {
    notes.push(readNote(note, text));
    await turns.next();
  }
  return notes;
}

interface Known {
  readonly state: string;
  readonly content: ReadNote | Problem;
}

/** Reads folders of notes, and remembers each note by the state of its file: a second load reads only what has changed. */
export class NoteReader {
  #known: ReadonlyMap<string, Known> = new Map();

  /** What the notes of a listing say, and what is wrong with files among them. */
  async read({
    notes,
    problems,
  }: Listing): Promise<{ notes: readonly ReadNote[]; problems: readonly Problem[] }> {
    const now = new Map<string, Known>();
    const turns = new Turns();
    for (const { note, state, read } of notes) {
      const known = this.#known.get(note);
      if (known?.state === state) now.set(note, known);
      else {
        const file = read();
        now.set(note, { state, content: 'text' in file ? readNote(note, file.text) : file });
        await turns.next();
      }
    }
    this.#known = now;
    const contents = [...now.values()].map(({ content }) => content);
    return {
      notes: contents.filter((content) => 'concepts' in content),
      problems: [...problems, ...contents.filter((content) => 'message' in content)],
    };
  }
}

/**
 * Reads a folder of notes into a library. What is wrong with a note is a problem of the library.
 * @throws NotesFolderError if the folder itself cannot be read, with a message that says what to do
 */
export async function loadLibrary(folder: string): Promise<Library> {
  return readLibrary(await listFolder(folder), new NoteReader());
}

/** Reads listed notes into a library, with a reader that may know most of them; `more` comes after them. */
export async function readLibrary(
  listing: Listing,
  reader: NoteReader,
  more: readonly ReadNote[] = [],
): Promise<Library> {
  const { notes, problems } = await reader.read(listing);
  return makeLibrary([...notes, ...more], problems);
}

/** A library of notes already read, in their order. */
export function makeLibrary(notes: readonly ReadNote[], folderProblems: readonly Problem[] = []): Library {
  const concepts = mergeConcepts(notes.map((note) => note.concepts));
  const silent = conceptsWithoutCards(notes);
  const cards = makeCards(concepts).filter((card) => !silent.has(card.concept));
  const problems = [...folderProblems, ...notes.flatMap((note) => note.problems)];
  const tags = new Map(notes.map((read) => [read.note, read.tags]));
  return assemble({
    concepts,
    cards,
    problems,
    tags,
    index: onFirstUse(() => makeLookup(concepts.filter(isExplained))),
  });
}

interface Parts {
  readonly concepts: readonly Concept[];
  readonly cards: readonly Card[];
  readonly problems: readonly Problem[];
  readonly tags: ReadonlyMap<string, readonly string[]>;
  readonly index: () => ReturnType<typeof makeLookup>;
}

function assemble(parts: Parts): Library {
  const { concepts, cards, problems, tags, index } = parts;
  const conceptById = new Map(concepts.map((concept) => [concept.id, concept]));
  const cardById = new Map(cards.map((card) => [card.id, card]));
  const children = groupBy(concepts, (concept) => concept.parent);
  const cardsByConcept = groupBy(cards, (card: Card) => card.concept);
  const childrenOf = (id: ConceptId): readonly Concept[] => children.get(id) ?? [];
  const conceptOf = (id: ConceptId) => conceptById.get(id);
  const cardOf = (id: CardId) => cardById.get(id);
  const material = { concepts, cards, concept: conceptOf, card: cardOf, childrenOf };
  const maker = onFirstUse(() => makeQuestions(material));
  return {
    ...material,
    problems,
    topics: topicsOf(concepts, cards, childrenOf, tags),
    cardsOf: (id) => cardsByConcept.get(id) ?? [],
    textOf: (id) => {
      const concept = conceptById.get(id);
      return concept === undefined ? '' : textOf(concept, childrenOf(id));
    },
    lookup: (query) => index().lookup(query),
    complete: (prefix, limit) => index().complete(prefix, limit),
    question: (card, seed, avoid) => maker().question(card, seed, avoid),
    questionDrops: () => maker().drops(),
    withCardIds(ids) {
      if (ids.size === 0) return this;
      const renamed = cards.map((card) => ({ ...card, id: ids.get(card.id) ?? card.id }));
      return assemble({ ...parts, cards: renamed });
    },
  };
}

/** What only asks with options explains nothing, and would be found for what it names. */
function isExplained({ facts }: Concept): boolean {
  return facts.length === 0 || facts.some(({ choice }) => choice === undefined);
}

function conceptsWithoutCards(notes: readonly ReadNote[]): ReadonlySet<ConceptId> {
  const silent = new Set<ConceptId>();
  for (const note of notes) if (!note.cards) for (const concept of note.concepts) silent.add(concept.id);
  for (const note of notes) if (note.cards) for (const concept of note.concepts) silent.delete(concept.id);
  return silent;
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Made when it is first asked for, and kept. */
function onFirstUse<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
