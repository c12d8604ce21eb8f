import { describe, expect, it } from 'vitest';
import { makeLibrary, readNote } from '../../../src/notes/library.js';
import type { Concept } from '../../../src/notes/model.js';

const read = (...lines: string[]) => readNote('topic.md', lines.join('\n')).concepts;
const terms = (concepts: readonly Concept[]) => concepts.map((concept) => concept.term);
const named = (concepts: readonly Concept[], term: string) => {
  const concept = concepts.find((each) => each.term === term);
  if (concept === undefined) throw new Error(`no ${term} among ${terms(concepts).join(', ')}`);
  return concept;
};
const texts = (concept: Concept) => concept.facts.map((fact) => fact.text);

describe('rule 1: line ends, then fences', () => {
  it.each([
    ['CRLF', '\r\n'],
    ['a lone CR', '\r'],
  ])('%s ends a line, and a byte order mark is no text', (_, end) => {
    const { concepts } = readNote('n.md', ['\uFEFF# Git', '', '- Index: the next commit'].join(end));
    expect(terms(concepts)).toEqual(['Git', 'Index']);
    expect(named(concepts, 'Index').source.line).toBe(3);
  });

  it('finds no bullet, heading or separator inside a fence, however it is indented', () => {
    const concepts = read(
      '# Git',
      '- Log: shows history',
      '    ```sh',
      '# comment',
      '- Branch: no',
      '    ```',
      '- Tag: a name',
    );
    expect(terms(concepts)).toEqual(['Git', 'Log', 'Tag']);
    expect(named(concepts, 'Tag').parent).toBe(named(concepts, 'Git').id);
  });

  it('ends an unclosed fence at the next heading, with a warning', () => {
    const { concepts, problems } = readNote('n.md', '# Git\n\n```sh\n- lost: no\n\n# Hub\n\n- Fork: a copy');
    expect(terms(concepts)).toEqual(['Hub', 'Fork']);
    expect(problems).toMatchObject([{ severity: 'warning', note: 'n.md', line: 3 }]);
  });
});

describe('rule 2: the tree goes by indent against the parent', () => {
  it.each([
    ['two spaces', '  '],
    ['three spaces', '   '],
    ['four spaces', '    '],
    ['tabs', '\t'],
  ])('%s', (_, step) => {
    const concepts = read(
      '# DNS',
      '- Zone:',
      `${step}* Apex:`,
      `${step}${step}+ the bare domain`,
      `${step}* a part of the name space`,
    );
    expect(texts(named(concepts, 'Apex'))).toEqual(['the bare domain']);
    expect(texts(named(concepts, 'Zone'))).toEqual(['a part of the name space']);
  });

  it('an image at the margin, a blank line and a slip of one space do not end a list', () => {
    const concepts = read(
      '# DNS',
      '- Zone:',
      '    - has records',
      '![map](z.png)',
      '    - has an apex',
      '',
      '     - is delegated',
    );
    expect(texts(named(concepts, 'Zone'))).toEqual(['has records', 'has an apex', 'is delegated']);
  });

  it('bullets that start five columns in are bullets', () => {
    expect(
      terms(read('# DNS', '', '     - Zone: a part of the tree', '     - Record: a line of a zone')),
    ).toEqual(['DNS', 'Zone', 'Record']);
  });

  it('numbers with a point or a bracket are bullets', () => {
    expect(texts(named(read('# DNS', '1. asks the root', '2) asks the zone'), 'DNS'))).toEqual([
      'asks the root',
      'asks the zone',
    ]);
  });

  it('a wrapped line belongs to its bullet', () => {
    expect(texts(named(read('# DNS', '- a tree of names', '  and zones', 'and more'), 'DNS'))).toEqual([
      'a tree of names and zones and more',
    ]);
  });
});

describe('rule 3: what is no text goes', () => {
  it.each([
    ['~~Up to 1 MB~~ Up to 2 MB a record', 'Up to 2 MB a record'],
    ['reads <b>one</b> page <!-- check --> at a time', 'reads one page at a time'],
    ['see [the guide](https://example.com) and ![x](y.png) run', 'see the guide and run'],
    ['the key is `<srcaddr>` of **each** flow', 'the key is <srcaddr> of each flow'],
    ['keeps order within a shard (Remember for the exam)', 'keeps order within a shard'],
    ['runs in one zone only <-- EXAM', 'runs in one zone only'],
    ['[ ] waits for the leader', 'waits for the leader'],
  ])('%s', (line, text) => {
    expect(texts(named(read('# Log', `- ${line}`), 'Log'))).toEqual([text]);
  });

  it('keeps code, bold and web links when it is drawn', () => {
    const [fact] = named(
      read('# Log', '- reads `a_b` from [here](https://example.com), **never** [there](x.md)'),
      'Log',
    ).facts;
    expect(fact?.markdown).toBe('reads `a_b` from [here](https://example.com), **never** there');
  });
});

