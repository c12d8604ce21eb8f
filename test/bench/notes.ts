import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import MiniSearch from 'minisearch';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { loadLibrary } from '../../src/notes/library.js';
import type { Library } from '../../src/notes/model.js';
import { byTurns, type Measure } from './measure.js';

const NOTES = 1_000;

/** A note in the habit of real ones: headings, terms with glosses, nested bullets, code; about 60 lines. */
function makeNote(number: number): string {
  const lines = [`# Service ${number}`, '', `Service ${number} runs in zone ${number % 7}.`, ''];
  for (let section = 0; section < 6; section += 1) {
    lines.push(`## Part ${number}.${section}`, '');
    for (let item = 0; item < 4; item += 1) {
      const name = `unit-${number}-${section}-${item}`;
      lines.push(
        `- \`${name}\`: keeps **value ${item}** of part ${section} ready for [others](https://example.com)`,
      );
      lines.push(`  - Holds ${item + 2} copies, such as \`copy-${item}\``);
    }
    lines.push('');
  }
  return lines.join('\n');
}

/** Loading 1,000 notes from disk, beside parsing their texts with remark alone. */
export async function benchLoad(): Promise<readonly Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'eks-bench-'));
  try {
    const texts = Array.from({ length: NOTES }, (_, number) => makeNote(number));
    for (const [number, text] of texts.entries()) {
      const deck = path.join(folder, `deck-${number % 20}`);
      mkdirSync(deck, { recursive: true });
      writeFileSync(path.join(deck, `note-${number}.md`), text);
    }
    const remark = unified().use(remarkParse).use(remarkGfm).freeze();
    const { ours, floor } = await byTurns(
      5,
      () => loadLibrary(folder),
      () => {
        for (const text of texts) remark.parse(text);
      },
    );
    return [
      {
        what: `loading ${NOTES.toLocaleString('en')} notes`,
        value: ours,
        floor,
        unit: 'ms',
        floorIs: 'remark parsing the same texts',
        aim: 'at most 2 x',
        reached: ours <= 2 * floor,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

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
