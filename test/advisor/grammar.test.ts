import { beforeAll, describe, expect, it } from 'vitest';
import { waysToWrite } from '../../src/advisor/alternatives.js';
import type { Facts } from '../../src/advisor/facts.js';
import { understandNeeds } from '../../src/advisor/understand.js';
import { shippedFacts } from './shipped.js';

let facts: Facts;

beforeAll(async () => {
  facts = await shippedFacts();
});

/** 'n:' needs, 'r:' refused, 'w:' wished, 't:' node types named, 'x:' node types ruled out. */
function read(text: string): string {
  const { needs, refused, wishes, namedTypes, excludedTypes, contradictions } = understandNeeds(facts, text);
  expect(contradictions).toEqual([]);
  const parts = { n: needs, r: refused, w: wishes, t: namedTypes, x: excludedTypes };
  return Object.entries(parts)
    .filter(([, ids]) => ids.length > 0)
    .map(([key, ids]) => `${key}: ${[...ids].sort().join(' ')}`)
    .join(' ');
}

function reads(cases: readonly (readonly [string, string])[]): void {
  it.each(cases)('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
}

describe('who does the work', () => {
  reads([
    ['Amazon should take care of OS updates; we need EBS', 'n: aws-patches-os ebs'],
    ['let AWS look after the servers, windows too', 'n: no-node-management windows'],
    ['hand the patching over to AWS, keep ssh', 'n: aws-patches-os ssh'],
    ['patching is a job of ours', 'r: aws-patches-os'],
    ['we do not want AWS to patch our nodes', 'r: aws-patches-os'],
    ['our ops team patches the nodes', 'r: aws-patches-os'],
    ['AWS must not replace our nodes', 'n: long-lived-nodes'],
    ['patching should not be our job, but GPU is a must', 'n: aws-patches-os gpu'],
    ['server stuff must be someone else’s problem', 'n: no-node-management'],
    ['replacing dead ones should be automatic', 'n: node-auto-repair'],
    ['we have no problem patching the servers, but SSH is needed', 'n: ssh r: aws-patches-os'],
    ['we do not care whether nodes get replaced', 'r: long-lived-nodes'],
    ['too few people to manage nodes; windows pods', 'n: no-node-management windows'],
    ['node upgrades are a pain; GPU', 'n: aws-patches-os gpu'],
    ['serverless, though we run nodes elsewhere today', 'n: no-node-management'],
  ]);
});

describe('words of a name that stand apart', () => {
  reads([
    ['machines that nobody has to look after', 'n: no-node-management'],
    ['no drained hosts: nodes must not be rebooted under us', 'n: long-lived-nodes'],
    ['we do not want to manage GPU servers', 'n: gpu no-node-management'],
    ['our own slim corporate AMI', 'n: custom-ami'],
    ['a CNI of our own', 'n: custom-cni'],
    ['pods that we run on nodes with arm', 'n: arm'],
  ]);
});

describe('what a "no" is about', () => {
  reads([
    ['is it right that managed node groups cannot go on Wavelength?', 'n: wavelength t: managed-node-group'],
    ['Auto Mode still does not mount ONTAP volumes', 'n: fsx-ontap t: auto-mode'],
    ['windows but fargate is not allowed', 'n: windows x: fargate'],
    ['can we not use spot on self-managed nodes?', 'n: spot t: self-managed'],
    ['no downtime with EBS', 'n: ebs'],
    ['prevent data loss with EBS', 'n: ebs'],
    ['prevent pods from sharing a kernel', 'n: pod-vm-isolation'],
    ['it is forbidden to share a kernel, arm', 'n: arm pod-vm-isolation'],
    ['no ssh on gpu nodes', 'n: gpu r: ssh'],
    ['spot cannot be used for the windows pods', 'n: windows r: spot'],
    ['anything besides hybrid for our own rack?', 'n: on-premises x: hybrid'],
    ['non-windows, gpu', 'n: gpu r: windows'],
    ['zero idle cost and efs', 'n: efs no-idle-capacity'],
    ['we cannot give up ssh', 'n: ssh'],
    ['do not forget efa', 'n: efa'],
    ['there is no way around windows', 'n: windows'],
    ['GPU is not optional', 'n: gpu'],
    ['not all pods need a gpu', 'n: gpu'],
    ['IPv6 is not on the table', 'r: ipv6'],
    ['bottlerocket is out of scope', 'r: bottlerocket'],
    ['SSH? No. Trainium? Yes.', 'n: trainium r: ssh'],
    ['arm where possible', 'w: arm'],
  ]);
});

describe('questions about a node type', () => {
  reads([
    ['does Fargate bill for idle servers?', 'n: no-idle-capacity t: fargate'],
    ['must I patch the OS on managed node groups?', 'n: aws-patches-os t: managed-node-group'],
  ]);
});

describe('slips of the pen', () => {
  reads([
    ['SQL Server databases', ''],
    ['ipv4 only', ''],
    ['spott', 'n: spot'],
    ['on premisses', 'n: on-premises'],
    ['auto scalling', 'n: auto-scaling-built-in'],
  ]);
});

describe('a span of time', () => {
  reads([
    ['nodes stay up for six months', 'n: long-lived-nodes'],
    ['nodes that stay up for 14 days', ''],
    ['logs are kept for six months', ''],
  ]);
});

describe('a name with alternatives', () => {
  const lists = new Map([['a-machine', ['node', 'server']]]);

  it('stands for each of them', () => {
    expect(waysToWrite('(patch/update) the (a-machine)', lists)).toEqual([
      'patch the node',
      'patch the server',
      'update the node',
      'update the server',
    ]);
    expect(waysToWrite('(spare/) capacity', lists)).toEqual(['spare capacity', 'capacity']);
    expect(waysToWrite('(a-machine/fleet) care', lists)).toEqual(['node care', 'server care', 'fleet care']);
  });

  it('keeps other parentheses, and does not grow without end', () => {
    expect(waysToWrite('capacity (any)', lists)).toEqual(['capacity (any)']);
    const endless = '(a/b/c/d/e/f/g/h/i/j)'.repeat(9);
    expect(waysToWrite(endless, lists)).toEqual([endless]);
  });
});
