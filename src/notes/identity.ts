import { hash } from 'node:crypto';
import { CardId, ConceptId } from './model.js';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** The first 80 bits of SHA-256 in base32 (RFC 4648, lower case): 16 characters. */
export function shortHash(key: string): string {
  const bytes = hash('sha256', key, 'binary');
  // A string put together letter by letter stays a chain of strings in memory.
  const codes: number[] = [];
  let bits = 0;
  let value = 0;
  for (let i = 0; i < 10; i++) {
    value = (value << 8) | bytes.charCodeAt(i);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      codes.push(ALPHABET.charCodeAt((value >>> bits) & 31));
    }
    value &= (1 << bits) - 1;
  }
  return String.fromCharCode(...codes);
}

/** The id of the concept with this key. */
export function conceptId(key: string): ConceptId {
  return ConceptId.parse(shortHash(`concept\n${key}`));
}

/** The id of the card with this key. */
export function cardId(key: string): CardId {
  return CardId.parse(shortHash(`card\n${key}`));
}
