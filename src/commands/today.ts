import { z } from 'zod';
import { defineCommand } from '../bot/command.js';
import { encodePress } from '../bot/press.js';
import { streak, studyDayOf } from '../learning/studyday.js';
import { count } from './wording.js';

/** The longest streak that is counted back, in study days: ten years. */
const MOST_DAYS = 3660;

/** What waits today, and how steadily the learner has come. */
export const today = defineCommand({
  name: 'today',
  summary: 'What is due today, and your streak',
  examples: ['today'],
  args: z.object({}),
  async run(context) {
    const learner = await context.learner();
    const clock = context.clockOf(learner);
    const { newPerDay, reviewsPerDay } = learner.settings;
    const query = {
      learner: learner.id,
      now: context.now,
      clock,
      newPerDay,
      reviewsPerDay,
      among: undefined,
    };
    const [queue, days] = await Promise.all([
      context.store.reviews.queue(query),
      context.store.reviews.days(learner.id, MOST_DAYS),
    ]);
    const day = studyDayOf(context.now, clock);
    const done = days.find((entry) => entry.day === day)?.reviews ?? 0;
    const run = streak(
      days.map((entry) => entry.day),
      day,
    );
    const left = queue.due + queue.learning + queue.fresh;
    return {
      title: 'Today',
      text: left === 0 ? 'Nothing is left for today.' : 'This waits for you:',
      visibility: 'private',
      fields: [
        { name: 'Due', text: count(queue.due, 'review') },
        { name: 'In learning', text: count(queue.learning, 'card') },
        { name: 'New', text: count(queue.fresh, 'card') },
        { name: 'Done today', text: count(done, 'review') },
        { name: 'Streak', text: streakText(run, done) },
      ],
      buttons: [
        { label: 'Review', press: encodePress('review', 'next', '-'), style: 'primary' },
        { label: 'Quiz', press: encodePress('quiz', 'about', '-') },
      ],
    };
  },
});

function streakText(run: number, doneToday: number): string {
  if (run === 0) return 'Starts with your first review';
  return doneToday > 0 ? count(run, 'day') : `${count(run, 'day')}; review today to keep it`;
}
