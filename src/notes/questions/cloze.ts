import { canStandFor } from '../cards/fronts.js';
import { singular, startsWithVerb } from '../grammar.js';
import type { Concept, Fact } from '../model.js';
import { shuffled } from '../random.js';
import { wordsOf } from '../tokens.js';
import { stopWords } from '../wording.js';
import type { Draft, Made } from './draft.js';
import { fewestDistractors, isTooLong, pointsOf } from './draft.js';
import { meaningOf } from './meaning.js';
import { mismatch } from './names.js';
import type { Material } from './surroundings.js';

const blank = '____';
const number =
  /(?<![\p{L}\d.,/-])(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)*)(?![\d/]|[.,]\d|-\d|(?!(?:[KMGT]i?B|[munk]?s|min|h|[kcm]?m|[km]?g|[kMG]?Hz|[KMG]bps)(?!\p{L}))\p{L})/gu;
const loose =
  /\b(?:e\.?g|for example|such as|example|about|roughly|approximately|some|etc)\b|https?:|[=<>|{}]/i;
const dangling = /\b(?:these|those|both|above|below|former|latter|the same|following)\b/i;
const mostNumbers = 3;

/** Blanks the one number of a sentence; wrong answers are other numbers that the notes give with the same unit. */
export class NumberCloze {
  readonly #byUnit = new Map<string, Set<string>>();

  constructor({ concepts }: Pick<Material, 'concepts'>) {
    for (const { facts } of concepts) {
      for (const { text } of facts) {
        for (const { value, unit } of numbersIn(text)) {
          const values = this.#byUnit.get(unit) ?? new Set();
          this.#byUnit.set(unit, values.add(value));
        }
      }
    }
  }

  ask(fact: Fact, concept: Concept, seed: string, avoid: ReadonlySet<string> | undefined): Made {
    const sentence = sentenceWith(fact, concept, (text) => numbersIn(text).length === 1);
    const [only] = sentence === undefined ? [] : numbersIn(sentence);
    if (sentence === undefined || only === undefined) return 'no number';
    // 'MirrorMaker 2 copies ...': the number belongs to the name that the sentence begins with.
    if (/^\p{Lu}\S* $/u.test(sentence.slice(0, only.at))) return 'no number';
    if (concept.term.includes(only.value)) return 'leak';
    const stem = completing(
      concept,
      `${sentence.slice(0, only.at)}${blank}${sentence.slice(only.at + only.value.length)}`,
    );
    if (isTooLong(stem)) return 'long stem';
    const rivals = [...(this.#byUnit.get(only.unit) ?? [])].filter((value) => {
      return numberOf(value) !== numberOf(only.value) && avoid?.has(value) !== true;
    });
    const others = shuffled(rivals, seed).slice(0, mostNumbers);
    const base = { stem, answer: only.value, points: pointsOf(concept, fact), owner: concept };
    if (only.unit === '' || others.length < fewestDistractors)
      return { ...base, form: 'typed', options: [], accepted: [only.value] };
    const options = [only.value, ...others].sort((one, other) => numberOf(one) - numberOf(other));
    return { ...base, form: 'choice', options, accepted: [only.value] };
  }
}

interface Quantity {
  readonly value: string;
  /** The word that the number counts, in the singular; empty where none follows or leads. */
  readonly unit: string;
  readonly at: number;
}

function numbersIn(text: string): readonly Quantity[] {
  return [...text.matchAll(number)].map((match) => {
    const at = match.index;
    const value = match[0];
    const [, after = ''] = /^[\s-]?(%|\p{L}+)/u.exec(text.slice(at + value.length)) ?? [];
    const [, before = ''] = /(\p{L}+)\s$/u.exec(text.slice(0, at)) ?? [];
    const word = stopWords.has(after.toLowerCase()) ? '' : after;
    const unit = word === '' ? before : word;
    return { value, unit: stopWords.has(unit.toLowerCase()) ? '' : singular(unit.toLowerCase()), at };
  });
}

function numberOf(value: string): number {
  return Number.parseFloat(value.replaceAll(',', ''));
}

/** Blanks a name in capitals or code of a sentence, to be typed. */
export function askName(fact: Fact, concept: Concept, seed: string): Made {
  if (fact.kind !== 'statement') return 'no name';
  const own = new Set([concept.term, ...concept.aliases].flatMap((term) => wordsOf(term)));
  const sentence = sentenceWith(fact, concept, (text) => namesIn(text, fact, own).length > 0);
  if (sentence === undefined) return 'no name';
  const [only] = shuffled(namesIn(sentence, fact, own), seed);
  if (only === undefined) return 'no name';
  const stem = completing(
    concept,
    `${sentence.slice(0, only.at)}${blank}${sentence.slice(only.at + only.name.length)}`,
  );
  if (isTooLong(stem)) return 'long stem';
  if (wordsOf(stem).includes(only.name.toLowerCase())) return 'leak';
  const single = /^\p{Lu}+s$/u.test(only.name) ? [only.name.slice(0, -1)] : [];
  const accepted = [only.name, ...single];
  return {
    form: 'typed',
    stem,
    options: [],
    answer: only.name,
    accepted,
    points: pointsOf(concept, fact),
    owner: concept,
  };
}

interface Placed {
  readonly name: string;
  readonly at: number;
}

const inCapitals = /(?<![\p{L}\d/_-])\p{Lu}[\p{L}\d]*\p{Lu}[\p{L}\d]*(?![\p{L}\d/_-])/gu;

