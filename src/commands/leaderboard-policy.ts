import { z } from 'zod';
import { type Context, defineCommand, outdatedPress } from '../bot/command.js';
import { codeSpan } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Reply } from '../bot/reply.js';

const PolicyName = z.enum(['opt-in', 'opt-out'], 'opt-in or opt-out');
type PolicyName = z.infer<typeof PolicyName>;

const SAYS: Readonly<Record<PolicyName, string>> = {
  'opt-in': 'Leaderboards show only those who choose to be shown.',
  'opt-out': 'Leaderboards show everybody but those who choose to be hidden.',
};

/** For admins: whether leaderboards show who has made no choice of their own. */
export const leaderboardPolicy = defineCommand({
  name: 'leaderboard-policy',
  summary: 'Whether leaderboards show all, or only who wants it',
  examples: ['leaderboard-policy', 'leaderboard-policy opt-in'],
  admin: true,
  args: z.object({ policy: PolicyName.optional().describe('opt-in or opt-out') }),
  run: (context, { policy }) => state(context, policy),
  presses: {
    async set(context, { parts: [policy] }) {
      const parsed = PolicyName.safeParse(policy);
      if (!parsed.success) throw outdatedPress(context.typed('leaderboard-policy'));
      return { ...(await state(context, parsed.data)), replaces: true };
    },
  },
});

async function state(context: Context, wanted: PolicyName | undefined): Promise<Reply> {
  const { boards } = context.store;
  // Makes the workspace known.
  await context.learner();
  if (wanted !== undefined) await boards.setPolicy(context.origin, wanted, context.now);
  const policy = await boards.policy(context.origin);
  const other = policy === 'opt-in' ? 'opt-out' : 'opt-in';
  const own = codeSpan(context.typed('points'));
  return {
    title: 'Leaderboards',
    text: `**${policy}**: ${SAYS[policy]} Each learner's own choice (${own}) comes first, and stays.`,
    visibility: 'private',
    buttons: [{ label: `Change to ${other}`, press: encodePress('leaderboard-policy', 'set', other) }],
  };
}
