-- AlterTable
ALTER TABLE "Account" ADD COLUMN "board" TEXT;

-- AlterTable
ALTER TABLE "Answer" ADD COLUMN "studyDay" TEXT;

-- AlterTable: added rather than built anew, for these two have rows that others point at
ALTER TABLE "Learner" ADD COLUMN "weekendsOff" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Workspace" ADD COLUMN "boards" TEXT NOT NULL DEFAULT 'opt-out';

-- AlterTable
ALTER TABLE "Team" ADD COLUMN "goal" INTEGER;
ALTER TABLE "Team" ADD COLUMN "group" TEXT;

-- CreateTable
CREATE TABLE "Activity" (
    "workspaceId" TEXT NOT NULL,
    "learnerId" TEXT NOT NULL,
    "studyDay" TEXT NOT NULL,
    "board" TEXT NOT NULL,
    "due" INTEGER NOT NULL DEFAULT 0,
    "recalled" INTEGER NOT NULL DEFAULT 0,
    "quizzes" INTEGER NOT NULL DEFAULT 0,
    "right" INTEGER NOT NULL DEFAULT 0,
    "points" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("workspaceId", "board", "learnerId", "studyDay"),
    CONSTRAINT "Activity_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Activity_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ScoreCount" (
    "workspaceId" TEXT NOT NULL,
    "board" TEXT NOT NULL,
    "span" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "learners" INTEGER NOT NULL,

    PRIMARY KEY ("workspaceId", "board", "span", "points")
);

-- CreateTable
CREATE TABLE "Freeze" (
    "learnerId" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "studyDay" TEXT NOT NULL,

    PRIMARY KEY ("learnerId", "month"),
    CONSTRAINT "Freeze_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Announcement" (
    "workspaceId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("workspaceId", "key")
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Quiz" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "scheduleId" TEXT,
    "workspaceId" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "localDate" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "cardId" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "messageId" TEXT,
    "threadId" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" DATETIME,
    "lateMinutes" INTEGER,
    "claimedAt" DATETIME NOT NULL,
    "postedAt" DATETIME,
    "closesAt" DATETIME NOT NULL,
    "closedAt" DATETIME,
    CONSTRAINT "Quiz_scheduleId_fkey" FOREIGN KEY ("scheduleId") REFERENCES "Schedule" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Quiz_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Quiz_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Quiz" ("cardId", "channel", "claimedAt", "closedAt", "closesAt", "id", "localDate", "messageId", "postedAt", "question", "scheduleId", "status", "workspaceId") SELECT "cardId", "channel", "claimedAt", "closedAt", "closesAt", "id", "localDate", "messageId", "postedAt", "question", "scheduleId", "status", "workspaceId" FROM "Quiz";
DROP TABLE "Quiz";
ALTER TABLE "new_Quiz" RENAME TO "Quiz";
CREATE INDEX "Quiz_status_nextTryAt_idx" ON "Quiz"("status", "nextTryAt");
CREATE INDEX "Quiz_status_closesAt_idx" ON "Quiz"("status", "closesAt");
CREATE INDEX "Quiz_workspaceId_channel_cardId_idx" ON "Quiz"("workspaceId", "channel", "cardId");
CREATE UNIQUE INDEX "Quiz_workspaceId_channel_localDate_position_key" ON "Quiz"("workspaceId", "channel", "localDate", "position");
CREATE TABLE "new_Schedule" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "minute" INTEGER NOT NULL,
    "weekdays" TEXT NOT NULL,
    "topic" TEXT,
    "difficulty" TEXT NOT NULL DEFAULT 'mixed',
    "questions" INTEGER NOT NULL DEFAULT 1,
    "openMinutes" INTEGER NOT NULL DEFAULT 480,
    "skipDates" TEXT NOT NULL DEFAULT '[]',
    "thread" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL DEFAULT 'on',
    "reason" TEXT,
    "nextRunAt" DATETIME NOT NULL,
    "createdBy" TEXT,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Schedule_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Schedule" ("channel", "createdAt", "createdBy", "id", "minute", "nextRunAt", "timeZone", "topic", "weekdays", "workspaceId") SELECT "channel", "createdAt", "createdBy", "id", "minute", "nextRunAt", "timeZone", "topic", "weekdays", "workspaceId" FROM "Schedule";
DROP TABLE "Schedule";
ALTER TABLE "new_Schedule" RENAME TO "Schedule";
CREATE INDEX "Schedule_status_nextRunAt_idx" ON "Schedule"("status", "nextRunAt");
CREATE UNIQUE INDEX "Schedule_workspaceId_channel_key" ON "Schedule"("workspaceId", "channel");
CREATE TABLE "new_Score" (
    "workspaceId" TEXT NOT NULL,
    "board" TEXT NOT NULL,
    "span" TEXT NOT NULL,
    "learnerId" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "days" INTEGER NOT NULL DEFAULT 0,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("workspaceId", "board", "span", "learnerId"),
    CONSTRAINT "Score_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Score_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Score" ("learnerId", "points", "updatedAt", "workspaceId") SELECT "learnerId", "points", "updatedAt", "workspaceId" FROM "Score";
DROP TABLE "Score";
ALTER TABLE "new_Score" RENAME TO "Score";
CREATE INDEX "Score_workspaceId_board_span_points_idx" ON "Score"("workspaceId", "board", "span", "points");
CREATE INDEX "Score_learnerId_idx" ON "Score"("learnerId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "Activity_learnerId_studyDay_idx" ON "Activity"("learnerId", "studyDay");
