import { IncomingMessage, ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Authorize, AuthorizeResult, AuthorizeSourceData } from '@slack/bolt';
import { type CallbackOptions, ErrorCode, InstallProvider } from '@slack/oauth';
import { WebClient } from '@slack/web-api';
import { Hono } from 'hono';
import type { Logger } from 'pino';
import { z } from 'zod';
import { botFor, type Installations, installationStore, tokenOf } from './installations.js';
import { failedPage, installPage, successPage } from './installpages.js';
import { BOT_SCOPES, PATHS } from './manifest.js';
import { forLog, isRefused } from './trouble.js';
import { clientOptions, quietLogger } from './webclient.js';

export interface InstallOptions {
  readonly clientId: string;
  readonly clientSecret: { reveal(): string };
  readonly stateSecret: { reveal(): string };
  readonly config: { readonly apiUrl: string };
  readonly installations: Installations;
  readonly now: () => Date;
  readonly log: Logger;
}

/** Slack's library renews a token that lives no longer than two hours, and this lets it. */
const RENEWED_BEFORE_MS = 2 * 3_600_000;
/** A token with so little left is not answered with. */
const SPENT_MS = 60_000;

/** The codes of what went wrong in the browser, not here or at Slack. */
const THEIRS: readonly string[] = [
  ErrorCode.MissingStateError,
  ErrorCode.InvalidStateError,
  ErrorCode.MissingCodeError,
  ErrorCode.AuthorizationError,
];

/** Slack's word that the app is gone from somewhere, or its tokens are. */
const Removal = z.object({
  event: z.discriminatedUnion('type', [
    z.object({ type: z.literal('app_uninstalled') }),
    z.object({ type: z.literal('tokens_revoked'), tokens: z.object({ bot: z.array(z.string()).min(1) }) }),
  ]),
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().optional(),
  authorizations: z.array(z.object({ is_enterprise_install: z.boolean().optional() })).default([]),
  event_time: z.number(),
});

/** What the server keeps of a request, as Node has it: Slack's library writes its answer there. */
const Pair = z.object({ incoming: z.instanceof(IncomingMessage), outgoing: z.instanceof(ServerResponse) });
type Pair = z.infer<typeof Pair>;

