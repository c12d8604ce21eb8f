import { setTimeout as sleep } from 'node:timers/promises';
import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { z } from 'zod';
import { UserError } from '../../bot/errors.js';
import type { Groups } from '../../bot/platform.js';
import type { Asker } from './incoming.js';
import { codeOf, forLog } from './trouble.js';

export interface UserGroupOptions {
  /** A client that asks once, and does not wait where Slack wants it to. */
  clientFor(workspace: string): Promise<WebClient>;
  readonly log: Logger;
  readonly now: () => Date;
}

/** How long what Slack says is believed where it tells of no change. */
export const BELIEVED_MS = 10 * 60_000;
/** Slack takes 20 such questions a minute from a workspace (its tier 2); this makes 15. */
export const LEAST_BETWEEN_MS = 4_000;
/** Nobody's answer waits longer than that for their groups. */
const PATIENCE_MS = 1_500;
const MOST_WORKSPACES = 1_000;

/** Why Slack says nothing, by its own word, for the admin who wants to use a group. */
const REFUSALS: Readonly<Record<string, string>> = {
  missing_scope:
    'I may not see user groups here yet: install me again, which gives me the scope `usergroups:read`.',
  plan_upgrade_required: 'Slack has user groups on its paid plans only. People can join teams by themselves.',
};

/** What Slack said of a workspace: handles by the ids of its groups, and who is in those that were asked for. */
type Said =
  | {
      readonly kind: 'told';
      readonly handles: ReadonlyMap<string, string>;
      readonly people: ReadonlyMap<string, ReadonlySet<string>>;
    }
  | { readonly kind: 'refused'; readonly why: string };

interface Known {
  said: Said | undefined;
  /** Milliseconds: `said` is believed until then, and Slack may be asked again from then on. */
  until: number;
  askableAt: number;
  asking: Promise<void> | undefined;
  /** The groups whose people matter. */
  readonly wanted: Set<string>;
}

/**
 * The user groups of workspaces. Slack says nothing of them with what people do, so it is asked for all of a workspace
 * at once, when somebody does something in a workspace where a team belongs to one.
 */
export class UserGroups {
  readonly #options: UserGroupOptions;
  readonly #known = new Map<string, Known>();

  constructor(options: UserGroupOptions) {
    this.#options = options;
  }

  /** As one person may ask for them. */
  of({ team, user }: Asker): Groups {
    return {
      called: 'user group',
      theirs: (among) => this.#theirs(team, user, among),
      find: (typed) => this.#find(team, typed),
    };
  }

  /** To be called when Slack tells that a group, or who is in it, is not what it was. */
  changed(workspace: string, group: string): void {
    const known = this.#known.get(workspace);
    if (known?.wanted.has(group)) known.until = 0;
  }

