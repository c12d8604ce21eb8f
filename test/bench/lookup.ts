import { makeLibrary, readNote } from '../../src/notes/library.js';
import { type Measure, quantile } from './measure.js';
import { glossaryNote, objects, pick, things, verbs } from './samples.js';

const SMALL = 120;
const LARGE = 10_000;
const QUERIES = 2_000;

/** Names, slips, questions, comparisons and what the notes do not explain, by turns. */
function queryAt(at: number, notes: number): string {
  const number = (at * 37) % notes;
  const other = (number + 1) % notes;
  const kinds = [
    `${pick(things, number * 7 + 3)} ${number}-3`,
    `what ${pick(verbs, at)} ${pick(objects, at)} for zone ${number % 97}?`,
    `servce ${number}`,
    `difference between service ${number} and service ${other}`,
    'photosynthesis',
    `which ${pick(things, at)} ${pick(verbs, at)} ${pick(objects, at)}?`,
    'rooter balancng',
    `how do I encrypt a ${pick(objects, at)}?`,
  ];
  return pick(kinds, at);
}

interface Pace {
  readonly concepts: number;
  /** Milliseconds until the first answer, which builds the index. */
  readonly first: number;
  readonly p99: number;
  /** MiB that the process holds at the end. */
  readonly memory: number;
}

function paceOn(notes: number): Pace {
  const read = Array.from({ length: notes }, (_, number) =>
    readNote(`deck/note-${number}.md`, glossaryNote(number)),
  );
  const library = makeLibrary(read);
  const clocked = (query: string) => {
    const began = performance.now();
    library.lookup(query);
    return performance.now() - began;
  };
  const first = clocked(queryAt(1, notes));
  const each = Array.from({ length: QUERIES }, (_, at) => clocked(queryAt(at, notes)));
  const memory = process.memoryUsage().rss / 2 ** 20;
  return { concepts: library.concepts.length, first, p99: quantile(each, 0.99), memory };
}

/** Lookup on few and on very many notes: the slowest query in a hundred, the first one, and memory. */
export async function benchLookup(): Promise<readonly Measure[]> {
  const small = paceOn(SMALL);
  const large = paceOn(LARGE);
  const floorIs = `the same on ${SMALL} notes`;
  const many = `${LARGE.toLocaleString('en')} notes (${large.concepts.toLocaleString('en')} concepts)`;
  return [
    {
      what: `lookup in ${SMALL} notes, what 99 of 100 wait at most`,
      value: small.p99,
      floor: small.p99,
      unit: 'ms',
      floorIs: 'itself',
      aim: 'under 5 ms',
      reached: small.p99 < 5,
    },
    {
      what: `lookup in ${many}, what 99 of 100 wait at most`,
      value: large.p99,
      floor: small.p99,
      unit: 'ms',
      floorIs,
      aim: 'under 10 ms',
      reached: large.p99 < 10,
    },
    {
      what: `first lookup in ${many}`,
      value: large.first,
      floor: small.first,
      unit: 'ms',
      floorIs,
      aim: 'under 3 s',
      reached: large.first < 3_000,
    },
    {
      what: `memory with ${many}`,
      value: large.memory,
      floor: small.memory,
      unit: 'MiB',
      floorIs,
      aim: 'under 500 MiB',
      reached: large.memory < 500,
    },
  ];
}
