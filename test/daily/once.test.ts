import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, PATIENT, startTown, type Town, townOn, troubleOnce } from './channel.js';
import { SLOW_MS } from './recorder.js';

const SET = '/eks daily set time=09:30 days=daily zone=UTC open=2h';

/** A town whose quiz is due now. */
async function dueTown(patienceMs?: number, set = SET): Promise<Town> {
  const town = await startTown(patienceMs === undefined ? {} : { patienceMs });
  await town.admin().types(set);
  town.world.pass(31 * MINUTE);
  return town;
}

const shown = (town: Town) => town.platform.shown('general').map(({ title }) => title);

describe('a quiz of which nobody knows whether it was posted', () => {
  test('is found after hours away, revealed, and not posted late', async () => {
    const town = await dueTown();
    troubleOnce(town, 'unheard');
    await town.daily.tick();
    town.world.pass(4 * HOUR);
    const after = await town.restart();
    await after.live(MINUTE, 10_000);
    expect(shown(after)).toEqual(['Daily quiz · answer']);
    expect(after.platform.told).toEqual([]);
  });

  test('stays open until its time where that is still ahead', async () => {
    const town = await dueTown(undefined, SET.replace('2h', '8h'));
    troubleOnce(town, 'unheard');
    await town.daily.tick();
    town.world.pass(4 * HOUR);
    const after = await town.restart();
    await after.live(HOUR, 10 * MINUTE);
    expect(shown(after)).toEqual(['Daily quiz']);
    await after.live(4 * HOUR, 10 * MINUTE);
    expect(shown(after)).toEqual(['Daily quiz · answer']);
  });

  test('is given up after hours away where it never arrived, and its admin is told', async () => {
    const town = await dueTown();
    troubleOnce(town, 'lost');
    await town.daily.tick();
    town.world.pass(4 * HOUR);
    const after = await town.restart();
    await after.live(HOUR);
    expect(shown(after)).toEqual([]);
    expect(after.platform.told.map(({ reply }) => reply.title)).toEqual(['A daily quiz was not posted']);
  });

  test('is looked for until the platform can be asked again', async () => {
    const town = await dueTown();
    troubleOnce(town, 'unheard');
    await town.daily.tick();
    town.world.pass(4 * HOUR);
    const after = await town.restart();
    after.platform.trouble = () => 'lost';
    await after.live(HOUR);
    after.platform.trouble = () => undefined;
    await after.live(HOUR);
    expect(shown(after)).toEqual(['Daily quiz · answer']);
  });

  test('is looked for by a process that did not try it itself', async () => {
    const town = await dueTown();
    const other = townOn(town.world, town.platform, undefined);
    troubleOnce(town, 'unheard');
    await town.daily.tick();
    await other.live(10 * MINUTE);
    expect(shown(town)).toEqual(['Daily quiz']);
  });

  test('is not sent by a request that outlived its try, once the next one has looked', async () => {
    const town = await dueTown(SLOW_MS / 4);
    troubleOnce(town, 'slow');
    await town.daily.tick();
    await townOn(town.world, town.platform, undefined).live(2 * MINUTE);
    await new Promise((resolve) => setTimeout(resolve, 2 * SLOW_MS));
    expect(shown(town)).toEqual(['Daily quiz']);
  });
});

