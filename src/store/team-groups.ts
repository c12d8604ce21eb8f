import type { Database, Transaction } from './database.js';
import type { LearnerId } from './store.js';

/** A learner in a workspace, by our own ids. */
export interface Mover {
  readonly workspaceId: string;
  readonly learner: LearnerId;
}

interface Mapped {
  readonly id: string;
  readonly group: string;
}

/** What another process changed is seen after so long. */
const REMEMBERED_MS = 60_000;

/** Memberships of teams that belong to a role or user group of the platform. */
export class TeamGroups {
  readonly #mapped = new Map<string, { readonly teams: readonly Mapped[]; readonly readAt: number }>();

  constructor(private readonly database: Database) {}

  /** To be called when a team or its group changed. */
  forget(): void {
    this.#mapped.clear();
  }

  /** Nothing is read or written in a workspace without such teams. */
  async follow(mover: Mover, groups: readonly string[], now: Date): Promise<void> {
    const mapped = await this.#of(mover.workspaceId, now);
    if (mapped.length === 0) return;
    const right = mapped.filter(({ group }) => groups.includes(group));
    const wrong = mapped.filter(({ group }) => !groups.includes(group)).map(({ id }) => id);
    const { workspaceId, learner: learnerId } = mover;
    const is = await this.database.read((client) =>
      client.membership.findFirst({ where: { learnerId, team: { workspaceId } } }),
    );
    const [first] = right;
    if (first !== undefined) {
      if (right.some(({ id }) => id === is?.teamId)) return;
      await this.database.change((tx) => move(tx, mover, first.id, now));
    } else if (is !== null && wrong.includes(is.teamId)) {
      await this.database.change((tx) =>
        tx.membership.deleteMany({ where: { learnerId, teamId: { in: wrong } } }),
      );
    }
  }

  async #of(workspaceId: string, now: Date): Promise<readonly Mapped[]> {
    const known = this.#mapped.get(workspaceId);
    if (known !== undefined && Math.abs(now.getTime() - known.readAt) < REMEMBERED_MS) return known.teams;
    const rows = await this.database.read((client) =>
      client.team.findMany({ where: { workspaceId, group: { not: null } }, orderBy: { createdAt: 'asc' } }),
    );
    const teams = rows.flatMap(({ id, group }) => (group === null ? [] : [{ id, group }]));
    this.#mapped.set(workspaceId, { teams, readAt: now.getTime() });
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
