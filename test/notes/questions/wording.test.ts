import { expect, test } from 'vitest';
import { makeLibrary, readNote } from '../../../src/notes/library.js';

const library = makeLibrary([
  readNote(
    'storage.md',
    `# Storage

- A database has the following parts:
    - \`checkpoint\`: the moment when all changed pages have been written to the disk
    - \`journal\`: the record of every change, kept before the change is made
    - \`vacuum\`: removes dead rows so that their space can be used again
    - \`spare nodes\`: machines of your own in another building, with a copy of the journal
        - They join a cluster whose main node lies elsewhere
        - On failure it takes over within 20 seconds
- A process that copies rows rather than pages is called **logical replication**
- There are 3 kinds of index:
    - \`brin\`: tiny, for very large tables in physical order
    - \`btree\`: the default, for equality and for ranges
    - \`hash\`: for equality alone, and never for ranges
- A solar plant has the following parts:
    - Converters: turn light into current, in thin layers
    - Inverters: feed the current of a roof into the grid
    - Meters: count what goes through the cable of a house
`,
  ),
]);

const stems = [
  ...new Set(
    library.cards.flatMap((card) =>
      Array.from({ length: 12 }, (_, seed) => library.question(card.id, `${seed}`)?.stem ?? ''),
    ),
  ),
];
const saidOf = (word: string) => stems.filter((stem) => stem.includes(word)).join('\n');

test('a time with what happens then is a noun, not a sentence', () => {
  expect(saidOf('all changed pages')).toMatch(/\bthe moment when all changed pages/);
  expect(saidOf('all changed pages')).not.toContain('say that the moment');
});

test('a noun after a possessive is no verb', () => {
  expect(saidOf('of your own')).toMatch(/\b(call|describe as) machines of your own/);
});

test('what they do is asked of the one who does it', () => {
  expect(saidOf('a cluster whose')).toMatch(/\bjoins a cluster/);
});

test('a pronoun that nothing stands for is not asked', () => {
  expect(saidOf('takes over')).toBe('');
});

test('the sentence that names a term asks for the name', () => {
  expect(saidOf('rather than pages')).not.toContain('called');
  expect(saidOf('rather than pages')).toContain('copies rows rather than pages');
});

test('how something is gets no article', () => {
  expect(saidOf('physical order')).toMatch(/ as tiny, for/);
});

test('what many do under a plural name is a verb', () => {
  expect(saidOf('thin layers')).toMatch(/what turns light/);
  expect(saidOf('a roof')).toMatch(/what feeds the current/);
  expect(saidOf('the cable')).toMatch(/what counts what goes through/);
});