describe('rule 4: the separator', () => {
  it.each([
    ['Broker: keeps topics', 'Broker'],
    ['**Broker:** keeps topics', 'Broker'],
    ['**Broker**:keeps topics', 'Broker'],
    ['`broker.id`: a number', 'broker.id'],
    ['Broker - a server of the cluster', 'Broker'],
    ['Broker – a server of the cluster', 'Broker'],
    ['ISR = In Sync Replicas', 'ISR'],
    ['代理：保存主题', '代理'],
    ['🔥 **Broker** – a server', 'Broker'],
  ])('%s', (line, term) => {
    expect(terms(read('# Kafka', `- ${line}`))).toEqual(['Kafka', term]);
  });

  it.each([
    'runs at 10:30 with a ratio of 3:1',
    'see https://example.com/a for more',
    'uses std::vector inside',
    'reads fast - writes slowly when it is asked to',
    'the code `a: b` sets it',
    'sends to a partition (example: by key) in order',
  ])('none in: %s', (line) => {
    expect(terms(read('# Kafka', `- ${line}`))).toEqual(['Kafka']);
  });
});

describe('rule 5: a lead is a term only if it names a thing', () => {
  it.each([
    'Example: an online shop',
    'Use cases: logs and clicks',
    'Pricing: for each hour',
    'Best practices: keep keys small',
    'Limitations: no joins',
    'Types of brokers: plain and fast',
    'Messages are not deleted: they expire by age',
    'If the leader fails: another takes over',
    'Retention: 7 days by default',
    'EC2: install the agent',
  ])('%s', (line) => {
    const concepts = read('# Kafka', `- ${line}`);
    expect(terms(concepts)).toEqual(['Kafka']);
    expect(texts(named(concepts, 'Kafka'))).toEqual([line]);
  });

  it('a clause may end in the term that its gloss explains', () => {
    const concepts = read(
      '# Kafka',
      '- Every cluster elects its leader via the Group Coordinator: a broker that watches members',
    );
    expect(texts(named(concepts, 'Group Coordinator'))).toEqual(['a broker that watches members']);
  });
});

describe('rule 6: terms are cleaned', () => {
  it.each([
    ['Standard (default)', 'Standard', []],
    ['**Recovery Point Objective (RPO)**', 'Recovery Point Objective', ['RPO']],
    ['RPO (Recovery Point Objective)', 'RPO', ['Recovery Point Objective']],
    ['Data Firehose (formerly Kinesis Firehose)', 'Data Firehose', ['Kinesis Firehose']],
    ['The *leader*', 'leader', []],
  ])('%s', (lead, term, aliases) => {
    expect(named(read('# Topic', `- ${lead}: what it is`), term).aliases).toEqual(aliases);
  });

  it.each([
    ['# SQS - Simple Queue Service', 'SQS', ['Simple Queue Service']],
    ['# Simple Queue Service (SQS)', 'Simple Queue Service', ['SQS']],
    ['# 3. Queues 101', 'Queues', []],
    ['# Introduction to Queues', 'Queues', []],
    ['# What is a queue?', 'queue', []],
  ])('%s', (heading, term, aliases) => {
    expect(named(read(heading, '', '- keeps messages'), term).aliases).toEqual(aliases);
  });
});

describe('rule 7: without a gloss the children are the body', () => {
  it('a name alone takes its bullets', () => {
    expect(texts(named(read('# Kafka', '- Broker', '  - A server', '  - Keeps topics'), 'Broker'))).toEqual([
      'A server',
      'Keeps topics',
    ]);
  });

  it('a head with nothing but a picture makes no card', () => {
    const library = makeLibrary([readNote('k.md', '# Kafka\n\n- Broker:\n\n  ![map](m.png)\n')]);
    expect(library.cards).toEqual([]);
  });
});

