import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import { placesOf } from '../trouble.js';

/** Discord will not have this answer any more: it came too late, or an earlier delivery was answered. */
export function isPast(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    [
      RESTJSONErrorCodes.UnknownInteraction,
      RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
      RESTJSONErrorCodes.UnknownWebhook,
      RESTJSONErrorCodes.InvalidWebhookToken,
      RESTJSONErrorCodes.UnknownMessage,
    ].some((code) => code === error.code)
  );
}

/**
 * What a log may say of an error: nothing of the request, which holds what people wrote and, in its address, the
 * interaction's token.
 */
export function forLog(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof DiscordAPIError) {
    return { name: error.name, code: error.code, status: error.status, fields: placesIn(error.rawError) };
  }
  if (error instanceof HTTPError) return { name: error.name, status: error.status };
  if (error instanceof RateLimitError) return { name: error.name, waitMs: error.timeToReset };
  if (error instanceof Error) {
    return { name: error.name, code: 'code' in error ? error.code : undefined, stack: placesOf(error) };
  }
  return { name: typeof error };
}

/** The places of a request that Discord found wrong, such as 'embeds.0.title'; the values are not ours to log. */
function placesIn(raw: unknown, path = ''): readonly string[] {
  if (typeof raw !== 'object' || raw === null || path.length > 200) return [];
  if ('errors' in raw && path === '') return placesIn(raw.errors, '$');
  if ('_errors' in raw) return [path];
  if (path === '') return [];
  return Object.entries(raw).flatMap(([key, value]) => placesIn(value, `${path}.${key}`));
}

/** What to do about a failed start, in a line for the operator; undefined where only time helps. */
export function remedyFor(error: unknown, guildId: string | undefined): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const status = error instanceof DiscordAPIError ? error.status : undefined;
  if (code === 'TokenInvalid' || code === 4004 || status === 401) {
    return 'Discord refuses DISCORD_TOKEN. Copy the token again from the Bot page of your application (Reset Token makes a new one).';
  }
  if (code === RESTJSONErrorCodes.MissingAccess || code === RESTJSONErrorCodes.UnknownGuild) {
    return guildId === undefined
      ? 'Discord refuses the commands. Invite the bot with the link that `eks doctor` prints; it has the scopes bot and applications.commands.'
      : `Discord does not let the bot into the guild ${guildId} (DISCORD_GUILD_ID). Invite it there with the link that \`eks doctor\` prints.`;
  }
  if (code === 4013 || code === 4014) {
    return 'Discord refuses the intents that the bot asks for. It needs none that must be turned on; update the bot.';
  }
  return undefined;
}
