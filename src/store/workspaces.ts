import { z } from 'zod';
import { type Statements, storable } from './sql.js';
import type { WorkspaceKey } from './store.js';

const Row = z.tuple([z.string()]);

/** Names of what is no guild or team: the chat page and the terminal of who runs the bot, and direct messages. */
const OF_NO_TEAM = ['local', 'direct'];

/** See Cards. */
export async function areSharedBeyond(
  sql: Statements,
  { platform, workspace }: WorkspaceKey,
): Promise<boolean> {
  if (OF_NO_TEAM.includes(workspace)) return false;
  const others = await sql.query(
    Row,
    `SELECT "id" FROM "Workspace" WHERE "externalId" NOT IN (?, ?)
      AND NOT ("platform" = ? AND "externalId" = ?) LIMIT 1`,
    [...OF_NO_TEAM, platform, storable(workspace)],
  );
  return others.length > 0;
}

/** Our own ids of workspaces, each looked up once: they never change. */
export class WorkspaceIds {
  readonly #known = new Map<string, string>();

  /** Undefined where nobody of the workspace has signed in yet. */
  async of(sql: Statements, { platform, workspace }: WorkspaceKey): Promise<string | undefined> {
    const key = JSON.stringify([platform, workspace]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const [row] = await sql.query(
      Row,
      'SELECT "id" FROM "Workspace" WHERE "platform" = ? AND "externalId" = ?',
      [platform, storable(workspace)],
    );
    if (row !== undefined) this.#known.set(key, row[0]);
    return row?.[0];
  }
}
