import { afterEach, describe, expect, it } from 'vitest';
import { failedPage, installPage, successPage } from '../../../src/platforms/slack/installpages.js';
import { BOT_SCOPES } from '../../../src/platforms/slack/manifest.js';
import type { SlackOptions } from './loopback/slack.js';
import { cleanUp } from './loopback/tinybot.js';
import { inMemory, reached } from './reached.js';

afterEach(cleanUp);

/** A Slack with a bot for many workspaces, which none has installed yet. */
async function open(slack: SlackOptions = {}) {
  const installations = inMemory();
  const bot = await reached({ mode: 'oauth', slack, transport: { installations } });
  bot.slack.redirectsTo(`${bot.url}/slack/oauth_redirect`);
  if (bot.requests === undefined) throw new Error('not behind HTTP');
  return { ...bot, requests: bot.requests, installations, installUrl: `${bot.url}/slack/install` };
}

const SOON = { timeout: 10_000 };

const tokenIn = (kept: string | undefined) => /"token":"([^"]+)"/.exec(kept ?? '')?.[1];

describe('an installation', () => {
  it('lets the bot answer in each workspace with its own token', async () => {
    const { slack, installations, installUrl } = await open();
    for (const name of ['One', 'Two']) {
      const workspace = slack.workspace({ name, installed: false });
      const ann = workspace.person({ name: 'Ann' });
      const landing = await ann.installs(installUrl);
      expect([landing.status, landing.text]).toEqual([200, expect.stringContaining(`now in ${name}`)]);
      expect(tokenIn(installations.kept.get(workspace.id))).toBe(workspace.token);
      expect(workspace.installation?.scopes).toEqual([...BOT_SCOPES]);
      const seen = await ann.in(workspace.channel()).mentions('explain etcd');
      expect(seen.message.text).toContain('heard');
    }
    expect(installations.kept.size).toBe(2);
    expect(slack.violations).toEqual([]);
  });

  it('is made anew by whoever installs the app again', async () => {
    const { slack, installations, installUrl } = await open();
    const workspace = slack.workspace({ installed: false });
    const ann = workspace.person({ name: 'Ann' });
    await ann.installs(installUrl);
    const before = installations.kept.get(workspace.id);
    await ann.installs(installUrl);
    expect(installations.kept.get(workspace.id)).not.toBe(before);
    expect((await ann.in(workspace.channel()).mentions('explain etcd')).how).toBe('posted');
  });

  it('of a whole organisation lets the bot answer in all its workspaces', async () => {
    const { slack, installations, installUrl } = await open();
    const enterprise = slack.enterprise();
    const [first, second] = ['One', 'Two'].map((name) =>
      slack.workspace({ name, installed: false, enterprise }),
    );
    const landing = await first?.person({ name: 'Ann' }).installs(installUrl, 'everywhere');
    expect(landing?.text).toContain(`now in ${enterprise.name}`);
    expect([...installations.kept.keys()]).toEqual([enterprise.id]);
    const bea = second?.person({ name: 'Bea' });
    const channel = second?.channel() ?? expect.fail('no second workspace');
    expect((await bea?.in(channel).mentions('explain etcd'))?.how).toBe('posted');
    slack.uninstall(second ?? expect.fail('no second workspace'), true);
    await expect.poll(() => installations.kept.size).toBe(0);
  });

  it('is not made where the person denies it, which the page says', async () => {
    const { slack, installations, installUrl } = await open();
    const workspace = slack.workspace({ installed: false });
    const landing = await workspace.person({ name: 'Ann' }).installs(installUrl, 'denies');
    expect([landing.status, landing.text]).toEqual([400, expect.stringContaining('You did not allow it')]);
    expect(installations.kept.size).toBe(0);
  });

  it('is not made from a link that began in another browser, or nowhere', async () => {
    const { slack, url, installations, logged } = await open();
    const back = `${url}/slack/oauth_redirect`;
    for (const query of ['', '?code=c', '?code=c&state=s', '?state=s']) {
      const response = await fetch(back + query);
      expect([response.status, await response.text()]).toEqual([
        400,
        expect.stringContaining('Not installed'),
      ]);
    }
    const started = await fetch(`${url}/slack/install`);
    const state = /state=([^&"]+)/.exec(await started.text())?.[1];
    const stolen = await fetch(`${back}?code=c&state=${state}`, { headers: { cookie: 'other=1' } });
    expect(stolen.status).toBe(400);
    expect(slack.requests.map(({ method }) => method)).toEqual([]);
    expect(installations.kept.size).toBe(0);
    expect(logged.join('')).toContain('could not be installed');
  });

  it('is not made with a code that Slack does not take', async () => {
    const { slack, url, installations } = await open();
    const started = await fetch(`${url}/slack/install`);
    const state = /state=([^&"]+)/.exec(await started.text())?.[1];
    const cookie = started.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const response = await fetch(`${url}/slack/oauth_redirect?code=no&state=${state}`, {
      headers: { cookie },
    });
    expect([response.status, await response.text()]).toEqual([
      500,
      expect.stringContaining('platform_error'),
    ]);
    expect(slack.requests.map(({ result }) => result)).toEqual(['invalid_code']);
    expect(installations.kept.size).toBe(0);
  });

  it('is begun on a page that needs nothing from elsewhere, stands in no frame and no cache', async () => {
    const { url } = await open();
    const response = await fetch(`${url}/slack/install`);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.getSetCookie()[0]).toMatch(/Secure; HttpOnly/);
    expect(await response.text()).toContain('scope=app_mentions');
  });
});

describe('the tokens of a workspace', () => {
  it('go when the app is taken out of it, and what is asked there from then on is refused', async () => {
    const { slack, installations, installUrl, logged, requests } = await open();
    const workspace = slack.workspace({ installed: false });
    const ann = workspace.person({ name: 'Ann' });
    await ann.installs(installUrl);
    const token = workspace.token;
    slack.uninstall(workspace);
    await expect.poll(() => installations.kept.size).toBe(0);
    const typed = { command: '/eks', text: 'x', team_id: workspace.id, user_id: ann.id, channel_id: 'C1' };
    const { status } = await requests.send('slash_commands', typed);
    expect(status).toBe(401);
    expect(logged.join('')).toContain('the app is not installed there');
    expect(logged.join('')).not.toContain(token);
  });

  it('stay where Slack says late that an earlier installation is gone, or a person took back theirs', async () => {
    const { slack, installations, installUrl, requests } = await open();
    const workspace = slack.workspace({ installed: false });
    await workspace.person({ name: 'Ann' }).installs(installUrl);
    const late = { event_time: Math.floor(Date.now() / 1000) - 60 };
    const gone = slack.event(workspace, { type: 'app_uninstalled' });
    expect((await requests.send('events_api', { ...gone, ...late })).status).toBe(200);
    const revoked = { type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } };
    await requests.send('events_api', slack.event(workspace, revoked));
    expect(installations.kept.size).toBe(1);
    await requests.send('events_api', slack.event(workspace, { ...revoked, tokens: { bot: ['U2'] } }));
    expect(installations.kept.size).toBe(0);
  });

  it('are asked to go again where the database could not be reached', async () => {
    const { slack, installations, installUrl, requests } = await open();
    const workspace = slack.workspace({ installed: false });
    await workspace.person({ name: 'Ann' }).installs(installUrl);
    const { remove } = installations;
    installations.remove = async () => {
      throw new Error('no database');
    };
    const gone = slack.event(workspace, { type: 'app_uninstalled' });
    expect((await requests.send('events_api', gone)).status).toBe(500);
    installations.remove = remove;
    expect((await requests.send('events_api', gone)).status).toBe(200);
    expect(installations.kept.size).toBe(0);
  });

  it('are renewed before they run out, once for requests that come together', async () => {
    const { slack, installations, installUrl } = await open({ rotationSeconds: 3600 });
    const workspace = slack.workspace({ installed: false });
    const ann = workspace.person({ name: 'Ann' });
    await ann.installs(installUrl);
    const first = tokenIn(installations.kept.get(workspace.id));
    const channel = workspace.channel();
    const seen = await Promise.all(Array.from({ length: 8 }, () => ann.in(channel).mentions('explain etcd')));
    expect(seen.map(({ how }) => how)).toEqual(Array(8).fill('posted'));
    const renewals = slack.requests.filter(({ args }) => args['grant_type'] === 'refresh_token');
    expect(new Set(renewals.map(({ result }) => result))).toEqual(new Set(['ok']));
    await expect.poll(() => tokenIn(installations.kept.get(workspace.id))).toBe(workspace.token);
    expect(tokenIn(installations.kept.get(workspace.id))).not.toBe(first);
  });

  it.each([
    [3600, 'after the acknowledgement while they live', 'acknowledged'],
    [30, 'before it once they have run out', 'timeout'],
  ])('of %s seconds are renewed %s', async (rotationSeconds, _when, kind) => {
    const { slack, installations, installUrl, requests } = await open({ rotationSeconds, answerMs: 1_000 });
    const workspace = slack.workspace({ installed: false });
    await workspace.person({ name: 'Ann' }).installs(installUrl);
    const first = tokenIn(installations.kept.get(workspace.id));
    const changed = slack.event(workspace, { type: 'subteam_updated', subteam: { id: 'S1' } });
    slack.troubles.slow({ ms: 2_000, on: /oauth/ });
    expect(await requests.deliver('events_api', changed)).toMatchObject({ kind });
    expect(tokenIn(installations.kept.get(workspace.id))).toBe(first);
    await expect.poll(() => tokenIn(installations.kept.get(workspace.id)), SOON).not.toBe(first);
  });

  it('are tried after the acknowledgement where Slack does not say whether a whole organisation took the app out', async () => {
    const { slack, installations, installUrl, requests } = await open({ answerMs: 1_000 });
    const enterprise = slack.enterprise();
    const workspace = slack.workspace({ installed: false, enterprise });
    await workspace.person({ name: 'Ann' }).installs(installUrl, 'everywhere');
    const gone = slack.event(workspace, { type: 'app_uninstalled' });
    const unsaid = { ...gone, authorizations: [] };
    slack.troubles.slow({ ms: 2_000, on: /auth\.test/ });
    expect(await requests.deliver('events_api', unsaid)).toMatchObject({ kind: 'acknowledged' });
    await expect.poll(() => slack.requests.map(({ method }) => method), SOON).toContain('auth.test');
    expect(installations.kept.size).toBe(1);
    slack.uninstall(workspace, true);
    await expect.poll(() => installations.kept.size, SOON).toBe(0);
  });

  it('are not mixed up between people whose requests come together', async () => {
    const users: unknown[] = [];
    const installations = inMemory();
    const bot = await reached({
      mode: 'oauth',
      transport: { installations },
      more: (app) =>
        app.event('app_mention', async ({ context, event }) => {
          users.push([event.user, context.userId]);
        }),
    });
    bot.slack.redirectsTo(`${bot.url}/slack/oauth_redirect`);
    const workspace = bot.slack.workspace({ installed: false });
    const people = ['Ann', 'Bea', 'Cem'].map((name) => workspace.person({ name }));
    await people[0]?.installs(`${bot.url}/slack/install`);
    const channel = workspace.channel();
    await Promise.all(people.map((person) => person.in(channel).mentions('hi')));
    expect(users).toHaveLength(3);
    expect(users).toEqual(expect.arrayContaining(people.map(({ id }) => [id, id])));
  });
});

it('pages show names and codes as they are written, and nothing else', () => {
  const nasty = '<script>"&\'';
  for (const page of [
    installPage(`https://slack.com/?a=${nasty}`),
    successPage({ name: nasty, team: nasty, app: nasty }),
    failedPage(nasty),
  ]) {
    expect(page).not.toContain('<script>');
    expect(page).not.toMatch(/"&'/);
  }
});
