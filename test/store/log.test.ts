import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldReviews } from '../../src/learning/history.js';
import type { LoggedReview, MemoryState, Rating } from '../../src/learning/model.js';
import { DEFAULT_PARAMETERS } from '../../src/learning/schedule.js';
import { studyDayOf } from '../../src/learning/studyday.js';
import { openStore } from '../../src/store/open.js';
import { fuzzSeed, type LearnerId, type Store } from '../../src/store/store.js';
import { CLOCK, card, cardId, draft, later, NOW, person } from './samples.js';

const CARDS = ['a', 'b', 'c'];

let folder: string;
let file: string;
let store: Store;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eks-log-'));
  file = join(folder, 'log.db');
  store = await openStore(`file:${file}`);
  await store.cards.sync(
    CARDS.map((id, line) => card(id, line)),
    NOW,
  );
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Undo {
  readonly do: 'undo' | 'again';
  readonly wait: number;
}

interface Answer {
  readonly do: 'review' | 'practice' | 'import' | 'reset' | 'uncounted';
  readonly card: string;
  readonly rating: Rating;
  readonly wait: number;
  readonly retention: number;
}

type Step = Undo | Answer;

const isAnswer = (one: Step): one is Answer => 'card' in one;

const MOST_STEPS = 14;
const MOST_MINUTES = 60 * 24 * 40;
const minutes = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: -600, max: MOST_MINUTES }));
const AFTER_ALL = later(MOST_STEPS * MOST_MINUTES);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('review' as const, 'review', 'practice', 'import', 'reset', 'uncounted'),
      card: fc.constantFrom(...CARDS),
      rating: fc.constantFrom<Rating>(1, 2, 3, 4),
      wait: minutes,
      retention: fc.constantFrom(0.8, 0.9, 0.95),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'again'), wait: minutes }) },
);

/** What the learner did, told a second time in the simplest way: a list of what stands. */
class Model {
  readonly log = new Map<string, LoggedReview[]>(CARDS.map((id) => [id, []]));
  readonly standing: { readonly card: string; readonly review: LoggedReview; readonly undoable: boolean }[] =
    [];

  seqOf(id: string): number {
    return this.log.get(id)?.length ?? 0;
  }

  add(id: string, review: LoggedReview): void {
    this.log.get(id)?.push(review);
  }

  stateOf(id: string): MemoryState | undefined {
    return foldReviews(this.standing.filter((one) => one.card === id).map(({ review }) => review));
  }
}

/** Plays the steps for a new learner; gives back the model of what the store should hold. */
async function play(learner: LearnerId, steps: readonly Step[]): Promise<Model> {
  const model = new Model();
  let minute = 0;
  let last = draft(learner, 'a', 0, { kind: 'practice' });
  let count = 0;
  for (const one of steps) {
    minute += one.wait;
    count += 1;
    const at = later(minute);
    const key = `${learner} ${count}`;
    if (one.do === 'undo') {
      const undone = await store.reviews.undo(learner, key, at, CLOCK);
      expect(await store.reviews.undo(learner, key, at, CLOCK)).toMatchObject(
        undone.outcome === 'nothing' ? undone : { ...undone, outcome: 'duplicate' },
      );
      if (undone.outcome === 'nothing') continue;
      const index = model.standing.findLastIndex(({ undoable }) => undoable);
      const [gone] = model.standing.splice(index, 1);
      expect(undone.card).toBe(gone?.card);
      expect(undone.outcome === 'undone' && undone.state).toEqual(model.stateOf(undone.card));
      const seq = model.seqOf(undone.card) + 1;
      if (gone !== undefined) model.add(undone.card, { ...gone.review, seq, kind: 'void', counts: false });
    } else if (!isAnswer(one)) {
      const outcome = (await store.reviews.record(last)).outcome;
      if (outcome === 'recorded') model.add('a', logged(last, 1));
      else expect(outcome).toBe('duplicate');
    } else {
      const kind = one.do === 'uncounted' ? 'review' : one.do;
      const seq = model.seqOf(one.card) + 1;
      last = draft(learner, one.card, seq - 1, {
        idempotencyKey: key,
        kind,
        at,
        rating: one.rating,
        counts: one.do !== 'uncounted',
        parameters: { ...DEFAULT_PARAMETERS, desiredRetention: one.retention },
      });
      const review = logged(last, seq);
      expect(
        await store.reviews.record({ ...last, idempotencyKey: `${key} old`, shownAfterSeq: seq }),
      ).toEqual({ outcome: 'stale', seq: seq - 1 });
      expect((await store.reviews.record(last)).outcome).toBe('recorded');
      model.add(one.card, review);
      const counts = one.do === 'review' || one.do === 'import' || one.do === 'reset';
      if (counts) model.standing.push({ card: one.card, review, undoable: one.do !== 'import' });
    }
  }
  return model;
}

