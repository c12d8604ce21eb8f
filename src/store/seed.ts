import type { CardId } from '../notes/model.js';
import type { LearnerId } from './store.js';

/** The seed of a review's fuzz: with it, the intervals that buttons announce are those that `record` then gives. */
export function reviewSeed(learner: LearnerId, card: CardId, seq: number): string {
  return `${learner}:${card}:${seq}`;
}
