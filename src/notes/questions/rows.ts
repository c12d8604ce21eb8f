import type { Concept, Fact } from '../model.js';
import { shuffled } from '../random.js';
import { wordsOf } from '../tokens.js';
import { isTooLong, type Made } from './draft.js';

/** A row of a comparison: what is compared, and what it is in each column. */
interface Row {
  readonly label: string;
  readonly cells: readonly { readonly head: string; readonly value: string }[];
}

/** Asks to which column a cell of a comparison belongs. */
export function askRow(fact: Fact, concept: Concept, seed: string): Made {
  const row = fact.kind === 'row' ? rowOf(fact.text) : undefined;
  if (row === undefined) return 'no row';
  const { label, cells } = row;
  const heads = cells.map(({ head }) => head);
  const fitting = cells.filter(({ value }) => {
    const same = cells.filter((other) => other.value.toLowerCase() === value.toLowerCase());
    const named = heads.some((head) => wordsOf(value).join(' ').includes(wordsOf(head).join(' ')));
    return (
      same.length === 1 &&
      !named &&
      /[\p{L}\d]{2}|\d/u.test(value) &&
      !/^(?:n\/a|none|-+|no|yes)$/i.test(value)
    );
  });
  const [key] = shuffled(fitting, seed);
  if (key === undefined) return 'no row';
  const among = cells.length < 3 ? `: ${heads.join(' or ')}` : '';
  const stem = `Which one has “${key.value}” as its ${lowered(label)}${among}?`;
  if (isTooLong(stem)) return 'long stem';
  const points = cells.map(({ head, value }) => `${label} of ${head}: ${value}`);
  const base = { stem, answer: key.head, accepted: [key.head], points, owner: concept };
  if (cells.length < 3) return { ...base, form: 'typed', options: [] };
  const others = shuffled(
    heads.filter((head) => head !== key.head),
    `${seed}/heads`,
  ).slice(0, 3);
  return { ...base, form: 'choice', options: shuffled([key.head, ...others], `${seed}/options`) };
}

function rowOf(text: string): Row | undefined {
  const parts = /^([^:;]{1,60}): (.+)$/.exec(text);
  const cells = (parts?.[2] ?? '').split('; ').map((cell) => {
    const [, head = '', value = ''] = /^([^:]{1,40}): (.+)$/.exec(cell) ?? [];
    return { head, value };
  });
  const isWhole = parts !== null && cells.length > 1 && cells.every(({ head }) => head !== '');
  return isWhole ? { label: parts[1] ?? '', cells } : undefined;
}

function lowered(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}
