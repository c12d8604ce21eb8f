import { describe, expect, it } from 'vitest';
import { readNote } from '../../../src/notes/library.js';
import type { ConceptId } from '../../../src/notes/model.js';

const read = (lines: readonly string[]) => readNote('n.md', ['# Sea', '', ...lines].join('\n')).concepts;

/** 'term < parent' of every concept but the one of the note's title. */
function family(...lines: string[]): readonly string[] {
  const concepts = read(lines);
  const termOf = (id: ConceptId | undefined) => concepts.find((each) => each.id === id)?.term;
  return concepts
    .filter(({ term }) => term !== 'Sea')
    .map(({ term, parent }) => `${term} < ${termOf(parent)}`);
}

describe('textbook sentences', () => {
  it.each([
    ['Hydrology studies how water moves.', ['Hydrology < Sea']],
    ['Limnology is concerned with lakes.', ['Limnology < Sea']],
    ['In geology, a varve is a yearly layer of clay.', ['varve < Sea']],
    ['Estuaries form where a river meets the tide.', ['Estuaries < Sea']],
    ['Tidal races scour the ground below.', ['Tidal races < Sea']],
    ['Sediment analysis groups grains by size.', ['Sediment analysis < Sea']],
    ['The line of breakers is where the ground rises.', ['line of breakers < Sea']],
    ['Grains too light to sink are called wash load.', ['wash load < Sea']],
    ['Its smallest part, the *grain*, rolls on the ground.', ['grain < Sea']],
    ['Syntax is the study of how words combine.', ['Syntax < Sea']],
    ['Tidal races of the north in spring.', []],
    ['RSA relies on how hard it is to factor.', ['RSA < Sea']],
    ['AES is the most widely used cipher.', ['AES < Sea']],
    ['A certificate binds a key to a name.', ['certificate < Sea']],
    ['A seal proves that nobody opened the letter.', ['seal < Sea']],
    ['A runbook tells you what to do.', ['runbook < Sea']],
    ['A salt is random data added to a word.', ['salt < Sea']],
    ['Toil is work that is done by hand.', ['Toil < Sea']],
    ['Rainbow tables are precomputed lists of digests.', ['Rainbow tables < Sea']],
    ['Visibility rules compare two moments.', ['Visibility rules < Sea']],
    ['Salt is clear that way.', []],
    ['Neptune never sleeps the whole night.', []],
    ['Roman fleets won the war at once.', []],
    ['Security is the main reason for it.', []],
    ['It is called wash.', []],
  ])('%s', (sentence, found) => {
    expect(family(sentence)).toEqual(found);
  });

  it('that tell into how many a thing is divided explain it, and its parts are its members', () => {
    const text = 'The two-layer model (Ekman 1905) distinguishes two depths:';
    expect(family(text, '1. Mixed layer: warm', '2. Deep layer: cold')).toEqual([
      'two-layer model < Sea',
      'Mixed layer < two-layer model',
      'Deep layer < two-layer model',
    ]);
  });

  it('but tell of an ancestor what stands below it', () => {
    expect(family('## Depths', '', 'Sea is divided into two layers:', '- Mixed layer: warm')).toEqual([
      'Depths < Sea',
      'Mixed layer < Depths',
    ]);
  });

  it('may give a second name between commas', () => {
    const [, ...found] = read([
      'The **tidal bore**, also called eagre, is a wave that runs up a river. A seiche, sometimes called slosh, is a wave that stands in a lake.',
    ]);
    expect(found.map(({ term }) => term)).toEqual(['tidal bore', 'seiche']);
    expect(found[0]?.aliases).toEqual(['eagre']);
  });

  it('may stand anywhere in a paragraph, and what goes before stays with what stands above', () => {
    const text =
      'Rivers are old. A meander is a bend that a river cuts into its plain. An oxbow lake is the bend that is left behind when it cuts through.';
    expect(family(text)).toEqual(['meander < Sea', 'oxbow lake < Sea']);
    expect(read([text])[0]?.facts.map((fact) => fact.text)).toEqual(['Rivers are old.']);
  });

  it('that name what the sentence before them says take it along', () => {
    const [, slack] = read([
      'The tide turns. For a while the water stands still. This is called slack water.',
    ]);
    expect(slack).toMatchObject({ term: 'slack water' });
    expect(slack?.facts.map((fact) => fact.text)).toEqual([
      'For a while the water stands still. This is called slack water.',
    ]);
  });

  it('that contrast with a definition define too', () => {
    expect(family('Erosion creates room for water. Deposition, by contrast, fills it up again.')).toEqual([
      'Erosion < Sea',
      'Deposition < Sea',
    ]);
  });

  it('may give a name before a colon in the midst of a paragraph', () => {
    expect(
      family('A delta is a fan of silt that a river lays down. Bayou: an arm of it that stands still.'),
    ).toEqual(['delta < Sea', 'Bayou < Sea']);
  });

  it.each([
    ['Locks fill at night. Freezing replaces the water with ice.', ['Freezing < Sea']],
    ['Locks fill at night. `lock --all` fills every one of them.', ['lock --all < Sea']],
    ['Silt is a grain that floats. It sinks, and what it leaves is called mud.', ['Silt < Sea', 'mud < Sea']],
  ])('and so may what is done, a command, and a second name: %s', (text, found) => {
    expect(family(text)).toEqual(found);
  });

  it('may announce a list at their end, which belongs to what stands above', () => {
    expect(
      family(
        '## Waves',
        '',
        'A swell is a long wave that has left its wind. Ways to tell:',
        '',
        '1. Period: count the seconds',
        '2. Height: from trough to crest',
      ),
    ).toEqual(['Waves < Sea', 'swell < Waves', 'Period < Waves', 'Height < Waves']);
  });

  it('but a judgement in passing defines nothing', () => {
    expect(family('**Aperture**\nThe opening of a lens. A small number is a wide opening.')).toEqual([
      'Aperture < Sea',
    ]);
  });
});

