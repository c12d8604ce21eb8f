import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeLibrary, readNote } from '../../../src/notes/library.js';
import type { Library, Question } from '../../../src/notes/model.js';
import { makeQuestions } from '../../../src/notes/questions/questions.js';

function libraryOf(text: string): Library {
  return makeLibrary([readNote('deck/note.md', text)]);
}

function questionsOf(library: Library, seeds: readonly string[] = ['1', '2', '3']): readonly Question[] {
  const maker = makeQuestions(library);
  return library.cards.flatMap((card) => seeds.flatMap((seed) => maker.question(card.id, seed) ?? []));
}

/** The questions whose right answer this is. */
function answeredBy(library: Library, answer: string): readonly Question[] {
  return questionsOf(library).filter((question) => question.answer === answer);
}

const eks = libraryOf(readFileSync(new URL('../reading/eks-notes.md', import.meta.url), 'utf8'));

const brewing = libraryOf(`# Brewing
## Vessels
- The brewery uses the following vessels:
    - Mash tun: soaks crushed grain in warm water
    - Lauter tun: parts the sweet liquid from the husks
    - Kettle: boils the wort with hops
    - Fermenter: lets yeast turn sugar into alcohol
- The lab uses the following tools:
    - Hydrometer: measures the density of the liquid
    - Refractometer: measures the sugar in one drop
    - Thermometer: reads the heat
`);

describe('a question about what the notes say of something', () => {
  it('asks for its name among names of its own list', () => {
    const question = answeredBy(brewing, 'Kettle').find(({ stem }) => stem.includes('boils'));
    expect(question?.stem).toMatch(/which vessel boils the wort with hops\?$/i);
    expect(new Set(question?.options)).toEqual(new Set(['Mash tun', 'Lauter tun', 'Kettle', 'Fermenter']));
  });

  it('blanks a word that gives the name away', () => {
    const library = libraryOf(`# Locks
- There are three kinds of lock:
    - Shared lock: lets readers share a page at once
    - Exclusive lock: keeps all others off a page
    - Update lock: marks a page that is about to change
`);
    for (const question of answeredBy(library, 'Shared lock')) expect(question.stem).not.toMatch(/share/i);
  });

  it('offers nothing for which the notes say the same', () => {
    const library = libraryOf(`# Caches
- Caches come in the following kinds:
    - Alpha: stores pages in main memory
    - Beta: stores pages in main memory
    - Gamma: keeps rows on a disk
    - Delta: holds files on tape
`);
    for (const question of questionsOf(library)) {
      if (question.stem.includes('stores pages')) {
        expect(question.options.filter((option) => ['Alpha', 'Beta'].includes(option))).toHaveLength(1);
      }
    }
  });

  it('asks for the name to be typed where the notes hold too few like it', () => {
    const library = libraryOf(
      '# Ports\n- Bastion: a host through which administrators enter a private network\n',
    );
    const [question] = answeredBy(library, 'Bastion');
    expect(question).toMatchObject({
      form: 'typed',
      options: [],
      accepted: expect.arrayContaining(['Bastion']),
    });
    expect(question?.stem).toContain('host through which administrators enter a private network');
  });

  it('leaves out a line that leans on another one, and counts it', () => {
    const library = libraryOf(
      '# Disks\n- Alpha: these are faster than both\n- Beta: see above\n- Gamma: fast disk for logs\n',
    );
    const maker = makeQuestions(library);
    const asked = library.cards.flatMap((card) => maker.question(card.id, 's') ?? []);
    for (const { stem } of asked) expect(stem).not.toMatch(/these|both|see above/);
    expect(maker.drops().find(({ gate }) => gate === 'pronoun')?.count).toBeGreaterThan(0);
  });
});

const tenSeeds = Array.from({ length: 10 }, (_, at) => `${at}`);

const espresso = libraryOf(`# Espresso
## Grinding
- A finer grind slows the flow
- The WDT tool breaks up clumps
- Old beans make little foam, fresh beans make much
- Flat burrs give a clear taste and have a high price
- Dark roasts have a bitter taste
- The shot clock starts with the pump
## Drinks
| Drink | Milk | Size |
| --- | --- | --- |
| Macchiato | a spoon of foam | 40 ml |
| Cortado | equal parts | 120 ml |
| Latte | thin foam | 300 ml |
## Cleaning
- Backflush the machine weekly with detergent
- Fix by grinding finer or raising the heat
- Over-extraction: bitter and dry
`);

