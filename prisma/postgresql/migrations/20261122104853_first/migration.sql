-- CreateTable
CREATE TABLE "Learner" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "timeZone" TEXT,
    "rolloverHour" INTEGER NOT NULL DEFAULT 4,
    "newPerDay" INTEGER NOT NULL DEFAULT 5,
    "reviewsPerDay" INTEGER NOT NULL DEFAULT 20,
    "desiredRetention" DOUBLE PRECISION NOT NULL DEFAULT 0.9,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Learner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Workspace" (
    "id" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "name" TEXT,
    "timeZone" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Workspace_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "learnerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Team" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "teamId" TEXT NOT NULL,
    "learnerId" TEXT NOT NULL,
    "joinedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("teamId","learnerId")
);

-- CreateTable
CREATE TABLE "Card" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "conceptId" TEXT NOT NULL,
    "deck" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "front" TEXT NOT NULL,
    "back" TEXT NOT NULL,
    "keyPoints" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "endLine" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "addedAt" TIMESTAMP(3) NOT NULL,
    "editedAt" TIMESTAMP(3) NOT NULL,
    "retiredAt" TIMESTAMP(3),

    CONSTRAINT "Card_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Parameters" (
    "id" TEXT NOT NULL,
    "learnerId" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "weights" TEXT NOT NULL,
    "desiredRetention" DOUBLE PRECISION NOT NULL,
    "maximumInterval" INTEGER NOT NULL,
    "learningSteps" TEXT NOT NULL,
    "relearningSteps" TEXT NOT NULL,
    "fuzz" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Parameters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Review" (
    "position" SERIAL NOT NULL,
    "learnerId" TEXT NOT NULL,
    "cardId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "voids" INTEGER,
    "at" TIMESTAMP(3) NOT NULL,
    "timeZone" TEXT NOT NULL,
    "rolloverHour" INTEGER NOT NULL,
    "studyDay" TEXT NOT NULL,
    "deltaDays" INTEGER,
    "rating" INTEGER,
    "counts" BOOLEAN NOT NULL,
    "source" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "answer" TEXT,
    "correct" BOOLEAN,
    "responseMs" INTEGER,
    "question" TEXT,
    "cardVersion" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "parametersId" TEXT NOT NULL,
    "phaseBefore" TEXT,
    "stateBefore" TEXT,
    "stateAfter" TEXT,

    CONSTRAINT "Review_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "MemoryState" (
    "learnerId" TEXT NOT NULL,
    "cardId" TEXT NOT NULL,
    "lastSeq" INTEGER NOT NULL,
    "algorithm" TEXT NOT NULL,
    "stability" DOUBLE PRECISION,
    "difficulty" DOUBLE PRECISION,
    "phase" TEXT,
    "step" INTEGER,
    "due" TIMESTAMP(3),
    "lastReview" TIMESTAMP(3),
    "lastStudyDay" TEXT,
    "scheduledDays" INTEGER,
    "reps" INTEGER,
    "lapses" INTEGER,
    "spare" TEXT,
    "buriedUntil" TEXT,
    "suspended" BOOLEAN NOT NULL DEFAULT false,
    "leech" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "MemoryState_pkey" PRIMARY KEY ("learnerId","cardId")
);

