import { z } from 'zod';
import type { MemoryState, StudyDay } from '../learning/model.js';
import { type Activity, earned } from '../learning/points.js';
import { advance, deltaDays } from '../learning/schedule.js';
import { studyDayOf } from '../learning/studyday.js';
import { credit, markedOf, WHOLE } from './activity.js';
import { ALGORITHM, fromJson, fromValues, STATE_COLUMNS, toColumns, toJson } from './memory.js';
import { parametersId, saveParameters } from './parameters.js';
import type { Sql, SqlValue } from './sql.js';
import { fuzzSeed, type Recorded, type ReviewDraft } from './store.js';
import type { WorkspaceIds } from './workspaces.js';

/** What the log and the memory state say before a review is written. */
interface Before {
  /** The review that an earlier delivery of the same press wrote. */
  readonly delivered: { readonly seq: number; readonly state: MemoryState | undefined } | undefined;
  /** The seq under which the learner has answered the quiz already. */
  readonly answered: number | undefined;
  /** Undefined where the learner has never met the card. */
  readonly lastSeq: number | undefined;
  readonly state: MemoryState | undefined;
  /** The learner's day in the workspace so far. */
  readonly day: Activity | undefined;
}

/** Where and on which day a review is given. */
interface Setting {
  /** Undefined where nobody of the workspace has signed in. */
  readonly workspaceId: string | undefined;
  readonly studyDay: StudyDay;
}

const count = z.number().nullable();
const BeforeRow = z
  .tuple([count, z.string().nullable(), count, count, count, count, count, count])
  .rest(z.unknown());

const READ_BEFORE = `SELECT r."seq", r."stateAfter", a."seq", m."lastSeq", y."due", y."recalled", y."quizzes", y."right",
    ${STATE_COLUMNS.map((name) => `m."${name}"`).join(', ')}
  FROM (SELECT 1 AS "one") o
  LEFT JOIN "Review" r ON r."idempotencyKey" = ?
  LEFT JOIN "Answer" a ON a."quizId" = ? AND a."learnerId" = ?
  LEFT JOIN "MemoryState" m ON m."learnerId" = ? AND m."cardId" = ?
  LEFT JOIN "Activity" y ON y."workspaceId" = ? AND y."board" = ? AND y."learnerId" = ? AND y."studyDay" = ?`;

async function readBefore(sql: Sql, draft: ReviewDraft, { workspaceId, studyDay }: Setting): Promise<Before> {
  const [row] = await sql.query(BeforeRow, READ_BEFORE, [
    draft.idempotencyKey,
    draft.quiz?.id ?? '',
    draft.learner,
    draft.learner,
    draft.card,
    workspaceId ?? '',
    WHOLE,
    draft.learner,
    studyDay,
  ]);
  if (row === undefined) throw new Error('A left join of one row gave none.');
  const [seq, stateAfter, answered, lastSeq, due, recalled, quizzes, right, ...state] = row;
  return {
    delivered: seq === null ? undefined : { seq, state: fromJson(stateAfter) },
    answered: answered ?? undefined,
    lastSeq: lastSeq ?? undefined,
    state: fromValues(state),
    day:
      due === null || recalled === null || quizzes === null || right === null
        ? undefined
        : { due, recalled, quizzes, right },
  };
}

/** A review as the log keeps it. */
interface LogEntry {
  readonly seq: number;
  readonly counts: boolean;
  readonly seed: string;
  readonly parametersId: string;
  readonly before: MemoryState | undefined;
  readonly after: MemoryState | undefined;
  readonly setting: Setting;
  readonly draft: ReviewDraft;
}

/** Appends to the log, and brings the memory state to what the entry says of it. */
async function append(sql: Sql, entry: LogEntry): Promise<void> {
  const { draft } = entry;
  const { learner, card } = draft;
  await insert(sql, 'Review', {
    learnerId: learner,
    cardId: card,
    seq: entry.seq,
    idempotencyKey: draft.idempotencyKey,
    kind: draft.kind,
    at: draft.at,
    timeZone: draft.clock.timeZone,
    rolloverHour: draft.clock.rolloverHour,
    studyDay: entry.setting.studyDay,
    deltaDays: entry.before === undefined ? null : deltaDays(entry.before, draft.at, draft.clock),
    rating: draft.rating ?? null,
    counts: entry.counts,
    source: draft.source,
    workspaceId: entry.setting.workspaceId ?? null,
    format: draft.format,
    answer: draft.answer ?? null,
    correct: draft.correct ?? null,
    responseMs: draft.responseMs ?? null,
    question: draft.question ?? null,
    cardVersion: draft.cardVersion,
    seed: entry.seed,
    parametersId: entry.parametersId,
    phaseBefore: entry.before?.phase ?? null,
    stateBefore: toJson(entry.before),
    stateAfter: toJson(entry.after),
  });
  const columns = { lastSeq: entry.seq, algorithm: ALGORITHM, ...toColumns(entry.after) };
  if (entry.seq === 1) {
    await insert(sql, 'MemoryState', { learnerId: learner, cardId: card, ...columns });
    return;
  }
  const values = Object.values(columns);
  const changed = await sql.execute(UPDATE_STATE, [...values, learner, card, entry.seq - 1]);
  if (changed !== 1) throw new Error(`The memory state of ${card} is not at ${entry.seq - 1}.`);
}

