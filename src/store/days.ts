import { z } from 'zod';
import { parseStudyDay } from '../learning/studyday.js';
import type { Database } from './database.js';
import type { DayCount, LearnerId } from './store.js';

const Row = z.object({ day: z.string().transform(parseStudyDay), reviews: z.coerce.number() });

/** Study days with counted reviews that stand, newest first. */
export async function days(
  database: Database,
  learner: LearnerId,
  limit: number,
): Promise<readonly DayCount[]> {
  const rows = await database.read(
    (client) => client.$queryRaw`
      SELECT r."studyDay" AS "day", COUNT(*) AS "reviews" FROM "Review" r
      WHERE r."learnerId" = ${learner} AND r."counts" = true AND r."rating" IS NOT NULL
        AND NOT EXISTS (
          SELECT 1 FROM "Review" v
          WHERE v."learnerId" = r."learnerId" AND v."cardId" = r."cardId" AND v."voids" = r."seq")
      GROUP BY r."studyDay" ORDER BY r."studyDay" DESC LIMIT ${limit}`,
  );
  return z.array(Row).parse(rows);
}
