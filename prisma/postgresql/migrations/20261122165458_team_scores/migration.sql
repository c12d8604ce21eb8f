-- Leaderboards are read in few rows whatever their size: by whom a learner's row is found, learners counted in three
-- steps rather than two and for each week by how much it changed the counts, and what teams have.

-- DropIndex
DROP INDEX "Score_learnerId_idx";

-- CreateIndex
CREATE INDEX "Score_learnerId_workspaceId_board_span_idx" ON "Score"("learnerId", "workspaceId", "board", "span");

-- AlterTable
ALTER TABLE "Team" ADD COLUMN     "members" INTEGER NOT NULL DEFAULT 0;
UPDATE "Team" SET "members" = (SELECT COUNT(*) FROM "Membership" m WHERE m."teamId" = "Team"."id");

-- CreateTable
CREATE TABLE "TeamScore" (
    "workspaceId" TEXT NOT NULL,
    "span" TEXT NOT NULL,
    "teamId" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "active" INTEGER NOT NULL,

    CONSTRAINT "TeamScore_pkey" PRIMARY KEY ("workspaceId","span","teamId")
);
INSERT INTO "TeamScore" ("workspaceId", "span", "teamId", "points", "active")
    SELECT t."workspaceId", s."span", t."id", SUM(s."points"), COUNT(*)
    FROM "Membership" m JOIN "Team" t ON t."id" = m."teamId"
    JOIN "Score" s ON s."workspaceId" = t."workspaceId" AND s."board" = '' AND s."learnerId" = m."learnerId"
    GROUP BY t."workspaceId", s."span", t."id";

-- AlterTable. Counts follow from scores.
DELETE FROM "ScoreCount";
ALTER TABLE "ScoreCount" DROP CONSTRAINT "ScoreCount_pkey",
ADD COLUMN     "week" TEXT NOT NULL,
ADD CONSTRAINT "ScoreCount_pkey" PRIMARY KEY ("workspaceId", "board", "week", "span", "points");
INSERT INTO "ScoreCount" ("workspaceId", "board", "week", "span", "points", "learners")
    SELECT "workspaceId", "board", '', "span", "points", COUNT(*) FROM "Score" GROUP BY 1, 2, 4, 5;
-- What the last weeks changed: who earned in one had fewer points at its beginning, and more at its end.
INSERT INTO "ScoreCount" ("workspaceId", "board", "week", "span", "points", "learners")
    WITH weeks AS (
        SELECT "workspaceId", "board", "learnerId", "span" AS "week", "points",
            's' || to_char(DATE '2026-03-02'
                + CAST(floor((CAST(substr("span", 2) AS DATE) - DATE '2026-03-02') / 28.0) * 28 AS INTEGER), 'YYYY-MM-DD') AS "season"
        FROM "Score" WHERE "span" LIKE 'w%'
    ), spans AS (
        SELECT *, 'all' AS "span" FROM weeks UNION ALL SELECT *, "season" AS "span" FROM weeks
    ), ends AS (
        SELECT *, SUM("points") OVER (PARTITION BY "workspaceId", "board", "learnerId", "span" ORDER BY "week") AS "end"
        FROM spans
    )
    SELECT "workspaceId", "board", "week", "span", "at", SUM("change") FROM (
        SELECT "workspaceId", "board", "week", "span", "end" AS "at", 1 AS "change" FROM ends
        UNION ALL
        SELECT "workspaceId", "board", "week", "span", "end" - "points", -1 FROM ends WHERE "end" > "points"
    ) c WHERE "week" >= 'w' || to_char(CURRENT_DATE - 14, 'YYYY-MM-DD') GROUP BY 1, 2, 3, 4, 5;
INSERT INTO "ScoreCount" ("workspaceId", "board", "week", "span", "points", "learners")
    SELECT c."workspaceId", c."board", c."week", c."span" || '/' || s."step", c."points" / s."step", SUM(c."learners")
    FROM "ScoreCount" c CROSS JOIN (SELECT 32 AS "step" UNION ALL SELECT 1024) s GROUP BY 1, 2, 3, 4, 5;

