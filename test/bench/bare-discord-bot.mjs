// The least that a bot made with discord.js does: it answers every command with the same embed.
import { Client, Events } from 'discord.js';

const embed = {
  title: 'etcd',
  description:
    '**Kubernetes > Control plane**\n\nThe key-value store that keeps the whole state of the cluster. Only the API server talks to it.',
  color: 0x5b8db8,
};
const query = { type: 3, name: 'query', description: 'What to explain', required: true };
const explain = { type: 1, name: 'explain', description: 'Explain', options: [query] };

const client = new Client({ intents: [], rest: { api: process.env.DISCORD_API_URL } });
client.on(Events.InteractionCreate, (interaction) => interaction.reply({ embeds: [embed] }));
client.once(Events.ClientReady, () =>
  client.application.commands.set([{ name: 'eks', description: 'Study', options: [explain] }]),
);
process.on('SIGTERM', async () => {
  await client.destroy();
  process.exit(0);
});
await client.login(process.env.DISCORD_TOKEN);
