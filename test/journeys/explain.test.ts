import { expect, test } from 'vitest';
import { startWorld } from './harness.js';

test('someone asks what etcd is and reads it with its source', async () => {
  const ana = (await startWorld()).learner('ana');
  const reply = await ana.types('/eks explain etcd');
  expect(reply).toMatchObject({ title: 'etcd', visibility: 'public' });
  expect(reply.text).toMatch(/key.value store/i);
  expect(reply.text).toMatch(/\.md, line \d+/);
});

test('a question in plain words finds the concept that answers it', async () => {
  const ana = (await startWorld()).learner('ana');
  expect(await ana.types('/eks explain "what stores cluster state?"')).toMatchObject({ title: 'etcd' });
  expect(await ana.types('what stores cluster state?')).toMatchObject({ title: 'etcd' });
});

test('a related concept is one press away, also after a restart', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  await ana.types('/eks explain etcd');
  const [related] = ana.seen()[0]?.buttons ?? [];
  const after = (await world.restart()).learner('ana');
  const reply = await after.pressesRaw(related?.press ?? '');
  expect(reply.title).toBe(related?.label);
});

test('what the notes do not explain is said, privately, and nothing else is told instead', async () => {
  const ana = (await startWorld()).learner('ana');
  const reply = await ana.types('/eks explain photosynthesis');
  expect(reply.visibility).toBe('private');
  expect(reply.text).toContain('not in the notes');
});

test('two terms are shown side by side', async () => {
  const ana = (await startWorld()).learner('ana');
  const reply = await ana.types('/eks explain kubelet vs kube-proxy');
  expect(reply.fields?.map(({ name }) => name)).toEqual(['kubelet', 'kube-proxy']);
});

test('an explanation leads on: what lies around it, a quiz, the reviews, a report', async () => {
  const world = await startWorld({ notesUrl: 'https://github.com/team/notes/blob/main' });
  const reply = await world.learner('ana').types('/eks explain etcd');
  const labels = reply.buttons?.map(({ label }) => label) ?? [];
  expect(labels.slice(-3)).toEqual(['Quiz me on this', 'Add to my reviews', 'Report a mistake']);
  const etcd = world.library.lookup('etcd').concepts[0];
  const parent = etcd?.parent && world.library.concept(etcd.parent);
  expect(labels[0]).toBe(parent?.term);
  expect(labels.length).toBeLessThanOrEqual(8);
  expect(new Set(labels).size).toBe(labels.length);
  const { note, line } = etcd?.source ?? { note: '', line: 0 };
  expect(reply.text).toContain(`(https://github.com/team/notes/blob/main/${note}#L${line})`);
});

test('what a learner adds to the reviews comes next, and adding it again says so', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  const last = world.library.cards.at(-1);
  const concept = last && world.library.concept(last.concept);
  if (concept === undefined) throw new Error('the deck has no cards');
  await ana.pressesRaw(`explain/show/${concept.id}`);
  expect((await ana.presses('Add to my reviews')).text).toMatch(/is added: \d cards?/);
  const shown = await ana.presses('Review');
  expect(world.library.cardsOf(concept.id).map(({ id }) => id)).toContain(
    shown.buttons?.[0]?.press.split('/')[2],
  );
  for (const card of world.library.cardsOf(concept.id)) {
    await ana.types('/eks review');
    expect(ana.seen()[0]?.text).toContain(card.front);
    await ana.presses('Show answer');
    await ana.presses('Easy');
    world.pass(24 * 60 * 60_000);
  }
  await ana.pressesRaw(`explain/show/${concept.id}`);
  expect((await ana.presses('Add to my reviews')).text).toContain('in your reviews already');
  expect(world.failures).toEqual([]);
});
