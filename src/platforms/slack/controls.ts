import type {
  ActionsBlock,
  Button as ButtonElement,
  KnownBlock,
  PlainTextOption,
  RichTextBlock,
} from '@slack/types';
import { keptForm, keptPage } from '../../bot/kept.js';
import type { Button, Form, Option, Reply, Select } from '../../bot/reply.js';
import { sendable } from '../words.js';
import { LIMITS } from './limits.js';
import { oneLine, plainText } from './plain.js';
import { actionIds } from './presses.js';
import { jsonLength } from './size.js';
import { textSpan } from './spans.js';

/** Blocks that belong together, such as buttons and their labels in full. */
export type Control = readonly KnownBlock[];

/** What the buttons of a reply need to know of where they stand. */
export interface Around {
  /** Id under which the bot keeps the reply, for buttons that turn pages or open its form. */
  readonly kept: string;
  /** Value of the button that shows the reply to all, where it has one. */
  readonly share: string | undefined;
  /** Begins the ids of the reply's elements, to set them apart from those of others in the same view. */
  readonly part: string;
}

/** The reply's buttons and selects; `room` is what JSON one message has left for them. */
export function controlsOf(
  { title = '', text, buttons = [], selects = [], form }: Reply,
  { kept, part, room }: Around & { readonly room: number },
): readonly Control[] {
  const offered = form === undefined ? buttons : [formButton(form, kept), ...buttons];
  const distinct = unique(offered, ({ press }) => press);
  const cut = cutCommands(distinct, `${title}\n${text}`);
  const rows = chunks(drawButtons(distinct, part), LIMITS.actions.comfortable, room).map(
    (elements): Control => [...inFull(distinct, elements, cut), { type: 'actions', elements }],
  );
  const choices = selects.flatMap((select, at) => drawSelects(select, `${part}${at}`, room));
  return [...rows, ...choices];
}

/** What turns the pages of a kept reply, and shows it to all. Slack has no disabled buttons, so what leads nowhere is left out. */
export function lastRow({ kept, share, part }: Around, page: number, pages: number): Control {
  const turn = (label: string, id: string, to: number): ButtonElement => ({
    type: 'button',
    action_id: actionIds.press(`${part}${id}`),
    text: plainText(label, LIMITS.button.text),
    value: keptPage(kept, to),
  });
  const elements = [
    ...(page > 0 ? [turn('‹ Back', 'back', page - 1)] : []),
    ...(page < pages - 1 ? [turn('More ›', 'more', page + 1)] : []),
    ...(share === undefined ? [] : [shareButton(share)]),
  ];
  const where = plainText(`Page ${page + 1} of ${pages}`, LIMITS.context.text);
  return [
    ...(pages > 1 ? [{ type: 'context' as const, elements: [where] }] : []),
    ...(elements.length > 0 ? [{ type: 'actions' as const, elements }] : []),
  ];
}

/** An option of a select, in a message or a modal. */
export function drawOption({ label, value, description }: Option): PlainTextOption {
  if (value === '' || value.length > LIMITS.option.value) {
    throw new Error(`the value of option '${label}' must have 1 to ${LIMITS.option.value} characters`);
  }
  const about = description?.trim()
    ? { description: plainText(description, LIMITS.option.description) }
    : undefined;
  return { text: plainText(label, LIMITS.option.text), value, ...about };
}

/** The first of those that are the same by their key. */
export function unique<T>(all: readonly T[], keyOf: (one: T) => string): readonly T[] {
  return [...new Map([...all].reverse().map((one) => [keyOf(one), one])).values()].reverse();
}

function formButton({ title }: Form, kept: string): Button {
  return { label: title || 'Answer', press: keptForm(kept), style: 'primary' };
}

function shareButton(value: string): ButtonElement {
  return {
    type: 'button',
    action_id: actionIds.share,
    text: plainText('Share in channel', LIMITS.button.text),
    value,
  };
}

/** "`primary` should only be used for one button within a set"; what else would be green has no colour. */
function withOnePrimary(buttons: readonly Button[]): readonly Button[] {
  const first = buttons.findIndex(({ style }) => style === 'primary' || style === 'success');
  return buttons.map(({ label, press, style }, at) => {
    if (at === first) return { label, press, style: 'primary' };
    return style === 'danger' ? { label, press, style } : { label, press };
  });
}

function drawButtons(buttons: readonly Button[], part: string): readonly ButtonElement[] {
  return withOnePrimary(buttons).map(({ label, press, style }, at) => ({
    type: 'button',
    action_id: actionIds.press(`${part}${at}`),
    text: plainText(label, LIMITS.button.text),
    value: checked(press),
    ...(style === 'primary' || style === 'danger' ? { style } : {}),
  }));
}

/** The commands and actions with a label that Slack may cut and that the text does not say. */
function cutCommands(buttons: readonly Button[], text: string): ReadonlySet<string> {
  const said = squeezed(text);
  const cut = buttons.filter(
    ({ label }) => label.length > LIMITS.button.seen && !said.includes(squeezed(label)),
  );
  return new Set(cut.map(({ press }) => commandOf(press)));
}

/** Labels in full above their buttons: an answer that ends in '…' cannot be chosen. Those of one kind stand together. */
function inFull(
  buttons: readonly Button[],
  drawn: readonly ButtonElement[],
  cut: ReadonlySet<string>,
): readonly RichTextBlock[] {
  const shown = new Set(drawn.map(({ value }) => value));
  const lines = buttons.filter(({ press }) => shown.has(press) && cut.has(commandOf(press)));
  if (lines.length === 0) return [];
  const items = lines.map(({ label }) => ({
    type: 'rich_text_section' as const,
    elements: [textSpan(oneLine(label, LIMITS.section.text))],
  }));
  return [
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_list', style: 'bullet', indent: 0, elements: items }],
    },
  ];
}

function commandOf(press: string): string {
  return press.split('/').slice(0, 2).join('/');
}

function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** A select with more options than Slack shows, or than the message has room for, becomes several. */
function drawSelects(select: Select, id: string, room: number): readonly Control[] {
  const options = unique(select.options, ({ value }) => value).map(drawOption);
  const pieces = chunks(options, LIMITS.select.options, room);
  return pieces.map((some, piece) => {
    const own = `${id}.${piece}`;
    const number = pieces.length > 1 ? ` (${piece + 1} of ${pieces.length})` : '';
    return drawSelect(select, own, number, some);
  });
}

function drawSelect(
  { label, press }: Select,
  id: string,
  number: string,
  options: PlainTextOption[],
): Control {
  const row: ActionsBlock = {
    type: 'actions',
    elements: [
      {
        type: 'static_select',
        action_id: actionIds.choose(id, checked(press)),
        placeholder: plainText(
          `${oneLine(label, LIMITS.select.placeholder - number.length)}${number}`,
          LIMITS.select.placeholder,
        ),
        options,
      },
    ],
  };
  return [row];
}

/** A press as Slack takes it in a value and gives it back; anything else is a mistake in a command. */
function checked(press: string): string {
  if (press === '' || press.length > LIMITS.actionId - 30 || sendable(press) !== press) {
    throw new Error(`'${press}' cannot be sent with a button`);
  }
  return press;
}

/** In order, no more than `size` in one and no more JSON than `room` where that holds at least one. */
function chunks<T extends object>(all: readonly T[], size: number, room: number): T[][] {
  const parts: T[][] = [];
  for (const one of all) {
    const last = parts.at(-1);
    if (last !== undefined && last.length < size && jsonLength([...last, one]) <= room) last.push(one);
    else parts.push([one]);
  }
  return parts;
}
