import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeLibrary, readNote } from '../../../src/notes/library.js';
import type { Library } from '../../../src/notes/model.js';

// Notes on ten other subjects, and what people would ask of them with the answer that the notes give, written before
// the lookup ever saw either. `none`: not explained there; `A + B`: both; `A | B`: one or the other.
const read = (name: string) => readFileSync(new URL(`./unseen/${name}`, import.meta.url), 'utf8');

interface Asked {
  readonly note: string;
  readonly query: string;
  /** Ways to answer it, each as terms; no terms where nothing is to be found. */
  readonly wanted: readonly (readonly string[])[];
}

function queries(): readonly Asked[] {
  let note = '';
  return read('queries.txt')
    .split('\n')
    .flatMap((line): readonly Asked[] => {
      if (line.startsWith('# ')) note = line.slice(2);
      const [query = '', answers] = line.split(' => ');
      if (answers === undefined) return [];
      const wanted = answers.split(' | ').map((answer) => (answer === 'none' ? [] : answer.split(' + ')));
      return [{ note, query, wanted }];
    });
}

const libraries = new Map<string, Library>();

function answersTo({ note, query }: Asked): readonly string[] {
  const library = libraries.get(note) ?? makeLibrary([readNote(note, read(note))]);
  libraries.set(note, library);
  return library.lookup(query).concepts.map(({ term }) => term.replace(/ \(.*/, ''));
}

/** Right: the wanted concept first, and all of them where several are wanted. Wrong: something else is shown. */
function judge(asked: Asked): 'right' | 'missed' | 'wrong' {
  const got = answersTo(asked);
  const isRight = asked.wanted.some((terms) => {
    if (terms.length < 2) return got[0] === terms[0];
    return terms.every((term) => got.includes(term)) && terms.includes(got[0] ?? '');
  });
  if (isRight) return 'right';
  return got.length === 0 ? 'missed' : 'wrong';
}

describe('lookup in notes that it was not made for', () => {
  const all = queries();
  const judged = all.map((asked) => ({ ...asked, verdict: judge(asked) }));
  const share = (verdict: string) => judged.filter((one) => one.verdict === verdict).length / judged.length;

  it('has questions to judge by', () => {
    expect(all.length).toBeGreaterThan(400);
    expect(all.filter(({ wanted }) => wanted.some((terms) => terms.length === 0)).length).toBeGreaterThan(80);
  });

  it('gives the right concept for 95 of 100 questions', () => {
    expect(share('right')).toBeGreaterThan(0.95);
  });

  it('answers hardly one of 100 with something else', () => {
    expect(share('wrong')).toBeLessThan(0.01);
  });
});
