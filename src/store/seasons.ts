import { z } from 'zod';
import type { StudyDay } from '../learning/model.js';
import { spanKey } from '../learning/points.js';
import { addDays } from '../learning/studyday.js';
import { WHOLE } from './activity.js';
import { ClientSql } from './client-sql.js';
import type { Database } from './database.js';
import type { ChannelKey } from './schedules.js';
import type { SqlValue, Statements } from './sql.js';
import type { WorkspaceKey } from './store.js';
import { type TeamPlace, teamPlaces } from './team-board.js';
import type { WorkspaceIds } from './workspaces.js';

/** A channel with a daily quiz that has not been told of a season's end. */
export interface Untold {
  readonly place: ChannelKey;
  readonly timeZone: string;
  /** Minute of the local day at which the channel gets its daily quiz. */
  readonly minute: number;
}

/** A learner with what they are named for. */
export interface Named {
  readonly name: string;
  readonly figure: number;
}

/** What a season came to, of those who are shown. */
export interface SeasonResults {
  readonly learners: number;
  /** Study days of all. */
  readonly days: number;
  /** By points, the best first; equal points are one rank. */
  readonly top: readonly (Named & { readonly rank: number; readonly days: number })[];
  /** Those with the most study days. */
  readonly steadiest: readonly Named[];
  /** Those with the most points beyond their own of the season before. */
  readonly improved: readonly Named[];
  readonly team: TeamPlace | undefined;
}

/** Ends of seasons, each told once in a channel. A season is named by its first day. */
export interface Seasons {
  /** Channels whose schedule is on. */
  untold(platforms: readonly string[], season: StudyDay): Promise<readonly Untold[]>;
  /**
   * Begins a try to tell; nobody else begins one before `until`. `again` where an earlier try may have told it; undefined
   * where another process has it.
   */
  take(place: ChannelKey, season: StudyDay, now: Date, until: Date): Promise<'first' | 'again' | undefined>;
  told(place: ChannelKey, season: StudyDay, now: Date): Promise<void>;
  results(workspace: WorkspaceKey, season: StudyDay): Promise<SeasonResults>;
}

const SEASON_DAYS = 28;
/** Ranks that are named, and how many may share one of them. */
const RANKS = 3;
const MOST_NAMED = 5;

const tellingKey = (channel: string, season: StudyDay) => `season-s${season} ${channel}`;
const toldKey = (channel: string, season: StudyDay) => `season-s${season}-told ${channel}`;

const UntoldRow = z.tuple([z.string(), z.string(), z.string(), z.string(), z.number()]).transform(
  ([platform, workspace, channel, timeZone, minute]): Untold => ({
    place: { platform, workspace, channel },
    timeZone,
    minute,
  }),
);

/** Seasons of a database. */
export function seasonsIn(database: Database, workspaces: WorkspaceIds): Seasons {
  const idOf = async (sql: Statements, workspace: WorkspaceKey) => {
    const id = await workspaces.of(sql, workspace);
    if (id === undefined) throw new Error('Nobody of the workspace has signed in.');
    return id;
  };
  return {
    untold: (platforms, season) =>
      database.read((client) =>
        new ClientSql(client).query(
          UntoldRow,
          `SELECT w."platform", w."externalId", s."channel", s."timeZone", s."minute"
            FROM "Schedule" s JOIN "Workspace" w ON w."id" = s."workspaceId"
            WHERE s."status" = 'on' AND w."platform" IN (${platforms.map(() => '?').join(', ')})
              AND NOT EXISTS (SELECT 1 FROM "Announcement" a
                WHERE a."workspaceId" = s."workspaceId" AND a."key" = ? || s."channel")`,
          [...platforms, toldKey('', season)],
        ),
      ),
    take: (place, season, now, until) =>
      database.write(async (sql) => {
        const workspaceId = await idOf(sql, place);
        const key = tellingKey(place.channel, season);
        // Until then the row holds when the next try may begin.
        const made = await sql.execute(
          `INSERT INTO "Announcement" ("workspaceId", "key", "channel", "at") VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING`,
          [workspaceId, key, place.channel, until],
        );
        if (made > 0) return 'first';
        const taken = await sql.execute(
          'UPDATE "Announcement" SET "at" = ? WHERE "workspaceId" = ? AND "key" = ? AND "at" <= ?',
          [until, workspaceId, key, now],
        );
        return taken > 0 ? 'again' : undefined;
      }),
    told: (place, season, now) =>
      database.write(async (sql) => {
        await sql.execute(
          `INSERT INTO "Announcement" ("workspaceId", "key", "channel", "at") VALUES (?, ?, ?, ?)
            ON CONFLICT DO NOTHING`,
          [await idOf(sql, place), toldKey(place.channel, season), place.channel, now],
        );
      }),
    results: (workspace, season) =>
      database.read(async (client) => {
        const sql = new ClientSql(client);
        return resultsOf(sql, await idOf(sql, workspace), season);
      }),
  };
}

