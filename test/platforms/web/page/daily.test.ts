import type { Locator, Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { createDaily } from '../../../../src/daily/run.js';
import { type Person, startWorld, type World } from '../../../journeys/harness.js';
import { type Served, serve } from '../serve.js';
import { chatDesk, picture, say } from './desk.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NAMES = ['Ada', 'Ben', 'Chloé', 'Dmitri', 'Emeka', 'Fatima', 'Grace', 'Hiro'] as const;
type Name = (typeof NAMES)[number];

/** Who answers on which of the days before, the earliest first, and who of them is wrong. */
const HISTORY: readonly (readonly [day: number, answer: string, wrong: string])[] = [
  [0, 'ABDEF', 'B'],
  [1, 'ADEFGH', 'DH'],
  [7, 'ABCFDG', 'CG'],
  [8, 'ABCEFH', 'EB'],
  [9, 'BCDFG', 'BC'],
];
/** The day of the quiz that is open: the Thursday of the second week. */
const TODAY = 10;

const desk = chatDesk();
const serving: Served[] = [];
afterEach(async () => {
  for (const served of serving.splice(0)) await served.stop();
});

/** A team on the chat page with its daily quiz, at half past nine in Berlin on the Thursday of its second week. */
class Team {
  readonly #world: World;
  readonly #served: Served;
  readonly #tick: () => Promise<void>;

  private constructor(world: World, served: Served) {
    this.#world = world;
    this.#served = served;
    const daily = createDaily({
      store: world.store,
      library: () => world.library,
      posters: new Map([['web', served.poster]]),
      notesUrl: undefined,
      typed: (text) => `/eks ${text}`,
      now: world.now,
      failed: (_place, _during, error) => expect.fail(String(error)),
    });
    this.#tick = () => daily.tick();
  }

  static async start(): Promise<Team> {
    const world = await startWorld({ at: new Date('2026-02-23T08:00:00Z') });
    const served = await serve(world.bot, { store: world.store, now: world.now });
    serving.push(served);
    const team = new Team(world, served);
    const boss = team.person('Grace', true);
    await boss.types('/eks daily set time=09:30 days=mon-fri zone=Europe/Berlin open=8h');
    await boss.types('/eks team create Platform');
    await boss.types('/eks team goal Platform 25');
    for (const name of ['Ada', 'Ben', 'Fatima', 'Grace'] as const)
      await team.person(name).types('/eks team join Platform');
    for (const [day, answer, wrong] of HISTORY) {
      await team.at(day, 1);
      await team.answer(answer, wrong);
      await team.at(day, 8 * 60 + 1);
    }
    await team.at(TODAY, 1);
    return team;
  }

  /** Goes to so many minutes after half past nine of a day, and lets the bot do what is due. */
  async at(day: number, minutes: number): Promise<void> {
    const to = Date.parse('2026-02-23T08:30:00Z') + day * DAY + minutes * MINUTE;
    this.#world.pass(to - this.#world.now().getTime());
    await this.#tick();
  }

  person(name: Name, admin = false): Person {
    return this.#world.learner(name.toLowerCase().replace('é', 'e'), { name, channel: 'chat', admin });
  }

  /** The options of the quiz that is open, the right one first. */
  async options(): Promise<readonly { readonly press: string; readonly label: string }[]> {
    const { store, now } = this.#world;
    const { origin } = this.person('Hiro');
    const { id: learner } = await store.learners.signIn(origin, 'Hiro', now());
    const { own, others } = await store.quizzes.openFor(origin, learner, {
      now: now(),
      since: new Date(0),
      most: 9,
    });
    const id = [...own, ...others][0]?.id ?? expect.fail('nothing is open');
    const quiz = await store.quizzes.findPosted(id);
    const question = quiz?.asked.question ?? expect.fail('nothing was posted');
    return question.options
      .map((option, at) => ({
        press: `daily/answer/${id}/${at}`,
        label: option,
        right: option === question.answer,
      }))
      .sort((a, b) => Number(b.right) - Number(a.right));
  }

  /** Lets learners answer one after the other, by the first letters of their names. */
  async answer(initials: string, wrong: string): Promise<void> {
    const [right, ...others] = await this.options();
    for (const [at, initial] of [...initials].entries()) {
      const name = NAMES.find((one) => one.startsWith(initial)) ?? expect.fail(`nobody is ${initial}`);
      const option = wrong.includes(initial) ? others[at % 2] : right;
      this.#world.pass(13 * MINUTE);
      await this.person(name).pressesRaw(option?.press ?? expect.fail('no such option'));
    }
  }

  /** The window of a learner, at the time that the bot has. */
  async window(name: Name, size = { width: 580, height: 900 }): Promise<Page> {
    const { user } = this.person(name).origin;
    const { url } = this.#served;
    const localStorage = [{ name: `eks.name.${user}`, value: name }];
    const page = await desk.open(
      {
        viewport: size,
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
        storageState: { cookies: [], origins: [{ origin: url, localStorage }] },
      },
      `${url}/#learner=${user}`,
    );
    await this.look(page);
    await page.reload();
    return page;
  }

  /** Sets the clock of a window to that of the bot. */
  look(page: Page): Promise<void> {
    return page.clock.setFixedTime(this.#world.now());
  }
}

const message = (page: Page, text: string) => page.locator('.message.bot').filter({ hasText: text });

async function press(page: Page, label: string): Promise<string> {
  const before = await page.locator('.message.bot').count();
  await message(page, 'Only you see your choice').getByRole('button', { name: label }).click();
  await page.locator('.message.bot').nth(before).waitFor();
  return page.locator('.message.bot').nth(before).innerText();
}

/** Shows a message from its beginning, once its buttons take presses. */
async function settled(page: Page, shown: Locator): Promise<void> {
  await shown.waitFor();
  await expect.poll(() => shown.evaluate((node) => node.getAttribute('data-busy'))).not.toBe('yes');
  await shown.evaluate((node) => node.scrollIntoView({ block: 'start' }));
  await page.mouse.move(0, 0);
}

async function shot(page: Page, shown: Locator): Promise<string> {
  await settled(page, shown);
  return (await page.screenshot()).toString('base64');
}

/** Keeps pictures of two windows as one. */
async function sideBySide(page: Page, shots: readonly string[], name: string): Promise<void> {
  const images = shots.map((one) => `<img style="border:1px solid #ccc" src="data:image/png;base64,${one}">`);
  await page.setViewportSize({ width: 1174, height: 902 });
  await page.setContent(`<body style="margin:0;display:flex;gap:10px">${images.join('')}</body>`);
  await picture(page, name);
}

// Leaves pictures in artifacts/chat; .github/daily.png and .github/leaderboard.png are copies of two of them.
it('a daily quiz is answered in private in three windows, revealed in each, and counts on the leaderboard', async () => {
  const team = await Team.start();
  const [ada, ben, cleo] = [await team.window('Ada'), await team.window('Ben'), await team.window('Chloé')];
  const [right, wrong] = await team.options();
  for (const page of [ada, ben, cleo]) await message(page, 'Nobody has answered yet').waitFor();
  expect(await press(ada, right?.label ?? '')).toContain('Right');
  expect(await press(ben, wrong?.label ?? '')).toContain('Not quite');
  expect(await press(cleo, right?.label ?? '')).toContain('Right');
  expect(await message(ben, 'Only you can see this').count()).toBe(1);
  await team.at(TODAY, 3);
  const open = await shot(ada, message(ada, '3 answered. Only you see your choice'));

  await team.answer('DFG', 'F');
  await team.at(TODAY, 8 * 60 + 1);
  for (const page of [ada, ben, cleo]) {
    const bars = message(page, '6 answered, 4 right').last().locator('.bar');
    await bars.first().waitFor();
    const full = await bars.evaluateAll((all) => all.map((bar) => bar.querySelectorAll('.full').length));
    expect([...full].sort((a, b) => b - a).slice(0, 3)).toEqual([7, 2, 2]);
  }
  const reveal = await shot(ben, message(ben, '6 answered, 4 right').last());
  await sideBySide(await ben.context().newPage(), [open, reveal], 'daily');

  for (const [name, size] of [
    ['leaderboard', { width: 900, height: 1010 }],
    ['leaderboard-phone', { width: 400, height: 800 }],
  ] as const) {
    const page = await team.window('Ben', size);
    await say(page, '/eks leaderboard');
    const board = message(page, 'Leaderboard · this week').last();
    expect(await board.locator('li').first().innerText()).toMatch(/^1 \w+ · \d+ points on \d days/);
    await settled(page, board);
    await board.getByRole('button', { name: 'My place' }).click();
    await message(page, 'Your place').getByText('(you)').waitFor();
    await settled(page, board);
    await picture(page, name);
    const inside = await page.evaluate(() =>
      Math.max(document.documentElement.scrollWidth, document.getElementById('log')?.scrollWidth ?? 0),
    );
    expect(inside).toBeLessThanOrEqual(size.width);
  }
}, 120_000);
