import { expect, it } from 'vitest';
import { otherMeaning } from '../../../src/notes/edits/meaning.js';
import { conceptId } from '../../../src/notes/identity.js';
import { makeLibrary } from '../../../src/notes/library.js';
import type { Choice, Concept } from '../../../src/notes/model.js';

const REASONS = ['One: because.', 'Two: because.', 'Three: because.', 'Four: because.'];

/** A library of one card whose author gives these wrong options. */
function asking(choice: Partial<Choice> = {}) {
  const concept: Concept = {
    id: conceptId('tea'),
    term: 'which tea',
    aliases: [],
    path: [],
    deck: 'tea',
    source: { note: 'tea.yaml', line: 3, endLine: 3 },
    kind: 'term',
    parent: undefined,
    facts: [
      {
        text: 'Oolong',
        markdown: 'Oolong',
        line: 3,
        kind: 'card',
        depth: 0,
        lead: 'Half oxidised: which tea?',
        anchor: 'which-tea/half',
        choice: {
          wrong: ['Sencha', 'Matcha', 'Assam', 'Hojicha', 'Puer', 'Genmaicha'],
          reasons: REASONS,
          pages: 'A book, read 2026-01-01',
          ...choice,
        },
      },
    ],
    lists: [],
  };
  const library = makeLibrary([
    { note: 'tea.yaml', concepts: [concept], problems: [], tags: [], cards: true },
  ]);
  const [card] = library.cards;
  if (card === undefined) throw new Error('no card');
  return { library, card };
}

it('an author who gives wrong options is asked with them, the right one among them once', () => {
  const { library, card } = asking();
  const places = new Set<number>();
  for (let seed = 0; seed < 40; seed += 1) {
    const question = library.question(card.id, String(seed));
    expect(question).toMatchObject({ form: 'choice', answer: 'Oolong', stem: 'Half oxidised: which tea?' });
    expect(question?.options).toHaveLength(5);
    expect(new Set(question?.options).size).toBe(5);
    places.add(question?.options.indexOf('Oolong') ?? -1);
  }
  expect([...places].sort()).toEqual([0, 1, 2, 3, 4]);
});

it('every reason stands below the answer, and the pages last', () => {
  const { library, card } = asking();
  const lines = library.question(card.id, 's')?.explanation.split('\n') ?? [];
  expect(lines).toEqual(
    [...REASONS, 'Pages: A book, read 2026-01-01'].map((line) => `- ${line}`).concat('(which tea)'),
  );
});

it('a wrong option that nobody takes is not offered, as long as two others are left', () => {
  const { library, card } = asking();
  const options = new Set(['Sencha', 'Matcha', 'Assam', 'Hojicha']);
  expect([...(library.question(card.id, 's', { options })?.options ?? [])].sort()).toEqual([
    'Genmaicha',
    'Oolong',
    'Puer',
  ]);
  const all = new Set([...options, 'Puer']);
  expect(library.question(card.id, 's', { options: all })?.options).toHaveLength(5);
  const few = asking({ wrong: ['Sencha'] });
  expect(few.library.question(few.card.id, 's')).toBeUndefined();
});

it('another date of a page changes neither the card nor its id; another reason changes its text alone', () => {
  const { card } = asking();
  const dated = asking({ pages: 'A book, read 2027-01-01' }).card;
  expect([dated.id, dated.hash]).toEqual([card.id, card.hash]);
  const reasoned = asking({ reasons: ['Other.'] }).card;
  expect(reasoned.id).toBe(card.id);
  expect(reasoned.hash).not.toBe(card.hash);
});

it('another answer is another meaning, also where the names are alike; other words of a reason are not', () => {
  const said = (answer: string, reason: string) => ({
    kind: 'author' as const,
    front: 'Which?',
    back: `**${answer}**\n\n- ${reason}`,
  });
  const reason = 'Out: Lapsang and Oolong of the north - the smoke';
  expect(otherMeaning(said('Green leaf tea', reason), said('Black leaf tea', reason))).toBe('other words');
  expect(
    otherMeaning(said('Green leaf tea', reason), said('Green leaf tea', `${reason} too`)),
  ).toBeUndefined();
});

it('what it names is not looked up in it', () => {
  const { library } = asking();
  expect(library.lookup('Oolong').outcome).toBe('none');
  expect(library.lookup('half oxidised').outcome).toBe('none');
});
