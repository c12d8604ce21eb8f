import type { Context } from '../bot/command.js';
import { literal } from '../bot/markdown.js';
import type { Doubt, ItemAnalysis } from '../learning/items.js';
import type { Card } from '../notes/model.js';
import { count } from './wording.js';

/** A card in use with what the answers to its questions say. */
export interface Judged {
  readonly card: Card;
  readonly term: string;
  readonly item: ItemAnalysis;
}

/** Terms named where a list could be longer. */
const NAMED = 12;

const REASONS: Readonly<Record<Doubt, string>> = {
  against: 'who does better elsewhere does worse here',
  strong: 'the strongest mostly pick one and the same wrong option',
};

/** Every card in use that was answered, by the newest answers. */
export async function judge({ library, store, origin, now }: Context): Promise<readonly Judged[]> {
  await store.items.refresh(now);
  const hidden = await store.cards.hidden(origin, now);
  return library.cards.flatMap((card) => {
    const item = store.items.of(card, now);
    if (item === undefined || hidden.has(card.id)) return [];
    return [{ card, item, term: library.concept(card.concept)?.term ?? '' }];
  });
}

/** Cards whose key may be wrong, with the figures in words; the most answered first. */
export function doubted(judged: readonly Judged[]): readonly (Judged & { readonly says: string })[] {
  return judged
    .flatMap((one) =>
      one.item.doubt === undefined ? [] : [{ ...one, says: says(one.item, one.item.doubt) }],
    )
    .sort((a, b) => b.item.answers - a.item.answers);
}

function says({ answers, facility, discrimination }: ItemAnalysis, doubt: Doubt): string {
  const figure = discrimination === undefined ? '' : ` (discrimination ${discrimination.toFixed(2)})`;
  return `${count(answers, 'answer')}, ${Math.round(facility * 100)} % right; ${REASONS[doubt]}${figure}.`;
}

/** What the answers say of all questions together. */
export function questionsText(judged: readonly Judged[]): string {
  if (judged.length === 0) return 'Nobody has answered a question with options yet.';
  const answers = judged.reduce((sum, { item }) => sum + item.answers, 0);
  const inDoubt = doubted(judged).length;
  const resting = judged.filter(({ item }) => item.rests);
  const idle = judged.flatMap(({ item, term }) => [...item.avoid].map((option) => `${option} (${term})`));
  return [
    `${count(answers, 'answer')} to ${count(judged.length, 'card')}.`,
    inDoubt === 0
      ? 'No question is in doubt.'
      : `${count(inDoubt, 'question')} in doubt: look at key and note.`,
    ...(resting.length === 0
      ? []
      : [
          `${count(resting.length, 'card')} ${resting.length === 1 ? 'rests' : 'rest'}, since nearly all know the answer: ${named(resting.map(({ term }) => term))}.`,
        ]),
    ...(idle.length === 0
      ? []
      : [`${count(idle.length, 'option')} that hardly anybody picks give way to others: ${named(idle)}.`]),
  ].join('\n\n');
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).map((name) => literal(name));
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
