import type { AuthorizeResult, AuthorizeSourceData, Installation, InstallationStore } from '@slack/bolt';
import { z } from 'zod';

/** Where installations of the app are kept, by the id of their workspace or organisation; holds what it is given, sealed. */
export interface Installations {
  /** In place of an earlier one. */
  save(id: string, isEnterprise: boolean, installation: string): Promise<void>;
  find(id: string): Promise<string | undefined>;
  /** Removes an installation that was saved before a moment, and leaves a later one. */
  remove(id: string, savedBefore: Date): Promise<void>;
}

const Named = z.object({ id: z.string(), name: z.string().exactOptional() });

/** What is kept of an installation: the bot's token, with what renews it; no person's token is asked for, or kept. */
const Kept = z.object({
  team: Named.exactOptional(),
  enterprise: Named.exactOptional(),
  user: z.object({ id: z.string() }),
  bot: z.object({
    token: z.string(),
    refreshToken: z.string().exactOptional(),
    expiresAt: z.number().exactOptional(),
    scopes: z.array(z.string()),
    id: z.string(),
    userId: z.string(),
  }),
  appId: z.string().exactOptional(),
  enterpriseUrl: z.string().exactOptional(),
  isEnterpriseInstall: z.boolean().default(false),
  authVersion: z.literal('v2'),
});

/** Nothing is kept of a workspace, as opposed to what cannot be read just now. */
export class NotInstalled extends Error {
  override readonly name = 'NotInstalled';

  constructor() {
    super('the app is not installed there');
  }
}

/** Slack's library's own store of installations, on ours. */
export function installationStore(installations: Installations): InstallationStore {
  return {
    async storeInstallation(installation) {
      const kept = Kept.parse(JSON.parse(JSON.stringify(installation)));
      await installations.save(homeOf(kept), kept.isEnterpriseInstall, JSON.stringify(kept));
    },
    fetchInstallation: async (query) => asInstallation(await keptFor(installations, query)),
  };
}

type Query = Pick<AuthorizeSourceData<boolean>, 'teamId' | 'enterpriseId' | 'isEnterpriseInstall'>;

/** @throws NotInstalled */
async function keptFor(installations: Installations, query: Query): Promise<z.infer<typeof Kept>> {
  const { teamId, enterpriseId, isEnterpriseInstall } = query;
  for (const id of isEnterpriseInstall ? [enterpriseId] : [teamId, enterpriseId]) {
    const found = id === undefined ? undefined : await installations.find(id);
    if (found !== undefined) return Kept.parse(JSON.parse(found));
  }
  throw new NotInstalled();
}

/**
 * The bot that answers where a request comes from, and when its token runs out, in seconds since 1970, if it does.
 * @throws NotInstalled
 */
export async function botFor(
  installations: Installations,
  query: Query,
): Promise<{ readonly result: AuthorizeResult; readonly expiresAt: number | undefined }> {
  const { team, enterprise, bot } = await keptFor(installations, query);
  const teamId = team?.id ?? query.teamId;
  const enterpriseId = enterprise?.id ?? query.enterpriseId;
  return {
    result: {
      botToken: bot.token,
      botId: bot.id,
      botUserId: bot.userId,
      ...(teamId !== undefined && { teamId }),
      ...(enterpriseId !== undefined && { enterpriseId }),
    },
    expiresAt: bot.refreshToken === undefined ? undefined : bot.expiresAt,
  };
}

/** The bot's token, by the id of its workspace or organisation. */
export async function tokenOf(installations: Installations, id: string): Promise<string | undefined> {
  const found = await installations.find(id);
  return found === undefined ? undefined : Kept.parse(JSON.parse(found)).bot.token;
}

/** The organisation's id where the app is installed in all of it, the workspace's elsewhere. */
function homeOf({ team, enterprise, isEnterpriseInstall }: z.infer<typeof Kept>): string {
  const id = isEnterpriseInstall ? enterprise?.id : team?.id;
  if (id === undefined) throw new Error('an installation without a workspace');
  return id;
}

function asInstallation(kept: z.infer<typeof Kept>): Installation<'v2', boolean> {
  const { team, enterprise, user, ...rest } = kept;
  return { ...rest, team, enterprise, user: { id: user.id, token: undefined, scopes: undefined } };
}
