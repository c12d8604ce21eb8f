import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import { z } from 'zod';
import type { Command } from '../../bot/command.js';
import { label } from '../../bot/markdown.js';
import { LIMITS } from './limits.js';
import { type Localized, localizationsOf, subcommandTexts } from './locales.js';

/**
 * The one slash command: a subcommand for each command of the bot, its options read off the command's own schema.
 * @throws Error for a command that Discord has no form for, which is a mistake in the command
 */
export function describeCommand(
  name: string,
  commands: readonly Command[],
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  if (commands.length > LIMITS.command.options)
    throw new Error(`Discord takes ${LIMITS.command.options} subcommands at most`);
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    description: "Study your team's notes",
    contexts: [
      InteractionContextType.Guild,
      InteractionContextType.BotDM,
      InteractionContextType.PrivateChannel,
    ],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
    options: commands.map(describeSubcommand),
  };
}

function describeSubcommand(command: Command): APIApplicationCommandSubcommandOption {
  const options = Object.entries(command.args.shape).map(([name, schema]) =>
    describeOption(command, name, schema),
  );
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: command.name,
    description: label(
      command.admin ? `${command.summary} (for admins)` : command.summary,
      LIMITS.command.description,
    ),
    ...localized(subcommandTexts[command.name]),
    // Discord wants what is required first.
    options: [...options.filter(({ required }) => required), ...options.filter(({ required }) => !required)],
  };
}

function localized(texts: Localized | undefined) {
  return texts === undefined ? {} : localizationsOf(texts);
}

/** What is left of a zod schema when it is written as JSON Schema. */
const Shape = z.object({
  type: z.enum(['string', 'integer', 'number', 'boolean']).catch('string'),
  description: z.string().catch(''),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
});

function describeOption(
  { completes }: Command,
  name: string,
  schema: z.core.$ZodType,
): APIApplicationCommandBasicOption {
  const { type, description, ...shape } = Shape.parse(
    z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }),
  );
  const base = {
    name,
    description: label(description || name, LIMITS.command.description),
    required: !z.safeParse(schema, undefined).success,
  };
  switch (type) {
    case 'boolean':
      return { ...base, type: ApplicationCommandOptionType.Boolean };
    case 'integer':
      return { ...base, type: ApplicationCommandOptionType.Integer, ...numberRules(shape) };
    case 'number':
      return { ...base, type: ApplicationCommandOptionType.Number, ...numberRules(shape) };
    case 'string':
      return { ...base, type: ApplicationCommandOptionType.String, ...textRules(shape, name in completes) };
  }
}

type Rules = Omit<z.infer<typeof Shape>, 'type' | 'description'>;

function numberRules({ minimum, maximum }: Rules) {
  return {
    ...(minimum !== undefined && { min_value: minimum }),
    ...(maximum !== undefined && { max_value: maximum }),
  };
}

/** Few values are choices, which Discord shows at once; others may be completed while they are typed. */
function textRules({ enum: values = [], minLength, maxLength }: Rules, completed: boolean) {
  if (values.length > 0 && values.length <= LIMITS.command.choices) {
    return { choices: values.map((value) => ({ name: value, value })) };
  }
  return {
    ...(minLength !== undefined && { min_length: Math.min(minLength, LIMITS.command.text) }),
    ...(maxLength !== undefined && { max_length: Math.min(maxLength, LIMITS.command.text) }),
    ...(completed && { autocomplete: true }),
  };
}
