import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeLibrary, readNote } from '../../../src/notes/library.js';
import { makeLookup } from '../../../src/notes/lookup/lookup.js';

const eks = readFileSync(new URL('../reading/eks-notes.md', import.meta.url), 'utf8');
const index = makeLookup(makeLibrary([readNote('eks.md', eks)]).concepts);

// Another subject and another habit of writing, so that nothing fits one file only.
const queues = `# Messaging
## SQS - Simple Queue Service
- **Visibility timeout**: hides a message from other consumers while one works on it
- **Dead-letter queue (DLQ)**: collects messages that failed too often
- Queue types:
    - Standard: delivers at least once, without a promise of order
    - FIFO: delivers exactly once and keeps the order
- **Long polling**: waits for messages to arrive, which saves empty calls
## S3
- Storage classes:
    - Standard: for data that is read often
    - Glacier: archives that may take hours to fetch
- **Versioning**: keeps every copy of an object
# 网络
- 负载均衡器：把流量分配到多台服务器
- 防火墙：阻止不安全的连接
`;
const other = makeLookup(makeLibrary([readNote('messaging.md', queues)]).concepts);

const spelled = makeLookup(
  makeLibrary([
    readNote(
      'spelled.md',
      `# Optics
- Optics has the following parts:
    - Lens: bends light
    - Polarizing filter: takes reflections off water
        - It is made by the workshop
    - Colour organiser: sorts inks
        - It is fast and has no handle
    - Prime lens: a quick piece of glass
# Vault types
- Vault types can be the following two:
    - Vault (strongroom): keeps gold
    - Chest (default): keeps linen
# Network
- Throughput: bits sent each second
- Router: sends packets on
    - It may set Explicit Congestion Notification (ECN) in a packet
`,
    ),
  ]).concepts,
);

function answer(query: string, from = index): readonly string[] {
  return from.lookup(query).concepts.map((concept) => concept.term);
}

describe('lookup by name', () => {
  it.each([
    ['etcd', 'etcd'],
    ['ETCD', 'etcd'],
    ['  etcd  ', 'etcd'],
    ['what is etcd?', 'etcd'],
    ['explain the kubelet please', 'kubelet'],
    ['pod', 'Pods'],
    ['a pod', 'Pods'],
    ['kube scheduler', 'kube-scheduler'],
    ['kubescheduler', 'kube-scheduler'],
    ['kubernetes scheduler', 'kube-scheduler'],
    ['self-managed nodes', 'Self managed'],
    ['control-plane', 'Cluster Control Plane'],
  ])('finds %j whatever its case, number, hyphens and frame', (query, term) => {
    expect(answer(query)).toEqual([term]);
  });

  it.each([
    ['k8s', 'Kubernetes'],
    ['elastic kubernetes service', 'EKS'],
    ['what does EKS stand for', 'EKS'],
    ['PVs', 'Persistent Storage'],
    ['persistent volumes', 'Persistent Storage'],
    ['kcm', 'kube-controller-manager'],
  ])('finds %j by acronym and expansion, the common ones too', (query, term) => {
    expect(answer(query)).toEqual([term]);
  });

  it.each([
    ['ectd', 'etcd'],
    ['kuberentes', 'Kubernetes'],
    ['kublet', 'kubelet'],
    ['faragte', 'Fargate'],
    ['kube-shceduler', 'kube-scheduler'],
    ['cloud controler manager', 'cloud-controller-manager'],
    ['node controler', 'Node Controller'],
    ['eks anywere', 'EKS Anywhere'],
  ])('forgives the slips in %j', (query, term) => {
    expect(answer(query)).toEqual([term]);
  });

  it.each([
    ['scheduler', 'kube-scheduler'],
    ['api server', 'kube-apiserver'],
    ['distro', 'EKS Distro'],
    ['ingress controllers', 'Ingress Controller'],
    ['token controller', 'Service Account and Token Controllers'],
  ])('finds %j by the words of a longer name', (query, term) => {
    expect(answer(query)).toEqual([term]);
  });

  it('finds a name that the brackets of a definition give as an example', () => {
    expect(answer('LB')).toEqual(['Ingress Controller']);
    expect(answer('load balancers')).toEqual(['Ingress Controller']);
    expect(answer('ALB')).toEqual(['Ingress Controller']);
    expect(answer('IAM')).toEqual([]);
  });

  it('finds a short form that a line spells out', () => {
    expect(answer('ECN', spelled)).toEqual(['Router']);
    expect(answer('explicit congestion notification', spelled)).toEqual(['Router']);
  });

  it('finds a name in brackets behind a name, but not a remark there', () => {
    expect(answer('strongroom', spelled)).toEqual(['Vault']);
    expect(answer('default', spelled)).toEqual([]);
  });

  it('finds a name in the other spelling of English', () => {
    expect(answer('color organizer', spelled)).toEqual(['Colour organiser']);
    expect(answer('colour organiser', spelled)).toEqual(['Colour organiser']);
  });

  it('finds a name by another form of a word of it', () => {
    expect(answer('polarizer', spelled)).toEqual(['Polarizing filter']);
  });

  it('takes a thing in a group for the thing, though the group lists it', () => {
    expect(answer('EKS anywhere')).toEqual(['EKS Anywhere']);
    expect(answer('optics lens', spelled)).toEqual(['Lens']);
  });

  it('finds names of a script without spaces, alone and inside a question', () => {
    expect(answer('负载均衡器', other)).toEqual(['负载均衡器']);
    expect(answer('什么是防火墙？', other)).toEqual(['防火墙']);
    expect(answer('虚拟机', other)).toEqual([]);
  });
});

