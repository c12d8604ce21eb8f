import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, PATIENT, startTown, type Town, troubleOnce } from './channel.js';
import type { Trouble } from './recorder.js';

/** Before the post at 09:30, and the tick that posts it. */
async function setAt(town: Town, time = '09:30', channel = 'general', more = ''): Promise<void> {
  await town.admin(channel).types(`/eks daily set time=${time} days=daily zone=UTC ${more}`);
}

const postsIn = (town: Town, channel = 'general') =>
  town.platform.messages.filter(({ place }) => place.channel === channel).length;

const posts = (town: Town) => town.platform.requests.filter(({ kind }) => kind === 'post').length;

describe('a daily quiz', () => {
  test('comes at its time, once a day, and is revealed when it closes', async () => {
    const town = await startTown();
    await setAt(town, '09:30', 'general', 'open=2h');
    await town.live(29 * MINUTE);
    expect(postsIn(town)).toBe(0);
    await town.live(2 * MINUTE);
    expect(postsIn(town)).toBe(1);
    expect(town.platform.shown('general')[0]?.text).toContain('Open until **11:30 (UTC)**');
    await town.live(2 * HOUR, 10 * MINUTE);
    const [revealed] = town.platform.shown('general');
    expect(revealed?.title).toBe('Daily quiz · answer');
    expect(revealed?.text).toContain('✓');
    expect(revealed?.text).toContain('Next question: Tue 3 March, 09:30 (UTC)');
    await town.live(22 * HOUR, 30 * MINUTE);
    expect(postsIn(town)).toBe(2);
    expect(town.failures).toEqual([]);
  });

  test('posts several questions together, none of them twice within a month', async () => {
    const town = await startTown();
    await setAt(town, '09:30', 'general', 'questions=3 open=1h');
    for (let day = 0; day < 7; day += 1) {
      town.world.pass(31 * MINUTE);
      await town.daily.tick();
      town.world.pass(24 * HOUR - 31 * MINUTE);
      await town.daily.tick();
    }
    expect(postsIn(town)).toBe(21);
    const stems = town.platform.messages.map(({ versions }) => versions[0]?.text);
    expect(new Set(stems).size).toBe(21);
  });

  test('says that it comes late when the process was away, within two hours', async () => {
    const town = await startTown();
    await setAt(town, '09:30', 'general', 'open=1h');
    town.world.pass(90 * MINUTE);
    await (await town.restart()).daily.tick();
    expect(town.platform.shown('general')[0]?.text).toContain('1 hour late');
    expect(town.platform.shown('general')[0]?.text).toContain('Open until **11:30 (UTC)**');
  });

  test('waits for the next run when the process was away for longer', async () => {
    const town = await startTown();
    await setAt(town);
    town.world.pass(3 * HOUR);
    const after = await town.restart();
    await after.daily.tick();
    expect(postsIn(after)).toBe(0);
    after.world.pass(21 * HOUR + 31 * MINUTE);
    await after.daily.tick();
    expect(postsIn(after)).toBe(1);
  });

  test('is posted once by ticks that overlap', async () => {
    const town = await startTown();
    await setAt(town);
    town.world.pass(31 * MINUTE);
    await Promise.all(Array.from({ length: 8 }, () => town.daily.tick()));
    expect(town.platform.requests).toEqual([{ kind: 'post', channel: 'general' }]);
  });

  test('is posted once a date although the clock goes back and forth', async () => {
    const town = await startTown();
    await setAt(town);
    town.world.pass(31 * MINUTE);
    await town.daily.tick();
    for (const jump of [-2 * HOUR, 3 * HOUR, -24 * HOUR, 24 * HOUR]) {
      town.world.pass(jump);
      await town.daily.tick();
    }
    expect(town.platform.requests).toEqual([{ kind: 'post', channel: 'general' }]);
    expect(town.failures).toEqual([]);
  });

  test('finds its way back after a clock that stood years ahead', async () => {
    const town = await startTown();
    await setAt(town);
    const years = 4 * 365 * 24 * HOUR;
    town.world.pass(years + 31 * MINUTE);
    await town.daily.tick();
    const before = postsIn(town);
    town.world.pass(-years);
    await town.daily.tick();
    town.world.pass(24 * HOUR);
    await town.daily.tick();
    expect(postsIn(town)).toBe(before + 1);
  });
});

