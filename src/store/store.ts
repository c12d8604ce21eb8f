import { z } from 'zod';
import type { MemoryState, Parameters, Rating, StudyClock, StudyDay } from '../learning/model.js';
import type { HeldDeck } from '../notes/edits/held.js';
import type { Card, CardId, ConceptId } from '../notes/model.js';
import type { Boards } from './boards.js';
import type { EarlierText } from './changed.js';
import type { HiddenCards } from './hidden.js';
import type { Items } from './items.js';
import type { KeptReplies } from './kept.js';
import type { Quizzes } from './quizzes.js';
import type { Schedules } from './schedules.js';
import type { Seasons } from './seasons.js';
import type { Streaks } from './streaks.js';
import type { Synced } from './sync.js';
import type { Teams } from './teams.js';

export const LearnerId = z.string().min(1).brand<'LearnerId'>();
export type LearnerId = z.infer<typeof LearnerId>;

export const QuizId = z.string().min(1).brand<'QuizId'>();
export type QuizId = z.infer<typeof QuizId>;

export const ReportId = z.string().min(1).max(24).brand<'ReportId'>();
export type ReportId = z.infer<typeof ReportId>;

/** Every question asked of the database. Opened by `openStore`; the same on SQLite and PostgreSQL. */
export interface Store {
  readonly learners: Learners;
  readonly cards: Cards;
  readonly reviews: Reviews;
  readonly boards: Boards;
  readonly seasons: Seasons;
  readonly reports: Reports;
  readonly items: Items;
  readonly kept: KeptReplies;
  readonly installations: Installations;
  readonly schedules: Schedules;
  readonly quizzes: Quizzes;
  readonly streaks: Streaks;
  readonly teams: Teams;
  /** Resolves if the database answers; used by readiness and doctor. */
  ping(): Promise<void>;
  /** Waits for what is under way, then lets go of the database. */
  close(): Promise<void>;
}

/** A Discord guild, a Slack team, or the chat page's own; ids are opaque strings. */
export interface WorkspaceKey {
  readonly platform: string;
  readonly workspace: string;
}

/** A person as one platform and workspace knows them; ids are opaque strings. */
export interface AccountKey extends WorkspaceKey {
  readonly user: string;
  /** True where the platform knows a person by one id in every workspace: their accounts are one learner's. */
  readonly userIsGlobal?: boolean;
}

export interface Settings {
  /** IANA zone, or undefined where the learner has set none. */
  readonly timeZone: string | undefined;
  readonly rolloverHour: number;
  readonly newPerDay: number;
  readonly reviewsPerDay: number;
  readonly desiredRetention: number;
}

export interface Learner {
  readonly id: LearnerId;
  readonly name: string;
  readonly settings: Settings;
  /** Changed by Streaks, since a streak hangs on it. */
  readonly weekendsOff: boolean;
}

export interface Learners {
  /** The learner behind an account; made, with account and workspace, on first sight. Safe to call at once twice. */
  signIn(account: AccountKey, name: string, now: Date): Promise<Learner>;
  find(id: LearnerId): Promise<Learner | undefined>;
  /** The learner behind an account that signed in before. Writes nothing. */
  known(account: AccountKey): Promise<Learner | undefined>;
  changeSettings(id: LearnerId, change: Partial<Settings>): Promise<Learner>;
}

