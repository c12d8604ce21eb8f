-- CreateTable
CREATE TABLE "KeptReply" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "owner" TEXT NOT NULL,
    "reply" TEXT NOT NULL,
    "at" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "KeptReply_at_idx" ON "KeptReply"("at");

-- CreateIndex
CREATE INDEX "Account_externalId_idx" ON "Account"("externalId");