describe('trouble on the way', () => {
  test('is met with bounded tries and growing pauses', async () => {
    const town = await startTown();
    await setAt(town);
    town.platform.trouble = (_channel, kind) => (kind === 'post' ? 'lost' : undefined);
    const tries: number[] = [];
    for (let minute = 0; minute < 180; minute += 1) {
      const before = posts(town);
      await town.live(MINUTE);
      if (posts(town) > before) tries.push(minute);
    }
    const pauses = tries.slice(1).map((minute, index) => minute - (tries[index] ?? 0));
    expect(pauses).toEqual([1, 2, 4, 8, 16]);
    expect(town.platform.told).toMatchObject([
      { user: 'boss', reply: { title: 'A daily quiz was not posted' } },
    ]);
    town.platform.trouble = () => undefined;
    await town.live(24 * HOUR, 30 * MINUTE);
    expect(postsIn(town)).toBe(1);
  });

  test('of one channel leaves the others in time', async () => {
    const town = await startTown({ patienceMs: 200 });
    for (const channel of ['good-1', 'hanging', 'good-2']) await setAt(town, '09:30', channel);
    town.platform.trouble = (channel) => (channel === 'hanging' ? 'hangs' : undefined);
    town.world.pass(31 * MINUTE);
    const tick = town.daily.tick();
    await expect.poll(() => postsIn(town, 'good-1') + postsIn(town, 'good-2'), PATIENT).toBe(2);
    await tick;
    town.platform.trouble = () => undefined;
    await town.live(2 * MINUTE);
    expect(postsIn(town, 'hanging')).toBe(1);
  });

  test.each<[Trouble, string]>([
    ['gone', 'not there any more'],
    ['forbidden', 'may not write'],
  ])(
    'of a channel that is %s pauses its schedule, tells who set it up, and deletes nothing',
    async (trouble, why) => {
      const town = await startTown();
      await setAt(town);
      town.platform.trouble = () => trouble;
      await town.live(31 * MINUTE);
      expect(town.platform.told).toMatchObject([
        { user: 'boss', reply: { title: 'The daily quiz is paused' } },
      ]);
      expect(town.platform.told[0]?.reply.text).toContain(why);
      town.platform.trouble = () => undefined;
      await town.live(48 * HOUR, 30 * MINUTE);
      expect(postsIn(town)).toBe(0);
      expect((await town.admin().types('/eks daily')).text).toContain('It is paused.');
      await town.admin().types('/eks daily resume');
      await town.live(24 * HOUR, 30 * MINUTE);
      expect(postsIn(town)).toBe(1);
    },
  );

  test('with the reveal is met with more tries; a message that is gone is let go', async () => {
    const town = await startTown();
    await setAt(town, '09:30', 'general', 'open=1h');
    await town.live(31 * MINUTE);
    town.platform.trouble = (_channel, kind) => (kind === 'edit' ? 'lost' : undefined);
    await town.live(61 * MINUTE);
    town.platform.trouble = () => undefined;
    await town.live(5 * MINUTE);
    expect(town.platform.shown('general')[0]?.title).toBe('Daily quiz · answer');
    await town.live(24 * HOUR - 67 * MINUTE, 30 * MINUTE);
    town.platform.messages.pop();
    const edits = () => town.platform.requests.filter(({ kind }) => kind === 'edit').length;
    const before = edits();
    await town.live(10 * HOUR, 10 * MINUTE);
    expect(edits()).toBe(before + 1);
    expect((await town.admin().types('/eks daily')).text).toContain('Next:');
  });

  test.each<[Trouble]>([['lost'], ['unheard']])(
    'by an answer %s gives one post after all',
    async (trouble) => {
      const town = await startTown();
      await setAt(town);
      troubleOnce(town, trouble);
      await town.live(40 * MINUTE);
      expect(postsIn(town)).toBe(1);
      await town.live(9 * HOUR, 10 * MINUTE);
      expect(town.platform.shown('general')[0]?.title).toBe('Daily quiz · answer');
    },
  );
});
