import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { studyDayOf } from '../../src/learning/studyday.js';
import { openStore } from '../../src/store/open.js';
import { storeContract } from './contract.js';
import { boardsContract } from './contract-boards.js';
import { dailyContract } from './contract-daily.js';
import { dayContract } from './contract-day.js';
import { deskContract } from './contract-desk.js';
import { editsContract } from './contract-edits.js';
import { installsContract } from './contract-installs.js';
import { itemsContract } from './contract-items.js';
import { keptContract } from './contract-kept.js';
import { peopleContract } from './contract-people.js';
import { scoresContract } from './contract-scores.js';
import { streaksContract } from './contract-streaks.js';
import { teamsContract } from './contract-teams.js';
import { workspacesContract } from './contract-workspaces.js';
import { type PostgresServer, startPostgres } from './postgres.js';
import { CLOCK, card, cardId, draft, NOW, person } from './samples.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const open = async () => openStore(await server.database());
storeContract('a PostgreSQL database', open);
dailyContract('a PostgreSQL database', open);
dayContract('a PostgreSQL database', open);
deskContract('a PostgreSQL database', open);
peopleContract('a PostgreSQL database', open);
editsContract('a PostgreSQL database', open);
itemsContract('a PostgreSQL database', open);
boardsContract('a PostgreSQL database', open);
scoresContract('a PostgreSQL database', open);
installsContract('a PostgreSQL database', open);
keptContract('a PostgreSQL database', open);
teamsContract('a PostgreSQL database', open);
streaksContract('a PostgreSQL database', open);
workspacesContract('a PostgreSQL database', () => server.database());

it('keeps several processes on one PostgreSQL database from writing anything twice', async () => {
  const url = await server.database();
  const stores = await Promise.all([openStore(url), openStore(url), openStore(url)]);
  await Promise.all(stores.map((store) => store.cards.sync([card('a', 0)], NOW)));
  const account = person();
  const learners = await Promise.all(stores.map((store) => store.learners.signIn(account, 'Ada', NOW)));
  expect(new Set(learners.map(({ id }) => id)).size).toBe(1);
  const id = learners[0]?.id ?? expect.fail('nobody signed in');
  for (let seq = 0; seq < 20; seq += 1) {
    const same = draft(id, 'a', seq);
    const other = draft(id, 'a', seq);
    const results = await Promise.all(
      stores.flatMap((store) => [store.reviews.record(same), store.reviews.record(other)]),
    );
    const outcomes = results.map(({ outcome }) => outcome).sort();
    expect(outcomes).toEqual(['duplicate', 'duplicate', 'recorded', 'stale', 'stale', 'stale']);
  }
  const undone = await Promise.all(
    stores.map((store, index) => store.reviews.undo(id, `undo ${index}`, NOW, draft(id, 'a', 0).clock)),
  );
  expect(undone.map(({ outcome }) => outcome)).toEqual(['undone', 'undone', 'undone']);
  const rebuilt = await stores[0]?.reviews.rebuild(false);
  expect(rebuilt).toMatchObject({ reviews: 23, mismatches: 0 });
  await Promise.all(stores.map((store) => store.close()));
});

describe('boards of several processes on one PostgreSQL database', () => {
  const workspace = { platform: 'web', workspace: 'local' };
  const CARDS = ['a', 'b', 'c', 'd', 'e'];
  const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

  async function teamed(url: string, learners: number) {
    const stores = await Promise.all([openStore(url), openStore(url), openStore(url)]);
    const [first] = stores;
    await first.cards.sync(
      CARDS.map((id, line) => card(id, line)),
      NOW,
    );
    const ids = await Promise.all(
      Array.from({ length: learners }, (_, user) =>
        first.learners.signIn({ ...workspace, user: `${user}` }, `Learner ${user}`, NOW),
      ),
    );
    for (const name of ['Blue', 'Red']) await first.teams.create(workspace, name, NOW);
    const teams = await Promise.all(['Blue', 'Red'].map((name) => first.teams.find(workspace, name)));
    return { stores, ids: ids.map(({ id }) => id), teams: teams.map((team) => team?.id ?? expect.fail()) };
  }

  it('never wait for each other in a circle, whoever reviews or changes teams', async () => {
    const url = await server.database();
    const { stores, ids, teams } = await teamed(url, 24);
    const storeAt = (index: number) => stores[index % stores.length] ?? expect.fail();
    const teamAt = (index: number) => teams[index % teams.length] ?? expect.fail();
    await Promise.all(
      ids.map(async (id, index) => {
        for (const day of [0, 40]) {
          await storeAt(index + 1).teams.join(workspace, id, teamAt(index + day / 40), NOW);
          for (const [seq, one] of CARDS.entries()) {
            const at = new Date(inDays(day).getTime() + seq * 1000);
            const { lastSeq } = await storeAt(index).reviews.progress(id, cardId(one));
            await storeAt(index).reviews.record(draft(id, one, lastSeq, { workspace, at, rating: 4 }));
          }
        }
      }),
    );
    expect(await storeAt(0).boards.rebuild(false, inDays(40))).toMatchObject({ mismatches: 0 });
    await Promise.all(stores.map((store) => store.close()));
    const [deadlocks] = await server.rows(
      url,
      'SELECT "deadlocks"::int FROM pg_stat_database WHERE "datname" = current_database()',
    );
    expect(deadlocks).toEqual({ deadlocks: 0 });
  }, 60_000);

  it('let a team of 25,000 go, for which the server has not locks enough one by one', async () => {
    const url = await server.database();
    const { stores, teams } = await teamed(url, 1);
    const [store] = stores;
    const numbers = 'generate_series(1, 25000) n';
    await server.run(
      url,
      `INSERT INTO "Learner" ("id", "name", "createdAt") SELECT 'l' || n, 'x', now() FROM ${numbers};
        INSERT INTO "Membership" ("teamId", "learnerId", "joinedAt") SELECT '${teams[0]}', 'l' || n, now() FROM ${numbers}`,
    );
    const board = { workspace, span: 'week', day: studyDayOf(NOW, CLOCK) } as const;
    expect((await store.boards.teams(board)).map(({ name, members }) => [name, members])).toEqual([
      ['Blue', 25_000],
      ['Red', 0],
    ]);
    await store.teams.remove(teams[0] ?? expect.fail());
    expect((await store.boards.teams(board)).map(({ name }) => name)).toEqual(['Red']);
    await Promise.all(stores.map((one) => one.close()));
  }, 60_000);
});
