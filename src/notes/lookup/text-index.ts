import type { Concept } from '../model.js';
import { searchTokens } from '../tokens.js';
import { classWords, faintWords, isLight, isVerbOfAny, kindWords, sameMeanings } from '../wording.js';
import { kinOf } from './kin.js';
import {
  isAffirmed,
  isSaidClosely,
  type Lines,
  linesOf,
  longestRun,
  type Rating,
  rated,
  takesAsObject,
  type Wanted,
} from './lines.js';
import { saysWhat } from './phrases.js';
import type { Position } from './position-map.js';
import { Counted, Postings } from './postings.js';
import { Spellings } from './spellings.js';

// An inverted index by hand rather than MiniSearch: on 100,000 concepts MiniSearch took 8 s and 200 MB to build
// and 417 ms for the slowest query in a hundred, since it scores every text that shares any word.

/** A concept that answers, at least in part. */
export interface Answer extends Rating {
  readonly position: Position;
}

const oneself = /^(?:my|your|our)sel(?:f|ves?)$/;
const selfStems = ['ourselves', 'yourself', 'yourselves', 'myself', 'self', 'us'].flatMap(searchTokens);
const examined = 16;
const longPosting = 2_000;
/** Concepts and words asked about lately, whose reading is kept. */
const mostKept = 2_000;
const faintWorth = 0.25;

/** Finds concepts by what the notes say of them. */
export class TextIndex {
  readonly #concepts: readonly Concept[];
  readonly #read: (text: string) => readonly string[];
  readonly #postings: Postings;
  readonly #byId = new Map<string, Concept>();
  readonly #lines = new Map<Concept, Lines>();
  readonly #kinKept = new Map<string, readonly string[]>();
  /** Spellings that stand in more than one concept. */
  readonly #common = new Set<string>();
  /** What each concept has gathered in a search; all 0 between searches. */
  readonly #sums: Float64Array;
  readonly #spellings = new Spellings((stem) => this.#postings.has(stem));
  readonly #synonyms = new Map<string, Set<string>>();

