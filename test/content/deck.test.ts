import { beforeAll, describe, expect, it } from 'vitest';
import { loadLibrary } from '../../src/notes/library.js';
import type { Concept, Library } from '../../src/notes/model.js';

let library: Library;

beforeAll(async () => {
  library = await loadLibrary('content');
});

function conceptCalled(term: string): Concept {
  const found = library.concepts.filter((concept) => concept.term === term);
  if (found.length !== 1) throw new Error(`${found.length} concepts are called “${term}”`);
  const [only] = found;
  if (only === undefined) throw new Error('unreachable');
  return only;
}

/** Each fact that the deck must teach: where a learner finds it, and the words that carry it. */
const FACTS: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'open source, orchestrates containers',
    'kubernetes/kubernetes.md',
    'Kubernetes',
    ['open-source', 'orchestrates containers'],
  ],
  [
    'automates deployment, scaling, management',
    'kubernetes/kubernetes.md',
    'Kubernetes',
    ['automates', 'deployed, scaled and managed'],
  ],
  ['cloud-agnostic, on premises too', 'kubernetes/kubernetes.md', 'Kubernetes', ['no cloud', 'on premises']],
  ['a cluster works as one unit', 'kubernetes/kubernetes.md', 'Cluster', ['act as a single unit']],
  [
    'a cluster is not highly available by nature',
    'kubernetes/kubernetes.md',
    'Cluster',
    ['not highly available by itself', 'production set-ups usually are'],
  ],
  [
    'the control plane schedules, scales, deploys',
    'kubernetes/kubernetes.md',
    'Control plane',
    ['schedules, deploys and scales'],
  ],
  [
    'nodes are virtual or physical and run containers',
    'kubernetes/kubernetes.md',
    'Nodes',
    ['virtual or physical servers', 'containerized applications'],
  ],
  [
    'a container runtime on each node',
    'kubernetes/kubernetes.md',
    'container runtime',
    ['containers of a node', 'containerd', 'others'],
  ],
  [
    'kubelet is the agent, over the Kubernetes API',
    'kubernetes/kubernetes.md',
    'kubelet',
    ['agent', 'control plane', 'Kubernetes API'],
  ],
  ['a Pod is the smallest unit', 'kubernetes/kubernetes.md', 'Pods', ['smallest unit']],
  [
    'containers of a Pod share storage and network',
    'kubernetes/kubernetes.md',
    'Pods',
    ['one or more containers', 'share its storage and its network'],
  ],
  ['one container per Pod is common', 'kubernetes/kubernetes.md', 'Pods', ['One container', 'usual case']],
  [
    'Pods are not permanent',
    'kubernetes/kubernetes.md',
    'Pods',
    [
      'not permanent',
      'deleted when its job is done',
      'evicted',
      'short of resources',
      'fails are marked for deletion',
    ],
  ],
  [
    'kube-apiserver is the front end',
    'kubernetes/kubernetes.md',
    'kube-apiserver',
    ['front end of the control plane'],
  ],
  [
    'nodes and other parts interact with kube-apiserver',
    'kubernetes/kubernetes.md',
    'kube-apiserver',
    ['nodes and all other parts'],
  ],
  [
    'kube-apiserver scales horizontally',
    'kubernetes/kubernetes.md',
    'kube-apiserver',
    ['scaled horizontally', 'performance and high availability'],
  ],
  [
    'etcd is a highly available key-value store',
    'kubernetes/kubernetes.md',
    'etcd',
    ['highly available key-value store'],
  ],
  ['etcd backs the cluster', 'kubernetes/kubernetes.md', 'etcd', ['backing store']],
  [
    'kube-scheduler finds Pods without a node',
    'kubernetes/kubernetes.md',
    'kube-scheduler',
    ['have no node yet'],
  ],
  [
    'kube-scheduler weighs constraints',
    'kubernetes/kubernetes.md',
    'kube-scheduler',
    ['assigns', 'resources, deadlines, affinity, data locality'],
  ],
  [
    'cloud-controller-manager is optional',
    'kubernetes/kubernetes.md',
    'cloud-controller-manager',
    ['optional'],
  ],
  [
    'cloud-controller-manager holds cloud logic',
    'kubernetes/kubernetes.md',
    'cloud-controller-manager',
    ['specific to one cloud'],
  ],
  [
    'cloud-controller-manager links to a provider',
    'kubernetes/kubernetes.md',
    'cloud-controller-manager',
    ['API of a provider', 'AWS'],
  ],
  [
    'kube-controller-manager is a collection of processes',
    'kubernetes/kubernetes.md',
    'kube-controller-manager',
    ['processes', 'several controllers'],
  ],
  [
    'node controller',
    'kubernetes/kubernetes.md',
    'Node controller',
    ['notices nodes that go down', 'responds'],
  ],
  ['job controller', 'kubernetes/kubernetes.md', 'Job controller', ['one-off tasks']],
  [
    'EndpointSlice, no longer Endpoints',
    'kubernetes/kubernetes.md',
    'EndpointSlice controller',
    ['behind each Service', 'took the place of the Endpoints controller'],
  ],
  [
    'service account controller',
    'kubernetes/kubernetes.md',
    'ServiceAccount controller',
    ['default account for each new namespace'],
  ],
  ['token controller', 'kubernetes/kubernetes.md', 'Token controller', ['API tokens']],
  [
    'kube-proxy on every node, unless replaced',
    'kubernetes/kubernetes.md',
    'kube-proxy',
    ['every node', 'unless the network plugin takes over'],
  ],
  [
    'kube-proxy is a network proxy',
    'kubernetes/kubernetes.md',
    'kube-proxy',
    ['network proxy', 'agrees with the control plane on the networking'],
  ],
  [
    'kube-proxy keeps rules for Services',
    'kubernetes/kubernetes.md',
    'kube-proxy',
    ['network rules', 'Service', 'inside and from outside the cluster'],
  ],
  [
    'Ingress leads in from outside, HTTP only',
    'kubernetes/traffic-and-storage.md',
    'Ingress',
    ['from outside the cluster', 'HTTP and HTTPS alone'],
  ],
  [
    'Ingress controllers arrange load balancers',
    'kubernetes/traffic-and-storage.md',
    'Ingress controller',
    ['setting up the load balancer', 'AWS Load Balancer Controller'],
  ],
  [
    'ALB for an Ingress, NLB for a Service',
    'kubernetes/traffic-and-storage.md',
    'AWS Load Balancer Controller',
    ['(ALB) for an Ingress', '(NLB) for a Service of type LoadBalancer'],
  ],
  [
    'persistent volumes outlive Pods',
    'kubernetes/traffic-and-storage.md',
    'Persistent volume',
    ['outlives every single Pod', 'ordinary long-running storage'],
  ],
  ['EKS is Kubernetes managed by AWS', 'eks/eks.md', 'EKS', ['Kubernetes as a service', 'managed by AWS']],
  ['integrations', 'eks/eks.md', 'EKS', ['ECR', 'ELB', 'IAM', 'VPC']],
  ['when the notes were checked', 'eks/eks.md', 'EKS', ['late 2025 to mid 2026']],
  ['EKS in the cloud', 'eks/eks.md', 'EKS in the cloud', ['normal service', 'AWS Region']],
  ['Local Zones', 'eks/eks.md', 'EKS in Local Zones', ['control plane in the Region']],
  ['Wavelength Zones', 'eks/eks.md', 'EKS in Wavelength Zones', ['5G', 'control plane in the Region']],
  [
    'Outposts: racks, run by AWS, in your building',
    'eks/eks.md',
    'EKS on Outposts',
    ['AWS racks in a building of yours', 'controlled and managed by AWS'],
  ],
  [
    'Outposts: racks only, self-managed only, local clusters',
    'eks/eks.md',
    'EKS on Outposts',
    ['racks only', 'self-managed nodes only', 'local cluster keeps the control plane on the Outpost'],
  ],
  [
    'EKS Anywhere runs anywhere, managed by the customer',
    'eks/eks.md',
    'EKS Anywhere',
    ['on premises or elsewhere', 'managed by the customer, the control plane included'],
  ],
  [
    'EKS Distro is the distribution, not the product',
    'eks/eks.md',
    'EKS Distro',
    ['open-source distribution', 'not the EKS product'],
  ],
  [
    'AWS manages and scales the control plane',
    'eks/eks.md',
    'EKS control plane',
    ['AWS runs and scales with the load'],
  ],
  [
    'several zones, two API servers, three etcd nodes',
    'eks/eks.md',
    'EKS control plane',
    ['several Availability Zones', 'two API servers', 'three `etcd` nodes', 'three Availability Zones'],
  ],
  [
    'AWS manages etcd across zones',
    'eks/eks.md',
    'EKS control plane',
    ['manages its `etcd`', 'distributes it'],
  ],
  [
    'a cluster is control plane and nodes',
    'eks/eks.md',
    'EKS cluster',
    ['EKS control plane and the EKS nodes'],
  ],
  [
    'self-managed',
    'eks/node-types.md',
    'Self-managed nodes',
    ['EC2 instances that you launch', 'maintain yourself'],
  ],
  [
    'managed node groups: you update, an autoscaler scales',
    'eks/node-types.md',
    'Managed node groups',
    ['provisioning and life cycle EKS handles', 'You start their updates', 'do not scale by themselves'],
  ],
  [
    'Fargate: nothing to scale or optimize, as in ECS',
    'eks/node-types.md',
    'Fargate',
    ['without nodes that you see, scale or optimize', 'Amazon ECS'],
  ],
  [
    'Fargate on EKS: no Spot, Arm, Windows',
    'eks/node-types.md',
    'Fargate',
    ['no Spot, no Arm and no Windows'],
  ],
  ['Auto Mode', 'eks/node-types.md', 'Auto Mode', ['launches, scales, patches and replaces']],
  [
    'Hybrid Nodes',
    'eks/node-types.md',
    'Hybrid Nodes',
    ['machines of your own', 'control plane is in an AWS Region'],
  ],
  [
    'the choice depends on features',
    'eks/node-types.md',
    'EKS node types',
    ['depends on what the cluster is for', 'Windows, GPUs, Inferentia, Bottlerocket, Outposts, Local Zones'],
  ],
  ['block and file storage', 'eks/storage.md', 'EBS', ['block volumes']],
  ['shared files', 'eks/storage.md', 'EFS', ['shared file storage']],
  ['Lustre', 'eks/storage.md', 'FSx for Lustre', ['parallel file storage']],
  ['ONTAP through Trident', 'eks/storage.md', 'FSx for NetApp ONTAP', ['NetApp Trident']],
  ['OpenZFS', 'eks/storage.md', 'FSx for OpenZFS', ['ZFS']],
  ['File Cache', 'eks/storage.md', 'File Cache', ['cache']],
  ['S3 through Mountpoint', 'eks/storage.md', 'S3', ['Mountpoint for Amazon S3']],
];

