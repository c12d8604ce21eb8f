import { z } from 'zod';
import { type Statements, storable } from './sql.js';
import type { WorkspaceKey } from './store.js';

const Row = z.tuple([z.string()]);

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
