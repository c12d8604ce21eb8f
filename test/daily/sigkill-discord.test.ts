import { onTestFinished, test } from 'vitest';
import { processes } from '../house/process.js';
import { startDiscord } from '../platforms/discord/loopback/discord.js';
import { type Channel, surviveKills } from './lives.js';

const house = processes('sigkill-discord');

async function newChannel(): Promise<Channel> {
  // New processes on a busy machine may need long for their first answer; how long is not what is tested here.
  const discord = await startDiscord({ answerMs: 30_000, patienceMs: 60_000 });
  onTestFinished(() => discord.close());
  const channel = discord.channel(discord.guild());
  const admin = discord.person({ name: 'boss', admin: true }).in(channel);
  return {
    environment: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api },
    requests: {
      post: 'POST channels/id/messages',
      edit: 'PATCH channels/id/messages/id',
      find: 'GET channels/id/messages',
    },
    setUp: () =>
      admin.runs('daily', { action: 'set', time: '12:00', days: 'daily', zone: 'UTC', open: '1h' }),
    messages: () => discord.messagesIn(channel).map(({ text }) => text),
    minutesPass: () => discord.forgetNonces(),
    violations: () => discord.violations,
  };
}

test('on Discord, the process killed by SIGKILL at steps of a post and of its reveal has posted once and revealed in the end', async () => {
  await surviveKills(house, newChannel);
}, 600_000);
