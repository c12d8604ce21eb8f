import { foldReviews } from '../learning/history.js';
import type { StudyClock } from '../learning/model.js';
import { deltaDays } from '../learning/schedule.js';
import { addDays, parseStudyDay, studyDayOf } from '../learning/studyday.js';
import { CardId } from '../notes/model.js';
import { settleDay } from './activity.js';
import { ClientSql } from './client-sql.js';
import type { Database, Transaction } from './database.js';
import { ParameterSets, toLogged } from './log.js';
import { ALGORITHM, fromColumns, fromJson, toColumns, toJson } from './memory.js';
import { fuzzSeed, type LearnerId, type Undone } from './store.js';

/** Voids the last review of today or yesterday that a memory state rests on. */
export function undo(
  database: Database,
  learner: LearnerId,
  idempotencyKey: string,
  at: Date,
  clock: StudyClock,
): Promise<Undone> {
  return database.change(async (tx) => {
    const earlier = await tx.review.findUnique({ where: { idempotencyKey } });
    if (earlier !== null) {
      return {
        outcome: 'duplicate',
        card: CardId.parse(earlier.cardId),
        state: fromJson(earlier.stateAfter),
      };
    }
    const last = await lastReview(tx, learner, at, clock);
    if (last === undefined) return { outcome: 'nothing' };
    return { outcome: 'undone', ...(await voidReview(tx, learner, last, idempotencyKey, at, clock)) };
  });
}

interface Standing {
  readonly cardId: string;
  readonly seq: number;
}

/** The last one written counts as the last, whatever clocks said. */
async function lastReview(
  tx: Transaction,
  learnerId: string,
  at: Date,
  clock: StudyClock,
): Promise<Standing | undefined> {
  const since = addDays(studyDayOf(at, clock), -1);
  const rows = await tx.review.findMany({
    where: { learnerId, studyDay: { gte: since } },
    orderBy: { position: 'desc' },
    select: { cardId: true, seq: true, kind: true, counts: true, rating: true, voids: true },
  });
  const voided = new Set<string>();
  for (const row of rows) {
    if (row.kind === 'void') voided.add(`${row.cardId} ${row.voids}`);
    else if (voided.has(`${row.cardId} ${row.seq}`)) continue;
    else if (row.kind === 'reset' || (row.kind === 'review' && row.counts && row.rating !== null)) return row;
  }
  return undefined;
}

async function voidReview(
  tx: Transaction,
  learner: LearnerId,
  { cardId, seq: voids }: Standing,
  idempotencyKey: string,
  at: Date,
  clock: StudyClock,
) {
  const key = { learnerId: learner, cardId };
  const rows = await tx.review.findMany({ where: key, orderBy: { seq: 'asc' } });
  const sets = new ParameterSets(await tx.parameters.findMany({ where: { learnerId: learner } }));
  const log = rows.map((row) => toLogged(row, sets));
  const voidedRow = rows.find((row) => row.seq === voids);
  const newest = log.at(-1);
  if (voidedRow === undefined || newest === undefined) throw new Error('The review to undo is gone.');
  const memory = await tx.memoryState.findUniqueOrThrow({ where: { learnerId_cardId: key } });
  const before = fromColumns(memory);
  const card = CardId.parse(cardId);
  const seq = newest.seq + 1;
  const entry = { ...newest, seq, kind: 'void' as const, voids, at, clock, rating: undefined, counts: false };
  const state = foldReviews([...log, entry]);
  await tx.review.createMany({
    data: {
      ...key,
      seq,
      idempotencyKey,
      kind: entry.kind,
      voids,
      at,
      timeZone: clock.timeZone,
      rolloverHour: clock.rolloverHour,
      studyDay: studyDayOf(at, clock),
      deltaDays: before === undefined ? null : deltaDays(before, at, clock),
      counts: false,
      source: voidedRow.source,
      format: voidedRow.format,
      cardVersion: voidedRow.cardVersion,
      seed: fuzzSeed(learner, card, seq),
      parametersId: voidedRow.parametersId,
      phaseBefore: before?.phase ?? null,
      stateBefore: toJson(before),
      stateAfter: toJson(state),
    },
  });
  await tx.memoryState.update({
    where: { learnerId_cardId: key, lastSeq: newest.seq },
    data: { ...toColumns(state), algorithm: ALGORITHM, lastSeq: seq },
  });
  await settleDay(tx, new ClientSql(tx), learner, parseStudyDay(voidedRow.studyDay), at);
  return { card, state };
}