const NAME = `(SELECT a."name" FROM "Account" a WHERE a."learnerId" = s."learnerId"
  AND a."workspaceId" = s."workspaceId" ORDER BY a."createdAt" LIMIT 1) AS "name"`;
const ON_BOARD = 's."workspaceId" = ? AND s."board" = ? AND s."span" = ?';

const NamedRow = z
  .tuple([z.string().nullable(), z.coerce.number()])
  .transform(([name, figure]): Named => ({ name: name ?? '', figure }));
const TopRow = z
  .tuple([z.string().nullable(), z.number(), z.number(), z.coerce.number()])
  .transform(([name, figure, days, rank]) => ({ name: name ?? '', figure, days, rank }));
const Sums = z.tuple([z.coerce.number(), z.coerce.number()]);

async function resultsOf(sql: Statements, workspaceId: string, season: StudyDay): Promise<SeasonResults> {
  const span = spanKey('season', season);
  const key: readonly SqlValue[] = [workspaceId, WHOLE, span];
  const [sums] = await sql.query(
    Sums,
    `SELECT COUNT(*) AS "learners", COALESCE(SUM(s."days"), 0) AS "days" FROM "Score" s WHERE ${ON_BOARD}`,
    key,
  );
  const top = await sql.query(
    TopRow,
    `SELECT ${NAME}, s."points", s."days", RANK() OVER (ORDER BY s."points" DESC) AS "rank" FROM "Score" s
      WHERE ${ON_BOARD} ORDER BY s."points" DESC, s."learnerId" DESC LIMIT ${MOST_NAMED}`,
    key,
  );
  const steadiest = await sql.query(
    NamedRow,
    `SELECT ${NAME}, s."days" AS "figure" FROM "Score" s WHERE ${ON_BOARD}
      AND s."days" = (SELECT MAX(m."days") FROM "Score" m WHERE m."workspaceId" = s."workspaceId"
        AND m."board" = s."board" AND m."span" = s."span") ORDER BY s."learnerId" DESC LIMIT ${MOST_NAMED}`,
    key,
  );
  const improved = await sql.query(
    NamedRow,
    `SELECT ${NAME}, s."points" - b."points" AS "figure" FROM "Score" s
      JOIN "Score" b ON b."workspaceId" = s."workspaceId" AND b."board" = s."board" AND b."span" = ?
        AND b."learnerId" = s."learnerId"
      WHERE ${ON_BOARD} AND s."points" > b."points" ORDER BY s."points" - b."points" DESC LIMIT ${MOST_NAMED}`,
    [spanKey('season', addDays(season, -SEASON_DAYS)), ...key],
  );
  const teams = await teamPlaces(sql, workspaceId, span);
  return {
    learners: sums?.[0] ?? 0,
    days: sums?.[1] ?? 0,
    top: top.filter(({ rank }) => rank <= RANKS),
    steadiest,
    improved: improved.filter(({ figure }) => figure === improved[0]?.figure),
    team: teams.find(({ active }) => active > 0),
  };
}