-- A team's figures follow from memberships and scores, whoever writes them. Of one learner only one transaction at a
-- time changes either, else neither would see what the other adds; each statement within sees what was committed before.
CREATE FUNCTION "membership_joins"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW."learnerId", 0));
    UPDATE "Team" SET "members" = "members" + 1 WHERE "id" = NEW."teamId";
    INSERT INTO "TeamScore" ("workspaceId", "span", "teamId", "points", "active")
        SELECT s."workspaceId", s."span", t."id", s."points", 1
        FROM "Team" t JOIN "Score" s ON s."learnerId" = NEW."learnerId" AND s."workspaceId" = t."workspaceId" AND s."board" = ''
        WHERE t."id" = NEW."teamId" ORDER BY s."span"
        ON CONFLICT ("workspaceId", "span", "teamId") DO UPDATE SET
            "points" = "TeamScore"."points" + excluded."points", "active" = "TeamScore"."active" + 1;
    RETURN NULL;
END;
$$;

CREATE FUNCTION "membership_leaves"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(OLD."learnerId", 0));
    UPDATE "Team" SET "members" = "members" - 1 WHERE "id" = OLD."teamId";
    INSERT INTO "TeamScore" ("workspaceId", "span", "teamId", "points", "active")
        SELECT s."workspaceId", s."span", t."id", -s."points", -1
        FROM "Team" t JOIN "Score" s ON s."learnerId" = OLD."learnerId" AND s."workspaceId" = t."workspaceId" AND s."board" = ''
        WHERE t."id" = OLD."teamId" ORDER BY s."span"
        ON CONFLICT ("workspaceId", "span", "teamId") DO UPDATE SET
            "points" = "TeamScore"."points" + excluded."points", "active" = "TeamScore"."active" - 1;
    DELETE FROM "TeamScore" WHERE "active" = 0 AND "teamId" = OLD."teamId"
        AND "workspaceId" = (SELECT "workspaceId" FROM "Team" WHERE "id" = OLD."teamId");
    RETURN NULL;
END;
$$;

CREATE FUNCTION "score_begins"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW."learnerId", 0));
    INSERT INTO "TeamScore" ("workspaceId", "span", "teamId", "points", "active")
        SELECT t."workspaceId", NEW."span", t."id", NEW."points", 1
        FROM "Membership" m JOIN "Team" t ON t."id" = m."teamId"
        WHERE m."learnerId" = NEW."learnerId" AND t."workspaceId" = NEW."workspaceId"
        ON CONFLICT ("workspaceId", "span", "teamId") DO UPDATE SET
            "points" = "TeamScore"."points" + excluded."points", "active" = "TeamScore"."active" + 1;
    RETURN NULL;
END;
$$;

CREATE FUNCTION "score_moves"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW."learnerId", 0));
    UPDATE "TeamScore" SET "points" = "points" + NEW."points" - OLD."points"
        WHERE "workspaceId" = NEW."workspaceId" AND "span" = NEW."span"
            AND "teamId" IN (SELECT "teamId" FROM "Membership" WHERE "learnerId" = NEW."learnerId");
    RETURN NULL;
END;
$$;

CREATE FUNCTION "score_ends"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(OLD."learnerId", 0));
    UPDATE "TeamScore" SET "points" = "points" - OLD."points", "active" = "active" - 1
        WHERE "workspaceId" = OLD."workspaceId" AND "span" = OLD."span"
            AND "teamId" IN (SELECT "teamId" FROM "Membership" WHERE "learnerId" = OLD."learnerId");
    RETURN NULL;
END;
$$;

CREATE TRIGGER "Membership_joins" AFTER INSERT ON "Membership"
    FOR EACH ROW EXECUTE FUNCTION "membership_joins"();

CREATE TRIGGER "Membership_leaves" AFTER DELETE ON "Membership"
    FOR EACH ROW EXECUTE FUNCTION "membership_leaves"();

CREATE TRIGGER "Score_begins" AFTER INSERT ON "Score"
    FOR EACH ROW WHEN (NEW."board" = '') EXECUTE FUNCTION "score_begins"();

CREATE TRIGGER "Score_moves" AFTER UPDATE OF "points" ON "Score"
    FOR EACH ROW WHEN (NEW."board" = '' AND NEW."points" <> OLD."points") EXECUTE FUNCTION "score_moves"();

CREATE TRIGGER "Score_ends" AFTER DELETE ON "Score"
    FOR EACH ROW WHEN (OLD."board" = '') EXECUTE FUNCTION "score_ends"();
