import { z } from 'zod';
import type { MemoryState, Parameters, Rating, StudyClock, StudyDay } from '../learning/model.js';
import type { Card, CardId } from '../notes/model.js';

export const LearnerId = z.string().min(1).brand<'LearnerId'>();
export type LearnerId = z.infer<typeof LearnerId>;

export const QuizId = z.string().min(1).brand<'QuizId'>();
export type QuizId = z.infer<typeof QuizId>;

/** Every question asked of the database. Opened by `openStore`; the same on SQLite and PostgreSQL. */
export interface Store {
  readonly learners: Learners;
  readonly cards: Cards;
  readonly reviews: Reviews;
  /** Resolves if the database answers; used by readiness and doctor. */
  ping(): Promise<void>;
  /** Waits for what is under way, then lets go of the database. */
  close(): Promise<void>;
}

/** A person as one platform and workspace knows them; ids are opaque strings. */
export interface AccountKey {
  readonly platform: string;
  readonly workspace: string;
  readonly user: string;
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
}

export interface Learners {
  /** The learner behind an account; made, with account and workspace, on first sight. Safe to call at once twice. */
  signIn(account: AccountKey, name: string, now: Date): Promise<Learner>;
  find(id: LearnerId): Promise<Learner | undefined>;
  changeSettings(id: LearnerId, change: Partial<Settings>): Promise<Learner>;
}

export interface CardChanges {
  readonly added: number;
  readonly edited: number;
  /** Cards whose text came back after they had been retired. */
  readonly returned: number;
  readonly retired: number;
}

export interface Cards {
  /** Makes the table equal to the notes: adds, edits, retires; never deletes, never touches reviews. Twice changes nothing. */
  sync(cards: readonly Card[], now: Date): Promise<CardChanges>;
}

/** How the learner answered. */
export type AnswerFormat = 'self-graded' | 'typed' | `choice-${number}`;

/** A review about to be written. */
export interface ReviewDraft {
  readonly learner: LearnerId;
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
      readonly outcome: 'recorded' | 'duplicate';
      readonly seq: number;
      readonly state: MemoryState | undefined;
    }
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

export interface QueueQuery {
  readonly learner: LearnerId;
  readonly now: Date;
  readonly clock: StudyClock;
  readonly newPerDay: number;
  readonly reviewsPerDay: number;
  /** Only these cards, where given. */
  readonly among: readonly CardId[] | undefined;
}

/** What a learner has to do today. */
export interface Queue {
  /** Steps whose time has come first, then due reviews, then new cards in the order of the notes; a sample, best first. */
  readonly next: readonly CardId[];
  /** Reviews due by the end of the study day, within the daily limit. */
  readonly due: number;
  /** Cards in steps, due now or later today. */
  readonly learning: number;
  /** New cards left for today. */
  readonly fresh: number;
  /** When the earliest step that is not yet due falls due, if nothing else is left. */
  readonly nextStepAt: Date | undefined;
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
  /** Study days with counted reviews, newest first. */
  days(learner: LearnerId, limit: number): Promise<readonly DayCount[]>;
  /** Folds the whole log again and compares; with `apply`, writes what differs. */
  rebuild(
    apply: boolean,
  ): Promise<{ readonly reviews: number; readonly states: number; readonly mismatches: number }>;
}

/** Seeds the fuzz of the review that will get this seq, so that the interval on a button is the one that is written. */
export function fuzzSeed(learner: LearnerId, card: CardId, seq: number): string {
  return `${learner}:${card}:${seq}`;
}