export interface Cards extends HiddenCards {
  /**
   * Makes the table equal to the notes: adds, edits, retires; never deletes, never touches reviews. A card that was
   * edited keeps its id, and its memory with it. Of a deck that would lose over a fifth of its cards nothing is retired.
   * Twice changes nothing.
   */
  sync(cards: readonly Card[], now: Date): Promise<Synced>;
  /** Decks that wait for an admin since the last sync. */
  held(): readonly HeldDeck[];
  /** Retires those of the cards that are still held, however many; returns how many that were. */
  retireHeld(cards: readonly CardId[], now: Date): Promise<number>;
  /** The text that the learner last saw, where the card has changed its meaning since. */
  changedSince(learner: LearnerId, card: CardId): Promise<EarlierText | undefined>;
  /** Whether learners of another guild or team have come; false for the chat page, which is of whoever owns the cards. */
  areSharedBeyond(workspace: WorkspaceKey): Promise<boolean>;
  /** How many learners have a memory of the cards with these keys; keys without any are left out. */
  learnersByKey(keys: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/** How the learner answered. */
export type AnswerFormat = 'self-graded' | 'typed' | `choice-${number}`;

/** A review about to be written. */
export interface ReviewDraft {
  readonly learner: LearnerId;
  /** Where it was given: its leaderboards credit it. */
  readonly workspace: WorkspaceKey;
  readonly card: CardId;
  /** The platform's interaction id; a second draft with it changes nothing. */
  readonly idempotencyKey: string;
  /** The learner's last seq for this card when the question was shown (0 for none): stale showings are refused. */
  readonly shownAfterSeq: number;
  readonly kind: 'review' | 'practice' | 'import' | 'reset';
  readonly at: Date;
  readonly clock: StudyClock;
  readonly rating: Rating | undefined;
  /** Whether a memory state follows from it. */
  readonly counts: boolean;
  readonly source: 'session' | 'daily';
  readonly format: AnswerFormat;
  readonly parameters: Parameters;
  readonly answer: string | undefined;
  readonly correct: boolean | undefined;
  readonly responseMs: number | undefined;
  /** The question as the learner saw it. */
  readonly question: string | undefined;
  /** Hash of the card's text as shown. */
  readonly cardVersion: string;
  /** The channel quiz that this answers; its answer row is written in the same transaction. */
  readonly quiz: { readonly id: QuizId; readonly choice: string } | undefined;
}

/** `recorded`: written now. `duplicate`: written by an earlier delivery. `stale`: answered meanwhile, nothing written. */
export type Recorded =
  | {
      readonly outcome: 'recorded';
      readonly seq: number;
      readonly state: MemoryState | undefined;
      /** What it added to the learner's day in its workspace. */
      readonly points: number;
    }
  | { readonly outcome: 'duplicate'; readonly seq: number; readonly state: MemoryState | undefined }
  | { readonly outcome: 'stale'; readonly seq: number };

export type Undone =
  | {
      readonly outcome: 'undone' | 'duplicate';
      readonly card: CardId;
      readonly state: MemoryState | undefined;
    }
  | { readonly outcome: 'nothing' };

/** A learner's place with one card. */
export interface Progress {
  readonly state: MemoryState | undefined;
  /** 0 before the first review. */
  readonly lastSeq: number;
}

/** What became of a learner's wish to learn some cards, in numbers of cards. */
export interface Wish {
  /** New to the learner: introduced before other new cards from now on. */
  readonly waiting: number;
  /** In the learner's memory already. */
  readonly known: number;
}

export interface QueueQuery {
  readonly learner: LearnerId;
  /** Where they ask: cards that are hidden there are left out. */
  readonly workspace: WorkspaceKey;
  readonly now: Date;
  readonly clock: StudyClock;
  readonly newPerDay: number;
  readonly reviewsPerDay: number;
  /** Only these cards, where given. */
  readonly among: readonly CardId[] | undefined;
}

/** What a learner has to do today. */
export interface Queue {
  /**
   * Steps whose time has come first, then due reviews, then new cards: those that the learner asked for, then in the
   * order of the notes. A sample, best first. Of one concept no two cards are due or new on one study day: one may
   * answer the other.
   */
  readonly next: readonly CardId[];
  /** Reviews due by the end of the study day, within the daily limit. */
  readonly due: number;
  /** Cards in steps, due now or later today. */
  readonly learning: number;
  /** New cards left for today. */
  readonly fresh: number;
  /** When the earliest step that is not yet due falls due, if nothing else is left. */
  readonly nextStepAt: Date | undefined;
  /** Whether cards wait for tomorrow since another card of their concept is enough for today. */
  readonly buried: boolean;
}

export interface DayCount {
  readonly day: StudyDay;
  readonly reviews: number;
}

export interface Reviews {
  /** Answer, review and memory state in one transaction; resolved only once durable. */
  record(draft: ReviewDraft): Promise<Recorded>;
  /** Voids the learner's last counted review and restores the state before it. */
  undo(learner: LearnerId, idempotencyKey: string, at: Date, clock: StudyClock): Promise<Undone>;
  progress(learner: LearnerId, card: CardId): Promise<Progress>;
  queue(query: QueueQuery): Promise<Queue>;
  /** Lets the learner meet these cards before other new ones, once or twice asked. */
  want(learner: LearnerId, cards: readonly CardId[], now: Date): Promise<Wish>;
  /** Study days with counted reviews, newest first. */
  days(learner: LearnerId, limit: number): Promise<readonly DayCount[]>;
  /** Folds the whole log again and compares; with `apply`, writes what differs. */
  rebuild(
    apply: boolean,
  ): Promise<{ readonly reviews: number; readonly states: number; readonly mismatches: number }>;
}

/** A learner's word that something is wrong with what the notes say. */
export interface ReportDraft {
  readonly workspace: WorkspaceKey;
  readonly learner: LearnerId;
  /** The platform's interaction id; a second draft with it changes nothing. */
  readonly idempotencyKey: string;
  readonly concept: ConceptId;
  readonly card: CardId | undefined;
  readonly term: string;
  readonly note: string;
  readonly line: number;
  readonly text: string;
  readonly at: Date;
}

export interface Report
  extends Pick<ReportDraft, 'card' | 'concept' | 'term' | 'note' | 'line' | 'text' | 'at'> {
  readonly id: ReportId;
  /** The learner's name. */
  readonly by: string;
}

/** Reports stay in the workspace where they were made. */
export interface Reports {
  /** `too many`: the learner has `most` open reports of the last 24 hours; nothing is written. */
  file(draft: ReportDraft, most: number): Promise<'filed' | 'duplicate' | 'too many'>;
  /** Open reports, newest first, and how many there are in all. */
  open(
    workspace: WorkspaceKey,
    skip: number,
    take: number,
  ): Promise<{ readonly reports: readonly Report[]; readonly total: number }>;
  /** An open report; undefined where it is closed, or of another workspace. */
  find(workspace: WorkspaceKey, id: ReportId): Promise<Report | undefined>;
  /** False where it was closed already. */
  close(workspace: WorkspaceKey, id: ReportId, now: Date): Promise<boolean>;
}

/** Slack workspaces and organisations that installed the app, by their ids. */
export interface Installations {
  /** In place of an earlier one; `sealed` holds tokens that only the holder of the key can read. */
  save(
    installation: { readonly id: string; readonly isEnterprise: boolean; readonly sealed: string },
    now: Date,
  ): Promise<void>;
  /** What was sealed. */
  find(id: string): Promise<string | undefined>;
  /** False where none was saved before that moment; one that was saved later stays. */
  remove(id: string, savedBefore: Date): Promise<boolean>;
}

/** Seeds the fuzz of the review that will get this seq, so that the interval on a button is the one that is written. */
export function fuzzSeed(learner: LearnerId, card: CardId, seq: number): string {
  return `${learner}:${card}:${seq}`;
}
