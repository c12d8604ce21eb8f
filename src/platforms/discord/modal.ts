import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APIStringSelectComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
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
