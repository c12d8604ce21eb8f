import type { LoggedReview, MemoryState } from './model.js';
import { advance } from './schedule.js';

/**
 * The memory state that follows from one learner's log of one card, given in any order; undefined where nothing
 * counts. It is the state that `advance` gave at the last review, bit for bit. A void cancels one earlier entry,
 * also an earlier void; a reset forgets the card whether or not it is marked as counting.
 */
export function foldReviews(reviews: readonly LoggedReview[]): MemoryState | undefined {
  let state: MemoryState | undefined;
  for (const review of standing(reviews)) {
    if (review.kind === 'reset') state = undefined;
    else if (review.rating !== undefined) {
      state = advance(state, review.rating, review.at, review.clock, review.parameters, review.seed);
    }
  }
  return state;
}

/** Entries that change the memory state and are not voided, in the order of seq. */
function standing(reviews: readonly LoggedReview[]): LoggedReview[] {
  const newestFirst = [...reviews].sort((a, b) => b.seq - a.seq);
  const voided = new Set<number>();
  const kept: LoggedReview[] = [];
  for (const review of newestFirst) {
    if (voided.has(review.seq)) continue;
    if (review.kind === 'void') {
      if (review.voids !== undefined && review.voids < review.seq) voided.add(review.voids);
    } else if (review.kind === 'reset' || (review.counts && review.rating !== undefined)) {
      kept.push(review);
    }
  }
  return kept.reverse();
}
