import { describe, expect, it } from 'vitest';
import { makeLibrary, readNote } from '../../../src/notes/library.js';
import type { ConceptId } from '../../../src/notes/model.js';

/** 'term < parent' of every concept but the one of the note's title. */
function family(...lines: string[]): readonly string[] {
  const { concepts } = readNote('n.md', ['# Sea', '', ...lines].join('\n'));
  const termOf = (id: ConceptId | undefined) => concepts.find((each) => each.id === id)?.term;
  return concepts
    .filter(({ term }) => term !== 'Sea')
    .map(({ term, parent }) => `${term} < ${termOf(parent)}`);
}

describe('a sentence in prose that says what its subject is makes a concept of it', () => {
  it.each([
    ['Albedo is the share of light that a surface throws back.', 'Albedo'],
    ['A fjord is a drowned valley of a glacier.', 'fjord'],
    ['Isostasy means that the crust floats on the mantle.', 'Isostasy'],
    ['Relief refers to the differences in height of a landscape.', 'Relief'],
    ['A barometer measures how hard the air presses.', 'barometer'],
    ['An adapter lets you plug in anything else.', 'adapter'],
    ["Fick's law states that particles spread along a gradient.", "Fick's law"],
    ['The rate of erosion is the depth that a river cuts in a year.', 'rate of erosion'],
    ['Root pressure pushes the water up at night.', 'Root pressure'],
    ['A stored procedure keeps its logic in the database.', 'stored procedure'],
    ['The fastest way is the one that nobody knows.', undefined],
    ['Albedo is the most important part of it.', undefined],
    ['The second step is a walk that takes an hour.', undefined],
    ['It means that nobody knows.', undefined],
    ['Most rivers carry a load that settles.', undefined],
    ['Mostly there is a delay that nobody minds.', undefined],
    ['Functions that let callers use the cache are pure.', undefined],
  ])('%s', (sentence, term) => {
    expect(family('## Ground', '', '- Loam: a soil', '', sentence)).toEqual(
      ['Ground < Sea', 'Loam < Ground'].concat(term === undefined ? [] : `${term} < Ground`),
    );
  });

  it('one paragraph may define several', () => {
    const text =
      'Erosion is the wearing away of rock. Deposition is the dropping of what was carried, e.g. Sand.';
    expect(family('## Rivers', '', text)).toEqual([
      'Rivers < Sea',
      'Erosion < Rivers',
      'Deposition < Rivers',
    ]);
  });

  it('but a paragraph that only goes on about its subject stays whole', () => {
    const { concepts } = readNote('n.md', '# Ice\n\nIce is a solid that floats. It is a rare case.\n');
    expect(concepts.map(({ facts }) => facts.map(({ text }) => text))).toEqual([
      ['Ice is a solid that floats. It is a rare case.'],
    ]);
  });

  it('and what an ancestor is, said further down, adds to what stands there', () => {
    expect(family('## Rivers', '', 'Sea is a shop that sells water.')).toEqual(['Rivers < Sea']);
  });

  it('a bold subject that has members is a concept', () => {
    expect(
      family('**Digestion** has two phases:', '1. Chewing: by the teeth', '2. Churning: by the stomach'),
    ).toEqual(['Digestion < Sea', 'Chewing < Digestion', 'Churning < Digestion']);
  });

  it('letters that stand in a name in order are short for it: ROAS (return on ad spend), LTV (lifetime value)', () => {
    const { concepts } = readNote('n.md', '# N\n\nLTV (lifetime value) is what a customer brings in all.\n');
    expect(concepts[1]).toMatchObject({ term: 'LTV', aliases: ['lifetime value'] });
  });
});

describe('a heading of a label word', () => {
  it.each([
    ['said to be something', ['Consideration is something of value.']],
    ['followed by what the word means', ['Something of value that each side gives.']],
    ['with kinds of it below', ['- Past consideration: given before', '- Executed consideration: given now']],
  ])('is a concept where it is %s', (_, below) => {
    expect(family('## Consideration', '', ...below)[0]).toBe('Consideration < Sea');
  });

  it.each([
    ['## Example', 'A shop that sells tea.'],
    ['## Treatment', 'A course of antibiotics.'],
    ['## Security', 'Keep the keys of it in a safe.'],
    ['## Limits', 'The limits that count are below.'],
  ])('%s stays a label above: %s', (heading, text) => {
    expect(family('## Tea', '- Oolong: a tea', heading.replace('##', '###'), '', text)).toEqual([
      'Tea < Sea',
      'Oolong < Tea',
    ]);
  });

  it('that compares two names what they are called, though it be a label', () => {
    expect(
      family('## Props vs State', '', '- **Props** – come from outside', '- **State** – lives inside'),
    ).toEqual(['Props < Sea', 'State < Sea']);
  });

  it('of phases or stages passes on to what they are of', () => {
    expect(family('## Tides', '', 'Phases of a tide:', '- Ebb: water falls', '- Flood: water rises')).toEqual(
      ['Tides < Sea', 'Ebb < Tides', 'Flood < Tides'],
    );
  });
});