describe('a question about what a sentence speaks of', () => {
  const asked = questionsOf(espresso, ['1', '2', '3', '4', '5', '6']);

  it('offers what other sentences speak of, of the same number', () => {
    const question = asked.find(({ answer }) => answer === 'Finer grind');
    expect(question?.stem).toBe('In the notes on Espresso, what slows the flow?');
    expect(new Set(question?.options)).toEqual(new Set(['Finer grind', 'WDT tool', 'Shot clock']));
  });

  it('says of one what many do', () => {
    const question = asked.find(({ answer }) => answer === 'Flat burrs');
    expect(question?.stem).toBe('In the notes on Grinding, what gives a clear taste and has a high price?');
  });

  it('leaves out a second clause, which speaks of something else', () => {
    const question = asked.find(({ answer }) => answer === 'Old beans');
    expect(question?.stem).toBe('In the notes on Grinding, what makes little foam?');
  });

  it('never takes an order or a sentence for the name of the heading above it', () => {
    for (const { answer, stem } of asked) {
      expect(answer).not.toMatch(/Cleaning|Grinding/);
      expect(stem).not.toMatch(/backflush|fix by|over-extraction/i);
    }
  });
});

describe('a question about a row of a table', () => {
  it('asks for one cell among the cells of its column', () => {
    const sizes = questionsOf(espresso).filter(({ stem }) =>
      stem.startsWith('Which size do the notes give for'),
    );
    expect(sizes.length).toBeGreaterThan(0);
    for (const { options } of sizes) expect(options).toEqual(['40 ml', '120 ml', '300 ml']);
  });

  it('lets the columns compete only where the other rows are no things of their own', () => {
    for (const { stem } of questionsOf(espresso)) expect(stem).not.toMatch(/^Which one has/);
  });
});

describe('a column that is named by no noun', () => {
  it('is quoted', () => {
    const rows = ['| PZB | 1934 |', '| LZB | 1965 |', '| TBL | 1985 |'].map((row) =>
      row.replace(' |', ' | wire |'),
    );
    const library = libraryOf(
      `# Systems\n| System | Medium | Since |\n| --- | --- | --- |\n${rows.join('\n')}\n`,
    );
    const stems = questionsOf(library).map(({ stem }) => stem);
    expect(stems).toContain('What do the notes give under “Since” for LZB?');
  });
});

describe('a name that stands for many', () => {
  const cells = libraryOf(`# Cells
- Blood has the following cells:
    - Neutrophils: arrive first at a wound
    - Mast cells: release histamine in allergies
    - Macrophages: eat germs and are large
    - Platelets: a Git repository of clots
`);

  it('is asked by what one of them does', () => {
    const stems = questionsOf(cells).map(({ stem }) => stem);
    expect(stems.some((stem) => /arrives first at a wound\?$/.test(stem))).toBe(true);
    expect(stems.some((stem) => /eats germs and is large\?$/.test(stem))).toBe(true);
    for (const stem of stems) expect(stem).not.toMatch(/\b(?:an?|call) (?:arrive|release|eat)\b/);
  });
});

describe('a name to be typed', () => {
  it('is no numeral behind a name and no piece of a longer one', () => {
    const library = libraryOf(
      '# MHC\n- MHC II is only on some cells\n- Its variables start with TF_VAR_ in most cases\n',
    );
    for (const { answer } of questionsOf(library, tenSeeds)) expect(['II', 'TF']).not.toContain(answer);
  });

  it('comes with what the sentence is about, where its words do not say so', () => {
    const library = libraryOf('# Review\n- It is a document\n- The owner of each action is the IC\n');
    const [question] = answeredBy(library, 'IC');
    expect(question?.stem).toBe('About Review, complete: The owner of each action is the ____.');
  });
});

const tea = libraryOf(`# Tea
## Kinds of tea
- There are three kinds of tea:
    - Green tea: leaves that are steamed soon after picking
    - Black tea: leaves that are fully oxidised
    - White tea: young buds that are only dried
- There are three vessels for tea:
    - Gaiwan: a lidded bowl from China
    - Kyusu: a Japanese pot with a side handle
    - Samovar: an urn that keeps water hot
- Common sweeteners, such as:
    - Honey: thick syrup that bees make
    - Molasses: dark syrup that is left from sugar
    - Stevia: powder that comes from a leaf
## Brewing
Steps to brew a pot:
1. Warm the pot
2. Add the leaves
3. Pour hot water
4. Wait three minutes
5. Take out the leaves
- Green tea is brewed at 75 degrees
- Black tea is brewed at 95 degrees
- White tea is brewed at 80 degrees
- The tea house can buy from Assam, Darjeeling, Yunnan and Ceylon
- The kettle is made by ACME and filled each morning
## Times
The notes of the tea house compare times.

| Property | Green | Black | White |
| --- | --- | --- | --- |
| Steeping | 2 minutes | 4 minutes | 5 minutes |
`);

