-- CreateTable
CREATE TABLE "Learner" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "timeZone" TEXT,
    "rolloverHour" INTEGER NOT NULL DEFAULT 4,
    "newPerDay" INTEGER NOT NULL DEFAULT 5,
    "reviewsPerDay" INTEGER NOT NULL DEFAULT 20,
    "desiredRetention" REAL NOT NULL DEFAULT 0.9,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Workspace" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "platform" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "name" TEXT,
    "timeZone" TEXT,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Account" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "learnerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Account_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Account_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Team" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Team_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Membership" (
    "teamId" TEXT NOT NULL,
    "learnerId" TEXT NOT NULL,
    "joinedAt" DATETIME NOT NULL,

    PRIMARY KEY ("teamId", "learnerId"),
    CONSTRAINT "Membership_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Membership_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Card" (
    "id" TEXT NOT NULL PRIMARY KEY,
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
    "addedAt" DATETIME NOT NULL,
    "editedAt" DATETIME NOT NULL,
    "retiredAt" DATETIME
);

-- CreateTable
CREATE TABLE "Parameters" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "learnerId" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "weights" TEXT NOT NULL,
    "desiredRetention" REAL NOT NULL,
    "maximumInterval" INTEGER NOT NULL,
    "learningSteps" TEXT NOT NULL,
    "relearningSteps" TEXT NOT NULL,
    "fuzz" BOOLEAN NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Parameters_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Review" (
    "position" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "learnerId" TEXT NOT NULL,
    "cardId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "voids" INTEGER,
    "at" DATETIME NOT NULL,
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
    CONSTRAINT "Review_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Review_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Review_parametersId_fkey" FOREIGN KEY ("parametersId") REFERENCES "Parameters" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "MemoryState" (
    "learnerId" TEXT NOT NULL,
    "cardId" TEXT NOT NULL,
    "lastSeq" INTEGER NOT NULL,
    "algorithm" TEXT NOT NULL,
    "stability" REAL,
    "difficulty" REAL,
    "phase" TEXT,
    "step" INTEGER,
    "due" DATETIME,
    "lastReview" DATETIME,
    "lastStudyDay" TEXT,
    "scheduledDays" INTEGER,
    "reps" INTEGER,
    "lapses" INTEGER,
    "spare" TEXT,
    "buriedUntil" TEXT,
    "suspended" BOOLEAN NOT NULL DEFAULT false,
    "leech" BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY ("learnerId", "cardId"),
    CONSTRAINT "MemoryState_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "MemoryState_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Schedule" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "minute" INTEGER NOT NULL,
    "weekdays" TEXT NOT NULL,
    "topic" TEXT,
    "enabled" BOOLEAN NOT NULL,
    "nextRunAt" DATETIME NOT NULL,
    "createdBy" TEXT,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Schedule_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Quiz" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "scheduleId" TEXT,
    "workspaceId" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "localDate" TEXT NOT NULL,
    "cardId" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "messageId" TEXT,
    "claimedAt" DATETIME NOT NULL,
    "postedAt" DATETIME,
    "closesAt" DATETIME NOT NULL,
    "closedAt" DATETIME,
    CONSTRAINT "Quiz_scheduleId_fkey" FOREIGN KEY ("scheduleId") REFERENCES "Schedule" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Quiz_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Quiz_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Answer" (
    "quizId" TEXT NOT NULL,
    "learnerId" TEXT NOT NULL,
    "choice" TEXT NOT NULL,
    "correct" BOOLEAN,
    "at" DATETIME NOT NULL,
    "seq" INTEGER NOT NULL,

    PRIMARY KEY ("quizId", "learnerId"),
    CONSTRAINT "Answer_quizId_fkey" FOREIGN KEY ("quizId") REFERENCES "Quiz" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Answer_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Score" (
    "workspaceId" TEXT NOT NULL,
    "season" TEXT NOT NULL,
    "learnerId" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "reviews" INTEGER NOT NULL,
    "correct" INTEGER NOT NULL,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("workspaceId", "season", "learnerId"),
    CONSTRAINT "Score_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Score_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LinkCode" (
    "codeHash" TEXT NOT NULL PRIMARY KEY,
    "learnerId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME,
    CONSTRAINT "LinkCode_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SlackInstallation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "isEnterprise" BOOLEAN NOT NULL,
    "sealed" TEXT NOT NULL,
    "installedAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Erasure" (
    "learnerId" TEXT NOT NULL PRIMARY KEY,
    "at" DATETIME NOT NULL,
    "rows" TEXT NOT NULL
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

-- The review log is append-only. An erasure (see model Erasure) opens it to the deletion of that learner's rows.
CREATE TRIGGER "Review_no_update" BEFORE UPDATE ON "Review"
BEGIN
    SELECT RAISE(ABORT, 'reviews are never changed');
END;

CREATE TRIGGER "Review_no_delete" BEFORE DELETE ON "Review"
WHEN NOT EXISTS (SELECT 1 FROM "Erasure" WHERE "learnerId" = OLD."learnerId")
BEGIN
    SELECT RAISE(ABORT, 'reviews are never deleted');
END;

-- A parameter set is never changed either: reviews say by which set they were scheduled.
CREATE TRIGGER "Parameters_no_update" BEFORE UPDATE ON "Parameters"
BEGIN
    SELECT RAISE(ABORT, 'parameter sets are never changed');
END;
