import { expect, test } from 'vitest';
import { type Person, startWorld, type World } from './harness.js';

const DAY = 24 * 60 * 60_000;

/** Shows the answer of the next card and rates it. */
async function review(person: Person, cards = 1): Promise<void> {
  await person.types('/eks review');
  for (let card = 0; card < cards; card += 1) {
    await person.presses('Show answer');
    await person.presses('Good');
  }
}

/** Learners L1, L2 and so on, of whom each has one study day more than the one before. */
async function crowd(world: World, size: number): Promise<readonly Person[]> {
  const people = Array.from({ length: size }, (_, index) => world.learner(`L${index + 1}`));
  for (let day = 0; day < size; day += 1) {
    for (const person of people.slice(size - 1 - day)) await review(person);
    world.pass(DAY);
  }
  return people;
}

test('showing up earns points, and how people rate themselves does not', async () => {
  const world = await startWorld();
  const [ana, ben] = [world.learner('Ana'), world.learner('Ben')];
  await review(ana, 4);
  await review(ben);
  world.pass(DAY);
  await review(ben);
  const reply = await ana.types('/eks leaderboard');
  expect(reply).toMatchObject({ title: 'Leaderboard · this week', visibility: 'public' });
  expect(reply.text).toMatch(
    /^- \*\*1\*\* Ben · 2\d points on 2 days\n- \*\*2\*\* Ana · 10 points on 1 day\n/,
  );
  expect(world.failures).toEqual([]);
});

test('practice earns nothing, and undo takes points back', async () => {
  const world = await startWorld();
  const ana = world.learner('Ana');
  const quiz = await ana.types('/eks quiz');
  const [option] = quiz.buttons ?? [];
  if (option !== undefined) await ana.pressesRaw(option.press);
  expect((await ana.types('/eks leaderboard')).text).toContain('Nobody stands here yet');
  await review(ana);
  expect((await ana.types('/eks leaderboard')).text).toContain('Ana · 10 points');
  await ana.types('/eks undo');
  expect((await ana.types('/eks leaderboard')).text).toContain('Nobody stands here yet');
  expect(await world.store.boards.rebuild(false, new Date(0))).toMatchObject({ mismatches: 0 });
});

test('the board turns in pages, and shows who asks among their neighbours', async () => {
  const world = await startWorld();
  const people = await crowd(world, 13);
  const last = people[0] ?? expect.fail('nobody');
  const first = await last.types('/eks leaderboard all');
  const ranks = (text: string) => [...text.matchAll(/\*\*(\d+)\*\*/g)].map(([, rank]) => Number(rank));
  expect(ranks(first.text)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  expect(first.text).toContain('\n\n…\n\n- **11**');
  const reader = world.learner('reader');
  await reader.types('/eks leaderboard all');
  const second = await reader.presses('More');
  expect(second.replaces).toBe(true);
  expect(ranks(second.text)).toEqual([11, 12, 13]);
  expect(second.buttons?.map(({ label }) => label)).toEqual(['Back', 'My place', 'This week', 'Season']);
  expect(ranks((await reader.presses('Back')).text)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const mine = await last.presses('My place');
  expect(mine).toMatchObject({ visibility: 'private' });
  expect(ranks(mine.text)).toEqual([11, 12, 13]);
}, 60_000);

test('the board of last week says who moved', async () => {
  const world = await startWorld();
  const [ana, ben] = [world.learner('Ana'), world.learner('Ben')];
  await review(ana);
  world.pass(DAY);
  await review(ana);
  await review(ben);
  world.pass(6 * DAY);
  await review(ben);
  world.pass(DAY);
  await review(ben);
  await review(ana);
  const { text } = await ana.types('/eks leaderboard');
  expect(text).toMatch(/^- \*\*1\*\* Ben .* ▲ 1\n- \*\*2\*\* Ana .* ▼ 1\n/);
});

test('who hides is on no board, keeps their points, and sees their own rank', async () => {
  const world = await startWorld();
  const [ana, ben] = [world.learner('Ana'), world.learner('Ben')];
  await review(ana);
  await review(ben);
  const points = await ana.types('/eks points');
  expect(points.visibility).toBe('private');
  expect(points.fields?.[0]?.text).toContain('**10 points** on 1 day · rank 1 of 2');
  expect((await ana.presses('Hide me')).text).toContain('Leaderboards do not show you');
  for (const reader of [ana, ben]) {
    expect((await reader.types('/eks leaderboard')).text).not.toContain('Ana');
  }
  expect((await ana.presses('My place')).text).toContain('you would have place **1**');
  await ana.types('/eks points board=shown');
  expect((await ben.types('/eks leaderboard')).text).toContain('Ana');
});

test('an admin lets the workspace show only who wants it', async () => {
  const world = await startWorld();
  const admin = world.learner('Admin', { admin: true });
  const ana = world.learner('Ana');
  await review(ana);
  expect((await ana.types('/eks leaderboard-policy opt-in')).text).toContain('Only an admin');
  expect((await admin.types('/eks leaderboard-policy opt-in')).text).toContain('**opt-in**');
  expect((await admin.types('/eks leaderboard')).text).toContain('Nobody stands here yet');
  await ana.types('/eks points');
  await ana.presses('Show me');
  expect((await admin.types('/eks leaderboard')).text).toContain('Ana');
});

test('a name pings nobody and draws nothing', async () => {
  const world = await startWorld();
  const eve = world.learner('eve', { name: '**<@1>** @everyone [x](http://y)' });
  await review(eve);
  const { text } = await eve.types('/eks leaderboard');
  expect(text).toContain('\\*\\*\\<@1\\>\\*\\* @everyone \\[x\\]\\(');
});

test('a button that says nothing of ours changes nothing', async () => {
  const world = await startWorld();
  const eve = world.learner('Eve');
  const wrong = ['show/year/workspace', 'page/week/workspace/down/x/y', 'page/week/nowhere', 'mine'];
  for (const press of wrong) {
    expect((await eve.pressesRaw(`leaderboard/${press}`)).text).toContain('out of date');
  }
  expect((await eve.pressesRaw('points/choose/all')).text).toContain('out of date');
  expect(world.failures).toEqual([]);
});
