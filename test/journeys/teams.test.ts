import { expect, test } from 'vitest';
import { type Person, startWorld, type World } from './harness.js';

const DAY = 24 * 3_600_000;
const textOf = async (person: Person, text: string) => (await person.types(text)).text;

async function studies(person: Person): Promise<void> {
  await person.types('/eks review');
  await person.presses('Show answer');
  await person.presses('Good');
}

/** A workspace with an admin and a team. */
async function withTeam(name: string) {
  const world = await startWorld();
  const admin = world.learner('root', { admin: true });
  await admin.types(`/eks team create ${name}`);
  return { world, admin };
}

/** Somebody on Discord, with roles. */
const member = (world: World, user: string, roles: readonly string[], admin = false) => {
  const find = async (typed: string) => /^(?:<@&)?(\d+)>?$/.exec(typed)?.[1];
  const groups = { called: 'role', theirs: async () => ({ ids: roles }), find };
  return world.learner(user, { platform: 'discord', workspace: 'guild', userIsGlobal: true, groups, admin });
};

test('an admin makes a team, people join it by a button or by name, and leave it', async () => {
  const world = await startWorld();
  const admin = world.learner('root', { admin: true });
  const ana = world.learner('ana');
  const ben = world.learner('ben');
  expect(await textOf(ana, '/eks team')).toContain('An admin can make some');
  expect(await textOf(ana, '/eks team create Blue Whales')).toContain('Only an admin');
  expect(await textOf(admin, '/eks team create Blue Whales')).toContain('/eks team join Blue Whales');
  await ana.types('/eks team');
  const joined = await ana.presses('Join Blue Whales');
  expect(joined).toMatchObject({ replaces: true, visibility: 'private' });
  expect(joined.text).toContain('1 member · 0 study days · your team');
  expect(await textOf(ben, '/eks team join blue whales')).toContain('2 members');
  expect((await ben.presses('Leave Blue Whales')).text).toContain('You have left **Blue Whales**');
  expect(await textOf(ben, '/eks team leave')).toContain('You are in no team.');
  expect(await textOf(ben, '/eks team join Grey')).toContain('There is no team `Grey`');
  expect(world.failures).toEqual([]);
});

test('who joins another team leaves the first', async () => {
  const { world, admin } = await withTeam('Blue');
  await admin.types('/eks team create Green');
  const ana = world.learner('ana');
  await ana.types('/eks team join Blue');
  expect(await textOf(ana, '/eks team join Green')).toContain('You have left **Blue**');
  const text = await textOf(ana, '/eks team');
  expect(text).toContain('**Blue** · 0 members');
  expect(text).toContain('**Green** · 1 member');
});

test('a goal shows how many study days the team has this week, from Monday on', async () => {
  const { world, admin } = await withTeam('Blue');
  const [ana, ben] = [world.learner('ana'), world.learner('ben')];
  for (const person of [ana, ben]) {
    await person.types('/eks team join Blue');
    await studies(person);
  }
  expect(await textOf(admin, '/eks team goal Blue 3')).toContain('2 of 3 study days');
  world.pass(DAY);
  await studies(ana);
  await studies(ana);
  expect(await textOf(ben, '/eks team')).toContain('`██████████` 3 of 3 study days, reached');
  world.pass(7 * DAY);
  expect(await textOf(ben, '/eks team')).toContain('`░░░░░░░░░░` 0 of 3 study days');
  expect(await textOf(admin, '/eks team goal Blue none')).toContain('has no goal now');
  for (const wrong of ['0', '-1', '2.5', 'many', '1e9'])
    expect(await textOf(admin, `/eks team goal Blue ${wrong}`)).toContain('A goal is a whole number');
  expect(await textOf(admin, '/eks team goal Blue')).toContain('/eks team goal Blue 40');
});

