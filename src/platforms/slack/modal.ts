import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Press } from '../../bot/platform.js';
import type { AnswerInput, ChoicesInput, Form, Reply } from '../../bot/reply.js';
import { chosenIn, isList, listsOf, type OptionList } from '../lists.js';
import { sendable } from '../words.js';
import { contentOf } from './content.js';
import { drawOption, unique } from './controls.js';
import { LIMITS } from './limits.js';
import { oneLine, plainText } from './plain.js';

/** Where the answer to a form belongs: Slack says nothing of it when the form is sent. */
const Place = z.object({
  channel: z.string(),
  /** Timestamps: the message whose button opened the form, and the thread that it is in. */
  message: z.string().exactOptional(),
  thread: z.string().exactOptional(),
  /** The thread would begin with the answer: what only one person may see is shown in no such thread. */
  beginsThread: z.boolean().exactOptional(),
  /** Answers in the conversation, also where the message is seen by one person only; usable for 30 minutes. */
  responseUrl: z.string().exactOptional(),
  /** What the conversation makes of answers: seen by all, by the one who asked, or a conversation of two. */
  seenBy: z.enum(['all', 'one', 'two']),
});

export type Place = z.infer<typeof Place>;

const Metadata = z.object({ press: z.string(), place: Place });

const CALLBACK = 'form';

/** Whether the reply can be all in its modal, so that no message has to lead to it. */
export function opensAsModal({ form, buttons = [], selects = [], image, ...rest }: Reply): boolean {
  if (form === undefined || image !== undefined) return false;
  if (buttons.length > 0 || selects.length > 0) return false;
  return introduction(form, rest).length + drawInputs(form).length <= LIMITS.view.blocks;
}

/** The reply's form as a modal, below its text. Throws for what no modal can ask: that is a mistake in a command. */
export function drawModal({ form, ...rest }: Reply, place: Place): ModalView {
  if (form === undefined) throw new Error('a reply without a form is no modal');
  const said = introduction(form, rest);
  const inputs = drawInputs(form);
  return {
    type: 'modal',
    callback_id: CALLBACK,
    title: plainText(form.title, LIMITS.view.title),
    submit: plainText(form.submit || 'Send', LIMITS.view.submit),
    close: plainText('Cancel', LIMITS.view.close),
    private_metadata: metadataOf(form, place),
    blocks: [...(said.length + inputs.length <= LIMITS.view.blocks ? said : []), ...inputs],
  };
}

/** A form that was sent, with what was filled in and chosen, by the inputs' names. */
export interface Submission extends Required<Pick<Press, 'press' | 'form' | 'choices'>> {
  readonly place: Place;
}

/** Reads the view of a `view_submission`; undefined where it is not of our making. */
export function submissionOf(view: unknown): Submission | undefined {
  const parsed = View.safeParse(view);
  if (!parsed.success || parsed.data.callback_id !== CALLBACK) return undefined;
  const { private_metadata: metadata, state } = parsed.data;
  const filled = Object.values(state.values).flatMap((block) => Object.entries(block));
  const answers = filled
    .filter(([name]) => !isList(name))
    .map(([name, { value, selected_option: option }]) => [name, value ?? option?.value ?? '']);
  const lists = filled
    .filter(([id]) => isList(id))
    .map(([id, { selected_options: options }]) => [id, (options ?? []).map(({ value }) => value)] as const);
  return { ...metadata, form: Object.fromEntries(answers), choices: chosenIn(lists) };
}

const Chosen = z.object({ value: z.string() });

const View = z.object({
  callback_id: z.string(),
  private_metadata: z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('no JSON');
        return z.NEVER;
      }
    })
    .pipe(Metadata),
  state: z.object({
    values: z.record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          value: z.string().nullish(),
          selected_option: Chosen.nullish(),
          selected_options: z.array(Chosen).nullish(),
        }),
      ),
    ),
  }),
});

function metadataOf({ press }: Form, place: Place): string {
  const metadata: z.infer<typeof Metadata> = { press, place };
  const text = JSON.stringify(metadata);
  if (text.length > LIMITS.view.metadata) throw new Error('a form with its place is too long for a modal');
  return text;
}

