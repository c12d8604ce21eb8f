import { describe, expect, it } from 'vitest';
import { makeLibrary, readNote } from '../../src/notes/library.js';

const note = (name: string, tags: string, title: string) =>
  readNote(name, `---\ntags: ${tags}\n---\n# ${title}\n\n- Gate: opens at ${title}\n`);

describe('the tags of notes', () => {
  const library = makeLibrary([
    note('a/one.md', '[Water, one]', 'One'),
    note('b/two.md', 'water', 'Two'),
    note('b/three.md', '[]', 'Three'),
  ]);

  it('are topics, one for each tag whatever its case, with the cards of all its notes', () => {
    const water = library.topics.find(({ name }) => name === 'Water');
    const notes = water?.cards.map((id) => library.card(id)?.source.note);
    expect(new Set(notes)).toEqual(new Set(['a/one.md', 'b/two.md']));
    expect(library.topics.filter(({ name }) => /water/i.test(name))).toHaveLength(1);
  });

  it('come last, and not twice where a heading is called the same', () => {
    expect(library.topics.map(({ name }) => name)).toEqual(['a', 'One', 'b', 'Two', 'Three', 'Water']);
  });
});

describe("a card that is written as 'front:::back'", () => {
  it('is asked in both directions, shown once, and each keeps its id where the line has a name', () => {
    const library = makeLibrary([
      readNote('n.md', '# N\n\n- capital of Peru ::: Lima ^peru\n- moon :: Luna\n'),
    ]);
    expect(library.cards.map(({ front, back }) => [front, back])).toEqual([
      ['capital of Peru', 'Lima'],
      ['Lima', 'capital of Peru'],
      ['moon', 'Luna'],
    ]);
    const changed = makeLibrary([readNote('n.md', '# N\n\n- main city of Peru ::: Lima! ^peru\n')]);
    expect(changed.cards.map(({ id }) => id)).toEqual(library.cards.slice(0, 2).map(({ id }) => id));
    const [concept] = library.concepts;
    expect(concept && library.textOf(concept.id).match(/Lima/g)).toHaveLength(1);
  });
});
