import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld } from '../journeys/harness.js';
import { type PostgresServer, startPostgres } from '../store/postgres.js';
import { HOUR, MINUTE, type Town, townOn } from './channel.js';
import { Recorder } from './recorder.js';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

test('several processes on one PostgreSQL database post and reveal once in each channel', async () => {
  const database = await server.database();
  const platform = new Recorder();
  const towns: Town[] = [];
  for (let process = 0; process < 3; process += 1) {
    towns.push(townOn(await startWorld({ database }), platform, undefined));
  }
  const channels = Array.from({ length: 12 }, (_, index) => `c${index}`);
  for (const channel of channels) {
    await towns[0]?.admin(channel).types('/eks daily set time=09:30 days=daily zone=UTC open=1h questions=2');
  }
  const everybody = async (milliseconds: number) => {
    for (const { world } of towns) world.pass(milliseconds);
    await Promise.all(towns.flatMap(({ daily }) => [daily.tick(), daily.tick()]));
  };
  await everybody(31 * MINUTE);
  await everybody(MINUTE);
  const posts = platform.requests.filter(({ kind }) => kind === 'post');
  expect(posts.map(({ channel }) => channel).sort()).toEqual([...channels, ...channels].sort());
  await everybody(HOUR);
  await everybody(MINUTE);
  expect(platform.requests).toHaveLength(2 * posts.length);
  expect(towns.flatMap(({ failures }) => failures)).toEqual([]);
});
