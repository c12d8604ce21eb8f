import { expect, test } from 'vitest';
import type { Reply } from '../../src/bot/reply.js';
import { DEFAULT_PARAMETERS } from '../../src/learning/schedule.js';
import { type Card, CardId } from '../../src/notes/model.js';
import { type Person, startWorld, type World } from './harness.js';

/** Where everybody is who is not said to be elsewhere. */
const LOCAL = { platform: 'web', workspace: 'local' };
const DAY = 24 * 60 * 60_000;
const admin = (world: World) => world.learner('root', { admin: true });
const cardIn = (press: string | undefined) => press?.split('/')[2] ?? '';

/** Reveals the learner's next card and gives back its id. */
async function reveal(learner: Person): Promise<string> {
  await learner.types('/eks review');
  const { buttons } = await learner.presses('Show answer');
  return cardIn(buttons?.[0]?.press);
}

const isDue = async (world: World, learner: Person, card: string) => {
  const { id } = await world.store.learners.signIn(learner.origin, learner.origin.name, new Date(0));
  const { next } = await world.store.reviews.queue({
    learner: id,
    workspace: learner.origin,
    now: new Date('2026-06-01T12:00:00Z'),
    clock: { timeZone: 'UTC', rolloverHour: 4 },
    newPerDay: 0,
    reviewsPerDay: 100,
    among: undefined,
  });
  return next.some((one) => one === card);
};

test('someone reports a card, an admin retires it, nobody is asked it, and restored it has its history', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  const card = await reveal(ana);
  const [again] = ana.seen()[0]?.buttons ?? [];
  const form = await ana.presses('Report');
  expect(form.text).toContain('The admins of this workspace will see it with your name.');
  const thanks = await ana.sends({ text: 'The answer is  out of date\nsince May.' });
  expect(thanks).toMatchObject({ visibility: 'private', replaces: true });
  expect(thanks.text).toMatch(/\/eks reports.*\.md, line \d+/);
  await ana.pressesRaw(again?.press.replace(/\/1(\/\w+)$/, '/4$1') ?? '');
  expect(await isDue(world, ana, card)).toBe(true);

  const root = admin(world);
  const list = await root.types('/eks reports');
  expect(list.text).toContain('1 open report');
  expect(list.fields?.[0]?.text).toMatch(
    /The answer is out of date since May\\\.[\s\S]*line \d+.*ana, 1 min ago/,
  );
  const retired = await root.presses('1 · Retire card');
  expect(retired.text).toMatch(/The card is retired[\s\S]*No report is open/);
  expect(await isDue(world, ana, card)).toBe(false);
  expect(await world.store.cards.hidden(LOCAL, world.now())).toEqual(new Set([CardId.parse(card)]));

  await root.types('/eks reports retired');
  expect((await root.presses('1 · Restore')).text).toMatch(
    /is back, with its history[\s\S]*No card is retired/,
  );
  expect(await isDue(world, ana, card)).toBe(true);
  expect(await world.store.reviews.rebuild(false)).toMatchObject({ reviews: 1, mismatches: 0 });
  expect(world.failures).toEqual([]);
});

test('a new card that is retired is not introduced, also after a restart', async () => {
  const world = await startWorld();
  const shown = await world.learner('ana').types('/eks review');
  await world.store.cards.hide(LOCAL, CardId.parse(cardIn(shown.buttons?.[0]?.press)), new Date(0));
  const after = await world.restart();
  expect((await after.learner('ana').types('/eks review')).text).not.toBe(shown.text);
});

test('a report made from an explanation asks the admin which card is meant', async () => {
  const world = await startWorld();
  const concept = world.library.concepts.find(({ id }) => world.library.cardsOf(id).length > 1);
  if (concept === undefined) throw new Error('no concept of the deck has two cards');
  const cards = world.library.cardsOf(concept.id);
  const ana = world.learner('ana');
  await ana.pressesRaw(`explain/show/${concept.id}`);
  await ana.presses('Report a mistake');
  await ana.sends({ text: 'Wrong.' });
  const root = admin(world);
  await root.types('/eks reports');
  const which = await root.presses('1 · Retire card');
  expect(which.buttons?.map(({ label }) => label)).toEqual([
    ...cards.map((_, index) => `Retire ${index + 1}`),
    'None',
  ]);
  expect((await root.presses('Retire 2')).text).toContain('The card is retired');
  expect(await world.store.cards.hidden(LOCAL, world.now())).toEqual(new Set([cards[1]?.id]));
});

