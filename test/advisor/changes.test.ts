import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { changedAnswers } from '../../src/advisor/changes.js';
import { type Facts, loadFacts } from '../../src/advisor/facts.js';
import { shippedFacts } from './shipped.js';

/** The shipped facts after an edit of one file. */
async function edited(name: string, old: string | RegExp, fresh: string): Promise<Facts | undefined> {
  const dir = await mkdtemp(path.join(tmpdir(), 'eks-changes-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await cp('content/node-types', path.join(dir, 'node-types'), { recursive: true });
  const file = path.join(dir, 'node-types', name);
  const text = await readFile(file, 'utf8');
  expect(text.replace(old, fresh)).not.toBe(text);
  await writeFile(file, text.replace(old, fresh));
  return (await loadFacts(dir, new Date('2026-03-01T00:00:00Z'))).facts;
}

it('nothing changes between equal facts', async () => {
  expect(changedAnswers(await shippedFacts(), await shippedFacts())).toEqual({ answers: [], scenarios: [] });
});

it('a cell that turns round changes the answer to its need, to rules with it, and to scenarios', async () => {
  const now = await edited('hardware.yaml', /(id: gpu\n[\s\S]*?fargate:[\s\S]*?support: )no/, '$1yes');
  const { answers, scenarios } = changedAnswers(await shippedFacts(), now);
  expect(answers).toContainEqual({
    needs: ['gpu'],
    types: [{ type: 'fargate', before: 'ruled out', after: 'suitable' }],
    reworded: [],
  });
  expect(answers.map(({ needs }) => needs.join(' + '))).toContain('gpu + no-node-management');
  expect(scenarios).toEqual([{ id: 'gpu-without-nodes', before: 'EKS Auto Mode', after: undefined }]);
});

it('another condition is told apart from another verdict', async () => {
  const now = await edited('cost.yaml', 'One node group is all Spot or all On-Demand.', 'As you like.');
  const { answers } = changedAnswers(await shippedFacts(), now);
  expect(answers).toContainEqual({ needs: ['spot'], types: [], reworded: ['managed-node-group'] });
});

it('a rule that goes changes the answer to its needs together', async () => {
  const rule = / {2}- needs: \[windows, efs\][\s\S]*?source: efs\n/;
  const { answers } = changedAnswers(await shippedFacts(), await edited('combinations.yaml', rule, ''));
  expect(answers.map(({ needs }) => needs)).toEqual([['windows', 'efs']]);
  expect(answers[0]?.types).toContainEqual({
    type: 'managed-node-group',
    before: 'ruled out',
    after: 'suitable',
  });
});

it('a folder that had no facts before answers everything anew', async () => {
  const facts = await shippedFacts();
  const { answers, scenarios } = changedAnswers(undefined, facts);
  expect(answers.filter(({ needs }) => needs.length === 1)).toHaveLength(facts.capabilities.size);
  expect(answers.every(({ types }) => types.every(({ before }) => before === 'unknown'))).toBe(true);
  expect(scenarios).toHaveLength(facts.scenarios.length);
});
