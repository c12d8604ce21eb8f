import { singular, wordsOf } from '../grammar.js';
import { bagOf } from './similarity.js';

/** What an edit did to what a card says; undefined where it only says the same in other words. */
export type OtherMeaning = 'numbers' | 'negation' | 'opposite' | 'necessity' | 'members' | 'other words';

/** A card's text, as far as its meaning goes. */
export interface Said {
  readonly kind: 'definition' | 'list' | 'fact' | 'author';
  readonly front: string;
  readonly back: string;
}

const NUMBER_WORDS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

const NEGATIONS = /^(not|no|never|without|cannot|neither|nor|none|unable|\p{L}+n['’]t)$/u;

/** Words of which one takes the place of the other when a statement is turned round. */
const OPPOSITES: readonly (readonly [string, string])[] = `
  enable disable|enabled disabled|allow deny|allow block|allowed denied|always never|increase decrease|public private
  |internal external|inbound outbound|ingress egress|inside outside|before after|minimum maximum|min max|more less
  |more fewer|higher lower|high low|first last|in out|left right|synchronous asynchronous|stateful stateless|persistent ephemeral
  |permanent temporary|mutable immutable|encrypted unencrypted|symmetric asymmetric|add remove|create delete|start stop
  |open close|read write|client server|source destination|global regional|regional zonal|managed unmanaged|up down
  |horizontal vertical|horizontally vertically|manual automatic|manually automatically|include exclude|attach detach
  |safe unsafe|available unavailable|supported unsupported|true false|hot cold|fast slow|cheap expensive|all none
  |possible impossible|strong weak|strong eventual|upstream downstream|parent child|old new|single multiple|with without
  |active passive|sync async|push pull|default custom|local remote|hard soft|strict loose|implicit explicit`
  .split('|')
  .map((pair) => pair.trim().split(' '))
  .map(([a = '', b = '']) => [a, b] as const);

/** How binding a statement is. 'can' is left out: dropping it rarely changes anything. */
const NECESSITY: readonly (readonly [string, RegExp])[] = [
  ['must', /^(must|required|mandatory|shall)$/],
  ['should', /^(should|recommended)$/],
  ['may', /^(may|might|optional|optionally)$/],
];

/** Below this share of common telling words the two say different things, as far as words can tell. */
const LEAST_COMMON = 0.3;

/**
 * Whether the new text says something else than the old one, and in what: other numbers or units, a negation more or
 * less, a word turned into its opposite, another necessity, members won or lost. A good rewording keeps all of them.
 */
export function otherMeaning(before: Said, now: Said): OtherMeaning | undefined {
  if (before.back === now.back && before.kind !== 'author') return undefined;
  if (before.kind === 'list' && now.kind === 'list') return ofLists(before.back, now.back);
  if (answerOf(before) !== answerOf(now)) return 'other words';
  const [old, fresh] = [textOf(before), textOf(now)];
  return (
    saysOtherwise(old, fresh) ??
    (commonShare(before.back, now.back) < LEAST_COMMON ? 'other words' : undefined)
  );
}

/** What stands above the reasons of an author's answer: another one is another answer, however alike their words are. */
function answerOf({ kind, back }: Said): string | undefined {
  return kind === 'author' && back.includes('\n\n') ? back.slice(0, back.indexOf('\n\n')) : undefined;
}

/** What an author writes on the front is part of the card; the other fronts are made of the back. */
function textOf({ kind, front, back }: Said): string {
  return kind === 'author' ? `${front} ${back}` : back;
}

/** Whether one text turned into another says something else, as far as single words tell. */
export function saysOtherwise(old: string, fresh: string): OtherMeaning | undefined {
  const [was, is] = [wordsOf(bare(old)), wordsOf(bare(fresh))];
  if (numbersIn(old) !== numbersIn(fresh)) return 'numbers';
  const negations = (words: readonly string[]) => words.filter((word) => NEGATIONS.test(word)).length;
  if (negations(was) !== negations(is)) return 'negation';
  const [gone, come] = [without(was, is), without(is, was)];
  const turned = OPPOSITES.some(([a, b]) => (gone.has(a) && come.has(b)) || (gone.has(b) && come.has(a)));
  if (turned) return 'opposite';
  if (was.includes('only') !== is.includes('only')) return 'necessity';
  const [necessary, isNecessary] = [necessityOf(was), necessityOf(is)];
  const differs = necessary !== undefined && isNecessary !== undefined && necessary !== isNecessary;
  return differs ? 'necessity' : undefined;
}

function necessityOf(words: readonly string[]): string | undefined {
  return NECESSITY.find(([, pattern]) => words.some((word) => pattern.test(word)))?.[0];
}

function without(words: readonly string[], others: readonly string[]): ReadonlySet<string> {
  const known = new Set(others);
  return new Set(words.filter((word) => !known.has(word)));
}

function bare(text: string): string {
  return text.replace(/[`*_]+/g, '');
}

const QUANTITY = /(?<![\p{L}\d.-])(\d[\d,]*(?:\.\d+)*)(?:\s?(%|[\p{L}µ]+))?/gu;

/** The numbers of a text in order, with units where a unit follows; number words count as numbers. */
function numbersIn(text: string): string {
  const plain = bare(text).replace(
    new RegExp(`\\b(${NUMBER_WORDS.slice(2).join('|')})\\b`, 'gi'),
    (word) => `${NUMBER_WORDS.indexOf(word.toLowerCase())}`,
  );
  const quantities = [...plain.matchAll(QUANTITY)].map(
    ([, number = '', unit = '']) => number.replaceAll(',', '') + (UNITS.get(unit) ?? ''),
  );
  // What a name has of digits ('t3.large', 'IPv6') is its name, and then no quantity, but still tells things apart.
  const names = plain.match(/(?<![\p{L}\d])\p{L}[\p{L}-]*\d[\p{L}\d.]*/gu) ?? [];
  return [...quantities, ...names.map((name) => name.toLowerCase())].sort().join(' ');
}

/** Units that differ in what they measure; spellings of one unit are one. Case tells bits from bytes. */
const UNITS: ReadonlyMap<string, string> = new Map(
  `% percent|ms millisecond milliseconds|s sec second seconds|min minute minutes|h hour hours|d day days
  |w week weeks|month months|y year years|B byte bytes|b bit bits|KB kB|MB|GB|TB|PB|KiB|MiB|GiB|TiB|PiB|Kbps kbps
  |Mbps|Gbps|Hz|kHz|MHz|GHz|IOPS|vCPU vCPUs|core cores`
    .split('|')
    .flatMap((line) => {
      const [first = '', ...others] = line.trim().split(' ');
      return [first, ...others].map((unit) => [unit, first] as const);
    }),
);

/** Members of a list card are compared by name, each with its gloss. */
function ofLists(old: string, fresh: string): OtherMeaning | undefined {
  const [was, is] = [membersOf(old), membersOf(fresh)];
  if (was.size !== is.size || [...was.keys()].some((name) => !is.has(name))) return 'members';
  for (const [name, gloss] of was) {
    const now = is.get(name) ?? '';
    const other = gloss === now ? undefined : saysOtherwise(gloss, now);
    if (other !== undefined) return other;
  }
  return undefined;
}

function membersOf(back: string): ReadonlyMap<string, string> {
  return new Map(
    back.split('\n').map((line) => {
      const [name = '', ...gloss] = bare(line.replace(/^- /, '')).split(/[:：]\s/);
      return [wordsOf(name).map(singular).join(' '), gloss.join(': ')] as const;
    }),
  );
}

function commonShare(old: string, fresh: string): number {
  const [was, is] = [bagOf(bare(old)), bagOf(bare(fresh))];
  const common = [...was].filter((word) => is.has(word)).length;
  return was.size + is.size === 0 ? 1 : (2 * common) / (was.size + is.size);
}
