import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answers, isAnsweredBefore, spaced } from '../../src/commands/session.js';
import { makeLibrary, readNote } from '../../src/notes/library.js';

const text = readFileSync(new URL('../notes/reading/eks-notes.md', import.meta.url), 'utf8');
const library = makeLibrary([readNote('eks.md', text)]);
const cards = library.cards.map(({ id }) => id);
const seeds = Array.from({ length: 20 }, (_, at) => `seed ${at}`);

describe('the order of a session', () => {
  it('holds every card once, and differs by seed only', () => {
    expect([...spaced(cards, library, '1')].sort()).toEqual([...cards].sort());
    expect(spaced(cards, library, '1')).toEqual(spaced(cards, library, '1'));
    expect(spaced(cards, library, '1')).not.toEqual(spaced(cards, library, '2'));
  });

  it('asks one card of every concept before a second one of any', () => {
    const concepts = new Set(library.cards.map(({ concept }) => concept));
    for (const seed of seeds) {
      const first = spaced(cards, library, seed).slice(0, concepts.size);
      expect(new Set(first.map((id) => library.card(id)?.concept)).size).toBe(concepts.size);
    }
  });

  it('finds a question that was answered a moment ago by what another one showed', () => {
    for (const seed of seeds) {
      const order = spaced(cards, library, seed);
      const ask = (id: (typeof cards)[number]) => library.question(id, seed);
      order.forEach((id, position) => {
        const question = ask(id);
        if (question === undefined) return;
        const before = order
          .slice(Math.max(0, position - 6), position)
          .flatMap((earlier) => ask(earlier) ?? []);
        expect(isAnsweredBefore(question, order, position, ask)).toBe(
          before.some((earlier) => answers(earlier, question)),
        );
      });
    }
  });

  it('tells two questions on one concept, whose points answer both, from questions on others', () => {
    const about = (term: string) => {
      const concept = library.concepts.find((one) => one.term === term);
      const all = concept === undefined ? [] : library.cardsOf(concept.id);
      return all.flatMap(({ id }) => library.question(id, '1') ?? []);
    };
    const [scheduler, second] = about('kube-scheduler');
    const [fargate] = about('Fargate');
    if (!scheduler || !second || !fargate) throw new Error('a question is missing');
    expect(answers(scheduler, second)).toBe(true);
    expect(answers(fargate, scheduler)).toBe(false);
  });
});
