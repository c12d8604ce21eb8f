import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Span } from '../../src/learning/points.js';
import { studyDayOf } from '../../src/learning/studyday.js';
import type { BoardKey, Turn } from '../../src/store/boards.js';
import { openStore } from '../../src/store/open.js';
import { BUCKET, coarse } from '../../src/store/scores.js';
import { LearnerId, type Store } from '../../src/store/store.js';
import { CLOCK, NOW } from '../store/samples.js';
import { byTurns, type Measure, quantile, timed } from './measure.js';

const LEARNERS = 1_000_000;
const PAGE = 10;
const READS = 200;
const LIMIT_MS = 5;
const SPANS = { week: 'w2026-03-09', season: 's2026-03-02', all: 'all' } as const;
/** Points differ by this much: a week's, a season's, and those of three years. */
const MOST: Readonly<Record<Span, number>> = { week: 140, season: 560, all: 20_000 };

/** Leaderboards of one workspace with a million learners: a page and one's own place, beside the bare index scan. */
export async function benchLeaderboard(): Promise<readonly Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'eks-bench-'));
  const file = join(folder, 'store.db');
  await (await openStore(`file:${file}`)).close();
  const db = new Database(file);
  fill(db);
  const store = await openStore(`file:${file}`);
  try {
    const measures: Measure[] = [];
    for (const span of ['week', 'season', 'all'] as const) measures.push(...(await read(store, db, span)));
    return measures;
  } finally {
    await store.close();
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const idOf = (number: number) => LearnerId.parse(`learner-${String(number).padStart(7, '0')}`);
/** Few points are much more common than many. */
const pointsOf = (number: number, most: number) =>
  1 + Math.floor(most * (((number * 7_919) % LEARNERS) / LEARNERS) ** 3);

function fill(db: Database.Database): void {
  const at = NOW.toISOString();
  db.pragma('synchronous = OFF');
  db.exec(
    `INSERT INTO "Workspace" ("id", "platform", "externalId", "createdAt") VALUES ('w', 'web', 'local', '${at}')`,
  );
  const learner = db.prepare('INSERT INTO "Learner" ("id", "name", "createdAt") VALUES (?, ?, ?)');
  const account = db.prepare(
    'INSERT INTO "Account" ("id", "workspaceId", "externalId", "learnerId", "name", "createdAt") VALUES (?, ?, ?, ?, ?, ?)',
  );
  const score = db.prepare(
    'INSERT INTO "Score" ("workspaceId", "board", "span", "learnerId", "points", "days", "updatedAt") VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  db.transaction(() => {
    for (let number = 0; number < LEARNERS; number += 1) {
      const id = idOf(number);
      learner.run(id, id, at);
      account.run(id, 'w', id, id, id, at);
      for (const span of ['week', 'season', 'all'] as const) {
        score.run('w', '', SPANS[span], id, pointsOf(number, MOST[span]), 1, at);
      }
    }
  })();
  db.exec(`INSERT INTO "ScoreCount" ("workspaceId", "board", "span", "points", "learners")
    SELECT "workspaceId", "board", "span", "points", COUNT(*) FROM "Score" GROUP BY 1, 2, 3, 4
    UNION ALL SELECT "workspaceId", "board", "span" || '${coarse('')}', "points" / ${BUCKET}, COUNT(*) FROM "Score"
    GROUP BY 1, 2, 3, 4`);
}

async function read(store: Store, db: Database.Database, span: Span): Promise<readonly Measure[]> {
  const workspace = { platform: 'web', workspace: 'local' };
  const board: BoardKey = { workspace, channel: undefined, span, day: studyDayOf(NOW, CLOCK) };
  const scan = db.prepare(
    `SELECT "points", "learnerId" FROM "Score" WHERE "workspaceId" = 'w' AND "board" = '' AND "span" = ?
      AND ("points", "learnerId") < (?, ?) ORDER BY "points" DESC, "learnerId" DESC LIMIT ${PAGE}`,
  );
  let turn = 0;
  /** Somewhere on the board, each time elsewhere. */
  const somewhere = (): Turn => {
    turn += 1;
    const number = (turn * 104_729) % LEARNERS;
    return { to: 'down', points: pointsOf(number, MOST[span]), learner: idOf(number) };
  };
  const floor = () => {
    const { points, learner } = somewhere();
    scan.all(SPANS[span], points, learner);
  };
  const kinds = [
    { what: 'a page', ask: () => store.boards.page(board, somewhere(), PAGE) },
    { what: 'the first page', ask: () => store.boards.page(board, undefined, PAGE) },
    { what: "one's own place", ask: () => store.boards.standing(board, somewhere().learner) },
  ];
  const measures: Measure[] = [];
  for (const { what, ask } of kinds) {
    await byTurns(20, ask, floor);
    const times = { ours: [] as number[], floor: [] as number[] };
    for (let round = 0; round < READS; round += 1) {
      times.floor.push(await timed(floor));
      times.ours.push(await timed(ask));
    }
    for (const share of [0.5, 0.99]) {
      const value = quantile(times.ours, share);
      measures.push({
        what: `leaderboard of a million, ${span}: ${what}, ${share * 100} of 100`,
        value,
        floor: quantile(times.floor, share),
        unit: 'ms',
        floorIs: 'the index scan alone, by better-sqlite3',
        aim: `under ${LIMIT_MS} ms`,
        reached: value < LIMIT_MS,
      });
    }
  }
  return measures;
}
