import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APISelectMenuOption,
  type APIStringSelectComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { AnswerInput, ChoicesInput, Form, Option, Reply } from '../../bot/reply.js';
import { listsOf, type OptionList } from '../lists.js';
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
  return {
    custom_id: customId(form.press),
    title: oneLine(form.title, LIMITS.modal.title),
    components: [...introduction(form, text), ...drawInputs(form)],
  };
}

function introduction(form: Form, text: string): APIModalInteractionResponseCallbackData['components'] {
  const content = drawMarkup(parseMarkdown(text));
  if (content === '' || content.length > LIMITS.textDisplay.content) return [];
  const fits = drawInputs(form).length < LIMITS.modal.components;
  return fits ? [{ type: ComponentType.TextDisplay, content }] : [];
}

/** What takes several options becomes as many lists as there is room for. */
function drawInputs({ title, inputs }: Form): readonly APILabelComponent[] {
  let spare = LIMITS.modal.components - inputs.length;
  if (inputs.length === 0 || spare < 0) {
    throw new Error(`the form '${title}' must have 1 to ${LIMITS.modal.components} inputs`);
  }
  return inputs.flatMap((input) => {
    if (input.kind !== 'choices') return [drawInput(input)];
    const lists = listsOf(input, { size: LIMITS.select.options, most: spare + 1 });
    spare -= lists.length - 1;
    return lists.map((list, at) => drawList(input, list, at === 0));
  });
}

function drawInput(input: AnswerInput): APILabelComponent {
  return {
    ...labelled(input.label, input.hint),
    component: input.kind === 'choice' ? drawChoice(input) : drawTextInput(input),
  };
}

/** What is asked stands once, below the label of the first list. */
function drawList(
  input: ChoicesInput,
  { id, label, options }: OptionList,
  isFirst: boolean,
): APILabelComponent {
  const asked = [label === input.label ? '' : input.label, input.hint ?? ''].join(' ');
  return {
    ...labelled(label, isFirst ? asked : undefined),
    component: {
      type: ComponentType.StringSelect,
      custom_id: customId(id),
      required: false,
      min_values: 0,
      max_values: options.length,
      options: options.map((option) => drawPicked(option, input.values.includes(option.value))),
    },
  };
}

function labelled(label: string, hint = ''): Pick<APILabelComponent, 'type' | 'label' | 'description'> {
  return {
    type: ComponentType.Label,
    label: oneLine(label, LIMITS.label.label),
    ...(hint.trim() ? { description: oneLine(hint, LIMITS.label.description) } : {}),
  };
}

/** Discord takes a field for required where it is not told. */
function drawTextInput({
  name,
  kind,
  value,
  required = false,
  maximumLength,
}: AnswerInput): APITextInputComponent {
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

function drawChoice({ name, value, required = false, options = [] }: AnswerInput): APIStringSelectComponent {
  if (options.length === 0 || options.length > LIMITS.select.options) {
    throw new Error(`the choice '${name}' must have 1 to ${LIMITS.select.options} options`);
  }
  return {
    type: ComponentType.StringSelect,
    custom_id: customId(name),
    required,
    options: options.map((option) => drawPicked(option, option.value === value)),
  };
}

function drawPicked(option: Option, isPicked: boolean): APISelectMenuOption {
  return { ...drawOption(option), ...(isPicked ? { default: true } : {}) };
}
