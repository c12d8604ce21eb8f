import type { AppOptions } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { HttpServer } from '../http.js';
import { OperatorError } from '../trouble.js';
import { HttpReceiver } from './http.js';
import { Installs } from './install.js';
import type { Installations } from './installations.js';
import { OwnToken } from './owntoken.js';
import { SocketReceiver } from './socket.js';
import { forLog } from './trouble.js';
import { askingOnce, clientOptions, quietLogger } from './webclient.js';

/** A token or key, shown by nothing but `reveal`. */
interface Hidden {
  reveal(): string;
}

/** How Slack is reached, and with what: see SlackConfig. */
export type Way = { readonly apiUrl: string } & (
  | { readonly mode: 'socket'; readonly botToken: Hidden; readonly appToken: Hidden }
  | { readonly mode: 'http'; readonly botToken: Hidden; readonly signingSecret: Hidden }
  | {
      readonly mode: 'oauth';
      readonly signingSecret: Hidden;
      readonly clientId: string;
      readonly clientSecret: Hidden;
      readonly stateSecret: Hidden;
    }
);

export interface TransportOptions {
  readonly config: Way;
  /** The process's server; what comes by HTTP is mounted on it at once. */
  readonly http: HttpServer;
  /** Where the tokens of many workspaces are kept; undefined where there is no SECRET_KEY to seal them with. */
  readonly installations: Installations | undefined;
  readonly now: () => Date;
  readonly log: Logger;
  /** Between the openings of Socket Mode's connections. */
  readonly staggerMs?: number;
}

/** How Slack's requests come in, and with whose token answers go out. */
export interface Transport {
  /** What Bolt's App takes. */
  readonly app: Pick<AppOptions, 'receiver' | 'authorize' | 'clientOptions' | 'logger'>;
  /**
   * For what nobody in the workspace has just asked for; asks once, so that nothing is posted twice.
   * @throws Error where there is no token for the workspace
   */
  clientFor(workspace: string): Promise<WebClient>;
  /**
   * Resolves when people can reach the bot, or Slack is being tried again since it cannot be reached.
   * @throws OperatorError with a line on what only an operator can put right
   */
  start(): Promise<void>;
  /** Takes nothing new, and resolves when connections are closed. */
  stop(): Promise<void>;
}

/** The way that the configuration names. */
export function slackTransport(options: TransportOptions): Transport {
  const { config } = options;
  switch (config.mode) {
    case 'socket':
      return ofOneWorkspace(options, config.botToken, socketReceiver(options, config.appToken));
    case 'http': {
      const receiver = new HttpReceiver({ ...options, signingSecret: config.signingSecret });
      options.http.mount(receiver.routes);
      return ofOneWorkspace(options, config.botToken, receiver);
    }
    case 'oauth':
      return ofManyWorkspaces(options, config);
  }
}

type OwnReceiver = Pick<HttpReceiver, 'init' | 'start' | 'stop'>;

function socketReceiver({ config, log, staggerMs }: TransportOptions, appToken: Hidden): SocketReceiver {
  const { apiUrl } = config;
  return new SocketReceiver({ apiUrl, log, appToken, ...(staggerMs !== undefined && { staggerMs }) });
}

function ofOneWorkspace(options: TransportOptions, botToken: Hidden, receiver: OwnReceiver): Transport {
  const { config, log } = options;
  const token = new OwnToken({ apiUrl: config.apiUrl, log, botToken });
  const client = new WebClient(botToken.reveal(), askingOnce({ apiUrl: config.apiUrl, log }));
  return {
    app: { ...common(options), receiver, authorize: token.authorize },
    clientFor: async () => client,
    async start() {
      await token.identity().catch((error: unknown) => {
        if (error instanceof OperatorError) throw error;
        log.warn({ err: forLog(error) }, 'Slack cannot be asked about the token; it is tried with a request');
      });
      await receiver.start();
    },
    stop: () => receiver.stop(),
  };
}

function ofManyWorkspaces(
  options: TransportOptions,
  config: Extract<Way, { readonly mode: 'oauth' }>,
): Transport {
  const { installations, http } = options;
  if (installations === undefined) {
    throw new OperatorError('Slack for many workspaces needs SECRET_KEY, to keep their tokens sealed.');
  }
  const installs = new Installs({ ...options, ...config, installations });
  const receiver = new HttpReceiver({
    ...options,
    signingSecret: config.signingSecret,
    first: (body) => installs.hear(body),
  });
  http.mount(receiver.routes);
  http.mount(installs.routes);
  return {
    app: { ...common(options), receiver, authorize: installs.authorize },
    async clientFor(workspace) {
      const token = await installs.tokenFor(workspace);
      return new WebClient(token, askingOnce({ apiUrl: config.apiUrl, log: options.log }));
    },
    start: () => receiver.start(),
    async stop() {
      await receiver.stop();
      await installs.settle();
    },
  };
}

function common({ config, log }: TransportOptions): Pick<AppOptions, 'clientOptions' | 'logger'> {
  return { clientOptions: clientOptions({ apiUrl: config.apiUrl, log }), logger: quietLogger(log) };
}
