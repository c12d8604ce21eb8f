import { z } from 'zod';
import { defineCommand } from '../bot/command.js';
import { UserError } from '../bot/errors.js';
import { codeSpan } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Button } from '../bot/reply.js';
import type { StudyDay } from '../learning/model.js';
import { addDays, daysBetween, isStudyDay, studyDayOf } from '../learning/studyday.js';

/** The longest absence that keeps a streak, in days. */
const LONGEST = 366;

const until = z
  .string()
  .trim()
  .toLowerCase()
  .refine((text) => text === 'back' || isStudyDay(text), 'a day such as 2026-12-01, or back')
  .optional()
  .describe('Your last day away, such as 2026-12-01; or back');

/** An absence that keeps the learner's streak. */
export const away = defineCommand({
  name: 'away',
  summary: 'Keep your streak while you are away',
  examples: ['away until=2026-12-01', 'away back'],
  args: z.object({ until }),
  async run(context, args) {
    const learner = await context.learner();
    const now = { at: context.now, clock: context.clockOf(learner) };
    const { streaks } = context.store;
    if (args.until === 'back') {
      const ended = await streaks.comeBack(learner.id, now);
      const text = ended ? 'Welcome back. From today on your streak needs you again.' : 'You are not away.';
      return { text, visibility: 'private' };
    }
    if (args.until !== undefined) {
      const last = checked(args.until, studyDayOf(now.at, now.clock));
      await streaks.leave(learner.id, now, last);
    }
    const { awayUntil } = await streaks.of(learner.id, now);
    if (awayUntil === undefined) {
      const how = codeSpan(context.typed('away until=2026-12-01'));
      return { text: `You are not away. ${how} keeps your streak until then.`, visibility: 'private' };
    }
    return {
      text: `You are away until **${awayUntil}**, that day included. Your streak waits for you; what you study meanwhile counts.`,
      visibility: 'private',
      buttons: [backButton()],
    };
  },
  presses: {
    async back(context) {
      const learner = await context.learner();
      const now = { at: context.now, clock: context.clockOf(learner) };
      await context.store.streaks.comeBack(learner.id, now);
      return {
        text: 'Welcome back. From today on your streak needs you again.',
        visibility: 'private',
        replaces: true,
      };
    },
  },
});

/** Ends the absence that is under way. */
export function backButton(): Button {
  return { label: 'I am back', press: encodePress('away', 'back') };
}

function checked(text: string, today: StudyDay): StudyDay {
  if (!isStudyDay(text)) throw new UserError(`${codeSpan(text)} is no day such as 2026-12-01.`);
  if (text < today) throw new UserError(`${text} is over. An absence begins today, and ends today or later.`);
  if (daysBetween(today, text) > LONGEST)
    throw new UserError(`An absence keeps a streak for a year at most: until ${addDays(today, LONGEST)}.`);
  return text;
}
