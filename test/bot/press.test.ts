import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../../src/bot/errors.js';
import { decodePress, encodePress, PRESS_LIMIT } from '../../src/bot/press.js';

test('a press says the same after a round trip', () => {
  const part = fc.string({ maxLength: 8 });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 3 }), (parts) => {
      const press = encodePress('review', 'rate', ...parts);
      expect(decodePress(press)).toEqual({ command: 'review', action: 'rate', parts });
    }),
  );
});

test('a press that no platform could carry is refused when it is made', () => {
  expect(() => encodePress('quiz', 'answer', 'x'.repeat(PRESS_LIMIT))).toThrow(/too long/);
});

test('rubbish in place of a press is answered, not thrown as a fault of ours', () => {
  for (const press of ['', 'x', '%', 'a/%E0%A4%A', 'y'.repeat(5000)]) {
    expect(() => decodePress(press)).toThrow(UserError);
  }
});
