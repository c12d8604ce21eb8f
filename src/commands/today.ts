import { z } from 'zod';
import { type Context, defineCommand } from '../bot/command.js';
import { literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { StudyDay } from '../learning/model.js';
import { studyDayOf } from '../learning/studyday.js';
import type { LearnerId } from '../store/store.js';
import type { StreakNow } from '../store/streaks.js';
import { backButton } from './away.js';
import { count } from './wording.js';

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
      workspace: context.origin,
      now: context.now,
      clock,
      newPerDay,
      reviewsPerDay,
      among: undefined,
    };
    const [queue, days, streak] = await Promise.all([
      context.store.reviews.queue(query),
      // The day before may be ahead of today for who flew west.
      context.store.reviews.days(learner.id, 2),
      context.store.streaks.of(learner.id, { at: context.now, clock }),
    ]);
    const day = studyDayOf(context.now, clock);
    const team = await teamText(context, learner.id, day);
    const done = days.find((entry) => entry.day === day)?.reviews ?? 0;
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
        { name: 'Streak', text: streakText(streak) },
        { name: 'Freeze', text: freezeText(streak) },
        ...(streak.awayUntil === undefined ? [] : [{ name: 'Away', text: `until ${streak.awayUntil}` }]),
        ...(team === undefined ? [] : [{ name: 'Team', text: team }]),
      ],
      buttons: [
        { label: 'Review', press: encodePress('review', 'next', '-'), style: 'primary' },
        { label: 'Quiz', press: encodePress('quiz', 'about', '-') },
        ...(streak.awayUntil === undefined ? [] : [backButton()]),
      ],
    };
  },
});

/** 'Red · 12 of 40 study days this week'. */
async function teamText(
  { store, origin }: Context,
  learner: LearnerId,
  day: StudyDay,
): Promise<string | undefined> {
  const own = await store.teams.teamOf(origin, learner);
  if (own === undefined) return undefined;
  const week = (await store.teams.list(origin, day)).find(({ id }) => id === own.id);
  const done = week?.days ?? 0;
  const sofar =
    own.goal === undefined ? count(done, 'study day') : `${done} of ${count(own.goal, 'study day')}`;
  return `${literal(own.name, 40)} · ${sofar} this week`;
}

function streakText({ length, studiedToday, awayUntil }: StreakNow): string {
  if (length === 0) return 'Starts with your first review';
  if (studiedToday) return count(length, 'day');
  return `${count(length, 'day')}; ${awayUntil === undefined ? 'study today to keep it' : 'it waits for you'}`;
}

function freezeText({ saving, frozen }: StreakNow): string {
  if (saving.length > 0) return `saves ${saving.join(' and ')} if you study today`;
  return frozen === undefined ? '1 left this month' : `spent on ${frozen}`;
}
