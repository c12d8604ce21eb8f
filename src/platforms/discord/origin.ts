import {
  ApplicationIntegrationType,
  type BaseInteraction,
  GuildMember,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import { z } from 'zod';
import type { Origin } from '../../bot/platform.js';

/** The workspace of direct messages, which belong to no guild. */
const DIRECT = 'direct';

/**
 * Who speaks, and where. An admin may manage the server, in a guild that has the bot itself installed: where only a
 * person has it, the guild is not ours. With `homeGuild` only that guild has admins.
 */
export function originOf(interaction: BaseInteraction, homeGuild: string | undefined): Origin {
  const { user, member, guildId, channelId } = interaction;
  const ours =
    guildId !== null &&
    interaction.authorizingIntegrationOwners[ApplicationIntegrationType.GuildInstall] === guildId;
  return {
    platform: 'discord',
    workspace: guildId ?? DIRECT,
    channel: channelId ?? DIRECT,
    user: user.id,
    userIsGlobal: true,
    name: (member instanceof GuildMember ? member.nickname : member?.nick) || user.displayName,
    groups: rolesOf(member),
    admin:
      ours &&
      (homeGuild === undefined || homeGuild === guildId) &&
      interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true,
  };
}

const RoleIds = z.array(z.string());
/** A role as it is mentioned, or its id alone. */
const ROLE = /^(?:<@&(\d+)>|(\d+))$/;

/** A member's roles; undefined outside a guild. */
function rolesOf(member: BaseInteraction['member']): Origin['groups'] {
  if (member === null) return undefined;
  // The client only names roles of a guild whose roles it was sent, which takes an intent: the ids lie beneath.
  const ids = RoleIds.safeParse(member instanceof GuildMember ? Reflect.get(member, '_roles') : member.roles);
  if (!ids.success) return undefined;
  return {
    called: 'role',
    theirs: async () => ({ ids: ids.data }),
    async find(typed) {
      const [, mentioned, id] = ROLE.exec(typed) ?? [];
      return mentioned ?? id;
    },
  };
}

/** A person in their direct messages, of whom nothing else is known. */
export function directOrigin(user: string, channel: string): Origin {
  return {
    platform: 'discord',
    workspace: DIRECT,
    channel,
    user,
    userIsGlobal: true,
    name: '',
    admin: false,
  };
}

/** True where nobody but the person and the bot reads along, so that no message needs to be hidden. */
export function isDirect({ context }: BaseInteraction): boolean {
  return context === InteractionContextType.BotDM;
}

/** True where the bot may post what all can see, as the channel's permissions say. */
export function mayPost({ appPermissions, context }: BaseInteraction): boolean {
  // A group of people has no such permissions: what one of them asks for may be shown there.
  if (context === InteractionContextType.PrivateChannel) return true;
  // A thread has its own permission; which one counts here is not said without asking Discord again.
  const { SendMessages, SendMessagesInThreads, EmbedLinks } = PermissionFlagsBits;
  return appPermissions.has(EmbedLinks) && appPermissions.any([SendMessages, SendMessagesInThreads]);
}
