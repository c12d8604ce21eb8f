import { DiscordAPIError, Events, HTTPError, MessageFlags, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { startDiscord } from './discord.js';
import { type Answer, button, row, tinyBot } from './tinybot.js';

const echo: Answer = async (interaction) => {
  if (interaction.isChatInputCommand()) {
    await interaction.reply({ content: interaction.options.getString('query') ?? 'nothing' });
  }
};

const CALLBACK = /^POST \/interactions\//;

describe('requests in trouble', () => {
  it('are rate limited as often as asked, then obeyed', async () => {
    const { discord, channel, ann, errors } = await tinyBot(echo);
    discord.troubles.rateLimit({ on: CALLBACK, times: 2, retryAfterSeconds: 0.05 });
    const seen = await ann.in(channel).runs('explain', { query: 'etcd' });
    expect(seen.message.content).toBe('etcd');
    const callbacks = () => discord.requests.filter(({ path }) => path.endsWith('/callback'));
    await expect.poll(() => callbacks().map(({ status }) => status)).toEqual([429, 429, 204]);
    expect(errors).toEqual([]);
  });

  it('are limited for everything at once where the limit is global', async () => {
    const { discord, client, channel } = await tinyBot(echo);
    const told = new Promise((resolve) => client.rest.once('rateLimited', resolve));
    discord.troubles.rateLimit({ retryAfterSeconds: 0.05, global: true });
    await client.rest.post(Routes.channelMessages(channel.id), { body: { content: 'x' } });
    expect(await told).toMatchObject({ global: true });
  });

  it('fail, and are tried again by the client', async () => {
    const { discord, channel, ann } = await tinyBot(echo);
    discord.troubles.fail({ on: CALLBACK, times: 2, status: 502 });
    const seen = await ann.in(channel).runs('explain', { query: 'etcd' });
    expect(seen.message.content).toBe('etcd');
  });

  it('are obeyed though their answer is lost, and posted once where the nonce is the same', async () => {
    const { discord, client, channel } = await tinyBot(echo);
    discord.troubles.fail({ on: /^POST \/channels/, status: 500, obeyed: true });
    const post = (nonce: string) =>
      client.rest.post(Routes.channelMessages(channel.id), {
        body: { content: 'x', nonce, enforce_nonce: true },
      });
    await post('quiz-1');
    await post('quiz-1');
    expect(discord.messagesIn(channel)).toHaveLength(1);
    await post('quiz-2');
    expect(discord.messagesIn(channel)).toHaveLength(2);
  });

  it('are answered late', async () => {
    const { discord, channel, ann } = await tinyBot(echo);
    discord.troubles.slow({ on: CALLBACK, ms: 60 });
    const seen = await ann.in(channel).runs('explain', { query: 'etcd' });
    const callback = discord.requests.find(({ path }) => path.endsWith('/callback'));
    expect([seen.message.content, callback?.status]).toEqual(['etcd', 0]);
    await expect.poll(() => callback?.status).toBe(204);
  });

  it('are refused with a wrong token, and on routes that there are not', async () => {
    const discord = await startDiscord();
    const get = (path: string, authorization: string) =>
      fetch(`${discord.api}/v10${path}`, { headers: { authorization } });
    const wrong = await get('/users/@me', 'Bot wrong');
    expect([wrong.status, await wrong.json()]).toEqual([401, { message: '401: Unauthorized', code: 0 }]);
    const missing = await get('/users/@me/guilds', `Bot ${discord.token}`);
    expect([missing.status, await missing.json()]).toEqual([404, { message: '404: Not Found', code: 0 }]);
    expect(discord.violations).toMatchObject([{ request: 'GET /users/@me/guilds' }]);
    await discord.close();
  });

  it('are refused in channels that are closed to the bot, and for messages that are not there', async () => {
    const { discord, client, channel, ann } = await tinyBot(async (interaction) => {
      if (interaction.isChatInputCommand())
        await interaction.reply({ content: 'x', flags: MessageFlags.Ephemeral });
    });
    const code = (request: Promise<unknown>) =>
      request.then(
        () => 'obeyed',
        (error: unknown) => (error instanceof DiscordAPIError ? error.code : String(error)),
      );
    const post = (id: string) => client.rest.post(Routes.channelMessages(id), { body: { content: 'x' } });
    const [unwritable, direct] = [discord.channel(discord.guild()), discord.directMessage(ann)];
    expect(await code(client.rest.get(Routes.channel(unwritable.id)))).toBe('obeyed');
    unwritable.closed = 'unwritable';
    expect(await code(post(unwritable.id))).toBe(50013);
    unwritable.closed = 'unseen';
    expect(await code(post(unwritable.id))).toBe(50001);
    expect(await code(client.rest.get(Routes.channel(unwritable.id)))).toBe(50001);
    direct.closed = 'unwritable';
    expect(await code(post(direct.id))).toBe(50007);
    expect(await code(post('1'))).toBe(10003);
    const { message } = await ann.in(channel).runs('review');
    expect(await code(client.rest.get(Routes.channelMessage(channel.id, message.id)))).toBe(10008);
  });
});

describe('a gateway in trouble', () => {
  it('loses no interaction when the socket drops and the session is resumed', async () => {
    const { discord, channel, ann } = await tinyBot(echo);
    discord.gateway.drop();
    const seen = await ann.in(channel).runs('explain', { query: 'etcd' });
    expect(seen.message.content).toBe('etcd');
    expect(discord.gateway.log).toEqual(['identify', 'resume']);
  });

  it('is resumed after a request to reconnect, and after a close that allows it', async () => {
    const { discord, channel, ann } = await tinyBot(echo);
    discord.gateway.askToReconnect();
    await expect.poll(() => discord.gateway.log).toEqual(['identify', 'resume']);
    discord.gateway.close('unknownError');
    await expect.poll(() => discord.gateway.log).toEqual(['identify', 'resume', 'close 4000', 'resume']);
    expect((await ann.in(channel).runs('explain', { query: 'x' })).message.content).toBe('x');
  });

  it('loses no interaction when an open socket lets nothing through', async () => {
    const { discord, channel, ann } = await tinyBot(echo, { heartbeatMs: 100 });
    discord.gateway.stall();
    const seen = await ann.in(channel).runs('explain', { query: 'etcd' });
    expect(seen.message.content).toBe('etcd');
    expect(discord.gateway.log).toEqual(['identify', 'resume']);
  });

  it('begins anew when the session is gone', async () => {
    const { discord, channel, ann } = await tinyBot(echo);
    discord.gateway.forget();
    await expect
      .poll(() => discord.gateway.log, { timeout: 10_000 })
      .toEqual(['identify', 'resume refused', 'identify']);
    expect((await ann.in(channel).runs('explain', { query: 'x' })).message.content).toBe('x');
  });

  it('asks for another session where the old one is invalid', async () => {
    const { discord } = await tinyBot(echo);
    discord.gateway.invalidate(true);
    await expect.poll(() => discord.gateway.log).toEqual(['identify', 'resume']);
    discord.gateway.invalidate(false);
    await expect
      .poll(() => discord.gateway.log, { timeout: 10_000 })
      .toEqual(['identify', 'resume', 'identify']);
  });

  it('refuses a wrong token for good', async () => {
    const { discord, client } = await tinyBot(echo);
    const gone = new Promise((resolve) => client.once(Events.ShardDisconnect, resolve));
    discord.gateway.close('authenticationFailed');
    expect(await gone).toMatchObject({ code: 4004 });
  });

  it('tells each shard only of its own guilds', async () => {
    const { discord, channel, guild, client, ann } = await tinyBot(echo, { shards: 2 });
    expect(discord.gateway.connected).toBe(2);
    expect(client.guilds.cache.get(guild.id)?.shardId).toBe(Number((BigInt(guild.id) >> 22n) % 2n));
    expect((await ann.in(channel).runs('explain', { query: 'x' })).message.content).toBe('x');
  });
});

describe('people', () => {
  it('cannot do what Discord would not offer them', async () => {
    const { channel, ann } = await tinyBot(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply({ content: 'x', components: [row(button('Gone').setDisabled(true))] });
    });
    const seat = ann.in(channel);
    await expect(seat.runs('forget')).rejects.toThrow('is not registered');
    await expect(seat.runs('explain')).rejects.toThrow('needs the option query');
    await expect(seat.runs('explain', { query: 'x', count: 0 })).rejects.toThrow('client refuses');
    await expect(seat.runs('explain', { query: 'x', colour: 'red' })).rejects.toThrow('has no option');
    const seen = await seat.runs('review');
    await expect(seen.presses('Gone')).rejects.toThrow('disabled');
    await expect(seen.presses('Back')).rejects.toThrow('there are: Gone');
  });

  it('see a private message of nobody else', async () => {
    const { discord, channel, ann } = await tinyBot(async (interaction) => {
      if (!interaction.isRepliable()) return;
      await interaction.reply({
        content: 'x',
        components: [row(button('Go'))],
        flags: MessageFlags.Ephemeral,
      });
    });
    const seen = await ann.in(channel).runs('review');
    const bea = discord.person({ name: 'Bea' });
    await expect(bea.in(channel).presses(seen.message, 'Go')).rejects.toThrow('only who asked');
    expect(discord.messagesIn(channel, bea)).toEqual([]);
  });

  it('press two buttons at once, and an old one', async () => {
    let presses = 0;
    const { channel, ann } = await tinyBot(async (interaction) => {
      if (interaction.isChatInputCommand()) {
        await interaction.reply({ content: 'x', components: [row(button('A'), button('B'))] });
      } else if (interaction.isButton()) {
        presses += 1;
        await interaction.reply(interaction.customId);
      }
    });
    const seen = await ann.in(channel).runs('review');
    const [one, other] = await Promise.all([seen.presses('A'), seen.presses('B')]);
    expect([one.message.content, other.message.content]).toEqual(['A', 'B']);
    expect((await ann.in(channel).presses(seen.message, 'A')).message.content).toBe('A');
    expect(presses).toBe(3);
  });
});

it('answers 500 to the client when asked more often than the client tries', async () => {
  const { discord, client, channel } = await tinyBot(echo);
  discord.troubles.fail({ times: 9, status: 500 });
  await expect(
    client.rest.post(Routes.channelMessages(channel.id), { body: { content: 'x' } }),
  ).rejects.toBeInstanceOf(HTTPError);
});