describe('a question about a list', () => {
  const asked = questionsOf(tea, tenSeeds);

  it('asks what does NOT belong only where the notes close the list', () => {
    const negative = asked.filter(({ stem }) => stem.includes('NOT'));
    expect(negative.length).toBeGreaterThan(0);
    for (const { stem, options, answer } of negative) {
      expect(stem).toMatch(/NOT one of the (?:kinds of tea|vessels for tea)\?$/);
      const kinds = ['Green tea', 'Black tea', 'White tea'];
      const others = options.filter((option) => option !== answer);
      expect(others.every((option) => kinds.includes(option))).toBe(!kinds.includes(answer));
    }
  });

  it('asks for the order of steps, never shown in that order, with letters that give it', () => {
    const ordering = asked.filter(({ form }) => form === 'order');
    expect(ordering.length).toBeGreaterThan(0);
    const steps = [
      'Warm the pot',
      'Add the leaves',
      'Pour hot water',
      'Wait three minutes',
      'Take out the leaves',
    ];
    for (const { options, answer, accepted } of ordering) {
      expect(answer).toBe(steps.join(' → '));
      expect(options).not.toEqual(steps);
      const spelled = accepted[0]?.split(' ').map((letter) => options[letter.charCodeAt(0) - 65]);
      expect(spelled).toEqual(steps);
    }
  });

  it('asks which description belongs to which name, with pairs that say it', () => {
    const matching = asked.filter(({ form }) => form === 'match');
    expect(matching.length).toBeGreaterThan(0);
    for (const { options, answer, accepted } of matching) {
      const half = options.length / 2;
      const pairs = (accepted[0] ?? '').split(' ').map((pair) => {
        const [name = '', letter = ''] = [...pair];
        return `${options[Number(name) - 1]}: ${options[half + letter.charCodeAt(0) - 65]}`;
      });
      expect(pairs.join('; ')).toBe(answer);
      for (const pair of pairs) {
        const [name = '', description = ''] = pair.split(': ');
        const concept = tea.concepts.find(({ term }) => term === name);
        expect(concept?.facts.some(({ text }) => text.includes(description))).toBe(true);
      }
    }
  });

  it('offers one member beside members of another list', () => {
    const question = questionsOf(brewing, tenSeeds).find(({ stem }) =>
      /^Which of these is one of the vessels that the brewery uses\?$/.test(stem),
    );
    const vessels = ['Mash tun', 'Lauter tun', 'Kettle', 'Fermenter'];
    expect(question?.options.filter((option) => vessels.includes(option))).toEqual([question?.answer]);
    expect(question?.options.length).toBeGreaterThanOrEqual(3);
  });
});

describe('a question about one word of a line', () => {
  const asked = questionsOf(tea, tenSeeds);

  it('blanks a number and offers the other numbers of that unit, in rising order', () => {
    const green = asked.find(({ stem }) => stem === 'Complete: Green tea is brewed at ____ degrees.');
    expect(green).toMatchObject({ form: 'choice', options: ['75', '80', '95'], answer: '75' });
  });

  it('asks for a number to be typed where the notes give no other of its unit', () => {
    const library = libraryOf('# Pools\n- PgBouncer listens on port 6432 by default\n');
    expect(questionsOf(library, tenSeeds)).toContainEqual(
      expect.objectContaining({ form: 'typed', answer: '6432', accepted: ['6432'] }),
    );
  });

  it('blanks a name in capitals, and never one of a row of names', () => {
    const maker = asked.find(({ answer }) => answer === 'ACME');
    expect(maker).toMatchObject({
      form: 'typed',
      stem: 'About Brewing, complete: The kettle is made by ____ and filled each morning.',
    });
  });

  it('asks to which column of a comparison a cell belongs', () => {
    const cell = asked.find(({ stem }) => stem.includes('“4 minutes”'));
    expect(cell).toMatchObject({ form: 'choice', answer: 'Black' });
    expect(new Set(cell?.options)).toEqual(new Set(['Green', 'Black', 'White']));
  });
});

describe('what the learners’ answers have shown', () => {
  it('keeps wrong answers that nobody takes out of the options', () => {
    const library = brewing;
    const options = new Set(['Mash tun']);
    for (const card of library.cards) {
      for (const seed of tenSeeds) {
        const question = library.question(card.id, seed, { options });
        if (question?.form !== 'choice' || question.answer === 'Mash tun' || question.stem.includes('NOT'))
          continue;
        expect(question.options).not.toContain('Mash tun');
      }
    }
  });

  it('lets a card rest', () => {
    const [card] = brewing.cards;
    if (card === undefined) throw new Error('no card');
    expect(brewing.question(card.id, '1')).toBeDefined();
    expect(brewing.question(card.id, '1', { cards: new Set([card.id]) })).toBeUndefined();
  });
});

