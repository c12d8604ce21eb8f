import { expect, test } from 'vitest';
import { LEAST_BETWEEN_MS } from '../../../src/platforms/slack/usergroups.js';
import { type ChatOptions, startChat } from './chat.js';
import type { Person } from './loopback/workspace.js';
import type { Channel } from './loopback/world.js';

const SOON = { timeout: 10_000 };

/** A workspace with a team Blue that belongs to the group @platform, in which Ann is. */
async function linked(options: ChatOptions = {}) {
  let ahead = 0;
  const chat = await startChat('socket', { ...options, now: () => new Date(Date.now() + ahead) });
  const { workspace, slack, world } = chat;
  const [ann, bob, root] = [
    workspace.person({ name: 'ann' }),
    workspace.person({ name: 'bob' }),
    workspace.person({ name: 'root', admin: true }),
  ];
  const channel = workspace.channel();
  const platform = workspace.usergroup('platform', ann);
  const asks = asking(channel);
  await asks(root, 'create Blue');
  const said = await asks(root, `link Blue <!subteam^${platform.id}|@platform>`);
  expect(said).toContain('for those who have that user group');
  /** Slack is asked again no sooner. */
  const pass = () => {
    ahead += LEAST_BETWEEN_MS;
  };
  pass();
  return { ...chat, ann, bob, root, channel, platform, asks, pass, failures: world.failures, slack };
}

const asking = (channel: Channel) => async (person: Person, what: string) =>
  (await person.in(channel).runs(`/eks team ${what}`)).message.text;

test('an admin makes a user group a team: who is in the group is in the team, and nobody else', async () => {
  const { ann, bob, root, asks, slack, failures } = await linked();
  expect(await asks(ann, '')).toContain('Blue · 1 member · 0 study days · by user group · your team');
  expect(await asks(bob, '')).not.toContain('your team');
  expect(await asks(bob, 'join Blue')).toContain('decided by a user group');
  expect(await asks(ann, 'leave')).toContain('decided by a user group');
  expect(await asks(root, 'link Blue none')).toContain('Everybody may join');
  expect(await asks(bob, 'join Blue')).toContain('2 members');
  expect(slack.violations).toEqual([]);
  expect(failures).toEqual([]);
});

test('who is taken out of the group leaves the team, and who is put into it comes', async () => {
  const { ann, bob, asks, pass, workspace, platform } = await linked();
  expect(await asks(ann, '')).toContain('your team');
  workspace.changesGroup(platform, { users: [bob.id] });
  pass();
  await expect
    .poll(() => asks(bob, ''), SOON)
    .toContain('Blue · 1 member · 0 study days · by user group · your team');
  expect(await asks(ann, '')).not.toContain('your team');
});

test('who is deactivated leaves the team without a word, and a guest is in it as anybody', async () => {
  const { ann, bob, asks, pass, workspace, platform } = await linked();
  const guest = workspace.person({ name: 'guest', guest: true });
  workspace.changesGroup(platform, { users: [ann.id, guest.id] });
  pass();
  await asks(ann, '');
  await expect.poll(() => asks(guest, ''), SOON).toContain('Blue · 2 members');
  workspace.deactivates(ann);
  pass();
  await asks(bob, '');
  await expect.poll(() => asks(bob, ''), SOON).toContain('Blue · 1 member');
});

test('somebody of another company in a shared channel is in no group here', async () => {
  const { workspace, channel } = await linked();
  const guest = workspace.person({ name: 'guest', home: 'T0ELSEWHERE' });
  const seen = await guest.in(channel).mentions('team');
  expect(seen.message.text).toContain('Blue · 0 members');
});

test('a group that is renamed keeps its team, and one that is deleted empties it', async () => {
  const { ann, asks, pass, workspace, platform, root } = await linked();
  workspace.changesGroup(platform, { handle: 'infra' });
  pass();
  expect(await asks(ann, '')).toContain('your team');
  workspace.changesGroup(platform, { disabled: true });
  pass();
  await expect.poll(() => asks(ann, ''), SOON).toContain('Blue · 0 members');
  expect(await asks(root, 'link Blue @infra')).toContain('I know no user group');
  expect(await asks(root, '')).toContain('Blue · 0 members · 0 study days · its user group is gone');
  expect(await asks(root, 'link Blue none')).toContain('Everybody may join');
});

test('of two mapped groups somebody is in the team made first, and stays where they are already', async () => {
  const { ann, bob, root, asks, pass, workspace, platform } = await linked();
  const other = workspace.usergroup('other', ann, bob);
  await asks(root, 'create Green');
  expect(await asks(ann, '')).toContain('Blue · 1 member');
  pass();
  expect(await asks(root, 'link Green @other')).toContain('for those who have that user group');
  pass();
  await expect.poll(() => asks(bob, ''), SOON).toMatch(/Green.*your team/);
  expect(await asks(ann, '')).toMatch(/Blue.*your team/);
  workspace.changesGroup(platform, { users: [ann.id, bob.id] });
  pass();
  await asks(ann, '');
  expect(await asks(bob, '')).toMatch(/Green.*your team/);
  workspace.changesGroup(other, { users: [] });
  pass();
  await expect.poll(() => asks(bob, ''), SOON).toMatch(/Blue.*your team/);
});

test('people are assigned by their mention, which a command brings as an id with a name that may be old', async () => {
  const { ann, root, asks, bob } = await linked();
  await asks(root, 'create Red');
  await asks(bob, '');
  expect(await asks(root, `assign Red <@${bob.id}|robert>`)).toContain('They are in Red now');
  expect(await asks(bob, '')).toMatch(/Red.*your team/);
  expect(await asks(ann, '')).toMatch(/Blue.*your team/);
});

test('where the app was installed before it asked for groups, the admin is told in a line to install it again', async () => {
  const scopes = ['app_mentions:read', 'channels:history', 'chat:write', 'commands', 'files:write'];
  const { workspace, logged } = await startChat('socket', {
    scopes: [...scopes, 'groups:history', 'im:history', 'users:read'],
  });
  const root = workspace.person({ name: 'root', admin: true });
  const asks = asking(workspace.channel());
  workspace.usergroup('platform');
  await asks(root, 'create Blue');
  const told = await asks(root, 'link Blue @platform');
  expect(told).toContain('install me again');
  expect(told.trim().split('\n')).toHaveLength(1);
  expect(logged.join('')).toContain('lacks the scopes usergroups:read');
  expect(await asks(root, 'join Blue')).toContain('your team');
});

test('nothing is asked of Slack where no team belongs to a group', async () => {
  const { workspace, slack } = await startChat('http');
  const ann = workspace.person({ name: 'ann', admin: true });
  const asks = asking(workspace.channel());
  await asks(ann, 'create Blue');
  await asks(ann, 'join Blue');
  expect(slack.requests.filter(({ method }) => method.startsWith('usergroups'))).toEqual([]);
});

test('an answer does not wait for groups of which Slack says nothing', async () => {
  const { ann, asks, slack, pass, workspace, platform } = await linked();
  workspace.changesGroup(platform, { users: [] });
  pass();
  slack.troubles.slow({ ms: 60_000, on: /usergroups/ });
  expect(await asks(ann, '')).toContain('Blue');
});
