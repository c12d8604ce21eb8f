import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { StudyDay } from '../learning/model.js';
import { weekOf } from '../learning/points.js';
import { addDays } from '../learning/studyday.js';
import { WHOLE } from './activity.js';
import { ClientSql } from './client-sql.js';
import type { Database } from './database.js';
import { type Statements, storable } from './sql.js';
import { LearnerId, type WorkspaceKey } from './store.js';
import { type AskGroups, move, TeamGroups } from './team-groups.js';
import type { WorkspaceIds } from './workspaces.js';

export const TeamId = z.string().min(1).max(40).brand<'TeamId'>();
export type TeamId = z.infer<typeof TeamId>;

/** A group of learners inside a workspace. */
export interface Team {
  readonly id: TeamId;
  /** Given by people; untrusted. */
  readonly name: string;
  /** Study days that the members want to reach together in a week. */
  readonly goal: number | undefined;
  /** The platform's role or user group whose people are its members; undefined where people choose. */
  readonly group: string | undefined;
}

/** How far a team has come in a week. */
export interface TeamWeek extends Team {
  readonly members: number;
  /** Study days of the members in the workspace, summed. */
  readonly days: number;
}

/** A team that has a goal, and its week. */
export interface GoalProgress {
  readonly name: string;
  readonly members: number;
  readonly days: number;
  readonly goal: number;
}

/** Teams of a workspace. A learner is in one of them at most. */
export interface Teams {
  /** `taken`: a team of the workspace has the name already, in whatever letters; `full`: the workspace has MOST_TEAMS. */
  create(workspace: WorkspaceKey, name: string, now: Date): Promise<'created' | 'taken' | 'full'>;
  /** Undefined where the workspace has no team of that name, in whatever letters. */
  find(workspace: WorkspaceKey, name: string): Promise<Team | undefined>;
  byId(workspace: WorkspaceKey, id: TeamId): Promise<Team | undefined>;
  /** False where the name is another team's. */
  rename(workspace: WorkspaceKey, id: TeamId, name: string): Promise<boolean>;
  /** Also ends its memberships. */
  remove(id: TeamId): Promise<void>;
  setGoal(id: TeamId, goal: number | undefined): Promise<void>;
  /** From now on the team's members are those whom the platform has in the group, as they show up. */
  setGroup(id: TeamId, group: string | undefined): Promise<void>;
  /** In place of the learner's earlier team in the workspace. */
  join(workspace: WorkspaceKey, learner: LearnerId, team: TeamId, now: Date): Promise<void>;
  /** The team that was left. */
  leave(workspace: WorkspaceKey, learner: LearnerId): Promise<Team | undefined>;
  teamOf(workspace: WorkspaceKey, learner: LearnerId): Promise<Team | undefined>;
  /** Brings the learner into the team that belongs to one of their groups, and out of a team whose group they left. */
  follow(workspace: WorkspaceKey, learner: LearnerId, ask: AskGroups, now: Date): Promise<void>;
  /** By name, each with the week that the day lies in. */
  list(workspace: WorkspaceKey, day: StudyDay): Promise<readonly TeamWeek[]>;
  /** The teams with a goal, and how far they are in the week that the day lies in. */
  goalProgress(workspace: WorkspaceKey, day: StudyDay): Promise<readonly GoalProgress[]>;
  /** Learners of the workspace with that id of the platform, or that name in whatever letters. */
  people(workspace: WorkspaceKey, idOrName: string): Promise<readonly LearnerId[]>;
}

/** Teams that a workspace has at most: they are shown in one list. */
export const MOST_TEAMS = 50;

