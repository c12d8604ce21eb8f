import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { listFolder } from '../../src/notes/files.js';
import { NoteReader, readLibrary } from '../../src/notes/library.js';
import { type Measure, timed } from './measure.js';
import { glossaryNote, linkedNote } from './samples.js';

const FEW = 1_000;
const MANY = 10_000;

/** Reads a folder's notes for the first time, then after an edit of one of them. */
async function paceOn(count: number, textOf: (number: number) => string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'eks-bench-'));
  try {
    const texts = Array.from({ length: count }, (_, number) => textOf(number));
    const files = texts.map((text, number) => {
      const deck = path.join(folder, `deck-${number % 20}`);
      mkdirSync(deck, { recursive: true });
      const file = path.join(deck, `note-${number}.md`);
      writeFileSync(file, text);
      return file;
    });
    const remark = unified().use(remarkParse).use(remarkGfm).freeze();
    const parsed = texts.slice(0, FEW);
    const parsing = await timed(() => {
      for (const text of parsed) remark.parse(text);
    });
    const floor = parsing * (count / parsed.length);
    const reader = new NoteReader();
    const read = async () => readLibrary(await listFolder(folder), reader);
    const load = await timed(read);
    const memory = process.memoryUsage().rss / 2 ** 20;
    appendFileSync(files[0] ?? '', '\n- **newcomer**: keeps rows apart\n');
    const edit = await timed(read);
    const look = await timed(() => listFolder(folder));
    return { load, floor, edit, look, memory };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const inWords = (count: number) => count.toLocaleString('en');

/** Loading notes from disk until the library is ready, beside parsing their texts with remark alone. */
export async function benchLoad(): Promise<readonly Measure[]> {
  const bare = process.memoryUsage().rss / 2 ** 20;
  const linked = await paceOn(FEW, linkedNote);
  const few = await paceOn(FEW, glossaryNote);
  const many = await paceOn(MANY, glossaryNote);
  const parsing = { unit: 'ms', floorIs: 'remark parsing the same texts' };
  const aim = 'at most the floor';
  return [
    {
      what: `loading ${inWords(FEW)} notes with code, links and sections`,
      value: linked.load,
      floor: linked.floor,
      ...parsing,
      aim,
      reached: linked.load <= linked.floor,
    },
    {
      what: `loading ${inWords(FEW)} glossaries`,
      value: few.load,
      floor: few.floor,
      ...parsing,
      aim,
      reached: few.load <= few.floor,
    },
    {
      what: `loading ${inWords(MANY)} glossaries`,
      value: many.load,
      floor: many.floor,
      ...parsing,
      floorIs: `ten times what remark takes to parse ${inWords(FEW)} of them`,
      aim: 'under 10 s',
      reached: many.load < 10_000,
    },
    {
      what: `memory with ${inWords(MANY)} glossaries, before the first lookup`,
      value: many.memory,
      floor: bare,
      unit: 'MiB',
      floorIs: 'the process before any note',
      aim: 'under 500 MiB',
      reached: many.memory < 500,
    },
    {
      what: `an edit of one of ${inWords(MANY)} notes`,
      value: many.edit,
      floor: many.look,
      unit: 'ms',
      floorIs: 'looking at the state of each file',
      aim: 'under 2 s',
      reached: many.edit < 2_000,
    },
    {
      what: `a look at ${inWords(MANY)} notes for edits`,
      value: many.look,
      floor: many.look,
      unit: 'ms',
      floorIs: 'itself',
      aim: 'under 500 ms',
      reached: many.look < 500,
    },
  ];
}
