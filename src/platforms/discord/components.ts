import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  type APISelectMenuOption,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { keptForm, keptPage } from '../../bot/kept.js';
import type { Button, Form, Option, Reply, Select } from '../../bot/reply.js';
import { sendable } from '../words.js';
import { LIMITS } from './limits.js';
import { oneLine } from './text.js';

/** A row of buttons, or one select. */
export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

const STYLES = {
  primary: ButtonStyle.Primary,
  secondary: ButtonStyle.Secondary,
  success: ButtonStyle.Success,
  danger: ButtonStyle.Danger,
} as const;

/** The reply's buttons and selects as rows, for as many messages as it takes; each leaves room for page buttons. */
export function rowsOf(
  { buttons = [], selects = [], form }: Reply,
  kept: string,
): readonly (readonly Row[])[] {
  const offered = form === undefined ? buttons : [formButton(form, kept), ...buttons];
  const distinct = distinctBy(offered, ({ press }) => press);
  const rows = [
    ...chunks(distinct, LIMITS.actionRow.buttons).map((some) => row(some.map(drawButton))),
    ...selects.flatMap(drawSelects),
  ];
  const single = arranged(rows, LIMITS.message.actionRows);
  return single.length <= 1 ? single : arranged(rows, LIMITS.message.actionRows - 1);
}

/** What turns the pages of a kept reply, with the number of the one shown, from 0. */
export function pageRow(kept: string, page: number, pages: number): Row {
  const turn = (label: string, to: number, disabled: boolean): APIButtonComponentWithCustomId => ({
    ...drawButton({ label, press: keptPage(kept, to) }),
    disabled,
  });
  return row([
    turn('‹ Back', page - 1, page === 0),
    turn(`Page ${page + 1} of ${pages}`, page, true),
    turn('More ›', page + 1, page === pages - 1),
  ]);
}

/** An option of a select, in a message or a modal. */
export function drawOption({ label, value, description }: Option): APISelectMenuOption {
  if (value === '' || value.length > LIMITS.option.value) {
    throw new Error(`the value of option '${label}' must have 1 to ${LIMITS.option.value} characters`);
  }
  const about = description?.trim() ? { description: oneLine(description, LIMITS.option.description) } : {};
  return { label: oneLine(label, LIMITS.option.label), value, ...about };
}

/** A custom id as Discord takes it; anything else is a mistake in a command. */
export function customId(press: string): string {
  if (press === '' || press.length > LIMITS.customId || sendable(press) !== press) {
    throw new Error(`'${press}' cannot be a custom id`);
  }
  return press;
}

function formButton({ title }: Form, kept: string): Button {
  return { label: title || 'Answer', press: keptForm(kept), style: 'primary' };
}

function row(components: APIComponentInMessageActionRow[]): Row {
  return { type: ComponentType.ActionRow, components };
}

function drawButton({ label, press, style = 'secondary' }: Button): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: STYLES[style],
    label: oneLine(label, LIMITS.button.label),
    custom_id: customId(press),
  };
}

/** A select with more options than Discord shows becomes several, which `arranged` puts on different pages. */
function drawSelects({ label, press, options }: Select): readonly Row[] {
  const distinct = distinctBy(options, ({ value }) => value);
  return chunks(distinct, LIMITS.select.options).map((some): Row => {
    const select: APIStringSelectComponent = {
      type: ComponentType.StringSelect,
      custom_id: customId(press),
      placeholder: oneLine(label, LIMITS.select.placeholder),
      options: some.map(drawOption),
    };
    return row([select]);
  });
}

/** Rows in order, no more a message than it holds, and no custom id twice in one. */
function arranged(rows: readonly Row[], most: number): readonly (readonly Row[])[] {
  const messages: Row[][] = [];
  for (const one of rows) {
    const last = messages.at(-1);
    const taken = new Set(last?.flatMap(idsOf));
    if (last !== undefined && last.length < most && !idsOf(one).some((id) => taken.has(id))) last.push(one);
    else messages.push([one]);
  }
  return messages;
}

function idsOf({ components }: Row): readonly string[] {
  return components.flatMap((component) => ('custom_id' in component ? [component.custom_id] : []));
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}

function distinctBy<T>(all: readonly T[], key: (one: T) => string): readonly T[] {
  const seen = new Set<string>();
  return all.filter((one) => !seen.has(key(one)) && seen.add(key(one)));
}
