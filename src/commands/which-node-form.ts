import { z } from 'zod';
import type { Facts } from '../advisor/facts.js';
import type { Capability, Preference } from '../advisor/model.js';
import { type Asked, writeNeeds } from '../advisor/rewrite.js';
import { understandNeeds } from '../advisor/understand.js';
import type { Context, Pressed } from '../bot/command.js';
import { UserError } from '../bot/errors.js';
import { label, literal } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { AnswerInput, ChoicesInput, Reply } from '../bot/reply.js';
import { buttonAbout, carry } from './which-node-state.js';
import { type Said, writeSaid } from './which-node-words.js';

/** The most options in one list that every platform shows (Discord's). */
const LIST = 25;
/** Discord's forms have room for five lists and lines: preference and words leave three. */
const MOST_NEEDS = 3 * LIST;
const MOST_PREFERENCES = LIST - 1;
const MOST_GONE = 5;

/** No preference's id, which is never this. */
const NO_PREFERENCE = '-';

/** As much as is read of needs; what was typed in short may fill in a longer line. */
const LONGEST_WORDS = 2000;
const Words = z.string().trim().max(LONGEST_WORDS, `at most ${LONGEST_WORDS} characters, please`);

/** One form for all needs: lists of them, what matters most, and a line for the rest; what was asked so far is filled in. */
export function needsForm(facts: Facts, words: string): Reply {
  const asked = understandNeeds(facts, words);
  return {
    text: '',
    visibility: 'private',
    form: {
      title: 'Which node type?',
      press: encodePress('which-node', 'needs'),
      submit: 'Ask',
      inputs: [needsInput(facts, asked), ...preferenceInput(facts, asked), wordsInput(facts, asked)],
    },
  };
}

/** What was sent with the form, in words: the words that who types the same needs would use. */
export type Sent =
  | { readonly kind: 'words'; readonly words: string; readonly note: string }
  /** Nothing to go by, with why. */
  | { readonly kind: 'nothing'; readonly note: string }
  /** One preference was picked and another one said. */
  | {
      readonly kind: 'two preferences';
      readonly each: readonly Preference[];
      readonly words: string;
      readonly note: string;
    };

/** Reads the form as it was sent; a UserError where its words are too long. */
export function readForm(facts: Facts, { form, choices }: Pressed): Sent {
  const line = Words.safeParse(form['words'] ?? '');
  if (!line.success) throw new UserError(line.error.issues.map(({ message }) => message).join('\n'));
  const picked = choices['needs'] ?? [];
  const needs = [...facts.capabilities.keys()].filter((id) => picked.includes(id));
  const wanted = form['preference'] ?? NO_PREFERENCE;
  const preference = facts.preferences.find(({ id }) => id === wanted);
  const isGone = preference === undefined && wanted !== NO_PREFERENCE && wanted !== '';
  const gone = [...picked.filter((id) => !needs.some((known) => known === id)), ...(isGone ? [wanted] : [])];
  const lists = writeNeeds({ needs, wishes: [], namedTypes: [], excludedTypes: [], preference });
  const words = [lists, line.data].filter((part) => part !== '').join('. ');
  const missing = goneNote(gone);
  if (words === '') return { kind: 'nothing', note: missing ?? 'Nothing was picked, and nothing said.' };
  const note = missing === undefined ? '' : `${missing} The answer leaves this out.`;
  const said = understandNeeds(facts, line.data).preference;
  if (preference !== undefined && said !== undefined && said !== preference) {
    return { kind: 'two preferences', each: [preference, said], words, note };
  }
  return { kind: 'words', words, note };
}

/** Says that there is nothing to answer, with the way back to the form. */
export async function nothingSent(context: Context, note: string): Promise<Reply> {
  return {
    text: note,
    visibility: 'private',
    buttons: [buttonAbout('options', await carry(context, ''), 'Pick needs', 'primary')],
  };
}

/** Asks which of two preferences holds. */
export async function whichPreference(
  context: Context,
  facts: Facts,
  { each, words }: Extract<Sent, { kind: 'two preferences' }>,
): Promise<Reply> {
  const understood = understandNeeds(facts, words);
  const names = each.map((one) => `**${literal(one.label)}**`).join(', but wrote ');
  return {
    text: `You picked ${names}. Which one matters more?`,
    visibility: 'private',
    buttons: await Promise.all(
      each.map(async (preference) =>
        buttonAbout(
          'ask',
          await carry(context, writeSaid({ ...understood, preference })),
          label(preference.label),
        ),
      ),
    ),
  };
}

function listed(facts: Facts): readonly Capability[] {
  return [...facts.capabilities.values()].slice(0, MOST_NEEDS);
}

function needsInput(facts: Facts, { needs }: Asked): ChoicesInput {
  const options = listed(facts);
  const more = facts.capabilities.size - options.length;
  return {
    name: 'needs',
    label: 'What must the nodes support?',
    kind: 'choices',
    options: options.map(({ id, label: text, group }) => ({ value: id, label: text, group })),
    values: needs.filter((id) => options.some((option) => option.id === id)),
    ...(more > 0 && { hint: `There is no room for ${more} more: say those in words.` }),
  };
}

function preferenceInput(facts: Facts, { preference }: Asked): readonly AnswerInput[] {
  const options = facts.preferences.slice(0, MOST_PREFERENCES);
  if (options.length === 0) return [];
  const usual = facts.preferences.find(({ id }) => id === facts.defaultPreference);
  const none = usual === undefined ? 'No preference' : `No preference (${usual.label})`;
  return [
    {
      name: 'preference',
      label: 'What matters most?',
      kind: 'choice',
      required: true,
      value: preference !== undefined && options.includes(preference) ? preference.id : NO_PREFERENCE,
      options: [
        { value: NO_PREFERENCE, label: none },
        ...options.map(({ id, label: text }) => ({ value: id, label: capitalized(text) })),
      ],
    },
  ];
}

/** What the lists do not say: wishes, node types that are named or ruled out, and what was not settled. */
function wordsInput(facts: Facts, { needs, preference, ...rest }: Said): AnswerInput {
  const options = listed(facts);
  const value = writeSaid({
    ...rest,
    needs: needs.filter((id) => !options.some((option) => option.id === id)),
    preference:
      preference !== undefined && facts.preferences.indexOf(preference) >= MOST_PREFERENCES
        ? preference
        : undefined,
  });
  return {
    name: 'words',
    label: 'Anything else, in words',
    kind: 'text',
    value: value.replace(/\.(?=\S)/g, '. '),
    maximumLength: LONGEST_WORDS,
    hint: 'Such as: ideally spot, not hybrid nodes',
  };
}

function goneNote(gone: readonly string[]): string | undefined {
  if (gone.length === 0) return undefined;
  const names = gone.slice(0, MOST_GONE).map((id) => `“${literal(id, 60)}”`);
  const more = gone.length > MOST_GONE ? ` and ${gone.length - MOST_GONE} more` : '';
  return `No longer in the lists, since the facts were edited: ${names.join(', ')}${more}.`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
