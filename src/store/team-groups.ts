import { z } from 'zod';
import type { Database, Transaction } from './database.js';
import type { LearnerId } from './store.js';

/** A learner in a workspace, by our own ids. */
export interface Mover {
  readonly workspaceId: string;
  readonly learner: LearnerId;
}

/** Roles or user groups that a person has on the platform. */
export interface Theirs {
  readonly ids: readonly string[];
  /** Whom else the platform has in the groups, by its own ids; the same object until it was asked again. */
  readonly people?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Which of some groups a person has; undefined where nobody can say, so that nothing changes. Never rejects. */
export type AskGroups = (among: readonly string[]) => Promise<Theirs | undefined>;

interface Mapped {
  readonly id: string;
  readonly group: string;
}

/** What another process changed is seen after so long. */
const REMEMBERED_MS = 60_000;

/** The members of a team with their accounts in its workspace: a group may have tens of thousands of people. */
const ACCOUNTS = `SELECT m."learnerId", COALESCE(a."externalId", '')
  FROM "Membership" m LEFT JOIN "Account" a ON a."learnerId" = m."learnerId" AND a."workspaceId" = ?
  WHERE m."teamId" = ?`;
const Account = z.tuple([z.string(), z.string()]).transform(([learner, user]) => ({ learner, user }));

/** Memberships of teams that belong to a role or user group of the platform. */
export class TeamGroups {
  #mapped = new Map<string, { readonly teams: readonly Mapped[]; readonly readAt: number }>();
  #settled = new WeakSet<object>();

  constructor(private readonly database: Database) {}

  /** To be called when a team or its group changed; what is being read meanwhile is not remembered either. */
  forget(): void {
    this.#mapped = new Map();
    this.#settled = new WeakSet();
  }

  /** Nothing is asked, read or written in a workspace without such teams. */
  async follow(mover: Mover, ask: AskGroups, now: Date): Promise<void> {
    const mapped = await this.#of(mover.workspaceId, now);
    if (mapped.length === 0) return;
    const theirs = await ask(mapped.map(({ group }) => group));
    if (theirs === undefined) return;
    await this.#place(mover, mapped, theirs.ids, now);
    if (theirs.people !== undefined) await this.#letGo(mover.workspaceId, mapped, theirs.people);
  }

  async #place(mover: Mover, mapped: readonly Mapped[], groups: readonly string[], now: Date): Promise<void> {
    const { workspaceId, learner: learnerId } = mover;
    const is = await this.database.read((client) =>
      client.membership.findFirst({ where: { learnerId, team: { workspaceId } } }),
    );
    const own = mapped.find(({ id }) => id === is?.teamId);
    if (own !== undefined && groups.includes(own.group)) return;
    const right = mapped.find(({ group }) => groups.includes(group));
    // A team may have been freed or removed since, also by another process.
    if (right !== undefined) {
      await this.database.change(async (tx) => {
        if ((await tx.team.count({ where: right })) > 0) await move(tx, mover, right.id, now);
      });
    } else if (own !== undefined) {
      await this.database.change((tx) => tx.membership.deleteMany({ where: { learnerId, team: own } }));
    }
  }

  /** Lets all go whom the platform has in the group no more: some of them may never come back to be asked about. */
  async #letGo(
    workspaceId: string,
    mapped: readonly Mapped[],
    people: ReadonlyMap<string, ReadonlySet<string>>,
  ): Promise<void> {
    if (this.#settled.has(people)) return;
    this.#settled.add(people);
    for (const { id: teamId, group } of mapped) {
      const accounts = await this.database.look((sql) => sql.query(Account, ACCOUNTS, [workspaceId, teamId]));
      const inGroup = people.get(group);
      const stay = new Set(accounts.flatMap(({ learner, user }) => (inGroup?.has(user) ? [learner] : [])));
      const gone = new Set(accounts.flatMap(({ learner }) => (stay.has(learner) ? [] : [learner])));
      if (gone.size === 0) continue;
      // Another process may have freed the team since.
      const team = { id: teamId, group };
      const learnerId = { in: [...gone] };
      await this.database.change((tx) => tx.membership.deleteMany({ where: { team, learnerId } }));
    }
  }

  async #of(workspaceId: string, now: Date): Promise<readonly Mapped[]> {
    const remembered = this.#mapped;
    const known = remembered.get(workspaceId);
    if (known !== undefined && Math.abs(now.getTime() - known.readAt) < REMEMBERED_MS) return known.teams;
    const rows = await this.database.read((client) =>
      client.team.findMany({ where: { workspaceId, group: { not: null } }, orderBy: { createdAt: 'asc' } }),
    );
    const teams = rows.flatMap(({ id, group }) => (group === null ? [] : [{ id, group }]));
    remembered.set(workspaceId, { teams, readAt: now.getTime() });
    return teams;
  }
}

/** Makes the learner a member of this team of the workspace and of no other. */
export async function move(
  tx: Transaction,
  { workspaceId, learner: learnerId }: Mover,
  teamId: string,
  now: Date,
): Promise<void> {
  const others = { learnerId, teamId: { not: teamId }, team: { workspaceId } };
  await tx.membership.deleteMany({ where: others });
  await tx.membership.upsert({
    where: { teamId_learnerId: { teamId, learnerId } },
    create: { teamId, learnerId, joinedAt: now },
    update: {},
  });
}
