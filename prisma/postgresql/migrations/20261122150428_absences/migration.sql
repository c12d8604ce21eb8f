-- CreateTable
CREATE TABLE "Absence" (
    "learnerId" TEXT NOT NULL,
    "firstDay" TEXT NOT NULL,
    "lastDay" TEXT NOT NULL,

    CONSTRAINT "Absence_pkey" PRIMARY KEY ("learnerId","firstDay")
);

-- AddForeignKey
ALTER TABLE "Absence" ADD CONSTRAINT "Absence_learnerId_fkey" FOREIGN KEY ("learnerId") REFERENCES "Learner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
