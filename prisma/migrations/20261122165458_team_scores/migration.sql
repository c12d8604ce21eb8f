-- Leaderboards are read in few rows whatever their size: by whom a learner's row is found, learners counted in three
-- steps rather than two and for each week by how much it changed the counts, and what teams have.

-- DropIndex
DROP INDEX "Score_learnerId_idx";

-- CreateIndex
CREATE INDEX "Score_learnerId_workspaceId_board_span_idx" ON "Score"("learnerId", "workspaceId", "board", "span");

-- AlterTable
ALTER TABLE "Team" ADD COLUMN "members" INTEGER NOT NULL DEFAULT 0;
UPDATE "Team" SET "members" = (SELECT COUNT(*) FROM "Membership" m WHERE m."teamId" = "Team"."id");

-- CreateTable. Without a rowid a sum over points reads the key alone.
CREATE TABLE "TeamScore" (
    "workspaceId" TEXT NOT NULL,
    "span" TEXT NOT NULL,
    "teamId" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "active" INTEGER NOT NULL,

    PRIMARY KEY ("workspaceId", "span", "teamId")
) WITHOUT ROWID;
INSERT INTO "TeamScore" ("workspaceId", "span", "teamId", "points", "active")
    SELECT t."workspaceId", s."span", t."id", SUM(s."points"), COUNT(*)
    FROM "Membership" m JOIN "Team" t ON t."id" = m."teamId"
    JOIN "Score" s ON s."workspaceId" = t."workspaceId" AND s."board" = '' AND s."learnerId" = m."learnerId"
    GROUP BY t."workspaceId", s."span", t."id";

-- RedefineTable. Counts follow from scores.
DROP TABLE "ScoreCount";
CREATE TABLE "ScoreCount" (
    "workspaceId" TEXT NOT NULL,
    "board" TEXT NOT NULL,
    "week" TEXT NOT NULL,
    "span" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "learners" INTEGER NOT NULL,

    PRIMARY KEY ("workspaceId", "board", "week", "span", "points")
) WITHOUT ROWID;
INSERT INTO "ScoreCount" ("workspaceId", "board", "week", "span", "points", "learners")
    SELECT "workspaceId", "board", '', "span", "points", COUNT(*) FROM "Score" GROUP BY 1, 2, 4, 5;
-- What the last weeks changed: who earned in one had fewer points at its beginning, and more at its end.
INSERT INTO "ScoreCount" ("workspaceId", "board", "week", "span", "points", "learners")
    WITH weeks AS (
        SELECT "workspaceId", "board", "learnerId", "span" AS "week", "points",
            's' || date('2026-03-02', CAST(floor((julianday(substr("span", 2)) - julianday('2026-03-02')) / 28) * 28 AS INTEGER)
                || ' days') AS "season"
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
    ) WHERE "week" >= 'w' || date('now', '-14 days') GROUP BY 1, 2, 3, 4, 5;
INSERT INTO "ScoreCount" ("workspaceId", "board", "week", "span", "points", "learners")
    SELECT c."workspaceId", c."board", c."week", c."span" || '/' || s."step", c."points" / s."step", SUM(c."learners")
    FROM "ScoreCount" c JOIN (SELECT 32 AS "step" UNION ALL SELECT 1024) s GROUP BY 1, 2, 3, 4, 5;

-- A team's figures follow from memberships and scores, whoever writes them.
CREATE TRIGGER "Membership_joins" AFTER INSERT ON "Membership"
BEGIN
    UPDATE "Team" SET "members" = "members" + 1 WHERE "id" = NEW."teamId";
    INSERT INTO "TeamScore" ("workspaceId", "span", "teamId", "points", "active")
        SELECT s."workspaceId", s."span", t."id", s."points", 1
        FROM "Team" t JOIN "Score" s ON s."learnerId" = NEW."learnerId" AND s."workspaceId" = t."workspaceId" AND s."board" = ''
        WHERE t."id" = NEW."teamId"
        ON CONFLICT ("workspaceId", "span", "teamId") DO UPDATE SET
            "points" = "TeamScore"."points" + excluded."points", "active" = "TeamScore"."active" + 1;
END;

CREATE TRIGGER "Membership_leaves" AFTER DELETE ON "Membership"
BEGIN
    UPDATE "Team" SET "members" = "members" - 1 WHERE "id" = OLD."teamId";
    INSERT INTO "TeamScore" ("workspaceId", "span", "teamId", "points", "active")
        SELECT s."workspaceId", s."span", t."id", -s."points", -1
        FROM "Team" t JOIN "Score" s ON s."learnerId" = OLD."learnerId" AND s."workspaceId" = t."workspaceId" AND s."board" = ''
        WHERE t."id" = OLD."teamId"
        ON CONFLICT ("workspaceId", "span", "teamId") DO UPDATE SET
            "points" = "TeamScore"."points" + excluded."points", "active" = "TeamScore"."active" - 1;
    DELETE FROM "TeamScore" WHERE "active" = 0 AND "teamId" = OLD."teamId"
        AND "workspaceId" = (SELECT "workspaceId" FROM "Team" WHERE "id" = OLD."teamId");
END;

CREATE TRIGGER "Score_begins" AFTER INSERT ON "Score" WHEN NEW."board" = ''
BEGIN
    INSERT INTO "TeamScore" ("workspaceId", "span", "teamId", "points", "active")
        SELECT t."workspaceId", NEW."span", t."id", NEW."points", 1
        FROM "Membership" m JOIN "Team" t ON t."id" = m."teamId"
        WHERE m."learnerId" = NEW."learnerId" AND t."workspaceId" = NEW."workspaceId"
        ON CONFLICT ("workspaceId", "span", "teamId") DO UPDATE SET
            "points" = "TeamScore"."points" + excluded."points", "active" = "TeamScore"."active" + 1;
END;

CREATE TRIGGER "Score_moves" AFTER UPDATE OF "points" ON "Score" WHEN NEW."board" = '' AND NEW."points" <> OLD."points"
BEGIN
    UPDATE "TeamScore" SET "points" = "points" + NEW."points" - OLD."points"
        WHERE "workspaceId" = NEW."workspaceId" AND "span" = NEW."span"
            AND "teamId" IN (SELECT "teamId" FROM "Membership" WHERE "learnerId" = NEW."learnerId");
END;

CREATE TRIGGER "Score_ends" AFTER DELETE ON "Score" WHEN OLD."board" = ''
BEGIN
    UPDATE "TeamScore" SET "points" = "points" - OLD."points", "active" = "active" - 1
        WHERE "workspaceId" = OLD."workspaceId" AND "span" = OLD."span"
            AND "teamId" IN (SELECT "teamId" FROM "Membership" WHERE "learnerId" = OLD."learnerId");
END;
