import { setTimeout as sleep } from 'node:timers/promises';
import type { Authorize } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { OperatorError } from '../trouble.js';
import { BOT_SCOPES, SPARED_SCOPES } from './manifest.js';
import { remedyFor } from './trouble.js';
import { clientOptions, type Reach } from './webclient.js';

export interface TokenOptions extends Reach {
  readonly botToken: { reveal(): string };
}

/** Slack waits three seconds for an acknowledgement. */
const PATIENCE_MS = 2_000;

const Identity = z.object({
  user_id: z.string(),
  bot_id: z.string().optional(),
  user: z.string().optional(),
  team: z.string().optional(),
  team_id: z.string().optional(),
  is_enterprise_install: z.boolean().optional(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

/** Whom a bot token belongs to. */
export interface Identity {
  readonly userId: string;
  readonly botId: string;
  readonly user: string;
  readonly team: string;
  /** Undefined where it is a token for a whole organisation. */
  readonly teamId: string | undefined;
  /** Of the scopes without which the bot works all the same, those that it was not given. */
  readonly lacks: readonly string[];
}

/**
 * Asks Slack whose token it is.
 * @throws OperatorError where it is none that the bot can work with; another error where Slack cannot be reached
 */
export async function identify({ botToken, ...reach }: TokenOptions): Promise<Identity> {
  const client = new WebClient(botToken.reveal(), clientOptions(reach));
  try {
    const { user_id, bot_id, user, team, ...more } = Identity.parse(await client.auth.test());
    if (bot_id === undefined) {
      throw new OperatorError(
        'SLACK_BOT_TOKEN is the token of a person. It needs the Bot User OAuth Token (xoxb-) from the page "OAuth & Permissions" of your app.',
      );
    }
    const missing = missingScopes(more.response_metadata?.scopes);
    if (missing.some((scope) => !SPARED_SCOPES.includes(scope))) throw new OperatorError(lacking(missing));
    const teamId = more.is_enterprise_install ? undefined : more.team_id;
    const called = { user: user ?? user_id, team: team ?? 'its workspace' };
    return { userId: user_id, botId: bot_id, ...called, teamId, lacks: missing };
  } catch (error) {
    const remedy = remedyFor(error, 'SLACK_BOT_TOKEN');
    throw remedy === undefined ? error : new OperatorError(remedy);
  }
}

/** What to do about scopes that an app was not given, in a line for the operator. */
export function lacking(scopes: readonly string[]): string {
  return `The Slack app lacks the scopes ${scopes.join(', ')}. Put what \`eks slack-manifest\` prints into your app's manifest and install the app again.`;
}

/** None where Slack does not say what a token may do. */
function missingScopes(granted: readonly string[] | undefined): readonly string[] {
  return granted === undefined ? [] : BOT_SCOPES.filter((scope) => !granted.includes(scope));
}

/** The bot in the one workspace of its token. */
export class OwnToken {
  readonly #options: TokenOptions;
  #identity: Promise<Identity> | undefined;
  #known: Identity | undefined;

  constructor(options: TokenOptions) {
    this.#options = options;
  }

  /** Asks Slack whose token it is, once; what failed is asked again the next time. See `identify`. */
  identity(): Promise<Identity> {
    this.#identity ??= this.#identify().catch((error: unknown) => {
      this.#identity = undefined;
      throw error;
    });
    return this.#identity;
  }

  async #identify(): Promise<Identity> {
    const identity = await identify(this.#options);
    if (identity.lacks.length > 0) this.#options.log.warn(lacking(identity.lacks));
    this.#known = identity;
    return identity;
  }

  async #late(): Promise<never> {
    await sleep(PATIENCE_MS, undefined, { ref: false });
    throw new Error('Slack has not said yet whose token it is');
  }

  /**
   * As Bolt asks for it with every request, before it is acknowledged. Slack is asked only where it could not say at the
   * start: it is refused in time to hear of it, and sends an event again.
   */
  readonly authorize: Authorize<boolean> = async () => {
    const { userId, botId, teamId } = this.#known ?? (await Promise.race([this.identity(), this.#late()]));
    const installed = { botToken: this.#options.botToken.reveal(), botUserId: userId, botId };
    return teamId === undefined ? installed : { ...installed, teamId };
  };
}
