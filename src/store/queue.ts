import type { StudyDay } from '../learning/model.js';
import { retrievability } from '../learning/schedule.js';
import { endOfStudyDay, studyDayOf } from '../learning/studyday.js';
import { CardId } from '../notes/model.js';
import { comesBackAt } from './changed.js';
import type { Database } from './database.js';
import type { PrismaClient } from './generated/sqlite/client.js';
import type { CardWhereInput } from './generated/sqlite/models/Card.js';
import { fromColumns } from './memory.js';
import type { Queue, QueueQuery } from './store.js';

/** Cards that `next` names at most. */
const SAMPLE = 20;
/** Cards read at once where only some of them may do. */
const SEARCH = 5000;

/** What a learner has to do today; `isShown` says which cards they can be asked. See Queue. */
export function queue(
  database: Database,
  query: QueueQuery,
  isShown: (card: string) => boolean,
): Promise<Queue> {
  return database.read(async (client) => {
    const today = studyDayOf(query.now, query.clock);
    const end = endOfStudyDay(today, query.clock);
    const among = query.among === undefined ? undefined : new Set<string>(query.among);
    const isAsked = (id: string) => isShown(id) && (among?.has(id) ?? true);
    const [done, due] = await Promise.all([
      doneToday(client, query.learner, today),
      dueCards(client, query.learner, today, end),
    ]);
    const asked = due.filter(({ cardId }) => isAsked(cardId));
    const steps = asked.filter(({ state }) => state.phase !== 'review');
    const ready = steps.filter(({ state }) => state.due <= query.now);
    const concepts = new OnePerConcept([...done.concepts, ...steps.map(({ conceptId }) => conceptId)]);
    const reviews = asked
      .filter(({ state, conceptId }) => state.phase === 'review' && concepts.take(conceptId))
      .slice(0, Math.max(0, query.reviewsPerDay - done.reviews))
      .map((card) => ({ ...card, recall: retrievability(card.state, query.now, query.clock) }))
      .sort((a, b) => Number(b.changed) - Number(a.changed) || a.recall - b.recall);
    const freshLeft = Math.max(0, query.newPerDay - done.introduced);
    const fresh = await newCards(client, query, today, isAsked, concepts, freshLeft);
    const next = [...ready, ...reviews].map(({ cardId }) => cardId).concat(fresh);
    const waiting = steps.find(({ state }) => state.due > query.now);
    return {
      next: next.slice(0, SAMPLE).map((id) => CardId.parse(id)),
      due: reviews.length,
      learning: steps.length,
      fresh: fresh.length,
      nextStepAt: next.length === 0 ? waiting?.state.due : undefined,
      buried: concepts.refused,
    };
  });
}

/** Buries siblings for the day: who has just seen one card of a concept may know the answer to another from it. */
class OnePerConcept {
  readonly #taken: Set<string>;
  #refused = false;

  constructor(taken: readonly string[]) {
    this.#taken = new Set(taken);
  }

  /** Whether this is the concept's first card. */
  take(concept: string): boolean {
    const first = !this.#taken.has(concept);
    if (first) this.#taken.add(concept);
    else this.#refused = true;
    return first;
  }

  /** Whether any card was held back. */
  get refused(): boolean {
    return this.#refused;
  }
}

/**
 * Cards that fall due before the end of the study day: first those that have changed their meaning since the learner
 * saw them and come back for that, then the longest overdue.
 */
