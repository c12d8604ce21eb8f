import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  Events,
  GatewayIntentBits,
  type Interaction,
} from 'discord.js';
import { afterEach } from 'vitest';
import { type DiscordOptions, startDiscord } from './discord.js';

/** How a bot under test answers an interaction. */
export type Answer = (interaction: Interaction) => Promise<unknown>;

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const option = (name: string, more: object = {}) => ({
  type: 3,
  name,
  description: 'What to explain',
  ...more,
});
const COMMAND = {
  name: 'eks',
  description: 'Study',
  options: [
    {
      type: 1,
      name: 'explain',
      description: 'Explain',
      options: [
        option('query', { required: true, autocomplete: true }),
        { type: 4, name: 'count', description: 'How many', min_value: 1 },
      ],
    },
    { type: 1, name: 'review', description: 'Review' },
  ],
  contexts: [0, 1, 2],
  integration_types: [0, 1],
};

/** A Discord with a real client that answers every interaction by `answer`; `errors` is what that threw. */
export async function tinyBot(answer: Answer, options: DiscordOptions = {}) {
  const discord = await startDiscord(options);
  const guild = discord.guild();
  const channel = discord.channel(guild);
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    shards: 'auto',
    rest: { api: discord.api },
  });
  const errors: unknown[] = [];
  client.on(Events.InteractionCreate, (interaction) => {
    answer(interaction).catch((error: unknown) => errors.push(error));
  });
  cleanups.push(async () => {
    await client.destroy();
    await discord.close();
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
  await client.application?.commands.set([COMMAND]);
  return { discord, guild, channel, client, errors, ann: discord.person({ name: 'Ann', nick: 'annie' }) };
}

/** A row of buttons. */
export const row = (...buttons: ButtonBuilder[]) =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(...buttons);
/** A button whose custom id is its label where no other is given. */
export const button = (label: string, id = label) =>
  new ButtonBuilder().setLabel(label).setCustomId(id).setStyle(ButtonStyle.Primary);
export const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