describe('chapters', () => {
  it.each([
    ['I. Tides', 'II. Waves', 'III. Wind', 'IV. Salt'],
    ['A. Tides', 'B. Waves', 'C. Wind', 'D. Salt'],
    ['1) Tides', '2) Waves', '3) Wind vs salt', '4) Salt'],
  ])('%s', (...titles) => {
    const found = family(...titles.flatMap((title, i) => [title, `- Part${i}: a name`, '']));
    expect(found).toContain('Part1 < Waves');
    expect(found).toContain('Part3 < Salt');
  });
});

describe('leads of a line', () => {
  it.each([
    ['- Chart datum (0.5 metres): the zero of a map', ['Chart datum < Sea']],
    ['- Neap ≠ spring: the moon stands aside', ['Neap < Sea']],
    ['**Definition of done (DoD)**: what must hold', ['Definition of done < Sea']],
    ['Cables link both systems: one by one', []],
    ['- over-fetching: more than was asked', ['over-fetching < Sea']],
    ['- CA = signs what others show. We use two: ours and theirs', ['CA < Sea']],
    ['- mTLS → both sides show a card', ['mTLS < Sea']],
    [
      '- ebb → the water goes\n- flood → the water comes\n- slack → stands',
      ['ebb < Sea', 'flood < Sea', 'slack < Sea'],
    ],
    ['## Anchors – how we set them\n\n- Bruce: a claw', ['Anchors < Sea', 'Bruce < Anchors']],
    ['TODO\n- Lena: find the root\n- Tom: move it', []],
    ['- Ebbe = low tide: the water goes', ['Ebbe < Sea']],
    ['- ebb vs flood: one goes, one comes', []],
    ['Other terms from the talk:\n- Chop: short waves', ['Chop < Sea']],
    ['Check first:\n- the lines of the boat', []],
    ['## Alert: `HighTide`\n\n- rings at noon', ['HighTide < Sea']],
    ['- prof asked: where does salt come from?', []],
    ['- Decision: we sail', []],
    ['- Oct: bring the boats in', []],
    ['- strong tide: 8 m, weak tide: 2 m', []],
    ['1. Tow the boat\n2. Roll back\n   - with the lever\n3. Open the lock', []],
    ['Tests for salt:\n- Taste: a drop on the tongue', ['Taste < Sea']],
    [
      '## Waves and their parts\n\n- Crest: the top',
      ['Waves and their parts < Sea', 'Crest < Waves and their parts'],
    ],
  ])('%s', (text, found) => {
    expect(family(...text.split('\n'))).toEqual(found);
  });

  it('capitals in brackets that mostly begin the words of a name are short for it', () => {
    expect(read(['- Time to restore service (MTTR): until all is well'])[1]).toMatchObject({
      term: 'Time to restore service',
      aliases: ['MTTR'],
    });
  });

  it('whose letters spell what stands above are members of it, though one be a label', () => {
    const lines = ['- Atomicity: all or nothing', '- Consistency: rules hold', '- Isolation: each alone'];
    expect(family('## ACID', '', ...lines, '- Durability: stays written')).toContain('Durability < ACID');
    expect(family('## Stores', '', ...lines, '- Durability: stays written')).not.toContain(
      'Durability < Stores',
    );
  });

  it('two that name things are a list of terms: what must be is a gloss', () => {
    expect(family('- North metric: counts trips', '- Guardrail metric: must not fall')).toEqual([
      'North metric < Sea',
      'Guardrail metric < Sea',
    ]);
  });

  it('a title of a callout heads its text', () => {
    const [, reach] = read(['> [!note] Fetch', '> The length of water that the wind blows over.']);
    expect(reach).toMatchObject({ term: 'Fetch' });
    expect(reach?.facts[0]?.text).toBe('The length of water that the wind blows over.');
    expect(family('> [!tip] Remember', '> Bring a rope.')).toEqual([]);
  });
});