describe('the shipped deck', () => {
  it('has no problems', () => {
    expect(library.problems).toEqual([]);
  });

  it.each(FACTS)('teaches: %s', (_, note, term, phrases) => {
    const concept = conceptCalled(term);
    expect(concept.source.note).toBe(note);
    const text = library.textOf(concept.id).replace(/\*\*/g, '');
    for (const phrase of phrases) expect(text.toLowerCase()).toContain(phrase.toLowerCase());
  });

  it.each([
    ['EKS node types', ['Self-managed nodes', 'Managed node groups', 'Fargate', 'Auto Mode', 'Hybrid Nodes']],
    [
      'EKS storage',
      ['EBS', 'EFS', 'FSx for Lustre', 'FSx for NetApp ONTAP', 'FSx for OpenZFS', 'File Cache', 'S3'],
    ],
  ])('has a closed list under %s', (term, members) => {
    const closed = conceptCalled(term).lists.filter((list) => list.closed);
    expect(closed.map((list) => list.members.map(({ text }) => text))).toEqual([members]);
  });

  it('leaves open the lists that are not whole', () => {
    expect(conceptCalled('kube-controller-manager').lists.map(({ closed }) => closed)).toEqual([false]);
  });

  it('has glosses of 3 to 25 words, so that one can be an option beside its siblings', () => {
    const glosses = library.concepts.flatMap(({ term, facts }) =>
      facts
        .filter(({ kind }) => kind === 'definition')
        .map(({ text }) => ({ term, words: text.split(/\s+/).length })),
    );
    expect(glosses.length).toBeGreaterThan(35);
    expect(glosses.filter(({ words }) => words < 3 || words > 25)).toEqual([]);
  });

  it('has a card and a question for every concept that has a gloss', () => {
    for (const concept of library.concepts) {
      if (!concept.facts.some(({ kind }) => kind === 'definition')) continue;
      const cards = library.cardsOf(concept.id).filter(({ kind }) => kind === 'definition');
      expect({ term: concept.term, cards: cards.length }).toEqual({ term: concept.term, cards: 1 });
    }
  });

  it.each([
    'etcd',
    'kubelet',
    'PV',
    'MNG',
    'fargate',
    'eks',
    'EKS anywhere',
    'ingress',
    'auto mode',
    'node types',
    'persistent storage',
    'pod',
  ])('is found by name: %s', (query) => {
    expect(library.lookup(query).outcome).toBe('found');
  });

  it('does not take the guide for its authors for a note', () => {
    expect(library.concepts.filter(({ source }) => source.note === 'README.md')).toEqual([]);
  });
});