describe('rule 8: without a subject a line speaks of the nearest concept above', () => {
  it('generic headings pass on', () => {
    const concepts = read(
      '# Kafka',
      '## Best practices',
      '- keeps keys small',
      '## Good to know',
      '### Architecture',
      '- runs on the JVM',
    );
    expect(terms(concepts)).toEqual(['Kafka']);
    expect(texts(named(concepts, 'Kafka'))).toEqual(['keeps keys small', 'runs on the JVM']);
  });

  it('a card puts the term in place of a pronoun', () => {
    const library = makeLibrary([
      readNote('k.md', '# Kafka\n\n- Broker\n  - It is a server\n  - Provides storage for topics'),
    ]);
    expect(library.cards.map((card) => card.back)).toEqual([
      'Broker is a server',
      'Broker provides storage for topics',
    ]);
  });
});

describe('rule 9: terms in bold within a sentence', () => {
  it('that names them', () => {
    const concepts = read(
      '# Kafka',
      '- Messages that fail often go to a topic known as the **dead letter topic**',
    );
    expect(texts(named(concepts, 'dead letter topic'))).toHaveLength(1);
  });

  it('but not in bold for stress', () => {
    expect(terms(read('# Kafka', '- It is **NOT** a queue', '- **NEVER**: delete by hand'))).toEqual([
      'Kafka',
    ]);
  });
});

describe('rule 10: one term, one concept', () => {
  it('joins both bodies under one parent', () => {
    const concepts = read('# Kafka', '- Broker: a server', '- other', '- Broker:', '  - has an id');
    expect(texts(named(concepts, 'Broker'))).toEqual(['a server', 'has an id']);
  });

  it('keeps the same label under two parents apart', () => {
    const concepts = read('# SQS', '- Standard: best effort', '# S3', '- Standard: three zones');
    expect(terms(concepts)).toEqual(['SQS', 'Standard', 'S3', 'Standard']);
    expect(new Set(concepts.map((concept) => concept.id)).size).toBe(4);
  });

  it('joins over notes, and says which note a line is from', () => {
    const library = makeLibrary([
      readNote('a.md', '# Kafka\n\n- Broker: a server'),
      readNote('b.md', '# Kafka\n\n- Broker:\n  - has an id'),
    ]);
    expect(terms(library.concepts)).toEqual(['Kafka', 'Broker']);
    expect(named(library.concepts, 'Broker').facts.map((fact) => fact.note)).toEqual([undefined, 'b.md']);
  });

  it('keeps bullets of two notes without headings apart', () => {
    const library = makeLibrary([
      readNote('sqs.md', '- Standard: best effort'),
      readNote('s3.md', '- Standard: three zones'),
    ]);
    expect(library.concepts.filter((concept) => concept.term === 'Standard')).toHaveLength(2);
  });
});

describe('rule 11: children of an announcement are a list', () => {
  const listOf = (...lines: string[]) => read('# Kafka', ...lines).flatMap((concept) => concept.lists);

  it('a stated count that agrees closes it', () => {
    const [list] = listOf('- There are 2 types of topics:', '  - Compacted', '  - Plain: deleted by age');
    expect(list).toMatchObject({
      closed: true,
      members: [{ text: 'Compacted', concept: undefined }, { text: 'Plain' }],
    });
  });

  it.each([
    ['a count that disagrees', '- There are 3 types of topics:', '  - Compacted'],
    ['etc.', '- There are 2 types of topics:', '  - Compacted etc.'],
    ['such as', '- There are 2 types of topics, such as:', '  - Compacted'],
    ['no count', '- It has the following types:', '  - Compacted'],
  ])('%s leaves it open', (_, intro, first) => {
    expect(listOf(intro, first, '  - Plain')).toMatchObject([{ closed: false }]);
  });
});

describe('rule 12: order', () => {
  it('numbers below an announcement of steps are an order', () => {
    const [kafka] = read(
      '# Kafka',
      '- Steps to send:',
      '  1. Open a producer',
      '  2. Send a record',
      '  3. Close it',
    );
    expect(kafka?.lists).toMatchObject([{ ordered: true, members: [{}, {}, { text: 'Close it' }] }]);
  });

  it('numbers that jump are no order', () => {
    const [kafka] = read('# Kafka', '- Steps to send:', '  1. Open a producer', '  5. Send a record');
    expect(kafka?.lists).toMatchObject([{ ordered: false }]);
  });
});