  /** `read` gives the words of a text in the spelling that queries are read in. */
  constructor(concepts: readonly Concept[], read: (text: string) => readonly string[]) {
    this.#concepts = concepts;
    this.#read = read;
    this.#sums = new Float64Array(concepts.length);
    const counted = new Counted();
    concepts.forEach((concept, position) => {
      this.#byId.set(concept.id, concept);
      for (const word of this.#read(ownText(concept).join('\n'))) counted.count(word, position);
    });
    this.#postings = new Postings(counted.lists);
    for (const stem of counted.lists.keys()) this.#spellings.add(stem);
    for (const [word, { count }] of counted.uses) if (count > 1) this.#common.add(word);
    for (const meaning of sameMeanings) {
      const stems = meaning.flatMap(searchTokens);
      for (const stem of stems) {
        const others = this.#synonyms.get(stem) ?? new Set();
        for (const other of stems) if (other !== stem) others.add(other);
        this.#synonyms.set(stem, others);
      }
    }
  }

  /** In how many concepts a word or another form of it stands. */
  frequency(word: string): number {
    return Math.max(...searchTokens(word).map((stem) => this.#postings.of(stem).length), 0);
  }

  /** True if the notes use the word, or one that says the same. */
  knows(word: string): boolean {
    const stems = searchTokens(word);
    return stems.some((stem) =>
      [stem, ...(this.#synonyms.get(stem) ?? []), ...this.#kin(stem)].some((one) => this.#postings.has(one)),
    );
  }

  /** True if the notes use the word in this very spelling more than once, so that it is hardly a slip. */
  isSpelledSo(word: string): boolean {
    return this.#common.has(word);
  }

  /** The stem that was meant by a mistyped word, if the notes use one a slip away. */
  corrected(word: string): string | undefined {
    const [stem] = searchTokens(word);
    return stem === undefined || stem.length < 5 ? undefined : this.#spellings.meant(stem)[0]?.[0];
  }

  /** Words that carry a subject; what only asks is left out. `literally`: no word stands for another. */
  wanted(words: readonly string[], literally: boolean): readonly Wanted[] {
    const heavy = words.filter((word, at) => {
      // What you do yourself is not done for you; where no line says who does it, that asks for nothing.
      if (oneself.test(word)) return !literally && selfStems.some((stem) => this.#postings.has(stem));
      // 'Managed by us' is not 'managed by AWS'.
      if (words[at - 1] === 'by' && this.frequency(word) > 0) return true;
      // 'Which method picks ...': a word for no matter what, unless the notes use it themselves.
      const isClass = !literally && classWords.has(word) && this.frequency(word) === 0;
      const isKind =
        !literally &&
        kindWords.has(word) &&
        /^wh(?:ich|at)$/.test(words[at - 1] ?? '') &&
        this.frequency(word) === 0;
      return !isClass && !isKind && !isLight(word);
    });
    return [...new Set(heavy)].flatMap((word) =>
      searchTokens(word).map((stem) => {
        const others = literally ? [] : (this.#synonyms.get(stem) ?? []);
        const same = oneself.test(word) ? selfStems : [stem, ...this.#kin(stem), ...others];
        const stems = same.filter((one) => this.#postings.has(one));
        const frequency = Math.min(...stems.map((one) => this.#postings.of(one).length));
        const known = stems.length > 0;
        // Askers choose their verb freely: one that the notes never use says little against an answer.
        const isFaint = faintWords.has(word) || (!literally && !known && isVerbOfAny(word));
        return { word, stems, worth: this.#worth(known ? frequency : 0) * (isFaint ? faintWorth : 1), known };
      }),
    );
  }

  /** All of the words, small ones too, and nothing in place of them. */
  literal(words: readonly string[]): readonly Wanted[] {
    return words.map((word) => {
      const stems = searchTokens(word);
      return { word, stems, worth: this.#worth(this.frequency(word)), known: this.frequency(word) > 0 };
    });
  }

  /** Concepts by how much of the wanted they say, best first. */
  search(wanted: readonly Wanted[]): readonly Answer[] {
    const answers = this.#candidates(wanted).map((position) => this.answer(position, wanted));
    return answers.sort((one, other) => other.score - one.score || one.position - other.position);
  }

  /** How well one concept answers. */
  answer(position: Position, wanted: readonly Wanted[]): Answer {
    const concept = this.#concepts[position];
    if (concept === undefined) return { position, coverage: 0, score: 0, matched: 0, told: 0, inLine: false };
    return { position, ...rated(this.#linesOf(concept), wanted) };
  }

  /** The most words in a row that the question shares with a line of the concept. */
  sharedRun(position: Position, words: readonly string[]): number {
    const concept = this.#concepts[position];
    return concept === undefined ? 0 : longestRun(this.#linesOf(concept), words.flatMap(searchTokens));
  }

  /** True if a sentence of the concept holds all of the wanted near each other. */
  saysClosely(position: Position, wanted: readonly Wanted[], asOne: boolean): boolean {
    const concept = this.#concepts[position];
    return concept !== undefined && isSaidClosely(this.#linesOf(concept), wanted, asOne);
  }

  /** True if the concept uses the superlative, or an adjective of that meaning. */
  saysExtreme(position: Position, extreme: string): boolean {
    const concept = this.#concepts[position];
    return concept !== undefined && this.#alike(extreme).some((stem) => this.#linesOf(concept).all.has(stem));
  }

  /** The last of 'levels, from weakest to strongest' for 'strongest', the first for 'weakest'. */
  endOfOrder(position: Position, extreme: string): Concept | undefined {
    const alike = this.#alike(extreme);
    for (const { intro, members } of this.#concepts[position]?.lists ?? []) {
      const [, first = '', last = ''] = /\bfrom (.+?) to (.+)$/i.exec(intro) ?? [];
      const holds = (text: string) => this.#stems(text).some((stem) => alike.includes(stem));
      const member = holds(last) ? members.at(-1) : holds(first) ? members[0] : undefined;
      if (member?.concept !== undefined) return this.#byId.get(member.concept);
    }
    return undefined;
  }

  #alike(word: string): readonly string[] {
    return searchTokens(word).flatMap((stem) => [stem, ...(this.#synonyms.get(stem) ?? [])]);
  }

  /** True if the concept speaks of something and never denies it. */
  affirms(position: Position, word: string): boolean {
    const concept = this.#concepts[position];
    return concept !== undefined && isAffirmed(this.#linesOf(concept), searchTokens(word));
  }

  /** False if the concept's sentences use the verb with the object only behind a preposition of another matter. */
  takesAsObject(position: Position, verb: Wanted, object: Wanted): boolean {
    const concept = this.#concepts[position];
    return concept === undefined || takesAsObject(this.#linesOf(concept), verb, object);
  }

  /** True if a line that says what the concept is does so in these words. */
  isCalledSo(position: Position, words: readonly string[]): boolean {
    const concept = this.#concepts[position];
    if (concept === undefined || words.every((word) => faintWords.has(word))) return false;
    const sought = words.flatMap(searchTokens);
    return concept.facts.some((fact) => saysWhat(fact.text, sought, (text) => this.#stems(text)));
  }

  #kin(stem: string): readonly string[] {
    const known = this.#kinKept.get(stem);
    if (known !== undefined) return known;
    if (this.#kinKept.size >= mostKept) this.#kinKept.clear();
    const kin = kinOf(stem, (one) => this.#postings.has(one));
    this.#kinKept.set(stem, kin);
    return kin;
  }

  #worth(frequency: number): number {
    return Math.log(1 + (this.#concepts.length + 1) / (frequency + 0.5));
  }

  #stems(text: string): readonly string[] {
    return this.#read(text).flatMap(searchTokens);
  }

  #candidates(wanted: readonly Wanted[]): readonly Position[] {
    const sums = this.#sums;
    const met: Position[] = [];
    for (const { stems, worth } of [...wanted].sort((one, other) => other.worth - one.worth)) {
      for (const stem of stems) {
        const posting = this.#postings.of(stem);
        if (posting.length > longPosting && met.length > 0) continue;
        for (const position of posting.subarray(0, longPosting)) {
          const sum = sums[position] ?? 0;
          if (sum === 0) met.push(position);
          sums[position] = sum + worth;
        }
      }
    }
    const top = best(met, sums, examined);
    for (const position of met) sums[position] = 0;
    return top;
  }

  #linesOf(concept: Concept): Lines {
    const known = this.#lines.get(concept);
    if (known !== undefined) return known;
    if (this.#lines.size >= mostKept) this.#lines.clear();
    const lines = linesOf(
      concept,
      (id) => this.#byId.get(id),
      (text) => this.#stems(text),
    );
    this.#lines.set(concept, lines);
    return lines;
  }
}

function ownText(concept: Concept): readonly string[] {
  return [
    concept.term,
    ...concept.aliases,
    ...concept.facts.map((fact) => fact.text),
    ...concept.lists.flatMap((list) => [list.intro, ...list.members.map((member) => member.text)]),
  ];
}

/** The positions with the highest sums, without sorting the many others; the first met where sums are equal. */
function best(met: readonly Position[], sums: Float64Array, most: number): readonly Position[] {
  const top: Position[] = [];
  const sumAt = (place: number) => sums[top[place] ?? -1] ?? 0;
  for (const position of met) {
    const sum = sums[position] ?? 0;
    if (top.length === most && sumAt(most - 1) >= sum) continue;
    let place = top.length;
    while (place > 0 && sumAt(place - 1) < sum) place -= 1;
    top.splice(place, 0, position);
    if (top.length > most) top.pop();
  }
  return top;
}
