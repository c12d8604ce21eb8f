import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { advise } from '../../src/advisor/advise.js';
import { compareTypes, comparisonText } from '../../src/advisor/comparison.js';
import type { Facts } from '../../src/advisor/facts.js';
import { writeNeeds } from '../../src/advisor/rewrite.js';
import { adviceReasons, adviceText, shortAdvice } from '../../src/advisor/text.js';
import { understandNeeds } from '../../src/advisor/understand.js';
import { shippedFacts } from './shipped.js';

let facts: Facts;

beforeAll(async () => {
  facts = await shippedFacts();
});

const answer = (text: string) => adviceText(facts, advise(facts, understandNeeds(facts, text)));
const short = (text: string) => shortAdvice(facts, advise(facts, understandNeeds(facts, text)));
const why = (text: string) => adviceReasons(facts, advise(facts, understandNeeds(facts, text)));

it('says first what fits', () => {
  expect(answer('windows').split('\n')[0]).toBe(
    '**Managed node groups and Self-managed nodes** fit (best first for least work).',
  );
  expect(answer('windows and gpu').split('\n')[0]).toBe(
    'Only under conditions: **Managed node groups and Self-managed nodes**.',
  );
  expect(answer('on prem').split('\n')[0]).toBe('**EKS Hybrid Nodes** fit.');
  expect(answer('air-gapped').split('\n')[0]).toBe('**No node type fits** all of it.');
});

it('answers a question about one node type before anything else', () => {
  expect(answer('can fargate run daemonsets?')).toMatch(
    /^\*\*AWS Fargate: no\.\*\* Kubernetes DaemonSets: not supported\. Run the agent as a sidecar/,
  );
  expect(answer('can auto mode run daemonsets?')).toMatch(/^\*\*EKS Auto Mode: yes\.\*\*/);
  expect(answer('govcloud on fargate?')).toMatch(/^\*\*AWS Fargate: yes, under conditions\.\*\*/);
});

it('gives the page and its date for each refusal, and for each condition', () => {
  expect(why('windows and gpu')).toContain(
    '- **EKS Hybrid Nodes**: Windows containers: not supported. (Deploy Windows nodes on EKS clusters, read 2025-11-07)',
  );
  expect(why('windows and gpu')).toContain(
    '(Run GPU-accelerated containers (Windows on EC2 G-Series), read 2025-11-07)',
  );
});

it('marks a recommendation that no page confirms', () => {
  expect(why('privileged')).toContain('**Unconfirmed**\n');
  expect(why('privileged')).toContain(
    '- **EKS Hybrid Nodes**, Privileged containers: Not stated for hybrid nodes.',
  );
});

it('tells where pages disagree, and which one counts', () => {
  expect(why('local zones')).toContain(
    'Sources disagree on Nodes in an AWS Local Zone: The compute comparison table',
  );
});

it('names what could be dropped where nothing fits, and that types can be mixed', () => {
  const text = why('serverless with a custom ami');
  expect(text).toContain(
    '- Without “Your own machine image (custom AMI)”: **EKS Auto Mode and AWS Fargate**',
  );
  expect(text).toContain('One cluster can mix node types');
});

it('says how it read the text', () => {
  expect(short('wndows')).toContain('I read “wndows” as “windows”.');
  expect(short('gpu and a flux capacitor')).toContain(
    'I do not know “flux”, “capacitor”; the answer leaves this out.',
  );
  expect(short('windows, no gpu')).toContain('Not needed, so it decides nothing: GPU workloads (NVIDIA).');
  expect(short('gpu, ideally spot')).toContain('Nice to have: EC2 Spot Instances.');
  expect(short('ebs or efs')).toContain('You said “or”');
  expect(short('fargate or auto mode for gpu')).not.toContain('You said “or”');
});

it('explains node types, and how they differ, where no need is named', () => {
  expect(answer('fargate')).toContain('AWS Fargate does not support: ');
  expect(answer('fargate vs auto mode')).toContain(
    '- GPU workloads (NVIDIA): AWS Fargate **no**, EKS Auto Mode **yes**',
  );
});

it('says of a product that is no node type what it is', () => {
  expect(answer('EKS Anywhere')).toContain('**Amazon EKS Anywhere**: A separate product');
  expect(answer('karpenter with spot')).toContain('Karpenter is no node type: An autoscaler');
});

it('gives what is known of cost with a preference for it, with its pages', () => {
  expect(answer('cheapest for bursty jobs')).toContain('three models avoid paying for idle servers');
  expect(answer('cheapest with spot')).toContain('Spot Instances are offered at up to 90 percent off');
});

it('repeats no markup of the asker', () => {
  const text = answer('**gpu** [click](https://evil.example) `code` <@1> @everyone _x_');
  expect(text).not.toMatch(/\]\(http|<@|@everyone|`code`/);
});

it('compares the types need by need, best first, with a column for what holds only together', () => {
  const compare = (text: string) =>
    comparisonText(compareTypes(facts, advise(facts, understandNeeds(facts, text))));
  expect(compare('trainium and local zones')).toContain(
    [
      '| Node type | A | B | All |',
      '| --- | --- | --- | --- |',
      '| Managed node groups | ✓ | ✓ | ✓ |',
      '| Self-managed nodes | ✓ | ✓ | ✓ |',
      '| EKS Auto Mode | ✓ | ◐ | ◐ |',
      '| AWS Fargate | ✗? | ✗ | ✗ |',
      '| EKS Hybrid Nodes | ✗? | ✗ | ✗ |',
    ].join('\n'),
  );
  expect(compare('trainium, ideally spot')).toContain('- **B** EC2 Spot Instances (nice to have)');
  const all = compare([...facts.capabilities.keys()].join(', '));
  expect(all).toContain('38 more needs are not listed here');
});

