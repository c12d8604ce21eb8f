/** Again 1, Hard 2, Good 3, Easy 4, as FSRS numbers them. */
export type Rating = 1 | 2 | 3 | 4;

/** Where and when a learner's study day begins. */
export interface StudyClock {
  /** IANA zone. */
  readonly timeZone: string;
  /** Local hour at which a study day begins, 0 to 23. */
  readonly rolloverHour: number;
}

/** A calendar day in a study clock, 'YYYY-MM-DD'. */
export type StudyDay = string & { readonly __studyDay: true };

/** Everything that decides an interval; a set is never changed, only replaced. */
export interface Parameters {
  /** FSRS-6 weights, 21 numbers. */
  readonly weights: readonly number[];
  /** Chance of recall aimed at when a card falls due, 0.7 to 0.99. */
  readonly desiredRetention: number;
  /** Days. */
  readonly maximumInterval: number;
  /** Such as '1m', '10m'. */
  readonly learningSteps: readonly string[];
  readonly relearningSteps: readonly string[];
  readonly fuzz: boolean;
}

/** A learner's FSRS state for a card after at least one counted review. */
export interface MemoryState {
  /** Days until the chance of recall falls to 0.9. */
  readonly stability: number;
  /** 1 (easy) to 10. */
  readonly difficulty: number;
  readonly phase: 'learning' | 'review' | 'relearning';
  /** Index of the learning or relearning step; 0 in review. */
  readonly step: number;
  readonly due: Date;
  readonly lastReview: Date;
  readonly lastStudyDay: StudyDay;
  /** Days from the last review to due; 0 within steps. */
  readonly scheduledDays: number;
  readonly reps: number;
  readonly lapses: number;
}

/** A review as the fold of the log needs it. `void` cancels an earlier one; `reset` forgets the card. */
export interface LoggedReview {
  readonly seq: number;
  readonly kind: 'review' | 'practice' | 'import' | 'reset' | 'void';
  /** For `void`: the seq that it cancels. */
  readonly voids: number | undefined;
  readonly at: Date;
  readonly clock: StudyClock;
  readonly rating: Rating | undefined;
  /** False: logged, but no memory state follows from it. */
  readonly counts: boolean;
  readonly parameters: Parameters;
  /** Seed for fuzz, stored so that a replay gives the same interval. */
  readonly seed: string;
}
