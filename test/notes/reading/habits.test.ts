import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findConcepts } from '../../../src/notes/reading/concepts.js';
import { readOutline } from '../../../src/notes/reading/outline.js';

const folder = new URL('./habits/', import.meta.url);

/** Terms by parent, in the order of the notes, as a reader of each note would list them; '' holds what has no parent. */
const expected: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  '03_load-balancers.md': {
    '': ['load balancers'],
    'load balancers': [
      'ALB',
      'NLB',
      'GWLB',
      'Sticky sessions',
      'Cross-zone load balancing',
      'Connection draining',
      'Health checks',
    ],
  },
  'cardiology-glossary.md': {
    '': ['Cardiology'],
    Cardiology: [
      'Preload',
      'Afterload',
      'Cardiac output',
      'Stroke volume',
      'Ejection fraction',
      'Valves',
      'Arrhythmias',
      'Heart failure',
      'Drugs',
    ],
    Valves: ['Mitral valve', 'Tricuspid valve'],
    Arrhythmias: ['AF', 'VT'],
    AF: ['rate control', 'rhythm control'],
    'Heart failure': ['HFrEF', 'HFpEF', 'NYHA classes'],
    'NYHA classes': ['Class I', 'Class II', 'Class III', 'Class IV'],
    Drugs: ['Digoxin', 'Amiodarone', 'Adenosine'],
  },
  'cell-biology.md': {
    '': ['Cell Biology'],
    'Cell Biology': ['Organelles', 'Transport across the membrane', 'Cytosol', 'Turgor', 'Apoptosis'],
    Organelles: [
      'Nucleus',
      'Nucleolus',
      'Ribosome',
      'Mitochondria',
      'Endoplasmic reticulum',
      'Golgi apparatus',
      'Lysosome',
    ],
    'Endoplasmic reticulum': ['Rough ER', 'Smooth ER'],
    'Transport across the membrane': ['Passive transport', 'Active transport', 'Tonicity'],
    'Passive transport': ['Diffusion', 'Osmosis', 'Facilitated diffusion'],
    'Active transport': ['Endocytosis', 'Exocytosis', 'Na+/K+ pump'],
    Tonicity: ['hypertonic', 'hypotonic', 'isotonic'],
  },
  'cjk.md': {
    '': ['数据库', 'ネットワーク', 'الشبكات'],
    数据库: ['分片', '副本', '索引'],
    副本: ['主副本', '从副本'],
    ネットワーク: ['ルーター', 'スイッチ', 'DNS'],
    الشبكات: ['الموجه', 'الجدار الناري'],
  },
  'cloudfront.md': {
    '': ['CloudFront'],
    CloudFront: [
      'Distribution',
      'Origin',
      'Edge location',
      'Regional edge cache',
      'Behavior',
      'Invalidation',
      'Access control',
      'Field-level encryption',
    ],
    'Access control': ['Signed URL', 'Signed cookie', 'OAC', 'Geo restriction', 'Price classes'],
    'Price classes': ['Price Class All', 'Price Class 200', 'Price Class 100'],
  },
  'french-revolution.md': {
    '': ['French Revolution'],
    'French Revolution': [
      'Debt',
      'Estates of the realm',
      'Estates-General',
      'Tennis Court Oath',
      'Storming of the Bastille',
      'Declaration of the Rights of Man',
      'People & groups',
      'Terror',
      'Directory',
      'ancien régime',
      'cahiers de doléances',
      'assignat',
    ],
    'Estates of the realm': ['First Estate', 'Second Estate', 'Third Estate'],
    'People & groups': ['Jacobins', 'Girondins', 'Sans-culottes', 'Committee of Public Safety', 'Louis XVI'],
  },
  'git.md': {
    '': ['Git'],
    Git: [
      'Three areas',
      'Objects',
      'git rebase',
      'git cherry-pick',
      'git reflog',
      'git bisect',
      'HEAD',
      'Detached HEAD',
      'Fast-forward',
      'Upstream',
      'merge base',
    ],
    'Three areas': ['working tree', 'index', 'repository'],
    Objects: ['blob', 'tree', 'commit', 'tag'],
    'git rebase': ['-i'],
  },
  'helm-notes.markdown': {
    '': ['helm', 'Chart structure', 'Hooks'],
    helm: [
      'Chart',
      'Release',
      'Repository',
      'Values',
      'helm install NAME CHART',
      'helm upgrade',
      'helm rollback',
      'helm template',
      'Tiller',
      '3-way merge',
    ],
    'helm upgrade': ['--atomic', '--set key=value'],
    'Chart structure': ['Chart.yaml', 'values.yaml', 'templates/', 'charts/'],
    'templates/': ['_helpers.tpl', 'NOTES.txt'],
    Hooks: ['pre-install', 'post-install', 'test'],
  },
  'music-theory.md': {
    '': ['Music theory'],
    'Music theory': ['Intervals', 'Scales', 'Chords', 'Cadences'],
    Intervals: ['half step', 'whole step', 'unison', 'octave', 'Consonant', 'Dissonant'],
    Scales: ['Major scale', 'Natural minor scale', 'Harmonic minor', 'Pentatonic', 'Degrees'],
    Chords: ['Triad', 'Seventh chord', 'Inversion'],
    Cadences: [
      'Authentic cadence',
      'Plagal cadence',
      'Half cadence',
      'Deceptive cadence',
      'Modulation',
      'Circle of fifths',
    ],
  },
  'networking.md': {
    '': ['Networking'],
    Networking: ['OSI model', 'TCP', 'NAT', 'DNS', 'Subnetting'],
    TCP: ['Three-way handshake', 'Flow control', 'Congestion control', 'UDP'],
    'Congestion control': ['Slow start', 'Congestion avoidance'],
    NAT: ['SNAT', 'DNAT', 'PAT'],
    DNS: ['A', 'AAAA', 'CNAME', 'MX', 'Recursive resolver', 'Authoritative server'],
    Subnetting: ['CIDR notation', 'broadcast address', 'network address'],
  },
  'postgres.md': {
    '': ['PostgreSQL'],
    PostgreSQL: ['Storage', 'Isolation levels', 'Indexes', 'MVCC', 'Replication'],
    Storage: ['Heap', 'TOAST', 'WAL', 'Checkpoint', 'VACUUM', 'tuple'],
    VACUUM: ['VACUUM FULL'],
    'Isolation levels': ['Read uncommitted', 'Read committed', 'Repeatable read', 'Serializable'],
    Indexes: ['B-tree', 'Hash', 'GIN', 'GiST', 'BRIN'],
    Replication: ['Physical replication', 'Logical replication'],
    'Logical replication': ['publication', 'subscription'],
  },
  'sauces.md': {
    '': ['five mother sauces'],
    'five mother sauces': [
      'Béchamel',
      'Velouté',
      'Espagnole',
      'Hollandaise',
      'Sauce tomate',
      'Roux',
      'Emulsions',
      'Knife cuts',
      'Equipment',
    ],
    Hollandaise: ['Béarnaise'],
    Roux: ['White roux', 'Blond roux', 'Brown roux'],
    Emulsions: ['Temporary emulsion', 'Permanent emulsion'],
    'Knife cuts': ['julienne', 'brunoise', 'chiffonade', 'mirepoix'],
    Equipment: ['Saucier', 'Tamis'],
  },
  'sqs.md': {
    '': ['SQS'],
    SQS: [
      'Standard',
      'FIFO',
      'VisibilityTimeout',
      'Dead letter queue',
      'Long polling',
      'Short polling',
      'SSE-KMS',
      'Delay queues',
    ],
  },
  'terraform.md': {
    '': ['Terraform'],
    Terraform: [
      'Core',
      'Providers',
      'State',
      'Language',
      'terraform init',
      'terraform plan',
      'terraform apply',
      'terraform destroy',
    ],
    Language: ['resource', 'data', 'variable', 'output', 'locals', 'module', 'meta-arguments'],
    'meta-arguments': ['count', 'for_each', 'depends_on', 'lifecycle'],
    State: ['Remote state', 'State locking', 'Drift', 'Workspaces'],
  },
  'finance.md': {
    '': ['Corporate finance'],
    'Corporate finance': ['Time value of money', 'Capital budgeting', 'Cost of capital', 'Ratios'],
    'Time value of money': ['PV', 'FV', 'Annuity', 'Perpetuity'],
    Annuity: ['ordinary annuity', 'annuity due'],
    'Capital budgeting': ['NPV', 'IRR', 'Payback period'],
    'Cost of capital': ['WACC', 'CAPM'],
    CAPM: ['Beta', 'Risk-free rate', 'Market risk premium'],
    Ratios: ['Liquidity ratios', 'Leverage ratios'],
    'Liquidity ratios': ['Current ratio', 'Quick ratio'],
    'Leverage ratios': ['Debt-to-equity', 'Interest coverage'],
  },
  'os-lectures.md': {
    '': ['Operating Systems'],
    'Operating Systems': ['Processes', 'Scheduling', 'Deadlock'],
    Processes: [
      'process control block',
      'New',
      'Ready',
      'Running',
      'Waiting',
      'Terminated',
      'Context switch',
      'Threads',
    ],
    Threads: ['Race condition', 'Critical section'],
    Scheduling: ['FCFS', 'Round robin', 'SJF', 'Turnaround time', 'Waiting time', 'Quantum'],
    Deadlock: ["Banker's algorithm"],
  },
};

