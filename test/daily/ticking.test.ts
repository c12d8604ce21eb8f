import { pino } from 'pino';
import { expect, test } from 'vitest';
import { startDaily } from '../../src/daily/ticking.js';
import { HOUR, PATIENT, startTown } from './channel.js';

test("stopping waits for a season's end that is being told", async () => {
  const town = await startTown();
  const { platform, world } = town;
  await town.admin().types('/eks daily set time=09:30 days=daily zone=UTC');
  const ana = world.learner('Ana');
  await ana.types('/eks review');
  await ana.presses('Show answer');
  await ana.presses('Good');
  world.pass(28 * 24 * HOUR + HOUR);
  // The quiz is posted before: then only the season is told.
  await town.daily.tick();
  const before = platform.requests.length;
  platform.trouble = () => 'slow';
  const ticking = startDaily(
    {
      store: world.store,
      library: () => world.library,
      posters: new Map([['web', platform]]),
      notesUrl: undefined,
      typed: (text) => text,
      now: world.now,
    },
    pino({ level: 'silent' }),
  );
  await expect.poll(() => platform.requests.length, PATIENT).toBe(before + 1);
  await ticking.stop();
  expect(platform.shown('general').map(({ title }) => title)).toContain('The season is over');
});
