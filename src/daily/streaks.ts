import type { LongStreak } from '../commands/daily-post.js';
import type { QuizAnswer } from '../store/quiz-answers.js';
import type { Store } from '../store/store.js';

/** Shown at a reveal. */
const MOST = 3;
/** Looked at, the first to answer first, so that a large channel costs no more than a small one. */
const LOOKED_AT = 20;
/** One day is no streak. */
const FEWEST_DAYS = 2;

/** The longest streaks of those who answered and may be named. */
export async function longestStreaks(
  store: Store,
  answers: readonly QuizAnswer[],
  timeZone: string,
  at: Date,
): Promise<readonly LongStreak[]> {
  const found: LongStreak[] = [];
  for (const { learner: id, name } of answers.filter(({ named }) => named).slice(0, LOOKED_AT)) {
    const learner = await store.learners.find(id);
    if (learner === undefined) continue;
    const { rolloverHour, timeZone: own } = learner.settings;
    const clock = { timeZone: own ?? timeZone, rolloverHour };
    const { length } = await store.streaks.of(id, { at, clock });
    if (length >= FEWEST_DAYS) found.push({ name, days: length });
  }
  return found.sort((a, b) => b.days - a.days).slice(0, MOST);
}
