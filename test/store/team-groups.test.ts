import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../../src/store/database.js';
import { migrationsFolder } from '../../src/store/migrations.js';
import { openStore } from '../../src/store/open.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { TeamGroups } from '../../src/store/team-groups.js';
import { NOW } from './samples.js';

/** A database in which something happens between a reading and its coming in. */
class Slow extends Database {
  meanwhile: (() => Promise<void>) | undefined;

  override async read<T>(work: Parameters<typeof Database.prototype.read<T>>[0]): Promise<T> {
    const result = await super.read(work);
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
    return result;
  }
}

test('a team that is freed while its group is read is not taken for linked afterwards', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'eks-groups-'));
  const file = `file:${join(folder, 'eks.db')}`;
  const store = await openStore(file);
  const migrations = migrationsFolder('sqlite');
  const slow = new Slow(await openSqlite(file, { migrations, pending: 'refuse', busyTimeoutMs: 5_000 }));
  onTestFinished(async () => {
    await slow.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const place = { platform: 'slack', workspace: 'T1' };
  const { id: learner } = await store.learners.signIn({ ...place, user: 'ada' }, 'Ada', NOW);
  await store.teams.create(place, 'Blue', NOW);
  const blue = (await store.teams.find(place, 'Blue')) ?? expect.fail();
  await store.teams.setGroup(blue.id, 'g1');
  const { id: workspaceId } = await slow.read((client) => client.workspace.findFirstOrThrow());
  const groups = new TeamGroups(slow);
  const asked: (readonly string[])[] = [];
  const follow = () =>
    groups.follow(
      { workspaceId, learner },
      async (among) => {
        asked.push(among);
        return undefined;
      },
      NOW,
    );
  slow.meanwhile = async () => {
    await store.teams.setGroup(blue.id, undefined);
    groups.forget();
  };
  await follow();
  await follow();
  expect(asked).toEqual([['g1']]);
});
