import { describe, expect, it } from 'vitest';
import { comesBackAt } from '../../src/store/changed.js';
import { NOW } from './samples.js';

const DAY = 24 * 60 * 60_000;

describe('a card that changed its meaning', () => {
  it('comes back after one, two or three days, about as many on each', () => {
    const days = Array.from(
      { length: 600 },
      (_, n) => (comesBackAt(NOW, `learner ${n}`, 'card').getTime() - NOW.getTime()) / DAY,
    );
    for (const day of [1, 2, 3]) expect(days.filter((one) => one === day).length).toBeGreaterThan(150);
    expect(days.every((day) => day >= 1 && day <= 3)).toBe(true);
  });
});
