import { z } from 'zod';
import { type Command, type Context, defineCommand } from '../bot/command.js';
import { UserError } from '../bot/errors.js';
import { codeSpan, label } from '../bot/markdown.js';
import type { Reply } from '../bot/reply.js';

/** What the bot can do; every line of it comes from the commands themselves. */
export const help = defineCommand({
  name: 'help',
  summary: 'What I can do, with examples',
  examples: ['help', 'help review'],
  args: z.object({ command: z.string().trim().max(40).optional().describe('One command') }),
  rest: 'command',
  completes: { command: 'command' },
  async run(context, { command: name }) {
    if (name === undefined) return overview(context);
    const command = context.commands.find((candidate) => candidate.name === name.toLowerCase());
    if (command === undefined) {
      throw new UserError(
        `There is no command ${codeSpan(label(name))}. ${codeSpan(context.typed('help'))} lists them all.`,
      );
    }
    return details(context, command);
  },
});

async function overview(context: Context): Promise<Reply> {
  const lines = context.commands.map(
    ({ examples: [example], name, summary }) => `- ${codeSpan(context.typed(example ?? name))}: ${summary}`,
  );
  return {
    title: 'What I can do',
    text: `I answer from your team's own notes and bring them back before you forget them.\n\n${lines.join('\n')}${await dailyHint(context)}`,
    visibility: 'private',
  };
}

/** Two steps to a daily quiz, for admins of a channel that has none. */
async function dailyHint({ origin, store, typed }: Context): Promise<string> {
  if (!origin.admin || (await store.schedules.find(origin)) !== undefined) return '';
  return `\n\n**A daily quiz for this channel**\n\n1. ${codeSpan(typed('daily set time=09:00'))} says when\n2. ${codeSpan(typed('daily now'))} posts the first one`;
}

function details(context: Context, command: Command): Reply {
  const examples = command.examples.map((example) => `- ${codeSpan(context.typed(example))}`);
  const options = Object.entries(command.args.shape).map(
    ([name, schema]) => `- **${name}**: ${schema instanceof z.ZodType ? (schema.description ?? '') : ''}`,
  );
  const sections = [command.summary, `Examples:\n${examples.join('\n')}`];
  if (options.length > 0) sections.push(`What it takes:\n${options.join('\n')}`);
  return { title: context.typed(command.name), text: sections.join('\n\n'), visibility: 'private' };
}
