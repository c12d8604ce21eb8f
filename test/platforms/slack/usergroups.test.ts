import { LogLevel, WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import {
  BELIEVED_MS,
  LEAST_BETWEEN_MS,
  type UserGroupOptions,
  UserGroups,
} from '../../../src/platforms/slack/usergroups.js';
import { startSlack } from './loopback/slack.js';
import { cleanUp } from './loopback/tinybot.js';
import { inMemory, reached } from './reached.js';

afterEach(cleanUp);

const START = Date.parse('2026-11-22T12:00:00Z');

/** The groups of a workspace of its own, at a moment that the test moves. */
async function groupsOf(
  options: Parameters<typeof startSlack>[0] = {},
  clientFor?: UserGroupOptions['clientFor'],
) {
  const slack = await startSlack(options);
  onTestFinished(() => slack.close());
  const workspace = slack.workspace();
  let now = START;
  const client = new WebClient(workspace.token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
  const groups = new UserGroups({
    clientFor: clientFor ?? (async () => client),
    log: pino({ level: 'silent' }),
    now: () => new Date(now),
  });
  const of = ({ id }: { readonly id: string }) => groups.of({ team: workspace.id, user: id });
  return {
    slack,
    workspace,
    groups,
    of,
    pass: (ms: number) => {
      now += ms;
    },
    /** What is known of who has which of some groups. */
    has: async (person: { readonly id: string }, ...among: readonly { readonly id: string }[]) =>
      (await of(person).theirs(among.map(({ id }) => id)))?.ids,
    asked: () => slack.requests.filter(({ method }) => method.startsWith('usergroups.')).length,
  };
}

describe('the user groups of a workspace', () => {
  test('are asked for once in ten minutes, for all people together', async () => {
    const { workspace, has, asked, pass } = await groupsOf();
    const people = ['ann', 'bob', 'cem'].map((name) => workspace.person({ name }));
    const [ann = expect.fail()] = people;
    const platform = workspace.usergroup('platform', ann);
    const all = await Promise.all(people.map((person) => has(person, platform)));
    expect(all).toEqual([[platform.id], [], []]);
    pass(BELIEVED_MS - 1);
    await has(ann, platform);
    expect(asked()).toBe(1);
    pass(1);
    expect(await has(ann, platform)).toEqual([platform.id]);
    expect(asked()).toBe(2);
  });

  test('are asked for anew when Slack tells of a change, but four seconds apart', async () => {
    const { workspace, groups, has, asked, pass } = await groupsOf();
    const ann = workspace.person({ name: 'ann' });
    const platform = workspace.usergroup('platform');
    expect(await has(ann, platform)).toEqual([]);
    workspace.changesGroup(platform, { users: [ann.id] });
    groups.changed(workspace.id, platform.id);
    // What was said before the change is believed no more, and Slack not asked yet.
    expect(await has(ann, platform)).toBeUndefined();
    expect(asked()).toBe(1);
    pass(LEAST_BETWEEN_MS);
    expect(await has(ann, platform)).toEqual([platform.id]);
    for (let change = 0; change < 100; change += 1) {
      groups.changed(workspace.id, platform.id);
      await has(ann, platform);
    }
    expect(asked()).toBe(2);
  });

  test('that no team belongs to may change as they like', async () => {
    const { workspace, groups, has, asked, pass } = await groupsOf();
    const ann = workspace.person({ name: 'ann' });
    const [platform, other] = [workspace.usergroup('platform', ann), workspace.usergroup('other', ann)];
    await has(ann, platform);
    pass(LEAST_BETWEEN_MS);
    groups.changed(workspace.id, other.id);
    groups.changed('T0ELSEWHERE', platform.id);
    expect(await has(ann, platform)).toEqual([platform.id]);
    expect(asked()).toBe(1);
    expect(await has(ann, platform, other)).toEqual([platform.id, other.id]);
    expect(asked()).toBe(2);
  });

  test('of more people than a list names are known whole', async () => {
    const { workspace, has } = await groupsOf();
    const people = Array.from({ length: 501 }, (_, at) => workspace.person({ name: `p${at}` }));
    const all = workspace.usergroup('all', ...people);
    expect(await has(people.at(-1) ?? expect.fail(), all)).toEqual([all.id]);
  });

  test('are not waited for where Slack is slow, and known to whoever comes later', async () => {
    const { workspace, slack, has, asked } = await groupsOf();
    const ann = workspace.person({ name: 'ann' });
    const platform = workspace.usergroup('platform', ann);
    slack.troubles.slow({ ms: 2_500, on: /usergroups/ });
    expect(await has(ann, platform)).toBeUndefined();
    await expect.poll(() => has(ann, platform), { timeout: 10_000 }).toEqual([platform.id]);
    expect(asked()).toBe(1);
  });

  test('as they were before a change move nobody while Slack is slow to say what they are now', async () => {
    const { workspace, slack, groups, has, pass } = await groupsOf();
    const ann = workspace.person({ name: 'ann' });
    const platform = workspace.usergroup('platform', ann);
    expect(await has(ann, platform)).toEqual([platform.id]);
    workspace.changesGroup(platform, { users: [] });
    groups.changed(workspace.id, platform.id);
    pass(LEAST_BETWEEN_MS);
    slack.troubles.slow({ ms: 2_500, on: /usergroups/ });
    expect(await has(ann, platform)).toBeUndefined();
    await expect.poll(() => has(ann, platform), { timeout: 10_000 }).toEqual([]);
  });

  test('are asked for no sooner than Slack wants where it limits us, and move nobody until then', async () => {
    const { workspace, slack, has, of, asked, pass } = await groupsOf();
    const ann = workspace.person({ name: 'ann' });
    const platform = workspace.usergroup('platform', ann);
    slack.troubles.rateLimit({ retryAfterSeconds: 30, on: /usergroups/ });
    expect(await has(ann, platform)).toBeUndefined();
    pass(29_000);
    expect(await has(ann, platform)).toBeUndefined();
    await expect(of(ann).find('platform')).rejects.toThrow('Try again in a minute');
    expect(asked()).toBe(1);
    pass(1_000);
    expect(await has(ann, platform)).toEqual([platform.id]);
  });

  test('are asked for again after a failure, and after there was no token', async () => {
    let isInstalled = false;
    const slack = await startSlack();
    onTestFinished(() => slack.close());
    const workspace = slack.workspace();
    const platform = workspace.usergroup('platform');
    const { of, pass } = await groupsOf({}, async () => {
      if (!isInstalled) throw new Error('no token');
      return new WebClient(workspace.token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
    });
    const ann = workspace.person({ name: 'ann' });
    expect(await of(ann).theirs([platform.id])).toBeUndefined();
    isInstalled = true;
    slack.troubles.fail({ status: 503, on: /usergroups/ });
    pass(LEAST_BETWEEN_MS);
    expect(await of(ann).theirs([platform.id])).toBeUndefined();
    pass(LEAST_BETWEEN_MS);
    expect(await of(ann).theirs([platform.id])).toMatchObject({ ids: [] });
  });

  test('are found by mention, id and handle, also under a new one, while they are there', async () => {
    const { workspace, of, pass } = await groupsOf();
    const admin = of(workspace.person({ name: 'root', admin: true }));
    const platform = workspace.usergroup('Platform-Team');
    for (const typed of [`<!subteam^${platform.id}>`, platform.id, '@platform-team', 'Platform-Team'])
      expect(await admin.find(typed), typed).toBe(platform.id);
    for (const typed of ['platform', '<!subteam^S0NOWHERE>', `<@${platform.id}>`, '@', ''])
      expect(await admin.find(typed), typed).toBeUndefined();
    workspace.changesGroup(platform, { handle: 'infra' });
    const fresh = workspace.usergroup('fresh');
    pass(LEAST_BETWEEN_MS);
    expect([await admin.find('fresh'), await admin.find('@infra')]).toEqual([fresh.id, platform.id]);
    workspace.changesGroup(platform, { disabled: true });
    pass(BELIEVED_MS);
    expect(await admin.find('@infra')).toBeUndefined();
  });

  test('are not to be had where the app was not given the scope, until it is', async () => {
    const { workspace, slack, of, has, asked, pass } = await groupsOf({ scopes: ['chat:write'] });
    const ann = workspace.person({ name: 'ann' });
    const platform = workspace.usergroup('platform', ann);
    await expect(of(ann).find('platform')).rejects.toThrow(/install me again.*`usergroups:read`/);
    pass(LEAST_BETWEEN_MS);
    expect(await has(ann, platform)).toBeUndefined();
    pass(60_000);
    expect(await has(ann, platform)).toBeUndefined();
    expect(asked()).toBe(2);
    expect(slack.violations).toHaveLength(2);
  });

  test('are those of the workspace alone, also where the app is installed in many, or in a whole organisation', async () => {
    const bot = await reached({ mode: 'oauth', transport: { installations: inMemory() } });
    const { slack, url, transport } = bot;
    slack.redirectsTo(`${url}/slack/oauth_redirect`);
    const { clientFor } = transport;
    const log = pino({ level: 'silent' });
    const groups = new UserGroups({ clientFor, log, now: () => new Date(START) });
    const enterprise = slack.enterprise();
    for (const about of [{}, {}, { enterprise }, { enterprise }]) {
      const workspace = slack.workspace({ installed: false, ...about });
      const ann = workspace.person({ name: 'Ann' });
      const decision = workspace.team.enterprise ? 'everywhere' : 'allows';
      await ann.installs(`${url}/slack/install`, decision);
      await ann.in(workspace.channel()).mentions('hi');
      const own = workspace.usergroup('platform', ann);
      expect(await groups.of({ team: workspace.id, user: ann.id }).find('platform')).toBe(own.id);
    }
    expect(slack.violations).toEqual([]);
  });

  test('are not to be had in a workspace whose plan has none', async () => {
    const { workspace, slack, of } = await groupsOf();
    slack.troubles.refuse({ code: 'plan_upgrade_required', on: /usergroups/ });
    await expect(of(workspace.person({ name: 'root' })).find('platform')).rejects.toThrow('paid plans');
  });
});
