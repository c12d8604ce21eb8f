import { expect, onTestFinished, test } from 'vitest';
import { Desks } from '../../src/daily/desks.js';
import type { ChannelKey } from '../../src/store/schedules.js';
import { startWorld } from '../journeys/harness.js';
import { HOUR, PATIENT } from './channel.js';
import { Recorder } from './recorder.js';

class Narrow extends Recorder {
  readonly width = { atOnce: 6, inWorkspace: 2 };
}

/** Channels whose quiz is due, on two platforms; those of `hanging` are never done. */
async function dueChannels(places: readonly ChannelKey[], hanging: (place: ChannelKey) => boolean) {
  const world = await startWorld();
  const { store } = world;
  const timetable = {
    timeZone: 'UTC',
    minute: 9 * 60 + 30,
    weekdays: new Set([1]),
    skipDates: new Set<never>(),
  };
  const plan = { timetable, topic: undefined, difficulty: 'mixed', questions: 1, openMinutes: 60 } as const;
  for (const [at, place] of places.entries()) {
    const isKnown = places[at - 1]?.workspace === place.workspace;
    if (!isKnown) await store.learners.signIn({ ...place, user: 'boss' }, 'Boss', world.now());
    await store.schedules.set(place, { ...plan, thread: false }, 'boss', world.now());
  }
  world.pass(HOUR);
  const served: string[] = [];
  const open: (() => void)[] = [];
  const failed = (_place: unknown, _during: string, error: unknown) => expect.fail(String(error));
  const posters = new Map([
    ['slack', new Narrow()],
    ['discord', new Recorder()],
  ]);
  const desks = new Desks({ store, posters, now: world.now, failed }, async (place) => {
    if (hanging(place)) await new Promise<void>((resolve) => open.push(resolve));
    const schedule = await store.schedules.find(place);
    if (schedule === undefined) throw new Error('the schedule is gone');
    await store.schedules.moveOn(schedule, world.now());
    served.push(`${place.platform} ${place.workspace} ${place.channel}`);
  });
  onTestFinished(async () => {
    for (const end of open.splice(0)) end();
    await desks.stop();
  });
  return { desks, served, open };
}

const channels = (platform: string, workspace: string, count: number): ChannelKey[] =>
  Array.from({ length: count }, (_, at) => ({ platform, workspace, channel: `c${at}` }));

test('a platform on which everything hangs holds up no other', async () => {
  const places = [...channels('slack', 'w', 10), ...channels('discord', 'g', 120)];
  const { desks, served } = await dueChannels(places, ({ platform }) => platform === 'slack');
  const done: string[] = [];
  void desks.work(async (platform) => {
    done.push(platform);
  });
  await expect.poll(() => done, PATIENT).toEqual(['discord']);
  expect(served).toHaveLength(120);
});

test('a workspace in which everything hangs holds up no other of its platform', async () => {
  const places = [...channels('slack', 'slow', 20), ...channels('slack', 'quick', 20)];
  const { desks, served, open } = await dueChannels(places, ({ workspace }) => workspace === 'slow');
  void desks.work(async () => {});
  await expect.poll(() => served.length, PATIENT).toBe(20);
  expect(served.every((name) => name.startsWith('slack quick'))).toBe(true);
  expect(open).toHaveLength(2);
});