async function dueCards(client: PrismaClient, learnerId: string, today: StudyDay, end: Date) {
  const rows = await client.memoryState.findMany({
    where: {
      learnerId,
      suspended: false,
      AND: [
        { OR: [{ due: { lt: end } }, { card: { changedAt: { not: null } } }] },
        { OR: [{ buriedUntil: null }, { buriedUntil: { lte: today } }] },
      ],
      card: { retiredAt: null },
    },
    include: { card: { select: { conceptId: true, changedAt: true } } },
    orderBy: [{ due: 'asc' }, { cardId: 'asc' }],
  });
  const due = rows.flatMap((row) => {
    const state = fromColumns(row);
    if (state === undefined) return [];
    const { conceptId, changedAt } = row.card;
    const isChanged = changedAt !== null && state.lastReview < changedAt;
    const changed = isChanged && comesBackAt(changedAt, learnerId, row.cardId) < end;
    return changed || state.due < end ? [{ cardId: row.cardId, conceptId, state, changed }] : [];
  });
  return [...due.filter(({ changed }) => changed), ...due.filter(({ changed }) => !changed)];
}

/** Ids of cards to introduce: those that the learner asked for, then in the order of the notes. */
async function newCards(
  client: PrismaClient,
  { learner: learnerId, among }: QueueQuery,
  today: StudyDay,
  isAsked: (id: string) => boolean,
  concepts: OnePerConcept,
  limit: number,
): Promise<readonly string[]> {
  const chosen: string[] = [];
  if (limit === 0) return chosen;
  const unseen = {
    // The database looks for few cards one by one, and through all where they are many.
    ...(among !== undefined && among.length <= SEARCH && { id: { in: [...among] } }),
    retiredAt: null,
    memoryStates: {
      none: {
        learnerId,
        OR: [{ phase: { not: null } }, { suspended: true }, { buriedUntil: { gt: today } }],
      },
    },
  };
  for await (const { id, conceptId } of unseenCards(client, learnerId, unseen, among ? SEARCH : limit * 4)) {
    if (chosen.includes(id) || !isAsked(id) || !concepts.take(conceptId)) continue;
    chosen.push(id);
    if (chosen.length >= limit) break;
  }
  return chosen;
}

/** Cards that are new to the learner; one that they asked for comes twice. */
async function* unseenCards(
  client: PrismaClient,
  learnerId: string,
  unseen: CardWhereInput,
  page: number,
): AsyncGenerator<{ readonly id: string; readonly conceptId: string }> {
  const wanted = await client.wanted.findMany({
    where: { learnerId, card: unseen },
    orderBy: [{ at: 'asc' }, { card: { position: 'asc' } }],
    select: { card: { select: { id: true, conceptId: true } } },
  });
  yield* wanted.map(({ card }) => card);
  for (let after = { position: -1, id: '' }; ; ) {
    const rows = await client.card.findMany({
      where: {
        ...unseen,
        OR: [{ position: { gt: after.position } }, { position: after.position, id: { gt: after.id } }],
      },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: { id: true, conceptId: true, position: true },
      take: page,
    });
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    after = last;
  }
}

/**
 * What counts against today's limits: cards seen for the first time, due reviews, concepts; undone ones do not. The
 * first answer to a daily quiz shows a concept too, although it may not count.
 */
async function doneToday(client: PrismaClient, learnerId: string, today: StudyDay) {
  const rows = await client.review.findMany({
    where: {
      learnerId,
      studyDay: { gte: today },
      OR: [{ kind: 'void' }, { kind: 'review', counts: true }, { kind: 'review', source: 'daily' }],
    },
    select: {
      cardId: true,
      seq: true,
      kind: true,
      counts: true,
      voids: true,
      phaseBefore: true,
      studyDay: true,
      card: { select: { conceptId: true } },
    },
  });
  const voided = new Set(
    rows.filter((row) => row.kind === 'void').map((row) => `${row.cardId} ${row.voids}`),
  );
  const standing = rows.filter(
    (row) => row.kind === 'review' && row.studyDay === today && !voided.has(`${row.cardId} ${row.seq}`),
  );
  const counted = standing.filter(({ counts }) => counts);
  return {
    concepts: standing.map(({ card }) => card.conceptId),
    introduced: counted.filter((row) => row.phaseBefore === null).length,
    reviews: counted.filter((row) => row.phaseBefore === 'review').length,
  };
}
