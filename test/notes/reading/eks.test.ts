import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeLibrary, readNote } from '../../../src/notes/library.js';

// A study group's notes as they were written: nested bullets, slips of the pen, trailing blanks.
const text = readFileSync(new URL('./eks-notes.md', import.meta.url), 'utf8');
const lines = text.split('\n');
const library = makeLibrary([readNote('eks.md', text)]);
const byTerm = new Map(library.concepts.map((concept) => [concept.term, concept]));

/** Which concept each bullet belongs to, decided by reading the notes: its own fact, or the line that names it. */
const ownerOfLine: Readonly<Record<number, string>> = {
  5: 'Kubernetes',
  6: 'Kubernetes',
  7: 'Kubernetes',
  8: 'Kubernetes',
  9: 'Kubernetes cluster',
  10: 'Cluster Control Plane',
  11: 'Cluster Nodes',
  12: 'Cluster Nodes',
  13: 'container runtime',
  14: 'kubelet',
  15: 'Kubernetes',
  16: 'Pods',
  17: 'Pods',
  18: 'Pods',
  19: 'Pods',
  20: 'Pods',
  21: 'Cluster Control Plane',
  22: 'kube-apiserver',
  23: 'kube-apiserver',
  24: 'kube-apiserver',
  25: 'kube-apiserver',
  26: 'etcd',
  27: 'etcd',
  28: 'etcd',
  29: 'kube-scheduler',
  30: 'kube-scheduler',
  31: 'kube-scheduler',
  32: 'cloud-controller-manager',
  33: 'cloud-controller-manager',
  34: 'cloud-controller-manager',
  35: 'cloud-controller-manager',
  36: 'kube-controller-manager',
  37: 'kube-controller-manager',
  38: 'Node Controller',
  39: 'Job Controller',
  40: 'Endpoint Controller',
  41: 'Service Account and Token Controllers',
  42: 'kube-proxy',
  43: 'kube-proxy',
  44: 'kube-proxy',
  45: 'kube-proxy',
  46: 'kube-proxy',
  47: 'Ingress',
  48: 'Ingress Controller',
  49: 'Persistent Storage',
  53: 'EKS',
  54: 'EKS',
  55: 'EKS',
  56: 'Outposts',
  57: 'EKS Anywhere',
  58: 'EKS Distro',
  59: 'EKS',
  60: 'EKS',
  61: 'EKS Cluster',
  62: 'EKS',
  63: 'EKS',
  64: 'Self managed',
  65: 'Managed node groups',
  66: 'Fargate',
  67: 'EKS',
  68: 'Persistent storage on EKS',
};

/** The lines that a concept owns: its facts, and the line that only names it. */
const owned = library.concepts.flatMap((concept) => {
  const facts = concept.facts.map((fact) => fact.line);
  const named = lines[concept.source.line - 1]?.trim().startsWith('- ') ? [concept.source.line] : [];
  return [...new Set([...named, ...facts])].map((line) => ({ line, term: concept.term }));
});

/** Letters and digits only, to compare words whatever the marks around them. */
const bare = (markdown: string) => markdown.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

describe('the EKS notes', () => {
  it('have 61 bullets, and the table names an owner for each', () => {
    const bullets = lines.flatMap((line, i) => (/^\s*- /.test(line) ? [i + 1] : []));
    expect(bullets).toHaveLength(61);
    expect(Object.keys(ownerOfLine).map(Number)).toEqual(bullets);
  });

  it('give every bullet to exactly the concept that it tells of', () => {
    const found = Object.fromEntries(owned.map(({ line, term }) => [line, term]));
    expect(found).toEqual(ownerOfLine);
    expect(owned).toHaveLength(61);
  });

  it('show every word of every bullet to whoever asks for its concept', () => {
    for (const [line, term] of Object.entries(ownerOfLine)) {
      const concept = byTerm.get(term);
      const said = bare(`${concept?.term} ${concept && library.textOf(concept.id)}`);
      expect(said, `line ${line}`).toContain(bare(lines[Number(line) - 1] ?? ''));
    }
  });

  it.each([
    ['Kubernetes', 'EKS'],
    ['Cluster Control Plane', 'Kubernetes'],
    ['Cluster Nodes', 'Kubernetes'],
    ['container runtime', 'Cluster Nodes'],
    ['kubelet', 'Cluster Nodes'],
    ['Pods', 'Kubernetes'],
    ['etcd', 'Cluster Control Plane'],
    ['kube-controller-manager', 'Cluster Control Plane'],
    ['Job Controller', 'kube-controller-manager'],
    ['kube-proxy', 'Kubernetes'],
    ['Ingress Controller', 'Kubernetes'],
    ['Outposts', 'EKS'],
    ['Fargate', 'EKS'],
    ['Persistent storage on EKS', 'EKS'],
  ])('place %s under %s', (term, parent) => {
    const id = byTerm.get(term)?.parent;
    expect(id && library.concept(id)?.term).toBe(parent);
  });

  it('take other names from headings, parentheses and shorter mentions', () => {
    expect(byTerm.get('EKS')?.aliases).toEqual(['Elastic Kubernetes Service']);
    expect(byTerm.get('Persistent Storage')?.aliases).toEqual(['PV']);
    expect(byTerm.get('Cluster Control Plane')?.aliases).toEqual(['Control plane']);
  });

  it('keep the members of each announced list in the order of the notes', () => {
    const members = library.concepts.flatMap((concept) =>
      concept.lists.map((list) => [list.intro, list.members.map((member) => member.text)]),
    );
    expect(Object.fromEntries(members)).toEqual({
      'EKS can run in several ways': ['In AWS itself as a product', 'Outposts', 'EKS Anywhere', 'EKS Distro'],
      'Nodes can be of these types': ['Self managed', 'Managed node groups', 'Fargate'],
      'Control plane runs this software': [
        'kube-apiserver',
        'etcd',
        'kube-scheduler',
        'cloud-controller-manager',
        'kube-controller-manager',
      ],
      'Software that runs on every node': ['container runtime', 'kubelet'],
      'It is a bundle of processes': [
        'Node Controller',
        'Job Controller',
        'Endpoint Controller',
        'Service Account and Token Controllers',
      ],
    });
  });

  it('say of etcd what its two bullets say', () => {
    const etcd = byTerm.get('etcd');
    expect(etcd && library.textOf(etcd.id)).toBe(
      '- Key/value store with HA\n- Backing store of the whole cluster',
    );
    expect(etcd?.path).toEqual([
      'EKS - Elastic Kubernetes Service',
      'Kubernetes 101',
      'Cluster details',
      'Control plane runs this software',
    ]);
  });

  it('put the definition first and members below the words that announce them', () => {
    const proxy = byTerm.get('kube-proxy');
    expect(proxy && library.textOf(proxy.id).split('\n')[0]).toBe('- It is a proxy for the network');
    const plane = byTerm.get('Cluster Control Plane');
    expect(plane && library.textOf(plane.id)).toContain(
      '- Control plane runs this software:\n    - kube-apiserver\n    - etcd\n',
    );
  });

  it('ask questions that a person would ask', () => {
    const fronts = library.cards.map((card) => card.front);
    expect(fronts).toEqual(
      expect.arrayContaining([
        'What is etcd?',
        'What is `kubelet`?',
        'Which software does the control plane run?',
        'In which ways can EKS run?',
        'Of which types can nodes be?',
        'Which processes make up kube-controller-manager?',
        'What does EKS integrate with?',
      ]),
    );
    expect(fronts.filter((front) => /[:：]\??$|\b(it|they)\b.*\?$/.test(front))).toEqual([]);
  });
});
