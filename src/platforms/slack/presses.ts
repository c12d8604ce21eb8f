import { z } from 'zod';

/** How an element's action id says what it is; ids must differ within a message, so each has a number or a name. */
export const actionIds = {
  press: (id: string) => `press-${id}`,
  choose: (id: string, press: string) => `choose-${id}/${press}`,
  several: (id: string) => `several-${id}`,
  done: (id: string) => `done-${id}`,
  share: 'share',
} as const;

/** What a press on one of our elements means. */
export type Meaning =
  | { readonly kind: 'press'; readonly press: string; readonly values: readonly string[] }
  /** Show the reply to all; the value is what `drawMessage` was given. */
  | { readonly kind: 'share'; readonly value: string }
  /** A choice is being made, or the element is not ours: acknowledge it, answer nothing. */
  | { readonly kind: 'none' };

const Chosen = z.object({ value: z.string() });

const Action = z.object({
  action_id: z.string(),
  value: z.string().optional(),
  selected_option: Chosen.nullish(),
});

const State = z.object({
  values: z.record(
    z.string(),
    z.record(z.string(), z.object({ selected_options: z.array(Chosen).optional() })),
  ),
});

const NONE = { kind: 'none' } as const;

/** Reads one action of a `block_actions` payload, with the payload's state for what was chosen before it. */
export function meaningOf(action: unknown, state?: unknown): Meaning {
  const parsed = Action.safeParse(action);
  if (!parsed.success) return NONE;
  const { action_id: id, value, selected_option: option } = parsed.data;
  if (id === actionIds.share) return value === undefined ? NONE : { kind: 'share', value };
  const [, kind, number = '', press] = /^(press|choose|done)-([^/]*)(?:\/(.*))?$/s.exec(id) ?? [];
  if (kind === 'press' && value !== undefined) return { kind: 'press', press: value, values: [] };
  if (kind === 'choose' && press !== undefined && option) {
    return { kind: 'press', press, values: [option.value] };
  }
  if (kind === 'done' && value !== undefined) {
    return { kind: 'press', press: value, values: chosenIn(state, actionIds.several(number)) };
  }
  return NONE;
}

function chosenIn(state: unknown, id: string): readonly string[] {
  const parsed = State.safeParse(state);
  if (!parsed.success) return [];
  const elements = Object.values(parsed.data.values).flatMap((block) => Object.entries(block));
  const [, element] = elements.find(([action]) => action === id) ?? [];
  return (element?.selected_options ?? []).map(({ value }) => value);
}
