import { describe, expect, it } from 'vitest';
import { makeLibrary, readNote } from '../../../src/notes/library.js';

const cardsOf = (...lines: string[]) => makeLibrary([readNote('n.md', lines.join('\n'))]).cards;
const fronts = (kind: string, ...lines: string[]) =>
  cardsOf(...lines)
    .filter((card) => card.kind === kind)
    .map((card) => card.front);

describe('the front of a definition', () => {
  it.each([
    ['# Kafka\n\n- `broker.id`: a number', 'What is `broker.id`?'],
    ['# Kafka\n\n- ISR: the replicas that keep up', 'What is ISR?'],
    ['# Kafka\n\n- Topics: named logs of records', 'In Kafka, what are Topics?'],
    ['# Kafka\n\n- Consumer group: a set of readers', 'In Kafka, what is a consumer group?'],
    ['# Kafka\n\n- Group Coordinator: watches members', 'What is Group Coordinator?'],
    ['# Kafka\n\n- Log Controller: watches logs', 'What is a Log Controller?'],
    ['# Kafka\n\n- A topic partition is a part of a topic', 'What is a topic partition?'],
    ['# Kafka\n\n- Fully replicated: every broker has it', 'In Kafka, what does “Fully replicated” mean?'],
    ['# Kafka\n\n- It is a log for events', 'What is Kafka?'],
  ])('%s', (text, front) => {
    expect(fronts('definition', text)).toEqual([front]);
  });
});

it('a first line that tells of something else is no answer to “What is it?”', () => {
  const note = [
    '# Espresso',
    '## Grinding',
    '- A finer grind slows the flow',
    '- Old beans make little foam',
  ];
  expect(cardsOf(...note).map((card) => card.front)).not.toContain('What is Grinding?');
});

describe('the front of a list', () => {
  const members = '\n  - Plain\n  - Compacted';
  it.each([
    ['- There are 2 types of topics:', 'In Kafka, which types of topics are there?'],
    ['- Types of topics:', 'In Kafka, which types of topics are there?'],
    ['- Topics can be the following types:', 'Which types can topics be?'],
    ['- A broker keeps the following topics:', 'Which topics does a broker keep?'],
    ['- Topics can be stored in two ways:', 'In which ways can topics be stored?'],
    ['- It consists of these parts:', 'What does Kafka consist of?'],
    ['- There are two ways to run Kafka:', 'Which ways to run Kafka are there?'],
    ['- The following engines are supported:', 'Which engines are supported?'],
    ['- Records will be sent to the following targets:', 'To which targets will records be sent?'],
    ['- You can connect to it in three ways:', 'In which ways can you connect to Kafka?'],
    ['- You need the following to start:', 'What do you need to start?'],
    ['- The broker uses several algorithms for speed:', 'Which algorithms does the broker use for speed?'],
    ['- Roles are the following:', 'What are the roles of Kafka?'],
    ['- It supports:', 'What does Kafka support?'],
    ['- It is made up of these parts:', 'What is Kafka made up of?'],
    ['- The main components:', 'What are the components of Kafka?'],
    ['- Key features include:', 'In Kafka, what are the key features?'],
    ['- Software that runs on every node:', 'Which software runs on every node?'],
    [
      '- Different ways in which topics fail, not all of them bad:',
      'What do the notes on Kafka list under “Different ways in which topics fail, not all of them bad”?',
    ],
  ])('%s', (intro, front) => {
    expect(fronts('list', `# Kafka\n\n${intro}${members}`)).toEqual([front]);
  });
});

describe('the front of a fact', () => {
  it.each([
    ['It is written in Scala', 'What is Kafka written in?'],
    ['It keeps records by offset', 'What does Kafka keep by offset?'],
    ['Uses a log to recover from a crash', 'What does Kafka use to recover from a crash?'],
    ['Integrates with stream processors', 'What does Kafka integrate with?'],
    ['It can be scaled horizontally', 'How can Kafka be scaled?'],
    ['It can replay old records', 'What can Kafka replay?'],
    ['It allows us to replay old records', 'What does Kafka allow us to do?'],
    ['The leader is elected by a controller', 'In Kafka, what is the leader elected by?'],
  ])('%s', (line, front) => {
    expect(fronts('fact', `# Kafka\n\n- It is a log for events\n- ${line}`)).toEqual([front]);
  });

  it.each([
    'They are both fast',
    'It is not a queue',
    'These run on each node',
    'It supports many things',
    'Note: it keeps its log on a disk',
    'The same goes for its log',
  ])('none that dangles or has nothing to ask for: %s', (line) => {
    expect(fronts('fact', `# Kafka\n\n- It is a log for events\n- ${line}`)).toEqual([]);
  });

  it('two lines that would be asked alike are not both asked', () => {
    const asked = fronts('fact', '# Kafka\n\n- It is a log\n- It keeps many records\n- It keeps old offsets');
    expect(asked).toEqual(['What does Kafka keep?']);
  });
});

