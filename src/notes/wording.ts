import { isVerb, singular } from './grammar.js';

/** Words that carry no subject: they neither find a concept nor stand in its way. */
export const stopWords: ReadonlySet<string> = wordSet(`
  a about actually all also am an and any anyone anything are as at away be because been being both but by can
  cannot could did do does doing done each either else etc ever every everything for from get gets give given go
  goes got had has have having he hello help hey hi how however i if in into is it its itself just know let like
  look many may me might more most much must my need needed needs no nobody none nor not nothing now of off often ok
  on one ones only onto or other others our out over per please quite rather really s same shall she should
  simply so some someone something such t than thank thanks that the their them then there these they this those
  through to together too under up upon us very was way we well were what whats when where whether which while
  who whom whose why will with within without would you your yours myself yourself
  yourselves oneself ourselves themselves went amazon aws azure gcp google microsoft`);

/** Words that ask rather than describe ('the purpose of', 'how does ... work'). */
export const askingWords: ReadonlySet<string> = wordSet(`
  aspect basic basics brief briefly called care component components concept context deal define defined definition
  describe description detail details difference different differ differs element example exactly exist expand
  expansion explain explained explaining explanation feature function general happen happens idea important info
  information item kind kinds learn lot main mean meaning means name named names overview part parts piece point
  purpose question quick quickly reason refer responsibility responsible say short show software stand stands
  stuff summary summarize technical tell term thing things tool topic type types understand use used uses useful
  using word work works working acronym abbreviation full form long take takes currently become make makes`);

/** Words that say a little: they help to find a concept, but their absence hardly speaks against it. */
export const faintWords: ReadonlySet<string> = wordSet(`
  state data role handle handles provide provides allow allows enable enables support supports perform performs
  offer offers ensure ensures new newly created whole entire specific various different certain available
  service services system systems`);

/**
 * Words that only say to which class a name belongs ('the BGP protocol', 'CIDR notation'): a name answers without
 * them, but they are asked for wherever they are not beside a name.
 */
export const classWords: ReadonlySet<string> = wordSet(`
  algorithm approach format framework language mechanism method notation pattern principle protocol standard strategy
  syntax technique technology theorem theory`);

/** Words for what somebody seeks: 'which program starts ...' asks for no program in particular. */
export const kindWords: ReadonlySet<string> = wordSet(`
  agent application command concept device document entity equipment event instrument item job measure metric
  object operation option organism part person place process product program resource rule setting substance
  team unit value`);

function wordSet(text: string): ReadonlySet<string> {
  const words = text.trim().split(/\s+/);
  return new Set([...words, ...words.map(singular)]);
}

/** True for a word that carries no subject. */
export function isLight(word: string): boolean {
  return stopWords.has(word) || askingWords.has(word);
}

/** True for a verb that could stand in a question about anything, in any of its forms. */
export function isVerbOfAny(word: string): boolean {
  const base = word.replace(/(?:ed|ing)$/, '');
  return [word, `${word}s`, `${base}s`, `${base}es`, word.replace(/d$/, 's')].some(isVerb);
}

/** Short forms in common use, each with what it stands for; names and queries are compared in the short form. */
export const shortForms: readonly (readonly [string, string])[] = [
  ['k8s', 'kubernetes'],
  ['k8s', 'kube'],
  ['lb', 'load balancer'],
  ['lb', 'load balancing'],
  ['alb', 'application load balancer'],
  ['nlb', 'network load balancer'],
  ['az', 'availability zone'],
  ['pv', 'persistent volume'],
  ['pvc', 'persistent volume claim'],
  ['sc', 'storage class'],
  ['vm', 'virtual machine'],
  ['ha', 'highly available'],
  ['ha', 'high availability'],
  ['sg', 'security group'],
  ['nacl', 'network access control list'],
  ['acl', 'access control list'],
  ['asg', 'auto scaling group'],
  ['hpa', 'horizontal pod autoscaler'],
  ['crd', 'custom resource definition'],
  ['rbac', 'role based access control'],
  ['iam', 'identity and access management'],
  ['irsa', 'iam roles for service accounts'],
  ['vpc', 'virtual private cloud'],
  ['cidr', 'classless inter domain routing'],
  ['dns', 'domain name system'],
  ['db', 'database'],
  ['ns', 'namespace'],
  ['backup', 'back up'],
  ['config', 'configuration'],
  ['repo', 'repository'],
  ['env', 'environment'],
  ['auth', 'authentication'],
  ['ci', 'continuous integration'],
  ['os', 'operating system'],
  ['ebs', 'elastic block store'],
  ['efs', 'elastic file system'],
  ['ecs', 'elastic container service'],
  ['ecr', 'elastic container registry'],
  ['eks', 'elastic kubernetes service'],
  ['elb', 'elastic load balancing'],
  ['elb', 'elastic load balancer'],
  ['ec2', 'elastic compute cloud'],
  ['s3', 'simple storage service'],
  ['sqs', 'simple queue service'],
  ['sns', 'simple notification service'],
  ['ses', 'simple email service'],
  ['rds', 'relational database service'],
  ['kms', 'key management service'],
  ['waf', 'web application firewall'],
  ['cdn', 'content delivery network'],
  ['kv', 'key value'],
  ['sync', 'synchronous'],
  ['sync', 'synchronization'],
  ['async', 'asynchronous'],
  ['proc', 'procedure'],
  ['retro', 'retrospective'],
  ['spec', 'specification'],
  ['param', 'parameter'],
  ['cert', 'certificate'],
  ['infra', 'infrastructure'],
  ['app', 'application'],
  ['admin', 'administrator'],
  ['org', 'organization'],
  ['dir', 'directory'],
  ['doc', 'document'],
  ['docs', 'documentation'],
  ['perf', 'performance'],
  ['distro', 'distribution'],
];

/** Adjectives that are often asked for in the comparative; each line is one meaning. */
const adjectives: readonly (readonly string[])[] = `
  fast quick|slow|dark|bright|small little tiny|large big|cheap|near close|far|high|low|strong|weak|wide broad|narrow
  |safe secure|early|late|deep|simple easy|heavy|hot warm|cold cool|rich|poor|old|young`
  .split('|')
  .map((line) => line.trim().split(/\s+/));

function comparedForms(word: string): readonly string[] {
  const stem = /(?:big|hot)$/.test(word)
    ? `${word}${word.at(-1)}`
    : word.replace(/e$/, '').replace(/y$/, 'i');
  return [`${stem}er`, `${stem}est`];
}

/** Words of everyday English that say the same of infrastructure; each line is one meaning. */
export const sameMeanings: readonly (readonly string[])[] = `
  store save keep hold persist retain datastore database
  keep maintain
  assign place schedule allocate put decide choose select pick
  run execute host
  manage administer
  talk speak communicate interact contact
  link integrate connect join
  find identify detect discover locate
  watch monitor observe track respond react
  expose publish
  fail failure outage crash down
  delete remove destroy
  scale scaling grow resize
  spread distribute
  onprem premise
  frontend front
  survive outlive beyond
  encrypt encryption
  machine server computer
  price cost pricing fee
  maximum max limit
  minimum min least
  start launch begin boot
  end finish complete
  make create produce
  drop discard
  change modify alter
  picture image photo
  mistake error
  alike similar same`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
  .concat(adjectives.map((alike) => alike.flatMap((word) => [word, ...comparedForms(word)])));
