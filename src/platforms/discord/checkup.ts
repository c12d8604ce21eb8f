import { REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { DiscordOptions } from './connection.js';
import { inviteLink, PERMISSIONS } from './invite.js';
import { remedyFor } from './trouble.js';

const Application = z.object({
  id: z.string(),
  name: z.string(),
  interactions_endpoint_url: z.string().nullish(),
  approximate_guild_count: z.number().optional(),
});

const Registered = z.array(z.object({ name: z.string() }));

/** What an operator learns of their application, without connecting to the gateway. */
export interface Checkup {
  readonly ok: boolean;
  readonly message: string;
}

/** Asks Discord whether the token is good and the application is set up for this bot. */
export async function checkDiscord({
  token,
  apiUrl,
  guildId,
  commandName,
}: Pick<DiscordOptions, 'token' | 'apiUrl' | 'guildId' | 'commandName'>): Promise<Checkup> {
  const rest = new REST({ api: apiUrl, retries: 1, timeout: 10_000 }).setToken(token.reveal());
  try {
    const application = await fetchApplication(rest);
    const endpoint = endpointTrouble(application);
    if (endpoint !== undefined) return { ok: false, message: endpoint };
    const { id, name, approximate_guild_count: guilds } = application;
    const route = guildId ? Routes.applicationGuildCommands(id, guildId) : Routes.applicationCommands(id);
    const registered = Registered.parse(await rest.get(route)).some((one) => one.name === commandName);
    const command = `/${commandName} is ${registered ? '' : 'not yet '}registered${registered ? '' : ' (it will be at the next start)'}`;
    const where = guilds === undefined ? '' : `, in ${guilds} ${guilds === 1 ? 'server' : 'servers'}`;
    return {
      ok: true,
      message: `the token is that of ${name}${where}; ${command}; invite it with ${inviteLink(id)} (permissions ${PERMISSIONS.bitfield})`,
    };
  } catch (error) {
    const remedy = remedyFor(error, guildId);
    return {
      ok: false,
      message: remedy ?? 'Discord cannot be reached; check the network and DISCORD_API_URL',
    };
  } finally {
    rest.clearHandlerSweeper();
    rest.clearHashSweeper();
  }
}

/** Discord sends interactions to the gateway or to a web address, never to both. */
export function endpointTrouble({
  interactions_endpoint_url: url,
}: Pick<z.infer<typeof Application>, 'interactions_endpoint_url'>): string | undefined {
  return url
    ? 'Discord sends the interactions of this application to a web address, so the bot would hear nothing. Clear "Interactions Endpoint URL" on its General Information page.'
    : undefined;
}

/** The application that a token belongs to, for the same check at a start. */
export async function fetchApplication(rest: REST): Promise<z.infer<typeof Application>> {
  return Application.parse(await rest.get(Routes.currentApplication()));
}
