import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Form, Input, Reply } from '../../bot/reply.js';
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
  return introduction(form, rest).length + form.inputs.length <= LIMITS.view.blocks;
}

/** The reply's form as a modal, below its text. Throws for what no modal can ask: that is a mistake in a command. */
export function drawModal({ form, ...rest }: Reply, place: Place): ModalView {
  if (form === undefined) throw new Error('a reply without a form is no modal');
  const said = introduction(form, rest);
  const room = LIMITS.view.blocks - form.inputs.length;
  return {
    type: 'modal',
    callback_id: CALLBACK,
    title: plainText(form.title, LIMITS.view.title),
    submit: plainText(form.submit || 'Send', LIMITS.view.submit),
    close: plainText('Cancel', LIMITS.view.close),
    private_metadata: metadataOf(form, place),
    blocks: [...(said.length <= room ? said : []), ...inputsOf(form)],
  };
}

/** A form that was sent. */
export interface Submission {
  readonly press: string;
  readonly place: Place;
  /** What was filled in, by the inputs' names. */
  readonly form: Readonly<Record<string, string>>;
}

/** Reads the view of a `view_submission`; undefined where it is not of our making. */
export function submissionOf(view: unknown): Submission | undefined {
  const parsed = View.safeParse(view);
  if (!parsed.success || parsed.data.callback_id !== CALLBACK) return undefined;
  const { private_metadata: metadata, state } = parsed.data;
  const filled = Object.values(state.values)
    .flatMap((block) => Object.entries(block))
    .map(([name, { value, selected_option: option }]) => [name, value ?? option?.value ?? '']);
  return { ...metadata, form: Object.fromEntries(filled) };
}

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
          selected_option: z.object({ value: z.string() }).nullish(),
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

function inputsOf({ title, inputs }: Form): readonly InputBlock[] {
  const distinct = unique(inputs, ({ name }) => name);
  if (inputs.length === 0 || inputs.length > LIMITS.view.blocks || distinct.length < inputs.length) {
    throw new Error(`the form '${title}' must have 1 to ${LIMITS.view.blocks} inputs with different names`);
  }
  return inputs.map(drawInput);
}

function drawInput(input: Input): InputBlock {
  if (input.name === '' || input.name.length > LIMITS.blockId) {
    throw new Error(`'${input.name}' cannot be the name of an input`);
  }
  return {
    type: 'input',
    block_id: input.name,
    label: plainText(input.label, LIMITS.input.label),
    optional: !(input.required ?? false),
    element: drawElement(input),
    ...(input.hint?.trim() ? { hint: plainText(input.hint, LIMITS.input.hint) } : {}),
  };
}

function drawElement(input: Input): InputBlock['element'] {
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

function drawChoice({ name, value, options = [] }: Input): InputBlock['element'] {
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
