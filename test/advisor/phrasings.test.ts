import { beforeAll, expect, it } from 'vitest';
import type { Facts } from '../../src/advisor/facts.js';
import { understandNeeds } from '../../src/advisor/understand.js';
import { shippedFacts } from './shipped.js';

let facts: Facts;

beforeAll(async () => {
  facts = await shippedFacts();
});

/** 'n:' needs, 'r:' refused, 'w:' wished, 't:' node types named, 'x:' node types ruled out, 'p:' preference, '?:' how many questions back, 'u:' unknown. */
function read(text: string): string {
  const found = understandNeeds(facts, text);
  const parts = {
    n: [...found.needs].sort(),
    r: [...found.refused].sort(),
    w: [...found.wishes].sort(),
    t: [...found.namedTypes].sort(),
    x: [...found.excludedTypes].sort(),
    p: found.preference === undefined ? [] : [found.preference.id],
    '?': found.wideWords.length === 0 ? [] : [String(found.wideWords.length)],
    u: found.notUnderstood,
  };
  return Object.entries(parts)
    .filter(([, ids]) => ids.length > 0)
    .map(([key, ids]) => `${key}: ${ids.join(' ')}`)
    .join(' ');
}

it.each([
  ['Our game servers need UDP behind an NLB and Graviton CPUs', 'n: graviton load-balancer u: game UDP'],
  ["I'd rather not run any nodes myself but I do need daemonsets", 'n: daemonsets no-node-management'],
  ['is there a type where I can ssh in?', 'n: ssh'],
  ['what about windows?', 'n: windows'],
  ['GPU yes, windows no', 'n: gpu r: windows'],
  ['spot yes; ssh no', 'n: spot r: ssh'],
  ['nodes on our VMware cluster, air gapped', 'n: air-gapped on-premises'],
  ['We patch nothing ourselves', 'n: aws-patches-os'],
  ['someone else should patch the OS', 'n: aws-patches-os'],
  ['AWS must take care of OS patches', 'n: aws-patches-os'],
  ['CI runners with docker in docker, cheapest option', 'n: privileged p: cheapest u: CI runners'],
  ['Jenkins agents in privileged mode on spot', 'n: privileged spot u: Jenkins'],
  ['is fargate ok for .NET Framework?', 'n: windows t: fargate'],
  ['Does EKS Auto support ubuntu', 'n: other-linux-os t: auto-mode'],
  ['why cant fargate do GPUs', 'n: gpu t: fargate'],
  ['hybrid nodes + gpu + network policies', 'n: gpu network-policy t: hybrid'],
  ['anything except fargate, with EFS', 'n: efs x: fargate'],
  ['no fargate please, ebs volumes', 'n: ebs x: fargate'],
  ['managed node groups or self managed for custom ami?', 'n: custom-ami t: managed-node-group self-managed'],
  ['pods need their own security groups', 'n: pod-security-groups'],
  ['security group per pod', 'n: pod-security-groups'],
  ['IPv6 only cluster', 'n: ipv6'],
  ['ip v6', 'n: ipv6'],
  ['EFS with Windows', 'n: efs windows'],
  ['elastic file system', 'n: efs'],
  ['elastic block store', 'n: ebs'],
  ['gp3 volumes', 'n: ebs'],
  ['RWX volumes for wordpress', 'n: efs u: wordpress'],
  ['scales to zero at night and uses spot', 'n: no-idle-capacity spot u: night'],
  ['do not pay for idle machines', 'n: no-idle-capacity'],
  ["don't want to pay when nothing is running", 'n: no-idle-capacity'],
  ['billing per pod', 'n: pay-per-pod'],
  ['A100s', 'n: gpu'],
  ['p5 instances with EFA', 'n: efa gpu'],
  ['g5.xlarge', 'n: gpu'],
  ['m7g instances', 'n: graviton'],
  ['ARM', 'n: arm'],
  ['t4g', 'n: graviton'],
  ['Cilium instead of the VPC CNI', 'n: custom-cni'],
  ['we use cilium', 'n: custom-cni'],
  ['Datadog agent as daemonset', 'n: daemonsets'],
  ['need falco', 'u: falco'],
  ['hostpath volumes', '?: 1 u: hostpath'],
  ['64 vCPU pods', 'n: big-pods'],
  ['pods with 8 vcpus', ''],
  ['pods with 200 GiB RAM', 'n: big-pods'],
  ['500 GB of local disk', 'n: ephemeral-over-175 u: local'],
  ['us-gov-west-1', 'n: govcloud'],
  ['gov cloud', 'n: govcloud'],
  ['in a local zone in LA', 'n: local-zones u: LA'],
  ['5G edge with verizon', 'n: wavelength u: verizon'],
  ['outpost rack', 'n: outposts'],
  ['RHEL on-prem', 'n: on-premises other-linux-os'],
  ['red hat enterprise linux', 'n: other-linux-os'],
  ['bottlerocket without ssh', 'n: bottlerocket r: ssh'],
  ['CIS hardened image', 'n: custom-ami'],
  ['BYOL windows server', 'n: windows u: BYOL'],
  ['least ops overhead, arm if possible', 'w: arm p: least-work'],
  ['cheapest way to run cron jobs', 'p: bursty'],
  ['nodes must live for a year', 'n: long-lived-nodes'],
  ['nodes must not be replaced every 21 days', 'n: long-lived-nodes'],
  ['kubelet config, e.g. max pods', 'n: kubelet-args'],
  ['restrict IMDS', 'n: instance-metadata u: restrict'],
  ['isolate tenants from each other with a VM per pod', 'n: pod-vm-isolation u: tenants'],
  ['we run our own CNI on bare VMs in our data centre', 'n: custom-cni on-premises u: bare'],
  ['must AWS patch the nodes, or can we?', 'n: aws-patches-os'],
  ['no privileged pods, no host network, just linux', 'n: linux r: host-network privileged'],
  ['Is there anything serverless besides Fargate?', 'n: no-node-management x: fargate'],
  ['which types cannot run daemonsets', 'n: daemonsets'],
  ['inferentia2 for LLM inference', 'n: inferentia'],
  ['graviton spot nodes, autoscaled out of the box', 'n: auto-scaling-built-in graviton spot'],
  ['we want to bake our own AMIs with packer', 'n: custom-ami u: bake packer'],
  ['pods talk to the metadata service', 'n: instance-metadata u: talk'],
  ['dedicated hosts (Oracle licences)', 'n: dedicated-hosts u: Oracle'],
  ['Can I mount EBS on Fargate?', 'n: ebs t: fargate'],
  ['ssm or ssh to nodes', 'n: ssh u: ssm'],
  ['need NLB w/o public subnets', 'n: load-balancer r: public-subnet-pods'],
  ['Windows, but not in GovCloud', 'n: windows r: govcloud'],
  ['network policy + security groups for pods + ipv6', 'n: ipv6 network-policy pod-security-groups'],
  ['least maintenance, must be arm64', 'n: arm p: least-work'],
  ['I hate managing servers', 'n: no-node-management'],
  ['stop babysitting nodes', 'n: no-node-management'],
  ['pods in separate subnets from nodes', 'n: separate-pod-cidr'],
  ['secondary CIDR for pods', 'n: separate-pod-cidr'],
  ['reserve H100s with capacity blocks', 'n: capacity-blocks gpu'],
  ['node repair and node auto scaling', 'n: auto-scaling-built-in node-auto-repair'],
  ['edge site with flaky internet', '?: 2 u: site flaky'],
  ['local NVMe, 300 GiB scratch', 'n: ephemeral-over-175 u: local'],
])('%s', (text, expected) => {
  expect(read(text)).toBe(expected);
});