describe('names that looked like something else', () => {
  it.each([
    ['- Type I error: a false alarm', ['Type I error < Sea']],
    ['- *Order No. 1*: the first of many', ['Order No. 1 < Sea']],
    ['- NEP (New Economic Policy): 1921, markets return', ['NEP < Sea']],
    ['- `any`: turns the checker off', ['any < Sea']],
    ['- t-test\n  - compares two means', ['t-test < Sea']],
    ['- perfect (V–I): sounds final', ['perfect < Sea']],
    ['**Aquifer** A layer of rock that holds water.', ['Aquifer < Sea']],
    ['- Income approach – adds up: wages and rents', ['Income approach < Sea']],
    ['term\n: a word with a meaning', ['term < Sea']],
    [
      '## Inflation\n\n- Hyperinflation: over 50 % a month',
      ['Inflation < Sea', 'Hyperinflation < Inflation'],
    ],
    ['## CNI\n\nContainer Network Interface: how plugins are called', ['CNI < Sea']],
    ['## Week 5 – Errors', ['Errors < Sea']],
    ['## Lecture notes: Tides', ['Tides < Sea']],
    ['## [[Pages/Tide|Tides]]', ['Tides < Sea']],
    ['## Strengths', []],
    ['- Utility (of a thing)', []],
    ['- Experience machine (Nozick): a thought experiment', ['Experience machine < Sea']],
    ['- too high: it diverges', []],
    ['Precision = TP / (TP + FP)', ['Precision < Sea']],
    ['`docker run` starts a container from an image.', ['docker run < Sea']],
    ['Underfitting is the opposite: it is too simple.', ['Underfitting < Sea']],
    ['Chloroplasts are organelles found in leaves.', ['Chloroplasts < Sea']],
    ['Root pressure lifts the sap up. AUC is the area under it.', ['Root pressure < Sea', 'AUC < Sea']],
    ['The Coriolis effect makes the air turn.', ['Coriolis effect < Sea']],
    ['- 1NF: no groups that repeat', ['1NF < Sea']],
    ['- 5GB: the most that fits', []],
    [
      'Three approaches:\n- Top-down: from the whole\n- Bottom-up: from the parts',
      ['Top-down < Sea', 'Bottom-up < Sea'],
    ],
  ])('%s', (text, found) => {
    const body = text.startsWith('#') && !text.includes('\n') ? `${text}\n\n- falls away` : text;
    expect(family(...body.split('\n'))).toEqual(found);
  });

  it('small-letter names before a dash, an arrow or an equals sign, where a whole list is written so', () => {
    for (const mark of [' - ', ' → ', ' = '])
      expect(family(`- acid${mark}gives protons away`, `- base${mark}takes protons up`)).toEqual([
        'acid < Sea',
        'base < Sea',
      ]);
    expect(family('- client → the gateway', '- the gateway → the service')).toEqual([]);
    expect(family('- acid - gives protons away', '- it helps - most of the time')).toEqual([]);
  });

  it('a column of names beside a column of prose', () => {
    expect(family('| Cue | Notes |', '|---|---|', '| Nucleus | holds it |')).toEqual(['Nucleus < Sea']);
    expect(family('| Organ | What of it |', '|---|---|', '| Liver | cleans the blood of poison |')).toEqual([
      'Liver < Sea',
    ]);
    expect(family('| Organ | Weight |', '|---|---|', '| Liver | 1.5 kg |')).toEqual([]);
  });
});

