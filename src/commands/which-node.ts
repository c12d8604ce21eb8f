import { z } from 'zod';
import { advise } from '../advisor/advise.js';
import { adviceText } from '../advisor/text.js';
import { understandNeeds } from '../advisor/understand.js';
import { defineCommand } from '../bot/command.js';
import { UserError } from '../bot/errors.js';

/** Which node types support what is needed, and why each other one is out. */
export const whichNode = defineCommand({
  name: 'which-node',
  summary: 'Which EKS node types support what you need',
  examples: [
    'which-node windows and gpu',
    'which-node spot and arm, no ssh',
    'which-node can fargate run daemonsets?',
  ],
  args: z.object({
    needs: z
      .string()
      .trim()
      .max(500, 'at most 500 characters, please')
      .default('')
      .describe('What the nodes must support'),
  }),
  rest: 'needs',
  async run(context, { needs }) {
    const facts = await context.facts();
    if (facts === undefined) {
      throw new UserError('The node-type facts could not be read. An admin sees why with `eks check`.');
    }
    const advice = advise(facts, understandNeeds(facts, needs));
    return {
      title: 'Which node type?',
      text: adviceText(facts, advice),
      visibility: advice.outcome === 'unclear' ? 'private' : 'public',
    };
  },
});
