import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { advise } from '../../src/advisor/advise.js';
import type { Facts } from '../../src/advisor/facts.js';
import { adviceText } from '../../src/advisor/text.js';
import { understandNeeds } from '../../src/advisor/understand.js';
import { shippedFacts } from './shipped.js';

let facts: Facts;

beforeAll(async () => {
  facts = await shippedFacts();
});

/** What a careful reader takes from a text; what is not given is expected to be empty. */
interface Reading {
  readonly needs?: string;
  readonly refused?: string;
  readonly wishes?: string;
  readonly named?: string;
  readonly excluded?: string;
  readonly preference?: string;
  readonly unknown?: string;
  /** Begins the question for a word that is too wide. */
  readonly asks?: string;
}

function read(text: string): Required<Reading> {
  const found = understandNeeds(facts, text);
  return {
    needs: [...found.needs].sort().join(' '),
    refused: [...found.refused].sort().join(' '),
    wishes: [...found.wishes].sort().join(' '),
    named: [...found.namedTypes].sort().join(' '),
    excluded: [...found.excludedTypes].sort().join(' '),
    preference: found.preference?.id ?? '',
    unknown: found.notUnderstood.join(' '),
    asks: found.wideWords.map(({ ask }) => ask.slice(0, 14)).join(' '),
  };
}

const NOTHING: Required<Reading> = {
  needs: '',
  refused: '',
  wishes: '',
  named: '',
  excluded: '',
  preference: '',
  unknown: '',
  asks: '',
};

function reads(cases: readonly (readonly [string, Reading])[]): void {
  it.each(cases)('%s', (text, reading) => {
    expect(read(text)).toEqual({ ...NOTHING, ...reading });
  });
}

describe('needs', () => {
  reads([
    ['windows', { needs: 'windows' }],
    ['windows and gpu', { needs: 'gpu windows' }],
    ['Windows + GPU', { needs: 'gpu windows' }],
    ['windows & gpu', { needs: 'gpu windows' }],
    ['gpu/windows', { needs: 'gpu windows' }],
    ['windows,gpu,spot', { needs: 'gpu spot windows' }],
    ['WINDOWS PODS WITH GPU ON OUTPOSTS', { needs: 'gpu outposts windows' }],
    ['Which node type supports Windows containers?', { needs: 'windows' }],
    ['what node types can I use for GPUs?', { needs: 'gpu' }],
    ['we need to run DaemonSets', { needs: 'daemonsets' }],
    ['I would like to use EC2 Spot Instances', { needs: 'spot' }],
    ['our workloads require EBS volumes and SSH access', { needs: 'ebs ssh' }],
    ['must support IPv6', { needs: 'ipv6' }],
    ['nodes with NVIDIA A100', { needs: 'gpu' }],
    ['CUDA workloads', { needs: 'gpu' }],
    ['Inf2 instances', { needs: 'inferentia' }],
    ['trn1', { needs: 'trainium' }],
    ['neuron chips', { needs: 'inferentia trainium' }],
    ['EFA', { needs: 'efa' }],
    ['kubelet flags and a custom CNI', { needs: 'custom-cni kubelet-args' }],
    ['Calico', { needs: 'custom-cni' }],
    ['network policies', { needs: 'network-policy' }],
    ['security groups for pods', { needs: 'pod-security-groups' }],
    ['pods in a public subnet behind an NLB', { needs: 'load-balancer public-subnet-pods' }],
    ['EKS Pod Identity on Linux', { needs: 'linux pod-identity' }],
    ['IMDS access from a pod', { needs: 'instance-metadata', unknown: 'access' }],
    ['privileged: true', { needs: 'privileged' }],
    ['docker-in-docker builds', { needs: 'privileged' }],
    ['hostPort 8080', { needs: 'host-network' }],
    ['Ubuntu nodes', { needs: 'other-linux-os' }],
    ['RHEL 9', { needs: 'other-linux-os' }],
    ['SELinux enforcing', { needs: 'selinux-enforcing' }],
    ['GovCloud with Graviton', { needs: 'govcloud graviton' }],
    ['dedicated hosts for licences', { needs: 'dedicated-hosts', asks: '' }],
    ['NetApp ONTAP', { needs: 'fsx-ontap' }],
    ['FSx for Lustre and EFA', { needs: 'efa fsx-lustre' }],
    ['ReadWriteMany volumes', { needs: 'efs' }],
    ['mount an S3 bucket', { needs: 's3-mountpoint' }],
    ['scale to zero', { needs: 'no-idle-capacity' }],
    ['pay per pod', { needs: 'pay-per-pod' }],
    ['nodes that run for months', { needs: 'long-lived-nodes' }],
    ['auto repair of unhealthy nodes', { needs: 'node-auto-repair' }],
    ['Capacity Blocks for H100', { needs: 'capacity-blocks gpu' }],
    ['each pod in its own VM', { needs: 'pod-vm-isolation' }],
    ['untrusted code, so hard multi-tenancy', { needs: 'pod-vm-isolation' }],
  ]);
});

