import type { StudyDay } from '../learning/model.js';
import { retrievability } from '../learning/schedule.js';
import { endOfStudyDay, studyDayOf } from '../learning/studyday.js';
import { CardId } from '../notes/model.js';
import type { Database } from './database.js';
import type { PrismaClient } from './generated/sqlite/client.js';
import { fromColumns } from './memory.js';
import type { Queue, QueueQuery } from './store.js';

/** Cards that `next` names at most. */
const SAMPLE = 20;

/** What a learner has to do today; see Queue. */
export function queue(database: Database, query: QueueQuery): Promise<Queue> {
  return database.read(async (client) => {
    const today = studyDayOf(query.now, query.clock);
    const end = endOfStudyDay(today, query.clock);
    const among = query.among === undefined ? undefined : new Set<string>(query.among);
    const [done, due, unseen] = await Promise.all([
      doneToday(client, query.learner, today),
      dueCards(client, query.learner, today, end),
      unseenCards(client, query.learner, today, among === undefined ? query.newPerDay : undefined),
    ]);
    const asked = among === undefined ? due : due.filter(({ cardId }) => among.has(cardId));
    const steps = asked.filter(({ state }) => state.phase !== 'review');
    const ready = steps.filter(({ state }) => state.due <= query.now);
    const reviewsLeft = Math.max(0, query.reviewsPerDay - done.reviews);
    const reviews = asked
      .filter(({ state }) => state.phase === 'review')
      .slice(0, reviewsLeft)
      .map((card) => ({ ...card, recall: retrievability(card.state, query.now, query.clock) }))
      .sort((a, b) => a.recall - b.recall);
    const freshLeft = Math.max(0, query.newPerDay - done.introduced);
    const fresh = unseen.filter((id) => among?.has(id) ?? true).slice(0, freshLeft);
    const next = [...ready, ...reviews].map(({ cardId }) => cardId).concat(fresh);
    const waiting = steps.find(({ state }) => state.due > query.now);
    return {
      next: next.slice(0, SAMPLE).map((id) => CardId.parse(id)),
      due: reviews.length,
      learning: steps.length,
      fresh: fresh.length,
      nextStepAt: next.length === 0 ? waiting?.state.due : undefined,
    };
  });
}

/** Cards that fall due before the end of the study day, the longest overdue first. */
async function dueCards(client: PrismaClient, learnerId: string, today: StudyDay, end: Date) {
  const rows = await client.memoryState.findMany({
    where: {
      learnerId,
      due: { lt: end },
      suspended: false,
      OR: [{ buriedUntil: null }, { buriedUntil: { lte: today } }],
      card: { retiredAt: null },
    },
    orderBy: [{ due: 'asc' }, { cardId: 'asc' }],
  });
  return rows.flatMap((row) => {
    const state = fromColumns(row);
    return state === undefined ? [] : [{ cardId: row.cardId, state }];
  });
}

/** Ids of cards that the learner has no memory of, in the order of the notes. */
async function unseenCards(
  client: PrismaClient,
  learnerId: string,
  today: StudyDay,
  limit: number | undefined,
): Promise<string[]> {
  const rows = await client.card.findMany({
    where: {
      retiredAt: null,
      memoryStates: {
        none: {
          learnerId,
          OR: [{ phase: { not: null } }, { suspended: true }, { buriedUntil: { gt: today } }],
        },
      },
    },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true },
    ...(limit === undefined ? {} : { take: Math.max(0, limit) }),
  });
  return rows.map(({ id }) => id);
}

/** What counts against today's limits: cards seen for the first time, and due reviews; undone ones do not. */
async function doneToday(client: PrismaClient, learnerId: string, today: StudyDay) {
  const rows = await client.review.findMany({
    where: { learnerId, studyDay: { gte: today }, OR: [{ kind: 'void' }, { kind: 'review', counts: true }] },
    select: { cardId: true, seq: true, kind: true, voids: true, phaseBefore: true, studyDay: true },
  });
  const voided = new Set(
    rows.filter((row) => row.kind === 'void').map((row) => `${row.cardId} ${row.voids}`),
  );
  const standing = rows.filter(
    (row) => row.kind === 'review' && row.studyDay === today && !voided.has(`${row.cardId} ${row.seq}`),
  );
  return {
    introduced: standing.filter((row) => row.phaseBefore === null).length,
    reviews: standing.filter((row) => row.phaseBefore === 'review').length,
  };
}
