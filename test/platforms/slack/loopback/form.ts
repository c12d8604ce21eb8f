import type { OpenView } from './modals.js';
import { findPart, type Option, optionsOf, type Part, partsOf } from './parts.js';
import { selection } from './payloads.js';
import type { Json } from './world.js';

/** What a person fills in: by an input's label, action id or block id. */
export type Filled = Readonly<Record<string, string | readonly string[]>>;

const TYPED: readonly string[] = ['plain_text_input', 'number_input'];

/** The state of a form as it is sent; what is not named keeps what the form had. Throws where the client would not send. */
export function filledIn(view: OpenView, values: Filled): Json {
  const inputs = partsOf(view.body.blocks.filter(({ type }) => type === 'input'));
  const given = new Map(
    Object.entries(values).map(([key, value]) => {
      const input = findPart(inputs, key);
      if (!input)
        throw new Error(`the form has no ${key}; it has: ${inputs.map(({ label }) => label).join(', ')}`);
      return [input, value];
    }),
  );
  const state: Record<string, Json> = {};
  for (const input of inputs) {
    state[input.blockId] = { [input.actionId]: stateOf(input, given.get(input)) };
  }
  return state;
}

function stateOf(input: Part, value: string | readonly string[] | undefined): Json {
  if (TYPED.includes(input.type)) {
    const typed = value === undefined ? input.initial_value : String(value);
    const refusal = typed ? typingProblem(input, typed) : input.optional ? undefined : 'it must be filled in';
    if (refusal !== undefined) throw new Error(`the client refuses ${input.label}: ${refusal}`);
    return { type: input.type, value: typed || null };
  }
  const chosen =
    value === undefined ? initial(input) : optionsOf(input, typeof value === 'string' ? [value] : value);
  if (chosen.length === 0 && !input.optional)
    throw new Error(`the client refuses ${input.label}: nothing is chosen`);
  return { type: input.type, ...selection(input, chosen) };
}

const initial = ({ initial_option, initial_options }: Part): readonly Option[] =>
  initial_options ?? (initial_option ? [initial_option] : []);

function typingProblem(input: Part, typed: string): string | undefined {
  if (input.type === 'number_input') {
    const shape = input.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
    const least = Number(input.min_value ?? Number.NEGATIVE_INFINITY);
    const most = Number(input.max_value ?? Number.POSITIVE_INFINITY);
    const fits = shape.test(typed) && Number(typed) >= least && Number(typed) <= most;
    return fits ? undefined : `${typed} is not a number from ${least} to ${most}`;
  }
  const { min_length: least = 0, max_length: most = 3000 } = input;
  return typed.length >= least && typed.length <= most
    ? undefined
    : `it must be ${least} to ${most} characters`;
}
