import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, startOfStudyDay, studyDayOf } from '../../src/learning/studyday.js';
import { type Card, ConceptId } from '../../src/notes/model.js';
import type { AccountKey, LearnerId, QueueQuery, ReportDraft, Store } from '../../src/store/store.js';
import { CLOCK, card, cardId, draft, later, NOW, person } from './samples.js';

const inDays = (days: number) => startOfStudyDay(addDays(studyDayOf(NOW, CLOCK), days), CLOCK);
const ids = (...names: string[]) => names.map(cardId);
const concept = (name: string) => ConceptId.parse(name);
const cardOf = (name: string, id: string, line: number): Card => ({
  ...card(id, line),
  concept: concept(name),
});

/** What learners ask and say of cards, and what admins do about them; for every database behind the store. */
export function deskContract(name: string, open: () => Promise<Store>): void {
  describe(`cards on the desk in a store on ${name}`, () => {
    let store: Store;
    let account: AccountKey;
    let learner: LearnerId;
    beforeAll(async () => {
      store = await open();
      const cards = [cardOf('one', 'a1', 0), cardOf('one', 'a2', 1), card('b', 2), card('c', 3)];
      await store.cards.sync(cards, NOW);
    });
    beforeEach(async () => {
      account = { ...person(), workspace: randomUUID() };
      learner = (await store.learners.signIn(account, 'Ada', NOW)).id;
    });
    afterAll(() => store.close());

    const queue = (change: Partial<QueueQuery> = {}) =>
      store.reviews.queue({
        learner,
        workspace: account,
        now: NOW,
        clock: CLOCK,
        newPerDay: 10,
        reviewsPerDay: 200,
        among: undefined,
        ...change,
      });

    describe('siblings', () => {
      it('are introduced on different days, and the limit is filled with cards of other concepts', async () => {
        expect(await queue({ newPerDay: 2 })).toMatchObject({ next: ids('a1', 'b'), fresh: 2 });
        await store.reviews.record(draft(learner, 'a1', 0));
        expect(await queue({ among: ids('a1', 'a2') })).toMatchObject({ next: [], fresh: 0, buried: true });
        expect(await queue({ now: inDays(1) })).toMatchObject({ next: ids('a1', 'b', 'c'), fresh: 2 });
        await store.reviews.record(draft(learner, 'a1', 1, { rating: 4, at: later(1) }));
        expect((await queue({ now: inDays(1) })).next).toEqual(ids('a2', 'b', 'c'));
      });

      it('are free again as soon as the answer is undone', async () => {
        await store.reviews.record(draft(learner, 'a1', 0));
        await store.reviews.undo(learner, `${learner} undo`, later(1), CLOCK);
        expect((await queue()).next).toEqual(ids('a1', 'b', 'c'));
      });

      it('that are due together are reviewed one a day', async () => {
        await store.reviews.record(draft(learner, 'a1', 0, { rating: 4 }));
        await store.reviews.record(draft(learner, 'a2', 0, { rating: 4 }));
        const now = inDays(60);
        expect(await queue({ now, newPerDay: 0 })).toMatchObject({ due: 1, buried: true });
        const first = (await queue({ now, newPerDay: 0 })).next[0] ?? '';
        await store.reviews.record(draft(learner, first, 1, { rating: 4, at: now }));
        expect(await queue({ now, newPerDay: 0 })).toMatchObject({ next: [], due: 0, buried: true });
        const next = await queue({ now: inDays(61), newPerDay: 0 });
        expect(next).toMatchObject({ due: 1, buried: false });
        expect([first, ...next.next].sort()).toEqual(ids('a1', 'a2'));
        expect(await store.reviews.rebuild(false)).toMatchObject({ mismatches: 0 });
      });
    });

    describe('a wish', () => {
      it('brings its cards before other new ones, however often it is made', async () => {
        const wish = () => store.reviews.want(learner, ids('c', 'b'), later(1));
        expect(await Promise.all([wish(), wish()])).toEqual([
          { waiting: 2, known: 0 },
          { waiting: 2, known: 0 },
        ]);
        expect((await queue()).next).toEqual(ids('b', 'c', 'a1'));
        expect(await queue({ newPerDay: 1 })).toMatchObject({ next: ids('b'), fresh: 1 });
      });

      it('leaves out what the learner knows and what the database has never met', async () => {
        await store.reviews.record(draft(learner, 'b', 0));
        expect(await store.reviews.want(learner, ids('b', 'c', 'nowhere'), NOW)).toEqual({
          waiting: 1,
          known: 1,
        });
        expect((await queue()).next).toEqual(ids('c', 'a1'));
      });

      it('is the learner’s own', async () => {
        const other = await store.learners.signIn(person(), 'Ben', NOW);
        await store.reviews.want(other.id, ids('c'), NOW);
        expect((await queue()).next).toEqual(ids('a1', 'b', 'c'));
      });
    });

    describe('a hidden card', () => {
      it('is not asked, whether new or due, and comes back with its history', async () => {
        await store.reviews.record(draft(learner, 'b', 0, { rating: 4 }));
        const { state } = await store.reviews.progress(learner, cardId('b'));
        await store.reviews.want(learner, ids('c'), NOW);
        expect(await store.cards.hide(account, cardId('b'), later(1))).toBe(true);
        expect(await store.cards.hide(account, cardId('c'), later(2))).toBe(true);
        expect(await store.cards.hidden(account, NOW)).toEqual(new Set(ids('b', 'c')));
        expect(await queue({ now: inDays(60) })).toMatchObject({ next: ids('a1'), due: 0, fresh: 1 });
        expect((await store.cards.listHidden(account)).map((hidden) => hidden.card)).toEqual(ids('c', 'b'));
        for (const id of ids('b', 'c')) expect(await store.cards.restore(account, id)).toBe(true);
        expect(await store.cards.hidden(account, NOW)).toEqual(new Set());
        expect(await queue({ now: inDays(60) })).toMatchObject({ next: ids('b', 'c', 'a1'), due: 1 });
        expect(await store.reviews.progress(learner, cardId('b'))).toEqual({ state, lastSeq: 1 });
      });

      it('is hidden and restored by one of two admins at once', async () => {
        const both = <T>(work: () => Promise<T>) => Promise.all([work(), work()]);
        const hide = () => store.cards.hide(account, cardId('b'), NOW);
        expect((await both(hide)).sort()).toEqual([false, true]);
        expect((await both(() => store.cards.restore(account, cardId('b')))).sort()).toEqual([false, true]);
        expect(await store.cards.hide(account, cardId('nowhere'), NOW)).toBe(false);
      });

      it('stays hidden when the notes are loaded again', async () => {
        await store.cards.hide(account, cardId('b'), NOW);
        const cards = [cardOf('one', 'a1', 0), cardOf('one', 'a2', 1), card('b', 2, 'new'), card('c', 3)];
        await store.cards.sync(cards, later(1));
        expect(await store.cards.hidden(account, NOW)).toEqual(new Set(ids('b')));
        expect((await queue()).next).toEqual(ids('a1', 'c'));
        await store.cards.restore(account, cardId('b'));
      });
    });

    describe('a card that one workspace hides', () => {
      const elsewhere = () => ({ ...account, workspace: randomUUID(), userIsGlobal: true });

      it('is asked in others, of the same learner too, and their memory is one', async () => {
        const other = elsewhere();
        await store.learners.signIn({ ...account, userIsGlobal: true }, 'Ada', NOW);
        expect((await store.learners.signIn(other, 'Ada', NOW)).id).toBe(learner);
        await store.reviews.record(draft(learner, 'b', 0, { rating: 4 }));
        const before = await store.reviews.progress(learner, cardId('b'));
        for (const id of ids('b', 'c')) await store.cards.hide(account, id, NOW);
        const due = { now: inDays(60), newPerDay: 9 };
        expect(await queue(due)).toMatchObject({ next: ids('a1'), due: 0, fresh: 1 });
        expect(await queue({ ...due, workspace: other })).toMatchObject({
          next: ids('b', 'a1', 'c'),
          due: 1,
          fresh: 2,
        });
        expect(await store.cards.hidden(other, NOW)).toEqual(new Set());
        expect(await store.cards.listHidden(other)).toEqual([]);
        expect(await store.reviews.progress(learner, cardId('b'))).toEqual(before);
      });

      it('is hidden and restored by each for itself', async () => {
        const other = elsewhere();
        await store.learners.signIn(other, 'Ada', NOW);
        expect(await store.cards.hide(account, cardId('b'), NOW)).toBe(true);
        expect(await store.cards.restore(other, cardId('b'))).toBe(false);
        expect(await store.cards.hide(other, cardId('b'), later(1))).toBe(true);
        expect(await store.cards.restore(account, cardId('b'))).toBe(true);
        expect(await store.cards.listHidden(other)).toMatchObject([{ card: 'b', hiddenAt: later(1) }]);
        expect(await store.cards.hidden(account, NOW)).toEqual(new Set());
      });

      it('is not among the steps of the day until it is back', async () => {
        await store.reviews.record(draft(learner, 'b', 0, { rating: 1 }));
        await store.cards.hide(account, cardId('b'), NOW);
        expect(await queue({ newPerDay: 0 })).toMatchObject({ learning: 0, nextStepAt: undefined });
        await store.cards.restore(account, cardId('b'));
        expect(await queue({ newPerDay: 0 })).toMatchObject({ learning: 1 });
      });

      it('is none where nobody has ever been', async () => {
        const nowhere = elsewhere();
        expect(await store.cards.hidden(nowhere, NOW)).toEqual(new Set());
        expect(await store.cards.restore(nowhere, cardId('b'))).toBe(false);
        await expect(store.cards.hide(nowhere, cardId('b'), NOW)).rejects.toThrow('signed in');
      });
    });

    describe('a report', () => {
      const report = (change: Partial<ReportDraft> = {}): ReportDraft => ({
        workspace: account,
        learner,
        idempotencyKey: randomUUID(),
        concept: concept('one'),
        card: cardId('a1'),
        term: 'One',
        note: 'eks.md',
        line: 1,
        text: 'This is wrong.',
        at: NOW,
        ...change,
      });

      it('is listed with who made it, the newest first, in its workspace only', async () => {
        await store.reports.file(report(), 9);
        await store.reports.file(report({ card: undefined, text: 'later \0', at: later(1) }), 9);
        const { reports, total } = await store.reports.open(account, 0, 9);
        expect(total).toBe(2);
        expect(reports).toMatchObject([
          { text: 'later \uFFFD', card: undefined, at: later(1) },
          { by: 'Ada', concept: 'one', card: 'a1', term: 'One', note: 'eks.md', line: 1, at: NOW },
        ]);
        expect(await store.reports.open(account, 1, 1)).toEqual({ reports: reports.slice(1), total: 2 });
        const elsewhere = { ...account, workspace: 'elsewhere' };
        expect(await store.reports.open(elsewhere, 0, 9)).toEqual({ reports: [], total: 0 });
        const id = reports[0]?.id ?? expect.fail('no report');
        expect(await store.reports.find(elsewhere, id)).toBeUndefined();
        expect(await store.reports.close(elsewhere, id, NOW)).toBe(false);
        expect(await store.reports.find(account, id)).toEqual(reports[0]);
      });

      it('is written once, however often it is delivered', async () => {
        const one = report();
        const filed = await Promise.all([1, 2, 3].map(() => store.reports.file(one, 9)));
        expect(filed.sort()).toEqual(['duplicate', 'duplicate', 'filed']);
        expect((await store.reports.open(account, 0, 9)).total).toBe(1);
      });

      it('is refused to who has many open ones of the last day, until one is closed or a day has passed', async () => {
        expect(await store.reports.file(report(), 2)).toBe('filed');
        expect(await store.reports.file(report(), 2)).toBe('filed');
        expect(await store.reports.file(report({ at: later(60) }), 2)).toBe('too many');
        const [first] = (await store.reports.open(account, 0, 9)).reports;
        await store.reports.close(account, first?.id ?? expect.fail('no report'), later(61));
        expect(await store.reports.file(report({ at: later(62) }), 2)).toBe('filed');
        expect(await store.reports.file(report({ at: later(24 * 60) }), 2)).toBe('filed');
      });

      it('is closed by one of two admins at once', async () => {
        await store.reports.file(report(), 9);
        const id = (await store.reports.open(account, 0, 9)).reports[0]?.id ?? expect.fail('no report');
        const closed = await Promise.all([1, 2].map(() => store.reports.close(account, id, NOW)));
        expect(closed.sort()).toEqual([false, true]);
        expect(await store.reports.open(account, 0, 9)).toEqual({ reports: [], total: 0 });
        expect(await store.reports.find(account, id)).toBeUndefined();
      });

      it('of a card that the database has never met is kept without it', async () => {
        await store.reports.file(report({ card: cardId('nowhere') }), 9);
        expect((await store.reports.open(account, 0, 9)).reports).toMatchObject([{ card: undefined }]);
      });
    });
  });
}
