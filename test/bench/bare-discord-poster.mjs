// The least that posts in many channels with discord.js: everything is handed to its REST client at once.
import { REST, Routes } from 'discord.js';

const rest = new REST({ api: process.env.DISCORD_API_URL }).setToken(process.env.DISCORD_TOKEN);
const embeds = [{ title: 'Daily quiz', description: 'Which software stores the state of the cluster?' }];
const buttons = ['etcd', 'kubelet'].map((label) => ({ type: 2, style: 2, label, custom_id: label }));
const body = { embeds, components: [{ type: 1, components: buttons }] };

process.once('message', async ({ channels }) => {
  await Promise.all(channels.map((channel) => rest.post(Routes.channelMessages(channel), { body })));
  process.send({ done: true });
});
