import { randomUUID } from 'node:crypto';
import type { StudyClock } from '../../src/learning/model.js';
import { DEFAULT_PARAMETERS } from '../../src/learning/schedule.js';
import { type Card, CardId, ConceptId } from '../../src/notes/model.js';
import type { AccountKey, LearnerId, ReviewDraft } from '../../src/store/store.js';

export const NOW = new Date('2026-03-10T12:00:00.123Z');
export const CLOCK: StudyClock = { timeZone: 'Europe/Berlin', rolloverHour: 4 };

/** That many minutes after NOW. */
export const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

export const cardId = (id: string) => CardId.parse(id);

/** A card as the notes give it; the text makes its hash. */
export function card(id: string, line: number, text = id): Card {
  return {
    id: cardId(id),
    key: `key of ${id}`,
    concept: ConceptId.parse(`c-${id}`),
    deck: 'eks',
    kind: 'fact',
    front: `What is ${text}?`,
    back: text,
    keyPoints: [text],
    source: { note: 'eks.md', line: line + 1, endLine: line + 1 },
    hash: `hash of ${text}`,
  };
}

/** An account that nobody has signed in with. */
export function person(): AccountKey {
  return { platform: 'web', workspace: 'local', user: randomUUID() };
}

/** A Good review with a new key, changed as given. */
export function draft(
  learner: LearnerId,
  id: string,
  shownAfterSeq: number,
  change: Partial<ReviewDraft> = {},
): ReviewDraft {
  return {
    learner,
    workspace: { platform: 'web', workspace: 'local' },
    card: cardId(id),
    idempotencyKey: randomUUID(),
    shownAfterSeq,
    kind: 'review',
    at: NOW,
    clock: CLOCK,
    rating: 3,
    counts: true,
    source: 'session',
    format: 'self-graded',
    parameters: DEFAULT_PARAMETERS,
    answer: undefined,
    correct: undefined,
    responseMs: 1234,
    question: undefined,
    cardVersion: 'hash',
    quiz: undefined,
    ...change,
  };
}
