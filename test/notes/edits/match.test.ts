import { describe, expect, it } from 'vitest';
import { matchCards } from '../../../src/notes/edits/match.js';
import { cardsOf, knownAs, type Notes } from './notes.js';

const garden: Notes = {
  'garden.md': `# Garden

## Beds

- \`raised bed\`: a wooden frame filled with soil, which warms early in spring
    - It drains into the gravel below
    - It needs water twice a day in July
- \`cold frame\`: a low box with a glass lid that keeps frost off seedlings
- \`hotbed\`: a heap of fresh manure under soil, whose rotting heats the roots
- There are 3 kinds of mulch:
    - Straw: keeps berries clean and dry
    - Bark: lasts for several years on paths
    - Compost: feeds the soil while it covers it
`,
};
const text = garden['garden.md'] ?? '';

/** Front beginnings of the earlier cards, with what became of each. */
function outcome(before: Notes, after: Notes) {
  const known = cardsOf(before).map((card, position) => knownAs(card, position));
  const { kept, added, gone } = matchCards(known, cardsOf(after));
  return {
    edits: kept
      .filter(({ edit }) => edit !== 'none')
      .map(({ known: one, card, edit }) => ({
        edit,
        from: one.back.split('\n')[0] ?? '',
        to: card.back.split('\n')[0] ?? '',
      })),
    added: added.map(({ back }) => back.split('\n')[0]),
    gone: gone.map(({ back }) => back.split('\n')[0]),
  };
}

const swap = (from: string, to: string): Notes => {
  expect(text).toContain(from);
  return { 'garden.md': text.replace(from, to) };
};

describe('a card keeps its memory when', () => {
  // Written before the thresholds were chosen: what was there, what took its place, and what that is.
  it.each([
    ['a letter is put right', 'frost off seedlings', 'frost off sedlings', 'reworded'],
    [
      'words are changed',
      'a wooden frame filled with soil, which warms early in spring',
      'a frame of wood full of soil that warms up early in spring',
      'reworded',
    ],
    ['a word is added', 'needs water twice', 'needs fresh water twice', 'reworded'],
    ['a number is changed', 'twice a day in July', '3 times a day in July', 'meaning'],
    ['a negation is added', 'that keeps frost off', 'that does not keep frost off', 'meaning'],
    [
      'a list gets a member',
      '    - Straw: keeps',
      '    - Gravel: holds the warmth of the day\n    - Straw: keeps',
      'meaning',
    ],
    ['a term gets another name', '`cold frame`', '`frost box`', 'renamed'],
    ['a term is mistyped', '`hotbed`', '`hotbeed`', 'renamed'],
    ['a heading above is renamed', '## Beds', '## Where things grow', 'moved'],
    [
      'a gloss is written anew',
      'a low box with a glass lid that keeps frost off seedlings',
      'shelters what was sown too soon',
      'meaning',
    ],
  ] as const)('%s', (_, from, to, edit) => {
    const { edits, gone } = outcome(garden, swap(from, to));
    expect(gone).toEqual([]);
    expect(edits.length).toBeGreaterThan(0);
    expect(edits.map((one) => one.edit)).toContain(edit);
  });

  it('it moves to another note and under another heading', () => {
    const [head = '', mulch = ''] = text.split('- There are');
    const after = { 'garden.md': head, 'more/ground.md': `# Ground\n\n- There are${mulch}` };
    const { edits, gone, added } = outcome(garden, after);
    expect({ gone, added }).toEqual({ gone: [], added: [] });
    expect(new Set(edits.map(({ edit }) => edit))).toEqual(new Set(['moved']));
  });

  it('the note is renamed', () => {
    expect(outcome(garden, { 'beds.md': text })).toMatchObject({ gone: [], added: [] });
  });

  it('its line has a name of its own, whatever else is changed', () => {
    const notes = (line: string) => ({ 'x.md': `# Tea\n\n- ${line} ^pot\n- \`cup\`: holds one drink\n` });
    const { edits, gone, added } = outcome(
      notes('`pot`: keeps tea hot for an hour'),
      notes('`thermos`: what campers carry along'),
    );
    expect({ gone, added }).toEqual({ gone: [], added: [] });
    expect(edits.map(({ edit }) => edit)).toEqual(['meaning']);
    expect(outcome(notes('`pot`: keeps tea hot'), notes('`kettle`: keeps tea hot')).edits).toMatchObject([
      { edit: 'renamed' },
    ]);
  });

  it('lines change places', () => {
    const [a = '', b = ''] = [/- `cold frame`.*\n/.exec(text)?.[0], /- `hotbed`.*\n/.exec(text)?.[0]];
    const after = { 'garden.md': text.replace(a + b, b + a) };
    expect(outcome(garden, after)).toEqual({ edits: [], added: [], gone: [] });
  });
});

