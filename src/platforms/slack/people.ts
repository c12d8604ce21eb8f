import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Origin } from '../../bot/platform.js';
import type { Asker, Incoming } from './incoming.js';
import type { UserGroups } from './usergroups.js';

interface Known {
  readonly name: string;
  readonly admin: boolean;
  /** Milliseconds. */
  readonly until: number;
}

/** How long what Slack says of a person is believed, in milliseconds: an admin who is none any more stays one so long. */
const BELIEVED_MS = 10 * 60_000;
/** Where Slack could not say, it is asked again soon. */
const UNSURE_MS = 30_000;
const MOST_PEOPLE = 10_000;

const User = z.object({
  user: z.object({
    team_id: z.string().optional(),
    enterprise_user: z.object({ teams: z.array(z.string()).default([]) }).optional(),
    name: z.string().optional(),
    real_name: z.string().optional(),
    is_admin: z.boolean().optional(),
    is_owner: z.boolean().optional(),
    profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
  }),
});

/** Names of people, their groups, and who administers their workspace; asked of Slack once in ten minutes for each. */
export class People {
  readonly #known = new Map<string, Known>();
  readonly #now: () => number;
  readonly #groups: UserGroups;

  /** `now` in milliseconds. */
  constructor(now: () => number, groups: UserGroups) {
    this.#now = now;
    this.#groups = groups;
  }

  async originOf({ asker, place }: Pick<Incoming, 'asker' | 'place'>, client: WebClient): Promise<Origin> {
    const { name, admin } = await this.#look(asker, client);
    const { team, user } = asker;
    const groups = this.#groups.of(asker);
    return { platform: 'slack', workspace: team, channel: place.channel, user, name, admin, groups };
  }

  async #look({ team, user }: Asker, client: WebClient): Promise<Known> {
    const key = `${team}/${user}`;
    const known = this.#known.get(key);
    if (known !== undefined && known.until > this.#now()) return known;
    const asked = await this.#ask({ team, user }, client);
    // The one that was looked up first goes first.
    this.#known.delete(key);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size < MOST_PEOPLE) break;
      this.#known.delete(oldest);
    }
    this.#known.set(key, asked);
    return asked;
  }

  /** Who cannot be looked up is no admin, and has the name that nobody chose. */
  async #ask({ team, user }: Asker, client: WebClient): Promise<Known> {
    try {
      const { user: about } = User.parse(await client.users.info({ user }));
      const { profile } = about;
      const name = profile?.display_name || profile?.real_name || about.real_name || about.name || user;
      // In a channel that is shared with another workspace, its admins are people like any other.
      const teams = [about.team_id ?? team, ...(about.enterprise_user?.teams ?? [])];
      const admin = teams.includes(team) && (about.is_admin === true || about.is_owner === true);
      return { name, admin, until: this.#now() + BELIEVED_MS };
    } catch {
      return { name: user, admin: false, until: this.#now() + UNSURE_MS };
    }
  }
}
