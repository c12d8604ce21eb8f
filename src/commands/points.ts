import { z } from 'zod';
import { type Context, defineCommand, outdatedPress } from '../bot/command.js';
import { encodePress } from '../bot/press.js';
import type { Reply } from '../bot/reply.js';
import { MOST_POINTS, POINTS, pointsOf, type Span, weekOf } from '../learning/points.js';
import { studyDayOf } from '../learning/studyday.js';
import type { EarnedDay, Standing } from '../store/boards.js';
import { count } from './wording.js';

const Choice = z.enum(['shown', 'hidden'], 'shown or hidden');

/**
 * How points are earned, and one's own. Here is also where a learner chooses to be on leaderboards: it is asked in the
 * workspace where it holds, and the private rank that a hidden learner has is what they see.
 */
export const points = defineCommand({
  name: 'points',
  summary: 'How points are earned, yours of this week, and whether leaderboards show you',
  examples: ['points', 'points board=hidden'],
  args: z.object({
    board: Choice.optional().describe('Whether leaderboards show you: shown or hidden'),
  }),
  async run(context, { board }) {
    if (board !== undefined) await choose(context, board);
    return overview(context);
  },
  presses: {
    async choose(context, { parts: [choice] }) {
      const parsed = Choice.safeParse(choice);
      if (!parsed.success) throw outdatedPress(context.typed('points'));
      await choose(context, parsed.data);
      return { ...(await overview(context)), replaces: true };
    },
  },
});

async function choose(context: Context, choice: z.infer<typeof Choice>): Promise<void> {
  const learner = await context.learner();
  await context.store.boards.choose(context.origin, learner.id, choice, context.now);
}

async function overview(context: Context): Promise<Reply> {
  const learner = await context.learner();
  const day = studyDayOf(context.now, context.clockOf(learner));
  const { boards } = context.store;
  const workspace = context.origin;
  const standingIn = (span: Span) =>
    boards.standing({ workspace, channel: undefined, span, day }, learner.id);
  const [days, week, season, all] = await Promise.all([
    boards.days(workspace, learner.id, weekOf(day)),
    standingIn('week'),
    standingIn('season'),
    standingIn('all'),
  ]);
  const shown = week.shown;
  return {
    title: 'Points',
    text: [
      RULES,
      shown ? 'Leaderboards show you.' : 'Leaderboards do not show you; only you see these ranks.',
    ].join('\n\n'),
    visibility: 'private',
    fields: [
      { name: 'This week', text: `${standingText(week)}${earnedText(days)}` },
      { name: 'This season', text: standingText(season) },
      { name: 'All time', text: standingText(all) },
    ],
    buttons: [
      {
        label: shown ? 'Hide me from leaderboards' : 'Show me on leaderboards',
        press: encodePress('points', 'choose', shown ? 'hidden' : 'shown'),
      },
      { label: 'Leaderboard', press: encodePress('leaderboard', 'show', 'week', 'workspace') },
    ],
  };
}

const RULES = [
  'Points are for showing up:',
  [
    `- **${POINTS.day}** for each day with a review or a daily quiz`,
    `- **${POINTS.quiz}** for answering a daily quiz, right or wrong, and **${POINTS.right}** more if right: your first answer, once a day`,
    `- **${POINTS.due}** for each due review, ${POINTS.mostDue} a day at most`,
    `- **${POINTS.recalled}** for each due card that you answer right where the bot marks it, ${POINTS.mostRecalled} a day at most`,
  ].join('\n'),
  `A day earns up to ${MOST_POINTS}. Practice, cards that are not due, and how you rate yourself earn nothing; undo takes back what it undoes. Weeks begin on Monday, a season has four.`,
].join('\n\n');

function standingText({ points: sum, days, rank, learners }: Standing): string {
  if (rank === undefined) return 'No points yet';
  return `**${count(sum, 'point')}** on ${count(days, 'day')} · rank ${rank.toLocaleString('en')} of ${Math.max(rank, learners).toLocaleString('en')}`;
}

/** What the week's points are for: '2 days 20 · daily quiz 12 · reviews 3'. */
function earnedText(days: readonly EarnedDay[]): string {
  if (days.length === 0) return '';
  const sum = (value: (day: EarnedDay) => number) => days.reduce((total, day) => total + value(day), 0);
  const total = sum((day) => day.points);
  const showing = POINTS.day * days.length;
  const quiz = sum(({ activity }) => pointsOf({ ...activity, due: 0, recalled: 0 }) - POINTS.day);
  const parts = [
    `${count(days.length, 'day')} ${showing}`,
    ...(quiz > 0 ? [`daily quiz ${quiz}`] : []),
    ...(total > showing + quiz ? [`due reviews ${total - showing - quiz}`] : []),
  ];
  return `\n${parts.join(' · ')}`;
}
