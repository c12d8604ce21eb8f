import { chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listFolder, NotesFolderError } from '../../src/notes/files.js';
import { loadLibrary, NoteReader, readLibrary } from '../../src/notes/library.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'notes-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const write = async (name: string, text: string | Uint8Array) => {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
};

const good = '# Kafka\n\n- Broker: a server\n';

/** Loads the folder; a good note in it must have been read whatever else is there. */
const load = async () => {
  const library = await loadLibrary(folder);
  expect(library.concepts.map((concept) => concept.term)).toContain('Broker');
  return library;
};

describe('a folder of notes', () => {
  it('is read with its folders, sorted, without hidden ones, other files and the guide at its top', async () => {
    await write('b.md', good);
    await write('a/deep/er.markdown', '# Deep\n\n- Term: gloss\n');
    await write('a/README.md', '# Inner\n\n- Term: gloss\n');
    await write('README.md', '# Guide\n\n- Not: a note\n');
    await write('.obsidian/x.md', '# Hidden\n\n- Not: a note\n');
    await write('node_modules/p/x.md', '# Package\n\n- Not: a note\n');
    await write('facts.yaml', 'not: a note\n');
    const library = await load();
    expect([...new Set(library.concepts.map((concept) => concept.source.note))]).toEqual([
      'a/README.md',
      'a/deep/er.markdown',
      'b.md',
    ]);
    expect(library.concepts.map((concept) => concept.deck)).toEqual(['a', 'a', 'a/deep', 'a/deep', 'b', 'b']);
    expect(library.problems).toEqual([]);
  });

  it('gives the same library twice', async () => {
    await write('a.md', good);
    await write('b.md', '# Kafka\n\n- Topic: a log\n');
    const [one, two] = [await load(), await load()];
    expect(two.concepts).toEqual(one.concepts);
    expect(two.cards).toEqual(one.cards);
  });

  it('finds concepts, cards, children and topics by id', async () => {
    await write('a.md', good);
    const library = await load();
    const [kafka, broker] = library.concepts;
    if (!kafka || !broker) throw new Error('two concepts were expected');
    expect(library.concept(broker.id)).toBe(broker);
    expect(library.childrenOf(kafka.id)).toEqual([broker]);
    expect(library.cardsOf(broker.id)).toEqual(library.cards);
    expect(library.topics).toMatchObject([
      { name: 'a' },
      { name: 'Kafka', concept: kafka.id, cards: [library.cards[0]?.id] },
    ]);
    expect(library.textOf(broker.id)).toBe('- Broker: a server');
  });

  it('may be empty, and then says what to do', async () => {
    const library = await loadLibrary(folder);
    expect(library.problems).toMatchObject([
      { severity: 'warning', note: '.', message: expect.stringMatching(/no notes.*\.md/i) },
    ]);
  });

  it('must exist and be a folder', async () => {
    await expect(loadLibrary(path.join(folder, 'missing'))).rejects.toThrow(NotesFolderError);
    await expect(loadLibrary(path.join(folder, 'missing'))).rejects.toThrow(/CONTENT_DIR/);
    await expect(loadLibrary(await write('file.md', good))).rejects.toThrow(/is a file/);
  });
});

