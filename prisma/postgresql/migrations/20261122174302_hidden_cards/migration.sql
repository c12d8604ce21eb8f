-- A card is hidden in a workspace, by its own admins, and no longer in all.

-- CreateTable
CREATE TABLE "HiddenCard" (
    "workspaceId" TEXT NOT NULL,
    "cardId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "HiddenCard_pkey" PRIMARY KEY ("workspaceId","cardId")
);

-- What was hidden stays so wherever it was seen, but in direct messages: those have no admin who could bring it back.
INSERT INTO "HiddenCard" ("workspaceId", "cardId", "at")
    SELECT w."id", c."id", c."hiddenAt" FROM "Card" c CROSS JOIN "Workspace" w
    WHERE c."hiddenAt" IS NOT NULL AND w."externalId" <> 'direct';

-- AlterTable
ALTER TABLE "Card" DROP COLUMN "hiddenAt";

-- AddForeignKey
ALTER TABLE "HiddenCard" ADD CONSTRAINT "HiddenCard_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HiddenCard" ADD CONSTRAINT "HiddenCard_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
