-- DropIndex
DROP INDEX "Score_workspaceId_board_span_points_idx";

-- AlterTable
ALTER TABLE "Review" ADD COLUMN     "workspaceId" TEXT;

-- CreateIndex
CREATE INDEX "Score_workspaceId_board_span_points_learnerId_idx" ON "Score"("workspaceId", "board", "span", "points", "learnerId");
