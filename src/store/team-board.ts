import { z } from 'zod';
import type { SpanKey } from '../learning/points.js';
import { WHOLE } from './activity.js';
import type { Statements } from './sql.js';

/** A team on the leaderboard of teams. Equal means are one rank. */
export interface TeamPlace {
  readonly name: string;
  readonly rank: number;
  /** Mean points of its active members. */
  readonly mean: number;
  /** Members who have points in the span and are shown. */
  readonly active: number;
  readonly members: number;
}

const Row = z.tuple([z.string(), z.coerce.number(), z.coerce.number(), z.coerce.number()]);

/** The teams of a workspace, the best first; those without an active member last, without points. */
export async function teamPlaces(
  sql: Statements,
  workspaceId: string,
  span: SpanKey,
): Promise<readonly TeamPlace[]> {
  const rows = await sql.query(
    Row,
    `SELECT t."name", COUNT(m."learnerId") AS "members", COUNT(s."learnerId") AS "active",
        COALESCE(SUM(s."points"), 0) AS "points"
      FROM "Team" t LEFT JOIN "Membership" m ON m."teamId" = t."id"
      LEFT JOIN "Score" s ON s."workspaceId" = t."workspaceId" AND s."board" = ? AND s."span" = ?
        AND s."learnerId" = m."learnerId"
      WHERE t."workspaceId" = ? GROUP BY t."id", t."name"`,
    [WHOLE, span, workspaceId],
  );
  const teams = rows
    .map(([name, members, active, points]) => ({
      name,
      members,
      active,
      mean: active === 0 ? 0 : points / active,
    }))
    .sort((a, b) => b.mean - a.mean || (a.name < b.name ? -1 : 1));
  return teams.map((team) => ({ ...team, rank: 1 + teams.filter(({ mean }) => mean > team.mean).length }));
}