describe('an admin who changes the schedule', () => {
  test.each(['pause', 'off'])(
    'with %s stops the tries at a post, and is told no more of it',
    async (action) => {
      const town = await dueTown();
      troubleOnce(town, 'lost');
      await town.daily.tick();
      await town.admin().types(`/eks daily ${action}`);
      await town.live(2 * HOUR, 10 * MINUTE);
      expect(shown(town)).toEqual([]);
      expect(town.platform.told).toEqual([]);
    },
  );

  test('with off in the moment in which a post is refused has the last word, and is told no more of it', async () => {
    const town = await dueTown();
    const { platform } = town;
    const post = platform.post.bind(platform);
    platform.trouble = () => 'forbidden';
    platform.post = async (...given) => {
      await town.admin().types('/eks daily off');
      return post(...given);
    };
    await town.live(2 * MINUTE);
    expect(platform.requests).toHaveLength(1);
    expect((await town.admin().types('/eks daily')).text).toBe('It is off.');
    expect(platform.told).toEqual([]);
  });

  test('with pause gets the reveal of what was posted after all', async () => {
    const town = await dueTown();
    troubleOnce(town, 'unheard');
    await town.daily.tick();
    await town.admin().types('/eks daily pause');
    await town.live(3 * HOUR, 10 * MINUTE);
    expect(shown(town)).toEqual(['Daily quiz · answer']);
  });

  test('gets the question of `daily now` although the schedule is paused and the first try fails', async () => {
    const town = await dueTown();
    await town.admin().types('/eks daily pause');
    await town.admin().types('/eks daily now');
    troubleOnce(town, 'lost');
    await town.live(10 * MINUTE);
    expect(shown(town)).toEqual(['Daily quiz']);
  });

  test.each(['set difficulty=easy', 'resume'])(
    'by %s in the moment in which the quiz is due does not lose it',
    async (action) => {
      const town = await dueTown();
      await town.admin().types(`/eks daily ${action}`);
      await town.live(10 * MINUTE);
      expect(shown(town)).toEqual(['Daily quiz']);
      await town.live(23 * HOUR, 30 * MINUTE);
      expect(shown(town)).toEqual(['Daily quiz · answer']);
      await town.live(HOUR, 10 * MINUTE);
      expect(shown(town)).toHaveLength(2);
    },
  );

  test('who moves it to later in the moment in which it is due gets it then', async () => {
    const town = await dueTown();
    await town.admin().types('/eks daily set time=17:00');
    await town.live(7 * HOUR, 10 * MINUTE);
    expect(shown(town)).toEqual([]);
    await town.live(HOUR, 10 * MINUTE);
    expect(shown(town)).toEqual(['Daily quiz']);
  });

  test.each([
    'time=17:00 questions=3',
    'time=12:00 zone=America/New_York',
    'time=22:00 zone=Pacific/Honolulu',
  ])('by %s gets no second post on a date that has had its quiz', async (change) => {
    const town = await dueTown();
    await town.live(MINUTE);
    await town.admin().types(`/eks daily set ${change}`);
    await town.live(23 * HOUR, 30 * MINUTE);
    expect(shown(town)).toHaveLength(1);
  });
});

describe('a clock that is set back', () => {
  test('does not put off the next try by as much', async () => {
    const town = await dueTown();
    town.world.pass(HOUR);
    troubleOnce(town, 'lost');
    await town.daily.tick();
    town.world.pass(-HOUR);
    await town.live(2 * MINUTE);
    expect(shown(town)).toEqual(['Daily quiz']);
  });

  test('from years ahead does not bring the quiz of another year', async () => {
    const town = await dueTown();
    const years = 4 * 365 * 24 * HOUR;
    town.world.pass(years);
    troubleOnce(town, 'lost');
    await town.daily.tick();
    town.world.pass(-years);
    await town.live(HOUR);
    expect(town.platform.messages).toEqual([]);
    await town.live(23 * HOUR, 30 * MINUTE);
    expect(town.platform.messages).toHaveLength(1);
  });
});

test('a reveal comes after all where the platform is away for hours at its time', async () => {
  const town = await dueTown();
  await town.live(HOUR, 10 * MINUTE);
  town.platform.trouble = () => 'lost';
  await town.live(6 * HOUR, 10 * MINUTE);
  town.platform.trouble = () => undefined;
  await town.live(HOUR, 10 * MINUTE);
  expect(shown(town)).toEqual(['Daily quiz · answer']);
});

test('a number of answers that comes after a slow tick is not shown over the reveal', async () => {
  const town = await dueTown(4 * SLOW_MS);
  await town.admin('slow').types('/eks daily set time=11:29 days=daily zone=UTC');
  await town.daily.tick();
  await town.world.learner('ann').pressesRaw(town.platform.shown('general')[0]?.buttons?.[0]?.press ?? '');
  town.world.pass(2 * HOUR - 90_000);
  town.platform.trouble = (channel, kind) => (channel === 'slow' && kind === 'post' ? 'slow' : undefined);
  const tick = town.daily.tick();
  await expect
    .poll(() => town.platform.requests.filter(({ channel }) => channel === 'slow'), PATIENT)
    .toHaveLength(1);
  town.world.pass(2 * MINUTE);
  await tick;
  expect(town.platform.requests.filter(({ kind }) => kind === 'edit')).toEqual([]);
});