function logged(one: ReturnType<typeof draft>, seq: number): LoggedReview {
  const { kind, at, clock, rating, counts, parameters } = one;
  const seed = fuzzSeed(one.learner, one.card, seq);
  return { seq, kind, voids: undefined, at, clock, rating, counts, parameters, seed };
}

describe('the log', () => {
  it('gives the stored states, whatever is reviewed, practised, undone, or delivered twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: MOST_STEPS }), async (steps) => {
        const { id } = await store.learners.signIn(person(), 'Ada', NOW);
        const model = await play(id, steps);
        for (const one of CARDS) {
          expect(await store.reviews.progress(id, cardId(one))).toEqual({
            state: model.stateOf(one),
            lastSeq: model.seqOf(one),
          });
        }
      }),
      { numRuns: 30 },
    );
    expect(await store.reviews.rebuild(false)).toMatchObject({ mismatches: 0 });
    expect(await store.boards.rebuild(false, AFTER_ALL)).toMatchObject({ mismatches: 0 });
  }, 60_000);

  it('finds each state that was tampered with, and mends it when told to', async () => {
    const { id } = await store.learners.signIn(person(), 'Ada', NOW);
    for (const one of CARDS) await store.reviews.record(draft(id, one, 0));
    const before = await Promise.all(CARDS.map((one) => store.reviews.progress(id, cardId(one))));
    const db = new Database(file);
    const change = (set: string, one: string) =>
      db.prepare(`UPDATE "MemoryState" SET ${set} WHERE "learnerId" = ? AND "cardId" = ?`).run(id, one);
    change('stability = stability * 2', 'a');
    change('"lastSeq" = 5', 'b');
    db.prepare('DELETE FROM "MemoryState" WHERE "learnerId" = ? AND "cardId" = ?').run(id, 'c');
    db.close();
    expect(await store.reviews.rebuild(false)).toMatchObject({ mismatches: 3 });
    expect(await store.reviews.rebuild(true)).toMatchObject({ mismatches: 3 });
    expect(await store.reviews.rebuild(false)).toMatchObject({ mismatches: 0 });
    expect(await Promise.all(CARDS.map((one) => store.reviews.progress(id, cardId(one))))).toEqual(before);
  });

  it('finds days, scores and counts that were tampered with, and mends them when told to', async () => {
    // Of its own, since time goes on in the other one: what a week changed is forgotten when the next one begins.
    const workspace = { platform: 'web', workspace: 'tampered' };
    const { id } = await store.learners.signIn({ ...person(), ...workspace }, 'Ada', NOW);
    await store.reviews.record(draft(id, 'a', 0, { workspace }));
    const board = {
      workspace,
      channel: undefined,
      span: 'week',
      day: studyDayOf(NOW, CLOCK),
    } as const;
    const standings = async () => [
      await store.boards.standing(board, id),
      await store.boards.standing({ ...board, span: 'all' }, id),
    ];
    const before = await standings();
    const db = new Database(file);
    db.prepare('UPDATE "Activity" SET "due" = 9, "points" = 90 WHERE "learnerId" = ?').run(id);
    db.prepare('DELETE FROM "Score" WHERE "learnerId" = ? AND "span" = ?').run(id, 'all');
    db.prepare('UPDATE "ScoreCount" SET "learners" = 77 WHERE "span" = ?').run('all');
    db.close();
    const tampered = await standings();
    expect(tampered).not.toEqual(before);
    expect((await store.boards.rebuild(false, NOW)).mismatches).toBeGreaterThan(2);
    expect(await standings()).toEqual(tampered);
    await store.boards.rebuild(true, NOW);
    expect(await standings()).toEqual(before);
    expect(await store.boards.rebuild(false, NOW)).toMatchObject({ mismatches: 0 });
  });
});
