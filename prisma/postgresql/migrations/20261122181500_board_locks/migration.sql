-- The key of a membership or a score never changes: the figures of teams follow only from rows that begin and end.

CREATE FUNCTION "membership_keeps_key"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a membership is ended and another begun, never changed';
END;
$$;

CREATE FUNCTION "score_keeps_key"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a score is ended and another begun, never moved';
END;
$$;

CREATE TRIGGER "Membership_keeps_key" BEFORE UPDATE OF "teamId", "learnerId" ON "Membership"
    FOR EACH ROW EXECUTE FUNCTION "membership_keeps_key"();

CREATE TRIGGER "Score_keeps_key" BEFORE UPDATE OF "workspaceId", "board", "span", "learnerId" ON "Score"
    FOR EACH ROW EXECUTE FUNCTION "score_keeps_key"();

-- One lock for the boards of a workspace in place of one for each learner: two teammates who reviewed at once in two
-- processes took the rows of their team and of the counts in different orders and waited for each other, and of a team of
-- ten thousand nobody could be taken out, since the server keeps room for some thousands of locks. Memberships are
-- followed statement by statement, since a row that one transaction changes again and again is ever slower to find.
DROP TRIGGER "Membership_joins" ON "Membership";
DROP TRIGGER "Membership_leaves" ON "Membership";

CREATE OR REPLACE FUNCTION "membership_joins"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(w."workspaceId", 0)) FROM (
        SELECT DISTINCT t."workspaceId" FROM joined j JOIN "Team" t ON t."id" = j."teamId" ORDER BY 1) w;
    UPDATE "Team" t SET "members" = t."members" + j."learners"
        FROM (SELECT "teamId", COUNT(*) AS "learners" FROM joined GROUP BY "teamId") j WHERE t."id" = j."teamId";
    INSERT INTO "TeamScore" ("workspaceId", "span", "teamId", "points", "active")
        SELECT t."workspaceId", s."span", t."id", SUM(s."points"), COUNT(*)
        FROM joined j JOIN "Team" t ON t."id" = j."teamId"
        JOIN "Score" s ON s."learnerId" = j."learnerId" AND s."workspaceId" = t."workspaceId" AND s."board" = ''
        GROUP BY t."workspaceId", s."span", t."id"
        ON CONFLICT ("workspaceId", "span", "teamId") DO UPDATE SET
            "points" = "TeamScore"."points" + excluded."points", "active" = "TeamScore"."active" + excluded."active";
    RETURN NULL;
END;
$$;

CREATE OR REPLACE FUNCTION "membership_leaves"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(w."workspaceId", 0)) FROM (
        SELECT DISTINCT t."workspaceId" FROM gone g JOIN "Team" t ON t."id" = g."teamId" ORDER BY 1) w;
    UPDATE "Team" t SET "members" = t."members" - g."learners"
        FROM (SELECT "teamId", COUNT(*) AS "learners" FROM gone GROUP BY "teamId") g WHERE t."id" = g."teamId";
    UPDATE "TeamScore" c SET "points" = c."points" - l."points", "active" = c."active" - l."active" FROM (
        SELECT t."workspaceId", s."span", t."id", SUM(s."points") AS "points", COUNT(*) AS "active"
        FROM gone g JOIN "Team" t ON t."id" = g."teamId"
        JOIN "Score" s ON s."learnerId" = g."learnerId" AND s."workspaceId" = t."workspaceId" AND s."board" = ''
        GROUP BY t."workspaceId", s."span", t."id") l
        WHERE c."workspaceId" = l."workspaceId" AND c."span" = l."span" AND c."teamId" = l."id";
    DELETE FROM "TeamScore" c USING (
        SELECT DISTINCT t."workspaceId", t."id" FROM gone g JOIN "Team" t ON t."id" = g."teamId") l
        WHERE c."active" = 0 AND c."workspaceId" = l."workspaceId" AND c."teamId" = l."id";
    RETURN NULL;
END;
$$;

CREATE TRIGGER "Membership_joins" AFTER INSERT ON "Membership" REFERENCING NEW TABLE AS joined
    FOR EACH STATEMENT EXECUTE FUNCTION "membership_joins"();

CREATE TRIGGER "Membership_leaves" AFTER DELETE ON "Membership" REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION "membership_leaves"();

CREATE OR REPLACE FUNCTION "score_begins"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW."workspaceId", 0));
    INSERT INTO "TeamScore" ("workspaceId", "span", "teamId", "points", "active")
        SELECT t."workspaceId", NEW."span", t."id", NEW."points", 1
        FROM "Membership" m JOIN "Team" t ON t."id" = m."teamId"
        WHERE m."learnerId" = NEW."learnerId" AND t."workspaceId" = NEW."workspaceId"
        ON CONFLICT ("workspaceId", "span", "teamId") DO UPDATE SET
            "points" = "TeamScore"."points" + excluded."points", "active" = "TeamScore"."active" + 1;
    RETURN NULL;
END;
$$;

CREATE OR REPLACE FUNCTION "score_moves"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW."workspaceId", 0));
    UPDATE "TeamScore" SET "points" = "points" + NEW."points" - OLD."points"
        WHERE "workspaceId" = NEW."workspaceId" AND "span" = NEW."span"
            AND "teamId" IN (SELECT "teamId" FROM "Membership" WHERE "learnerId" = NEW."learnerId");
    RETURN NULL;
END;
$$;

CREATE OR REPLACE FUNCTION "score_ends"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(OLD."workspaceId", 0));
    UPDATE "TeamScore" SET "points" = "points" - OLD."points", "active" = "active" - 1
        WHERE "workspaceId" = OLD."workspaceId" AND "span" = OLD."span"
            AND "teamId" IN (SELECT "teamId" FROM "Membership" WHERE "learnerId" = OLD."learnerId");
    RETURN NULL;
END;
$$;