const UPDATE_STATE = `UPDATE "MemoryState"
  SET ${['lastSeq', 'algorithm', ...STATE_COLUMNS].map((name) => `"${name}" = ?`).join(', ')}
  WHERE "learnerId" = ? AND "cardId" = ? AND "lastSeq" = ?`;

async function insert(sql: Sql, table: string, row: Readonly<Record<string, SqlValue>>): Promise<void> {
  const names = Object.keys(row).map((name) => `"${name}"`);
  const marks = names.map(() => '?');
  await sql.execute(`INSERT INTO "${table}" (${names}) VALUES (${marks})`, Object.values(row));
}

/** The state that follows from a review; practice and what does not count leave it. */
function stateAfter(draft: ReviewDraft, before: MemoryState | undefined, seed: string) {
  if (draft.kind === 'reset') return undefined;
  if (!countsFor(draft) || draft.rating === undefined) return before;
  return advance(before, draft.rating, draft.at, draft.clock, draft.parameters, seed);
}

function countsFor(draft: ReviewDraft): boolean {
  return draft.counts && draft.kind !== 'practice';
}

/** What reviews have in common from one to the next. */
export interface Remembered {
  /** The parameter sets that are surely stored. */
  readonly sets: ReadonlySet<string>;
  readonly workspaces: WorkspaceIds;
}

/** Writes a review, and what it earns, within a transaction. */
export async function record(sql: Sql, draft: ReviewDraft, remembered: Remembered): Promise<Recorded> {
  const setting: Setting = {
    workspaceId: await remembered.workspaces.of(sql, draft.workspace),
    studyDay: studyDayOf(draft.at, draft.clock),
  };
  const before = await readBefore(sql, draft, setting);
  if (before.delivered !== undefined) return { outcome: 'duplicate', ...before.delivered };
  const lastSeq = before.lastSeq ?? 0;
  if (before.answered !== undefined) {
    return { outcome: 'duplicate', seq: before.answered, state: before.state };
  }
  if (draft.shownAfterSeq !== lastSeq) return { outcome: 'stale', seq: lastSeq };
  const set = parametersId(draft.learner, draft.parameters);
  if (!remembered.sets.has(set)) await saveParameters(sql, set, draft.learner, draft.parameters, draft.at);
  const seq = lastSeq + 1;
  const seed = fuzzSeed(draft.learner, draft.card, seq);
  const after = stateAfter(draft, before.state, seed);
  await append(sql, {
    seq,
    counts: countsFor(draft),
    seed,
    parametersId: set,
    before: before.state,
    after,
    setting,
    draft,
  });
  if (draft.quiz !== undefined) {
    await insert(sql, 'Answer', {
      quizId: draft.quiz.id,
      learnerId: draft.learner,
      choice: draft.quiz.choice,
      correct: draft.correct ?? null,
      at: draft.at,
      studyDay: setting.studyDay,
      seq,
    });
  }
  return { outcome: 'recorded', seq, state: after, points: await earn(sql, draft, before, setting) };
}

/** @returns the points that it adds to the day */
async function earn(
  sql: Sql,
  draft: ReviewDraft,
  before: Before,
  { workspaceId, studyDay }: Setting,
): Promise<number> {
  if (workspaceId === undefined) return 0;
  const activity = earned({
    kind: draft.kind,
    counts: countsFor(draft),
    rating: draft.rating,
    at: draft.at,
    marked: markedOf(draft.format, draft.correct),
    quiz: draft.quiz !== undefined,
    before: before.state,
  });
  if (activity === undefined) return 0;
  return credit(sql, {
    workspaceId,
    learnerId: draft.learner,
    channel: draft.quiz && (await channelOf(sql, draft.quiz.id)),
    studyDay,
    activity,
    before: before.day,
    at: draft.at,
  });
}

const Channel = z.tuple([z.string()]);

async function channelOf(sql: Sql, quizId: string): Promise<string | undefined> {
  const [row] = await sql.query(Channel, 'SELECT "channel" FROM "Quiz" WHERE "id" = ?', [quizId]);
  return row?.[0];
}
