import { App, HTTPReceiver, type Installation } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach, describe, expect, it } from 'vitest';
import { type SlackOptions, startSlack } from './slack.js';
import { afterwards, cleanUp, portOf, silent, teach } from './tinybot.js';

afterEach(cleanUp);

/** A Slack and a Bolt app that any workspace can install. */
async function publicBot(options: SlackOptions = {}) {
  const slack = await startSlack(options);
  const kept = new Map<string, Installation>();
  const idOf = (one: {
    team?: { id: string } | undefined;
    enterprise?: { id: string } | undefined;
    isEnterpriseInstall?: boolean;
  }) => (one.isEnterpriseInstall ? one.enterprise?.id : one.team?.id) ?? '';
  const clientOptions = () => ({ slackApiUrl: slack.apiUrl });
  const receiver = new HTTPReceiver({
    signingSecret: slack.signingSecret,
    clientId: slack.clientId,
    clientSecret: slack.clientSecret,
    stateSecret: 'state',
    scopes: ['commands', 'chat:write'],
    logger: silent,
    installerOptions: {
      directInstall: true,
      authorizationUrl: slack.authorizationUrl,
      clientOptions: clientOptions(),
    },
    installationStore: {
      storeInstallation: async (installation) => {
        kept.set(idOf(installation), installation);
      },
      fetchInstallation: async (query) => {
        const id = query.isEnterpriseInstall ? query.enterpriseId : query.teamId;
        const found = kept.get(id ?? '');
        if (!found) throw new Error(`nothing is installed in ${id}`);
        return found;
      },
    },
  });
  const app = new App({ receiver, clientOptions: clientOptions(), logger: silent });
  teach(app);
  const gone: string[] = [];
  app.event('app_uninstalled', async ({ context }) => {
    gone.push(context.teamId ?? '');
  });
  const url = `http://127.0.0.1:${portOf(await app.start(0))}`;
  slack.sendsTo(`${url}/slack/events`);
  slack.redirectsTo(`${url}/slack/oauth_redirect`);
  afterwards(async () => {
    await app.stop();
    await slack.close();
  });
  return { slack, installUrl: `${url}/slack/install`, kept, gone };
}

describe('an installation', () => {
  it('gives each workspace a token of its own, until it is taken out', async () => {
    const { slack, installUrl, kept, gone } = await publicBot();
    const [one, two] = [
      slack.workspace({ installed: false }),
      slack.workspace({ name: 'Two', installed: false }),
    ];
    const ann = one.person({ name: 'Ann' });
    const bea = two.person({ name: 'Bea' });
    const channel = one.channel();
    await expect(ann.in(channel).runs('/eks x')).rejects.toThrow('not installed');
    expect((await ann.installs(installUrl)).status).toBe(200);
    expect((await bea.installs(installUrl)).status).toBe(200);
    expect([...kept.keys()]).toEqual([one.id, two.id]);
    expect(kept.get(one.id)?.bot?.token).toBe(one.token);
    expect(one.installation?.scopes).toEqual(['commands', 'chat:write']);
    const seen = await ann.in(channel).runs('/eks explain etcd');
    expect((await seen.presses('Share')).message.text).toBe('shared');
    slack.uninstall(one);
    await expect.poll(() => gone).toEqual([one.id]);
    await expect(seen.presses('More')).rejects.toThrow('not installed');
    expect(slack.violations).toEqual([]);
  });

  it('is not made where the person denies it', async () => {
    const { slack, installUrl, kept } = await publicBot();
    const ann = slack.workspace({ installed: false }).person({ name: 'Ann' });
    const landing = await ann.installs(installUrl, 'denies');
    expect(landing.url).toContain('error=access_denied');
    expect(kept.size).toBe(0);
  });

  it('of a whole organisation covers its workspaces', async () => {
    const { slack, installUrl, kept } = await publicBot();
    const enterprise = slack.enterprise();
    const one = slack.workspace({ installed: false, enterprise });
    const two = slack.workspace({ name: 'Two', installed: false, enterprise });
    await one.person({ name: 'Ann' }).installs(installUrl, 'everywhere');
    expect([...kept.keys()]).toEqual([enterprise.id]);
    const bea = two.person({ name: 'Bea' });
    expect((await bea.in(two.channel()).runs('/eks x')).message.text).toContain('You asked for x');
  });

  it('is kept fresh where tokens rotate', async () => {
    const { slack, installUrl, kept } = await publicBot({ rotationSeconds: 7200 });
    const workspace = slack.workspace({ installed: false });
    const ann = workspace.person({ name: 'Ann' });
    await ann.installs(installUrl);
    const first = kept.get(workspace.id)?.bot?.token;
    const seen = await ann.in(workspace.channel()).runs('/eks x');
    expect(kept.get(workspace.id)?.bot?.token).not.toBe(first);
    expect(kept.get(workspace.id)?.bot?.token).toBe(workspace.token);
    expect((await seen.presses('Share')).message.text).toBe('shared');
  });

  it('whose token has expired is of no use until it is refreshed, once for each refresh token', async () => {
    const slack = await startSlack({ rotationSeconds: 0 });
    afterwards(() => slack.close());
    const { token, installation } = slack.workspace();
    const web = new WebClient(token, { slackApiUrl: slack.apiUrl, logger: silent });
    await expect(web.auth.test()).rejects.toMatchObject({ data: { error: 'token_expired' } });
    const refresh = () =>
      web.oauth.v2.access({
        client_id: slack.clientId,
        client_secret: slack.clientSecret,
        grant_type: 'refresh_token',
        refresh_token: installation?.refreshToken ?? '',
      });
    expect(await refresh()).toMatchObject({ token_type: 'bot', expires_in: 0 });
    await expect(refresh()).rejects.toMatchObject({ data: { error: 'invalid_refresh_token' } });
  });
});
