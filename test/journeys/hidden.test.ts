import { expect, test } from 'vitest';
import { pickQuestions } from '../../src/commands/daily-pick.js';
import type { Concept } from '../../src/notes/model.js';
import { type Person, startWorld, type World } from './harness.js';

const DAY = 24 * 60 * 60_000;

/** The same person in two guilds, and the admin of each. */
async function twoGuilds() {
  const world = await startWorld();
  const inGuild = (user: string, workspace: string, admin = false) =>
    world.learner(user, { platform: 'discord', workspace, userIsGlobal: true, admin });
  const ana = { here: inGuild('ana', 'here'), there: inGuild('ana', 'there') };
  const admin = { here: inGuild('root', 'here', true), there: inGuild('eve', 'there', true) };
  // All of them have come before.
  for (const person of [ana.here, ana.there, admin.here, admin.there]) await person.types('/eks today');
  return { world, ana, admin };
}

/** A concept with one card, from which a question with options can be made. */
function askable({ library }: World): Concept {
  const found = library.concepts.find(({ id }) => {
    const [card, another] = library.cardsOf(id);
    return (
      card !== undefined &&
      another === undefined &&
      library.childrenOf(id).length === 0 &&
      ['a', 'b', 'c'].every((seed) => library.question(card.id, seed)?.form === 'choice')
    );
  });
  return found ?? expect.fail('the deck has no such concept');
}

/** Reports the concept and has the admin retire its card. */
async function retire(learner: Person, admin: Person, { id }: Concept): Promise<void> {
  await learner.pressesRaw(`report/ask/${id}/-`);
  await learner.sends({ text: 'Wrong.' });
  await admin.types('/eks reports');
  expect((await admin.presses('1 · Retire card')).text).toContain('nobody in this workspace is asked it');
}

const labels = (person: Person) => person.seen()[0]?.buttons?.map(({ label }) => label);
const field = (person: Person, name: string) =>
  person.seen()[0]?.fields?.find((candidate) => candidate.name === name)?.text;

test('a card that one guild retires is not reviewed, practised or counted there, and goes on in another', async () => {
  const { world, ana, admin } = await twoGuilds();
  const concept = askable(world);
  await ana.there.types(`/eks review ${concept.term}`);
  await ana.there.presses('Show answer');
  await ana.there.presses('Easy');
  world.pass(100 * DAY);
  await retire(ana.here, admin.here, concept);

  await ana.here.types('/eks today');
  expect(field(ana.here, 'Due')).toBe('0 reviews');
  await ana.there.types('/eks today');
  expect(field(ana.there, 'Due')).toBe('1 review');
  expect((await ana.here.types(`/eks review ${concept.term}`)).text).toContain('Done for today');
  expect((await ana.here.types(`/eks quiz ${concept.term}`)).text).toContain('No question can be made');
  await ana.here.pressesRaw(`explain/show/${concept.id}`);
  expect(labels(ana.here)).not.toContain('Add to my reviews');
  await ana.there.pressesRaw(`explain/show/${concept.id}`);
  expect(labels(ana.there)).toContain('Add to my reviews');
  expect((await ana.there.types(`/eks quiz ${concept.term}`)).title).toContain('Quiz');

  await ana.there.types(`/eks review ${concept.term}`);
  await ana.there.presses('Show answer');
  expect((await ana.there.presses('Good')).text).toContain('Good');
  await admin.here.types('/eks reports retired');
  expect((await admin.here.presses('1 · Restore')).text).toContain('The card is back');
  await ana.here.types('/eks today');
  expect(field(ana.here, 'Due')).toBe('0 reviews');
  expect(await world.store.reviews.rebuild(false)).toMatchObject({ reviews: 2, mismatches: 0 });
  expect(world.failures).toEqual([]);
});

test('the daily quiz of a guild leaves out what that guild retired, and nothing else', async () => {
  const { world, ana, admin } = await twoGuilds();
  const concept = askable(world);
  const asked = async (admin: Person) => {
    await admin.types(`/eks daily set time=09:30 topic="${concept.term}"`);
    const schedule = (await world.store.schedules.find(admin.origin)) ?? expect.fail('there is no schedule');
    const picking = { library: world.library, store: world.store, now: world.now() };
    const questions = await pickQuestions(picking, schedule, 1, 'seed');
    return questions.map(({ question }) => question.card);
  };
  const cards = world.library.cardsOf(concept.id).map(({ id }) => id);
  expect(await asked(admin.here)).toEqual(cards);
  await retire(ana.here, admin.here, concept);
  expect(await asked(admin.here)).not.toEqual(cards);
  expect(await asked(admin.there)).toEqual(cards);
});

test("an admin neither sees nor restores another guild's retired cards, and retires for their own alone", async () => {
  const { world, ana, admin } = await twoGuilds();
  const concept = askable(world);
  await retire(ana.here, admin.here, concept);
  await admin.here.types('/eks reports retired');
  const restore = admin.here.seen()[0]?.buttons?.[0]?.press ?? expect.fail('there is no button');
  expect((await admin.there.types('/eks reports')).text).not.toContain('retired');
  expect((await admin.there.types('/eks reports retired')).text).toContain('No card is retired');
  expect((await admin.there.pressesRaw(restore)).text).toContain('The card was in use already');
  expect((await admin.here.types('/eks reports retired')).text).toContain('1 card, the last retired first');
  await retire(ana.there, admin.there, concept);
  await admin.here.pressesRaw(restore);
  expect((await admin.there.types('/eks reports retired')).text).toContain('1 card, the last retired first');
  expect(world.failures).toEqual([]);
});

test('an admin who is the first of their workspace retires a card for it', async () => {
  const world = await startWorld();
  const [card] = world.library.cards;
  const admin = world.learner('root', { workspace: 'new', admin: true });
  expect((await admin.pressesRaw(`reports/hide/${card?.id}`)).text).toContain('The card is retired');
  expect(await world.store.cards.hidden(admin.origin, world.now())).toEqual(new Set([card?.id]));
  expect(world.failures).toEqual([]);
});