describe('other words for a need', () => {
  reads([
    ['serverless', { needs: 'no-node-management' }],
    ['server-less', { needs: 'no-node-management' }],
    ['no servers to manage', { needs: 'no-node-management' }],
    ['fully managed', { needs: 'no-node-management' }],
    ['bring our own AMI', { needs: 'custom-ami' }],
    ['a golden image', { needs: 'custom-ami' }],
    ['bring our own ubuntu ami', { needs: 'custom-ami other-linux-os' }],
    ['graviton', { needs: 'graviton' }],
    ['arm64', { needs: 'arm' }],
    ['ARM-64 images', { needs: 'arm' }],
    ['aarch64', { needs: 'arm' }],
    ['daemon set', { needs: 'daemonsets' }],
    ['daemon-sets', { needs: 'daemonsets' }],
    ['spot', { needs: 'spot' }],
    ['on prem', { needs: 'on-premises' }],
    ['on-premise', { needs: 'on-premises' }],
    ['EKS on VMware', { needs: 'on-premises' }],
    ['pods w/ host network', { needs: 'host-network' }],
    ['onprem', { needs: 'on-premises' }],
    ['in our own data center', { needs: 'on-premises' }],
    ['on our own hardware', { needs: 'on-premises' }],
    ['air-gapped', { needs: 'air-gapped' }],
    ['airgapped site', { needs: 'air-gapped', unknown: 'site' }],
    ['disconnected', { needs: 'air-gapped' }],
    ['5G edge', { needs: 'wavelength' }],
    ['host networking', { needs: 'host-network' }],
    ['block storage', { needs: 'ebs' }],
    ['shared file system', { needs: 'efs' }],
    ['log into the node', { needs: 'ssh' }],
    ['AWS patches the OS', { needs: 'aws-patches-os' }],
    ['autoscaling', { needs: 'auto-scaling-built-in' }],
  ]);
});

describe('refusals', () => {
  reads([
    ['no gpu', { refused: 'gpu' }],
    ['without ssh', { refused: 'ssh' }],
    ['windows, no gpu', { needs: 'windows', refused: 'gpu' }],
    ['windows without gpu', { needs: 'windows', refused: 'gpu' }],
    ['windows w/o gpu', { needs: 'windows', refused: 'gpu' }],
    ["we don't need windows", { refused: 'windows' }],
    ['we don’t need windows', { refused: 'windows' }],
    ['no need for ebs', { refused: 'ebs' }],
    ['gpu is not needed', { refused: 'gpu' }],
    ['gpu is not needed, windows is', { needs: 'windows', refused: 'gpu' }],
    ['ssh is forbidden, efs is needed', { needs: 'efs', refused: 'ssh' }],
    ['no windows, gpu or ssh', { refused: 'gpu ssh windows' }],
    ['no windows, gpu, spot or ssh', { refused: 'gpu spot ssh windows' }],
    ['no windows, gpu or ssh. no arm, spot and efs', { needs: 'efs spot', refused: 'arm gpu ssh windows' }],
    ['no windows or gpu', { refused: 'gpu windows' }],
    ['neither windows nor gpu, but efs', { needs: 'efs', refused: 'gpu windows' }],
    ['no windows, gpu required', { needs: 'gpu', refused: 'windows' }],
    ['no windows but gpu', { needs: 'gpu', refused: 'windows' }],
    ['gpu: no, windows: yes', { needs: 'windows', refused: 'gpu' }],
    ['arm on spot, no ssh', { needs: 'arm spot', refused: 'ssh' }],
    ['gpu instead of inferentia', { needs: 'gpu', refused: 'inferentia' }],
    ['graviton rather than gpu', { needs: 'graviton', refused: 'gpu' }],
    ['not only windows but also gpu', { needs: 'gpu windows' }],
    ['not without ssh', { needs: 'ssh' }],
    ['cannot live without gpu', { needs: 'gpu' }],
    ['no problem with windows', { needs: 'windows' }],
    ["isn't there a serverless option with gpu?", { needs: 'gpu no-node-management' }],
    ['unable to use SSH', { refused: 'ssh' }],
    ["a Windows app, and we don't care about GPUs", { needs: 'windows', refused: 'gpu' }],
    ['we have no need for gpu but require graviton', { needs: 'graviton', refused: 'gpu' }],
    ['pods must not share a kernel', { needs: 'pod-vm-isolation' }],
    ['ebs (no efs) and gpu', { needs: 'ebs gpu', refused: 'efs' }],
    ['No GPU. Windows.', { needs: 'windows', refused: 'gpu' }],
  ]);
});

