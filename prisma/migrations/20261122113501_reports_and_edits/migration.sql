-- AlterTable
ALTER TABLE "Card" ADD COLUMN "changedAt" DATETIME;
ALTER TABLE "Card" ADD COLUMN "hiddenAt" DATETIME;

-- CreateTable
CREATE TABLE "CardText" (
    "cardId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "front" TEXT NOT NULL,
    "back" TEXT NOT NULL,
    "since" DATETIME NOT NULL,

    PRIMARY KEY ("cardId", "hash"),
    CONSTRAINT "CardText_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Report" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "workspaceId" TEXT NOT NULL,
    "learnerId" TEXT NOT NULL,
    "cardId" TEXT,
    "conceptId" TEXT NOT NULL,
    "term" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "closedAt" DATETIME,
    CONSTRAINT "Report_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Report_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Report_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Wanted" (
    "learnerId" TEXT NOT NULL,
    "cardId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("learnerId", "cardId"),
    CONSTRAINT "Wanted_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Wanted_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Report_workspaceId_closedAt_at_idx" ON "Report"("workspaceId", "closedAt", "at");
