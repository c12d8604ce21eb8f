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
