import type { Facts } from './facts.js';

/** Lists of words that names may refer to, by what the list is called: 'a-machine' for "manage (a-machine)". */
export type WordLists = ReadonlyMap<string, readonly string[]>;

/** More ways than this to write one name are a slip of its author, and would fill the memory. */
const MOST_WAYS = 2000;

const IN_PARENTHESES = /\(([^()]*)\)/;

/**
 * All ways to write a name: "(patch/update) the (a-machine)" stands for each of the first words before each word
 * of the list "a-machine"; "(worker/) node" is "worker node" and "node". Other parentheses are left as they are.
 */
export function waysToWrite(name: string, lists: WordLists): readonly string[] {
  let ways = [''];
  let rest = name;
  for (let found = IN_PARENTHESES.exec(rest); found !== null; found = IN_PARENTHESES.exec(rest)) {
    const [all, inside = ''] = found;
    const isChoice = inside.includes('/') || lists.has(inside);
    const choices = isChoice ? inside.split('/').flatMap((choice) => lists.get(choice) ?? [choice]) : [all];
    const head = rest.slice(0, found.index);
    if (ways.length * choices.length > MOST_WAYS) return [name];
    ways = ways.flatMap((way) => choices.map((choice) => way + head + choice));
    rest = rest.slice(found.index + all.length);
  }
  return ways.map((way) => `${way}${rest}`.replace(/\s+/g, ' ').trim());
}

/** The facts with every name written out. */
export function writtenOut(facts: Facts, lists: WordLists): Facts {
  const all = (names: readonly string[]) => names.flatMap((name) => waysToWrite(name, lists));
  const called = <T extends { readonly alsoCalled: readonly string[] }>(item: T): T => ({
    ...item,
    alsoCalled: all(item.alsoCalled),
  });
  return {
    ...facts,
    nodeTypes: facts.nodeTypes.map(called),
    lookalikes: facts.lookalikes.map(called),
    preferences: facts.preferences.map(called),
    wideWords: facts.wideWords.map(called),
    generic: all(facts.generic),
    capabilities: new Map(
      [...facts.capabilities].map(([id, item]) => [
        id,
        { ...called(item), freeOf: all(item.freeOf), work: all(item.work) },
      ]),
    ),
  };
}