/** Lets people install the app in their workspaces, and keeps the tokens that this gives. */
export class Installs {
  readonly routes = new Hono();
  readonly #options: InstallOptions;
  readonly #provider: InstallProvider;
  readonly #asking = new Map<string, Promise<AuthorizeResult>>();
  /** The organisations of workspaces from which requests came: the app may be installed in all of one. */
  readonly #organisations = new Map<string, string>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: InstallOptions) {
    const { config, clientId, clientSecret, stateSecret, installations, log } = options;
    this.#options = options;
    this.#provider = new InstallProvider({
      clientId,
      clientSecret: clientSecret.reveal(),
      stateSecret: stateSecret.reveal(),
      installationStore: installationStore(installations),
      // Beside the Web API, whichever Slack that is.
      authorizationUrl: new URL('/oauth/v2/authorize', config.apiUrl).href,
      renderHtmlForInstallPath: installPage,
      logger: quietLogger(log),
      clientOptions: clientOptions({ apiUrl: config.apiUrl, log }),
    });
    this.routes.get(PATHS.install, ({ env }) => this.#install(Pair.parse(env)));
    this.routes.get(PATHS.redirect, ({ env }) => this.#finish(Pair.parse(env)));
  }

  /** As Bolt asks for it with every request, before it is acknowledged: Slack is asked only for a token that has run out. */
  readonly authorize: Authorize<boolean> = async (source) => {
    const { teamId, enterpriseId } = source;
    if (teamId && enterpriseId) this.#organisations.set(teamId, enterpriseId);
    try {
      const { result, expiresAt } = await botFor(this.#options.installations, source);
      const leftMs = expiresAt === undefined ? undefined : expiresAt * 1000 - this.#options.now().getTime();
      if (leftMs === undefined || leftMs > RENEWED_BEFORE_MS) return result;
      const renewed = this.#renew(source);
      if (leftMs < SPENT_MS) return { ...(await renewed) };
      this.#later(async () => void (await renewed));
      return result;
    } catch (error) {
      this.#options.log.error(
        { workspace: teamId ?? enterpriseId, err: forLog(error) },
        'There is no token for a workspace: the app is not installed there, or SECRET_KEY was changed. Installing it again puts that right.',
      );
      throw error;
    }
  };

  /** Requests that come together ask together: a token that runs out can be renewed once only. */
  #renew(source: AuthorizeSourceData<boolean>): Promise<AuthorizeResult> {
    const { teamId, enterpriseId, isEnterpriseInstall } = source;
    const key = JSON.stringify([teamId, enterpriseId, isEnterpriseInstall]);
    const asked = this.#asking.get(key) ?? this.#provider.authorize(source);
    this.#asking.set(key, asked);
    return asked.finally(() => this.#asking.delete(key));
  }

  /**
   * The bot's token for a workspace. Where the app is installed in a whole organisation, it is known once something
   * came from there.
   * @throws Error where there is none
   */
  async tokenFor(workspace: string): Promise<string> {
    const enterpriseId = this.#organisations.get(workspace);
    const { botToken } = await this.authorize({
      teamId: workspace,
      enterpriseId,
      isEnterpriseInstall: false,
    });
    if (botToken === undefined) throw new Error('an installation without a bot');
    return botToken;
  }

  /**
   * Removes what was kept of a workspace when Slack says that the app is gone from it. Slack is waiting for this: it
   * says so again where it rejects, and nothing is asked of Slack before it resolves.
   */
  async hear(body: unknown): Promise<void> {
    const removal = Removal.safeParse(body).data;
    if (removal === undefined) return;
    const { team_id: team, enterprise_id: enterprise, authorizations } = removal;
    const isEverywhere = [removal, ...authorizations].some((one) => one.is_enterprise_install === true);
    // Slack gives whole seconds, and may say it minutes later, when the app is installed again already.
    const before = new Date((removal.event_time + 1) * 1000);
    if (isEverywhere && enterprise != null) return this.#remove(enterprise, before);
    const token = enterprise == null ? undefined : await tokenOf(this.#options.installations, enterprise);
    if (enterprise == null || token === undefined)
      return team == null ? undefined : this.#remove(team, before);
    // Slack does not always say that the app is gone from the whole organisation.
    this.#later(async () => {
      const gone = (await this.#isDead(token)) ? enterprise : team;
      if (gone != null) await this.#remove(gone, before);
    });
  }

  /** Resolves when what was begun after an acknowledgement is done. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  async #remove(id: string, before: Date): Promise<void> {
    await this.#options.installations.remove(id, before);
    this.#options.log.info({ workspace: id }, 'the app was taken out of a workspace; its tokens are removed');
  }

  #later(work: () => Promise<void>): void {
    const running = work().catch((error: unknown) => {
      this.#options.log.error({ err: forLog(error) }, 'tokens could not be renewed, tried or removed');
    });
    this.#underWay.add(running);
    void running.finally(() => this.#underWay.delete(running));
  }

  async #isDead(token: string): Promise<boolean> {
    const { config, log } = this.#options;
    try {
      await new WebClient(token, clientOptions({ apiUrl: config.apiUrl, log })).auth.test();
      return false;
    } catch (error) {
      if (isRefused(error)) return true;
      throw error;
    }
  }

  async #install({ incoming, outgoing }: Pair): Promise<Response> {
    harden(outgoing);
    await this.#provider.handleInstallPath(incoming, outgoing, undefined, { scopes: [...BOT_SCOPES] });
    return RESPONSE_ALREADY_SENT;
  }

  async #finish({ incoming, outgoing }: Pair): Promise<Response> {
    harden(outgoing);
    await this.#provider.handleCallback(incoming, outgoing, this.#pages);
    return RESPONSE_ALREADY_SENT;
  }

  readonly #pages: CallbackOptions = {
    success: ({ team, enterprise, appId }, _options, _request, response) => {
      this.#options.log.info(
        { workspace: team?.id ?? enterprise?.id },
        'the app was installed in a workspace',
      );
      show(response, 200, successPage({ name: team?.name ?? enterprise?.name, team: team?.id, app: appId }));
    },
    failure: (error, _options, _request, response) => {
      this.#options.log.warn({ err: forLog(error) }, 'the app could not be installed');
      const isTheirs = THEIRS.includes(error.code);
      show(response, isTheirs ? 400 : 500, failedPage(error.code));
    },
  };
}

/** These pages need nothing from anywhere, and belong in no frame and no cache. */
function harden(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cache-Control', 'no-store');
}

function show(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(html);
}
