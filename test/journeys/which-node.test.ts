import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PRESS_LIMIT } from '../../src/bot/press.js';
import type { Reply } from '../../src/bot/reply.js';
import { startWorld } from './harness.js';

const labels = (reply: Reply) => (reply.buttons ?? []).map(({ label }) => label);
const optionOf = (reply: Reply, label: string) => {
  for (const { press, options } of reply.selects ?? []) {
    const option = options.find((candidate) => candidate.label === label);
    if (option !== undefined) return { press, value: option.value };
  }
  throw new Error(`no option '${label}'`);
};

test('the answer is short, public, and says what decides it', async () => {
  const ada = (await startWorld()).learner('ada');
  const reply = await ada.types('/eks which-node windows pods with gpu on outposts');
  expect(reply.visibility).toBe('public');
  expect(reply.text).toContain('Only under conditions: **Self-managed nodes**.');
  expect(reply.text).toContain('Extended clusters only');
  expect(reply.text).toMatch(/Out for Nodes on AWS Outposts: .*AWS Fargate/);
  expect(reply.text.split('\n').length).toBeLessThan(10);
  expect(reply.text).not.toContain('read 2025');
  expect(labels(reply)).toEqual(['Why?', 'Compare', 'Change needs']);
});

test('"Why?" shows pages and dates in the same place, and leads back', async () => {
  const ada = (await startWorld()).learner('ada');
  const first = await ada.types('/eks which-node windows, frobnicators and privileged pods');
  const why = await ada.presses('Why?');
  expect(why).toMatchObject({ visibility: 'public', replaces: true });
  expect(why.text).toMatch(
    /\*\*Why not the others\*\*\n- \*\*.*Deploy Windows nodes on EKS clusters, read 2025/s,
  );
  expect(why.text).toContain('**Unconfirmed**');
  expect(why.text).toContain('I do not know “frobnicators”');
  expect(labels(why)).toEqual(['Short answer', 'Compare', 'Change needs']);
  expect(await ada.presses('Short answer')).toEqual({ ...first, replaces: true });
});

test('"Compare" is a table of the types against the needs, with what holds only together', async () => {
  const ada = (await startWorld()).learner('ada');
  await ada.types('/eks which-node windows and efs');
  const { text } = await ada.presses('Compare');
  expect(text).toContain('| Node type | A | B | All |\n| --- | --- | --- | --- |');
  expect(text).toContain('| Managed node groups | ✓ | ✓ | ✗ |');
  expect(text).toContain('- **A** Windows containers\n- **B** ');
});

test('a long question keeps all its words behind the buttons, also after a restart', async () => {
  const world = await startWorld();
  const words = `windows ${'and many other things that we would like to have one day '.repeat(4)} zyxwv`;
  const first = await world.learner('ada').types(`/eks which-node ${words}`);
  expect(first.text).toContain('zyxwv');
  const why = first.buttons?.find(({ label }) => label === 'Why?')?.press ?? '';
  const later = await (await world.restart()).learner('bob').pressesRaw(why);
  expect(later.text).toContain('zyxwv');
  expect(later.text).toContain('Windows');
});

test('where nothing fits, a button drops the need that is in the way', async () => {
  const ada = (await startWorld()).learner('ada');
  const none = await ada.types('/eks which-node serverless with a custom ami, not hybrid');
  expect(none.text).toContain('**No node type fits**');
  expect(none.text).toContain(
    'Without Your own machine image (custom AMI): **EKS Auto Mode and AWS Fargate**',
  );
  const better = await ada.presses('Without Your own machine image');
  expect(better.text).toContain('**EKS Auto Mode and AWS Fargate** fit');
  expect(better.text).toContain('EKS Hybrid Nodes');
});

