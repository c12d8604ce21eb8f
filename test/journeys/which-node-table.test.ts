import { expect, test } from 'vitest';
import { startWorld } from './harness.js';

async function compared(needs: string) {
  const ada = (await startWorld()).learner('ada');
  await ada.types(`/eks which-node ${needs}`);
  return ada.presses('Compare');
}

/** A row of the table as 'type: answer' by its beginning. */
async function rowOf(needs: string, name: string): Promise<readonly string[]> {
  const { table } = await compared(needs);
  const row = table?.rows.find((one) => one.name.startsWith(name));
  return (row?.cells ?? expect.fail(`no row ${name}`)).map(
    ({ word, remark }, at) => `${table?.columns[at]}: ${remark === undefined ? word : `${word}, ${remark}`}`,
  );
}

test('the comparison says of each need what each type makes of it, best type first', async () => {
  const { table, text } = await compared('trainium and local zones');
  expect(table?.columns).toEqual([
    'Managed node groups',
    'Self-managed nodes',
    'EKS Auto Mode',
    'AWS Fargate',
    'EKS Hybrid Nodes',
  ]);
  expect(table?.rows.map(({ name }) => name)).toEqual([
    'All that is needed',
    'AWS Trainium chips',
    'Nodes in an AWS Local Zone',
  ]);
  expect(table?.rows[2]?.cells[2]).toEqual({ sign: 'partly', word: 'limited' });
  expect(table?.notes).toEqual([
    'limited: in part, or under conditions',
    'unverified: no page says so outright',
  ]);
  for (const column of table?.columns ?? []) expect(text).toContain(column);
});

test('what no page says outright is unverified', async () => {
  expect(await rowOf('trainium and local zones', 'AWS Trainium')).toContain('AWS Fargate: no, unverified');
});

test('what holds one by one but not together is told by the first row', async () => {
  expect(await rowOf('windows and efs', 'All')).toContain('Managed node groups: no');
  expect(await rowOf('windows and efs', 'Windows')).toContain('Managed node groups: yes');
});

test('says why some do worse together than need by need', async () => {
  const spot = await compared('windows, outposts and spot');
  expect(spot.text).toMatch(
    /\*\*All\*\*: no for Self-managed nodes – .*Outposts \+ EC2 Spot Instances: not together\. On Outposts/,
  );
  // One need is enough to rule these out, as the table shows.
  expect(spot.text).not.toMatch(/\*\*All\*\*.*AWS Fargate/);
  expect(spot.table?.notes).toContainEqual(
    expect.stringMatching(/^All: no for Self-managed nodes – .*not together/),
  );
  const gpu = await compared('windows and gpu');
  expect(gpu.text).toMatch(
    /\*\*All\*\*: limited for Managed node groups and Self-managed nodes – .*DirectX plugin/,
  );
  const refused = await compared('windows, not managed node groups');
  expect(refused.text).toContain('**All**: no for Managed node groups – ');
  const plain = await compared('windows and spot');
  expect(plain.text).not.toContain('**All**');
});

test('says how many reasons are left to "Why?"', async () => {
  const { text, table } = await compared(
    'windows, efs, s3 mountpoint, security groups for pods, ipv6, network policies, pod identity, custom networking',
  );
  expect(text.match(/\*\*All\*\*: /g)).toHaveLength(5);
  expect(text).toMatch(/\*\*All\*\*: \d+ more reasons under “Why\?”$/m);
  expect(table?.notes.length).toBeLessThanOrEqual(8);
  const five = await compared(
    'windows, efs, s3 mountpoint, security groups for pods, ipv6, network policies',
  );
  expect(five.text).toMatch(/: 1 more reason under “Why\?”$/m);
});

test('a type that was ruled out is out, though it supports the one need', async () => {
  const [all] = (await compared('windows, not managed node groups')).table?.rows ?? [];
  expect(all?.name).toBe('All that is needed');
  expect(await rowOf('windows, not managed node groups', 'All')).toContain('Managed node groups: no');
  expect((await compared('windows, not managed node groups')).text).toContain(
    '| Managed node groups | ✓ | ✗ |',
  );
});

test('one need has no sum, and a wish is named as one', async () => {
  expect((await compared('windows')).table?.rows.map(({ isTotal }) => isTotal)).toEqual([false]);
  expect(await rowOf('windows, ideally spot', 'EC2 Spot Instances (nice to have)')).toHaveLength(5);
});

test('all of the table is said in words, what matters most first', async () => {
  const { table } = await compared('windows and spot');
  expect(table?.alt).toMatch(
    /^Node types against needs\. All that is needed: .*Windows containers: yes for Managed node groups, Self-managed nodes; no for EKS Auto Mode, AWS Fargate, EKS Hybrid Nodes\. EC2 Spot Instances: .*EKS Hybrid Nodes \(unverified\)\.$/,
  );
});

test('where nothing is to be compared there is no table', async () => {
  const ada = (await startWorld()).learner('ada');
  expect((await ada.pressesRaw('which-node/compare/t/')).table).toBeUndefined();
});
