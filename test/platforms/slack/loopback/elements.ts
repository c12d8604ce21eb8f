import { z } from 'zod';
import { anyText, hasOneSource, id, imageSource, ONE_SOURCE, plainText, webUrl } from './texts.js';

const confirm = z
  .strictObject({
    title: plainText(100).optional(),
    text: anyText(300),
    confirm: plainText(30).optional(),
    deny: plainText(30).optional(),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .optional();

const OPTION_TEXT = 75;
const OPTION_VALUE = 150;
const OPTIONS = 100;

const option = z.strictObject({
  text: plainText(OPTION_TEXT),
  value: z.string().min(1).max(OPTION_VALUE),
  description: plainText(OPTION_TEXT).optional(),
});
const formattedOption = option.extend({
  text: anyText(OPTION_TEXT),
  description: anyText(OPTION_TEXT).optional(),
});
type Option = z.infer<typeof formattedOption>;

interface Chooser {
  readonly options?: readonly Option[] | undefined;
  readonly option_groups?: readonly { readonly options: readonly Option[] }[] | undefined;
  readonly initial_option?: Option | undefined;
  readonly initial_options?: readonly Option[] | undefined;
}

/** What holds for all elements with options: values differ, and what is chosen at first is among them. */
function chooserProblems(chooser: Chooser, context: z.RefinementCtx): void {
  const { options, option_groups: groups } = chooser;
  if ((options === undefined) === (groups === undefined)) {
    context.addIssue({ code: 'custom', message: 'provide either options or option_groups', path: [] });
  }
  const all = options ?? groups?.flatMap((group) => group.options) ?? [];
  if (new Set(all.map(({ value }) => value)).size < all.length) {
    context.addIssue({ code: 'custom', message: 'option values must be unique', path: ['options'] });
  }
  const known = all.map((one) => JSON.stringify(one));
  const chosen = [
    ...(chooser.initial_options ?? []),
    ...(chooser.initial_option ? [chooser.initial_option] : []),
  ];
  if (chosen.some((one) => !known.includes(JSON.stringify(one)))) {
    context.addIssue({ code: 'custom', message: 'initial option must be one of the options', path: [] });
  }
}

const action = { action_id: id.optional() };
const focus = { focus_on_load: z.boolean().optional() };
const placeholder = { placeholder: plainText(150).optional() };
const dispatch = {
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).optional(),
    })
    .optional(),
};
const listed = {
  options: z.array(option).min(1).max(OPTIONS).optional(),
  option_groups: z
    .array(z.strictObject({ label: plainText(75), options: z.array(option).min(1).max(OPTIONS) }))
    .min(1)
    .max(OPTIONS)
    .optional(),
};

/** Every element that a bot may use, by its type; elsewhere than in a message's own list they go by these names. */
export const elements = {
  image: z
    .strictObject({ type: z.literal('image'), alt_text: z.string().min(1).max(2000), ...imageSource })
    .refine(hasOneSource, ONE_SOURCE),
  button: z.strictObject({
    type: z.literal('button'),
    ...action,
    text: plainText(75),
    value: z.string().min(1).max(2000).optional(),
    url: webUrl.optional(),
    style: z.enum(['primary', 'danger']).optional(),
    confirm,
    accessibility_label: z.string().min(1).max(75).optional(),
  }),
  static_select: z
    .strictObject({
      type: z.literal('static_select'),
      ...action,
      ...listed,
      initial_option: option.optional(),
      confirm,
      ...focus,
      ...placeholder,
    })
    .superRefine(chooserProblems),
  multi_static_select: z
    .strictObject({
      type: z.literal('multi_static_select'),
      ...action,
      ...listed,
      initial_options: z.array(option).optional(),
      max_selected_items: z.int().min(1).optional(),
      confirm,
      ...focus,
      ...placeholder,
    })
    .superRefine(chooserProblems),
  overflow: z
    .strictObject({
      type: z.literal('overflow'),
      ...action,
      options: z
        .array(option.extend({ url: webUrl.optional() }))
        .min(1)
        .max(5),
      confirm,
    })
    .superRefine(chooserProblems),
  checkboxes: z
    .strictObject({
      type: z.literal('checkboxes'),
      ...action,
      options: z.array(formattedOption).min(1).max(10),
      initial_options: z.array(formattedOption).min(1).optional(),
      confirm,
      ...focus,
    })
    .superRefine(chooserProblems),
  radio_buttons: z
    .strictObject({
      type: z.literal('radio_buttons'),
      ...action,
      options: z.array(formattedOption).min(1).max(10),
      initial_option: formattedOption.optional(),
      confirm,
      ...focus,
    })
    .superRefine(chooserProblems),
  plain_text_input: z
    .strictObject({
      type: z.literal('plain_text_input'),
      ...action,
      initial_value: z.string().max(3000).optional(),
      multiline: z.boolean().optional(),
      min_length: z.int().min(0).max(3000).optional(),
      max_length: z.int().min(1).max(3000).optional(),
      ...dispatch,
      ...focus,
      ...placeholder,
    })
    .refine(
      ({ min_length = 0, max_length = 3000 }) => min_length <= max_length,
      'min_length must not exceed max_length',
    )
    .refine(
      ({ initial_value = '', max_length = 3000 }) => initial_value.length <= max_length,
      'initial_value must not exceed max_length',
    ),
  number_input: z
    .strictObject({
      type: z.literal('number_input'),
      ...action,
      is_decimal_allowed: z.boolean(),
      initial_value: z.string().optional(),
      min_value: z.string().optional(),
      max_value: z.string().optional(),
      ...dispatch,
      ...focus,
      ...placeholder,
    })
    .refine(numbersFit, 'values must be numbers, with min_value <= initial_value <= max_value'),
};

function numbersFit(input: {
  readonly is_decimal_allowed: boolean;
  readonly initial_value?: string | undefined;
  readonly min_value?: string | undefined;
  readonly max_value?: string | undefined;
}): boolean {
  const given = [input.min_value, input.initial_value, input.max_value].filter((one) => one !== undefined);
  const shape = input.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  return (
    given.every((one) => shape.test(one)) &&
    given.every((one, at) => at === 0 || Number(given[at - 1]) <= Number(one))
  );
}
