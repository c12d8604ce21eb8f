import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { placesOf } from '../trouble.js';

/** Slack's own word for why it refused, such as 'invalid_auth'; undefined where it did not refuse, but could not be asked. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

/** A modal can be opened within three seconds of what a person did, and once. */
export function isTriggerGone(error: unknown): boolean {
  return ['expired_trigger_id', 'trigger_exchanged', 'invalid_trigger', 'invalid_trigger_id'].includes(
    codeOf(error) ?? '',
  );
}

/** The message that was to change was deleted, or cannot be changed any more. */
export function isMessageGone(error: unknown): boolean {
  return ['message_not_found', 'cant_update_message', 'edit_window_closed'].includes(codeOf(error) ?? '');
}

/** A response URL was refused for what the blocks say. */
export class BlocksRefused extends Error {
  constructor() {
    super('Slack refuses the blocks of a response');
  }
}

/** Slack does not take the blocks: while it works on an upload, they may not show it. */
export function areBlocksRefused(error: unknown): boolean {
  return error instanceof BlocksRefused || codeOf(error) === 'invalid_blocks';
}

/** The bot may not write, or not see, where the answer belongs: nobody has invited it, or the channel is closed. */
export function isOutOfReach(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  return (
    code.startsWith('restricted_action') ||
    ['channel_not_found', 'not_in_channel', 'user_not_in_channel', 'is_archived'].includes(code)
  );
}

/** What a log may say of an error: nothing of the request or of Slack's answer, which hold tokens and what people wrote. */
export function forLog(error: unknown): Readonly<Record<string, unknown>> {
  if (error instanceof WebAPIPlatformError) {
    const { data } = error;
    return { name: error.name, code: data.error, needed: 'needed' in data ? data.needed : undefined };
  }
  if (error instanceof WebAPIHTTPError) return { name: error.name, status: error.statusCode };
  if (error instanceof WebAPIRateLimitedError) return { name: error.name, waitSeconds: error.retryAfter };
  if (error instanceof Error) {
    const inner = 'original' in error && error.original instanceof Error ? error.original : undefined;
    return {
      name: error.name,
      code: 'code' in error ? error.code : undefined,
      stack: placesOf(error),
      ...(inner !== undefined && { original: forLog(inner) }),
    };
  }
  return { name: typeof error };
}

const REFUSED = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'user_removed_from_team',
  'team_disabled',
];

/** Slack takes a token no more: it was revoked, or the app was taken out. */
export function isRefused(error: unknown): boolean {
  return REFUSED.includes(codeOf(error) ?? '');
}

/** What to do about a token that Slack refuses, in a line for the operator; undefined where only time helps. */
export function remedyFor(
  error: unknown,
  variable: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN',
): string | undefined {
  const code = codeOf(error) ?? '';
  const [kind, page] =
    variable === 'SLACK_BOT_TOKEN'
      ? ['the Bot User OAuth Token (xoxb-)', 'OAuth & Permissions']
      : ['an app-level token (xapp-) with the scope connections:write', 'Basic Information'];
  if (isRefused(error)) {
    return `Slack refuses ${variable} (${code}). Copy ${kind} again from the page "${page}" of your app.`;
  }
  if (code === 'not_allowed_token_type') {
    return `${variable} is a token of another kind. It needs ${kind} from the page "${page}" of your app.`;
  }
  if (code === 'missing_scope' || code === 'no_permission') {
    return variable === 'SLACK_APP_TOKEN'
      ? `${variable} lacks the scope connections:write. Make ${kind} on the page "${page}" of your app.`
      : `${variable} lacks a scope. Put what \`eks slack-manifest\` prints into your app's manifest and install the app again.`;
  }
  return undefined;
}