describe('lookup by meaning', () => {
  it.each([
    ['what stores cluster state?', 'etcd'],
    ['key/value store', 'etcd'],
    ['network proxy', 'kube-proxy'],
    ['who assigns pods to nodes?', 'kube-scheduler'],
    ['who schedules pods on nodes', 'kube-scheduler'],
    ['who asigns pods to nodes?', 'kube-scheduler'],
    ['what exposes a service to the outside', 'Ingress'],
    ['which controller responds to node outages', 'Node Controller'],
    ['volumes that outlive a pod', 'Persistent Storage'],
    ['how many containers can a pod have', 'Pods'],
    ['container orchestration', 'Kubernetes'],
    ['which node type does not need scaling', 'Fargate'],
  ])('answers %j in the words of the notes', (query, term) => {
    expect(answer(query)).toEqual([term]);
  });

  it.each([
    ['what collects failed messages', 'Dead-letter queue'],
    ['which queue keeps the order', 'FIFO'],
    ['what hides a message from other consumers', 'Visibility timeout'],
    ['where do archives go that take hours', 'Glacier'],
  ])('answers %j from notes on another subject', (query, term) => {
    expect(answer(query, other)).toEqual([term]);
  });
});

describe('lookup by the way of asking', () => {
  it.each([
    ['who makes the polarizing filter?', 'Polarizing filter'],
    ['does the colour organiser have a handle?', 'Colour organiser'],
    ['which item sends packets?', 'Router'],
    ['what was kept by the vault?', 'Vault'],
    ['which lens is faster?', 'Prime lens'],
    ['which filter uses water?', 'Polarizing filter'],
    ['how many vault types are there?', 'Vault types'],
    ['how is the throughput calculated?', 'Throughput'],
  ])('answers %j', (query, term) => {
    expect(answer(query, spelled)).toEqual([term]);
  });

  it.each(['does the lens have a handle?', 'who bends the router?', 'which dragon sends packets?'])(
    'has no answer to %j',
    (query) => {
      expect(answer(query, spelled)).toEqual([]);
    },
  );
});

describe('lookup of several', () => {
  it.each([
    ['fargate vs managed node groups', ['Fargate', 'Managed node groups']],
    ['difference between managed and self managed nodes', ['Managed node groups', 'Self managed']],
    ['what is the difference between ingress and ingress controller?', ['Ingress', 'Ingress Controller']],
    ['compare kubelet and kube-proxy', ['kubelet', 'kube-proxy']],
    ['pods and nodes', ['Pods', 'Cluster Nodes']],
    ['how does Fargate differ from managed node groups?', ['Fargate', 'Managed node groups']],
    ['how are pods different from nodes', ['Pods', 'Cluster Nodes']],
    ['what sets ingress apart from ingress controller', ['Ingress', 'Ingress Controller']],
    ['should I use Fargate or managed node groups?', ['Fargate', 'Managed node groups']],
  ])('answers %j with both sides', (query, terms) => {
    expect(index.lookup(query).outcome).toBe('found');
    expect(answer(query)).toEqual(terms);
  });

  it('gives nothing where one side of a comparison is not explained', () => {
    expect(answer('fargate vs lambda')).toEqual([]);
    expect(index.lookup('fargate vs lambda').suggestions).toContain('Fargate');
  });

  it('shows each concept that shares a name, and only the one that the question places', () => {
    const found = other.lookup('standard');
    expect(found.outcome).toBe('ambiguous');
    expect(found.concepts).toHaveLength(2);
    expect(other.lookup('standard queue').concepts).toHaveLength(1);
  });

  it('shows each concept whose name holds an ambiguous word', () => {
    const found = index.lookup('controller manager');
    expect(found.outcome).toBe('ambiguous');
    expect(answer('controller manager')).toEqual(['cloud-controller-manager', 'kube-controller-manager']);
  });
});

