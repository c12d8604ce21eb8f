-- A card is hidden in a workspace, by its own admins, and no longer in all.

-- CreateTable. Without a rowid a workspace's cards are read from the key alone.
CREATE TABLE "HiddenCard" (
    "workspaceId" TEXT NOT NULL,
    "cardId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,

    PRIMARY KEY ("workspaceId", "cardId"),
    CONSTRAINT "HiddenCard_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "HiddenCard_cardId_fkey" FOREIGN KEY ("cardId") REFERENCES "Card" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
) WITHOUT ROWID;

-- What was hidden stays so wherever it was seen, but in direct messages: those have no admin who could bring it back.
INSERT INTO "HiddenCard" ("workspaceId", "cardId", "at")
    SELECT w."id", c."id", c."hiddenAt" FROM "Card" c CROSS JOIN "Workspace" w
    WHERE c."hiddenAt" IS NOT NULL AND w."externalId" <> 'direct';

-- AlterTable. No index, trigger or view names the column, so the table need not be built anew.
ALTER TABLE "Card" DROP COLUMN "hiddenAt";