function read(note: string) {
  return findConcepts(readOutline(readFileSync(new URL(note, folder), 'utf8')), note).concepts;
}

describe('notes as different people write them', () => {
  it('all have a table', () => {
    expect(Object.keys(expected).sort()).toEqual(readdirSync(folder).sort());
  });

  it.each(Object.entries(expected))('%s: every term under its parent, and nothing else', (note, table) => {
    const concepts = read(note);
    const termOf = new Map(concepts.map((concept) => [concept.id, concept.term]));
    const found: Record<string, string[]> = {};
    for (const { term, parent } of concepts) {
      const above = parent === undefined ? '' : (termOf.get(parent) ?? 'a lost parent');
      found[above] = [...(found[above] ?? []), term];
    }
    expect(found).toEqual(table);
  });

  it.each([
    ['sqs.md', /64 KB|sqs\.send_message|sqs-flow/],
    ['postgres.md', /EXPLAIN ANALYZE/],
    ['terraform.md', /aws_s3_bucket/],
    ['cardiology-glossary.md', /ecg\.png/],
  ])('%s: struck text, code and images are not said', (note, gone) => {
    const said = read(note).flatMap((concept) => [concept.term, ...concept.facts.map((fact) => fact.text)]);
    expect(said.join('\n')).not.toMatch(gone);
  });
});
