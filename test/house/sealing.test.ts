import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seal, unseal } from '../../src/sealing.js';
import { Secret } from '../../src/secret.js';

const keyOf = (byte: number) => new Secret(Buffer.alloc(32, byte).toString('base64'));
const key = keyOf(1);

it('gives back any text that was sealed, and never seals one alike twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, owner) => {
      const sealed = seal(text, owner, key);
      expect(unseal(sealed, owner, key)).toBe(text);
      expect(seal(text, owner, key)).not.toBe(sealed);
    }),
  );
});

it('opens nothing for another workspace, with another key, or after any byte was changed', () => {
  const sealed = seal('{"token":"xoxb-1"}', 'T1', key);
  expect(() => unseal(sealed, 'T2', key)).toThrow('SECRET_KEY');
  expect(() => unseal(sealed, 'T1', keyOf(2))).toThrow('SECRET_KEY');
  const bytes = Buffer.from(sealed.slice(3), 'base64url');
  for (const at of bytes.keys()) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => unseal(`v1.${changed.toString('base64url')}`, 'T1', key)).toThrow('SECRET_KEY');
  }
  for (const cut of ['', 'v1.', 'v1.AAAA', sealed.slice(0, -8), sealed.replace('v1.', 'v2.')]) {
    expect(() => unseal(cut, 'T1', key)).toThrow('SECRET_KEY');
  }
});
