import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { linesOf } from '../../src/cli/lines.js';
import { bringUpToDate, root } from './built.js';

const folder = mkdtempSync(path.join(tmpdir(), 'eks-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(bringUpToDate);

interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

const start = (args: readonly string[], environment: Record<string, string> = {}) =>
  spawn(process.execPath, ['dist/cli.js', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], DATABASE_URL: `file:${folder}/eks.db`, ...environment },
  });

async function eks(
  args: readonly string[],
  input = '',
  environment: Record<string, string> = {},
): Promise<Run> {
  const child = start(args, environment);
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, out, err };
}

const parsed = <T>(shape: z.ZodType<T>, out: string): T[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => shape.parse(JSON.parse(line)));

const Explained = z.object({
  query: z.string(),
  outcome: z.enum(['found', 'ambiguous', 'none']),
  concepts: z.array(
    z.object({
      id: z.string(),
      term: z.string(),
      aliases: z.array(z.string()),
      path: z.array(z.string()),
      note: z.string(),
      line: z.int().positive(),
      text: z.string(),
    }),
  ),
  suggestions: z.array(z.string()),
});

describe('eks explain', () => {
  it('prints the answer alone on standard output', async () => {
    const { status, out, err } = await eks(['explain', 'etcd']);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/^etcd/);
  });

  it('answers one line for each line of input, in order, the empty and the last one too', async () => {
    const { status, out } = await eks(['explain', '--json'], 'etcd\r\n\nphotosynthesis\nkubelet');
    const answers = parsed(Explained, out);
    expect(status).toBe(0);
    expect(answers.map(({ query }) => query)).toEqual(['etcd', '', 'photosynthesis', 'kubelet']);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['found', 'none', 'none', 'found']);
    expect(answers[0]?.concepts[0]?.term).toBe('etcd');
  });

  it('answers a line before the next one comes', async () => {
    const child = start(['explain', '--json']);
    const answers = linesOf(child.stdout)[Symbol.asyncIterator]();
    for (const query of ['etcd', 'kubelet']) {
      child.stdin.write(`${query}\n`);
      const { value } = await answers.next();
      expect(Explained.parse(JSON.parse(String(value))).query).toBe(query);
    }
    child.stdin.end();
    await once(child, 'close');
    expect(child.exitCode).toBe(0);
  });

  it('reads the notes that --content names, over CONTENT_DIR', async () => {
    const notes = mkdtempSync(path.join(folder, 'notes-'));
    writeFileSync(
      path.join(notes, 'tea.md'),
      '# Tea\n\n- `Oolong`: a half oxidised tea\n- `Sencha`: a steamed green tea\n',
    );
    const { out } = await eks(['explain', '--json', '--content', notes, 'oolong'], '', {
      CONTENT_DIR: '/nowhere',
    });
    expect(parsed(Explained, out)[0]?.concepts[0]).toMatchObject({ term: 'Oolong', note: 'tea.md', line: 3 });
  });

  it('ends with status 1 and says what to do when the folder is missing', async () => {
    const { status, out, err } = await eks(['explain', '--content', path.join(folder, 'missing'), 'x']);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toContain('missing');
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe('eks', () => {
  it.each([[['nonsense']], [['explain', '--nonsense', 'x']], [['questions', '--seed', 'x']], [[]]])(
    'ends with status 2 and help on standard error at %j',
    async (args) => {
      const { status, out, err } = await eks(args);
      expect({ status, out }).toEqual({ status: 2, out: '' });
      expect(err).not.toBe('');
    },
  );

  it('shows help on standard output when asked', async () => {
    const { status, out } = await eks(['--help']);
    expect(status).toBe(0);
    expect(out).toContain('which-node');
  });

  it('lists every problem of the environment', async () => {
    const { status, err } = await eks(['concepts'], '', { PORT: 'x', TIME_ZONE: 'y' });
    expect(status).toBe(1);
    expect(err).toContain('PORT');
    expect(err).toContain('TIME_ZONE');
  });

  it('ends quietly when its reader goes away', async () => {
    const child = start(['concepts', '--json']);
    child.stdout.once('data', () => child.stdout.destroy());
    const [err] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect({ status: child.exitCode, err }).toEqual({ status: 0, err: '' });
  });
});

describe('eks which-node', () => {
  it('answers with ids and reasons', async () => {
    const Advice = z.object({
      query: z.string(),
      outcome: z.enum(['fit', 'conditional', 'none', 'unclear']),
      needs: z.array(z.string()),
      suitable: z.array(z.string()),
      conditional: z.record(z.string(), z.array(z.string())),
      ruledOut: z.record(z.string(), z.array(z.string())),
      notUnderstood: z.array(z.string()),
      text: z.string(),
    });
    const { status, out } = await eks(['which-node', '--json'], 'windows\n\n');
    const [windows, empty] = parsed(Advice, out);
    expect(status).toBe(0);
    expect(windows).toMatchObject({ query: 'windows', outcome: 'fit' });
    expect(Object.keys(windows?.ruledOut ?? {})).toContain('fargate');
    expect(empty?.outcome).toBe('unclear');
  });
});

describe('what eks makes of the notes', () => {
  it('lists concepts, cards and questions as JSON, one a line', async () => {
    const [concepts, cards, questions] = await Promise.all([
      eks(['concepts', '--json']),
      eks(['cards', '--json']),
      eks(['questions', '--json']),
    ]);
    const Place = z.object({ id: z.string(), note: z.string(), line: z.int().positive() });
    const known = new Set(parsed(Place.extend({ term: z.string() }), concepts.out).map(({ id }) => id));
    const listed = parsed(
      Place.extend({ concept: z.string(), front: z.string(), back: z.string() }),
      cards.out,
    );
    expect(listed.length).toBeGreaterThan(20);
    expect(listed.filter(({ concept }) => !known.has(concept))).toEqual([]);
    const asked = parsed(
      Place.extend({
        card: z.string(),
        form: z.enum(['choice', 'typed', 'order', 'match']),
        stem: z.string(),
        options: z.array(z.string()),
        answer: z.string(),
      }),
      questions.out,
    );
    const ids = new Set(listed.map(({ id }) => id));
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter(({ card }) => !ids.has(card))).toEqual([]);
    const choices = asked.filter(({ form }) => form === 'choice');
    expect(choices.length).toBeGreaterThan(10);
    expect(choices.filter(({ options, answer }) => !options.includes(answer))).toEqual([]);
    expect(asked.filter(({ form, options }) => (form === 'typed') !== (options.length === 0))).toEqual([]);
  });

  it('asks the same questions for the same seed, and others for another', async () => {
    const ask = async (seed: string) =>
      (await eks(['questions', '--json', '--count', '5', '--seed', seed])).out;
    const [one, again, other] = await Promise.all([ask('1'), ask('1'), ask('2')]);
    expect(one.trim().split('\n')).toHaveLength(5);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it('counts why tries to ask were given up, and names the cards without a question', async () => {
    const Drops = z.object({
      cards: z.int(),
      asked: z.int(),
      drops: z.record(z.string(), z.int().positive()),
      without: z.array(z.object({ card: z.string(), front: z.string(), note: z.string(), line: z.int() })),
    });
    const [counted] = parsed(Drops, (await eks(['questions', '--explain-drops', '--json'])).out);
    expect(counted?.asked).toBeGreaterThan(20);
    expect((counted?.asked ?? 0) + (counted?.without.length ?? 0)).toBe(counted?.cards);
    expect(Object.keys(counted?.drops ?? {})).not.toEqual([]);
  });

  it('checks notes: status 0 without errors, 1 with one', async () => {
    expect((await eks(['check', '--json'])).status).toBe(0);
    const notes = mkdtempSync(path.join(folder, 'broken-'));
    writeFileSync(path.join(notes, 'fine.md'), '# Tea\n\n- `Oolong`: a half oxidised tea\n');
    writeFileSync(path.join(notes, 'broken.md'), Buffer.from([35, 32, 0, 1, 2, 0xff]));
    const { status, out } = await eks(['check', '--json', '--content', notes]);
    expect(status).toBe(1);
    const Problem = z.object({
      severity: z.string(),
      note: z.string(),
      line: z.number(),
      message: z.string(),
    });
    expect(parsed(Problem, out)).toContainEqual(
      expect.objectContaining({ severity: 'error', note: 'broken.md' }),
    );
  });
});

describe('eks schedule', () => {
  it('answers each history in order, and a broken one with its error', async () => {
    const good = { id: 'a', reviews: [{ at: '2026-01-01T10:00:00Z', rating: 3 }] };
    const input = [JSON.stringify(good), '{"id":', JSON.stringify({ ...good, id: 'b' })].join('\n');
    const { status, out, err } = await eks(['schedule'], input);
    const Answer = z.object({ id: z.string().optional(), error: z.string().optional() });
    expect(parsed(Answer, out)).toEqual([
      { id: 'a' },
      { error: expect.stringContaining('line 2') },
      { id: 'b' },
    ]);
    expect(status).toBe(1);
    expect(err).toContain('line 2');
  });
});

describe('eks with a database', () => {
  const database = ['--database', `file:${path.join(folder, 'other.db')}`];

  it('finds the whole house in order, and does not make a database to say so', async () => {
    const Finding = z.object({ check: z.string(), ok: z.boolean(), message: z.string() });
    const { status, out } = await eks(['doctor', '--json', ...database]);
    expect(parsed(Finding, out).filter(({ ok }) => !ok)).toEqual([]);
    expect(status).toBe(0);
    expect(out).toContain('not there yet');
  });

  it('names what is not in order, with status 1', async () => {
    const { status, out } = await eks([
      'doctor',
      '--database',
      `file:${folder}`,
      '--content',
      path.join(folder, 'no'),
    ]);
    expect(status).toBe(1);
    expect(out).toMatch(/^not ok {2}notes: /m);
    expect(out).toMatch(/^not ok {2}database: /m);
    expect((await eks(['doctor'], '', { PORT: 'x' })).out).toMatch(/^not ok {2}configuration: /m);
  });

  it('rebuilds an empty log to nothing', async () => {
    const { status, out } = await eks(['rebuild', '--json', ...database]);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toEqual({
      reviews: 0,
      states: 0,
      mismatches: 0,
      boards: { scores: 0, mismatches: 0 },
    });
  });

  it('chats line by line', async () => {
    const { status, out, err } = await eks(['chat', ...database], '/eks explain etcd\n');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toContain('etcd');
  });
});

describe('lines of input', () => {
  const read = async (...chunks: (string | Uint8Array)[]) => {
    const lines: string[] = [];
    for await (const line of linesOf(
      (async function* () {
        yield* chunks;
      })(),
    )) {
      lines.push(line);
    }
    return lines;
  };

  it('end at line feeds only, wherever the chunks are cut', async () => {
    const euro = Buffer.from('€\n');
    expect(await read('a\r', '\nb', 'c\n\n', euro.subarray(0, 1), euro.subarray(1), 'last\u2028one')).toEqual(
      ['a', 'bc', '', '€', 'last\u2028one'],
    );
    expect(await read()).toEqual([]);
  });

  it('are refused when one is endless', async () => {
    await expect(read('x'.repeat(17 * 1024 * 1024))).rejects.toThrow(/16 MiB/);
  });
});
