import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { comesBackAt } from '../../src/store/changed.js';
import { openStore } from '../../src/store/open.js';
import { card, draft, NOW, person } from './samples.js';

const DAY = 24 * 60 * 60_000;

describe('a card that changed its meaning', () => {
  it('comes back after one, two or three days, about as many on each', () => {
    const days = Array.from(
      { length: 600 },
      (_, n) => (comesBackAt(NOW, `learner ${n}`, 'card').getTime() - NOW.getTime()) / DAY,
    );
    for (const day of [1, 2, 3]) expect(days.filter((one) => one === day).length).toBeGreaterThan(150);
    expect(days.every((day) => day >= 1 && day <= 3)).toBe(true);
  });

  it('is told also to who learnt it before texts were kept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'eks-changed-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'eks.db');
    const store = await openStore(`file:${file}`);
    onTestFinished(() => store.close());
    const before = card('a', 0, 'a hall of 3 doors');
    await store.cards.sync([before], NOW);
    const { id } = await store.learners.signIn(person(), 'Ada', NOW);
    await store.reviews.record(draft(id, 'a', 0, { cardVersion: before.hash }));
    const db = new Database(file);
    db.exec('DELETE FROM "CardText"');
    db.close();
    await store.cards.sync([card('a', 0, 'a hall of 4 doors')], new Date(NOW.getTime() + DAY));
    expect(await store.cards.changedSince(id, before.id)).toMatchObject({ back: 'a hall of 3 doors' });
  });
});
