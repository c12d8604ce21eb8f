import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { card, cardId, draft, later, NOW } from './samples.js';

const folder = mkdtempSync(join(tmpdir(), 'eks-counts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WEEK_MINUTES = 7 * 24 * 60;

it('what past weeks changed is swept away as learners begin new ones', async () => {
  const file = join(folder, 'store.db');
  const store = await openStore(`file:${file}`);
  await store.cards.sync([card('a', 0)], NOW);
  const workspace = { platform: 'web', workspace: 'local' };
  const { id } = await store.learners.signIn({ ...workspace, user: 'ada' }, 'Ada', NOW);
  for (let week = 0; week < 8; week += 1) {
    const { lastSeq } = await store.reviews.progress(id, cardId('a'));
    await store.reviews.record(draft(id, 'a', lastSeq, { workspace, at: later(week * WEEK_MINUTES) }));
  }
  await store.close();
  const db = new Database(file, { readonly: true });
  const weeks = db
    .prepare<[], { week: string }>(`SELECT DISTINCT "week" FROM "ScoreCount" WHERE "week" <> '' ORDER BY 1`)
    .all();
  db.close();
  // The last review was on a Tuesday, 2026-04-28: far enough west two days before, in the week before, may still run.
  expect(weeks).toEqual([{ week: 'w2026-04-20' }, { week: 'w2026-04-27' }]);
});