-- CreateTable
CREATE TABLE "Schedule" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "minute" INTEGER NOT NULL,
    "weekdays" TEXT NOT NULL,
    "topic" TEXT,
    "enabled" BOOLEAN NOT NULL,
    "nextRunAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Quiz" (
    "id" TEXT NOT NULL,
    "scheduleId" TEXT,
    "workspaceId" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "localDate" TEXT NOT NULL,
    "cardId" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "messageId" TEXT,
    "claimedAt" TIMESTAMP(3) NOT NULL,
    "postedAt" TIMESTAMP(3),
    "closesAt" TIMESTAMP(3) NOT NULL,
    "closedAt" TIMESTAMP(3),

    CONSTRAINT "Quiz_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Answer" (
    "quizId" TEXT NOT NULL,
    "learnerId" TEXT NOT NULL,
    "choice" TEXT NOT NULL,
    "correct" BOOLEAN,
    "at" TIMESTAMP(3) NOT NULL,
    "seq" INTEGER NOT NULL,

    CONSTRAINT "Answer_pkey" PRIMARY KEY ("quizId","learnerId")
);

-- CreateTable
CREATE TABLE "Score" (
    "workspaceId" TEXT NOT NULL,
    "season" TEXT NOT NULL,
    "learnerId" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "reviews" INTEGER NOT NULL,
    "correct" INTEGER NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Score_pkey" PRIMARY KEY ("workspaceId","season","learnerId")
);

-- CreateTable
CREATE TABLE "LinkCode" (
    "codeHash" TEXT NOT NULL,
    "learnerId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),

    CONSTRAINT "LinkCode_pkey" PRIMARY KEY ("codeHash")
);

-- CreateTable
CREATE TABLE "SlackInstallation" (
    "id" TEXT NOT NULL,
    "isEnterprise" BOOLEAN NOT NULL,
    "sealed" TEXT NOT NULL,
    "installedAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SlackInstallation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Erasure" (
    "learnerId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "rows" TEXT NOT NULL,

    CONSTRAINT "Erasure_pkey" PRIMARY KEY ("learnerId")
);

-- CreateIndex
CREATE UNIQUE INDEX "Workspace_platform_externalId_key" ON "Workspace"("platform", "externalId");

-- CreateIndex
CREATE INDEX "Account_learnerId_idx" ON "Account"("learnerId");

-- CreateIndex
CREATE UNIQUE INDEX "Account_workspaceId_externalId_key" ON "Account"("workspaceId", "externalId");

-- CreateIndex
CREATE UNIQUE INDEX "Team_workspaceId_name_key" ON "Team"("workspaceId", "name");

-- CreateIndex
CREATE INDEX "Membership_learnerId_idx" ON "Membership"("learnerId");

-- CreateIndex
CREATE INDEX "Card_retiredAt_position_idx" ON "Card"("retiredAt", "position");

-- CreateIndex
CREATE INDEX "Card_key_idx" ON "Card"("key");

-- CreateIndex
CREATE INDEX "Parameters_learnerId_idx" ON "Parameters"("learnerId");

-- CreateIndex
CREATE UNIQUE INDEX "Review_idempotencyKey_key" ON "Review"("idempotencyKey");

-- CreateIndex
CREATE INDEX "Review_learnerId_studyDay_idx" ON "Review"("learnerId", "studyDay");

-- CreateIndex
CREATE UNIQUE INDEX "Review_learnerId_cardId_seq_key" ON "Review"("learnerId", "cardId", "seq");

-- CreateIndex
CREATE INDEX "MemoryState_learnerId_due_idx" ON "MemoryState"("learnerId", "due");

-- CreateIndex
CREATE INDEX "Schedule_enabled_nextRunAt_idx" ON "Schedule"("enabled", "nextRunAt");

-- CreateIndex
CREATE UNIQUE INDEX "Schedule_workspaceId_channel_key" ON "Schedule"("workspaceId", "channel");

-- CreateIndex
CREATE INDEX "Quiz_status_closesAt_idx" ON "Quiz"("status", "closesAt");

-- CreateIndex
CREATE INDEX "Quiz_workspaceId_channel_cardId_idx" ON "Quiz"("workspaceId", "channel", "cardId");

-- CreateIndex
CREATE UNIQUE INDEX "Quiz_workspaceId_channel_localDate_key" ON "Quiz"("workspaceId", "channel", "localDate");

-- CreateIndex
CREATE INDEX "Answer_learnerId_idx" ON "Answer"("learnerId");

-- CreateIndex
CREATE INDEX "Score_workspaceId_season_points_idx" ON "Score"("workspaceId", "season", "points");

-- CreateIndex
CREATE INDEX "Score_learnerId_idx" ON "Score"("learnerId");

-- CreateIndex
CREATE INDEX "LinkCode_learnerId_idx" ON "LinkCode"("learnerId");

-- CreateIndex
CREATE INDEX "LinkCode_expiresAt_idx" ON "LinkCode"("expiresAt");

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Team" ADD CONSTRAINT "Team_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Parameters" ADD CONSTRAINT "Parameters_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_parametersId_fkey" FOREIGN KEY ("parametersId") REFERENCES "Parameters"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemoryState" ADD CONSTRAINT "MemoryState_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MemoryState" ADD CONSTRAINT "MemoryState_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Schedule" ADD CONSTRAINT "Schedule_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quiz" ADD CONSTRAINT "Quiz_scheduleId_fkey" FOREIGN KEY ("scheduleId") REFERENCES "Schedule"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quiz" ADD CONSTRAINT "Quiz_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quiz" ADD CONSTRAINT "Quiz_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Answer" ADD CONSTRAINT "Answer_quizId_fkey" FOREIGN KEY ("quizId") REFERENCES "Quiz"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Answer" ADD CONSTRAINT "Answer_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Score" ADD CONSTRAINT "Score_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Score" ADD CONSTRAINT "Score_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LinkCode" ADD CONSTRAINT "LinkCode_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The review log is append-only. An erasure (see model Erasure) opens it to the deletion of that learner's rows.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE FUNCTION "refuse_delete_but_for_erasure"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM "Erasure" WHERE "learnerId" = OLD."learnerId") THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'reviews are never deleted' USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER "Review_no_update" BEFORE UPDATE ON "Review"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

CREATE TRIGGER "Review_no_delete" BEFORE DELETE ON "Review"
    FOR EACH ROW EXECUTE FUNCTION "refuse_delete_but_for_erasure"();

CREATE TRIGGER "Review_no_truncate" BEFORE TRUNCATE ON "Review"
    FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- A parameter set is never changed either: reviews say by which set they were scheduled.
CREATE TRIGGER "Parameters_no_update" BEFORE UPDATE ON "Parameters"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
