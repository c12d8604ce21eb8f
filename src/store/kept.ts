import { createHash } from 'node:crypto';
import type { Database } from './database.js';

/** Replies that did not fit one message, kept for three months after they were last drawn, and what the chat page shows. */
export interface KeptReplies {
  /** Returns an id of 22 characters; the same owner and reply give the same one. */
  keep(owner: string, reply: string, now: Date): Promise<string>;
  find(id: string): Promise<{ readonly owner: string; readonly reply: string } | undefined>;
  /** Keeps a reply under a name that is the owner's own, in the place of an earlier one, whose time stays. */
  put(owner: string, name: string, reply: string, now: Date): Promise<void>;
  /** The newest of an owner since then, the oldest of them first. */
  latest(owner: string, since: Date, most: number): Promise<readonly KeptNamed[]>;
}

export interface KeptNamed {
  readonly reply: string;
  /** When it was first kept. */
  readonly at: Date;
}

/** Buttons of a message older than this have no reply behind them any more. */
const KEPT_MS = 90 * 24 * 60 * 60_000;

/** Replies that buttons or windows ask for later. */
export function keptRepliesIn(database: Database): KeptReplies {
  const write = (id: string, owner: string, reply: string, now: Date, conflict: string) =>
    database.write(async (sql) => {
      await sql.execute('DELETE FROM "KeptReply" WHERE "at" < ?', [new Date(now.getTime() - KEPT_MS)]);
      await sql.execute(
        `INSERT INTO "KeptReply" ("id", "owner", "reply", "at") VALUES (?, ?, ?, ?)
         ON CONFLICT ("id") DO UPDATE SET ${conflict}`,
        [id, owner, reply, now],
      );
    });
  return {
    async keep(owner, reply, now) {
      const id = idOf(owner, reply);
      await write(id, owner, reply, now, '"at" = excluded."at"');
      return id;
    },
    find: (id) =>
      database.read(async (client) => {
        const row = await client.keptReply.findUnique({ where: { id } });
        return row === null ? undefined : { owner: row.owner, reply: row.reply };
      }),
    put: (owner, name, reply, now) =>
      write(idOf(owner, name), owner, reply, now, '"reply" = excluded."reply"'),
    latest: async (owner, since, most) => {
      const rows = await database.read((client) =>
        client.keptReply.findMany({
          where: { owner, at: { gte: since } },
          orderBy: [{ at: 'desc' }, { id: 'asc' }],
          take: most,
        }),
      );
      return rows.map(({ reply, at }) => ({ reply, at })).reverse();
    },
  };
}

function idOf(owner: string, content: string): string {
  return createHash('sha256').update(owner).update('\n').update(content).digest('base64url').slice(0, 22);
}
