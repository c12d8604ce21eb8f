import type { Token } from './installs.js';
import type { Ground } from './method.js';
import type { Landing } from './oauth.js';
import type { Seat } from './seat.js';
import type { Seen } from './seen.js';
import { type Channel, newId, newTs, type Team, type User, type Usergroup, usergroupJson } from './world.js';

/** A person of the loopback. */
export interface Person extends User {
  /** The person at a place, where they can type, press and choose. */
  in(channel: Channel): Seat;
  /** The person in their direct channel with the bot. */
  directly(): Seat;
  opensHome(): Promise<Seen>;
  /** Follows the bot's install link; resolves with where it ends. */
  installs(installUrl: string, decision?: 'allows' | 'denies' | 'everywhere'): Promise<Landing>;
}

/** A workspace with its people and channels. */
export class Workspace {
  readonly team: Team;
  readonly #ground: Ground;
  readonly #person: (user: User) => Person;

  constructor(team: Team, ground: Ground, person: (user: User) => Person) {
    this.team = team;
    this.#ground = ground;
    this.#person = person;
  }

  get id(): string {
    return this.team.id;
  }

  /** The bot's token here, with what it may do; undefined where the app is not installed. */
  get installation(): Token | undefined {
    return this.#ground.installs.reaching(this.team);
  }

  /** What Bolt takes as `token`; throws where the app is not installed. */
  get token(): string {
    const { installation } = this;
    if (!installation) throw new Error('the app is not installed here');
    return installation.value;
  }

  person(about: {
    name: string;
    admin?: boolean;
    timeZone?: string;
    home?: string;
    guest?: boolean;
  }): Person {
    const { name, admin = false, timeZone = 'Europe/Berlin', home, guest = false } = about;
    const user = { team: this.team, name, admin, timeZone, home, guest, deactivated: false };
    return this.#person(this.#ground.world.addUser(user));
  }

  /** Takes a person out of the workspace, and with that out of its groups. */
  deactivates(person: User): void {
    const user = this.#ground.world.users.get(person.id);
    if (!user) throw new Error(`${person.name} is not of this loopback`);
    user.deactivated = true;
    for (const group of this.#ground.world.usergroups) {
      if (group.users.includes(user.id)) this.changesGroup(group, { users: without(group.users, user.id) });
    }
  }

  /** A channel; where `hasBot` is false, nobody has invited the bot. */
  channel(
    about: { name?: string; kind?: 'public' | 'private'; hasBot?: boolean; archived?: boolean } = {},
  ): Channel {
    const { name = 'general', kind = 'public', hasBot = true, archived = false } = about;
    return this.#ground.world.addChannel({
      name,
      kind,
      hasBot,
      archived,
      team: this.team,
      person: undefined,
    });
  }

  /** The conversation of two people, or of a person with another bot: ours can be called there, and is not in it. */
  directBetweenOthers(): Channel {
    const about = { name: 'directmessage', kind: 'direct', hasBot: false, archived: false } as const;
    return this.#ground.world.addChannel({ ...about, team: this.team, person: undefined });
  }

  /** The conversation between a person and the bot. */
  directMessage(person: User): Channel {
    const user = this.#ground.world.users.get(person.id);
    if (!user) throw new Error(`${person.name} is not of this loopback`);
    return this.#ground.world.directWith(user);
  }

  usergroup(handle: string, ...people: readonly User[]): Usergroup {
    const users = people.map(({ id }) => id);
    const group = { id: newId('S'), handle, team: this.team, users, disabled: false };
    this.#ground.world.usergroups.push(group);
    return group;
  }

  /** Renames a group, switches it off, or sets who is in it; Slack tells of it as it does. */
  changesGroup(group: Usergroup, change: Partial<Pick<Usergroup, 'handle' | 'users' | 'disabled'>>): void {
    Object.assign(group, change);
    const { id, team } = group;
    const subteam = { ...usergroupJson(group), users: group.users.slice(0, MOST_TOLD) };
    const { tell } = this.#ground;
    tell(team, 'subteam_updated', { type: 'subteam_updated', subteam, event_ts: newTs() });
    if (change.users === undefined) return;
    const event = { type: 'subteam_members_changed', subteam_id: id, team_id: team.id, event_ts: newTs() };
    tell(team, 'subteam_members_changed', event);
  }
}

/** So many of a group's people stand in an event. */
const MOST_TOLD = 500;

const without = (all: readonly string[], one: string) => all.filter((each) => each !== one);
