import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { ComponentType } from 'discord.js';
import type { Press } from '../../bot/platform.js';
import { chosenIn, isList } from '../lists.js';

/** The arguments of a subcommand by name. */
export function argumentsOf({
  options,
}: ChatInputCommandInteraction): Readonly<Record<string, string | number | boolean>> {
  const [subcommand] = options.data;
  return Object.fromEntries(
    (subcommand?.options ?? []).flatMap(({ name, value }) =>
      value === undefined || value === null ? [] : [[name, value]],
    ),
  );
}

/** What was chosen in a select; nothing for a button. */
export function valuesOf(interaction: ButtonInteraction | StringSelectMenuInteraction): readonly string[] {
  return interaction.isStringSelectMenu() ? interaction.values : [];
}

/** What was filled in and chosen, by the inputs' names. */
export function formOf({ components }: ModalSubmitInteraction): Pick<Press, 'form' | 'choices'> {
  const inputs = components.flatMap((row) => (row.type === ComponentType.Label ? [row.component] : []));
  const answers: [name: string, answer: string][] = [];
  const lists: [id: string, values: readonly string[]][] = [];
  for (const input of inputs) {
    if (input.type === ComponentType.TextInput) answers.push([input.customId, input.value]);
    if (input.type !== ComponentType.StringSelect) continue;
    if (isList(input.customId)) lists.push([input.customId, input.values]);
    else answers.push([input.customId, input.values.join(',')]);
  }
  return { form: Object.fromEntries(answers), choices: chosenIn(lists) };
}
