import type { Home } from './installs.js';
import type { Ground } from './method.js';
import type { Answer } from './troubles.js';
import { secret, type User } from './world.js';

interface Wish {
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  /** What the bot named; the exchange of the code must name the same. */
  readonly named: string | undefined;
  readonly state: string | undefined;
}

/** The page on which a person allows the app into a workspace, or does not. */
export class Consent {
  readonly #ground: Ground;
  /** Those in the app's settings; where there are none, a bot may name any. */
  redirectUris: readonly string[] = [];
  readonly #wishes = new Map<string, Wish>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** Shows the page for what a bot's link asks. */
  page(query: URLSearchParams): Answer {
    const scopes = (query.get('scope') ?? '').split(',').filter(Boolean);
    const named = query.get('redirect_uri') ?? undefined;
    const redirectUri = named ?? this.redirectUris[0];
    const problem = this.#problem(query, scopes, redirectUri);
    if (problem !== undefined || redirectUri === undefined) {
      this.#ground.frown('oauth/v2/authorize', problem ?? 'bad_redirect_uri');
      return html(400, `Something went wrong: ${problem}`);
    }
    const wish = secret();
    this.#wishes.set(wish, { scopes, redirectUri, named, state: query.get('state') ?? undefined });
    return html(200, `study-bot asks for: ${scopes.join(', ')}`, wish);
  }

  /** The person's decision on a page; where their browser goes next. */
  decide(wishId: string, by: User, home: Home | undefined): string {
    const wish = this.#wishes.get(wishId);
    if (!wish) throw new Error('there is no such page');
    this.#wishes.delete(wishId);
    const { installs } = this.#ground;
    const url = new URL(wish.redirectUri);
    if (home) url.searchParams.set('code', installs.newCode(home, wish.scopes, by, wish.named));
    else url.searchParams.set('error', 'access_denied');
    if (wish.state !== undefined) url.searchParams.set('state', wish.state);
    return url.href;
  }

  #problem(
    query: URLSearchParams,
    scopes: readonly string[],
    redirectUri: string | undefined,
  ): string | undefined {
    if (query.get('client_id') !== this.#ground.clientId) return 'invalid_client_id';
    if (scopes.length === 0) return 'no_scopes';
    const known = this.redirectUris;
    const fits = known.length === 0 || known.some((one) => redirectUri?.startsWith(one));
    return redirectUri !== undefined && fits ? undefined : 'bad_redirect_uri';
  }
}

const html = (status: number, text: string, wish = ''): Answer => ({
  status,
  headers: { 'content-type': 'text/html', 'x-wish': wish },
  body: `<!doctype html><title>Slack</title><p>${text}</p>`,
});

/** What a person's browser shows at the end of an installation. */
export interface Landing {
  readonly status: number;
  readonly url: string;
  readonly text: string;
}

/** A browser that keeps cookies, follows redirects, and decides on the page of consent as it is told. */
export class Browser {
  readonly #cookies = new Map<string, string>();

  /** Goes from the bot's install page to Slack's page and, decided, back to the bot. */
  async installs(installUrl: string, decide: (wish: string) => string): Promise<Landing> {
    const first = await this.#visit(installUrl);
    const link = /href="([^"]*\/oauth\/v2\/authorize[^"]*)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&');
    const page = link === undefined ? first : await this.#visit(link);
    return page.wish === '' ? page : this.#visit(decide(page.wish));
  }

  async #visit(url: string): Promise<Landing & { readonly wish: string }> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: cookie === '' ? {} : { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#cookies.set(name, value);
    }
    const next = response.headers.get('location');
    if (next !== null) return this.#visit(new URL(next, url).href);
    const wish = response.headers.get('x-wish') ?? '';
    return { status: response.status, url, text: await response.text(), wish };
  }
}
