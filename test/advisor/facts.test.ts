import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { advise } from '../../src/advisor/advise.js';
import { loadFacts } from '../../src/advisor/facts.js';
import { answeredScenarios } from '../../src/advisor/scenarios.js';
import { understandNeeds } from '../../src/advisor/understand.js';

const NOW = new Date('2026-03-01T00:00:00Z');

const SMALL = `nodeTypes:
  - { id: big, name: Big nodes, what: Large machines., source: page }
  - { id: small, name: Small nodes, what: Little machines., source: page }
capabilities:
  - id: heat
    group: hardware
    label: Warm rooms
    support:
      big: { support: yes, source: page }
      small: { support: no, source: page }
  - id: quiet
    group: hardware
    label: No noise
    support:
      big: { support: limited, condition: At night., source: page }
      small: { support: yes, source: page }
sources:
  page: { title: A page, url: 'https://example.com/a', read: 2026-01-10 }
`;

/** A content folder with these files of facts. */
async function folder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'eks-facts-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await mkdir(join(dir, 'node-types'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, 'node-types', name), text);
  return dir;
}

async function problemsOf(
  text: string | Uint8Array,
  more: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const { problems } = await loadFacts(await folder({ 'facts.yaml': text, ...more }), NOW);
  return problems.map(({ severity, note, line, message }) => `${severity} ${note}:${line} ${message}`);
}

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length;
}

describe('the shipped facts', () => {
  it('are whole, and complain of nothing but pages read long ago', async () => {
    const { facts, problems } = await loadFacts('content', new Date('2026-11-22T00:00:00Z'));
    expect(facts?.nodeTypes).toHaveLength(5);
    expect(facts?.capabilities.size).toBe(50);
    expect(facts?.combinations).toHaveLength(25);
    expect(facts?.duties).toHaveLength(8);
    expect(facts?.statements.size).toBe(24);
    expect(facts?.lookalikes).toHaveLength(5);
    expect(facts?.sources.size).toBe(75);
    for (const { severity, message } of problems) {
      expect(severity).toBe('warning');
      expect(message).toContain('more than a year ago');
    }
  });

  it('name a date for every page but undated copies', async () => {
    const { facts } = await loadFacts('content', NOW);
    const undated = [...(facts?.sources.values() ?? [])].filter(({ read }) => read === 'undated');
    expect(undated.map(({ note }) => note)).toEqual(
      undated.map(() => expect.stringContaining('without a date')),
    );
  });
});

describe('a folder', () => {
  it('without facts has no facts and no problems', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'eks-facts-'));
    onTestFinished(() => rm(dir, { recursive: true, force: true }));
    expect(await loadFacts(dir, NOW)).toEqual({ facts: undefined, problems: [] });
    expect(await loadFacts(join(dir, 'missing'), NOW)).toEqual({ facts: undefined, problems: [] });
  });

  it('with whole facts loads without problems', async () => {
    expect(await problemsOf(SMALL)).toEqual([]);
  });

  it('may spread its facts over files', async () => {
    const [types = '', rest = ''] = SMALL.split(/(?=capabilities:)/);
    expect(await problemsOf(types, { 'more.yml': rest })).toEqual([]);
  });
});