describe('memory never goes to another card:', () => {
  it('a concept that takes the place of another is new', () => {
    const after = swap(
      '- `hotbed`: a heap of fresh manure under soil, whose rotting heats the roots',
      '- `cloche`: a bell of glass set over a single plant',
    );
    const { added, gone, edits } = outcome(garden, after);
    expect({ added: added.length, gone: gone.length, edits }).toEqual({ added: 1, gone: 1, edits: [] });
  });

  it('two glosses that are swapped stay with their terms, and say something else now', () => {
    const notes = (a: string, b: string) => ({
      'x.md': `# Sides\n\n- \`port\`: ${a}\n- \`starboard\`: ${b}\n`,
    });
    const [left, right] = [
      'the left side of a ship that looks ahead',
      'the right side, marked by a green lamp',
    ];
    const known = cardsOf(notes(left, right)).map((card, position) => knownAs(card, position));
    const { kept } = matchCards(known, cardsOf(notes(right, left)));
    expect(kept.map(({ known: one, card, edit }) => [one.key === card.key, edit])).toEqual([
      [true, 'meaning'],
      [true, 'meaning'],
    ]);
  });

  it('two alike siblings that are both renamed are left alone rather than guessed', () => {
    const notes = (a: string, b: string) => ({
      'x.md': `# Queues\n\n- \`${a}\`: keeps messages in a line\n- \`${b}\`: keeps messages in a line\n`,
    });
    const known = cardsOf(notes('alpha', 'omega')).map((card, position) => knownAs(card, position));
    const { kept } = matchCards(known, cardsOf(notes('first', 'second')));
    for (const { known: one, card } of kept) expect(one.position).toBe(card.source.line - 3);
  });

  it.each([
    ['ALB', 'balances HTTP requests', 'NLB', 'balances TCP connections'],
    [
      'symmetric key',
      'one key that locks and unlocks',
      'asymmetric key',
      'a pair: one locks, the other unlocks',
    ],
    ['t3.large', 'has 2 cores and 8 GB', 't4.large', 'has 2 cores and 16 GB'],
    ['inbound rule', 'lets traffic in', 'outbound rule', 'lets traffic out'],
  ])('%s does not become its sibling', (term, gloss, other, its) => {
    const notes = (name: string, said: string) => ({
      'x.md': `# Cloud\n\n- \`${name}\`: ${said}\n- \`rest\`: something else\n`,
    });
    expect(outcome(notes(term, gloss), notes(other, its))).toMatchObject({ edits: [], gone: { length: 1 } });
  });

  it('the same name in two notes without headings follows its text when one note goes', () => {
    const kafka = {
      'kafka.md': '- Kafka\n    - Cluster: brokers that share the load of topics\n- Broker: a server\n',
    };
    const before = {
      ...kafka,
      'a-redis.md': '- Redis\n    - Cluster: nodes that each hold some hash slots\n',
    };
    const known = cardsOf(before).map((card, position) => knownAs(card, position));
    const { kept, gone } = matchCards(known, cardsOf(kafka));
    expect(gone.map(({ back }) => back)).toEqual([expect.stringContaining('hash slots')]);
    for (const { known: one, card } of kept) expect(one.back).toBe(card.back);
  });
});

describe('a retired card', () => {
  const known = cardsOf(garden).map((card, position) => ({ ...knownAs(card, position), retired: true }));

  it('comes back with its text, also a little reworded', () => {
    expect(matchCards(known, cardsOf(garden)).added).toEqual([]);
    const { kept } = matchCards(known, cardsOf(swap('keeps frost off', 'keeps the frost off')));
    expect(kept.length).toBe(known.length);
  });

  it('comes back with a text that it had before', () => {
    const [first, ...rest] = known;
    if (first === undefined) throw new Error('there are cards');
    const changed = {
      ...first,
      key: 'other',
      hash: 'other',
      front: 'Other?',
      back: 'Words',
      earlier: [first.hash],
    };
    expect(matchCards([changed, ...rest], cardsOf(garden)).kept.map(({ known: one }) => one.id)).toContain(
      first.id,
    );
  });

  it('gives way to a living card with the same text', () => {
    const living = knownAs(cardsOf(garden)[0] ?? expect.fail(), 0);
    const twin = { ...living, id: known[1]?.id ?? living.id, retired: true };
    const { kept } = matchCards([twin, living], cardsOf(garden));
    expect(kept[0]?.known).toBe(living);
  });
});
