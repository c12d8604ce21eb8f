import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startWorld } from './harness.js';

const TYPES = [
  'Self-managed nodes',
  'Managed node groups',
  'AWS Fargate',
  'EKS Auto Mode',
  'EKS Hybrid Nodes',
];

/** A folder of notes on tea, with the shipped node-type facts beside them. */
async function teaWithFacts(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'eks-scenarios-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp('content/node-types', path.join(folder, 'node-types'), { recursive: true });
  await writeFile(path.join(folder, 'tea.md'), '# Tea\n\n- `Oolong`: a half oxidised tea from Fujian\n');
  return folder;
}

async function edit(folder: string, name: string, change: (text: string) => string): Promise<void> {
  const file = path.join(folder, 'node-types', name);
  const text = await readFile(file, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  await writeFile(file, changed);
}

test('scenario questions come in a quiz, with the node types as options and the pages below the answer', async () => {
  const world = await startWorld({ content: await teaWithFacts(), live: true });
  const ada = world.learner('ada');
  let reply = await ada.types('/eks quiz node-types');
  const asked = new Set<string>();
  for (let round = 0; round < 28; round += 1) {
    expect(reply.text).toContain('Which node type fits?');
    asked.add(reply.text);
    const options = (reply.buttons ?? []).map(({ label }) => label.replace(/^[A-E] · /, ''));
    expect([...options].sort()).toEqual([...TYPES].sort());
    const first = (await ada.presses('A · ')).text;
    expect(first).toMatch(/\*\*Why\*\*[\s\S]*Out: [\s\S]*Pages: [\s\S]*read 2025/);
    reply = await ada.presses('Next question');
  }
  expect(asked.size).toBe(28);
  expect(reply.text).toContain('That was all of node');
});

test('scenarios are reviewed like any card, several on one day', async () => {
  const world = await startWorld({ content: await teaWithFacts(), live: true });
  const ada = world.learner('ada');
  expect((await ada.types('/eks review node-types')).text).toContain('Which node type fits?');
  const shown = await ada.presses('Show answer');
  expect(shown.text).toMatch(/\*\*EKS Auto Mode\*\*\n\n- .*Out: /s);
  expect(shown.text).toContain('node-types/scenarios.yaml, line 4');
  expect((await ada.presses('Good')).text).toContain('Which node type fits?');
});

test('a team with notes of its own and no facts is asked nothing about node types', async () => {
  const folder = await teaWithFacts();
  await rm(path.join(folder, 'node-types'), { recursive: true });
  const world = await startWorld({ content: folder, live: true });
  expect(world.library.cards.filter(({ deck }) => deck === 'node-types')).toEqual([]);
  expect((await world.learner('ada').types('/eks which-node windows')).text).toContain('Managed node groups');
});

test('edited facts give other answers and other questions while the bot runs, and cards keep their ids', async () => {
  const folder = await teaWithFacts();
  const world = await startWorld({ content: folder, live: true });
  const ada = world.learner('ada');
  const scenario = (part: string) =>
    world.library.cards.find(({ key }) => key === `^which-node/${part}/author`);
  const before = scenario('wavelength');
  expect(before).toBeDefined();
  await edit(folder, 'scenarios.yaml', (text) =>
    text.replace('in a Wavelength Zone, close to mobile users', 'at the edge of a mobile network'),
  );
  await edit(folder, 'hardware.yaml', (text) =>
    text.replace(/(id: gpu\n[\s\S]*?fargate:[\s\S]*?support: )no/, '$1yes'),
  );
  await vi.waitFor(() => expect(scenario('wavelength')?.front).toContain('edge of a mobile network'), 10_000);
  expect(scenario('wavelength')?.id).toBe(before?.id);
  expect(scenario('gpu-without-nodes')).toBeUndefined();
  expect((await ada.types('/eks which-node gpu')).text.split('\n')[0]).toContain('AWS Fargate');
});

test('facts that an edit breaks stay as they were, and the log says where they are broken', async () => {
  const folder = await teaWithFacts();
  const world = await startWorld({ content: folder, live: true });
  await edit(folder, 'os.yaml', (text) => text.replace('source: windows', 'source: nowhere'));
  await vi.waitFor(() => expect(world.logged.join('')).toContain('unknown source'), 10_000);
  expect(world.logged.join('')).toContain('stay as they were');
  expect((await world.learner('ada').types('/eks which-node windows')).text).toContain('Managed node groups');
  expect(world.library.cards.filter(({ deck }) => deck === 'node-types')).toHaveLength(28);
});
