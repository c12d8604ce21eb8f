import type { ChoicesInput, Option } from '../bot/reply.js';

/** A part of an input that takes several options: as many of them as a chat shows in one list. */
export interface OptionList {
  /** Tells it from the input's other lists. */
  readonly id: string;
  readonly label: string;
  readonly options: readonly Option[];
}

const LIST_NUMBER = /\/\d+$/;

interface Room {
  /** The most options in a list. */
  readonly size: number;
  /** The most lists. */
  readonly most: number;
}

/**
 * The input's options as lists that fit: a list for each group, else neighbouring groups together, else all in a row.
 * Throws where they fit in no way: that is a mistake in a command.
 */
export function listsOf({ name, label, options }: ChoicesInput, { size, most }: Room): readonly OptionList[] {
  const distinct = [...new Map(options.map((option) => [option.value, option])).values()];
  const groups = grouped(distinct).flatMap((group) => chunks(group, size));
  const lists = [groups, joined(groups, size), chunks(distinct, size)].find(({ length }) => length <= most);
  if (lists === undefined || lists.length === 0) {
    throw new Error(`the options of '${name}' must fit 1 to ${most} lists of ${size}`);
  }
  const headings = lists.map((list) => headingOf(list) ?? label);
  return lists.map((list, at) => ({
    id: `${name}/${at}`,
    label: numbered(headings, at),
    options: list,
  }));
}

/** True for the id of a list, which no input has for a name. */
export function isList(id: string): boolean {
  return LIST_NUMBER.test(id);
}

/** What was chosen, by the inputs' names, given the lists' ids with what was chosen in each. */
export function chosenIn(
  lists: readonly (readonly [id: string, values: readonly string[]])[],
): Readonly<Record<string, readonly string[]>> {
  const names = lists.map(([id]) => id.replace(LIST_NUMBER, ''));
  return Object.fromEntries(
    names.map((name) => [name, lists.flatMap(([, values], at) => (names[at] === name ? values : []))]),
  );
}

/** Options under one heading, in the order in which the headings first come. */
function grouped(options: readonly Option[]): readonly (readonly Option[])[] {
  const groups = new Map<string | undefined, Option[]>();
  for (const option of options) groups.set(option.group, [...(groups.get(option.group) ?? []), option]);
  return [...groups.values()];
}

function joined(groups: readonly (readonly Option[])[], size: number): readonly (readonly Option[])[] {
  const lists: Option[][] = [];
  for (const group of groups) {
    const last = lists.at(-1);
    if (last !== undefined && last.length + group.length <= size) last.push(...group);
    else lists.push([...group]);
  }
  return lists;
}

function chunks(options: readonly Option[], size: number): readonly (readonly Option[])[] {
  return Array.from({ length: Math.ceil(options.length / size) }, (_, at) =>
    options.slice(at * size, (at + 1) * size),
  );
}

/** 'Hardware, storage'; undefined where nothing stands under a heading. */
function headingOf(options: readonly Option[]): string | undefined {
  const headings = new Set(options.flatMap(({ group }) => group ?? []));
  const text = [...headings].join(', ');
  return text === '' ? undefined : text.charAt(0).toUpperCase() + text.slice(1);
}

function numbered(headings: readonly string[], at: number): string {
  const heading = headings[at] ?? '';
  const same = headings.filter((other) => other === heading).length;
  if (same === 1) return heading;
  const before = headings.slice(0, at).filter((other) => other === heading).length;
  return `${heading} (${before + 1} of ${same})`;
}
