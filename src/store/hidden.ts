import { z } from 'zod';
import { CardId } from '../notes/model.js';
import type { Database } from './database.js';
import { type Statements, storable } from './sql.js';
import type { WorkspaceKey } from './store.js';
import type { WorkspaceIds } from './workspaces.js';

/**
 * Cards that the admins of a workspace took out of use there: nobody is asked them in it, their reviews stay, and edits
 * of the notes do not bring them back. Other workspaces go on with them.
 */
export interface HiddenCards {
  /** Remembered for some seconds, since every explanation asks: so late is seen what another process hides. */
  hidden(workspace: WorkspaceKey, now: Date): Promise<ReadonlySet<CardId>>;
  /**
   * False where the card is hidden there already, or unknown.
   *
   * @throws where nobody of the workspace has signed in yet
   */
  hide(workspace: WorkspaceKey, card: CardId, now: Date): Promise<boolean>;
  /** Brings the card back with its history. False where it is not hidden there. */
  restore(workspace: WorkspaceKey, card: CardId): Promise<boolean>;
  /** With the text that the card last had, the last hidden first. */
  listHidden(workspace: WorkspaceKey): Promise<readonly HiddenCard[]>;
}

export interface HiddenCard {
  readonly card: CardId;
  readonly front: string;
  readonly note: string;
  readonly line: number;
  readonly hiddenAt: Date;
}

/** How old what is remembered may be. */
const FRESH_MS = 5000;
/** Workspaces that are remembered at most. */
const MOST_REMEMBERED = 1000;

const HiddenRow = z.tuple([CardId]).transform(([card]) => card);

/** Cards that admins took out of use, workspace by workspace. */
export function hiddenCardsIn(database: Database, workspaces: WorkspaceIds): HiddenCards {
  const remembered = new Remembered((workspace) =>
    database.look((sql) => readHidden(sql, workspaces, workspace)),
  );
  const change = (workspace: WorkspaceKey, work: (sql: Statements) => Promise<number>) =>
    database.write(work).finally(() => remembered.forget(workspace));
  return {
    hidden: (workspace, now) => remembered.of(workspace, now),
    async hide(workspace, card, now) {
      const added = await change(workspace, async (sql) => {
        const id = await workspaces.of(sql, workspace);
        if (id === undefined) throw new Error('Nobody of the workspace has signed in yet.');
        // By hand: the key makes the first of two admins the one who did it.
        return sql.execute(
          `INSERT INTO "HiddenCard" ("workspaceId", "cardId", "at") SELECT ?, "id", ? FROM "Card" WHERE "id" = ?
            ON CONFLICT DO NOTHING`,
          [id, now, card],
        );
      });
      return added > 0;
    },
    async restore(workspace, card) {
      const removed = await change(workspace, async (sql) => {
        const id = await workspaces.of(sql, workspace);
        if (id === undefined) return 0;
        return sql.execute('DELETE FROM "HiddenCard" WHERE "workspaceId" = ? AND "cardId" = ?', [id, card]);
      });
      return removed > 0;
    },
    async listHidden({ platform, workspace }) {
      const rows = await database.read((client) =>
        client.hiddenCard.findMany({
          where: { workspace: { platform, externalId: storable(workspace) } },
          orderBy: [{ at: 'desc' }, { cardId: 'asc' }],
          include: { card: { select: { front: true, note: true, line: true } } },
        }),
      );
      return rows.map(({ cardId, at, card }) => ({ ...card, card: CardId.parse(cardId), hiddenAt: at }));
    },
  };
}

async function readHidden(
  sql: Statements,
  workspaces: WorkspaceIds,
  workspace: WorkspaceKey,
): Promise<ReadonlySet<CardId>> {
  const id = await workspaces.of(sql, workspace);
  if (id === undefined) return new Set();
  return new Set(
    await sql.query(HiddenRow, 'SELECT "cardId" FROM "HiddenCard" WHERE "workspaceId" = ?', [id]),
  );
}

type Read = (workspace: WorkspaceKey) => Promise<ReadonlySet<CardId>>;

/** What was read for each workspace a moment ago. */
class Remembered {
  readonly #read: Read;
  readonly #known = new Map<string, { readonly at: Date; readonly cards: ReturnType<Read> }>();

  constructor(read: Read) {
    this.#read = read;
  }

  of(workspace: WorkspaceKey, now: Date): ReturnType<Read> {
    const name = nameOf(workspace);
    const known = this.#known.get(name);
    if (known !== undefined && Math.abs(now.getTime() - known.at.getTime()) < FRESH_MS) return known.cards;
    const reading = { at: now, cards: this.#read(workspace) };
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    this.#known.set(name, reading);
    // A failure shows in who asked, and is not remembered.
    reading.cards.catch(() => this.#known.delete(name));
    return reading.cards;
  }

  forget(workspace: WorkspaceKey): void {
    this.#known.delete(nameOf(workspace));
  }
}

function nameOf({ platform, workspace }: WorkspaceKey): string {
  return JSON.stringify([platform, workspace]);
}
