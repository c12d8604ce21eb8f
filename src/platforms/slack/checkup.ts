import { WebClient } from '@slack/web-api';
import { OperatorError } from '../trouble.js';
import { BOT_SCOPES, SPARED_SCOPES } from './manifest.js';
import { identify, lacking } from './owntoken.js';
import type { Way } from './transport.js';
import { codeOf, remedyFor } from './trouble.js';
import { askingOnce, type Reach } from './webclient.js';

/** What an operator learns of their app, without a connection to it. */
export interface Checkup {
  readonly ok: boolean;
  readonly message: string;
}

export interface CheckupOptions {
  readonly config: Way;
  /** The slash command, without the slash. */
  readonly commandName: string;
  readonly log: Reach['log'];
}

/** Asks Slack whether the tokens are good, and may do what the bot does. */
export async function checkSlack({ config, commandName, log }: CheckupOptions): Promise<Checkup> {
  const reach = { apiUrl: config.apiUrl, log };
  try {
    if (config.mode === 'oauth') return await checkClient(reach, config);
    const { user, team, lacks } = await identify({ ...reach, botToken: config.botToken });
    if (config.mode === 'socket') await checkAppToken(reach, config.appToken.reveal());
    const way = config.mode === 'socket' ? 'Socket Mode' : 'HTTP';
    const scopes = `the ${BOT_SCOPES.length - SPARED_SCOPES.length} scopes it needs`;
    const message = `the token is that of ${user} in ${team}, with ${scopes}; by ${way}; /${commandName} answers once it stands in the app's manifest`;
    return { ok: true, message: lacks.length === 0 ? message : `${message}. ${lacking(lacks)}` };
  } catch (error) {
    const isKnown = error instanceof OperatorError;
    return { ok: false, message: isKnown ? error.message : unreachable(error) };
  }
}

/** Asks for a connection's address; none is opened with it. */
async function checkAppToken(reach: Reach, appToken: string): Promise<void> {
  try {
    await new WebClient(appToken, askingOnce(reach)).apps.connections.open();
  } catch (error) {
    const remedy = remedyFor(error, 'SLACK_APP_TOKEN');
    throw remedy === undefined ? error : new OperatorError(remedy);
  }
}

/** Hands in a code that cannot be good: Slack looks at the client's id and secret first. */
async function checkClient(
  reach: Reach,
  { clientId, clientSecret }: Extract<Way, { readonly mode: 'oauth' }>,
): Promise<Checkup> {
  const client = new WebClient(undefined, askingOnce(reach));
  try {
    await client.oauth.v2.access({ client_id: clientId, client_secret: clientSecret.reveal(), code: 'none' });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'invalid_client_id' || code === 'bad_client_secret') {
      throw new OperatorError(
        `Slack refuses SLACK_CLIENT_ID or SLACK_CLIENT_SECRET (${code}). Copy both again from the page "Basic Information" of your app.`,
      );
    }
    if (code !== 'invalid_code') throw error;
  }
  return {
    ok: true,
    message: 'Slack takes the client id and its secret; people install the app at /slack/install',
  };
}

function unreachable(error: unknown): string {
  const code = codeOf(error);
  return code === undefined
    ? 'Slack cannot be reached; check the network and SLACK_API_URL'
    : `Slack cannot answer now (${code}); try again in a minute`;
}