describe('work that people do not want', () => {
  reads([
    ['we do not want to patch', { needs: 'aws-patches-os' }],
    ["we don't want to patch the OS but need ssh", { needs: 'aws-patches-os ssh' }],
    ['never patch servers again', { needs: 'aws-patches-os' }],
    ["I don't want to manage any EC2 instances", { needs: 'no-node-management' }],
    ['without managing servers', { needs: 'no-node-management' }],
    ['no node management, with daemonsets', { needs: 'daemonsets no-node-management' }],
    ['we do not want to worry about nodes', { needs: 'no-node-management' }],
    ['you do not want to manage nodes and your pods need a GPU', { needs: 'gpu no-node-management' }],
    ['without an autoscaler to install', { needs: 'auto-scaling-built-in' }],
    ['no forced node recycling', { needs: 'long-lived-nodes' }],
    ["don't pay for idle nodes", { needs: 'no-idle-capacity' }],
    ['no shared kernel', { needs: 'pod-vm-isolation' }],
    ['no connection to AWS', { needs: 'air-gapped' }],
    ['we manage the nodes ourselves', { refused: 'no-node-management' }],
    ['we patch the OS ourselves; gpu', { needs: 'gpu', refused: 'aws-patches-os' }],
  ]);
});

describe('node types', () => {
  reads([
    ['can fargate run daemonsets?', { needs: 'daemonsets', named: 'fargate' }],
    ['hybrid nodes with ebs', { needs: 'ebs', named: 'hybrid' }],
    ['does auto mode support windows?', { needs: 'windows', named: 'auto-mode' }],
    ["can't fargate run gpu?", { needs: 'gpu', named: 'fargate' }],
    ["doesn't EKS Auto Mode support SSH?", { needs: 'ssh', named: 'auto-mode' }],
    ["why can't fargate run GPUs?", { needs: 'gpu', named: 'fargate' }],
    ['fargate does not support gpu, what does?', { needs: 'gpu', named: 'fargate' }],
    ['do I need a daemonset on fargate?', { needs: 'daemonsets', named: 'fargate' }],
    ['Fargate spot?', { needs: 'spot', named: 'fargate' }],
    ['hybrid on outposts', { needs: 'outposts', named: 'hybrid' }],
    ['must not use fargate', { excluded: 'fargate' }],
    ['MNG with custom AMI', { needs: 'custom-ami', named: 'managed-node-group' }],
    ['managed node groups on Outposts', { needs: 'outposts', named: 'managed-node-group' }],
    ['self-managed nodes with spot', { needs: 'spot', named: 'self-managed' }],
    ['fargate vs auto mode', { named: 'auto-mode fargate' }],
    ['windows but not fargate', { needs: 'windows', excluded: 'fargate' }],
    ['anything but fargate, with EFS', { needs: 'efs', excluded: 'fargate' }],
    ["we can't use fargate; arm", { needs: 'arm', excluded: 'fargate' }],
    ['no hybrid nodes, no auto mode, gpu', { needs: 'gpu', excluded: 'auto-mode hybrid' }],
  ]);
});

describe('wishes and preferences', () => {
  reads([
    ['cheapest for bursty jobs', { preference: 'bursty' }],
    ['cheapest for short batch jobs overnight', { preference: 'bursty' }],
    ['cheapest gpu', { needs: 'gpu', preference: 'cheapest' }],
    ['least work', { preference: 'least-work' }],
    ['the easiest way to run arm', { needs: 'arm', preference: 'least-work' }],
    ['full control and kubelet args', { needs: 'kubelet-args', preference: 'most-control' }],
    ['gpu, ideally spot', { needs: 'gpu', wishes: 'spot' }],
    ['gpu and ideally spot', { needs: 'gpu', wishes: 'spot' }],
    ['gpu, spot would be nice', { needs: 'gpu', wishes: 'spot' }],
    ['gpu, spot if possible', { needs: 'gpu', wishes: 'spot' }],
    ['preferably graviton but we need efs', { needs: 'efs', wishes: 'graviton' }],
  ]);
});

describe('numbers', () => {
  reads([
    ['a pod with 32 vCPU', { needs: 'big-pods' }],
    ['pods with 16 vcpu', {}],
    ['200GB of memory per pod', { needs: 'big-pods' }],
    ['64 GiB RAM', {}],
    ['1TB of memory', { needs: 'big-pods' }],
    ['500 GiB of scratch space', { needs: 'ephemeral-over-175', unknown: 'space' }],
    ['100 GB ephemeral disk', { asks: 'Which storage:' }],
    ['scratch space of 500 GiB', { needs: 'ephemeral-over-175', unknown: 'space' }],
    ['nvme', { unknown: 'nvme' }],
    ['nvme with gpu', { needs: 'gpu', unknown: 'nvme' }],
    ['200 GB nvme', { needs: 'ephemeral-over-175' }],
    ['100 pods per node', { unknown: '100 pods' }],
    ['pods per node: 110', { unknown: 'node 110' }],
    ['50 GB of images', { unknown: '50 GB' }],
    ['12 RHEL 9 nodes', { needs: 'other-linux-os' }],
    ['Kubernetes 1.31 with gpu', { needs: 'gpu' }],
  ]);
});

