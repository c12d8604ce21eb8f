import type { Concept } from '../model.js';
import { stemOf } from '../tokens.js';
import { baseOf } from './kin.js';
import type { Position } from './position-map.js';

/** A name in its spellings. */
export interface Spelled {
  readonly raw: readonly string[];
  readonly short: readonly string[];
  /** In short forms, without words that carry no subject. */
  readonly heavy: readonly string[];
  /** The lists of words that it is found by. */
  readonly names: readonly (readonly string[])[];
}

/** A name that holds words: the share of it that they are, and whether it begins and ends with them. */
export interface Holder {
  readonly position: Position;
  readonly share: number;
  readonly opens: boolean;
  readonly closes: boolean;
}

/** The keys by which a name is found as a whole. */
export function keysOf({ raw, short, heavy }: Spelled): ReadonlySet<string> {
  return new Set([keyOf(short), keyOf(raw), ...(heavy.length > 1 ? [keyOf(heavy)] : [])]);
}

/** Everything that a concept is called. */
export function allNames(concept: Concept | undefined): readonly string[] {
  return concept === undefined ? [] : [concept.term, ...concept.aliases].flatMap(namesIn);
}

/** A name, and the names in it where it says them all: 'Work in progress limit (WIP limit)'. */
export function namesIn(name: string): readonly string[] {
  const [, before = '', inside = ''] = /^(.*\S)\s*[(（]([^()（）]+)[)）]$/u.exec(name) ?? [];
  return before === '' ? [name] : [before, inside, name];
}

const forms = new Map<string, string>();
const formsKept = 20_000;

/** The words of a name without the endings that make one word of another ('pooler', 'pooling', 'pool'). */
export function formOf(words: readonly string[]): string {
  return words.map(wordForm).join('');
}

function wordForm(word: string): string {
  const known = forms.get(word);
  if (known !== undefined) return known;
  const form = baseOf(stemOf(word));
  if (forms.size >= formsKept) forms.clear();
  forms.set(word, form);
  return form;
}

/** Words run together, so that hyphens and spaces do not matter; without an article in front. */
export function keyOf(words: readonly string[]): string {
  const [first = '', ...rest] = words;
  const bare = rest.length > 0 && /^(?:an?|the)$/.test(first) ? rest : words;
  return bare.filter((word) => word !== 'the').join('') || words.join('');
}