export function teamsIn(database: Database, workspaces: WorkspaceIds): Teams {
  const groups = new TeamGroups(database);
  const reading = <T>(work: (sql: Statements) => Promise<T>) =>
    database.read((client) => work(new ClientSql(client)));
  const idOf = async (workspace: WorkspaceKey) => {
    const id = await reading((sql) => workspaces.of(sql, workspace));
    if (id === undefined) throw new Error('Nobody of the workspace has signed in yet.');
    return id;
  };
  const all = async (workspaceId: string) =>
    (await database.read((client) => client.team.findMany({ where: { workspaceId } }))).map(toTeam);
  const named = async (workspaceId: string, name: string) =>
    (await all(workspaceId)).find((team) => folded(team.name) === folded(storable(name)));
  const list = async (workspace: WorkspaceKey, day: StudyDay) => {
    const workspaceId = await reading((sql) => workspaces.of(sql, workspace));
    return workspaceId === undefined ? [] : reading((sql) => weekOfTeams(sql, workspaceId, weekOf(day)));
  };
  return {
    list,
    async create(workspace, name, now) {
      const workspaceId = await idOf(workspace);
      return database.change(async (tx) => {
        const teams = await tx.team.findMany({ where: { workspaceId } });
        if (teams.some((team) => folded(team.name) === folded(storable(name)))) return 'taken';
        if (teams.length >= MOST_TEAMS) return 'full';
        await tx.team.create({
          data: { id: randomUUID(), workspaceId, name: storable(name), createdAt: now },
        });
        return 'created';
      });
    },
    find: async (workspace, name) => named(await idOf(workspace), name),
    byId: async (workspace, id) => (await all(await idOf(workspace))).find((team) => team.id === id),
    async rename(workspace, id, name) {
      const workspaceId = await idOf(workspace);
      return database.change(async (tx) => {
        const others = await tx.team.findMany({ where: { workspaceId, id: { not: id } } });
        if (others.some((team) => folded(team.name) === folded(storable(name)))) return false;
        await tx.team.update({ where: { id }, data: { name: storable(name) } });
        return true;
      });
    },
    async remove(id) {
      await database.change(async (tx) => {
        await tx.membership.deleteMany({ where: { teamId: id } });
        await tx.team.deleteMany({ where: { id } });
      });
      groups.forget();
    },
    async setGoal(id, goal) {
      await database.change((tx) => tx.team.update({ where: { id }, data: { goal: goal ?? null } }));
    },
    async setGroup(id, group) {
      await database.change((tx) => tx.team.update({ where: { id }, data: { group: group ?? null } }));
      groups.forget();
    },
    async join(workspace, learner, team, now) {
      const workspaceId = await idOf(workspace);
      await database.change((tx) => move(tx, { workspaceId, learner }, team, now));
    },
    async leave(workspace, learner) {
      const workspaceId = await idOf(workspace);
      return database.change(async (tx) => {
        const team = await tx.team.findFirst({
          where: { workspaceId, memberships: { some: { learnerId: learner } } },
        });
        if (team === null) return undefined;
        await tx.membership.deleteMany({ where: { teamId: team.id, learnerId: learner } });
        return toTeam(team);
      });
    },
    async teamOf(workspace, learner) {
      const workspaceId = await idOf(workspace);
      const team = await database.read((client) =>
        client.team.findFirst({ where: { workspaceId, memberships: { some: { learnerId: learner } } } }),
      );
      return team === null ? undefined : toTeam(team);
    },
    async follow(workspace, learner, ask, now) {
      const workspaceId = await idOf(workspace);
      await groups.follow({ workspaceId, learner }, ask, now);
    },
    async goalProgress(workspace, day) {
      return (await list(workspace, day)).flatMap(({ name, members, days, goal }) =>
        goal === undefined ? [] : [{ name, members, days, goal }],
      );
    },
    async people(workspace, idOrName) {
      const workspaceId = await idOf(workspace);
      const rows = await reading((sql) =>
        sql.query(
          Person,
          `SELECT DISTINCT "learnerId" FROM "Account"
            WHERE "workspaceId" = ? AND ("externalId" = ? OR LOWER("name") = LOWER(?))`,
          [workspaceId, idOrName, idOrName],
        ),
      );
      return rows.map(([id]) => id);
    },
  };
}

const Person = z.tuple([LearnerId]);
const Stored = z.object({
  id: TeamId,
  name: z.string(),
  goal: z
    .number()
    .nullable()
    .transform((goal) => goal ?? undefined),
  group: z
    .string()
    .nullable()
    .transform((group) => group ?? undefined),
});

function toTeam(row: object): Team {
  return Stored.parse(row);
}

/** Names that people would take for one another. */
function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

const Week = z
  .tuple([
    z.string(),
    z.string(),
    z.number().nullable(),
    z.string().nullable(),
    z.coerce.number(),
    z.coerce.number(),
  ])
  .transform(([id, name, goal, group, members, days]) => ({
    ...toTeam({ id, name, goal, group }),
    members,
    days,
  }));

/** Days are told apart by learner, so one on which three members studied counts three. */
async function weekOfTeams(
  sql: Statements,
  workspaceId: string,
  monday: StudyDay,
): Promise<readonly TeamWeek[]> {
  const teams = await sql.query(
    Week,
    `SELECT t."id", t."name", t."goal", t."group", COUNT(DISTINCT m."learnerId") AS "members",
        COUNT(y."studyDay") AS "days"
      FROM "Team" t LEFT JOIN "Membership" m ON m."teamId" = t."id"
      LEFT JOIN "Activity" y ON y."workspaceId" = t."workspaceId" AND y."board" = ?
        AND y."learnerId" = m."learnerId" AND y."studyDay" BETWEEN ? AND ?
      WHERE t."workspaceId" = ? GROUP BY t."id", t."name", t."goal", t."group"`,
    [WHOLE, monday, addDays(monday, 6), workspaceId],
  );
  return [...teams].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
