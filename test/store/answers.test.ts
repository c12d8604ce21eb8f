import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { QuizId } from '../../src/store/store.js';
import { card, cardId, draft, NOW, person } from './samples.js';

const folder = mkdtempSync(join(tmpdir(), 'eks-answers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('keeps the first answer of a learner to a quiz, with its review, and nothing of a second press', async () => {
  const file = join(folder, 'answers.db');
  const store = await openStore(`file:${file}`);
  await store.cards.sync([card('a', 0)], NOW);
  const { id } = await store.learners.signIn(person(), 'Ada', NOW);
  const db = new Database(file);
  db.prepare(
    `INSERT INTO "Quiz" ("id", "workspaceId", "channel", "localDate", "cardId", "question", "status", "claimedAt",
      "closesAt") SELECT 'q', "id", 'general', '2026-03-10', 'a', '{}', 'posted', 0, 0 FROM "Workspace"`,
  ).run();
  const quiz = QuizId.parse('q');
  const first = draft(id, 'a', 0, { source: 'daily', correct: false, quiz: { id: quiz, choice: '2' } });
  const second = draft(id, 'a', 1, { source: 'daily', correct: true, quiz: { id: quiz, choice: '1' } });
  const recorded = await store.reviews.record(first);
  expect(recorded).toMatchObject({ outcome: 'recorded', points: 15 });
  const again = { ...recorded, outcome: 'duplicate', points: undefined };
  expect(await store.reviews.record(first)).toEqual(again);
  expect(await store.reviews.record(second)).toEqual(again);
  expect(db.prepare('SELECT "choice", "correct", "seq" FROM "Answer"').all()).toEqual([
    { choice: '2', correct: 0, seq: 1 },
  ]);
  expect((await store.reviews.progress(id, cardId('a'))).lastSeq).toBe(1);
  const unknown = draft(id, 'a', 1, { quiz: { id: QuizId.parse('nowhere'), choice: '1' } });
  await expect(store.reviews.record(unknown)).rejects.toThrow();
  expect((await store.reviews.progress(id, cardId('a'))).lastSeq).toBe(1);
  db.close();
  await store.close();
});