describe('lookup of what the notes do not explain', () => {
  it.each([
    'etcdctl',
    'kubectl',
    'service mesh',
    'helm',
    'what is a ConfigMap?',
    'deployment',
    'what stores secrets?',
    'what stores cluster logs?',
    'node affinity',
    'cluster role',
    'persistent volume claim',
    'egress',
    'note',
    'mode',
    'kubeless',
    'kubernetes operator',
    'fargate profile',
    'how do I back up etcd',
    'how much does EKS cost',
    'what is the capital of France',
    'service',
    'the',
    'what is',
  ])('gives no concept for %j', (query) => {
    expect(answer(query)).toEqual([]);
  });

  it('suggests the nearest terms', () => {
    expect(index.lookup('etcdctl').suggestions).toContain('etcd');
    expect(index.lookup('fargate profile').suggestions[0]).toBe('Fargate');
    expect(index.lookup('cron controller').suggestions).toContain('Job Controller');
  });
});

describe('hostile queries', () => {
  it.each([
    ['empty', ''],
    ['blank', ' \t\n '],
    ['emoji only', '🎉👩‍👩‍👧‍👦'],
    ['punctuation', '?!.,;:*()[]{}^$\\|'],
    ['a pattern', '(a+)+$'],
    ['a property of every object', '__proto__'],
    ['a method of every object', 'constructor'],
    ['right to left', 'ما هو الحاوية؟'],
    ['control characters', '\u0000\u0007\u001b[31m'],
  ])('answers %s with nothing', (_, query) => {
    expect(index.lookup(query)).toEqual(expect.objectContaining({ outcome: 'none', concepts: [] }));
  });

  it('finds a term behind invisible characters', () => {
    expect(answer('et\u200bcd')).toEqual(['etcd']);
    expect(answer('\u202eetcd\u0000')).toEqual(['etcd']);
  });

  it('never throws and never contradicts itself', () => {
    const words = fc.constantFrom(
      'what',
      'is',
      'vs',
      'and',
      'etcd',
      'pod',
      'cluster',
      'stores',
      ',',
      'ß',
      '节点',
      '\u0000',
    );
    const sentence = fc.array(words, { maxLength: 60 }).map((parts) => parts.join(' '));
    const query = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), sentence);
    fc.assert(
      fc.property(query, (text) => {
        const { outcome, concepts } = index.lookup(text);
        if (outcome === 'none') expect(concepts).toEqual([]);
        else expect(concepts.length).toBeGreaterThan(outcome === 'ambiguous' ? 1 : 0);
        expect(new Set(concepts).size).toBe(concepts.length);
      }),
      { numRuns: 300 },
    );
  });

  it.each(['a', 'pod ', 'vs ', 'what is ', '节', 'e\u0301', '?'])(
    'reads 10,000 characters of %j quickly',
    (part) => {
      const text = part.repeat(Math.ceil(10_000 / part.length));
      const started = performance.now();
      index.lookup(text);
      index.complete(text, 25);
      expect(performance.now() - started).toBeLessThan(200);
    },
  );
});

describe('completion', () => {
  it('gives the first terms of the notes for nothing typed', () => {
    expect(index.complete('', 3)).toEqual(['EKS', 'Kubernetes', 'Kubernetes cluster']);
  });

  it('puts terms that begin so before those with a word that does', () => {
    expect(index.complete('ing', 10)).toEqual(['Ingress', 'Ingress Controller']);
    expect(index.complete('kube-s', 10)).toEqual(['kube-scheduler']);
    expect(index.complete('sched', 10)).toEqual(['kube-scheduler']);
    expect(index.complete('pv', 10)).toEqual(['Persistent Storage']);
  });

  it('keeps to the limit, whatever it is', () => {
    expect(index.complete('e', 1)).toHaveLength(1);
    expect(index.complete('', 0)).toEqual([]);
    expect(index.complete('', -1)).toEqual([]);
    expect(index.complete('zzz', 5)).toEqual([]);
  });
});