  async #theirs(workspace: string, user: string, among: readonly string[]): ReturnType<Groups['theirs']> {
    const known = this.#of(workspace);
    want(known, among);
    await Promise.race([this.#renew(workspace, known), sleep(PATIENCE_MS, undefined, { ref: false })]);
    const { said, until, asking } = known;
    // What was said long ago, or before a change, moves nobody: also not while Slack is slow to say it anew.
    if (said?.kind !== 'told' || asking !== undefined || until <= this.#now()) return undefined;
    return { ids: among.filter((id) => said.people.get(id)?.has(user)), people: said.people };
  }

  async #find(workspace: string, typed: string): Promise<string | undefined> {
    const known = this.#of(workspace);
    await this.#renew(workspace, known);
    const id = idIn(known.said, typed);
    if (id === undefined) {
      // It may be new, or the app may have been given since what it lacked.
      known.until = 0;
      await this.#renew(workspace, known);
    }
    const { said } = known;
    if (said?.kind === 'told') return id ?? idIn(said, typed);
    throw new UserError(said?.why ?? 'Slack does not tell me its user groups now. Try again in a minute.');
  }

  #of(workspace: string): Known {
    const before = this.#known.get(workspace);
    if (before !== undefined) return before;
    for (const oldest of this.#known.keys()) {
      if (this.#known.size < MOST_WORKSPACES) break;
      this.#known.delete(oldest);
    }
    const known = { said: undefined, until: 0, askableAt: 0, asking: undefined, wanted: new Set<string>() };
    this.#known.set(workspace, known);
    return known;
  }

  /** Asks Slack where that is due and allowed, together with others who ask; never rejects. */
  async #renew(workspace: string, known: Known): Promise<void> {
    const now = this.#now();
    if (known.asking === undefined && known.until <= now && known.askableAt <= now) {
      known.askableAt = now + LEAST_BETWEEN_MS;
      // A change that Slack tells of meanwhile is asked for again.
      known.until = now + BELIEVED_MS;
      known.asking = this.#ask(workspace, known).finally(() => {
        known.asking = undefined;
      });
    }
    await known.asking;
  }

  async #ask(workspace: string, known: Known): Promise<void> {
    try {
      const client = await this.#options.clientFor(workspace);
      known.said = await listed(client, workspace, new Set(known.wanted));
    } catch (error) {
      this.#options.log.warn({ workspace, err: forLog(error) }, 'Slack does not tell its user groups');
      const why = REFUSALS[codeOf(error) ?? ''];
      known.said = why === undefined ? undefined : { kind: 'refused', why };
      if (why === undefined) known.until = 0;
      if (error instanceof WebAPIRateLimitedError) known.askableAt = this.#now() + error.retryAfter * 1_000;
    }
  }

  #now(): number {
    return this.#options.now().getTime();
  }
}

/** Nothing that was said before tells who is in a group that nobody had asked for. */
function want(known: Known, groups: readonly string[]): void {
  if (groups.some((id) => !known.wanted.has(id))) known.until = 0;
  for (const id of groups) known.wanted.add(id);
}

const MENTION = /^<!subteam\^([A-Z0-9]+)>$/;

/** By mention, id or handle. */
function idIn(said: Said | undefined, typed: string): string | undefined {
  if (said?.kind !== 'told') return undefined;
  const id = MENTION.exec(typed)?.[1] ?? typed;
  if (said.handles.has(id)) return id;
  const handle = typed.replace(/^@/, '').toLowerCase();
  return [...said.handles].find(([, one]) => one.toLowerCase() === handle)?.[0];
}

const Listed = z.object({
  usergroups: z.array(
    z.object({
      id: z.string(),
      handle: z.string().default(''),
      date_delete: z.number().default(0),
      users: z.array(z.string()).default([]),
      user_count: z.coerce.number().default(0),
    }),
  ),
});
type Listed = z.infer<typeof Listed>;
const Members = z.object({ users: z.array(z.string()) });

/** Groups that were switched off, which is how Slack deletes them, are none. */
async function listed(client: WebClient, workspace: string, wanted: ReadonlySet<string>): Promise<Said> {
  const asked = { team_id: workspace, include_users: true, include_count: true };
  const { usergroups } = Listed.parse(await client.usergroups.list(asked));
  const living = usergroups.filter(({ date_delete: deletedAt }) => deletedAt === 0);
  const people = new Map<string, ReadonlySet<string>>();
  for (const group of living) {
    if (wanted.has(group.id)) people.set(group.id, new Set(await peopleIn(client, workspace, group)));
  }
  return { kind: 'told', handles: new Map(living.map(({ id, handle }) => [id, handle])), people };
}

/** Slack's events name 500 people of a group at most; of its list no number is promised, so they are counted. */
async function peopleIn(
  client: WebClient,
  workspace: string,
  { id, users, user_count: count }: Listed['usergroups'][number],
): Promise<readonly string[]> {
  if (users.length >= count) return users;
  const answer = await client.usergroups.users.list({ team_id: workspace, usergroup: id });
  return Members.parse(answer).users;
}
