import { ClientSql } from './client-sql.js';
import type { Database } from './database.js';
import { type Choice, type Policy, readPolicy, settleScores } from './scores.js';
import type { LearnerId, WorkspaceKey } from './store.js';
import type { WorkspaceIds } from './workspaces.js';

/** Who is shown on the leaderboards of a workspace. */
export interface BoardChoices {
  policy(workspace: WorkspaceKey): Promise<Policy>;
  /** Shows or hides everybody who has made no choice. */
  setPolicy(workspace: WorkspaceKey, policy: Policy, now: Date): Promise<void>;
  /** Shows or hides a learner in one workspace, with all that they have earned. */
  choose(workspace: WorkspaceKey, learner: LearnerId, choice: Choice, now: Date): Promise<void>;
}

/** Learners who are settled in one transaction, so that reviews need not wait long. */
const AT_ONCE = 100;

export function boardChoicesIn(database: Database, workspaces: WorkspaceIds): BoardChoices {
  const idOf = async (workspace: WorkspaceKey) => {
    const id = await database.read((client) => workspaces.of(new ClientSql(client), workspace));
    if (id === undefined) throw new Error('Nobody of the workspace has signed in yet.');
    return id;
  };
  return {
    async policy(workspace) {
      const id = await idOf(workspace);
      const row = await database.read((client) => client.workspace.findUniqueOrThrow({ where: { id } }));
      return readPolicy(row.boards);
    },
    async setPolicy(workspace, policy, now) {
      const workspaceId = await idOf(workspace);
      await database.change((tx) =>
        tx.workspace.update({ where: { id: workspaceId }, data: { boards: policy } }),
      );
      for (let after = ''; ; ) {
        const some = await database.read((client) =>
          client.account.findMany({
            where: { workspaceId, board: null, learnerId: { gt: after } },
            orderBy: { learnerId: 'asc' },
            take: AT_ONCE,
          }),
        );
        const last = some.at(-1);
        if (last === undefined) return;
        await database.change(async (tx) => {
          const sql = new ClientSql(tx);
          for (const { learnerId } of some) await settleScores(sql, { workspaceId, learnerId }, now);
        });
        after = last.learnerId;
      }
    },
    async choose(workspace, learner, choice, now) {
      const workspaceId = await idOf(workspace);
      await database.change(async (tx) => {
        await tx.account.updateMany({ where: { workspaceId, learnerId: learner }, data: { board: choice } });
        await settleScores(new ClientSql(tx), { workspaceId, learnerId: learner }, now);
      });
    },
  };
}
