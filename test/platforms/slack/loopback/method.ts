import { z } from 'zod';
import type { Acts } from './acts.js';
import { ApiError, invalid } from './errors.js';
import type { Files } from './files.js';
import type { Installs, Token } from './installs.js';
import type { Messages } from './messages.js';
import type { Modals } from './modals.js';
import { problemsOf } from './problems.js';
import type { Json, Team, World } from './world.js';

/** What the parts of the loopback share. */
export interface Ground {
  readonly appId: string;
  readonly appToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** False: blocks and views are taken as they come, for measuring how fast a bot is. */
  readonly validates: boolean;
  readonly world: World;
  readonly installs: Installs;
  readonly messages: Messages;
  readonly modals: Modals;
  readonly acts: Acts;
  readonly files: Files;
  /** The loopback's own address, without a slash at the end. */
  base(): string;
  /** Sends an event to the bot, where the app is subscribed to its kind. */
  tell(team: Team, kind: string, event: Json): void;
  /** Notes what Slack would take and a good bot would not do. */
  frown(request: string, message: string): void;
}

/** One method of the Web API. */
export interface Method {
  readonly name: string;
  /** Which token it asks for. */
  readonly auth: 'bot' | 'app' | 'none';
  readonly scopes: readonly string[];
  answer(raw: Json, token: Token | undefined): Json;
}

const everywhere = { token: z.string().optional(), team_id: z.string().optional() };

/** A method whose arguments are checked before `answer` sees them. */
export function method<Shape extends z.core.$ZodLooseShape>(
  about: Omit<Method, 'answer'> & { readonly args: Shape },
  answer: (args: z.infer<z.ZodObject<Shape>>, token: Token) => Json,
): Method {
  const { name, auth, scopes, args } = about;
  const strict = z.strictObject({ ...everywhere, ...args });
  const shape = z.object(args);
  return {
    name,
    auth,
    scopes,
    answer(raw, token) {
      const known = shape.safeParse(raw);
      const problems = problemsOf(strict, raw, '');
      if (!known.success || problems.length > 0) throw invalid('invalid_arguments', problems);
      return answer(known.data, token ?? nobody);
    },
  };
}

/** Stands where a method needs no token and looks at none. */
const nobody: Token = {
  value: '',
  home: {
    kind: 'team',
    team: { id: '', name: '', domain: '', enterprise: undefined, botUserId: '', botId: '' },
  },
  scopes: [],
  expiresAt: undefined,
  refreshToken: undefined,
  expiresIn: undefined,
  state: 'live',
};

/** A value that a form carries as JSON and a JSON body as itself. */
export const json = <Shape extends z.ZodType>(shape: Shape) =>
  z.preprocess((value) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }, shape);

/** True or false, as forms and JSON say it. */
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0'])])
  .transform((value) => value === true || value === 'true' || value === '1');

/** A whole number, as forms and JSON say it. */
export const whole = z.coerce.number().int().min(0);

/** Refuses a token that lacks a scope. */
export function needScopes(token: Token, needed: readonly string[]): void {
  const missing = needed.find((scope) => !token.scopes.includes(scope));
  if (missing === undefined) return;
  throw new ApiError('missing_scope', { needed: missing, provided: token.scopes.join(',') });
}