test('an admin assigns people by name or mention, renames a team of two words, and deletes it', async () => {
  const { world, admin } = await withTeam('Blue Whales');
  const ana = world.learner('ana', { name: 'Ana Lima' });
  await ana.types('/eks today');
  expect(await textOf(admin, '/eks team assign Blue Whales ana lima')).toContain('is in **Blue Whales** now');
  await admin.types('/eks team create Red');
  expect(await textOf(admin, '/eks team assign Red <@ana>')).toContain('**Red** · 1 member');
  expect(await textOf(admin, '/eks team assign Red @nobody')).toContain('I have not met');
  await world.learner('ana2', { name: 'Ana Lima' }).types('/eks today');
  expect(await textOf(admin, '/eks team assign Red Ana Lima')).toContain('2 people here are called');
  expect(await textOf(admin, '/eks team rename Blue Whales Orcas')).toContain('**Orcas** · 0 members');
  expect(await textOf(admin, '/eks team rename Orcas RED')).toContain('There is a team `RED` already');
  expect(await textOf(admin, '/eks team delete Red')).not.toContain('**Red** ·');
  expect(await textOf(ana, '/eks team leave')).toContain('You are in no team.');
  for (const action of ['assign', 'rename', 'delete', 'goal', 'link'])
    expect(await textOf(ana, `/eks team ${action} Orcas x`)).toContain('Only an admin');
  expect(world.failures).toEqual([]);
});

test('a team with a role takes in who has it and lets go who lost it, at their next command', async () => {
  const world = await startWorld();
  const admin = member(world, 'root', [], true);
  await admin.types('/eks team create Platform');
  expect(await textOf(admin, '/eks team link Platform <@&777>')).toContain('for those who have that role');
  const ana = member(world, 'ana', ['1', '777']);
  expect(await textOf(ana, '/eks team')).toContain('1 member · 0 study days · by role · your team');
  expect((await ana.types('/eks team')).buttons).toEqual([]);
  expect(await textOf(ana, '/eks team leave')).toContain('decided by a role');
  const ben = member(world, 'ben', []);
  expect(await textOf(ben, '/eks team join Platform')).toContain('decided by a role');
  expect(await textOf(admin, '/eks team assign Platform ben')).toContain('decided by a role');
  const demoted = member(world, 'ana', ['1']);
  expect(await textOf(demoted, '/eks team')).toContain('0 members · 0 study days · by role');
  expect(await textOf(admin, '/eks team link Platform none')).toContain('Everybody may join');
  expect(await textOf(ben, '/eks team join Platform')).toContain('You are in **Platform** now');
  expect(world.failures).toEqual([]);
});

test('in direct messages, which tell no roles, everybody stays in their team', async () => {
  const world = await startWorld();
  const admin = member(world, 'root', [], true);
  await admin.types('/eks team create Platform');
  await admin.types('/eks team link Platform 777');
  await member(world, 'ana', ['777']).types('/eks today');
  const direct = { platform: 'discord', workspace: 'direct', userIsGlobal: true };
  await world.learner('ana', direct).types('/eks today');
  expect(await textOf(admin, '/eks team')).toContain('**Platform** · 1 member');
});

test('a platform that tells no roles takes no links', async () => {
  const { admin } = await withTeam('Blue');
  expect(await textOf(admin, '/eks team link Blue S123')).toContain('does not tell me who has which role');
});

test('a name of a team is text: it pings nobody, draws nothing, and is not too long', async () => {
  const world = await startWorld();
  const admin = world.learner('root', { admin: true });
  expect(await textOf(admin, '/eks team create <@123>')).toContain('plain text');
  expect(await textOf(admin, `/eks team create ${'x'.repeat(41)}`)).toContain('plain text');
  expect(await textOf(admin, '/eks team create')).toContain('/eks team create Blue');
  expect(await textOf(admin, '/eks team create **@everyone**')).toContain('\\*\\*@everyone\\*\\*');
  expect(world.failures).toEqual([]);
});

test('a button of a team that is gone says so', async () => {
  const { world, admin } = await withTeam('Blue');
  const ana = world.learner('ana');
  await ana.types('/eks team');
  await admin.types('/eks team delete Blue');
  expect((await ana.presses('Join Blue')).text).toContain('out of date');
});