/** What stands above the inputs; with the form's title where the modal's own line has no room for it. */
function introduction(form: Form, { title = '', ...rest }: Omit<Reply, 'form'>): readonly KnownBlock[] {
  const long = oneLine(form.title, LIMITS.header).length > LIMITS.view.title;
  const heading = title.trim() === '' && long ? form.title : title;
  return contentOf({ ...rest, title: heading }).flatMap(({ blocks }, at) =>
    at === 0 ? blocks : blocks.filter(({ type }) => type !== 'header'),
  );
}

/** What takes several options becomes as many lists as there is room for, below what is asked. */
function drawInputs({ title, inputs }: Form): readonly KnownBlock[] {
  const distinct = unique(inputs, ({ name }) => name);
  let spare = LIMITS.view.blocks - inputs.length;
  if (inputs.length === 0 || spare < 0 || distinct.length < inputs.length) {
    throw new Error(`the form '${title}' must have 1 to ${LIMITS.view.blocks} inputs with different names`);
  }
  return inputs.flatMap((input) => {
    if (input.kind !== 'choices') return [drawInput(input)];
    const drawn = drawLists(input, spare);
    spare -= drawn.length - 1;
    return drawn;
  });
}

function drawLists(input: ChoicesInput, spare: number): readonly KnownBlock[] {
  const lists = listsOf(input, { size: LIMITS.select.options, most: Math.max(1, spare - 1) });
  const [first] = lists;
  if (lists.length === 1 && first?.label === input.label) return [drawList(input, first, input.hint)];
  return [
    { type: 'section', text: plainText(input.label, LIMITS.section.text) },
    ...(input.hint?.trim()
      ? [{ type: 'context' as const, elements: [plainText(input.hint, LIMITS.context.text)] }]
      : []),
    ...lists.map((list) => drawList(input, list)),
  ];
}

function drawList({ values }: ChoicesInput, { id, label, options }: OptionList, hint?: string): InputBlock {
  const chosen = options.filter(({ value }) => values.includes(value)).map(drawOption);
  return {
    type: 'input',
    block_id: checkedName(id),
    label: plainText(label, LIMITS.input.label),
    optional: true,
    element: {
      type: 'multi_static_select',
      action_id: id,
      placeholder: plainText('Pick any number', LIMITS.select.placeholder),
      options: options.map(drawOption),
      ...(chosen.length > 0 ? { initial_options: chosen } : {}),
    },
    ...(hint?.trim() ? { hint: plainText(hint, LIMITS.input.hint) } : {}),
  };
}

function drawInput(input: AnswerInput): InputBlock {
  return {
    type: 'input',
    block_id: checkedName(input.name),
    label: plainText(input.label, LIMITS.input.label),
    optional: !(input.required ?? false),
    element: drawElement(input),
    ...(input.hint?.trim() ? { hint: plainText(input.hint, LIMITS.input.hint) } : {}),
  };
}

function checkedName(name: string): string {
  if (name === '' || name.length > LIMITS.blockId)
    throw new Error(`'${name}' cannot be the name of an input`);
  return name;
}

function drawElement(input: AnswerInput): InputBlock['element'] {
  const { name, kind, value = '', maximumLength } = input;
  if (kind === 'choice') return drawChoice(input);
  if (kind === 'number') {
    const initial = /^-?\d+(\.\d+)?$/.test(value) ? { initial_value: value } : undefined;
    return { type: 'number_input', action_id: name, is_decimal_allowed: true, ...initial };
  }
  const longest = Math.max(1, Math.min(maximumLength ?? LIMITS.input.value, LIMITS.input.value));
  const initial = sendable(value);
  return {
    type: 'plain_text_input',
    action_id: name,
    multiline: kind === 'longtext',
    max_length: longest,
    ...(initial !== '' && initial.length <= longest ? { initial_value: initial } : {}),
  };
}

function drawChoice({ name, value, options = [] }: AnswerInput): InputBlock['element'] {
  const drawn = unique(options, (option) => option.value).map(drawOption);
  if (drawn.length === 0 || drawn.length > LIMITS.select.options) {
    throw new Error(`the choice '${name}' must have 1 to ${LIMITS.select.options} options`);
  }
  const initial = drawn.find((option) => option.value === value);
  return {
    type: 'static_select',
    action_id: name,
    options: drawn,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}
