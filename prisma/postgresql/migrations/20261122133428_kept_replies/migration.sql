-- CreateTable
CREATE TABLE "KeptReply" (
    "id" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "reply" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "KeptReply_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "KeptReply_at_idx" ON "KeptReply"("at");

-- CreateIndex
CREATE INDEX "Account_externalId_idx" ON "Account"("externalId");
