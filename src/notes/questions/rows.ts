import type { Concept, Fact } from '../model.js';
import { shuffled } from '../random.js';
import { wordsOf } from '../tokens.js';
import { fewestDistractors, isTooLong, type Made, standsOut } from './draft.js';

/** A row of a comparison: what is compared, and what it is in each column. */
interface Row {
  readonly label: string;
  readonly cells: readonly { readonly head: string; readonly value: string }[];
}

/** Asks to which column a cell of a comparison belongs. */
export function askRow(fact: Fact, concept: Concept, beside: readonly Concept[], seed: string): Made {
  const row = fact.kind === 'row' ? rowOf(fact.text) : undefined;
  if (row === undefined) return 'no row';
  // Where other rows are things of their own, the columns say how each of them is, and do not compete.
  const isThing = beside.some((other) =>
    cellsOf(other)?.every(({ head }, at) => head === row.cells[at]?.head),
  );
  if (isThing) return 'no row';
  const { label, cells } = row;
  const heads = cells.map(({ head }) => head);
  const fitting = cells.filter(({ value }) => {
    const same = cells.filter((other) => other.value.toLowerCase() === value.toLowerCase());
    const named = heads.some((head) => wordsOf(value).join(' ').includes(wordsOf(head).join(' ')));
    return same.length === 1 && !named && !isEmpty(value);
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

/** What a table says of a thing that is a row of it: 'Milk: foam; Size: 40 ml'. */
function cellsOf({ facts }: Concept): Row['cells'] | undefined {
  const definition = facts.find((fact) => fact.kind === 'definition' && fact.lead !== undefined);
  return definition === undefined ? undefined : rowOf(`row: ${definition.text}`)?.cells;
}

/** Heads of columns that name no thing: 'Since', 'Used for', 'Good at'. */
const noNoun =
  /^(?:since|from|to|until|when|where|who|what|how|why|which|is|has|can|for|in|on|at|by|with|good|best|needs?|uses?|runs?|\p{L}+ed)\b|\b(?:by|for|in|on|at|to|with|from)$/iu;

/** True where a table defines a thing by its cells. */
export function isRowOfTable(fact: Fact): boolean {
  return fact.kind === 'definition' && fact.lead !== undefined && rowOf(`row: ${fact.text}`) !== undefined;
}

/** Asks what a table says of one thing, among what it says of the others: 'Which size do the notes give for Latte?' */
export function askCell(fact: Fact, concept: Concept, beside: readonly Concept[], seed: string): Made {
  const cells = fact.kind === 'definition' ? cellsOf(concept) : undefined;
  if (cells === undefined) return 'no row';
  for (const { head, value } of shuffled(cells, `${seed}/cells`)) {
    const rivals = new Map<string, string>();
    for (const other of beside) {
      const rival = other.id === concept.id ? undefined : cellsOf(other)?.find((cell) => cell.head === head);
      if (rival !== undefined) rivals.set(rival.value.toLowerCase(), rival.value);
    }
    rivals.delete(value.toLowerCase());
    const others = shuffled([...rivals.values()], `${seed}/others`).slice(0, 3);
    const named = wordsOf(value).some((word) => wordsOf(concept.term).includes(word));
    if (others.length < fewestDistractors || named || isEmpty(value) || standsOut(value, others)) continue;
    const stem = noNoun.test(head)
      ? `What do the notes give under “${head}” for ${concept.term}?`
      : `Which ${lowered(head)} do the notes give for ${concept.term}?`;
    const options = inOrder([value, ...others], `${seed}/options`);
    const points = cells.map((cell) => `${cell.head} of ${concept.term}: ${cell.value}`);
    return { form: 'choice', stem, options, answer: value, accepted: [value], points, owner: concept };
  }
  return 'distractors';
}

function isEmpty(value: string): boolean {
  return !/[\p{L}\d]{2}|\d/u.test(value) || /^(?:n\/a|none|-+|no|yes)$/i.test(value);
}

/** Numbers in rising order, and all else in no order. */
function inOrder(values: readonly string[], seed: string): readonly string[] {
  const numbers = values.map((value) => Number.parseFloat(/^[^\d]*?([\d.]+)/.exec(value)?.[1] ?? ''));
  if (numbers.some(Number.isNaN)) return shuffled(values, seed);
  return values
    .map((value, at) => ({ value, by: numbers[at] ?? 0 }))
    .sort((one, other) => one.by - other.by)
    .map(({ value }) => value);
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
