import { createHash } from 'node:crypto';
import type { CardId } from '../notes/model.js';
import type { Database } from './database.js';
import type { LearnerId } from './store.js';

/** A text of a card that a learner knows and that says something else now. */
export interface EarlierText {
  readonly front: string;
  readonly back: string;
  readonly changedAt: Date;
}

const DAY_MS = 24 * 60 * 60_000;
/** A card that has changed its meaning comes back within this many days, so that not all come on one. */
const SPREAD_DAYS = 3;

/**
 * When a learner sees a card again whose meaning has changed: one to three days after the change, the same for the same
 * learner and card. Derived, not stored: the memory state stays what the log of reviews says.
 */
export function comesBackAt(changedAt: Date, learner: string, card: string): Date {
  const hash = createHash('sha256').update(`${learner}:${card}:${changedAt.getTime()}`).digest();
  return new Date(changedAt.getTime() + (1 + (hash.readUInt32BE(0) % SPREAD_DAYS)) * DAY_MS);
}

/**
 * The text that the learner last saw, where the card has changed its meaning since; see Cards. What counts is which text
 * was seen, not when it was rated: the notes may change between the two.
 */
export async function changedSince(
  database: Database,
  learnerId: LearnerId,
  cardId: CardId,
): Promise<EarlierText | undefined> {
  return database.read(async (client) => {
    const card = await client.card.findUnique({
      where: { id: cardId },
      select: { changedAt: true, hash: true },
    });
    if (card?.changedAt == null) return undefined;
    const last = await client.review.findFirst({
      where: { learnerId, cardId, kind: { not: 'void' } },
      orderBy: { seq: 'desc' },
      select: { cardVersion: true },
    });
    if (last === null || last.cardVersion === card.hash) return undefined;
    const text = await client.cardText.findUnique({
      where: { cardId_hash: { cardId, hash: last.cardVersion } },
    });
    if (text === null || text.since >= card.changedAt) return undefined;
    return { front: text.front, back: text.back, changedAt: card.changedAt };
  });
}