describe('a problem names its file and line', () => {
  /** `old` is replaced by `text`; the problem is expected on the line of `at` in the new text. */
  const broken: readonly (readonly [string, string, string, string, string])[] = [
    [
      'a node type that is not there',
      'small: { support: no',
      'smal: { support: no',
      'smal:',
      'unknown node type "smal"; known: big, small',
    ],
    [
      'a hole in the table',
      '      small: { support: no, source: page }\n',
      '',
      'support:\n      big',
      'capability "heat" has no cell for the node type "small"',
    ],
    [
      'a source that is not there',
      'no, source: page',
      'no, source: pge',
      'source: pge',
      'unknown source "pge"',
    ],
    [
      'a cell without source',
      '{ support: no, source: page }',
      '{ support: no }',
      '{ support: no }',
      'capabilities "heat", support, small: "source" is missing',
    ],
    [
      'a verdict that is none',
      'support: limited',
      'support: partly',
      'support: partly',
      'must be yes, limited, no',
    ],
    [
      'an id twice',
      'id: quiet',
      'id: heat',
      'id: heat\n    group: hardware\n    label: No noise',
      'the capability "heat" stands already at node-types/facts.yaml:5',
    ],
    [
      'a key that nobody reads',
      'label: Warm rooms',
      'label: Warm rooms\n    lable: x',
      'lable',
      'unknown key "lable"',
    ],
    ['a date that is none', 'read: 2026-01-10', 'read: last week', 'read: last', 'write the date as 2026'],
    ['an address that is none', 'https://example.com/a', 'javascript:1', 'javascript:1', 'url'],
    ['an id in capitals', 'id: quiet', 'id: Quiet', 'id: Quiet', 'lower-case'],
    [
      'two node types of one name',
      'name: Small nodes',
      'name: big  Nodes',
      'id: small, name',
      'the node type "big" has this name already, at node-types/facts.yaml:2',
    ],
    [
      'a page that is not read',
      '\nsources:',
      '\noperations: []\nsource:',
      'source:\n',
      'unknown key "source"',
    ],
  ];

  it.each(broken)('%s', async (_, old, text, at, message) => {
    const source = SMALL.replace(old, text);
    expect(source).not.toBe(SMALL);
    const found = await problemsOf(source);
    expect(found).toContainEqual(
      expect.stringContaining(`error node-types/facts.yaml:${lineOf(source, at)} `),
    );
    expect(found.join('\n')).toContain(message);
  });

  const rules: readonly (readonly [string, string, number, string])[] = [
    [
      'rules that contradict each other',
      `combinations:
  - { needs: [heat, quiet], verdict: no, reason: One., source: page }
  - { needs: [quiet, heat], verdict: limited, types: [big], reason: Two., source: page }
`,
      3,
      'quiet + heat is "limited" here and "no" at node-types/rules.yaml:2: keep one',
    ],
    [
      'a rule that stands twice',
      `combinations:
  - { needs: [heat, quiet], verdict: no, reason: One., source: page }
  - { needs: [heat, quiet], verdict: no, reason: One., source: page }
`,
      3,
      'heat + quiet stands already at node-types/rules.yaml:2',
    ],
    [
      'a rule about an unknown need',
      'combinations:\n  - needs: [heat,\n      loud]\n    verdict: no\n    reason: One.\n    source: page\n',
      3,
      'unknown capability "loud"',
    ],
    [
      'a rule with one need',
      'combinations:\n  - { needs: [heat], verdict: no, reason: One., source: page }\n',
      2,
      'a combination takes two needs or more',
    ],
    [
      'a duty without an answer',
      'operations:\n  - id: who\n    question: Who?\n    answers: { big: You. }\n    sources: [page]\n',
      4,
      'no answer for the node type "small"',
    ],
    [
      'a preference for an unknown type',
      'preferences:\n  - { id: best, label: best, order: [huge] }\n',
      2,
      'unknown node type "huge"',
    ],
    ['YAML that is none', 'costs:\n  - id: [a\n', 3, 'This is no valid YAML'],
    ['a cost without source', 'costs:\n  - id: fee\n    fact: Costs.\n', 2, '"sources" is missing'],
  ];

  it.each(rules)('%s', async (_, text, line, message) => {
    const found = await problemsOf(SMALL, { 'rules.yaml': text });
    expect(found).toEqual([expect.stringContaining(`error node-types/rules.yaml:${line} `)]);
    expect(found[0]).toContain(message);
  });

  it.each([
    ['bytes that are no text', new Uint8Array([0x66, 0xff, 0xfe, 0x00]), 'not UTF-8'],
    [
      'aliases without end',
      `a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n`,
      'cannot be used',
    ],
    ['a bare word', 'hello', 'expected object'],
  ])('%s', async (_, text, message) => {
    const found = await problemsOf(text);
    expect(found).toEqual([expect.stringContaining('error node-types/facts.yaml:1 ')]);
    expect(found[0]).toContain(message);
  });

  it('an empty folder of facts', async () => {
    expect((await problemsOf('')).join('\n')).toContain('no node types');
  });
});

describe('age', () => {
  it.each([
    ['2025-02-28', 1],
    ['2025-03-02', 0],
    ['2024', 1],
    ["'2026'", 0],
    ['2025-02', 1],
    ['undated', 0],
  ])('a page read %s gives %d warnings on 2026-03-01', async (read, count) => {
    const text = SMALL.replace('2026-01-10', read);
    const found = await problemsOf(text);
    expect(found).toHaveLength(count);
    for (const problem of found) {
      expect(problem).toContain(
        `warning node-types/facts.yaml:${lineOf(text, 'page: {')} This page was last read on`,
      );
    }
  });
});

