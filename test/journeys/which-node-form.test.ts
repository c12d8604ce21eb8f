import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { AnswerInput, ChoicesInput, Reply } from '../../src/bot/reply.js';
import { startWorld } from './harness.js';

const labels = (reply: Reply) => (reply.buttons ?? []).map(({ label }) => label);

function listsOf({ form }: Reply): ChoicesInput {
  const input = form?.inputs.find(({ name }) => name === 'needs');
  if (input?.kind !== 'choices') throw new Error('no lists of needs');
  return input;
}

function lineOf({ form }: Reply, name: string): AnswerInput {
  const input = form?.inputs.find((one) => one.name === name);
  if (input === undefined || input.kind === 'choices') throw new Error(`no line '${name}'`);
  return input;
}

test('without words one form asks for all needs, and answers as the same needs in words', async () => {
  const ada = (await startWorld()).learner('ada');
  const asked = await ada.types('/eks which-node');
  expect(asked).toMatchObject({ visibility: 'private', text: '' });
  expect(asked.form?.inputs.map(({ name }) => name)).toEqual(['needs', 'preference', 'words']);
  expect(listsOf(asked)).toMatchObject({ values: [] });
  expect(listsOf(asked).options).toHaveLength(50);
  expect(new Set(listsOf(asked).options.map(({ group }) => group))).toContain('operating system');
  const sent = await ada.sends({ preference: 'cheapest' }, { needs: ['windows', 'spot'] });
  expect(sent.visibility).toBe('public');
  const typed = await ada.types('/eks which-node on spot, windows, cheapest');
  expect({ ...sent, buttons: labels(sent) }).toEqual({ ...typed, buttons: labels(typed) });
});

test('the line of the form is read with the lists, unknown words and all', async () => {
  const ada = (await startWorld()).learner('ada');
  await ada.types('/eks which-node');
  const sent = await ada.sends({ words: 'no ssh, not hybrid and frobnicators' }, { needs: ['efs'] });
  const typed = await ada.types('/eks which-node efs. no ssh, not hybrid and frobnicators');
  expect(sent.text).toBe(typed.text);
  expect(sent.text).toContain('I do not know “frobnicators”');
  expect(sent.text).toContain('Needed: Amazon EFS');
});

test('"Change needs" opens the form as it was asked, whether picked or typed, also after a restart', async () => {
  const world = await startWorld();
  const ada = world.learner('ada');
  const typed = '/eks which-node can fargate run gpu pods and daemonsets? ideally spot, not hybrid, cheapest';
  const answer = await ada.types(typed);
  const press = answer.buttons?.find(({ label }) => label === 'Change needs')?.press ?? '';
  const later = (await world.restart()).learner('bob');
  const again = await later.pressesRaw(press);
  expect(again.visibility).toBe('private');
  expect(listsOf(again).values).toEqual(['gpu', 'daemonsets']);
  expect(lineOf(again, 'preference').value).toBe('cheapest');
  expect(lineOf(again, 'words').value).toBe('ideally spot. fargate. not hybrid');
  const same = await later.sends({});
  expect(same.text).toBe(answer.text);
  await later.presses('Change needs');
  const less = await later.sends({ words: '', preference: '-' }, { needs: ['gpu'] });
  expect(less.text).toContain('Needed: GPU workloads (NVIDIA).');
  expect(less.text).not.toMatch(/Fargate: |Nice to have|DaemonSets|lowest cost/);
});

test('whatever was picked is picked again when the form is opened again', async () => {
  const ada = (await startWorld()).learner('ada');
  const { options } = listsOf(await ada.types('/eks which-node'));
  const ids = options.map(({ value }) => value);
  await fc.assert(
    fc.asyncProperty(fc.subarray(ids, { minLength: 1 }), async (needs) => {
      await ada.types('/eks which-node');
      await ada.sends({ preference: 'most-control' }, { needs });
      const again = await ada.presses('Change needs');
      expect(listsOf(again).values).toEqual(needs);
      expect(lineOf(again, 'preference').value).toBe('most-control');
      expect(lineOf(again, 'words').value).toBe('');
    }),
    { numRuns: 40, examples: [[ids]] },
  );
});

