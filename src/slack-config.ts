import type { Secret } from './secret.js';

/** How Slack is reached, and with what. */
export type SlackConfig = { readonly apiUrl: string } & (
  | { readonly mode: 'socket'; readonly botToken: Secret; readonly appToken: Secret }
  | { readonly mode: 'http'; readonly botToken: Secret; readonly signingSecret: Secret }
  | {
      readonly mode: 'oauth';
      readonly signingSecret: Secret;
      readonly clientId: string;
      readonly clientSecret: Secret;
      readonly stateSecret: Secret;
    }
);

/** What the environment says of Slack, each by itself. */
interface Given {
  readonly apiUrl: string;
  readonly botToken: Secret | undefined;
  readonly appToken: Secret | undefined;
  readonly signingSecret: Secret | undefined;
  readonly clientId: string | undefined;
  readonly clientSecret: Secret | undefined;
  readonly stateSecret: Secret | undefined;
}

/** The way to reach Slack that what is given is enough for, if any. */
export function slackOf(given: Given): SlackConfig | undefined {
  const { apiUrl, botToken, appToken, signingSecret, clientId, clientSecret, stateSecret } = given;
  if (botToken && appToken) return { mode: 'socket', apiUrl, botToken, appToken };
  if (botToken && signingSecret) return { mode: 'http', apiUrl, botToken, signingSecret };
  if (signingSecret && clientId && clientSecret && stateSecret) {
    return { mode: 'oauth', apiUrl, signingSecret, clientId, clientSecret, stateSecret };
  }
  return undefined;
}

const oauthNames = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'];
const slackNames = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET', ...oauthNames];

/** What is wrong with the variables of Slack taken together, such as a token without its other half. */
export function findSlackProblems(
  set: ReadonlySet<string>,
  values: Readonly<Record<string, string | undefined>>,
): string[] {
  const problems: string[] = [];
  if (values['SLACK_BOT_TOKEN']?.startsWith('xapp-')) {
    problems.push(
      'SLACK_BOT_TOKEN holds an app token (xapp-); it needs the bot token, which begins with xoxb-',
    );
  }
  if (/^xox[bp]-/.test(values['SLACK_APP_TOKEN'] ?? '')) {
    problems.push(
      'SLACK_APP_TOKEN holds a bot token (xoxb-); it needs the app-level token, which begins with xapp-',
    );
  }
  const present = slackNames.filter((name) => set.has(name));
  if (present.length === 0) return problems;
  const lacks = (...names: string[]) => names.filter((name) => !set.has(name));
  const oauth = oauthNames.some((name) => set.has(name));
  if (oauth && (set.has('SLACK_BOT_TOKEN') || set.has('SLACK_APP_TOKEN'))) {
    problems.push(
      `Slack is set up in two ways at once: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are for one workspace, ${oauthNames.join(', ')} for many. Remove one of them`,
    );
  } else if (oauth) {
    const missing = lacks('SLACK_SIGNING_SECRET', ...oauthNames, 'SECRET_KEY');
    if (missing.length > 0) {
      problems.push(`Slack for many workspaces (OAuth) also needs ${missing.join(', ')}`);
    }
  } else if (!set.has('SLACK_BOT_TOKEN')) {
    problems.push(`${present.join(' and ')} alone does not turn Slack on; it also needs SLACK_BOT_TOKEN`);
  } else if (present.length === 1) {
    problems.push(
      'SLACK_BOT_TOKEN alone does not turn Slack on; add SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)',
    );
  }
  return problems;
}