test('a question back can be answered with a button', async () => {
  const ada = (await startWorld()).learner('ada');
  const asked = await ada.types('/eks which-node storage');
  expect(asked.visibility).toBe('private');
  const answered = await ada.presses('Amazon EFS');
  expect(answered.visibility).toBe('public');
  expect(answered.replaces).toBeUndefined();
  expect(answered.text).toContain('Needed: Amazon EFS');
  expect(answered.text).not.toContain('Which storage');
  await ada.types('/eks which-node windows and no windows');
  expect((await ada.presses('It is needed')).text).toContain('Needed: Windows containers.');
});

test('without words there are lists to pick from, and they give the same answer as words', async () => {
  const ada = (await startWorld()).learner('ada');
  let lists = await ada.types('/eks which-node');
  expect(lists.visibility).toBe('private');
  const sizes = (lists.selects ?? []).map(({ options }) => options.length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(25);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(50 + 4);
  for (const label of ['Windows containers', 'EC2 Spot Instances', 'Prefer lowest cost']) {
    const { press, value } = optionOf(lists, label);
    lists = await ada.pressesRaw(press, undefined, [value]);
    expect(lists).toMatchObject({ visibility: 'private', replaces: true });
    optionOf(lists, `✓ ${label}`);
  }
  const picked = await ada.presses('Answer here');
  expect(picked.visibility).toBe('public');
  const typed = await ada.types('/eks which-node windows on spot, cheapest');
  expect(picked.text).toBe(typed.text);
});

test('what is picked again is taken out', async () => {
  const ada = (await startWorld()).learner('ada');
  await ada.types('/eks which-node gpu and spot, least work');
  const lists = await ada.presses('Change needs');
  expect(lists.visibility).toBe('private');
  const gpu = optionOf(lists, '✓ GPU workloads (NVIDIA)');
  const without = await ada.pressesRaw(gpu.press, undefined, [gpu.value]);
  expect(without.text).toContain('Needed: EC2 Spot Instances.');
  const preference = optionOf(without, '✓ Prefer least work');
  expect(
    optionOf(await ada.pressesRaw(preference.press, undefined, [preference.value]), 'Prefer least work'),
  ).toBeDefined();
  expect((await ada.presses('Start over')).text).not.toContain('Needed');
});

test('the words can be changed in a form', async () => {
  const ada = (await startWorld()).learner('ada');
  await ada.types('/eks which-node spot');
  await ada.presses('Change needs');
  const { form } = await ada.presses('Say it in words');
  expect(form?.inputs[0]?.value).toBe('spot');
  const reply = await ada.sends({ needs: 'spot and arm' });
  expect(reply).toMatchObject({ visibility: 'public', text: expect.stringContaining('Arm') });
  await ada.types('/eks which-node');
  await ada.presses('Say it in words');
  expect((await ada.sends({ needs: ' ' })).text).toBe('say what the nodes must support');
});

test('buttons made up or from older facts break nothing', async () => {
  const world = await startWorld();
  const ada = world.learner('ada');
  for (const press of [
    'which-node/why/t/gone-capability.windows',
    'which-node/compare/t/',
    'which-node/show',
  ]) {
    expect((await ada.pressesRaw(press)).text).not.toBe('');
  }
  expect((await ada.pressesRaw('which-node/why/k/made-up')).text).toContain('too old to go on with');
  await ada.pressesRaw('which-node/pick/t/windows/0', undefined, ['nonsense']);
  await ada.pressesRaw('which-node/prefer/t/windows', undefined, []);
  expect(world.failures).toEqual([]);
});

test('whatever is typed, every button fits a press and can be pressed', async () => {
  const world = await startWorld();
  const ada = world.learner('ada');
  const word = fc.constantFrom(
    'windows',
    'gpu',
    'ebs',
    'no',
    'or',
    'ideally',
    'fargate',
    'storage',
    'cheapest',
    '"é"',
    '🎉',
    '%',
    'serverless',
    'custom ami',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 30 }), async (words) => {
      const reply = await ada.types(`/eks which-node ${words.join(' ')}`);
      for (const { press } of reply.buttons ?? []) {
        expect(press.length).toBeLessThanOrEqual(PRESS_LIMIT);
        await ada.pressesRaw(press);
      }
      expect(world.failures).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
