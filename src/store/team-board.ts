import { z } from 'zod';
import type { SpanKey } from '../learning/points.js';
import type { Statements } from './sql.js';

/** A team on the leaderboard of teams. Equal means are one rank. */
export interface TeamPlace {
  readonly name: string;
  readonly rank: number;
  /** Mean points of its active members; 0 where it has none. */
  readonly mean: number;
  /** Members who have points in the span and are shown. */
  readonly active: number;
  readonly members: number;
}

const Row = z.tuple([z.string(), z.coerce.number(), z.coerce.number(), z.coerce.number()]);

/**
 * The teams of a workspace, the best first; those without an active member last, without points. Read from one row for
 * each team, whatever its size.
 */
export async function teamPlaces(
  sql: Statements,
  workspaceId: string,
  span: SpanKey,
): Promise<readonly TeamPlace[]> {
  const rows = await sql.query(
    Row,
    `SELECT t."name", t."members", COALESCE(s."active", 0) AS "active", COALESCE(s."points", 0) AS "points"
      FROM "Team" t LEFT JOIN "TeamScore" s ON s."workspaceId" = t."workspaceId" AND s."span" = ? AND s."teamId" = t."id"
      WHERE t."workspaceId" = ?`,
    [span, workspaceId],
  );
  const teams = rows
    .map(([name, members, active, points]) => ({
      name,
      members,
      active,
      mean: active === 0 ? 0 : points / active,
    }))
    .sort((a, b) => b.mean - a.mean || (a.name < b.name ? -1 : 1));
  let rank = 1;
  return teams.map((team, index) => {
    if (team.mean !== teams[index - 1]?.mean) rank = index + 1;
    return { ...team, rank };
  });
}
