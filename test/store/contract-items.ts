import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReviewDraft, Store } from '../../src/store/store.js';
import { card, draft, later, NOW, person } from './samples.js';

const OPTIONS = ['etcd', 'kubelet', 'scheduler', 'kube-proxy'];

/** What choices say of cards; for every database behind the store. */
export function itemsContract(name: string, open: () => Promise<Store>): void {
  describe(`item analysis in a store on ${name}`, () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
      await store.cards.sync(
        ['easy', 'fair', 'edited', 'daily', 'typed'].map((id, line) => card(id, line)),
        NOW,
      );
    });
    afterAll(() => store.close());

    /** A new learner's choice. */
    async function choose(id: string, picked: string, change: Partial<ReviewDraft> = {}) {
      const learner = (await store.learners.signIn(person(), 'Ada', NOW)).id;
      await store.reviews.record(
        draft(learner, id, 0, {
          idempotencyKey: randomUUID(),
          kind: 'practice',
          counts: false,
          format: `choice-${OPTIONS.length}`,
          answer: picked,
          correct: picked === 'etcd',
          question: ['What stores the state?\nOf the cluster.', ...OPTIONS].join('\n'),
          cardVersion: card(id, 0).hash,
          ...change,
        }),
      );
    }
    const of = (id: string, now = NOW) => store.items.of(card(id, 0), now);

    it('knows nothing of a card that nobody has answered', async () => {
      await store.items.refresh(NOW);
      expect(of('easy')).toBeUndefined();
    });

    it('lets a card rest that all know, and gives up options that nobody picks', async () => {
      const thirty = Array.from({ length: 30 }, (_, k) => k);
      await Promise.all(
        thirty.flatMap((k) => [choose('easy', 'etcd'), choose('fair', OPTIONS[k % 3] ?? '')]),
      );
      await store.items.refresh(NOW);
      expect(of('easy')).toMatchObject({ answers: 30, facility: 1, rests: true });
      expect(of('fair')).toMatchObject({
        answers: 30,
        facility: 10 / 30,
        rests: false,
        avoid: new Set(['kube-proxy']),
      });
    });

    it('counts the daily quiz, and neither typed nor self-graded answers', async () => {
      await choose('daily', 'etcd', { kind: 'review', counts: true, source: 'daily' });
      await choose('typed', 'etcd', { format: 'typed', question: 'What stores the state?' });
      await choose('typed', 'etcd', { kind: 'review', counts: true, format: 'self-graded' });
      await store.items.refresh(NOW);
      expect(of('daily')).toMatchObject({ answers: 1 });
      expect(of('typed')).toBeUndefined();
    });

    it('forgets what was said of an earlier text', async () => {
      await choose('edited', 'etcd', { cardVersion: 'hash of an earlier text' });
      await store.items.refresh(NOW);
      expect(of('edited')).toBeUndefined();
      await choose('edited', 'kubelet');
      await store.items.refresh(NOW);
      expect(of('edited')).toMatchObject({ answers: 1, facility: 0 });
    });

    it('never waits: what is old is made anew behind who asks', async () => {
      await store.items.refresh(NOW);
      await choose('daily', 'kubelet');
      expect(of('daily', later(4))).toMatchObject({ answers: 1 });
      expect(of('daily', later(6))).toMatchObject({ answers: 1 });
      await expect.poll(() => of('daily', later(6))?.answers, { timeout: 5000 }).toBe(2);
    });
  });
}
