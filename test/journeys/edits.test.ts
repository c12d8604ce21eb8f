import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { startWorld, type World } from './harness.js';

const DAY = 24 * 60 * 60_000;

const boats = `# Boats

- \`dinghy\`: a small open boat that is rowed or sailed by up to 3 people
- \`ketch\`: a sailing boat with two masts, of which the one at the back is shorter
- \`barge\`: a long flat boat that carries goods on rivers
- \`tug\`: a strong boat that pulls ships into a harbour
- \`ferry\`: a ship that carries people and cars across the water
- \`canoe\`: a narrow boat moved with a paddle
- \`raft\`: logs tied together that float
- \`yacht\`: a boat sailed for pleasure or in races
`;

let content: string;
beforeEach(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'eks-edits-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  content = path.join(folder, 'notes');
  await mkdir(content);
  await save('boats.md', boats);
});

/** As editors do: a new file takes the place of the old one at once. */
async function save(name: string, text: string): Promise<void> {
  await writeFile(path.join(content, `.${name}.tmp`), text);
  await rename(path.join(content, `.${name}.tmp`), path.join(content, name));
}

const explains = async (world: World, term: string) =>
  (await world.learner('reader').types(`/eks explain ${term}`)).text;

/** Waits until the bot explains a term so. */
const until = (world: World, term: string, said: string) =>
  vi.waitFor(async () => expect(await explains(world, term)).toContain(said), { timeout: 20_000 });

const change = (from: string, to: string) => {
  expect(boats).toContain(from);
  return boats.replace(from, to);
};

test('an edit is there within moments, and a review under way goes on with its card', async () => {
  const world = await startWorld({ content, live: true });
  const ana = world.learner('ana');
  await ana.types('/eks review dinghy');
  const before = world.library.cards.find(({ front }) => front.includes('dinghy'))?.id;
  await save('boats.md', change('`dinghy`', '`rowing dinghy`').replace('small open', 'little open'));
  await until(world, 'rowing dinghy', 'little open');
  expect((await ana.presses('Show answer')).text).toContain('A little open boat');
  expect((await ana.presses('Good')).text).toContain('**rowing dinghy**');
  expect(world.library.cards.find(({ front }) => front.includes('rowing dinghy'))?.id).toBe(before);
  expect(await world.store.reviews.rebuild(false)).toMatchObject({ reviews: 1, mismatches: 0 });
  expect(world.failures).toEqual([]);
});

test('a card that says something else comes back within three days, with what it said before', async () => {
  const world = await startWorld({ content, live: true });
  const ana = world.learner('ana');
  await ana.types('/eks review dinghy');
  await ana.presses('Show answer');
  await ana.presses('Easy');
  world.pass(60_000);
  await save('boats.md', change('up to 3 people', 'up to 5 people'));
  await until(world, 'dinghy', 'up to 5');
  world.pass(3 * DAY);
  await ana.types('/eks review dinghy');
  const { text } = await ana.presses('Show answer');
  expect(text).toContain('**Changed since you last saw it.**');
  expect(text).toMatch(/up to 5 people[\s\S]*> A small open boat .* up to 3 people/);
  await ana.presses('Easy');
  world.pass(3 * DAY);
  expect((await ana.types('/eks review dinghy')).text).toContain('Done for today');
  expect(await world.store.reviews.rebuild(false)).toMatchObject({ mismatches: 0 });
});

test('who rates a card by the text that changed a moment ago is told of the change', async () => {
  const world = await startWorld({ content, live: true });
  const ana = world.learner('ana');
  await ana.types('/eks review dinghy');
  expect((await ana.presses('Show answer')).text).toContain('up to 3 people');
  world.pass(60_000);
  await save('boats.md', change('up to 3 people', 'up to 5 people'));
  await until(world, 'dinghy', 'up to 5');
  world.pass(60_000);
  await ana.presses('Again');
  world.pass(DAY);
  await ana.types('/eks review dinghy');
  expect((await ana.presses('Show answer')).text).toMatch(
    /up to 5 people[\s\S]*Changed since you last saw it[\s\S]*up to 3 people/,
  );
  await ana.presses('Good');
  world.pass(3 * DAY);
  await ana.types('/eks review dinghy');
  expect((await ana.presses('Show answer')).text).not.toContain('Changed since');
  expect(world.failures).toEqual([]);
});

test('a folder that is away for a moment, and then another one, lose nothing', async () => {
  const world = await startWorld({ content, live: true });
  await rename(content, `${content}-away`);
  await vi.waitFor(() => expect(world.logged.join('')).toContain('There is no folder'), { timeout: 20_000 });
  expect(await explains(world, 'ketch')).toContain('two masts');
  await mkdir(`${content}-new`);
  await cp(`${content}-away`, `${content}-new`, { recursive: true });
  await writeFile(
    path.join(`${content}-new`, 'knots.md'),
    '# Knots\n\n- `bowline`: a loop that does not slip\n',
  );
  await rename(`${content}-new`, content);
  await until(world, 'bowline', 'does not slip');
  const told = world.logged.filter((line) => line.includes('There is no folder'));
  expect(told).toHaveLength(1);
  expect(world.store.cards.held()).toEqual([]);
});

