import type { AppsManifestValidateArguments } from '@slack/web-api';

/** What the bot may do in a workspace: what the methods it calls, its command and its events ask for. */
export const BOT_SCOPES = [
  'app_mentions:read',
  'channels:history',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'im:history',
  'usergroups:read',
  'users:read',
] as const;

/** Without them all but one thing works: an app that was installed before they were asked for goes on as it is. */
export const SPARED_SCOPES: readonly string[] = ['usergroups:read'];

/** What Slack tells the bot of. */
export const BOT_EVENTS = ['app_home_opened', 'app_mention', 'message.im', 'subteam_updated'] as const;

/** What Slack tells of beside, where the bot keeps the tokens of many workspaces. */
export const INSTALL_EVENTS = ['app_uninstalled', 'tokens_revoked'] as const;

/** Where Slack and browsers find the bot, below its public address. */
export const PATHS = {
  events: '/slack/events',
  install: '/slack/install',
  redirect: '/slack/oauth_redirect',
} as const;

export interface ManifestOptions {
  /** The slash command, without the slash. */
  readonly commandName: string;
  /** The bot's public address; undefined for Socket Mode. */
  readonly url: string | undefined;
}

type Manifest = AppsManifestValidateArguments['manifest'];

/** The app as Slack's page "Create an app from a manifest" takes it. */
export function slackManifest({ commandName, url }: ManifestOptions): Manifest {
  const base = url?.replace(/\/+$/, '');
  const request = base === undefined ? {} : { request_url: base + PATHS.events };
  return {
    display_information: {
      name: commandName,
      description: 'Explains, quizzes and reviews what the team keeps in its notes.',
    },
    features: {
      bot_user: { display_name: commandName, always_online: true },
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      slash_commands: [
        {
          command: `/${commandName}`,
          description: 'Ask the notes, review, take a quiz',
          usage_hint: 'help',
          should_escape: true,
          ...(base !== undefined && { url: base + PATHS.events }),
        },
      ],
    },
    oauth_config: {
      ...(base !== undefined && { redirect_urls: [base + PATHS.redirect] }),
      scopes: { bot: [...BOT_SCOPES] },
    },
    settings: {
      event_subscriptions: {
        ...request,
        bot_events: base === undefined ? [...BOT_EVENTS] : [...BOT_EVENTS, ...INSTALL_EVENTS].sort(),
      },
      interactivity: { is_enabled: true, ...request },
      org_deploy_enabled: base !== undefined,
      socket_mode_enabled: base === undefined,
      token_rotation_enabled: false,
    },
  };
}
