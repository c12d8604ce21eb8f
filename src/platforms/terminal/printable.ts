import { stripVTControlCharacters } from 'node:util';

// Control characters but tab and newline, and the marks that turn text around and could disguise it.
const UNPRINTABLE = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/gu;

/** The text without anything that a terminal would obey: escape sequences, control characters, direction overrides. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(UNPRINTABLE, '');
}