test('many files at once are one load, and a broken one keeps the others', async () => {
  const world = await startWorld({ content, live: true });
  await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      save(`part-${n}.md`, `# Part ${n}\n\n- \`port-${n}\`: harbour ${n} of many\n`),
    ),
  );
  await writeFile(path.join(content, 'broken.md'), Buffer.from([0x23, 0x20, 0xff, 0xfe, 0x00]));
  await until(world, 'port-59', 'harbour 59');
  await vi.waitFor(() => expect(world.library.problems).toHaveLength(1), { timeout: 20_000 });
  await save('part-0.md', '# Part 0\n\n- `port-0`: harbour zero, rebuilt\n');
  await until(world, 'port-0', 'rebuilt');
  expect(world.logged.filter((line) => line.includes('broken.md'))).toHaveLength(1);
  expect(world.logged.filter((line) => line.includes('notes loaded')).length).toBeLessThan(8);
});

test('a deck that lost much waits for an admin: explained as it is now, retired only on their word', async () => {
  const world = await startWorld({ content, live: true });
  const ana = world.learner('ana');
  const admin = world.learner('boss', { admin: true });
  expect((await admin.types('/eks notes')).text).toContain('Nothing waits');
  await save('boats.md', boats.split('\n').slice(0, 4).join('\n'));
  await vi.waitFor(async () => expect(await explains(world, 'yacht')).toContain('not in the notes'), {
    timeout: 20_000,
  });
  expect(world.logged.join('')).toContain('"missing":6,"of":8');
  expect((await ana.types('/eks notes')).text).toContain('Only an admin');
  expect((await admin.types('/eks notes')).text).toContain('boats: 6 of 8 cards');
  expect((await ana.types('/eks review')).text).toMatch(/dinghy|ketch/);
  expect((await admin.presses('Retire these cards')).text).toContain('6 cards retired');
  expect((await admin.types('/eks notes apply')).text).toContain('Nothing waits');
  await save('boats.md', boats);
  await until(world, 'yacht', 'pleasure');
  expect((await admin.types('/eks notes')).text).toContain('Nothing waits');
  expect(world.failures).toEqual([]);
});

test('where several workspaces use the notes, none of their admins applies a loss, and who runs the bot does', async () => {
  const world = await startWorld({ content, live: true });
  const inGuild = (workspace: string) =>
    world.learner('boss', { platform: 'discord', workspace, userIsGlobal: true, admin: true });
  const [ours, other] = [inGuild('77'), inGuild('78')];
  await ours.types('/eks today');
  await save('boats.md', boats.split('\n').slice(0, 4).join('\n'));
  await vi.waitFor(async () => expect(await explains(world, 'yacht')).toContain('not in the notes'), {
    timeout: 20_000,
  });
  await ours.types('/eks notes');
  const press = ours.seen()[0]?.buttons?.[0]?.press ?? expect.fail('there is no button');
  await other.types('/eks today');
  const told = /Several workspaces use these notes.*`eks chat`/;
  for (const admin of [ours, other]) {
    expect((await admin.types('/eks notes')).text).toMatch(/boats: 6 of 8 cards[\s\S]*Several workspaces/);
    expect(admin.seen()[0]?.buttons ?? []).toEqual([]);
    expect((await admin.types('/eks notes apply')).text).toMatch(told);
    expect((await admin.pressesRaw(press)).text).toMatch(told);
  }
  const host = world.learner('host', { platform: 'terminal', workspace: 'local', admin: true });
  expect((await host.types('/eks notes apply')).text).toContain('6 cards retired');
  expect(world.failures).toEqual([]);
});

test('a word on a loss that an admin saw is not taken for one that came after', async () => {
  await save(
    'knots.md',
    boats.replace('# Boats', '# Knots').replaceAll('boat', 'rope').replaceAll('`: ', ' hitch`: '),
  );
  const world = await startWorld({ content, live: true });
  const admin = world.learner('boss', { admin: true });
  await save('boats.md', '# Boats\n\n- `liner`: a ship that crosses oceans\n');
  await until(world, 'liner', 'crosses oceans');
  expect((await admin.types('/eks notes')).text).toMatch(/boats: 8 of 8 cards(?![\s\S]*knots)/);
  await save('knots.md', '# Knots\n\n- `sheepshank`: it shortens a rope\n');
  await until(world, 'sheepshank', 'shortens a rope');
  const again = await admin.presses('Retire these cards');
  expect(again.text).toMatch(/Nothing was retired[\s\S]*boats: 8 of [\s\S]*knots: 8 of /);
  expect((await admin.presses('Retire these cards')).text).toContain('16 cards retired');
});

test('a restart meets an edit that was made meanwhile just the same', async () => {
  let world = await startWorld({ content });
  const ana = world.learner('ana');
  await ana.types('/eks review ketch');
  await ana.presses('Show answer');
  await ana.presses('Easy');
  const card = world.library.cards.find(({ front }) => front.includes('ketch'))?.id;
  await save('boats.md', '');
  await save('sailing.md', change('`ketch`', '`Ketch rig`').replace('# Boats', '# Sailing boats'));
  world = await world.restart();
  expect(world.library.cards.find(({ front }) => front.includes('Ketch rig'))?.id).toBe(card);
  expect((await world.learner('ana').types('/eks review Ketch rig')).text).toContain('Done for today');
});
