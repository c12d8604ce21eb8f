import { z } from 'zod';

/** How an element's action id says what it is; ids must differ within a message, so each has a number or a name. */
export const actionIds = {
  press: (id: string) => `press-${id}`,
  choose: (id: string, press: string) => `choose-${id}/${press}`,
  share: 'share',
} as const;

/** What a press on one of our elements means. */
export type Meaning =
  | { readonly kind: 'press'; readonly press: string; readonly values: readonly string[] }
  /** Show the reply to all; the value is what `drawMessage` was given. */
  | { readonly kind: 'share'; readonly value: string }
  /** The element is not ours: acknowledge it, answer nothing. */
  | { readonly kind: 'none' };

const Chosen = z.object({ value: z.string() });

const Action = z.object({
  action_id: z.string(),
  value: z.string().optional(),
  selected_option: Chosen.nullish(),
});

const NONE = { kind: 'none' } as const;

/** Reads one action of a `block_actions` payload. */
export function meaningOf(action: unknown): Meaning {
  const parsed = Action.safeParse(action);
  if (!parsed.success) return NONE;
  const { action_id: id, value, selected_option: option } = parsed.data;
  if (id === actionIds.share) return value === undefined ? NONE : { kind: 'share', value };
  const [, kind, press] = /^(press|choose)-[^/]*(?:\/(.*))?$/s.exec(id) ?? [];
  if (kind === 'press' && value !== undefined) return { kind: 'press', press: value, values: [] };
  if (kind === 'choose' && press !== undefined && option) {
    return { kind: 'press', press, values: [option.value] };
  }
  return NONE;
}
