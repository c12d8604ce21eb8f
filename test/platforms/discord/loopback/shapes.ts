import { z } from 'zod';

/** A JSON object whose keys nobody has looked at. */
export type Json = Readonly<Record<string, unknown>>;

/** Any component of a message or modal, as the bot sent it; the parts that the loopback looks at are typed. */
export const componentShape = z.looseObject({
  type: z.number(),
  id: z.number().nullish(),
  custom_id: z.string().nullish(),
  style: z.number().nullish(),
  label: z.string().nullish(),
  description: z.string().nullish(),
  url: z.string().nullish(),
  disabled: z.boolean().nullish(),
  required: z.boolean().nullish(),
  content: z.string().nullish(),
  value: z.string().nullish(),
  placeholder: z.string().nullish(),
  min_values: z.number().nullish(),
  max_values: z.number().nullish(),
  min_length: z.number().nullish(),
  max_length: z.number().nullish(),
  media: z.looseObject({ url: z.string() }).nullish(),
  file: z.looseObject({ url: z.string() }).nullish(),
  options: z
    .array(
      z.looseObject({
        label: z.string(),
        value: z.string(),
        description: z.string().nullish(),
        default: z.boolean().nullish(),
      }),
    )
    .nullish(),
  items: z.array(z.looseObject({ media: z.looseObject({ url: z.string() }) })).nullish(),
  get components() {
    return z.array(componentShape).nullish();
  },
  get component() {
    return componentShape.nullish();
  },
  get accessory() {
    return componentShape.nullish();
  },
});
export type Component = z.infer<typeof componentShape>;

const embedShape = z.looseObject({
  title: z.string().nullish(),
  description: z.string().nullish(),
  url: z.string().nullish(),
  color: z.number().nullish(),
  fields: z
    .array(z.looseObject({ name: z.string(), value: z.string(), inline: z.boolean().nullish() }))
    .nullish(),
  footer: z.looseObject({ text: z.string().nullish() }).nullish(),
  author: z.looseObject({ name: z.string().nullish() }).nullish(),
  image: z.looseObject({ url: z.string().nullish() }).nullish(),
  thumbnail: z.looseObject({ url: z.string().nullish() }).nullish(),
});
export type Embed = z.infer<typeof embedShape>;

/** What a message's body may say, in any of the ways in which a bot sends or edits one. */
export const messageShape = z.looseObject({
  content: z.string().nullish(),
  embeds: z.array(embedShape).nullish(),
  components: z.array(componentShape).nullish(),
  flags: z.number().nullish(),
  attachments: z
    .array(
      z.looseObject({
        id: z.union([z.string(), z.number()]),
        filename: z.string().nullish(),
        description: z.string().nullish(),
      }),
    )
    .nullish(),
  allowed_mentions: z
    .looseObject({
      parse: z.array(z.string()).nullish(),
      users: z.array(z.string()).nullish(),
      roles: z.array(z.string()).nullish(),
    })
    .nullish(),
  nonce: z.union([z.string(), z.number()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
});
export type MessageBody = z.infer<typeof messageShape>;

/** A form that a bot opens before a person. */
export const modalShape = z.looseObject({
  custom_id: z.string(),
  title: z.string(),
  components: z.array(componentShape),
});
export type Modal = z.infer<typeof modalShape>;

/** What can be chosen while a command is being typed. */
export const choicesShape = z.looseObject({
  choices: z.array(z.looseObject({ name: z.string(), value: z.union([z.string(), z.number()]) })).nullish(),
});
export type Choice = NonNullable<z.infer<typeof choicesShape>['choices']>[number];

/** An answer to an interaction; what `data` means depends on the type. */
export const callbackShape = z.looseObject({ type: z.number(), data: z.unknown().optional() });

/** An option of a command, or a subcommand. */
export const optionShape = z.looseObject({
  type: z.number(),
  name: z.string(),
  description: z.string().nullish(),
  required: z.boolean().nullish(),
  autocomplete: z.boolean().nullish(),
  choices: z.array(z.looseObject({ name: z.string(), value: z.union([z.string(), z.number()]) })).nullish(),
  min_value: z.number().nullish(),
  max_value: z.number().nullish(),
  min_length: z.number().nullish(),
  max_length: z.number().nullish(),
  get options() {
    return z.array(optionShape).nullish();
  },
});
export type CommandOption = z.infer<typeof optionShape>;

/** A command as the bot registers it. */
export const commandShape = z.looseObject({
  name: z.string(),
  type: z.number().nullish(),
  description: z.string().nullish(),
  options: z.array(optionShape).nullish(),
  default_member_permissions: z.union([z.string(), z.number()]).nullish(),
  contexts: z.array(z.number()).nullish(),
  integration_types: z.array(z.number()).nullish(),
});
export type CommandBody = z.infer<typeof commandShape>;

/** All components, also those within rows, sections, containers and labels. */
export function allComponents(components: readonly Component[]): Component[] {
  return components.flatMap((component) => [
    component,
    ...allComponents(component.components ?? []),
    ...allComponents(component.component ? [component.component] : []),
    ...allComponents(component.accessory ? [component.accessory] : []),
  ]);
}