test('two admins at once, and presses on what is done already, do it once and say so', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  await reveal(ana);
  await ana.presses('Report');
  await ana.sends({ text: 'Wrong.' });
  const [one, two] = [admin(world), world.learner('amy', { admin: true })];
  const { buttons = [] } = await one.types('/eks reports');
  const press = (name: string) => buttons.find(({ label }) => label === name)?.press ?? '';
  const both = await Promise.all([
    one.pressesRaw(press('1 · Retire card')),
    two.pressesRaw(press('1 · Retire card')),
  ]);
  const said = both.map(({ text }) => text.split('\n')[0]).sort();
  expect(said[0]).toMatch(/^The card is retired/);
  expect(said[1]).toMatch(/^The (card was retired|report was closed) already\.$/);
  expect((await two.pressesRaw(press('1 · Close'))).text).toContain('The report was closed already.');
  const { buttons: [restore] = [] } = await one.types('/eks reports retired');
  await one.pressesRaw(restore?.press ?? '');
  expect((await two.pressesRaw(restore?.press ?? '')).text).toContain('The card was in use already.');
  expect(world.failures).toEqual([]);
});

test('only admins see reports or act on them, and only those of their workspace', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  await reveal(ana);
  await ana.presses('Report');
  await ana.sends({ text: 'Wrong.' });
  expect((await ana.types('/eks reports')).text).toContain('Only an admin');
  const { buttons = [] } = await admin(world).types('/eks reports');
  for (const { press } of buttons) expect((await ana.pressesRaw(press)).text).toContain('Only an admin');
  const elsewhere = world.learner('eve', { admin: true, workspace: 'elsewhere' });
  expect((await elsewhere.types('/eks reports')).text).toContain('No report is open');
  for (const { press } of buttons)
    expect((await elsewhere.pressesRaw(press)).text).toContain('closed already');
  expect((await world.store.cards.hidden(LOCAL, world.now())).size).toBe(0);
  expect((await ana.types('/eks help')).text).not.toContain('/eks reports');
});

