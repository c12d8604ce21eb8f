import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { ComponentType } from 'discord.js';

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

/** What was filled in, by the inputs' names. */
export function formOf({ components }: ModalSubmitInteraction): Readonly<Record<string, string>> {
  return Object.fromEntries(
    components.flatMap((row) => {
      if (row.type !== ComponentType.Label) return [];
      const { component } = row;
      if (component.type === ComponentType.TextInput) return [[component.customId, component.value]];
      if (component.type === ComponentType.StringSelect)
        return [[component.customId, component.values.join(',')]];
      return [];
    }),
  );
}
