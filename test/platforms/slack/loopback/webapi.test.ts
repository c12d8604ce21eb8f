import { WebClient } from '@slack/web-api';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type SlackOptions, startSlack } from './slack.js';
import { afterwards, bot, button, cleanUp, FORM, later, plain, silent } from './tinybot.js';

afterEach(cleanUp);

/** A Slack with no bot but a client with the bot's token. */
async function client(options: SlackOptions = {}) {
  const slack = await startSlack(options);
  afterwards(() => slack.close());
  const workspace = slack.workspace();
  const web = new WebClient(workspace.token, {
    slackApiUrl: slack.apiUrl,
    logger: silent,
    retryConfig: { retries: 2, minTimeout: 1 },
  });
  return { slack, workspace, web, channel: workspace.channel() };
}

describe('the Web API', () => {
  const text = 'hello';

  it('refuses what does not fit a method, and says why', async () => {
    const { slack, web, channel } = await client();
    const call = (args: Record<string, unknown>) =>
      web.apiCall('chat.postMessage', args).catch((error: { data: unknown }) => error.data);
    expect(await call({ text })).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: channel [json-pointer:]'] },
    });
    expect(await call({ channel: channel.id, text, color: 'red' })).toMatchObject({
      error: 'invalid_arguments',
    });
    expect(await call({ channel: channel.id })).toMatchObject({ error: 'no_text' });
    const blocks = [{ type: 'header', text: plain('x'.repeat(151)) }];
    expect(await call({ channel: channel.id, text, blocks })).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: {
        messages: ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
      },
    });
    expect(slack.violations.map(({ request }) => request)).toEqual(Array(4).fill('chat.postMessage'));
    expect(slack.messagesIn(channel)).toEqual([]);
  });

  it('takes JSON bodies as well as forms', async () => {
    const { slack, workspace, channel } = await client();
    const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${workspace.token}`,
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify({ channel: channel.id, text, unfurl_links: false, blocks: [{ type: 'divider' }] }),
    });
    expect(await response.json()).toMatchObject({ ok: true, channel: channel.id, message: { text } });
  });

  it('refuses by channel, scope and token', async () => {
    const { slack, workspace, web, channel } = await client();
    const outcome = (channelId: string, token?: string) =>
      web.chat
        .postMessage({ channel: channelId, text, ...(token !== undefined && { token }) })
        .then(() => 'ok')
        .catch((error: { data: { error: string } }) => error.data.error);
    const made = (about: object) => workspace.channel(about).id;
    expect(await outcome(channel.id)).toBe('ok');
    expect(await outcome(made({ hasBot: false }))).toBe('not_in_channel');
    expect(await outcome(made({ kind: 'private', hasBot: false }))).toBe('channel_not_found');
    expect(await outcome(made({ archived: true }))).toBe('is_archived');
    expect(await outcome(slack.workspace({ name: 'Other' }).channel().id)).toBe('channel_not_found');
    expect(await outcome(channel.id, 'xoxb-wrong')).toBe('invalid_auth');
    await web.auth.revoke();
    expect(await outcome(channel.id)).toBe('token_revoked');
    slack.uninstall(workspace);
    expect(await outcome(channel.id)).toBe('account_inactive');
  });

  it('names the scope that is missing', async () => {
    const { slack, web } = await client({ scopes: ['chat:write'] });
    await expect(web.users.info({ user: 'U1' })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'users:read', provided: 'chat:write' },
    });
    expect(slack.violations).toHaveLength(1);
  });

  it('limits the rate of a method in a channel, and takes the message when the time is over', async () => {
    const { slack, workspace, web, channel } = await client();
    const other = workspace.channel();
    slack.troubles.rateLimit({ on: new RegExp(`chat.postMessage ${channel.id}`), retryAfterSeconds: 0.01 });
    slack.troubles.fail({ on: /users.info/, status: 503 });
    await web.chat.postMessage({ channel: other.id, text });
    await web.chat.postMessage({ channel: channel.id, text });
    await web.users.info({ user: workspace.person({ name: 'Ann' }).id });
    const results = slack.requests.map(({ method, result }) => `${method} ${result}`);
    expect(results).toEqual([
      'chat.postMessage ok',
      'chat.postMessage 429',
      'chat.postMessage ok',
      'users.info 503',
      'users.info ok',
    ]);
    expect(slack.messagesIn(channel)).toHaveLength(1);
  });

  it('keeps messages with their metadata, changes them and deletes them', async () => {
    const { web, channel, slack } = await client();
    const metadata = { event_type: 'quiz', event_payload: { id: 'q1' } };
    const { ts = '' } = await web.chat.postMessage({ channel: channel.id, text, metadata });
    const { messages } = await web.conversations.history({ channel: channel.id, include_all_metadata: true });
    expect(messages).toMatchObject([{ ts, text, metadata }]);
    await web.chat.update({ channel: channel.id, ts, text: 'changed' });
    expect(slack.messagesIn(channel)[0]?.text).toBe('changed');
    await web.chat.delete({ channel: channel.id, ts });
    await expect(web.chat.update({ channel: channel.id, ts, text })).rejects.toMatchObject({
      data: { error: 'message_not_found' },
    });
    expect(slack.messagesIn(channel)).toEqual([]);
  });

  it('takes a picture and shows it in blocks, not before it is ready', async () => {
    const { slack, web, channel } = await client({ fileMs: 300 });
    const file = Buffer.from([137, 80, 78, 71]);
    const uploaded = await web.filesUploadV2({ file, filename: 'chart.png', alt_text: 'A chart' });
    const id = z
      .object({ files: z.array(z.object({ files: z.array(z.object({ id: z.string() })) })) })
      .parse(uploaded).files[0]?.files[0]?.id;
    const blocks = [{ type: 'image' as const, alt_text: 'A chart', slack_file: { id: id ?? '' } }];
    const post = () => web.chat.postMessage({ channel: channel.id, text: 'A chart', blocks });
    await expect(post()).rejects.toMatchObject({ data: { error: 'invalid_blocks' } });
    await expect
      .poll(() => post().then(({ ok }) => ok))
      .toBe(true)
      .catch(() => undefined);
    expect(slack.messagesIn(channel).at(-1)?.blocks).toMatchObject(blocks);
  });

  it('opens a form once for a trigger, and not late', async () => {
    const { slack, channel, ann } = await bot({ triggerMs: 500, commands: ['/eks', '/form'] }, (one) => {
      one.command('/form', async ({ ack, command, client: web, respond }) => {
        await ack();
        if (command.text === 'late') await later(600);
        const open = () =>
          web.views
            .open({ trigger_id: command.trigger_id, view: FORM })
            .then(() => 'opened')
            .catch((error: { data: { error: string } }) => error.data.error);
        await respond(`${await open()} ${await open()}`);
      });
    });
    const seen = await ann.in(channel).runs('/form');
    await seen.until(({ messages }) => messages.length > 0);
    expect(seen.message.text).toBe('opened exchanged_trigger_id');
    expect(seen.modal.title).toBe('A form');
    expect((await ann.in(channel).runs('/form late')).message.text).toMatch(/^expired_trigger_id/);
    expect(slack.violations).toEqual([]);
  });

  it('pushes a form upon another, and changes it only where nobody has changed it meanwhile', async () => {
    const outcomes: unknown[] = [];
    const { channel, ann, slack } = await bot({ commands: ['/eks', '/form'] }, (app) => {
      const row = { type: 'actions' as const, elements: [button('Deeper')] };
      app.command('/form', async ({ ack, command, client: web }) => {
        await ack();
        await web.views.open({
          trigger_id: command.trigger_id,
          view: { ...FORM, blocks: [...FORM.blocks, row] },
        });
      });
      app.action('Deeper', async ({ ack, body, client: web }) => {
        await ack();
        if (body.type !== 'block_actions') return;
        const { view } = await web.views.push({
          trigger_id: body.trigger_id,
          view: { ...FORM, title: plain('Second') },
        });
        const { id: view_id = '', hash = '' } = view ?? {};
        for (const title of ['Third', 'Fourth']) {
          const changed = web.views.update({ view_id, hash, view: { ...FORM, title: plain(title) } });
          outcomes.push(
            await changed
              .then(({ ok }) => ok)
              .catch((error: { data: { error: string } }) => error.data.error),
          );
        }
      });
    });
    const first = await ann.in(channel).runs('/form');
    const second = await first.presses('Deeper');
    await expect.poll(() => outcomes).toEqual([true, 'hash_conflict']);
    expect(second.modal.title).toBe('Third');
    expect(first.modal.open).toBe(true);
    await second.submits({ Name: 'etcd', Kind: 'A' });
    expect([second.modal.open, first.modal.open]).toEqual([false, true]);
    expect(slack.violations).toEqual([]);
  });

  it('tells whom a message would call, and frowns at one without a fallback text', async () => {
    const { slack, web, channel } = await client();
    const elements = [
      { type: 'rich_text_section' as const, elements: [{ type: 'user' as const, user_id: 'U1' }] },
      { type: 'rich_text_preformatted' as const, elements: [{ type: 'text' as const, text: '<!here>' }] },
    ];
    await web.chat.postMessage({ channel: channel.id, text: '<!channel> &lt;!here&gt;' });
    await web.chat.postMessage({ channel: channel.id, blocks: [{ type: 'rich_text', elements }] });
    expect(slack.messagesIn(channel).at(-1)?.text).toBe('<@U1>\n<!here>');
    expect(slack.messagesIn(channel).map(({ pings }) => pings)).toEqual([['<!channel>'], ['<@U1>']]);
    expect(slack.violations).toEqual([
      { request: 'chat.postMessage', message: 'The message has no fallback text' },
    ]);
  });

  it('asks for people, channels, groups and the workspace', async () => {
    const { workspace, web } = await client();
    const ann = workspace.person({ name: 'Ann', admin: true, timeZone: 'Asia/Tokyo' });
    const group = workspace.usergroup('study', ann);
    expect((await web.users.info({ user: ann.id })).user).toMatchObject({ is_admin: true, tz: 'Asia/Tokyo' });
    expect((await web.usergroups.list({ include_users: true })).usergroups).toMatchObject([
      { users: [ann.id] },
    ]);
    expect((await web.usergroups.users.list({ usergroup: group.id })).users).toEqual([ann.id]);
    const { channel } = await web.conversations.open({ users: ann.id });
    expect(channel?.id).toBe(workspace.directMessage(ann).id);
    expect((await web.conversations.info({ channel: channel?.id ?? '' })).channel).toMatchObject({
      is_im: true,
    });
    expect((await web.team.info()).team).toMatchObject({ id: workspace.id, name: 'Study group' });
    expect(await web.auth.test()).toMatchObject({ team_id: workspace.id, user_id: workspace.team.botUserId });
  });
});
