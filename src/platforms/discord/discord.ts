import { randomUUID } from 'node:crypto';
import { type AutocompleteInteraction, type Interaction, MessageFlags } from 'discord.js';
import { somethingBroke } from '../../bot/errors.js';
import type { Bot, Platform } from '../../bot/platform.js';
import type { Reply } from '../../bot/reply.js';
import { restarting } from '../../bot/restarting.js';
import { type Asked, answer } from './answer.js';
import { Connection, type DiscordOptions } from './connection.js';
import { argumentsOf, formOf, valuesOf } from './given.js';
import { LIMITS } from './limits.js';
import { isDirect, originOf } from './origin.js';
import { discordPoster } from './poster.js';
import { forLog, isPast } from './trouble.js';

/** The bot on Discord, by slash commands, buttons and forms; it reads no messages and needs no intents. */
export function discordChat(options: DiscordOptions): Platform {
  const log = options.log.child({ platform: 'discord' });
  const underWay = new Set<Promise<void>>();
  let connection: Connection | undefined;
  let posting: Bot | undefined;
  let stopping = false;
  const reach = () => {
    const client = connection?.client;
    return client && posting && { client, bot: posting };
  };
  return {
    name: 'discord',
    poster: discordPoster({ reach, log }),
    async start(bot) {
      posting = bot;
      const handle = (interaction: Interaction) => {
        const work = respond({ ...options, log }, stopping ? restarting(bot) : bot, interaction);
        underWay.add(work);
        work.finally(() => underWay.delete(work));
      };
      connection = new Connection({ ...options, log }, handle);
      await connection.open();
    },
    async stop() {
      stopping = true;
      // What begins meanwhile is told to try again, and is waited for as well.
      while (underWay.size > 0) await Promise.allSettled(underWay);
      await connection?.close();
    },
  };
}

/** Answers one interaction; never throws. */
async function respond(options: DiscordOptions, bot: Bot, interaction: Interaction): Promise<void> {
  const { log } = options;
  try {
    if (interaction.isAutocomplete()) await complete(options, bot, interaction);
    else if (isAsked(interaction)) await answerTo(options, bot, interaction);
  } catch (error) {
    const facts = { interaction: interaction.id, type: interaction.type, err: forLog(error) };
    if (isPast(error)) {
      log.warn(facts, 'the answer came too late, or was given already; what was recorded stays');
      return;
    }
    const id = randomUUID().slice(0, 8);
    log.error({ id, ...facts }, 'an answer could not be sent');
    if (isAsked(interaction)) await apologize(interaction, id).catch(() => {});
  }
}

function isAsked(interaction: Interaction): interaction is Asked {
  return (
    interaction.isChatInputCommand() ||
    interaction.isButton() ||
    interaction.isStringSelectMenu() ||
    interaction.isModalSubmit()
  );
}

async function answerTo(options: DiscordOptions, bot: Bot, interaction: Asked): Promise<void> {
  const origin = originOf(interaction, options.guildId);
  const { acknowledgeAfterMs = 1_500 } = options;
  await answer({ bot, origin, interaction, acknowledgeAfterMs }, ask(bot, interaction, origin));
}

function ask(bot: Bot, interaction: Asked, origin: ReturnType<typeof originOf>): Promise<readonly Reply[]> {
  const { id } = interaction;
  if (interaction.isChatInputCommand()) {
    return bot.run({
      origin,
      id,
      command: interaction.options.getSubcommand(),
      args: argumentsOf(interaction),
    });
  }
  const given = interaction.isModalSubmit()
    ? { values: [], ...formOf(interaction) }
    : { values: valuesOf(interaction), form: {} };
  return bot.press({ origin, id, press: interaction.customId, ...given });
}

async function complete(
  options: DiscordOptions,
  bot: Bot,
  interaction: AutocompleteInteraction,
): Promise<void> {
  const { name, value } = interaction.options.getFocused(true);
  const origin = originOf(interaction, options.guildId);
  const command = interaction.options.getSubcommand();
  const proposals = await bot.propose({ origin, command, argument: name, text: value });
  const offered = proposals.filter(
    (one) => one.value.length <= LIMITS.autocomplete.value && one.value !== '',
  );
  await interaction.respond(
    offered.slice(0, LIMITS.autocomplete.choices).map((one) => ({ name: one.value, value: one.value })),
  );
}

/** Says that an answer could not be sent, if Discord still takes anything. */
async function apologize(interaction: Asked, id: string): Promise<void> {
  const content = somethingBroke(id);
  const message = isDirect(interaction) ? { content } : { content, flags: MessageFlags.Ephemeral as const };
  if (interaction.deferred || interaction.replied) await interaction.followUp(message);
  else await interaction.reply(message);
}