describe('the card of a line with a name of its own', () => {
  const ids = (note: string, ...lines: string[]) =>
    makeLibrary([readNote(note, lines.join('\n'))]).cards.map((card) => card.id);

  it('keeps its id through new words, another heading and another file', () => {
    const before = ids(
      'a.md',
      '# Kafka',
      '- Broker: a server ^broker',
      '- It keeps records by offset ^keeps',
    );
    const after = ids(
      'deck/b.md',
      '# Logs',
      '## Kafka renamed',
      '- Node: what serves readers ^broker',
      '- It keeps whole records for a week ^keeps',
    );
    expect(before).toHaveLength(2);
    expect(new Set(after)).toEqual(new Set(before));
  });

  it.each([
    ['an author’s card', '- What is a log?::a list ^log', '- What is a log file?::an ordered list ^log'],
    ['a gap', '- A ==log== is a list ^log', '- A ==log== only grows ^log'],
    ['a list', '- It consists of: ^parts\n  - A\n  - B', '- Its parts are: ^parts\n  - A\n  - C'],
  ])('%s too', (_, before, after) => {
    expect(ids('a.md', '# Kafka', before)).toHaveLength(1);
    expect(ids('b.md', '# Pulsar', after)).toEqual(ids('a.md', '# Kafka', before));
  });

  it('a heading’s name holds for what stands below it', () => {
    const broker = '- It is a log\n- Broker: a server';
    expect(ids('a.md', '# Streams ^kafka', broker)).toEqual(ids('b.md', '# Kafka ^kafka', broker));
  });

  it('is never shown, is no name within code or a power, and is not given twice', () => {
    const library = makeLibrary([
      readNote('a.md', '# Kafka ^top\n\n- Broker: a server ^b1\n- Topic: a log ^b1\n- keeps 2 ^3 of `x ^y`'),
    ]);
    const all = library.concepts
      .map((concept) => `${concept.term}\n${library.textOf(concept.id)}`)
      .join('\n');
    expect(all).not.toMatch(/\^top|\^b1/);
    expect(all).toContain('2 ^3 of `x ^y`');
    expect(library.concepts.map((concept) => concept.term)).toEqual(['Kafka', 'Broker', 'Topic']);
    expect(library.problems).toMatchObject([{ severity: 'warning', line: 4 }]);
  });
});

describe('a card', () => {
  it('keeps its id when its lines move, and changes its hash when its text does', () => {
    const [before] = cardsOf('# Kafka', '- Broker: a server');
    const [moved] = cardsOf('# Kafka', '', '- words about it', '', '- Broker: a server').filter(
      (card) => card.kind === 'definition',
    );
    const [edited] = cardsOf('# Kafka', '- Broker: a server of topics');
    expect(moved?.id).toBe(before?.id);
    expect(moved?.hash).toBe(before?.hash);
    expect(edited?.id).toBe(before?.id);
    expect(edited?.hash).not.toBe(before?.hash);
  });

  it('has a short id in small letters, and no more than three key points', () => {
    const cards = cardsOf(
      '# Kafka',
      '- Broker: a server',
      '  - one fact',
      '  - two facts',
      '  - three facts',
      '  - four facts',
    );
    for (const card of cards) {
      expect(card.id).toMatch(/^[a-z2-7]{16}$/);
      expect(card.keyPoints.length).toBeLessThanOrEqual(3);
    }
  });
});

describe('the front of a fact that nobody can ask for in good English', () => {
  it.each(['contains les fichiers de la base', 'writes what to disk ?'])('%s: makes none', (fact) => {
    expect(fronts('fact', `# DB\n\n- **Checkpoint**: a point of recovery\n  - ${fact}`)).toEqual([]);
  });

  it.each([
    ['happens every 5 minutes by default', 'happens every ~ minutes by default.'],
    ['If the disk is full, the server stops', 'If the disk is full, ~.'],
    ['A page is written when it has changed', 'A page is written when ~.'],
    ['It is common to have one page per block', 'It is common to have ~ page per block.'],
    ['Every server runs it', '~ runs it.'],
    ['It is tied to no cloud: it runs anywhere', 'It is tied to no ~: it runs anywhere.'],
    ['Choosing the size depends on for what you store', 'Choosing the size depends on ~.'],
    ['Weighs time, cost and risk', 'Weighs ~.'],
    ['The redo log is the record that it reads', '~ is the record that it reads.'],
    ['Old pages go through `pg_wal` to the archive', 'Old pages go through ~ to the archive.'],
    ['Backups of `my_table` survive a crash', 'Backups of ~ survive a crash.'],
    ['Once a day my_table goes to the archive', 'Once a day my\\_table goes to ~.'],
  ])('%s: leaves out what tells most, and says of what', (fact, front) => {
    const said = `About Checkpoint, complete: “${front.replace('~', '\\_\\_\\_')}”`;
    expect(fronts('fact', `# DB\n\n- **Checkpoint**: a point of recovery\n  - ${fact}`)).toEqual([said]);
  });

  it('a row of a table is asked as a whole', () => {
    const table =
      '| Property | Green | Black |\n| --- | --- | --- |\n| Steeping time | 2 minutes | 4 minutes |';
    expect(fronts('fact', `# Tea\n\nA drink.\n\n${table}`)).toEqual([
      'About Tea, what do the notes give for “Steeping time”?',
    ]);
  });
});
