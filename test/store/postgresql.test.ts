import { afterAll, beforeAll, expect, it } from 'vitest';
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
import { card, draft, NOW, person } from './samples.js';

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
