-- The key of a membership or a score never changes: the figures of teams follow only from rows that begin and end.

CREATE TRIGGER "Membership_keeps_key" BEFORE UPDATE OF "teamId", "learnerId" ON "Membership"
BEGIN
    SELECT RAISE(ABORT, 'a membership is ended and another begun, never changed');
END;

CREATE TRIGGER "Score_keeps_key" BEFORE UPDATE OF "workspaceId", "board", "span", "learnerId" ON "Score"
BEGIN
    SELECT RAISE(ABORT, 'a score is ended and another begun, never moved');
END;

-- Who leaves a team looks at the spans in which they have points, and no longer at all teams in all spans.
DROP TRIGGER "Membership_leaves";
CREATE TRIGGER "Membership_leaves" AFTER DELETE ON "Membership"
BEGIN
    UPDATE "Team" SET "members" = "members" - 1 WHERE "id" = OLD."teamId";
    INSERT INTO "TeamScore" ("workspaceId", "span", "teamId", "points", "active")
        SELECT s."workspaceId", s."span", t."id", -s."points", -1
        FROM "Team" t JOIN "Score" s ON s."learnerId" = OLD."learnerId" AND s."workspaceId" = t."workspaceId" AND s."board" = ''
        WHERE t."id" = OLD."teamId"
        ON CONFLICT ("workspaceId", "span", "teamId") DO UPDATE SET
            "points" = "TeamScore"."points" + excluded."points", "active" = "TeamScore"."active" - 1;
    DELETE FROM "TeamScore" WHERE "active" = 0 AND "teamId" = OLD."teamId" AND ("workspaceId", "span") IN (
        SELECT t."workspaceId", s."span" FROM "Team" t
        JOIN "Score" s ON s."learnerId" = OLD."learnerId" AND s."workspaceId" = t."workspaceId" AND s."board" = ''
        WHERE t."id" = OLD."teamId");
END;
