import MiniSearch from 'minisearch';
import { loadLibrary } from '../../src/notes/library.js';
import type { Library } from '../../src/notes/model.js';
import { byTurns, type Measure } from './measure.js';

const CALLS = 500;
const ownQuestions = [
  'what stores cluster state?',
  'who assigns pods to nodes?',
  'difference between managed and self managed nodes',
  'kubelt',
  'photosynthesis',
];

/** One lookup in the shipped deck, beside a plain full-text query over the same concepts. */
export async function benchExplain(): Promise<readonly Measure[]> {
  const library = await loadLibrary('content');
  const queries = [...library.concepts.map(({ term }) => term), ...ownQuestions];
  const search = plainSearch(library);
  const each = (work: (query: string) => unknown) => () => {
    for (let call = 0; call < CALLS; call += 1) work(queries[call % queries.length] ?? '');
  };
  const { ours, floor } = await byTurns(
    7,
    each((query) => library.lookup(query)),
    each((query) => search.search(query)),
  );
  return [
    {
      what: `explain, one call on ${library.concepts.length} concepts`,
      value: ours / CALLS,
      floor: floor / CALLS,
      unit: 'ms',
      floorIs: 'a plain MiniSearch query',
      aim: 'under 5 ms',
      reached: ours / CALLS < 5,
    },
  ];
}

function plainSearch(library: Library): MiniSearch {
  const search = new MiniSearch({ fields: ['term', 'text'] });
  search.addAll(library.concepts.map(({ id, term }) => ({ id, term, text: library.textOf(id) })));
  return search;
}
