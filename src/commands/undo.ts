import { z } from 'zod';
import { type Context, defineCommand } from '../bot/command.js';
import { literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Reply } from '../bot/reply.js';

/** Takes back the last rating, as if the card had not been answered. */
export const undo = defineCommand({
  name: 'undo',
  summary: 'Take back your last rating',
  examples: ['undo'],
  args: z.object({}),
  run: undoLast,
  presses: {
    async last(context) {
      return { ...(await undoLast(context)), replaces: true };
    },
  },
});

async function undoLast(context: Context): Promise<Reply> {
  const learner = await context.learner();
  const undone = await context.store.reviews.undo(
    learner.id,
    context.idempotencyKey,
    context.now,
    context.clockOf(learner),
  );
  if (undone.outcome === 'nothing') {
    return { text: 'There is no rating of today or yesterday to take back.', visibility: 'private' };
  }
  const card = context.library.card(undone.card);
  const concept = card && context.library.concept(card.concept);
  const name = concept ? `**${literal(concept.term)}**` : 'the last card';
  return {
    text: `Your rating of ${name} is taken back; its schedule is as it was before.`,
    visibility: 'private',
    buttons: [{ label: 'Go on reviewing', press: encodePress('review', 'next', '-'), style: 'primary' }],
  };
}