describe('slips of the pen', () => {
  reads([
    ['wndows', { needs: 'windows' }],
    ['windwos', { needs: 'windows' }],
    ['deamonsets', { needs: 'daemonsets' }],
    ['daemnsets on spto instances', { needs: 'daemonsets spot' }],
    ['kuberntes with privleged containers', { needs: 'privileged' }],
    ['fargate with efs', { needs: 'efs', named: 'fargate' }],
    ['bottlerockt', { needs: 'bottlerocket' }],
    ['gravitron', { needs: 'graviton' }],
    ['outpost', { needs: 'outposts' }],
    ['inferenta', { needs: 'inferentia' }],
  ]);

  it('are told to the reader', () => {
    expect(understandNeeds(facts, 'wndows').corrected).toEqual([{ typed: 'wndows', read: 'windows' }]);
  });

  it.each(
    'sport java python private house stop mouse loud cool mango trail rocket spout cloudy chip art'.split(
      ' ',
    ),
  )('are not read into another word: %s', (word) => {
    const { needs, wishes, refused } = understandNeeds(facts, word);
    expect([...needs, ...wishes, ...refused]).toEqual([]);
  });
});

describe('words that settle nothing', () => {
  reads([
    ['storage', { asks: 'Which storage:' }],
    ['storage on EBS', { needs: 'ebs' }],
    ['on-prem without internet', { needs: 'on-premises', asks: 'Can the nodes ' }],
    ['edge, close to users', { asks: 'Which place: a' }],
    ['machine learning', { asks: 'Which hardware' }],
    ['machine learning on GPUs', { needs: 'gpu' }],
    ['flux capacitor with gpu', { needs: 'gpu', unknown: 'flux capacitor' }],
    ['we are a team of 5 that runs Java apps', { unknown: 'Java' }],
    ['我们需要 GPU', { needs: 'gpu', unknown: '我们需要' }],
    ['what is the difference, and what matters?', {}],
    ['hardening', { asks: 'Which security' }],
    ['hello', {}],
    ['', {}],
  ]);
});

describe('hostile text', () => {
  it.each([
    ['10,000 letters', 'x'.repeat(10_000)],
    ['10,000 words', 'no gpu or '.repeat(1000)],
    ['characters of patterns', String.raw`.*+?^$ {} ()|[]\ (a+)+$ ((((((( [[[[ ]]] \d{1,9999}`],
    ['emoji', '🦄👩‍👩‍👧‍👦🏳️‍🌈 gpu 🚀'],
    ['names of object members', '__proto__ constructor toString hasOwnProperty prototype'],
    ['mentions and markup', '@everyone <@123> **bold** [x](javascript:alert(1)) <script>'],
    ['half a pair', '\ud83d gpu \udc00'],
    ['control characters', 'gpu\u0000\u0007\u202e windows'],
    ['very long numbers', `${'9'.repeat(3000)} vcpu`],
  ])('is answered: %s', (_, text) => {
    const answer = adviceText(facts, advise(facts, understandNeeds(facts, text)));
    expect(answer).not.toBe('');
    expect(answer).not.toContain('@everyone');
    expect(answer).not.toContain('](javascript');
    expect(answer).not.toContain('<script>');
  });

  it('is answered whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const advice = advise(facts, understandNeeds(facts, text));
        expect(adviceText(facts, advice)).not.toBe('');
      }),
    );
  });

  it.each([29, 39, 40])('is never cut within a character: %i letters before rare ones', (letters) => {
    const word = `${'a'.repeat(letters)}${'𐌰'.repeat(30)}`;
    const { notUnderstood, query } = understandNeeds(facts, `${word}. ${'gpu '.repeat(400)}`);
    expect(notUnderstood).toEqual([[...word].slice(0, 40).join('')]);
    expect(() => encodeURIComponent(query)).not.toThrow();
    expect(understandNeeds(facts, `${'a'.repeat(1999)}𐌰`).query).toBe('a'.repeat(1999));
  });

  it('is cut, and says so', () => {
    const advice = advise(facts, understandNeeds(facts, `gpu ${'and windows '.repeat(500)}`));
    expect(adviceText(facts, advice)).toContain('first 2,000 characters');
  });
});
