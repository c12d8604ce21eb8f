import { ApiError } from './errors.js';
import { type Enterprise, secret, type Team, type User } from './world.js';

/** Where an app is installed: in one workspace, or in a whole organisation. */
export type Home =
  | { readonly kind: 'team'; readonly team: Team }
  | { readonly kind: 'enterprise'; readonly enterprise: Enterprise; readonly team: Team };

/** A bot token, and what it may do. */
export interface Token {
  readonly value: string;
  readonly home: Home;
  readonly scopes: readonly string[];
  /** In milliseconds; undefined where tokens do not rotate. */
  readonly expiresAt: number | undefined;
  readonly refreshToken: string | undefined;
  readonly expiresIn: number | undefined;
  state: 'live' | 'revoked' | 'uninstalled';
}

interface Code {
  readonly home: Home;
  readonly scopes: readonly string[];
  readonly installer: User;
  readonly redirectUri: string | undefined;
  readonly until: number;
  used: boolean;
}

const CODE_LIFE_MS = 600_000;

/** True where an installation reaches a workspace. */
export function covers(home: Home, team: Team): boolean {
  return home.kind === 'team' ? home.team === team : home.enterprise === team.enterprise;
}

const sameHome = (one: Home, other: Home) =>
  one.kind === 'team'
    ? other.kind === 'team' && one.team === other.team
    : other.kind === 'enterprise' && one.enterprise === other.enterprise;

/** Which homes have the app, with all tokens that were ever given out. */
export class Installs {
  readonly #tokens = new Map<string, Token>();
  readonly #codes = new Map<string, Code>();
  readonly #refreshable = new Map<string, Token>();
  readonly #rotationSeconds: number | undefined;

  constructor(rotationSeconds: number | undefined) {
    this.#rotationSeconds = rotationSeconds;
  }

  /** Installs the app; scopes add to those of an earlier installation. */
  install(home: Home, scopes: readonly string[]): Token {
    const before = this.of(home)?.scopes ?? [];
    return this.#issue(home, [...new Set([...before, ...scopes])]);
  }

  /** The newest token of a home that can still be used. */
  of(home: Home): Token | undefined {
    return [...this.#tokens.values()].findLast(
      (token) => token.state === 'live' && sameHome(token.home, home),
    );
  }

  /** The newest token that reaches a workspace. */
  reaching(team: Team): Token | undefined {
    return [...this.#tokens.values()].findLast(({ state, home }) => state === 'live' && covers(home, team));
  }

  /** The token behind a value; refuses what cannot be used. */
  check(value: string): Token {
    const token = this.#tokens.get(value);
    if (!token) throw new ApiError('invalid_auth');
    if (token.state === 'revoked') throw new ApiError('token_revoked');
    if (token.state === 'uninstalled') throw new ApiError('account_inactive');
    if (token.expiresAt !== undefined && token.expiresAt <= Date.now()) throw new ApiError('token_expired');
    return token;
  }

  /** What a person who approves the app brings back to it. */
  newCode(home: Home, scopes: readonly string[], installer: User, redirectUri: string | undefined): string {
    const code = secret();
    const until = Date.now() + CODE_LIFE_MS;
    this.#codes.set(code, { home, scopes, installer, redirectUri, until, used: false });
    return code;
  }

  exchange(value: string, redirectUri: string | undefined): { token: Token; installer: User } {
    const code = this.#codes.get(value);
    if (!code || code.until < Date.now()) throw new ApiError('invalid_code');
    if (code.used) throw new ApiError('code_already_used');
    if (code.redirectUri !== redirectUri) throw new ApiError('bad_redirect_uri');
    code.used = true;
    return { token: this.install(code.home, code.scopes), installer: code.installer };
  }

  /** A new token for a refresh token, which can be used once; the old token lives until it expires. */
  refresh(refreshToken: string): Token {
    const old = this.#refreshable.get(refreshToken);
    if (old?.state !== 'live') throw new ApiError('invalid_refresh_token');
    this.#refreshable.delete(refreshToken);
    return this.#issue(old.home, old.scopes);
  }

  revoke(token: Token): void {
    token.state = 'revoked';
  }

  uninstall(home: Home): void {
    for (const token of this.#tokens.values()) if (sameHome(token.home, home)) token.state = 'uninstalled';
  }

  #issue(home: Home, scopes: readonly string[]): Token {
    const seconds = this.#rotationSeconds;
    const token: Token = {
      value: `${seconds === undefined ? 'xoxb' : 'xoxe.xoxb'}-${secret()}`,
      home,
      scopes,
      expiresAt: seconds === undefined ? undefined : Date.now() + seconds * 1000,
      refreshToken: seconds === undefined ? undefined : `xoxe-${secret()}`,
      expiresIn: seconds,
      state: 'live',
    };
    this.#tokens.set(token.value, token);
    if (token.refreshToken !== undefined) this.#refreshable.set(token.refreshToken, token);
    return token;
  }
}
