import { asKnown } from '../../src/notes/edits/impact.js';
import { matchCards } from '../../src/notes/edits/match.js';
import { makeLibrary, readNote } from '../../src/notes/library.js';
import type { Card } from '../../src/notes/model.js';
import { byTurns, type Measure } from './measure.js';

const CARDS = 10_000;
const WORDS =
  'agent archive balance border broker buffer cache channel cluster copy cursor disk edge filter gate group hash host index journal kernel key lease ledger limit link lock log map mesh mirror node object packet page parcel path peer pipe policy pool port proxy queue quota rack range record region relay replica ring role route rule schema segment shard signal slot snapshot socket stage stream switch table tenant thread ticket token topic trace tunnel unit vault volume window worker zone'.split(
    ' ',
  );

const word = (n: number) => WORDS[n % WORDS.length] ?? '';

/** A note of 100 terms; `turn` changes the words that a later edition uses. */
function makeNote(note: number, edition: 'first' | 'reworded' | 'renamed'): string {
  const lines = [`# ${edition === 'renamed' ? 'Chapter' : 'Part'} ${note}`, ''];
  for (let item = 0; item < 100; item += 1) {
    const n = note * 100 + item;
    const gloss = `keeps the ${word(n)} of a ${word(n * 7)} ${word(n * 13 + note)} apart from every ${word(n * 31)} ${word(n * 17 + 5)}`;
    const extra = edition === 'first' ? '' : ` and its ${word(n * 11)}`;
    lines.push(`- \`${word(n * 3)}-${word(n * 5 + note)}-${n}\`: ${gloss}${extra}`);
  }
  return lines.join('\n');
}

function cardsOf(edition: (note: number) => 'first' | 'reworded' | 'renamed'): readonly Card[] {
  const notes = Array.from({ length: CARDS / 100 }, (_, note) =>
    readNote(`note-${note}.md`, makeNote(note, edition(note))),
  );
  return makeLibrary(notes).cards;
}

/** Matching 10,000 cards to the ones before an edit, beside looking each of them up by its key. */
export async function benchMatch(): Promise<readonly Measure[]> {
  const known = cardsOf(() => 'first').map(asKnown);
  const byKey = new Map(known.map((one) => [one.key, one]));
  const cases = [
    { what: 'nothing changed', cards: cardsOf(() => 'first'), aim: 100 },
    {
      what: 'one note in twenty renamed and reworded',
      cards: cardsOf((note) => (note % 20 === 0 ? 'renamed' : 'first')),
      aim: 1_000,
    },
    { what: 'every card reworded', cards: cardsOf(() => 'reworded'), aim: 3_000 },
    { what: 'every heading renamed and every card reworded', cards: cardsOf(() => 'renamed'), aim: 3_000 },
  ];
  const measures: Measure[] = [];
  for (const { what, cards, aim } of cases) {
    const lost = matchCards(known, cards).gone.length;
    const { ours, floor } = await byTurns(
      3,
      () => matchCards(known, cards),
      () => cards.filter((card) => byKey.get(card.key)?.hash === card.hash),
    );
    measures.push({
      what: `matching ${cards.length.toLocaleString('en')} cards, ${what}, ${lost} of them lost`,
      value: ours,
      floor,
      unit: 'ms',
      floorIs: 'looking each up by its key',
      aim: `under ${aim.toLocaleString('en')} ms, none lost`,
      reached: ours < aim && lost === 0,
    });
  }
  return measures;
}
