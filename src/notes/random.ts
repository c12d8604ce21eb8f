import { createHash } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that repeats itself: the same seed gives the same numbers. */
export interface Chance {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
}

/** The chance that a seed stands for. */
export function chanceOf(seed: string): Chance {
  const generator = xoroshiro128plus(createHash('sha256').update(seed).digest().readInt32LE(0));
  return { below: (limit) => uniformInt(generator, 0, limit - 1) };
}

/** The items in a random order, the same for the same seed (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[], seed: string): readonly Item[] {
  const chance = chanceOf(seed);
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = chance.below(last + 1);
    const [a, b] = [order[last], order[other]];
    if (a !== undefined && b !== undefined) {
      order[last] = b;
      order[other] = a;
    }
  }
  return order;
}