describe('a team adds without touching code', () => {
  it('a node type of its own, like a known one but for some cells', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'eks-facts-'));
    onTestFinished(() => rm(dir, { recursive: true, force: true }));
    await cp('content/node-types', join(dir, 'node-types'), { recursive: true });
    await writeFile(
      join(dir, 'node-types', 'karpenter.yaml'),
      `nodeTypes:
  - id: karpenter-pool
    name: Karpenter pools
    what: EC2 nodes that our Karpenter launches.
    source: wiki
    like: self-managed
    support:
      gpu: { support: no, condition: Our pools have none., source: wiki }
sources:
  wiki: { title: Platform wiki, url: 'https://wiki.example.com/karpenter', read: 2026-02-01 }
`,
    );
    const { facts, problems } = await loadFacts(dir, NOW);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (facts === undefined) throw new Error('no facts');
    const windows = advise(facts, understandNeeds(facts, 'windows'));
    expect(windows.suitable).toContain('karpenter-pool');
    const both = advise(facts, understandNeeds(facts, 'windows and gpu'));
    expect(both.ruledOut['karpenter-pool']).toEqual([
      'GPU workloads (NVIDIA): not supported. Our pools have none. (Platform wiki, read 2026-02-01)',
    ]);
    const outposts = advise(facts, understandNeeds(facts, 'windows on outposts'));
    expect(outposts.conditional['karpenter-pool']).toEqual(outposts.conditional['self-managed']);
  });

  it('Karpenter pools and a private cloud, with a need and a scenario of their own', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'eks-facts-'));
    onTestFinished(() => rm(dir, { recursive: true, force: true }));
    await cp('content/node-types', join(dir, 'node-types'), { recursive: true });
    const cells = ['self-managed', 'managed-node-group', 'fargate', 'auto-mode', 'hybrid', 'karpenter-pool'];
    const team = `nodeTypes:
  - { id: karpenter-pool, name: Karpenter pools, what: EC2 nodes of ours., source: wiki, like: self-managed }
  - { id: private-cloud, name: Private cloud, alsoCalled: [OpenStack], what: Our halls., source: wiki, like: hybrid }
capabilities:
  - id: data-residency
    group: law
    label: Data stays in our halls
    alsoCalled: [data residency, sovereign]
    support:
${cells.map((id) => `      ${id}: { support: no, source: wiki }\n`).join('')}      private-cloud: { support: yes, source: wiki }
scenarios:
  - { id: our-halls, ask: The data must stay in our halls., needs: [data-residency] }
sources:
  wiki: { title: Platform wiki, url: 'https://wiki.example.com/a', read: 2026-02-01 }
`;
    await writeFile(join(dir, 'node-types', 'team.yaml'), team);
    const { facts, problems } = await loadFacts(dir, NOW);
    if (facts === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
    const advice = advise(facts, understandNeeds(facts, 'data residency and daemonsets'));
    expect(advice.suitable).toEqual(['private-cloud']);
    expect(Object.keys(advice.ruledOut)).toHaveLength(6);
    const named = understandNeeds(facts, 'can openstack run gpu? or karpenter pools?');
    expect(named.namedTypes).toEqual(['private-cloud', 'karpenter-pool']);
    expect(answeredScenarios(facts).find(({ scenario }) => scenario.id === 'our-halls')).toMatchObject({
      answer: 'Private cloud',
      wrong: expect.arrayContaining(['Karpenter pools']),
    });
    // What one type fits with AWS alone, two fit where another is like it: those are no questions any more.
    const silent = problems.filter(({ message }) => message.includes('is not asked'));
    expect(silent.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('the scenario "outposts" is not asked: self-managed, karpenter-pool fit'),
    );
    expect(silent.every(({ severity, line }) => severity === 'warning' && line > 1)).toBe(true);
  });

  it('a need of its own, with its own words', async () => {
    const words = `    alsoCalled: [hush]\n    freeOf: [noise]\n`;
    const dir = await folder({
      'facts.yaml': SMALL.replace('    label: No noise\n', `    label: No noise\n${words}`),
    });
    const { facts } = await loadFacts(dir, NOW);
    if (facts === undefined) throw new Error('no facts');
    expect(understandNeeds(facts, 'hush please').needs).toEqual(['quiet']);
    expect(understandNeeds(facts, 'without noise').needs).toEqual(['quiet']);
  });
});

it('every name of a need is understood as that need', async () => {
  const { facts } = await loadFacts('content', NOW);
  if (facts === undefined) throw new Error('no facts');
  for (const { id, label, alsoCalled } of facts.capabilities.values()) {
    for (const name of [id, label, ...alsoCalled]) {
      expect({ name, needs: understandNeeds(facts, `we need ${name}`).needs }).toEqual({
        name,
        needs: expect.arrayContaining([id]),
      });
    }
  }
});

it('every freeOf of a need is understood as that need when refused', async () => {
  const { facts } = await loadFacts('content', NOW);
  if (facts === undefined) throw new Error('no facts');
  for (const { id, freeOf, work } of facts.capabilities.values()) {
    for (const name of [...freeOf, ...work]) {
      expect({ name, needs: understandNeeds(facts, `without ${name}`).needs }).toEqual({ name, needs: [id] });
    }
  }
});

it('the shipped files are read as they stand, line ends of Windows and a byte order mark included', async () => {
  const text = await readFile('content/node-types/pods.yaml', 'utf8');
  const dir = await mkdtemp(join(tmpdir(), 'eks-facts-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await cp('content/node-types', join(dir, 'node-types'), { recursive: true });
  await writeFile(join(dir, 'node-types', 'pods.yaml'), `\ufeff${text.replaceAll('\n', '\r\n')}`);
  const { facts } = await loadFacts(dir, NOW);
  expect(facts?.capabilities.size).toBe(50);
});