describe('other habits', () => {
  it('a heading with prose, a definition list, a bold label, details', () => {
    const concepts = read(
      '# Consensus',
      '## Quorum',
      'A majority of the',
      'replicas.',
      '## Raft',
      'Term',
      ':   a span with one leader',
      '',
      '**Election**',
      '',
      '- A vote among the candidates',
      '',
      '<details><summary>What is a lease?</summary>',
      '',
      'A lock with a time limit.',
      '',
      '</details>',
    );
    expect(texts(named(concepts, 'Quorum'))).toEqual(['A majority of the replicas.']);
    expect(texts(named(concepts, 'Term'))).toEqual(['a span with one leader']);
    expect(texts(named(concepts, 'Election'))).toEqual(['A vote among the candidates']);
    expect(texts(named(concepts, 'lease'))).toEqual(['A lock with a time limit.']);
  });

  it('tables define terms, or compare', () => {
    const concepts = read(
      '# S3',
      '| Class | Meaning |',
      '|---|---|',
      '| `IA` | rare access |',
      '',
      '| | IA | One Zone |',
      '|---|---|---|',
      '| zones | 3 | 1 |',
    );
    expect(texts(named(concepts, 'IA'))).toEqual(['rare access']);
    expect(texts(named(concepts, 'S3'))).toEqual(['zones: IA: 3; One Zone: 1']);
  });

  it.each([
    ['What is a quorum?::A majority', 'What is a quorum?', 'A majority'],
    ['- quorum :: a majority', 'quorum', 'a majority'],
    ['Q: What is a quorum?\nA: A majority', 'What is a quorum?', 'A majority'],
    ['- Q: What is a quorum?\n- A: A majority', 'What is a quorum?', 'A majority'],
    ['- A quorum is a ==majority== of all', 'A quorum is a \\_\\_\\_ of all', 'majority'],
    ['- A quorum is a {{c1::majority}} of all', 'A quorum is a \\_\\_\\_ of all', 'majority'],
  ])('the author’s own card: %s', (text, front, back) => {
    const library = makeLibrary([readNote('c.md', `# Consensus\n\n${text}\n`)]);
    expect(library.cards).toMatchObject([{ kind: 'author', front, back }]);
  });

  it('properties and scheduling comments are no text', () => {
    expect(read('tags:: databases', '', '- id:: 12 <!--SR:!2024-01-01,3,250-->')).toEqual([]);
  });

  it('the front matter gives the title and other names, and can turn cards off', () => {
    const library = makeLibrary([
      readNote('k8s.md', '---\ntitle: Kubernetes\naliases: [k8s]\ncards: off\n---\n\n- Pod: a unit'),
    ]);
    expect(library.concepts[0]).toMatchObject({ term: 'Kubernetes', aliases: ['k8s'] });
    expect(terms(library.concepts)).toEqual(['Kubernetes', 'Pod']);
    expect(library.cards).toEqual([]);
  });

  it('bullets without any heading belong to what the file is called', () => {
    const { concepts } = readNote('02-load_balancers.md', '- spread requests over targets');
    expect(terms(concepts)).toEqual(['load balancers']);
  });

  it('Chinese, Japanese and Arabic notes have terms', () => {
    const concepts = read(
      '# 数据库',
      '- 分片：将数据分布到多个节点',
      '- インデックス：検索を速くする',
      '- الفهرس: يسرع البحث',
    );
    expect(terms(concepts)).toEqual(['数据库', '分片', 'インデックス', 'الفهرس']);
  });
});

