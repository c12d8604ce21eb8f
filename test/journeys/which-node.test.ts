import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PRESS_LIMIT } from '../../src/bot/press.js';
import type { Reply } from '../../src/bot/reply.js';
import { startWorld } from './harness.js';

const labels = (reply: Reply) => (reply.buttons ?? []).map(({ label }) => label);
test('the answer is short, public, and says what decides it', async () => {
  const ada = (await startWorld()).learner('ada');
  const reply = await ada.types('/eks which-node windows pods with gpu on outposts');
  expect(reply.visibility).toBe('public');
  expect(reply.text).toContain('Only under conditions: **Self-managed nodes**.');
  expect(reply.text).toContain('Extended clusters only');
  expect(reply.text).toMatch(/Out: .*AWS Fargate.* - Nodes on AWS Outposts/);
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
    'Without “Your own machine image (custom AMI)”: **EKS Auto Mode and AWS Fargate**',
  );
  const better = await ada.presses('Without “Your own machine image');
  expect(better.text).toContain('**EKS Auto Mode and AWS Fargate** fit');
  expect(better.text).toContain('EKS Hybrid Nodes');
});

test.each(['pay per pod with ubuntu', 'windows, pay per pod and on prem'])(
  'a need that is too long for its button is cut within its quotes: %s',
  async (needs) => {
    const ada = (await startWorld()).learner('ada');
    const without = labels(await ada.types(`/eks which-node ${needs}`)).filter((name) =>
      /^Without/.test(name),
    );
    expect(without.some((name) => name.includes('…”'))).toBe(true);
    for (const name of without) expect(name).toMatch(/^Without “[^”]+”( and “[^”]+”)?$/);
  },
);

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

test.each([
  ['serverless with a custom ami', 'Without “Your own machine image', 'Needed: No servers'],
  ['windows and no windows', 'It is needed', 'Needed: Windows containers.'],
  ['gpu, windows and no windows', 'It is not needed', 'Needed: GPU'],
])('a button that changes the needs of "%s" drops no word, and no question', async (needs, name, needed) => {
  const ada = (await startWorld()).learner('ada');
  await ada.types(`/eks which-node ${needs}, not hybrid nodes. storage on karpenter, 12 frobnicators`);
  const changed = await ada.presses(name);
  expect(changed.text).toContain(needed);
  expect(changed.text).toContain('I do not know “frobnicators”');
  expect(changed.text).toContain('Which storage');
  expect((await ada.presses('Why?')).text).toContain('Karpenter is no node type');
});

test.each(['serverless with a custom ami', 'windows and no windows', 'storage'])(
  'a long word of rare letters beside "%s" breaks no button',
  async (needs) => {
    const world = await startWorld();
    const ada = world.learner('ada');
    const { buttons = [] } = await ada.types(`/eks which-node ${needs}, a${'𐌰'.repeat(30)}`);
    expect(buttons.length).toBeGreaterThan(1);
    for (const { press } of buttons) await ada.pressesRaw(press);
    expect(world.failures).toEqual([]);
  },
);

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
  const earlier = await ada.pressesRaw('which-node/pick/t/windows/0', undefined, ['gpu']);
  expect(earlier.text).toContain('This button is out of date');
  expect((await ada.pressesRaw('which-node/options/t/windows')).form).toBeDefined();
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
