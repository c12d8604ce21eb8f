import type { Database } from './database.js';
import type { Installations } from './store.js';

/** The workspaces that installed the app, with their tokens as they were sealed. */
export function installationsIn(database: Database): Installations {
  return {
    async save({ id, isEnterprise, sealed }, now) {
      await database.write(async (sql) => {
        await sql.execute(
          `INSERT INTO "SlackInstallation" ("id", "isEnterprise", "sealed", "installedAt", "updatedAt")
           VALUES (?, ?, ?, ?, ?)
           ON CONFLICT ("id") DO UPDATE SET "isEnterprise" = excluded."isEnterprise",
             "sealed" = excluded."sealed", "updatedAt" = excluded."updatedAt"`,
          [id, isEnterprise, sealed, now, now],
        );
      });
    },
    find: (id) =>
      database.read(async (client) => {
        const row = await client.slackInstallation.findUnique({ where: { id }, select: { sealed: true } });
        return row?.sealed;
      }),
    remove: (id, savedBefore) =>
      database.write(async (sql) => {
        const removed = await sql.execute(
          'DELETE FROM "SlackInstallation" WHERE "id" = ? AND "updatedAt" < ?',
          [id, savedBefore],
        );
        return removed > 0;
      }),
  };
}