describe('an author’s own card', () => {
  it('is asked as it is written, if the answer is short enough to type', () => {
    const library = libraryOf('# Ports\n- Which port does BGP use?::179\n');
    expect(questionsOf(library)).toContainEqual(
      expect.objectContaining({ form: 'typed', stem: 'Which port does BGP use?', answer: '179' }),
    );
  });
});

describe('every question', () => {
  const all = [...questionsOf(eks), ...questionsOf(brewing), ...questionsOf(tea)];

  it('is there for most cards of real notes', () => {
    const cards = new Set(questionsOf(eks).map(({ card }) => card));
    expect(cards.size / eks.cards.length).toBeGreaterThan(0.6);
  });

  it('has its answer among three or four options once, and no option twice', () => {
    for (const { form, options, answer } of all) {
      if (form !== 'choice') continue;
      expect(options.filter((option) => option === answer)).toHaveLength(1);
      expect(new Set(options.map((option) => option.toLowerCase())).size).toBe(options.length);
      expect([3, 4]).toContain(options.length);
    }
  });

  it('offers no other name of its answer and nothing above or below it', () => {
    for (const { options, answer } of all) {
      const key = [...eks.concepts, ...brewing.concepts, ...tea.concepts].find(({ term }) => term === answer);
      for (const alias of key?.aliases ?? []) expect(options).not.toContain(alias);
      const parent =
        key?.parent === undefined ? undefined : (eks.concept(key.parent) ?? brewing.concept(key.parent));
      expect(options).not.toContain(parent?.term);
    }
  });

  it('keeps its answer out of its stem, and its answer no easier to see by its length', () => {
    for (const { stem, options, answer, form } of all) {
      expect(stem.toLowerCase()).not.toContain(answer.toLowerCase());
      if (form !== 'choice') continue;
      const longest = Math.max(
        ...options.filter((option) => option !== answer).map((option) => option.length),
      );
      expect(answer.length).toBeLessThanOrEqual(Math.max(1.5 * longest, longest + 8));
    }
  });

  it('is one short question without markup, explained in up to three points with its place', () => {
    for (const { stem, explanation } of all) {
      expect(stem).toMatch(/^\p{Lu}.*[?.]$/u);
      expect(stem).not.toMatch(/\*\*|`|\n|:\?$| {2}/);
      expect(stem.split(/\s+/).length).toBeLessThanOrEqual(45);
      const lines = explanation.split('\n');
      expect(lines.length).toBeGreaterThanOrEqual(2);
      expect(lines.length).toBeLessThanOrEqual(4);
      expect(lines.at(-1)).toMatch(/^\(.+\)$/);
    }
  });

  it('puts its answer in every place about equally often', () => {
    const places = [0, 0, 0, 0];
    const seeds = Array.from({ length: 20 }, (_, at) => `seed ${at}`);
    for (const { options, answer } of questionsOf(brewing, seeds)) {
      if (options.length === 4) places[options.indexOf(answer)] = (places[options.indexOf(answer)] ?? 0) + 1;
    }
    const sum = places.reduce((total, count) => total + count, 0);
    for (const count of places) expect(count / sum).toBeGreaterThan(0.15);
  });

  it('is the same for the same seed, from another maker too, and named by what it shows', () => {
    const ids = new Map<string, string>();
    fc.assert(
      fc.property(fc.constantFrom(...eks.cards), fc.string(), (card, seed) => {
        const question = makeQuestions(eks).question(card.id, seed);
        expect(makeQuestions(eks).question(card.id, seed)).toEqual(question);
        if (question === undefined) return;
        const shown = JSON.stringify([question.card, seed, question.stem, question.options]);
        expect(ids.get(question.id) ?? shown).toBe(shown);
        ids.set(question.id, shown);
      }),
      { numRuns: 60 },
    );
  });

  it('never throws, whatever the notes say', () => {
    const word = fc.constantFrom(
      'It',
      'is',
      'a',
      'the',
      'node',
      'Node:',
      '`x`',
      '(e.g.',
      ')',
      '**b**',
      '…',
      '0',
      '=',
      '??',
      '$&',
    );
    const line = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => `- ${words.join(' ')}`);
    const note = fc.array(fc.tuple(fc.constantFrom('', '    ', '        '), line), { maxLength: 12 });
    fc.assert(
      fc.property(note, fc.string(), (lines, seed) => {
        const library = libraryOf(`# ${seed}\n${lines.map(([indent, text]) => indent + text).join('\n')}\n`);
        for (const { options, answer, form } of questionsOf(library, [seed])) {
          if (form === 'choice') expect(options.filter((option) => option === answer)).toHaveLength(1);
          else expect(answer).not.toBe('');
        }
      }),
      { numRuns: 100 },
    );
  });
});
