import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeLibrary, readNote } from '../../../src/notes/library.js';

const read = (name: string) => readFileSync(new URL(`./unseen/${name}`, import.meta.url), 'utf8');
const libraryOf = (name: string, text: string) => makeLibrary([readNote(name, text)]);

const bees = libraryOf('bees.md', read('bees.md'));
const git = libraryOf('git.md', read('git.md'));
const heart = libraryOf('heart.md', read('heart.md'));
const sailing = libraryOf('sailing.md', read('sailing.md'));
const garden = libraryOf(
  'garden.md',
  `# Garden
- Gardener: creates a default bed for each new corner
- Plumber: watching and responding to broken pipes
- Hired hand: controlled and managed by the town
- Frost: makes edges of leaves blur
- Pool: keeps water for dry weeks
- Hired help: beds that the town looks after for us
- Own plot: beds that we dig ourselves
- Soil: what plants stand in
- There are three grounds, from lightest to heaviest:
    - Sand: lets water through
    - Loam: holds some of it
    - Clay: holds nearly all
- Hydroponics: grows plants without soil, in a flow of water
- Rake: a comb for gathering leaves
- Gathering: bringing leaves together
- Mulch: the smallest cover of bark
`,
);

function answer(query: string, library = garden): readonly string[] {
  return library.lookup(query).concepts.map(({ term }) => term.replace(/ \(.*/, ''));
}

describe('a question is answered by what does so, and by nothing that only uses its words', () => {
  it('gives no doer whose line has the object behind a preposition', () => {
    expect(answer('what creates corners')).toEqual([]);
    expect(answer('what creates beds')).toEqual(['Gardener']);
    expect(answer('what watches broken pipes')).toEqual(['Plumber']);
    expect(answer('what signs a commit', git)).toEqual([]);
  });

  it('gives the one that does so, where what it is done to stands above', () => {
    expect(answer('what steers the boat', sailing)).toEqual(['Rudder']);
    expect(answer('what do I use for tying a fender?', sailing)).toEqual(['Clove hitch']);
  });

  it('gives the end of an order for a superlative', () => {
    expect(answer('what is the heaviest ground')).toEqual(['Clay']);
    expect(answer('which is the lightest ground?')).toEqual(['Sand']);
  });

  it('gives nothing for a superlative that the notes do not use', () => {
    expect(answer('what is the oldest soil')).toEqual([]);
    expect(answer('what is the smallest cover')).toEqual(['Mulch']);
  });

  it('gives for "without" nothing that has it', () => {
    expect(answer('what grows plants without soil?')).toEqual(['Hydroponics']);
    expect(answer('what holds water without sand?')).not.toContain('Sand');
  });

  it('tells what is done by oneself from what is done by others', () => {
    expect(answer('which beds do we dig ourselves')).toEqual(['Own plot']);
  });

  it('gives what serves an activity rather than the activity', () => {
    expect(answer('what do I use for gathering leaves?')).toEqual(['Rake']);
  });

  it('does not take the first half of a name for the thing asked about', () => {
    expect(answer('where is blood made', heart)).toEqual([]);
  });

  it('compares nothing with a thing that only several descriptions fit', () => {
    expect(answer('difference between sand and beds')).not.toContain('Own plot');
  });
});

describe('other forms of the words', () => {
  it.each([
    ['leaky valve', heart, 'Regurgitation'],
    ['valve leakage', heart, 'Regurgitation'],
    ['honey storage', bees, 'Super'],
    ['calming bees', bees, 'Smoker'],
    ['sealing of gaps', bees, 'Propolis'],
    ['blurry edges', garden, 'Frost'],
    ['why do bees swarm', bees, 'Swarming'],
  ])('finds what %j speaks of', (query, library, term) => {
    expect(answer(query, library)).toEqual([term]);
  });

  it('does not take a short word for another that begins so', () => {
    expect(answer('story of water')).toEqual([]);
    expect(answer('party of plants')).toEqual([]);
  });
});

describe('phrases', () => {
  it('finds the one concept that says them in a few words', () => {
    expect(answer('brown streaks', bees)).toEqual(['Nosema']);
    expect(answer('thrown out in autumn', bees)).toEqual(['Drone']);
    expect(answer('linear history', git)).toEqual(['Rebase']);
    expect(answer('biggest artery', heart)).toEqual(['Aorta']);
  });

  it('finds a long name by its first and last word', () => {
    expect(answer('emergency beacon', sailing)).toEqual(['EPIRB']);
  });

  it('does not make a name of words that a preposition parts', () => {
    expect(answer('default corner')).toEqual([]);
  });
});

describe('slips', () => {
  it('makes no phrase of a word put right by guess', () => {
    expect(answer('controlled and managed')).toEqual(['Hired hand']);
    expect(answer('ontroller manager')).toEqual([]);
  });

  it('forgives a first letter left out, where the rest is long', () => {
    expect(answer('ardener')).toEqual(['Gardener']);
    expect(answer('achycardia', heart)).toEqual(['Tachycardia']);
  });

  it('only suggests what a short word may have lost its first letter of', () => {
    expect(git.lookup('ebase')).toMatchObject({ outcome: 'none', suggestions: ['Rebase'] });
  });

  it('reads a mistyped question word', () => {
    expect(answer('wich chamber has the thickest wall', heart)).toEqual(['Left ventricle']);
    expect(answer('waht is a stent', heart)).toEqual(['Stent']);
  });
});

describe('suggestions', () => {
  it('begin with what says most of the question', () => {
    expect(heart.lookup('what electrical wave does ultrasound show').suggestions[0]).toBe('Echocardiography');
    expect(bees.lookup('which virus does oxalic acid cure').suggestions[0]).toBe('Varroa');
  });
});