it('keeps the short answer short, however much is asked', () => {
  const all = short([...facts.capabilities.keys()].join(', '));
  const beside = all.split('\n').filter((line) => !line.startsWith('Needed: '));
  expect(beside.length).toBeLessThan(12);
  expect(beside.join('\n').length).toBeLessThan(1500);
});

it('says in short what decides: the conditions, what rules out the others, and what is unconfirmed', () => {
  expect(short('windows and gpu')).toContain(
    '- Managed node groups and Self-managed nodes: Windows containers; GPU workloads (NVIDIA): Only with a third-party DirectX plugin',
  );
  expect(short('windows and gpu')).toContain(
    '- Out: EKS Auto Mode, AWS Fargate and EKS Hybrid Nodes - Windows containers',
  );
  expect(short('trainium')).toContain(
    '- Out: AWS Fargate and EKS Hybrid Nodes - AWS Trainium chips (unconfirmed)',
  );
  expect(short('privileged')).toContain(
    '- No page says so outright: Privileged containers on EKS Auto Mode, Managed node groups, Self-managed nodes and EKS Hybrid Nodes',
  );
});

it('says of what would fit without a need whether it would only under conditions', () => {
  expect(short('windows, gpu and spot on outposts')).toContain(
    '- Without “EC2 Spot Instances”: under conditions **Self-managed nodes**',
  );
  const some = short('no servers to manage, selinux enforcing and on prem');
  expect(some).toMatch(/^- Without “[^”]+”: \*\*[^*]+\*\*/m);
});

it('says who is out before it says why, in words that stay apart', () => {
  expect(short('gpu, not hybrid')).toContain('- Out: EKS Hybrid Nodes - you ruled it out');
  expect(short('kata')).toContain(
    'EKS Hybrid Nodes - Each Pod in its own virtual machine: no kernel shared with other Pods',
  );
});

it('gives a reason once, whether pages confirm it for all types or for some', () => {
  const all = [...facts.capabilities.values()].filter(({ support }) => {
    const out = [...support.values()].filter((cell) => cell.support === 'no');
    const doubted = out.filter(({ unverified }) => unverified !== undefined);
    return doubted.length > 0 && doubted.length < out.length;
  });
  expect(all.length).toBeGreaterThan(0);
  for (const { id, label } of all) {
    const lines = short(id)
      .split('\n')
      .filter((line) => line.startsWith('- Out: '));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/\(unconfirmed\).* - /);
    expect(lines[0]?.endsWith(` - ${label}`)).toBe(true);
  }
});

it('says that wishes rank before the preference', () => {
  expect(short('gpu, ideally spot')).toContain('(best first for what is nice to have, then least work)');
});

it('agrees with the name of a type that is a plural', () => {
  expect(answer('kubelet args, not hybrid')).toContain('**Self-managed nodes** fit');
  expect(answer('pay per pod')).toContain('**AWS Fargate** fits');
});

it('does not speak of the others where nothing fits', () => {
  expect(why('air-gapped')).toMatch(/^\*\*Why none fits\*\*/);
});

it('tells costs only of the types that are still in, and of which type they are', () => {
  const costs = why('cheapest for gpu, not hybrid');
  expect(costs).toContain('- **Managed node groups**: EC2 instance prices');
  expect(costs).not.toContain('- **AWS Fargate**: Per Pod');
  expect(costs).not.toContain('- **EKS Hybrid Nodes**: A fee');
});

it('says which of two preferences decides', () => {
  expect(short('cheap but also most control')).toContain(
    'You also want most control, but the order goes by lowest cost.',
  );
  expect(short('cheap, and cheap again')).not.toContain('You also want');
  expect(short('cheap storage, most control')).not.toContain('the order goes');
});

it('speaks of an “or” only where needs stand on both sides of it', () => {
  const said = 'You said “or”';
  for (const text of ['gvisor or kata', 'gpu, gvisor or kata', 'kata or gvisor, with gpu'])
    expect(short(text)).not.toContain(said);
  for (const text of ['gpu or kata', 'ebs, efs, or kata', 'gpu frobnicators or kata'])
    expect(short(text)).toContain(said);
});

describe('needs written anew', () => {
  it('are read as the same needs, wishes, node types and preference', () => {
    const ids = [...facts.capabilities.keys()];
    const types = facts.nodeTypes.map(({ id }) => id);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(ids, { maxLength: 12 }),
        fc.shuffledSubarray(types, { maxLength: 3 }),
        fc.nat({ max: 12 }),
        fc.nat({ max: 3 }),
        fc.option(fc.constantFrom(...facts.preferences), { nil: undefined }),
        (some, named, wishesFrom, excludedFrom, preference) => {
          const asked = {
            needs: some.slice(0, wishesFrom),
            wishes: some.slice(wishesFrom),
            namedTypes: named.slice(0, excludedFrom),
            excludedTypes: named.slice(excludedFrom),
            preference,
          };
          expect(understandNeeds(facts, writeNeeds(asked))).toMatchObject({ ...asked, notUnderstood: [] });
        },
      ),
      { numRuns: 300 },
    );
  });
});