/** Names that can be blanked: not the first word, none of the concept's own, and none beside another one. */
function namesIn(text: string, fact: Fact, own: ReadonlySet<string>): readonly Placed[] {
  const inCode = [...fact.markdown.matchAll(/`([^`]{2,24})`/g)].map(([, code = '']) => code);
  const found: Placed[] = [
    ...[...text.matchAll(inCapitals)].map((match) => ({ name: match[0], at: match.index })),
    ...inCode.map((code) => ({ name: code, at: text.indexOf(code) })),
  ];
  return found.filter(({ name: word, at }) => {
    const words = wordsOf(word);
    const before = text.slice(0, at);
    const after = text.slice(at + word.length);
    const isListed = /(?:,|\b(?:and|or))\s*$/.test(before) || /^(?:,| (?:and|or) \p{Lu})/u.test(after);
    // 'MHC II': a numeral is a part of the name before it.
    const isNumeral = /^[IVX]+$/.test(word);
    const isOwn = isNumeral || words.length === 0 || words.some((one) => own.has(one));
    return at > 0 && !isOwn && !isListed && word.length <= 24;
  });
}

/** Blanks a whole enumeration of names; one of them is the answer among names that other lines enumerate. */
export class EnumerationCloze {
  readonly #all: readonly string[];

  constructor({ concepts }: Pick<Material, 'concepts'>) {
    this.#all = concepts.flatMap(({ facts }) =>
      facts.flatMap(({ text }) => enumerationIn(text)?.names ?? []),
    );
  }

  ask(fact: Fact, concept: Concept, seed: string, avoid: ReadonlySet<string> | undefined): Made {
    const sentence = sentenceWith(fact, concept, (text) => enumerationIn(text) !== undefined);
    const found = sentence === undefined ? undefined : enumerationIn(sentence);
    if (sentence === undefined || found === undefined) return 'no name';
    const gap = `${sentence.slice(0, found.start)}${blank}${sentence.slice(found.end)}`;
    const stem = `Which of these fits in here? ${closed(gap)}`;
    if (isTooLong(stem)) return 'long stem';
    const [key] = shuffled(found.names, seed);
    const others = shuffled([...new Set(this.#all)], `${seed}/others`)
      .filter((name) => !found.names.includes(name) && !sentence.includes(name) && avoid?.has(name) !== true)
      .filter((name) => ![concept.term, ...concept.aliases].includes(name))
      .sort((one, other) => mismatch(one, key ?? '') - mismatch(other, key ?? ''))
      .slice(0, 3);
    if (key === undefined || others.length < fewestDistractors) return 'distractors';
    return {
      form: 'choice',
      stem,
      options: shuffled([key, ...others], `${seed}/options`),
      answer: key,
      accepted: [key],
      points: pointsOf(concept, fact),
      owner: concept,
    } satisfies Draft;
  }
}

const name = '\\p{Lu}[\\p{L}\\d]*(?:[ -](?:for |of )?\\p{Lu}[\\p{L}\\d]*){0,3}';
const enumeration = new RegExp(
  `(?<![\\p{L}\\d])${name}(?:, ${name}){1,8},?(?: (?:and|or) ${name}|, ${name})`,
  'u',
);

function enumerationIn(
  text: string,
): { readonly start: number; readonly end: number; readonly names: readonly string[] } | undefined {
  const match = enumeration.exec(text);
  // At the beginning of a line a capital makes no name.
  if (match === null || match.index === 0) return undefined;
  // Of an open list ('like A, B and C') other names may be right as well.
  if (/\b(?:like|such as|including|for example)\s*$/i.test(text.slice(0, match.index))) return undefined;
  const names = match[0].split(/,? (?:and|or) |, /);
  return { start: match.index, end: match.index + match[0].length, names };
}

/** The first sentence of the fact that stands for itself and passes, with its concept as the subject. */
function sentenceWith(fact: Fact, concept: Concept, passes: (text: string) => boolean): string | undefined {
  if (/[:：]$/.test(fact.text) || dangling.test(fact.text)) return undefined;
  const sentences = fact.text.split(/(?<=[.!?])\s+(?=\p{Lu})/u);
  const [first = ''] = sentences;
  const spoken = withSubject(first.replace(/\s*\([^)]*\)/g, ''), fact, concept);
  if (spoken === undefined || loose.test(spoken) || !passes(spoken)) return undefined;
  return spoken.replace(/[\s.,;]+$/, '');
}

function withSubject(sentence: string, fact: Fact, concept: Concept): string | undefined {
  const { term } = concept;
  const pronoun = /^(it|they)\s+(?=\S)/i.exec(sentence);
  if (pronoun !== null)
    return canStandFor(pronoun[1] ?? '', term) ? `${term} ${sentence.slice(pronoun[0].length)}` : undefined;
  if (/^(?:this|that|there|we|you|if|when|its|their|he|she)\b/i.test(sentence)) return undefined;
  // 'On EKS it has no Spot': nothing says what 'it' is.
  if (/^(?:on|in|at|with|for|by|from|under|after|before|there)\b[^.]*?\b(?:it|they)\b/i.test(sentence))
    return undefined;
  if (startsWithVerb(sentence)) return `${term} ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
  // A gloss needs its name before it, a sentence has a subject of its own.
  if (fact.lead !== undefined || fact.kind === 'definition') {
    if (sentence.toLowerCase().startsWith(term.toLowerCase())) return sentence;
    return `${term}: ${sentence}`;
  }
  return sentence;
}

/** The sentence to complete, with what it is about where its own words do not say so. */
function completing(concept: Concept, sentence: string): string {
  const names = [concept.term, ...concept.aliases].flatMap((name) => [...meaningOf(name)]);
  const said = meaningOf(sentence);
  const about = names.some((stem) => said.has(stem)) ? '' : `About ${concept.term}, complete: `;
  return about === '' ? `Complete: ${closed(sentence)}` : `${about}${closed(sentence)}`;
}

function closed(sentence: string): string {
  return `${sentence}.`;
}