test('a report holds one line, is sent once, and hostile text and names stay text', async () => {
  const world = await startWorld();
  const mallory = world.learner('mallory', { name: '[me](https://evil.example) @everyone' });
  const form = await mallory.types('/eks report etcd');
  const press = form.form?.press ?? '';
  const send = (text: string, id: string) =>
    world.bot.press({ origin: mallory.origin, id, press, values: [], form: { text } });
  const said = async (text: string, id: string) => (await send(text, id))[0]?.text;
  expect(await said(' \n ', 'empty')).toContain('Nothing was sent');
  expect(await said('x'.repeat(201), 'long')).toContain('at most 200 characters');
  for (let delivery = 0; delivery < 3; delivery += 1)
    await send('**[x](https://evil.example)**\n# y', 'same');
  const list = await admin(world).types('/eks reports');
  expect(list.text).toContain('1 open report,');
  expect(list.fields?.[0]?.text).not.toMatch(/(?<!\\)\[x|(?<!\\)\[me|(?<!\\)\*\*/);
  for (let k = 0; k < 4; k += 1) await send('and this', `more ${k}`);
  expect(await said('one too many', 'sixth')).toContain('was not kept');
  world.pass(DAY);
  expect(await said('a day later', 'seventh')).toContain('Thank you');
  expect(world.failures).toEqual([]);
});

test('many reports come in pages, the newest first', async () => {
  const world = await startWorld();
  for (let k = 0; k < 7; k += 1) {
    const one = world.learner(`learner ${k}`);
    await one.types('/eks report etcd');
    await one.sends({ text: `report ${k}` });
    world.pass(1000);
  }
  const root = admin(world);
  const texts = (reply: Reply) => reply.fields?.map(({ text }) => text.split('\n')[0]);
  expect(texts(await root.types('/eks reports'))).toEqual([6, 5, 4, 3, 2].map((k) => `report ${k}`));
  const second = await root.presses('More');
  expect(texts(second)).toEqual(['report 1', 'report 0']);
  expect(second.buttons?.[1]?.label).toBe('6 · Close');
  expect((await root.presses('6 · Close')).text).toContain('6 open reports');
});

test('a page that others have emptied meanwhile gives way to the last one that there is', async () => {
  const world = await startWorld();
  for (let k = 0; k < 6; k += 1) {
    const one = world.learner(`learner ${k}`);
    await one.types('/eks report etcd');
    await one.sends({ text: `report ${k}` });
  }
  const root = admin(world);
  const more = (await root.types('/eks reports')).buttons?.at(-1);
  expect(more?.label).toBe('More');
  await root.presses('1 · Close');
  expect((await root.pressesRaw(more?.press ?? '')).fields).toHaveLength(5);
  for (const offset of ['999999', '9007199254740991', '1e15']) {
    expect((await root.pressesRaw(`reports/page/open/${offset}`)).visibility).toBe('private');
    expect((await root.pressesRaw(`reports/page/retired/${offset}`)).visibility).toBe('private');
  }
  expect(world.failures).toEqual([]);
});

/** Practice answers of as many learners, the strongest last; `knows` says who is right on which card. */
async function practise(
  world: World,
  cards: readonly Card[],
  learners: number,
  knows: (learner: number, card: number) => boolean,
): Promise<void> {
  for (let k = 0; k < learners; k += 1) {
    const { origin } = world.learner(`learner ${k}`);
    const { id } = await world.store.learners.signIn(origin, origin.name, new Date(0));
    for (const [index, card] of cards.entries()) {
      const correct = knows(k, index);
      await world.store.reviews.record({
        learner: id,
        workspace: origin,
        card: card.id,
        idempotencyKey: `${k} ${index}`,
        shownAfterSeq: 0,
        kind: 'practice',
        at: new Date('2026-03-01T12:00:00Z'),
        clock: { timeZone: 'UTC', rolloverHour: 4 },
        rating: 3,
        counts: false,
        source: 'session',
        format: 'choice-3',
        parameters: DEFAULT_PARAMETERS,
        answer: correct ? 'key' : 'other',
        correct,
        responseMs: undefined,
        question: 'Which one?\nkey\nother\nidle',
        cardVersion: card.hash,
        quiz: undefined,
      });
    }
  }
}

test('admins see which questions the answers speak against, which rest, and retire one', async () => {
  const world = await startWorld();
  const root = admin(world);
  expect((await root.types('/eks reports questions')).text).toContain('Nobody has answered');
  const cards = world.library.cards.slice(0, 8);
  // The last card is known by the weak only, the first by all.
  await practise(world, cards, 32, (learner, card) =>
    card === 0 ? true : card === 7 ? learner < 16 : learner >= 4 * card,
  );
  expect((await root.types('/eks reports')).text).toContain('1 question in doubt');
  const shown = await root.types('/eks reports questions');
  expect(shown.fields).toHaveLength(1);
  expect(shown.fields?.[0]?.text).toContain(cards[7]?.front);
  expect(shown.fields?.[0]?.text).toMatch(
    /32 answers, 50 % right; who does better elsewhere does worse here/,
  );
  expect(shown.text).toMatch(/1 card rests, since nearly all know the answer/);
  expect(shown.text).toMatch(/options that hardly anybody picks.*idle/);
  const after = await root.presses('1 · Retire card');
  expect(after.text).toMatch(/The card is retired[\s\S]*No question is in doubt/);
  expect(await world.store.cards.hidden(LOCAL, world.now())).toEqual(new Set([cards[7]?.id]));
  expect(world.failures).toEqual([]);
});

test('a quiz leaves out what is retired, and comes to what all know only after the rest', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  const askable = ({ id }: Card) => world.library.question(id, 'any')?.form === 'choice';
  const topic = world.library.topics.find(({ cards }) => cards.length > 4 && cards.length < 20);
  const cards = world.library.cards.filter((card) => topic?.cards.includes(card.id) && askable(card));
  const [kept, retired, ...known] = cards;
  if (kept === undefined || retired === undefined || known.length < 2) throw new Error('too few questions');
  await practise(world, known, 30, () => true);
  await world.store.items.refresh(new Date('2026-03-02T09:00:00Z'));
  await world.store.cards.hide(LOCAL, retired.id, new Date(0));
  const { id } = await world.store.learners.signIn(ana.origin, 'ana', new Date(0));
  const asked = async () => {
    const seqs = cards.map(async (card) => (await world.store.reviews.progress(id, card.id)).lastSeq);
    const all = await Promise.all(seqs);
    return new Set(cards.filter((_, index) => (all[index] ?? 0) > 0));
  };
  await ana.types(`/eks quiz ${topic?.name}`);
  for (let turn = 0; turn < 40 && ana.seen()[0]?.title !== undefined; turn += 1) {
    const [reply] = ana.seen();
    if (reply?.text.includes('That was all')) break;
    await (reply?.form ? ana.sends({ answer: 'x' }) : ana.pressesRaw(reply?.buttons?.[0]?.press ?? ''));
    const far = await asked();
    if (!far.has(kept)) for (const card of known) expect(far).not.toContain(card);
    await ana.presses('Next question');
  }
  expect(ana.seen()[0]?.text).toContain('That was all');
  expect(await asked()).toEqual(new Set([kept, ...known]));
  expect(world.failures).toEqual([]);
});
