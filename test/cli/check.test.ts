import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { notesAt } from '../../src/cli/revision.js';
import { loadLibrary } from '../../src/notes/library.js';
import { migrationsFolder, readMigrations } from '../../src/store/migrations.js';
import { openStore } from '../../src/store/open.js';
import { bringUpToDate, root } from '../house/built.js';
import { draft, NOW, person } from '../store/samples.js';

const base = mkdtempSync(path.join(tmpdir(), 'eks-check-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let home: string;
let content: string;
beforeEach(() => {
  home = mkdtempSync(path.join(base, 'repository-'));
  content = path.join(home, 'docs', 'notes');
  mkdirSync(content, { recursive: true });
});

const tea = `# Tea

- \`oolong\`: a half oxidised tea from the hills of Fujian
- \`sencha\`: a green tea that is steamed for 30 seconds
- \`matcha\`: tea leaves ground to a fine powder
- \`hojicha\`: roasted over charcoal until it is brown
`;

const save = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(content, name)), { recursive: true });
  writeFileSync(path.join(content, name), text);
};

const git = (...args: string[]) =>
  execFileSync('git', ['-C', home, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

function commit(): void {
  if (!existsSync(path.join(home, '.git'))) git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'notes');
}

describe('the notes of a revision', () => {
  it('are those of the content folder alone, without guide, hidden folders and links', async () => {
    save('tea.md', tea);
    save('deep/Grün tee.md', '# Grün\n');
    save('README.md', '# Guide\n');
    save('.hidden/x.md', '# Hidden\n');
    save('binary.md', 'a\0b');
    symlinkSync('tea.md', path.join(content, 'link.md'));
    writeFileSync(path.join(home, 'outside.md'), '# Outside\n');
    commit();
    save('tea.md', 'changed since');
    const notes = await notesAt(content, 'HEAD');
    expect(notes).toEqual([
      { note: 'deep/Grün tee.md', text: '# Grün\n' },
      { note: 'tea.md', text: tea },
    ]);
    expect(await notesAt(home, 'HEAD')).toContainEqual({ note: 'outside.md', text: '# Outside\n' });
  });

  it.each([
    ['--upload-pack=touch x', /no git revision/],
    ['-n1', /no git revision/],
    ['HEAD; touch x', /no git revision/],
    ['', /no git revision/],
    ['^HEAD', /no git revision/],
    ['nowhere', /neither a folder nor a revision/],
    ['HEAD:docs', /neither a folder nor a revision/],
    ['$(id>x)', /neither a folder nor a revision/],
  ])('are refused for %j, and nothing runs', async (revision, message) => {
    save('tea.md', tea);
    commit();
    await expect(notesAt(content, revision)).rejects.toThrow(message);
    expect(existsSync(path.join(home, 'x')) || existsSync(path.join(content, 'x')) || existsSync('x')).toBe(
      false,
    );
  });

  it('are found from a hook of another working tree too, where git names a repository', async () => {
    save('tea.md', tea);
    writeFileSync(path.join(home, 'outside.md'), '# Outside\n');
    commit();
    vi.stubEnv('GIT_DIR', path.join(home, '.git'));
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect(await notesAt(content, 'HEAD')).toEqual([{ note: 'tea.md', text: tea }]);
  });

  it('need a repository, and the folder in it', async () => {
    save('tea.md', tea);
    await expect(notesAt(content, 'HEAD')).rejects.toThrow(/no git repository.*Give a folder/);
    commit();
    const late = path.join(home, 'late');
    mkdirSync(late);
    await expect(notesAt(late, 'HEAD')).rejects.toThrow(/In HEAD there is no folder late/);
  });
});

describe('eks check', () => {
  beforeAll(bringUpToDate);

  const eks = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', 'check', ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], DATABASE_URL: `file:${home}/eks.db`, CONTENT_DIR: content },
    });
    return { status, out: stdout, err: stderr };
  };

  const Changed = z.object({
    front: z.string(),
    note: z.string(),
    line: z.int(),
    learners: z.int().optional(),
  });
  const Impact = z.object({
    against: z.string(),
    added: z.array(Changed),
    edited: z.array(Changed),
    meaningChanged: z.array(Changed.extend({ before: z.object({ back: z.string() }) })),
    renamed: z.array(Changed),
    removed: z.array(Changed),
    moved: z.int(),
    unchanged: z.int(),
  });

  it('prints what an author may put right, with status 0 where nothing is wrong', () => {
    save('tea.md', tea.replace('# Tea\n', '# Tea\n\n- These are drunk hot\n'));
    const { status, out } = eks();
    expect(status).toBe(0);
    expect(out).toMatch(/^tea\.md:3: warning: "These" points at something above/m);
    const [first] = eks('--json').out.split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({ severity: 'warning', note: 'tea.md', line: 3 });
  });

  it('--against a revision says what became of the cards and whom it concerns', async () => {
    save('tea.md', tea);
    commit();
    const library = await loadLibrary(content);
    const store = await openStore(`file:${home}/eks.db`);
    await store.cards.sync(library.cards, NOW);
    const { id } = await store.learners.signIn(person(), 'Ada', NOW);
    const card = library.cards.find(({ front }) => front.includes('hojicha'));
    await store.reviews.record(draft(id, card?.id ?? '', 0));
    await store.close();
    save(
      'tea.md',
      tea
        .replace('30 seconds', '90 seconds')
        .replace('`oolong`', '`wulong`')
        .replace('fine powder', 'very fine powder')
        .replace(/- `hojicha`.*\n/, '- `sobacha`: no tea at all, but buckwheat in hot water\n'),
    );
    const { status, out } = eks('--against', 'HEAD', '--json');
    expect(status).toBe(0);
    expect(out.trimEnd()).not.toContain('\n');
    const impact = Impact.parse(JSON.parse(out));
    const fronts = (some: readonly { front: string }[]) =>
      some.map(({ front }) => /`(\w+)`/.exec(front)?.[1]);
    expect(fronts(impact.added)).toEqual(['sobacha']);
    expect(fronts(impact.edited)).toEqual(['matcha']);
    expect(fronts(impact.renamed)).toEqual(['wulong']);
    expect(impact.meaningChanged).toMatchObject([
      { line: 4, before: { back: expect.stringContaining('30') } },
    ]);
    expect(impact.removed).toMatchObject([{ note: 'tea.md', line: 6, learners: 1 }]);
    const text = eks('--against', 'HEAD').out;
    expect(text).toMatch(/^tea\.md:6: removed: .*hojicha.* \(1 learner\)$/m);
    expect(text).toMatch(/Against HEAD: 1 added, 1 edited \(progress kept\), 1 say/);
  });

  it('--against a folder needs no repository and no database', () => {
    save('tea.md', tea);
    const old = path.join(home, 'old');
    mkdirSync(old);
    writeFileSync(path.join(old, 'drinks.md'), tea);
    const { out } = eks('--against', old);
    expect(out).toMatch(/0 added, 0 edited .* 0 removed, 4 only moved/);
    expect(out).toMatch(/Learners are not counted: .*eks\.db is not there yet/);
    expect(existsSync(path.join(home, 'eks.db'))).toBe(false);
  });

  it('leaves a database of an earlier version as it is, as eks doctor does', async () => {
    save('tea.md', tea);
    commit();
    const [first] = await readMigrations(migrationsFolder('sqlite'));
    const earlier = path.join(home, 'migrations');
    mkdirSync(path.join(earlier, first?.name ?? ''), { recursive: true });
    writeFileSync(path.join(earlier, first?.name ?? '', 'migration.sql'), first?.sql ?? '');
    const file = path.join(home, 'eks.db');
    await (await openStore(`file:${file}`, { migrations: earlier })).close();
    const before = readFileSync(file);
    expect(eks('--against', 'HEAD').out).toMatch(/Learners are not counted: .*the next start migrates it/);
    const doctor = spawnSync(process.execPath, ['dist/cli.js', 'doctor'], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], DATABASE_URL: `file:${file}`, CONTENT_DIR: content },
    });
    expect(doctor).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('the next start migrates it'),
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('--against says which answers about node types change', () => {
    save('tea.md', tea);
    const facts = readFileSync(path.join(root, 'content/node-types/cost.yaml'), 'utf8');
    cpSync(path.join(root, 'content/node-types'), path.join(content, 'node-types'), { recursive: true });
    commit();
    const perPod = /(id: pay-per-pod[\s\S]*?self-managed: \{ support: )no/;
    save('node-types/cost.yaml', facts.replace(perPod, '$1yes'));
    const { out } = eks('--against', 'HEAD');
    expect(out).toContain('which-node pay-per-pod: self-managed: ruled out -> suitable');
    expect(out).toContain('scenario billed-by-pod: AWS Fargate -> not asked');
    const { nodeTypes } = JSON.parse(eks('--against', 'HEAD', '--json').out);
    expect(nodeTypes.answers[0]).toEqual({
      needs: ['pay-per-pod'],
      types: [{ type: 'self-managed', before: 'ruled out', after: 'suitable' }],
      reworded: [],
    });
    save('node-types/cost.yaml', facts.replace('source: eksctl-ng', 'source: nowhere'));
    expect(eks('--against', 'HEAD').out).toMatch(
      /which-node are not compared: node-types\/cost\.yaml:\d+: unknown source/,
    );
  });

  it('--against nonsense ends with status 1 and says what to give', () => {
    save('tea.md', tea);
    const { status, out, err } = eks('--against', '--upload-pack=x');
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toMatch(/no git revision\. Give a commit/);
  });
});