describe('more habits', () => {
  it('a row that defines its first cell keeps the heads of what is compared', () => {
    const concepts = read(
      '# Isolation levels',
      '| Level | Dirty read | Phantom read |',
      '| --- | --- | --- |',
      '| Read committed | no | yes |',
    );
    expect(texts(named(concepts, 'Read committed'))).toEqual(['Dirty read: no; Phantom read: yes']);
  });

  it('a row with a column of meanings drops that head only', () => {
    const concepts = read(
      '# DB',
      '| Term | Meaning | Note |',
      '| --- | --- | --- |',
      '| Vacuum | frees rows | slow |',
    );
    expect(texts(named(concepts, 'Vacuum'))).toEqual(['frees rows; Note: slow']);
  });

  it.each([
    ['Stoma (plural stomata)', 'stomata'],
    ['Fungus (pl. fungi)', 'fungi'],
    ['Bacteria (singular: bacterium)', 'bacterium'],
  ])('%s has another name by its number', (lead, alias) => {
    expect(read(`- ${lead}: something small`).at(-1)?.aliases).toEqual([alias]);
  });

  it('names in emphasis have their glosses, line by line or in a sentence', () => {
    const concepts = read(
      '# Law',
      '*Bailment*: goods left with another',
      '*Lien*: a right to keep them',
      '',
      'A *tort* is a civil wrong.',
    );
    expect(terms(concepts)).toEqual(['Law', 'Bailment', 'Lien', 'tort']);
  });

  it('a formula, a value and a one-word verdict say something of what stands above', () => {
    const concepts = read(
      '# Optics',
      '- Lens: bends light',
      '  - P = 1 / f',
      '  - f/8: sharp',
      '  - Used lenses: accepted',
    );
    expect(terms(concepts)).toEqual(['Optics', 'Lens']);
    expect(texts(named(concepts, 'Lens'))).toContain('P = 1 / f');
  });

  it.each([
    [
      'another note',
      [
        ['lambda.md', '# Lambda\n\n- runs code without servers'],
        ['sqs.md', '# SQS\n\n- Lambda: polls the queue'],
      ],
    ],
    [
      'the same note',
      [['aws.md', '# SQS\n\n- Lambda: polls the queue\n\n# Lambda\n\n- runs code without servers']],
    ],
  ])('a remark about what %s explains stays with what it stands under', (_, notes) => {
    const library = makeLibrary(notes.map(([note = '', text = '']) => readNote(note, text)));
    expect(terms(library.concepts).sort()).toEqual(['Lambda', 'SQS']);
    expect(texts(named(library.concepts, 'SQS'))).toContain('Lambda: polls the queue');
  });

  it('a remark is all that is known of a thing that no other place explains', () => {
    expect(terms(read('# SQS', '- Lambda: polls the queue'))).toEqual(['SQS', 'Lambda']);
  });

  it('a bold name or a bare one right above its prose or list has both as its body', () => {
    const concepts = read(
      '# Sewing',
      '**Seam**',
      'A line where two pieces meet.',
      '- pressed open',
      '',
      'Bias tape (BT)',
      '- is cut across the grain',
      '',
      'Drawbacks',
      '- frays',
    );
    expect(terms(concepts)).toEqual(['Sewing', 'Seam', 'Bias tape']);
    expect(texts(named(concepts, 'Seam'))).toEqual(['A line where two pieces meet.', 'pressed open']);
    expect(texts(named(concepts, 'Sewing'))).toEqual(['Drawbacks', 'frays']);
  });

  it('a line that gives only another name adds it to what stands above', () => {
    const concepts = read(
      '# Subtyping',
      '- Structural typing: members decide',
      '  - also known as **duck typing**',
    );
    expect(named(concepts, 'Structural typing').aliases).toEqual(['duck typing']);
    expect(terms(concepts)).toEqual(['Subtyping', 'Structural typing']);
  });

  it('a small plural before its list labels it; a column of names beside compared ones names its rows', () => {
    const concepts = read(
      '# Routing',
      'modes:',
      '- static: set by hand',
      '',
      '| Protocol | Metric | Scope |',
      '| --- | --- | --- |',
      '| RIP | hops | small |',
    );
    expect(terms(concepts)).toEqual(['Routing', 'static', 'RIP']);
    expect(named(concepts, 'static').parent).toBe(named(concepts, 'Routing').id);
  });

  it.each([
    ['**Law of demand.** If the price rises, less is bought.', 'Law of demand', []],
    ['**Minimum wage**. Nobody may be paid less.', 'Minimum wage', []],
    ['A bill of lading (BOL) is a receipt for goods.', 'bill of lading', ['BOL']],
    ['- pH = negative log of the H+ concentration', 'pH', []],
  ])('%s: explains its first words', (line, term, aliases) => {
    expect(read('# Trade', line).slice(1)).toMatchObject([{ term, aliases }]);
  });

  it('lines of a glossary are no part of the list above them', () => {
    const concepts = read(
      '# Trade',
      'Barriers',
      '- Tariff: a tax on imports',
      '',
      'Quota: a limit on imports',
      'Embargo: a ban on trade',
    );
    expect(named(concepts, 'Quota').parent).toBe(named(concepts, 'Trade').id);
  });

  it('code below a bullet is shown with it, and is no card', () => {
    const lines = [
      '# Git',
      '- Tag: a name',
      '  - made so',
      '    ```sh',
      '    git tag v1',
      '',
      '      -f',
      '    ```',
    ];
    const library = makeLibrary([readNote('git.md', lines.join('\n'))]);
    const tag = named(library.concepts, 'Tag');
    expect(library.textOf(tag.id)).toBe(
      ['- Tag: a name', '- made so', '  ```sh', '  git tag v1', '', '    -f', '  ```'].join('\n'),
    );
    expect(library.cards.map((card) => card.front + card.back).join()).not.toContain('git tag');
  });

  it('names in small letters, each on a line with its gloss, are a glossary too', () => {
    const concepts = read(
      '# Files',
      'hard link: another name for a file',
      'inode: all of a file but its name',
    );
    expect(terms(concepts)).toEqual(['Files', 'hard link', 'inode']);
  });
});
