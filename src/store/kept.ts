import { createHash } from 'node:crypto';
import type { Database } from './database.js';
import type { KeptReplies } from './store.js';

/** Buttons of a message older than this have no reply behind them any more. */
const KEPT_MS = 90 * 24 * 60 * 60_000;

/** Replies that are too long for one message of their platform. */
export function keptRepliesIn(database: Database): KeptReplies {
  return {
    async keep(owner, reply, now) {
      const id = createHash('sha256')
        .update(owner)
        .update('\n')
        .update(reply)
        .digest('base64url')
        .slice(0, 22);
      await database.write(async (sql) => {
        await sql.execute('DELETE FROM "KeptReply" WHERE "at" < ?', [new Date(now.getTime() - KEPT_MS)]);
        await sql.execute(
          `INSERT INTO "KeptReply" ("id", "owner", "reply", "at") VALUES (?, ?, ?, ?)
           ON CONFLICT ("id") DO UPDATE SET "at" = excluded."at"`,
          [id, owner, reply, now],
        );
      });
      return id;
    },
    find: (id) =>
      database.read(async (client) => {
        const row = await client.keptReply.findUnique({ where: { id } });
        return row === null ? undefined : { owner: row.owner, reply: row.reply };
      }),
  };
}