describe('what stands around a line tells how to read it', () => {
  it('below a heading of vocabulary a label is a term', () => {
    expect(family('## Terminology', '- Feature: an input', '- Example: a row')).toEqual([
      'Feature < Sea',
      'Example < Sea',
    ]);
    expect(family('## Tools', '- Hammer: drives nails', '- Example: a mallet')).toEqual([
      'Tools < Sea',
      'Hammer < Tools',
    ]);
  });

  it('among terms a name of two words is one, though its gloss be a command', () => {
    const rest = [
      '- Dropout: turns some off',
      '- Pruning: cuts weak ones',
      '- Clipping: bounds what is large',
    ];
    expect(family(...rest, '- Early stopping: stop when it gets worse')).toContain('Early stopping < Sea');
    expect(family('- Early stopping: stop when it gets worse')).toEqual([]);
  });

  it('a short line of a glossary ends before the next sentence, and one may follow a sentence', () => {
    expect(family('*Superficial*: red', '*Partial*: blisters', 'Cool it under water.')).toEqual([
      'Superficial < Sea',
      'Partial < Sea',
    ]);
    expect(family('A severe reaction of the body.', 'EpiPen: adrenaline into the thigh')).toEqual([
      'EpiPen < Sea',
    ]);
  });

  it('lettered items are items', () => {
    expect(family('a. Fixation: joins two', 'b. Reduction: takes oxygen away')).toEqual([
      'Fixation < Sea',
      'Reduction < Sea',
    ]);
    expect(family('a. Fixation: joins two')).toEqual([]);
  });
});

describe('the shape of a page', () => {
  it("numbered titles alone are headings: '1) Definitions'", () => {
    expect(
      family(
        '1) Definitions',
        '',
        '- Mean: the average',
        '',
        '2) Spread',
        '',
        '- Range: the width',
        '- Variance: the mean square',
      ),
    ).toEqual(['Mean < Sea', 'Spread < Sea', 'Range < Spread', 'Variance < Spread']);
  });

  it.each([
    ['steps one below the other', ['1. Flour', '2. Water']],
    ['steps with what to do', ['1. Add the flour', '', 'Slowly.', '', '2. Stir the water', '', 'Well.']],
    ['numbers that jump', ['1. Flour', '', 'White.', '', '5. Water', '', 'Cold.']],
  ])('but %s are a list', (_, lines) => {
    expect(family(...lines)).toEqual([]);
  });

  it('text indented under a short line is said of it', () => {
    expect(family('1) Major scale', '\tT T S T T T S', '2) Minor scale', '\tT S T T S T T')).toEqual([
      'Major scale < Sea',
      'Minor scale < Sea',
    ]);
    expect(
      family('What is rubato?', '\tTime that is stolen.', 'What is a fermata?', '\tA held note.'),
    ).toEqual(['rubato < Sea', 'fermata < Sea']);
  });

  it('but a wrapped sentence goes on', () => {
    const { concepts } = readNote('n.md', '# N\n\n- The gate opens when the lever\n  falls down again\n');
    expect(concepts[0]?.facts.map(({ text }) => text)).toEqual([
      'The gate opens when the lever falls down again',
    ]);
  });

  it('all that details hold belongs to their summary', () => {
    expect(
      family(
        '<details>',
        '<summary>Churn</summary>',
        '',
        'Share of those who leave.',
        '',
        '- Logo churn: counts heads',
        '',
        '</details>',
        '',
        '- Funnel: steps',
      ),
    ).toEqual(['Churn < Sea', 'Logo churn < Churn', 'Funnel < Sea']);
  });

  it('what a page says of itself is no term, but a class in a note on classes is', () => {
    expect(
      family(
        'Created: January 4',
        'Tags: growth',
        '',
        '**Course:** BIO 101',
        '**Date:** today',
        '',
        '- Churn: loss',
      ),
    ).toEqual(['Churn < Sea']);
    expect(family('Class: a plan for objects', '', '- Object: made by it')).toEqual([
      'Class < Sea',
      'Object < Sea',
    ]);
  });
});

describe('code is shown with what it belongs to', () => {
  const textOf = (term: string, ...lines: string[]) => {
    const library = makeLibrary([readNote('n.md', ['# Sea', '', ...lines].join('\n'))]);
    return library.lookup(term).concepts.map(({ id }) => library.textOf(id));
  };

  it('below a term without a gloss', () => {
    expect(textOf('List comprehension', '- **List comprehension**', '  ```py', '  [x]', '  ```')).toEqual([
      '```py\n[x]\n```',
    ]);
  });

  it('below a heading, a paragraph, and a bullet that it touches', () => {
    expect(textOf('Loops', '## Loops', '', '```c', 'for(;;);', '```')).toEqual(['```c\nfor(;;);\n```']);
    expect(textOf('Loops', '## Loops', '', 'They turn.', '', '```c', 'for(;;);', '```')).toEqual([
      '- They turn.\n  ```c\n  for(;;);\n  ```',
    ]);
    expect(textOf('Loops', '- Loops: turn', '```c', 'for(;;);', '```')).toEqual([
      '- Loops: turn\n  ```c\n  for(;;);\n  ```',
    ]);
  });

  it('and makes no card', () => {
    expect(makeLibrary([readNote('n.md', '# Loops\n\n```c\nfor(;;);\n```\n')]).cards).toEqual([]);
  });
});
