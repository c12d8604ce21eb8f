import { describe, expect, test } from 'vitest';
import { type SeasonParts, seasonAwards, tellSeasons } from '../../src/daily/season.js';
import { parseStudyDay } from '../../src/learning/studyday.js';
import type { Person, World } from '../journeys/harness.js';
import { HOUR, MINUTE, startTown, type Town } from './channel.js';
import type { Trouble } from './recorder.js';

const DAY = 24 * HOUR;

async function study(world: World, who: string): Promise<void> {
  const person: Person = world.learner(who);
  await person.types('/eks review');
  await person.presses('Show answer');
  await person.presses('Good');
}

/** A town on the last day of a season that Ana and Ben studied in, with a daily quiz at half past nine. */
async function seasonOver(): Promise<Town> {
  const town = await startTown();
  await town.admin().types('/eks daily set time=09:30 days=daily zone=UTC');
  await study(town.world, 'Ana');
  town.world.pass(DAY);
  for (const who of ['Ana', 'Ben']) await study(town.world, who);
  town.world.pass(26 * DAY);
  return town;
}

const parts = ({ world, platform, failures }: Town): SeasonParts => ({
  store: world.store,
  posters: new Map([['web', platform]]),
  typed: (text) => `/eks ${text}`,
  now: world.now,
  failed: (_place, _during, error) => failures.push(error),
});

/** Time passes, and the end of the season is looked for after each step. */
async function watch(town: Town, milliseconds: number, step = 10 * MINUTE): Promise<void> {
  for (let left = milliseconds; left > 0; left -= step) {
    town.world.pass(step);
    await tellSeasons(parts(town));
  }
}

const told = (town: Town, channel = 'general') =>
  town.platform.shown(channel).filter(({ title }) => title === 'The season is over');

describe("a season's end", () => {
  test('is told once, on the first Monday of the next, at the time of the quiz', async () => {
    const town = await seasonOver();
    await watch(town, DAY + 20 * MINUTE);
    expect(told(town)).toEqual([]);
    await watch(town, 20 * MINUTE);
    expect(told(town).map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^From 2 March to 29 March: 2 learners, 3 study days\.\n\n- \*\*1\*\* Ana · 2\d points on 2 days\n- \*\*2\*\* Ben · 10 points on 1 day\n\n- \*\*Most days:\*\* Ana, 2 of 28\n\nA new season/,
      ),
    ]);
    await watch(town, 5 * DAY, HOUR);
    expect(told(town)).toHaveLength(1);
    expect(town.failures).toEqual([]);
  });

  test.each<Trouble>(['lost', 'unheard'])('is told once where the first tries are %s', async (trouble) => {
    const town = await seasonOver();
    let tries = 0;
    town.platform.trouble = () => {
      tries += 1;
      return tries < 3 ? trouble : undefined;
    };
    await watch(town, DAY + 2 * HOUR);
    expect(told(town)).toHaveLength(1);
    expect(town.failures.length).toBe(2);
  });

  test('is told once by two processes, and by one that was started again', async () => {
    const town = await seasonOver();
    town.world.pass(DAY + HOUR);
    await Promise.all([tellSeasons(parts(town)), tellSeasons(parts(town))]);
    const again = await town.restart();
    await watch(again, 2 * HOUR);
    expect(town.platform.requests.filter(({ kind }) => kind === 'post')).toHaveLength(1);
    expect(told(again)).toHaveLength(1);
  });

  test('is not told days late, nor to a channel that is gone, nor where nobody studied', async () => {
    const late = await seasonOver();
    late.world.pass(3 * DAY + HOUR);
    await watch(late, DAY, HOUR);
    expect(late.platform.requests).toEqual([]);

    const gone = await seasonOver();
    gone.platform.trouble = () => 'gone';
    await watch(gone, DAY + 2 * HOUR);
    expect(gone.platform.requests).toHaveLength(1);

    const idle = await startTown();
    await idle.admin().types('/eks daily set time=09:30 days=daily zone=UTC');
    idle.world.pass(28 * DAY);
    await watch(idle, 2 * HOUR);
    expect(idle.platform.requests).toEqual([]);
  });

  test('names who gained most, who share an award, and the best team', () => {
    const { text } = seasonAwards(
      {
        learners: 4,
        days: 40,
        top: [
          { rank: 1, name: 'Ana', figure: 230, days: 12 },
          { rank: 1, name: '*Ben*', figure: 230, days: 14 },
        ],
        steadiest: [
          { name: '*Ben*', figure: 14 },
          { name: 'Cleo', figure: 14 },
        ],
        improved: [{ name: 'Cleo', figure: 45 }],
        team: { name: 'Blue', rank: 1, mean: 82.4, active: 2, members: 3 },
      },
      parseStudyDay('2026-03-02'),
      (command) => `/eks ${command}`,
      'key',
    );
    expect(text).toContain('- **1** Ana · 230 points on 12 days\n- **1** \\*Ben\\* · 230 points on 14 days');
    expect(text).toContain('- **Most days:** \\*Ben\\*, Cleo, 14 of 28');
    expect(text).toContain('- **Most improved:** Cleo, 45 points more than last season');
    expect(text).toContain('- **Best team:** Blue, 82 points a member');
  });
});
