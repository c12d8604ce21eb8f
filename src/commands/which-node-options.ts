import { advise } from '../advisor/advise.js';
import type { Facts } from '../advisor/facts.js';
import type { Capability } from '../advisor/model.js';
import { type Asked, writeNeeds } from '../advisor/rewrite.js';
import { shortAdvice } from '../advisor/text.js';
import { understandNeeds } from '../advisor/understand.js';
import type { Context } from '../bot/command.js';
import { label } from '../bot/markdown.js';
import { encodePress } from '../bot/press.js';
import type { Button, Option, Reply, Select } from '../bot/reply.js';
import { buttonAbout, type Carried, carry } from './which-node-state.js';

/** The most options that every platform shows in one select (Discord's). */
const MOST_OPTIONS = 25;

/** The most characters of needs in words that are read. */
export const LONGEST_WORDS = 500;

/** Needs and preferences to pick from, with what they come to so far; only for who picks. */
export async function optionsReply(context: Context, facts: Facts, words: string): Promise<Reply> {
  const advice = advise(facts, understandNeeds(facts, words));
  const { needs, wishes, preference } = advice.understood;
  const carried = await carry(context, words);
  const isStarted = needs.length + wishes.length > 0 || preference !== undefined;
  const buttons: readonly Button[] = [
    ...(isStarted ? [buttonAbout('ask', carried, 'Answer here', 'primary')] : []),
    buttonAbout('words', carried, 'Say it in words'),
    ...(isStarted ? [buttonAbout('clear', ['t', ''], 'Start over')] : []),
  ];
  const how = 'Pick what the nodes must support, one list at a time. To take something out, pick it again.';
  return {
    title: 'Which node type?',
    text: isStarted ? `${how}\n\n${shortAdvice(facts, advice)}` : how,
    visibility: 'private',
    buttons,
    selects: [
      ...needSelects(facts, advice.understood, carried),
      ...preferenceSelect(facts, advice.understood, carried),
    ],
  };
}

/** What is asked after needs were picked: each one joins, or leaves where it was asked for already. */
export function afterPicking(facts: Facts, words: string, picked: readonly string[]): string {
  const { needs, wishes, ...rest } = understandNeeds(facts, words);
  const chosen = [...facts.capabilities.keys()].filter((id) => picked.includes(id));
  return writeNeeds({
    ...rest,
    needs: [...needs.filter((id) => !chosen.includes(id)), ...chosen.filter((id) => !needs.includes(id))],
    wishes: wishes.filter((id) => !chosen.includes(id)),
  });
}

/** What is asked after a preference was picked; the one that holds already goes. */
export function afterPreferring(facts: Facts, words: string, [picked]: readonly string[]): string {
  const understood = understandNeeds(facts, words);
  const preference = facts.preferences.find(({ id }) => id === picked);
  return writeNeeds({
    ...understood,
    preference: preference === understood.preference ? undefined : preference,
  });
}

/** What is asked, in a field to change it. */
export function wordsForm(words: string): Reply {
  return {
    text: '',
    visibility: 'private',
    form: {
      title: 'Which node type?',
      press: encodePress('which-node', 'say'),
      submit: 'Ask',
      inputs: [
        {
          name: 'needs',
          label: 'What must the nodes support?',
          kind: 'text',
          // Picked needs stand between bare full stops.
          value: words.replace(/(?<=\w)\.(?=[a-z])/g, '. ').slice(0, LONGEST_WORDS),
          required: true,
          maximumLength: LONGEST_WORDS,
          hint: 'Such as: windows and gpu, no ssh, cheapest',
        },
      ],
    },
  };
}

function needSelects(facts: Facts, { needs }: Asked, carried: Carried): readonly Select[] {
  return packed(facts).map((some, at) => ({
    label: label(`Needs: ${[...new Set(some.map(({ group }) => group))].join(', ')}`, 150),
    press: encodePress('which-node', 'pick', ...carried, String(at)),
    options: some.map(
      (capability): Option => option(capability.id, capability.label, needs.includes(capability.id)),
    ),
    minimum: 1,
    maximum: some.length,
  }));
}

function preferenceSelect(facts: Facts, { preference }: Asked, carried: Carried): readonly Select[] {
  if (facts.preferences.length === 0) return [];
  const options = facts.preferences
    .slice(0, MOST_OPTIONS)
    .map((one) => option(one.id, `Prefer ${one.label}`, one === preference));
  return [{ label: 'What matters most?', press: encodePress('which-node', 'prefer', ...carried), options }];
}

function option(value: string, text: string, isChosen: boolean): Option {
  return { value, label: label(`${isChosen ? '✓ ' : ''}${text}`) };
}

/** The capabilities by group, as many groups in one select as it holds. */
function packed(facts: Facts): readonly (readonly Capability[])[] {
  const groups = new Map<string, Capability[]>();
  for (const capability of facts.capabilities.values()) {
    groups.set(capability.group, [...(groups.get(capability.group) ?? []), capability]);
  }
  const selects: Capability[][] = [];
  for (const group of groups.values()) {
    for (let start = 0; start < group.length; start += MOST_OPTIONS) {
      const some = group.slice(start, start + MOST_OPTIONS);
      const last = selects.at(-1);
      if (last !== undefined && last.length + some.length <= MOST_OPTIONS) last.push(...some);
      else selects.push(some);
    }
  }
  return selects;
}
