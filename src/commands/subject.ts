import { createHash } from 'node:crypto';
import { UserError } from '../bot/errors.js';
import { codeSpan, literal } from '../bot/markdown.js';
import type { CardId, Concept, Library } from '../notes/model.js';

/** What a session is about: all notes, a topic, or one concept with what lies under it. */
export interface Subject {
  readonly name: string;
  readonly cards: readonly CardId[];
  /** Short enough for a button; `subjectOf` finds the subject again. */
  readonly token: string;
}

const EVERYTHING = '-';

/** The subject that someone typed; everything where nothing was typed. Throws a UserError for one that is not in the notes. */
export function findSubject(library: Library, typed: string | undefined): Subject {
  const wanted = typed?.trim().toLowerCase() ?? '';
  if (wanted === '' || wanted === 'all') return everything(library);
  const topic = library.topics.find(({ name }) => name.toLowerCase() === wanted);
  if (topic) return topicSubject(topic.name, topic.cards);
  const { outcome, concepts, suggestions } = library.lookup(wanted);
  const [concept] = concepts;
  if (outcome === 'none' || concept === undefined) {
    const near = suggestions.map((term) => literal(term)).join(', ');
    throw new UserError(
      `${codeSpan(wanted)} is not in the notes.${near === '' ? '' : ` Nearest: ${near}.`} Leave the topic out to use all notes.`,
    );
  }
  return conceptSubject(library, concept);
}

/** The subject behind a button's token; everything where the notes no longer have it. */
export function subjectOf(library: Library, token: string): Subject {
  const topic = library.topics.find(({ name }) => topicToken(name) === token);
  if (topic) return topicSubject(topic.name, topic.cards);
  const concept = library.concepts.find(({ id }) => id === token);
  return concept ? conceptSubject(library, concept) : everything(library);
}

/** The cards to choose among, or undefined for all: what the review queue takes. */
export function among(subject: Subject): readonly CardId[] | undefined {
  return subject.token === EVERYTHING ? undefined : subject.cards;
}

function everything(library: Library): Subject {
  return { name: 'all notes', cards: library.cards.map(({ id }) => id), token: EVERYTHING };
}

function topicSubject(name: string, cards: readonly CardId[]): Subject {
  return { name, cards, token: topicToken(name) };
}

function topicToken(name: string): string {
  return `t${createHash('sha256').update(name).digest('base64url').slice(0, 10)}`;
}

/** A concept with what lies under it. */
export function conceptSubject(library: Library, concept: Concept): Subject {
  const cards: CardId[] = [];
  const queue = [concept];
  const seen = new Set(queue);
  for (const next of queue) {
    cards.push(...library.cardsOf(next.id).map(({ id }) => id));
    for (const child of library.childrenOf(next.id)) {
      if (!seen.has(child)) {
        seen.add(child);
        queue.push(child);
      }
    }
  }
  return { name: concept.term, cards, token: concept.id };
}
