import type { Reply } from '../bot/reply.js';
import { runAfter } from '../commands/daily-claim.js';
import { openPost, revealedPost } from '../commands/daily-post.js';
import type { Library } from '../notes/model.js';
import type { Quiz } from '../store/quizzes.js';
import type { Store } from '../store/store.js';
import { longestStreaks } from './streaks.js';

/** What a post is drawn from. */
export interface DrawnFrom {
  readonly store: Store;
  readonly library: () => Library;
  readonly notesUrl: string | undefined;
  readonly now: () => Date;
}

/** A quiz that takes answers, with what teams want to reach this week. */
export async function drawOpen({ store }: DrawnFrom, quiz: Quiz, answered: number): Promise<Reply> {
  return openPost(quiz, answered, await store.teams.goalProgress(quiz.place, quiz.date));
}

/** A quiz after its time, with all that has become of it. */
export async function drawRevealed({ store, library, notesUrl, now }: DrawnFrom, quiz: Quiz): Promise<Reply> {
  const answers = await store.quizzes.answers(quiz.id);
  const schedule = await store.schedules.find(quiz.place);
  const timeZone = schedule?.plan.timetable.timeZone ?? 'UTC';
  return revealedPost(quiz, {
    answers,
    streaks: await longestStreaks(store, answers, timeZone, now()),
    library: library(),
    notesUrl,
    next: schedule && runAfter(schedule, now()),
  });
}
