import { REST } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { type Discord, startDiscord } from './discord.js';
import { RateLimits } from './ratelimits.js';

async function limitedDiscord(): Promise<{ discord: Discord; send: (path: string) => Promise<Response> }> {
  const discord = await startDiscord({ limits: true });
  onTestFinished(() => discord.close());
  const headers = { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ content: 'x' });
  const send = (path: string) => fetch(`${discord.api}/v10${path}`, { method: 'POST', headers, body });
  return { discord, send };
}

test('a channel takes five messages, and says so in its headers; another channel has its own five', async () => {
  const { discord, send } = await limitedDiscord();
  const guild = discord.guild();
  const [one, other] = [discord.channel(guild), discord.channel(guild)];
  const left: (string | null)[] = [];
  for (let at = 0; at < 5; at += 1) {
    const { headers } = await send(`/channels/${one.id}/messages`);
    left.push(headers.get('x-ratelimit-remaining'));
  }
  expect(left).toEqual(['4', '3', '2', '1', '0']);
  const refused = await send(`/channels/${one.id}/messages`);
  expect([refused.status, await refused.json()]).toMatchObject([429, { global: false }]);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await send(`/channels/${other.id}/messages`)).status).toBe(200);
  expect(discord.messagesIn(one)).toHaveLength(5);
});

test('over fifty requests in a second are refused for all channels, but not answers to people', async () => {
  let now = 1_000_000;
  const limits = new RateLimits(() => now);
  const ask = async (path: string) => (await limits.hold('POST', path, async () => ({ status: 200 }))).status;
  const channel = (at: number) => `/channels/${100_000_000_000_000_000n + BigInt(at)}/messages`;
  const statuses = async (from: number) =>
    Promise.all(Array.from({ length: 60 }, (_, at) => ask(channel(from + at))));
  expect((await statuses(0)).lastIndexOf(200)).toBe(49);
  now += 999;
  expect(await statuses(100)).not.toContain(200);
  expect(await ask('/interactions/1/token/callback')).toBe(200);
  expect(await ask('/webhooks/1/token/messages/@original')).toBe(200);
  now += 1;
  expect((await statuses(200)).lastIndexOf(200)).toBe(49);
});

test("discord.js keeps within the limits by itself, and loses nothing where it doesn't", async () => {
  const { discord } = await limitedDiscord();
  const guild = discord.guild();
  const channels = Array.from({ length: 70 }, () => discord.channel(guild));
  // Allowed more than Discord takes, so that it is told to go slower.
  const rest = new REST({ api: discord.api, globalRequestsPerSecond: 60 }).setToken(discord.token);
  await Promise.all(
    channels.map(({ id }) => rest.post(`/channels/${id}/messages`, { body: { content: 'x' } })),
  );
  expect(channels.every((channel) => discord.messagesIn(channel).length === 1)).toBe(true);
  const fifty = discord.requests.filter(({ status }) => status === 200).slice(0, 51);
  expect((fifty.at(-1)?.at ?? 0) - (fifty[0]?.at ?? 0)).toBeGreaterThanOrEqual(900);
});
