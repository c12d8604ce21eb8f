import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFolder } from '../../../src/notes/files.js';
import { makeLibrary, readNote } from '../../../src/notes/library.js';
import { lint } from '../../../src/notes/lint/lint.js';

type Notes = Readonly<Record<string, string>>;

/** 'note:line message' of everything but cards without a question. */
function remarks(notes: Notes): readonly string[] {
  const files = Object.entries(notes).map(([note, text]) => ({ note, text }));
  const library = makeLibrary(files.map(({ note, text }) => readNote(note, text)));
  return lint(files, library)
    .filter(({ message }) => !message.startsWith('No quiz question'))
    .map(({ note, line, message }) => `${note}:${line} ${message}`);
}

const lines = (...text: string[]): Notes => ({ 'tea.md': ['# Tea', '', ...text, ''].join('\n') });

it('a name that two notes give their lines is told of at the second', () => {
  const told = remarks({ 'a.md': '# A\n\n- Oak: a tree ^oak\n', 'b.md': '# B\n\n- Elm: a wood ^oak\n' });
  expect(told).toEqual([expect.stringMatching(/^b\.md:3 The name \^oak is given at a\.md:3 already/)]);
});

describe('the author is told, with line and advice, of', () => {
  it.each([
    [
      'a term defined twice in one note',
      lines(
        '- `oolong`: a half oxidised tea',
        '- `sencha`: a steamed green tea',
        '- `oolong`: a tea from hills',
      ),
      [/^tea\.md:5 "oolong" is defined at tea\.md:3 already/],
    ],
    [
      'a term explained in the same words under another heading',
      lines(
        '## Green',
        '- `sencha`: a steamed tea from Japan',
        '## Black',
        '- `sencha`: a steamed tea of Japan',
      ),
      [/^tea\.md:6 "sencha" is explained in the same words at tea\.md:4/],
    ],
    [
      'a term that defines itself',
      lines('- `tea filter`: it filters the tea', '- `kettle`: boils water with steam'),
      [/^tea\.md:3 "tea filter" is defined by its own words/],
    ],
    [
      'a count that its list does not keep',
      lines(
        '- There are 3 kinds of tea:',
        '    - Green: steamed',
        '    - Black: oxidised',
        '    - White: dried',
        '    - Yellow: smothered',
      ),
      [/^tea\.md:3 This says 3, and 4 are listed/],
    ],
    [
      'a number word that its list does not keep',
      lines(
        '- The two steps are:',
        '    - Rolling: the leaf is bent',
        '    - Firing: the leaf is dried',
        '    - Sorting: the leaf is chosen',
      ),
      [/^tea\.md:3 This says 2, and 3 are listed/],
    ],
    [
      'words that point at nothing',
      lines('## Brewing', '- These need hot water and some minutes', '- Both are fine'),
      [/^tea\.md:4 "These" points at something above/],
    ],
    [
      'two numbers for one thing',
      lines(
        '- `sencha`: a steamed green tea',
        '    - Sencha is brewed at 70 degrees',
        '    - Sencha is brewed at 80 degrees',
      ),
      [/^tea\.md:5 This and tea\.md:4 say different numbers/],
    ],
    [
      'a bullet that says too much at once',
      lines(
        `- \`matcha\`: ${Array.from({ length: 50 }, (_, n) => `word${String.fromCharCode(97 + (n % 26))}`).join(' ')}`,
      ),
      [/^tea\.md:3 This bullet has 51 words\. Split it/],
    ],
    [
      'a heading with nothing under it',
      lines('## Harvest', '', '## Brewing', '- `pot`: holds the tea'),
      [/^tea\.md:3 Nothing stands under/],
    ],
    ['struck text', lines('- `pot`: holds ~~coffee~~ tea'), [/^tea\.md:3 Struck text is left out/]],
  ])('%s', (_, notes, expected) => {
    const found = remarks(notes);
    expect(found).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern);
  });

  it('cards that no question can be made from', () => {
    const notes = lines('- `pot`: holds tea');
    const files = [{ note: 'tea.md', text: notes['tea.md'] ?? '' }];
    const library = makeLibrary([readNote('tea.md', notes['tea.md'] ?? '')]);
    const asked = library.cards.filter(({ id }) =>
      ['1', '2', '3'].some((seed) => library.question(id, seed)),
    );
    const told = lint(files, library).filter(({ message }) => message.startsWith('No quiz question'));
    expect(told).toHaveLength(library.cards.length - asked.length);
  });
});

describe('nothing is said of', () => {
  it.each([
    [
      'the same name for two things',
      lines('## Pots', '- `lid`: keeps the heat in', '## Tins', '- `lid`: shuts out light and air'),
    ],
    [
      'a count that counts something else',
      lines('- Each of 3 pots holds the following:', '    - Leaves: dried', '    - Water: hot'),
    ],
    [
      'a list that says it is open',
      lines('- There are 3 kinds of tea, such as:', '    - Green: steamed', '    - Black: oxidised'),
    ],
    [
      'numbers of two different things',
      lines(
        '- `cups`: what people drink from',
        '    - Version 1 of a cup holds 200 ml of tea',
        '    - Version 2 of a cup holds 300 ml of tea',
      ),
    ],
    ['pronouns with something above', lines('- Leaves are rolled and fired', '- These are the two steps')],
    ['struck marks in code', lines('- `pot`: holds `~~tea~~` in code', '', '```', '~~not text~~', '```')],
    ['a gloss that repeats a word of its term', lines('- `tea caddy`: a tin box that keeps tea dry')],
  ])('%s', (_, notes) => {
    expect(remarks(notes)).toEqual([]);
  });

  it('the notes that come with the program', async () => {
    const root = path.resolve(import.meta.dirname, '../../..');
    const { files } = await readFolder(path.join(root, 'content'));
    expect(remarks(Object.fromEntries(files.map(({ note, text }) => [note, text])))).toEqual([]);
  });
});