test('whatever was typed, the form sent as it opens asks the same', async () => {
  const world = await startWorld();
  const ada = world.learner('ada');
  const some = (...phrases: readonly string[]) => fc.subarray([...phrases]);
  const typed = fc.tuple(
    some('spot instances', 'gpu', 'arm64', 'windows', 'air-gapped', 'daemonsets', 'ebs'),
    some('ideally efs', 'bottlerocket if possible', 'network policies would be nice'),
    some('fargate', 'managed node groups', 'not hybrid nodes', 'no auto mode'),
    some('cheapest', 'most control'),
    some('storage', 'bare metal', 'karpenter', 'frobnicators', 'HTTP_PROXY', 'v1.29'),
  );
  await fc.assert(
    fc.asyncProperty(typed, async (parts) => {
      const phrases = parts.flat();
      fc.pre(phrases.length > 0);
      const answer = await ada.types(`/eks which-node ${phrases.join('. ')}`);
      const change = (answer.buttons ?? []).find(({ label }) => /Change needs|Pick from lists/.test(label));
      await ada.pressesRaw(change?.press ?? '');
      const again = await ada.sends({});
      // The form asks what matters most, which settles it.
      expect(again.text).toBe(answer.text.replace(/\nYou also want .*/, ''));
      expect(world.failures).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('a form sent empty says so, and opens again', async () => {
  const ada = (await startWorld()).learner('ada');
  await ada.types('/eks which-node');
  const empty = await ada.sends({ words: '  ' });
  expect(empty).toMatchObject({ visibility: 'private', text: 'Nothing was picked, and nothing said.' });
  expect(listsOf(await ada.presses('Pick needs')).values).toEqual([]);
  expect((await ada.sends({ preference: 'cheapest' })).text).toContain('best first for lowest cost');
  await ada.presses('Change needs');
  expect((await ada.sends({ words: 'x'.repeat(2001) })).text).toContain('at most 2000 characters');
});

test('picks that contradict each other or the line get a clear answer', async () => {
  const ada = (await startWorld()).learner('ada');
  await ada.types('/eks which-node');
  const none = await ada.sends({ words: 'not hybrid' }, { needs: ['no-node-management', 'custom-ami'] });
  expect(none.text).toContain('**No node type fits**');
  await ada.types('/eks which-node');
  const both = await ada.sends({ words: 'no windows' }, { needs: ['windows'] });
  expect(both).toMatchObject({ visibility: 'private', text: expect.stringContaining('Which one holds?') });
  expect((await ada.presses('It is needed')).text).toContain('Needed: Windows containers.');
  await ada.types('/eks which-node');
  const two = await ada.sends(
    { words: 'cheapest storage, frobnicators', preference: 'most-control' },
    { needs: ['linux', 'gone'] },
  );
  expect(two.text).toMatch(/^No longer in the lists, since the facts were edited: “gone”\./);
  expect(two.text).toContain(
    'You picked **most control**, but wrote **lowest cost**. Which one matters more?',
  );
  expect(two.visibility).toBe('private');
  const settled = await ada.presses('most control');
  expect(settled).toMatchObject({ visibility: 'public', text: expect.stringContaining('for most control') });
  expect(settled.text).toContain('I do not know “frobnicators”');
  expect(settled.text).toContain('Which storage');
});

test('what an edit of the facts removed while the form was open is named, and the rest answered', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'eks-form-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp('content', folder, { recursive: true });
  const before = await startWorld({ content: folder });
  const ada = before.learner('ada');
  const asked = await ada.types('/eks which-node');
  const press = asked.form?.press ?? '';
  await removed(path.join(folder, 'node-types'), 'efa');
  const { bot, failures } = await before.restart();
  const send = (needs: readonly string[], words = '') =>
    bot.press({
      origin: ada.origin,
      id: needs.join(),
      press,
      values: [],
      form: { words },
      choices: { needs },
    });
  const [some] = await send(['efa', 'windows']);
  expect(some?.text).toMatch(/^No longer in the lists, since the facts were edited: “efa”\./);
  expect(some?.text).toContain('Needed: Windows containers.');
  const [none] = await send(['efa']);
  expect(none?.text).toBe('No longer in the lists, since the facts were edited: “efa”.');
  expect(none?.visibility).toBe('private');
  const [hostile] = await send(['[x](https://a.example) @everyone', ...Array(40).fill('zz')], 'gpu');
  expect(hostile?.text).toContain('\\[x\\]');
  expect(hostile?.text).toContain('and 36 more');
  expect(failures).toEqual([]);
});

/** Takes a capability out of the facts, and whatever names it. */
async function removed(folder: string, id: string): Promise<void> {
  for (const name of ['hardware', 'words', 'combinations', 'scenarios']) {
    const file = path.join(folder, `${name}.yaml`);
    const text = await readFile(file, 'utf8');
    await writeFile(file, without(text, id));
  }
}

function without(text: string, id: string): string {
  const blocks = text.split(/\n(?= {2}- )/);
  const kept = blocks.filter((block) => !new RegExp(`id: ${id}\\b|needs: \\[[^\\]]*\\b${id}\\b`).test(block));
  return kept.join('\n').replace(new RegExp(`, ${id}\\]`, 'g'), ']');
}
