import { expect, test } from 'vitest';
import { pickQuestions } from '../../src/commands/daily-pick.js';
import { findSubject } from '../../src/commands/subject.js';
import type { CardId } from '../../src/notes/model.js';
import type { Schedule } from '../../src/store/schedules.js';
import type { LearnerId } from '../../src/store/store.js';
import { draft } from '../store/samples.js';
import { HOUR, MINUTE, startTown, type Town } from './channel.js';

const GENERAL = { platform: 'web', workspace: 'local', channel: 'general' };
const DAY = 24 * HOUR;

async function townWith(options = ''): Promise<{ town: Town; schedule: Schedule }> {
  const town = await startTown();
  await town.admin().types(`/eks daily set time=09:30 days=daily zone=UTC open=1h ${options}`);
  const schedule = await town.world.store.schedules.find(GENERAL);
  if (schedule === undefined) throw new Error('no schedule');
  return { town, schedule };
}

const pick = (town: Town, schedule: Schedule, count: number, seed = 'seed') =>
  pickQuestions(
    { library: town.world.library, store: town.world.store, now: town.world.now() },
    schedule,
    count,
    seed,
  );

/** Signs in somebody who has answered today's quiz in the channel. */
async function participant(town: Town, name: string): Promise<LearnerId> {
  const person = town.world.learner(name);
  await person.pressesRaw(town.platform.shown('general')[0]?.buttons?.[0]?.press ?? '');
  const learner = await town.world.store.learners.known(person.origin);
  if (learner === undefined) throw new Error(`${name} never signed in`);
  return learner.id;
}

/** Writes a review of each card as this learner's own. */
async function review(
  town: Town,
  learner: LearnerId,
  cards: readonly CardId[],
  rating: 1 | 4,
): Promise<void> {
  const { store, now } = town.world;
  for (const card of cards) {
    const { lastSeq } = await store.reviews.progress(learner, card);
    await store.reviews.record(draft(learner, card, lastSeq, { rating, at: now() }));
  }
}

test('the same seed and history give the same question, always with options to choose from', async () => {
  const { town, schedule } = await townWith();
  const first = await pick(town, schedule, 3);
  expect(first).toHaveLength(3);
  expect(await pick(town, schedule, 3)).toEqual(first);
  expect(await pick(town, schedule, 3, 'other')).not.toEqual(first);
  for (const { question } of first) {
    expect(question.form).toBe('choice');
    expect(question.options).toContain(question.answer);
  }
  const concepts = first.map(({ question }) => town.world.library.card(question.card)?.concept);
  expect(new Set(concepts).size).toBe(3);
});

test('what those who take part remember least comes first; who does not take part changes nothing', async () => {
  const { town, schedule } = await townWith();
  await town.live(31 * MINUTE, 31 * MINUTE);
  const askable = (await pick(town, schedule, 10)).map(({ question }) => question.card);
  const [weak, ...strong] = [...askable].reverse();
  if (weak === undefined) throw new Error('no question');
  for (const name of ['ana', 'bob']) {
    const learner = await participant(town, name);
    await review(town, learner, [weak], 1);
    await review(town, learner, strong, 4);
  }
  const stranger = await town.world.store.learners.signIn(
    { ...GENERAL, user: 'eve' },
    'eve',
    town.world.now(),
  );
  await review(town, stranger.id, strong.slice(0, 5), 1);
  town.world.pass(20 * DAY);
  expect((await pick(town, schedule, 1)).map(({ question }) => question.card)).toEqual([weak]);
});

test('a topic gives its cards only, and all notes once it is gone from them', async () => {
  const { town, schedule } = await townWith('topic="control plane"');
  const cards = new Set(findSubject(town.world.library, 'control plane').cards);
  const chosen = await pick(town, schedule, 5);
  expect(chosen.length).toBeGreaterThan(1);
  for (const { question } of chosen) expect(cards.has(question.card)).toBe(true);
  const gone = { ...schedule, plan: { ...schedule.plan, topic: 'what the notes had once' } };
  expect(await pick(town, gone, 5)).toHaveLength(5);
});

test('where all cards of a topic were asked lately, the one asked longest ago comes again', async () => {
  const { town, schedule } = await townWith('topic="control plane"');
  await town.live(31 * MINUTE, 31 * MINUTE);
  await town.live(60 * DAY, DAY);
  const asked = await town.world.store.quizzes.askedBefore(GENERAL);
  expect(town.platform.messages).toHaveLength(61);
  expect(asked.length).toBeLessThan(40);
  const [next] = await pick(town, schedule, 1);
  const order = [...asked].sort((a, b) => a.at.getTime() - b.at.getTime()).map(({ card }) => card);
  expect(order.indexOf(next?.question.card ?? order[0] ?? never())).toBeLessThan(order.length / 2 + 1);
});

test('cards that an admin has retired are never asked', async () => {
  const { town, schedule } = await townWith('topic="control plane"');
  const before = await pick(town, schedule, 50);
  const [first] = before;
  if (first === undefined) throw new Error('no question');
  await town.world.store.cards.hide(GENERAL, first.question.card, town.world.now());
  const after = await pick(town, schedule, 50);
  expect(after.map(({ question }) => question.card)).not.toContain(first.question.card);
});

test('easy and hard questions are different ones, by what is remembered', async () => {
  const { town, schedule } = await townWith();
  await town.live(31 * MINUTE, 31 * MINUTE);
  const learner = await participant(town, 'ana');
  const cards = town.world.library.cards.map(({ id }) => id);
  const known = new Set(cards.filter((_, index) => index % 2 === 0));
  await review(town, learner, [...known], 4);
  town.world.pass(2 * DAY);
  const share = async (difficulty: 'easy' | 'hard') => {
    const chosen = await pick(town, { ...schedule, plan: { ...schedule.plan, difficulty } }, 10);
    return chosen.filter(({ question }) => known.has(question.card)).length / chosen.length;
  };
  expect(await share('easy')).toBeGreaterThan(0.9);
  expect(await share('hard')).toBeLessThan(0.1);
});

test('a week has questions from more than one kind of card', async () => {
  const { town } = await townWith('questions=2');
  for (let day = 0; day < 7; day += 1) {
    town.world.pass(31 * MINUTE);
    await town.daily.tick();
    town.world.pass(DAY - 31 * MINUTE);
  }
  const asked = await town.world.store.quizzes.askedBefore(GENERAL);
  const kinds = asked.map(({ card }) => town.world.library.card(card)?.kind);
  const most = Math.max(...[...new Set(kinds)].map((kind) => kinds.filter((one) => one === kind).length));
  expect(kinds).toHaveLength(14);
  expect(most).toBeLessThan(10);
});

function never(): never {
  throw new Error('nothing was asked');
}