describe('reading a folder again', () => {
  /** Which notes were opened, and what was read. */
  const readAgain = async (reader: NoteReader) => {
    const opened: string[] = [];
    const listing = await listFolder(folder);
    const notes = listing.notes.map((found) => ({
      ...found,
      read: () => {
        opened.push(found.note);
        return found.read();
      },
    }));
    return { library: await readLibrary({ ...listing, notes }, reader), opened };
  };

  it('opens only the note that was edited, and gives what a first reading gives', async () => {
    await write('a.md', good);
    await write('b.md', '# Kafka\n\n- Topic: a log\n');
    const reader = new NoteReader();
    expect((await readAgain(reader)).opened).toEqual(['a.md', 'b.md']);
    await write('b.md', '# Kafka\n\n- Topic: a log\n- Offset: a place in it\n');
    const { library, opened } = await readAgain(reader);
    expect(opened).toEqual(['b.md']);
    const first = await load();
    expect(library.concepts).toEqual(first.concepts);
    expect(library.cards).toEqual(first.cards);
    expect((await readAgain(reader)).opened).toEqual([]);
  });

  it('keeps what is wrong with a note, and forgets a note that is gone', async () => {
    await write('good.md', good);
    const bad = await write('bad.md', Buffer.from([0x50, 0x4b, 10, 0, 1]));
    const reader = new NoteReader();
    await readAgain(reader);
    expect((await readAgain(reader)).library.problems).toMatchObject([{ note: 'bad.md' }]);
    await rm(bad);
    expect((await readAgain(reader)).library.problems).toEqual([]);
  });

  it('makes a card anew whose answer another note changed', async () => {
    await write('a.md', '# Kafka\n\n- The parts are:\n  - Broker\n  - Topic: a log\n');
    const reader = new NoteReader();
    await readAgain(reader);
    await write('b.md', '# Rabbit\n\n- Broker: a post office\n- Topic: a way\n');
    const { library } = await readAgain(reader);
    expect(library.cards).toEqual((await load()).cards);
    expect(library.cards.map((card) => card.front).join()).toContain('In Kafka');
  });
});

describe('a note that cannot be read is a problem with a line, and the others load:', () => {
  it.each([
    ['binary', Buffer.from([0x50, 0x4b, 10, 0, 1]), 2, /binary/],
    ['not UTF-8', Buffer.concat([Buffer.from('# A\n\n- caf'), Buffer.from([0xe9, 0x20])]), 3, /UTF-8/],
    ['empty', '', 1, /empty/],
  ])('%s', async (_, content, line, message) => {
    await write('bad.md', content);
    await write('good.md', good);
    expect((await load()).problems).toMatchObject([
      { note: 'bad.md', line, message: expect.stringMatching(message) },
    ]);
  });

  it('50 MB, which is not read', async () => {
    const file = await write('large.md', '- x\n');
    await truncate(file, 50 * 1024 * 1024);
    await write('good.md', good);
    expect((await load()).problems).toMatchObject([
      { severity: 'error', note: 'large.md', message: expect.stringMatching(/50\.0 MB/) },
    ]);
  });

  it.skipIf(process.getuid?.() === 0)(
    'unreadable (root can read everything, so this needs another user)',
    async () => {
      await chmod(await write('secret.md', good), 0);
      await write('good.md', good);
      expect((await load()).problems).toMatchObject([{ severity: 'error', note: 'secret.md' }]);
    },
  );

  it('links that go round, nowhere or out of the folder', async () => {
    await write('good.md', good);
    await symlink('loop.md', path.join(folder, 'loop.md'));
    await symlink('gone.md', path.join(folder, 'nowhere.md'));
    await symlink('/etc/hosts', path.join(folder, 'out.md'));
    await mkdir(path.join(folder, 'sub'));
    await symlink('..', path.join(folder, 'sub', 'up'));
    const problems = (await load()).problems.map(({ note, severity }) => `${severity} ${note}`);
    expect(problems.sort()).toEqual(['error loop.md', 'error nowhere.md', 'error out.md', 'error sub/up']);
  });
});

describe('links within the folder', () => {
  it('do not read a note twice', async () => {
    await write('good.md', good);
    await symlink('good.md', path.join(folder, 'also.md'));
    const library = await load();
    expect(library.concepts.find((concept) => concept.term === 'Broker')?.facts).toHaveLength(1);
    expect(library.problems).toEqual([]);
  });

  it('lead to notes in hidden folders, as mounted configuration has them', async () => {
    await write('..data/good.md', good);
    await symlink('..data/good.md', path.join(folder, 'good.md'));
    const library = await load();
    expect(library.concepts[0]?.source.note).toBe('good.md');
  });
});

describe('other encodings', () => {
  it.each([
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${good}`)],
    ['UTF-16 LE', Buffer.from(`\uFEFF${good}`, 'utf16le')],
    ['UTF-16 BE', Buffer.from(`\uFEFF${good}`, 'utf16le').swap16()],
  ])('%s is read', async (_, bytes) => {
    await write('a.md', bytes);
    expect((await load()).problems).toEqual([]);
  });
});
