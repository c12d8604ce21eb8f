import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Card, CardId } from '../../src/notes/model.js';
import { comesBackAt } from '../../src/store/changed.js';
import type { LearnerId, Store } from '../../src/store/store.js';
import { CLOCK, card, draft, NOW, person } from './samples.js';

const DAY = 24 * 60 * 60_000;
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY);
const NAMES = 'amber birch cedar delta ember fjord gravel heath island jetty kelp lagoon'.split(' ');

/** Cards of a deck, each with words of its own. */
const deck = (name: string, from = 0, to = NAMES.length): Card[] =>
  NAMES.slice(from, to).map((word, line) => ({
    ...card(`${name}-${word}`, line, `${word} of ${name}, said in words about ${word}${word}`),
    deck: name,
  }));

/** What edits of the notes do to cards and memories; for every database behind the store. */
export function editsContract(name: string, open: () => Promise<Store>): void {
  describe(`edits in a store on ${name}`, () => {
    let store: Promise<Store>;
    beforeAll(() => {
      store = open();
    });
    let learner: LearnerId;
    let run = 0;
    beforeEach(async () => {
      run += 1;
      const { cards, learners } = await store;
      const { held } = await cards.sync([], NOW);
      await cards.retireHeld(
        held.flatMap((deck) => deck.cards),
        NOW,
      );
      learner = (await learners.signIn(person(), 'Ada', NOW)).id;
    });
    afterAll(async () => (await store).close());
    const here = (part = '') => `run${run}${part}`;
    const sync = async (cards: readonly Card[], at = NOW) => (await store).cards.sync(cards, at);
    const queue = async (now: Date, newPerDay = 0) =>
      (await store).reviews.queue({
        learner,
        workspace: { platform: 'web', workspace: 'local' },
        now,
        clock: CLOCK,
        newPerDay,
        reviewsPerDay: 200,
        among: undefined,
      });

    it('twice the same notes change nothing', async () => {
      const cards = deck(here());
      expect(await sync(cards)).toMatchObject({ added: 12 });
      expect(await sync(cards, inDays(1))).toEqual({
        ...{ added: 0, edited: 0, renamed: 0, changed: 0, returned: 0, retired: 0 },
        ...{ ids: new Map(), held: [] },
      });
    });

    it('a card with a new key keeps its id, and the next load needs no guess', async () => {
      const cards = deck(here());
      await sync(cards);
      const [first, ...rest] = cards;
      if (first === undefined) throw new Error('there are cards');
      const renamed = { ...first, id: CardId.parse(here('-new')), key: here(' another key') };
      const synced = await sync([renamed, ...rest]);
      expect(synced).toMatchObject({ added: 0, retired: 0 });
      expect(synced.ids).toEqual(new Map([[renamed.id, first.id]]));
      const other = { ...renamed, front: 'Entirely new?', back: 'Entirely new', hash: here('entirely') };
      expect((await sync([other, ...rest])).ids).toEqual(new Map([[renamed.id, first.id]]));
    });

    it('a new card never takes the id of one that went on under another name', async () => {
      const cards = deck(here());
      await sync(cards);
      const [first, ...rest] = cards;
      if (first === undefined) throw new Error('there are cards');
      const renamed = { ...first, id: CardId.parse(here('-new')), key: here(' another key') };
      await sync([renamed, ...rest]);
      const newcomer = { ...first, front: 'What is mortar?', back: 'It joins bricks', hash: here('mortar') };
      const { added, ids } = await sync([renamed, newcomer, ...rest]);
      expect(added).toBe(1);
      expect(ids.get(renamed.id)).toBe(first.id);
      expect(ids.get(newcomer.id)).not.toBe(first.id);
      expect(await sync([renamed, newcomer, ...rest])).toMatchObject({ added: 0, edited: 0, ids });
    });

    it('a change of meaning is told with the text last seen, until the next review', async () => {
      const cards = deck(here());
      await sync(cards);
      const [first, ...rest] = cards;
      if (first === undefined) throw new Error('there are cards');
      const said = (number: number): Card => ({
        ...first,
        back: `holds ${number} boats`,
        hash: here(`${number}`),
      });
      await sync([said(3), ...rest]);
      const { reviews, cards: kept } = await store;
      await reviews.record(draft(learner, first.id, 0, { rating: 4, cardVersion: said(3).hash }));
      expect(await kept.changedSince(learner, first.id)).toBeUndefined();
      const before = await reviews.progress(learner, first.id);
      expect(await sync([said(4), ...rest], inDays(1))).toMatchObject({ edited: 1, changed: 1 });
      await sync([said(5), ...rest], inDays(2));
      expect(await kept.changedSince(learner, first.id)).toEqual({
        front: first.front,
        back: 'holds 3 boats',
        changedAt: inDays(2),
      });
      expect(await reviews.progress(learner, first.id)).toEqual(before);
      const back = comesBackAt(inDays(2), learner, first.id);
      expect((await queue(inDays(2))).next).toEqual([]);
      expect((await queue(back)).next).toEqual([first.id]);
      const seen = { rating: 4, at: back, cardVersion: said(5).hash } as const;
      await reviews.record(draft(learner, first.id, 1, seen));
      expect(await kept.changedSince(learner, first.id)).toBeUndefined();
      expect((await queue(back)).next).toEqual([]);
      expect(await reviews.rebuild(false)).toMatchObject({ mismatches: 0 });
    });

    describe('which text was seen, not when, says whether a change is told', () => {
      const saying = (card: Card, boats: number, words = 'holds'): Card => ({
        ...card,
        back: `${words} ${boats} boats in the harbour`,
        hash: here(`${words}${boats}`),
      });
      const syncOne = async (card: Card, at: Date) => sync([card, ...deck(here()).slice(1)], at);
      const seenAs = async (card: Card, at: Date, seq = 0) =>
        (await store).reviews.record(draft(learner, card.id, seq, { at, cardVersion: card.hash }));
      const told = async (card: Card) => (await store).cards.changedSince(learner, card.id);
      const firstCard = async () => {
        const [first] = deck(here());
        if (first === undefined) throw new Error('there are cards');
        await sync(deck(here()));
        return first;
      };

      it('a rating that comes after the change, of the text before it', async () => {
        const first = await firstCard();
        await syncOne(saying(first, 3), inDays(1));
        await syncOne(saying(first, 4), inDays(2));
        await seenAs(saying(first, 3), inDays(2.1));
        expect(await told(first)).toMatchObject({ back: 'holds 3 boats in the harbour' });
        await seenAs(saying(first, 4), inDays(2.2), 1);
        expect(await told(first)).toBeUndefined();
      });

      it('a change that was taken back, and then worded otherwise', async () => {
        const first = await firstCard();
        await syncOne(saying(first, 3), inDays(1));
        await seenAs(saying(first, 3), inDays(1.1));
        await syncOne(saying(first, 4), inDays(2));
        await syncOne(saying(first, 3), inDays(3));
        await syncOne(saying(first, 3, 'can hold'), inDays(4));
        expect(await told(first)).toBeUndefined();
      });
    });

    it('an edit that only words it otherwise brings nothing back', async () => {
      const cards = deck(here());
      await sync(cards);
      const [first, ...rest] = cards;
      if (first === undefined) throw new Error('there are cards');
      const { reviews, cards: kept } = await store;
      await reviews.record(draft(learner, first.id, 0, { rating: 4, cardVersion: first.hash }));
      const reworded = { ...first, back: `${first.back} again`, hash: here('reworded') };
      expect(await sync([reworded, ...rest], inDays(1))).toMatchObject({ edited: 1, changed: 0 });
      expect(await kept.changedSince(learner, first.id)).toBeUndefined();
      expect((await queue(inDays(4))).next).toEqual([]);
    });

    it('a deck that would lose over a fifth waits; its cards are neither shown nor retired', async () => {
      const [a, b] = [here('a'), here('b')];
      await sync([...deck(a), ...deck(b)]);
      const left = [...deck(a, 6), ...deck(b, 1)];
      const synced = await sync(left, inDays(1));
      expect(synced).toMatchObject({ retired: 1, held: [{ deck: a, of: 12, cards: { length: 6 } }] });
      expect((await queue(inDays(1), 99)).next).toHaveLength(17);
      expect((await queue(inDays(1), 99)).next).not.toContain(deck(a)[0]?.id);
      const { cards: kept } = await store;
      expect(await sync(left, inDays(2))).toMatchObject({ retired: 0, held: synced.held });
      expect(kept.held()).toEqual(synced.held);
      const lost = synced.held.flatMap((deck) => deck.cards);
      expect(await kept.retireHeld(lost, inDays(2))).toBe(6);
      expect(kept.held()).toEqual([]);
      expect(await sync(left, inDays(3))).toMatchObject({ retired: 0, held: [] });
      expect(await sync([...deck(a), ...deck(b)], inDays(4))).toMatchObject({ added: 0, returned: 7 });
    });

    it('what the notes have again is not retired by a word that crosses its return', async () => {
      const cards = deck(here());
      await sync(cards);
      const { held } = await sync(deck(here(), 6));
      const lost = held.flatMap((one) => one.cards);
      const { cards: kept } = await store;
      const [, retired] = await Promise.all([kept.sync(cards, NOW), kept.retireHeld(lost, NOW)]);
      expect(retired).toBe(0);
      expect(kept.held()).toEqual([]);
      expect(await sync(cards)).toMatchObject({ returned: 0, retired: 0 });
      expect(await kept.retireHeld(lost, NOW)).toBe(0);
    });

    it('a handful of cards, or a fifth of a deck, goes at once', async () => {
      await sync(deck(here(), 0, 6));
      expect(await sync(deck(here(), 5, 6))).toMatchObject({ retired: 5, held: [] });
    });

    it('counts the learners of cards by key', async () => {
      const cards = deck(here());
      await sync(cards);
      const [first, second] = cards;
      if (first === undefined || second === undefined) throw new Error('there are cards');
      const { reviews, cards: kept } = await store;
      await reviews.record(draft(learner, first.id, 0));
      expect(await kept.learnersByKey([first.key, second.key, 'nothing'])).toEqual(new Map([[first.key, 1]]));
    });
  });
}
