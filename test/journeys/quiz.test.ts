import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Reply } from '../../src/bot/reply.js';
import { DEFAULT_PARAMETERS } from '../../src/learning/schedule.js';
import { type Person, startWorld } from './harness.js';

const NOW = new Date('2026-03-02T09:00:00Z');

const optionsOf = (reply: Reply) =>
  reply.buttons?.filter(({ press }) => press.startsWith('quiz/answer/')) ?? [];

/** Asks for quizzes until one begins with options to choose from. */
async function untilChoice(person: Person): Promise<Reply> {
  for (let turn = 0; turn < 20; turn += 1) {
    const reply = await person.types('/eks quiz');
    if (optionsOf(reply).length > 0) return reply;
  }
  throw new Error('twenty quizzes began without options');
}

test('a quiz asks, marks the first answer, shows the right one with key points, and goes on', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  const asked = await untilChoice(ana);
  const [first] = optionsOf(asked);
  if (first === undefined) throw new Error('a question without options');
  const answered = await ana.pressesRaw(first.press);
  expect(answered).toMatchObject({ replaces: true, visibility: 'private' });
  expect(answered.text).toMatch(/✓/);
  expect(answered.title).toMatch(/[01] of 1 right/);
  const next = await ana.presses('Next question');
  expect(next.text).not.toBe(asked.text);
  expect(world.failures).toEqual([]);
});

test('pressing twice, or pressing another option after it, counts once', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  const [first, second] = optionsOf(await untilChoice(ana));
  if (first === undefined || second === undefined) throw new Error('fewer than two options');
  await ana.pressesRaw(first.press, 'same');
  await ana.pressesRaw(first.press, 'same');
  expect((await ana.pressesRaw(second.press)).text).toContain('only the first answer counts');
  expect(await world.store.reviews.rebuild(false)).toMatchObject({ reviews: 1, mismatches: 0 });
});

test('a quiz goes on after a restart from the buttons that were on the screen', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  let reply = await ana.types('/eks quiz');
  // A question that is answered by typing has no button to press.
  while (reply.form) {
    await ana.sends({ answer: 'no idea' });
    reply = await ana.presses('Next question');
  }
  const [first] = optionsOf(reply);
  const after = (await world.restart()).learner('ana');
  expect((await after.pressesRaw(first?.press ?? '')).text).toMatch(/✓/);
});

test('practice leaves the review schedule as it is', async () => {
  const ana = (await startWorld()).learner('ana');
  const before = (await ana.types('/eks today')).fields;
  const [first] = optionsOf(await ana.types('/eks quiz control plane'));
  await ana.pressesRaw(first?.press ?? '');
  expect((await ana.types('/eks today')).fields).toEqual(before);
});

test('a whole quiz ends with the score', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  let reply = await ana.types('/eks quiz control plane');
  for (let turn = 0; turn < 200 && !reply.text.includes('That was all'); turn += 1) {
    reply = reply.form
      ? await ana.sends({ answer: 'something else' })
      : await ana.pressesRaw(optionsOf(reply)[0]?.press ?? '');
    reply = await ana.presses('Next question');
  }
  expect(reply.text).toMatch(/\d+ of \d+ questions right/);
  expect(world.failures).toEqual([]);
});

test('steps are put in order by their letters, and names matched to descriptions by pairs', async () => {
  const content = await mkdtemp(path.join(tmpdir(), 'eks-quiz-'));
  onTestFinished(() => rm(content, { recursive: true, force: true }));
  await writeFile(
    path.join(content, 'tea.md'),
    `# Tea
Steps to brew a pot:
1. Warm the pot
2. Add the leaves
3. Pour hot water
- The tea house uses the following vessels:
    - Gaiwan: a lidded bowl from China
    - Kyusu: a Japanese pot with a side handle
    - Samovar: an urn that keeps water hot
`,
  );
  const world = await startWorld({ content });
  const ana = world.learner('ana');
  const seen = new Set<string>();
  for (let turn = 0; turn < 80 && seen.size < 2; turn += 1) {
    let reply = await ana.types('/eks quiz');
    for (let step = 0; step < 12 && !reply.text.includes('That was all'); step += 1) {
      const code = codeFor(reply.text);
      reply = reply.form
        ? await ana.sends({ answer: code?.answer ?? 'something else' })
        : await ana.pressesRaw(optionsOf(reply)[0]?.press ?? '');
      if (code !== undefined) {
        expect(reply.text).toContain('**Right**');
        seen.add(code.form);
      }
      reply = await ana.presses('Next question');
    }
  }
  expect(seen).toEqual(new Set(['order', 'match']));
  expect(world.failures).toEqual([]);
});

/** What a learner who knows the tea notes would write. */
function codeFor(text: string): { form: string; answer: string } | undefined {
  const letterOf = (words: string) => new RegExp(`\\*\\*([A-H])\\*\\* ${words}`).exec(text)?.[1] ?? '';
  if (text.includes('Write the letters in order')) {
    return { form: 'order', answer: ['Warm', 'Add', 'Pour'].map(letterOf).join(' ') };
  }
  if (!text.includes('Write the pairs')) return undefined;
  const gloss: Readonly<Record<string, string>> = {
    Gaiwan: 'a lidded',
    Kyusu: 'a Japanese',
    Samovar: 'an urn',
  };
  const names = [...text.matchAll(/\*\*(\d)\*\* (\p{L}+)/gu)];
  return {
    form: 'match',
    answer: names.map(([, at, name = '']) => `${at}${letterOf(gloss[name] ?? '')}`).join(' '),
  };
}

test('what others answer meanwhile does not cost a learner the question on their screen', async () => {
  const world = await startWorld();
  const ana = world.learner('ana');
  const [shown] = optionsOf(await untilChoice(ana));
  const [, , id = '', , , , seed = ''] = (shown?.press ?? '').split('/');
  const card = world.library.cards.find((candidate) => world.library.question(candidate.id, seed)?.id === id);
  const question = card && world.library.question(card.id, seed);
  if (card === undefined || question === undefined)
    throw new Error('the question shown is not in the library');
  for (let number = 0; number < 35; number += 1) {
    const account = { platform: 'web', workspace: 'local', user: `other-${number}` };
    const { id: learner } = await world.store.learners.signIn(account, 'other', NOW);
    await world.store.reviews.record({
      learner,
      workspace: account,
      card: card.id,
      idempotencyKey: `other-${number}`,
      shownAfterSeq: 0,
      kind: 'practice',
      at: NOW,
      clock: { timeZone: 'UTC', rolloverHour: 4 },
      rating: 3,
      counts: false,
      source: 'session',
      format: `choice-${question.options.length}`,
      parameters: DEFAULT_PARAMETERS,
      answer: question.answer,
      correct: true,
      responseMs: undefined,
      question: [question.stem, ...question.options].join('\n'),
      cardVersion: card.hash,
      quiz: undefined,
    });
  }
  await world.store.items.refresh(NOW);
  expect(world.store.items.of(card, NOW)?.avoid.size).toBeGreaterThan(0);
  expect((await ana.pressesRaw(shown?.press ?? '')).text).toContain('✓');
});
