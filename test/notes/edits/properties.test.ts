import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchCards } from '../../../src/notes/edits/match.js';
import type { CardId } from '../../../src/notes/model.js';
import { cardsOf, knownAs, Memory } from './notes.js';

/** A thing that the notes explain, the same thing whatever its words become. */
interface Thing {
  readonly identity: number;
  term: string;
  gloss: string;
  need: string;
  note: number;
}

const LETTERS = 'bcdfglmnprstvz';
const EVERYDAY = ['server', 'network', 'traffic', 'storage', 'cluster', 'request'];

/** The n-th word of a language in which no word is like another. */
function word(n: number): string {
  return createHash('sha256')
    .update(`${n}`)
    .digest()
    .subarray(0, 8)
    .reduce((made, byte, at) => made + (at % 2 ? 'aeiou'[byte % 5] : LETTERS[byte % LETTERS.length]), '');
}

/** Six words that nothing else is called, and two that much is said with. */
const words = fc
  .tuple(fc.noShrink(fc.nat()), fc.constantFrom(...EVERYDAY), fc.constantFrom(...EVERYDAY))
  .map(([n, ...common]) => [...Array.from({ length: 6 }, (_, at) => word(6 * n + at)), ...common]);

type Edit = (things: Thing[], gone: Thing[], chance: number, fresh: readonly string[]) => void;

const pick = <T>(items: readonly T[], chance: number): T | undefined => items[chance % items.length];

const EDITS: Readonly<Record<string, Edit>> = {
  reorder: (things, _, chance) => {
    things.sort((a, b) => ((a.identity * 7919 + chance) % 101) - ((b.identity * 7919 + chance) % 101));
  },
  move: (things, _, chance) => {
    const thing = pick(things, chance);
    if (thing) thing.note = (thing.note + 1) % 3;
  },
  mistype: (things, _, chance) => {
    const thing = pick(things, chance);
    if (thing) thing.gloss = thing.gloss.replace(/(\w{3})(\w)/, '$1$2$2');
  },
  reword: (things, _, chance, [extra = '']) => {
    const thing = pick(things, chance);
    if (thing) thing.gloss = `${thing.gloss} ${extra}`;
  },
  rename: (things, _, chance, [, name = '']) => {
    const thing = pick(things, chance);
    if (thing) thing.term = name;
  },
  delete: (things, gone, chance) => {
    const [thing] = things.length > 2 ? things.splice(chance % things.length, 1) : [];
    if (thing) gone.push(thing);
  },
  return: (things, gone, chance) => {
    const [thing] = gone.splice(chance % Math.max(1, gone.length), 1);
    if (thing && things.every(({ term }) => term !== thing.term)) things.push(thing);
    else if (thing) gone.push(thing);
  },
  // Another thing takes the place of one that goes: the hardest to tell from a rename.
  replace: (things, gone, chance, fresh) => {
    const at = chance % things.length;
    const old = things[at];
    if (old === undefined) return;
    gone.push(old);
    things[at] = thingOf(1000 + 1000 * gone.length + chance, fresh, old.note);
  },
};

function thingOf(identity: number, fresh: readonly string[], note: number): Thing {
  const [term = '', need = '', ...gloss] = fresh;
  return { identity, term, gloss: gloss.join(' '), need, note };
}

/** The notes as they stand, with the thing that each line belongs to. */
function write(things: readonly Thing[]) {
  const owners = new Map<string, number>();
  const notes: Record<string, string> = {};
  for (const note of new Set(things.map((thing) => thing.note))) {
    const name = `note-${note}.md`;
    const lines = [`# Handbook ${note}`, ''];
    for (const { identity, term, gloss, need } of things.filter((thing) => thing.note === note)) {
      lines.push(`- \`${term}\`: a ${gloss}`, `    - It needs ${need} from the ${gloss.split(' ').at(-1)}`);
      owners.set(`${name}:${lines.length - 1}`, identity);
      owners.set(`${name}:${lines.length}`, identity);
    }
    notes[name] = lines.join('\n');
  }
  return { notes, owners };
}

const scenario = fc.record({
  start: fc.array(words, { minLength: 4, maxLength: 9 }),
  edits: fc.array(fc.tuple(fc.constantFrom(...Object.keys(EDITS)), fc.nat(997), words), {
    minLength: 1,
    maxLength: 12,
  }),
});

describe('over any sequence of edits', () => {
  it('ids stay one to one, a thing keeps its ids, and no id ever comes to another thing', () => {
    fc.assert(
      fc.property(scenario, ({ start, edits }) => {
        const terms = new Set<string>();
        const things = start.flatMap((fresh, identity) => {
          const thing = thingOf(identity, fresh, identity % 3);
          if (terms.has(thing.term)) return [];
          terms.add(thing.term);
          return [thing];
        });
        const gone: Thing[] = [];
        const memory = new Memory();
        const ownerOf = new Map<CardId, number>();
        let definitions = new Map<number, CardId>();
        const load = () => {
          const { notes, owners } = write(things);
          const ids = memory.load(cardsOf(notes));
          expect(new Set(ids.values()).size).toBe(ids.size);
          const now = new Map<number, CardId>();
          for (const [card, id] of ids) {
            const owner = owners.get(`${card.source.note}:${card.source.line}`);
            if (owner === undefined) continue;
            expect(ownerOf.get(id) ?? owner).toBe(owner);
            ownerOf.set(id, owner);
            if (card.kind === 'definition') now.set(owner, id);
          }
          for (const [owner, id] of now) expect(definitions.get(owner) ?? id).toBe(id);
          definitions = new Map([...definitions, ...now]);
        };
        load();
        for (const [name, chance, fresh] of edits) {
          if (things.some(({ term }) => fresh.includes(term))) continue;
          EDITS[name]?.(things, gone, chance, fresh);
          load();
        }
      }),
      { numRuns: 30 },
    );
  });

  it('the same notes twice change nothing, in whatever order the database answers', () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 9 }), fc.nat(), (start, turn) => {
        const { notes } = write(start.map((fresh, identity) => thingOf(identity, fresh, identity % 3)));
        const cards = cardsOf(notes);
        const known = cards.map((card, position) => knownAs(card, position));
        const turned = [...known.slice(turn % known.length), ...known.slice(0, turn % known.length)];
        const { kept, added, gone } = matchCards(turned, cards);
        expect({ added, gone }).toEqual({ added: [], gone: [] });
        expect(kept.every(({ known: one, card, edit }) => one.id === card.id && edit === 'none')).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
