import type { Concept, MemberList } from '../model.js';
import { chanceOf, shuffled } from '../random.js';
import type { Draft, Made } from './draft.js';
import { listPoint, plain } from './draft.js';
import type { ListCard } from './lists.js';
import { meaningOf } from './meaning.js';
import type { Surroundings } from './surroundings.js';

const fewest = 3;
const mostOrdered = 6;
const mostMatched = 4;
const longestGloss = 90;
const namesItsPlace =
  /\b(?:first|second|third|last|final(?:ly)?|initial(?:ly)?|begin(?:s|ning)?|start(?:s|ing)?|end(?:s|ing)?|next|then)\b/i;

/** Asks to put the items of an ordered list in their order. */
export function askOrder({ list, concept, seed }: ListCard): Made {
  const all = list.members.map((member) => plain(member.text));
  if (!list.ordered || all.length < fewest) return 'no order';
  const items = windowOf(all, seed);
  if (new Set(items.map((item) => item.toLowerCase())).size < items.length) return 'no order';
  if (items.some((item) => namesItsPlace.test(item) || item.length > longestGloss)) return 'no order';
  const options = disordered(items, seed);
  const letters = items.map((item) => String.fromCharCode(65 + options.indexOf(item))).join(' ');
  return {
    form: 'order',
    stem: `Put these in their order, as the notes on ${concept.term} give it${of(list, concept)}.`,
    options,
    answer: items.join(' → '),
    accepted: [letters],
    points: [listPoint(list)],
    owner: concept,
  };
}

function of(list: MemberList, concept: Concept): string {
  const intro = list.intro.replace(/[\s:：.]+$/, '');
  return intro === concept.term || intro === '' ? '' : `: ${intro}`;
}

/** A run of a long list: more than six things are no longer put in order with joy. */
function windowOf(items: readonly string[], seed: string): readonly string[] {
  if (items.length <= mostOrdered) return items;
  const start = chanceOf(`${seed}/window`).below(items.length - mostOrdered + 2);
  return items.slice(start, start + mostOrdered - 1);
}

/** Shuffled, and never in the right order. */
function disordered(items: readonly string[], seed: string): readonly string[] {
  const order = shuffled(items, `${seed}/order`);
  return order.every((item, at) => item === items[at]) ? [...order.slice(1), ...order.slice(0, 1)] : order;
}

/** Asks which description belongs to which member of a list. */
export function askPairs(around: Surroundings, { list, concept, seed }: ListCard): Made {
  const pairs = shuffled(pairsOf(around, list), `${seed}/pairs`);
  const chosen: Pair[] = [];
  for (const pair of pairs) {
    if (chosen.length === mostMatched) break;
    if (chosen.every((other) => fits(pair, other))) chosen.push(pair);
  }
  if (chosen.length < fewest) return 'no pairs';
  const names = chosen.map(({ name }) => name);
  const glosses = disordered(
    chosen.map(({ gloss }) => gloss),
    seed,
  );
  const codes = chosen.map(({ gloss }, at) => `${at + 1}${String.fromCharCode(65 + glosses.indexOf(gloss))}`);
  return {
    form: 'match',
    stem: `Which description belongs to which? They are from the notes on ${concept.term}.`,
    options: [...names, ...glosses],
    answer: chosen.map(({ name, gloss }) => `${name}: ${gloss}`).join('; '),
    accepted: [codes.join(' ')],
    points: chosen.map(({ name, gloss }) => `${name}: ${gloss}`),
    owner: concept,
  } satisfies Draft;
}

interface Pair {
  readonly name: string;
  readonly gloss: string;
  readonly says: ReadonlySet<string>;
}

function pairsOf(around: Surroundings, list: MemberList): readonly Pair[] {
  return list.members.flatMap((member) => {
    const concept = around.concept(member.concept);
    const definition = concept?.facts.find((fact) => fact.kind === 'definition')?.text;
    if (concept === undefined || definition === undefined) return [];
    const gloss = glossOf(definition);
    const says = meaningOf(gloss);
    const given = [...meaningOf([concept.term, ...concept.aliases].join(' '))].some((stem) => says.has(stem));
    const dangles =
      /\b(?:these|those|both|same|also|similar|still)\b|[:：]$/i.test(gloss) || gloss.length > longestGloss;
    return given || dangles || says.size < 2 ? [] : [{ name: concept.term, gloss, says }];
  });
}

/** The first sentence of a definition, without its subject. */
function glossOf(definition: string): string {
  const [first = ''] = definition.split(/(?<=[.!?])\s+|;\s+/, 1);
  return first
    .replace(/^(?:it|they) (?:is|are) /i, '')
    .replace(/\s*\([^)]*\)/g, '')
    .replace(/[\s.,;]+$/, '');
}

/** True for descriptions of about one length that do not say the same. */
function fits(one: Pair, other: Pair): boolean {
  const ratio = one.gloss.length / other.gloss.length;
  const shared = [...one.says].filter((stem) => other.says.has(stem)).length;
  const names = meaningOf(`${one.name} ${other.name}`);
  const crossed = [...one.says, ...other.says].some((stem) => names.has(stem));
  return ratio < 2.5 && ratio > 0.4 && shared < Math.min(one.says.size, other.says.size) / 2 && !crossed;
}
