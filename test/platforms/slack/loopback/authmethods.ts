import { z } from 'zod';
import { ApiError } from './errors.js';
import type { Home, Token } from './installs.js';
import { type Ground, type Method, method } from './method.js';
import { type Json, newTs, type Team } from './world.js';

/** What a bot learns of where it is installed. */
function homeJson(home: Home): Json {
  const { team } = home;
  const enterprise = home.kind === 'enterprise' ? home.enterprise : team.enterprise;
  return {
    team: home.kind === 'team' ? { id: team.id, name: team.name } : null,
    enterprise: enterprise ? { id: enterprise.id, name: enterprise.name } : null,
    is_enterprise_install: home.kind === 'enterprise',
  };
}

function tokenJson(token: Token, appId: string): Json {
  return {
    app_id: appId,
    access_token: token.value,
    token_type: 'bot',
    scope: token.scopes.join(','),
    bot_user_id: token.home.team.botUserId,
    ...homeJson(token.home),
    ...(token.refreshToken !== undefined && {
      refresh_token: token.refreshToken,
      expires_in: token.expiresIn,
    }),
  };
}

/** The event that tells an app that its bot's token is gone. */
export function revokedEvent({ botUserId }: Team): Json {
  return { type: 'tokens_revoked', tokens: { oauth: [], bot: [botUserId] }, event_ts: newTs() };
}

/** Who the bot is, getting and giving back tokens, and the address for Socket Mode. */
export function authMethods(ground: Ground, openConnection: () => string): Method[] {
  const { installs, appId } = ground;
  const access = method(
    {
      name: 'oauth.v2.access',
      auth: 'none',
      scopes: [],
      args: {
        client_id: z.string(),
        client_secret: z.string(),
        code: z.string().optional(),
        redirect_uri: z.string().optional(),
        grant_type: z.enum(['authorization_code', 'refresh_token']).optional(),
        refresh_token: z.string().optional(),
      },
    },
    (args) => {
      if (args.client_id !== ground.clientId) throw new ApiError('invalid_client_id');
      if (args.client_secret !== ground.clientSecret) throw new ApiError('bad_client_secret');
      if (args.grant_type === 'refresh_token') {
        return tokenJson(installs.refresh(args.refresh_token ?? ''), appId);
      }
      const { token, installer } = installs.exchange(args.code ?? '', args.redirect_uri);
      return { ...tokenJson(token, appId), authed_user: { id: installer.id } };
    },
  );
  const test = method({ name: 'auth.test', auth: 'bot', scopes: [], args: {} }, (_args, { home }) => {
    const { team } = home;
    return {
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: 'study-bot',
      team_id: home.kind === 'team' ? team.id : home.enterprise.id,
      user_id: team.botUserId,
      bot_id: team.botId,
      is_enterprise_install: home.kind === 'enterprise',
      ...(team.enterprise && { enterprise_id: team.enterprise.id }),
    };
  });
  const revoke = method(
    { name: 'auth.revoke', auth: 'bot', scopes: [], args: { test: z.string().optional() } },
    (args, token) => {
      const tries = args.test === '1' || args.test === 'true';
      if (!tries) {
        const { team } = token.home;
        installs.revoke(token);
        ground.tell(team, 'tokens_revoked', revokedEvent(team));
      }
      return { revoked: !tries };
    },
  );
  const open = method(
    { name: 'apps.connections.open', auth: 'app', scopes: ['connections:write'], args: {} },
    () => ({ url: openConnection() }),
  );
  return [access, test, revoke, open];
}
