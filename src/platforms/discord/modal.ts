import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APIStringSelectComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import { z } from 'zod';
import type { Form, Input, Reply } from '../../bot/reply.js';
import { parseMarkdown } from '../markdown.js';
import { customId, drawOption } from './components.js';
import { LIMITS } from './limits.js';
import { drawMarkup } from './markup.js';
import { oneLine } from './text.js';

/** Whether the reply is all in its modal, so that this can be the response to an interaction. */
export function opensAsModal({
  title,
  text,
  form,
  fields = [],
  buttons = [],
  selects = [],
  image,
}: Reply): boolean {
  if (form === undefined || title || image) return false;
  if (fields.length > 0 || buttons.length > 0 || selects.length > 0) return false;
  return text.trim() === '' || introduction(form, text).length > 0;
}

/** The reply's form as a modal, below its text where Discord has room for that. Throws for what no modal can ask. */
export function drawModal({ form, text }: Reply): APIModalInteractionResponseCallbackData {
  if (form === undefined) throw new Error('a reply without a form is no modal');
  if (form.inputs.length === 0 || form.inputs.length > LIMITS.modal.components) {
    throw new Error(`the form '${form.title}' must have 1 to ${LIMITS.modal.components} inputs`);
  }
  return {
    custom_id: customId(form.press),
    title: oneLine(form.title, LIMITS.modal.title),
    components: [...introduction(form, text), ...form.inputs.map(drawInput)],
  };
}

/** What was filled in, by the inputs' names; of a select, its values with commas between. Throws for what is no modal's. */
export function filledIn(components: unknown): Readonly<Record<string, string>> {
  const filled = Components.parse(components).flatMap((top) => ('component' in top ? [top.component] : []));
  return Object.fromEntries(
    filled.map((one) => [
      'custom_id' in one ? one.custom_id : one.customId,
      'values' in one ? one.values.join(',') : one.value,
    ]),
  );
}

/** As Discord sends them, and as discord.js renames them. */
const Named = z.union([z.object({ custom_id: z.string() }), z.object({ customId: z.string() })]);
const Filled = Named.and(
  z.union([z.object({ values: z.array(z.string()) }), z.object({ value: z.string() })]),
);
const Components = z.array(
  z.union([
    z.object({ type: z.literal(ComponentType.Label), component: Filled }),
    z.object({ type: z.literal(ComponentType.TextDisplay) }),
  ]),
);

function introduction({ inputs }: Form, text: string): APIModalInteractionResponseCallbackData['components'] {
  const content = drawMarkup(parseMarkdown(text));
  const fits = content.length <= LIMITS.textDisplay.content && inputs.length < LIMITS.modal.components;
  return content !== '' && fits ? [{ type: ComponentType.TextDisplay, content }] : [];
}

function drawInput(input: Input): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: oneLine(input.label, LIMITS.label.label),
    ...(input.hint?.trim() ? { description: oneLine(input.hint, LIMITS.label.description) } : {}),
    component: input.kind === 'choice' ? drawChoice(input) : drawTextInput(input),
  };
}

/** Discord takes a field for required where it is not told. */
function drawTextInput({ name, kind, value, required = false, maximumLength }: Input): APITextInputComponent {
  const longest = Math.min(maximumLength ?? LIMITS.textInput.value, LIMITS.textInput.value);
  return {
    type: ComponentType.TextInput,
    custom_id: customId(name),
    style: kind === 'longtext' ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required,
    max_length: longest,
    ...(value && value.length <= longest ? { value } : {}),
  };
}

function drawChoice({ name, value, required = false, options = [] }: Input): APIStringSelectComponent {
  if (options.length === 0 || options.length > LIMITS.select.options) {
    throw new Error(`the choice '${name}' must have 1 to ${LIMITS.select.options} options`);
  }
  return {
    type: ComponentType.StringSelect,
    custom_id: customId(name),
    required,
    options: options.map((option) => ({
      ...drawOption(option),
      ...(option.value === value ? { default: true } : {}),
    })),
  };
}
