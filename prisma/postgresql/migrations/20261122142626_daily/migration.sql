-- DropIndex
DROP INDEX "Quiz_workspaceId_channel_localDate_key";

-- DropIndex
DROP INDEX "Schedule_enabled_nextRunAt_idx";

-- DropIndex
DROP INDEX "Score_workspaceId_season_points_idx";

-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "board" TEXT;

-- AlterTable
ALTER TABLE "Answer" ADD COLUMN     "studyDay" TEXT;

-- AlterTable
ALTER TABLE "Learner" ADD COLUMN     "weekendsOff" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Quiz" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "lateMinutes" INTEGER,
ADD COLUMN     "nextTryAt" TIMESTAMP(3),
ADD COLUMN     "position" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "threadId" TEXT;

-- AlterTable
ALTER TABLE "Schedule" DROP COLUMN "enabled",
ADD COLUMN     "difficulty" TEXT NOT NULL DEFAULT 'mixed',
ADD COLUMN     "openMinutes" INTEGER NOT NULL DEFAULT 480,
ADD COLUMN     "questions" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "skipDates" TEXT NOT NULL DEFAULT '[]',
ADD COLUMN     "status" TEXT NOT NULL DEFAULT 'on',
ADD COLUMN     "thread" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Score" DROP CONSTRAINT "Score_pkey",
DROP COLUMN "correct",
DROP COLUMN "reviews",
DROP COLUMN "season",
ADD COLUMN     "board" TEXT NOT NULL,
ADD COLUMN     "days" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "span" TEXT NOT NULL,
ADD CONSTRAINT "Score_pkey" PRIMARY KEY ("workspaceId", "board", "span", "learnerId");

-- AlterTable
ALTER TABLE "Team" ADD COLUMN     "goal" INTEGER,
ADD COLUMN     "group" TEXT;

-- AlterTable
ALTER TABLE "Workspace" ADD COLUMN     "boards" TEXT NOT NULL DEFAULT 'opt-out';

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

    CONSTRAINT "Activity_pkey" PRIMARY KEY ("workspaceId","board","learnerId","studyDay")
);

-- CreateTable
CREATE TABLE "ScoreCount" (
    "workspaceId" TEXT NOT NULL,
    "board" TEXT NOT NULL,
    "span" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "learners" INTEGER NOT NULL,

    CONSTRAINT "ScoreCount_pkey" PRIMARY KEY ("workspaceId","board","span","points")
);

-- CreateTable
CREATE TABLE "Freeze" (
    "learnerId" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "studyDay" TEXT NOT NULL,

    CONSTRAINT "Freeze_pkey" PRIMARY KEY ("learnerId","month")
);

-- CreateTable
CREATE TABLE "Announcement" (
    "workspaceId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Announcement_pkey" PRIMARY KEY ("workspaceId","key")
);

-- CreateIndex
CREATE INDEX "Activity_learnerId_studyDay_idx" ON "Activity"("learnerId", "studyDay");

-- CreateIndex
CREATE INDEX "Quiz_status_nextTryAt_idx" ON "Quiz"("status", "nextTryAt");

-- CreateIndex
CREATE UNIQUE INDEX "Quiz_workspaceId_channel_localDate_position_key" ON "Quiz"("workspaceId", "channel", "localDate", "position");

-- CreateIndex
CREATE INDEX "Schedule_status_nextRunAt_idx" ON "Schedule"("status", "nextRunAt");

-- CreateIndex
CREATE INDEX "Score_workspaceId_board_span_points_idx" ON "Score"("workspaceId", "board", "span", "points");

-- AddForeignKey
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Freeze" ADD CONSTRAINT "Freeze_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
