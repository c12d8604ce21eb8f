import type { Concept } from '../model.js';
import { isUnspaced, wordsOf } from '../tokens.js';
import { stopWords } from '../wording.js';
import { allNames, formOf, type Holder, keyOf, keysOf, namesIn, type Spelled } from './names.js';
import { type Position, PositionMap } from './position-map.js';
import { namingWords, push, Shortener } from './short-forms.js';
import { Spellings } from './spellings.js';
import { toldNames } from './told-names.js';

/** Longest name, in words, that is looked for inside a sentence. */
const longestName = 8;

const shortestForm = 4;
/** More names than this that hold a word tell nothing apart. */
const mostNames = 200;
const mostKept = 5_000;

/** Finds concepts by what they are called, spelled in the ways that people spell names. */
export class NameIndex {
  readonly #concepts: readonly Concept[];
  readonly #shorten: Shortener;
  readonly #byTerm = new PositionMap();
  readonly #byAlias = new PositionMap();
  readonly #byInitials = new PositionMap();
  readonly #byForm = new PositionMap();
  /** Words of names by what they share with their other forms. */
  readonly #wordsByForm = new Map<string, string[]>();
  /** Names that lines give in passing. */
  readonly #byToldName = new PositionMap();
  /** Concepts with a name that holds a word. */
  readonly #byWord = new PositionMap();
  /** The words of each name of a concept, for those asked about lately. */
  readonly #namesAt = new Map<Position, readonly (readonly string[])[]>();
  /** Words of names, and whole names run together. */
  readonly #spellings = new Spellings(
    (word) => this.#rawWords.has(word) || this.#byTerm.has(word) || this.#byAlias.has(word),
  );
  readonly #rawWords = new Set<string>();
  #longestUnspaced = 0;

  constructor(concepts: readonly Concept[]) {
    this.#concepts = concepts;
    this.#shorten = new Shortener(concepts);
    concepts.forEach((concept, position) => {
      const [term = '', ...inBrackets] = namesIn(concept.term);
      this.#add(term, position, this.#byTerm);
      for (const alias of [...concept.aliases.flatMap(namesIn), ...inBrackets]) {
        this.#add(alias, position, this.#byAlias);
      }
      const told = toldNames(concept);
      if (told.length === 0) return;
      const keys = told.map((name) => keyOf(this.read(name).filter((word) => !stopWords.has(word))));
      for (const key of new Set(keys)) if (key !== '') this.#byToldName.add(key, position);
    });
  }

  /** The words by which a text is compared with names: singular, short forms in position of long ones. */
  read(text: string): readonly string[] {
    return this.shortened(namingWords(text));
  }

  /** Words with short forms in place of long ones. */
  shortened(words: readonly string[]): readonly string[] {
    return this.#shorten.words(words);
  }

  /** Concepts so called; a term counts before an alias. */
  named(words: readonly string[]): readonly Position[] {
    const key = keyOf(words);
    const found = this.#exactly(key);
    if (found.length > 0) return found;
    // 'AZs' is too short for an English plural, yet is one.
    if (/^[a-z0-9]{2,3}s$/.test(key)) return this.#exactly(key.slice(0, -1));
    return [];
  }

  /** Concepts whose name has the same words in other forms: 'estimation' for 'estimate', 'routing' for 'router'. */
  formed(words: readonly string[]): readonly Position[] {
    const key = formOf(words);
    return key.length < shortestForm ? [] : (this.#byForm.get(key) ?? this.#exactly(key));
  }

  /** Concepts that give the name in passing, where it is no concept's own. */
  told(words: readonly string[]): readonly Position[] {
    return this.#byToldName.get(keyOf(words)) ?? [];
  }

  /** The word of a name of which this is another form: 'polarizer' for 'polarizing'. */
  wordInNames(word: string): string | undefined {
    if (this.#byWord.has(word)) return word;
    const [only, ...more] = this.#wordsByForm.get(formOf([word])) ?? [];
    return more.length === 0 ? only : undefined;
  }

  /** Concepts whose name of three words and more has these initials. */
  withInitials(words: readonly string[]): readonly Position[] {
    const key = words.join('');
    return this.#byInitials.get(key) ?? [];
  }

  /** Concepts whose name differs from the text by a slip or two of the keyboard, only the nearest of them. */
  misspelled(text: string): readonly Position[] {
    const words = wordsOf(text);
    let best = 3;
    let found: Position[] = [];
    for (const [candidate, distance] of [...this.#joinedSlips(words), ...this.#wordSlips(words)]) {
      if (distance > best) continue;
      const positions = this.#exactly(candidate);
      if (positions.length === 0) continue;
      found = distance < best ? [...positions] : [...found, ...positions];
      best = distance;
    }
    return [...new Set(found)];
  }

  /** Names that hold all of the words and little else; each with the share of it that the words cover. */
  holding(words: readonly string[]): readonly Holder[] {
    const [first] = words;
    if (first === undefined) return [];
    const last = words.at(-1);
    const holders = words.map((word) => this.#byWord.get(word) ?? []);
    const fewest = holders.reduce((least, some) => (some.length < least.length ? some : least));
    const hits = fewest.slice(0, mostNames).flatMap((position) => {
      const names = this.#namesOf(position).filter((name) => words.every((word) => name.includes(word)));
      if (names.length === 0) return [];
      const shortest = names.reduce((least, name) => (name.length < least.length ? name : least));
      return [
        {
          position,
          share: words.length / shortest.length,
          closes: shortest.at(-1) === last,
          opens: shortest[0] === first,
        },
      ];
    });
    return hits.sort((one, other) => other.share - one.share || one.position - other.position);
  }

  /** Names that stand in a sentence, longest first where they overlap, in the order of the sentence. */
  within(words: readonly string[]): readonly Mention[] {
    const mentions: Mention[] = [];
    let at = 0;
    while (at < words.length) {
      const mention = this.#longestAt(words, at);
      if (mention === undefined) at += 1;
      else {
        mentions.push(mention);
        at = mention.end;
      }
    }
    return mentions;
  }

  /** Concepts whose name stands in the words, holds all the heavy ones of them, and others beside: 'node types'. */
  withAllOf(words: readonly string[], heavy: readonly string[]): readonly Position[] {
    if (heavy.length === 0 || heavy.length === words.length) return [];
    const first = words.findIndex((word) => heavy.includes(word));
    const last = words.findLastIndex((word) => heavy.includes(word));
    const holder = this.within(words).find(({ start, end }) => start <= first && end > last);
    return holder !== undefined && holder.end - holder.start > heavy.length ? holder.positions : [];
  }

  /** True if a name of the concept ends in the word. */
  endsIn(word: string, position: Position): boolean {
    return this.#namesOf(position).some((name) => name.length > 1 && name.at(-1) === word);
  }

  /** The word that was meant, if no name holds the typed one and a name holds one a slip away. */
  corrected(word: string): string | undefined {
    if (this.#rawWords.has(word)) return undefined;
    return this.#spellings.meant(word).find(([meant]) => this.#rawWords.has(meant))?.[0];
  }

  /** Concepts whose name looks like one of the words, or like all of them together. */
  resembling(words: readonly string[]): readonly Position[] {
    const typed = words.length > 1 ? [words.join(''), ...words] : words;
    const alike = typed.flatMap((word) => this.#spellings.resembling(word).slice(0, 5));
    return alike.flatMap((word) => {
      const exact = this.#exactly(word);
      return exact.length > 0 ? exact : (this.#byWord.get(word) ?? []).slice(0, 3);
    });
  }

  #exactly(key: string): readonly Position[] {
    return this.#byTerm.get(key) ?? this.#byAlias.get(key) ?? [];
  }

  #add(text: string, position: Position, into: PositionMap): void {
    const spelled = this.#spelled(text);
    const { raw, short, names } = spelled;
    const keys = keysOf(spelled);
    for (const key of keys) {
      if (key === '' || key.length > 120) continue;
      if (!this.#byTerm.has(key) && !this.#byAlias.has(key) && !this.#rawWords.has(key))
        this.#spellings.add(key);
      into.add(key, position);
      if (isUnspaced(key)) this.#longestUnspaced = Math.max(this.#longestUnspaced, key.length);
    }
    for (const word of new Set([...raw, ...names.flat()])) this.#addWord(word);
    for (const word of new Set(names.flat()))
      if (this.#byWord.get(word)?.at(-1) !== position) this.#byWord.add(word, position);
    for (const form of new Set([formOf(short), formOf(raw)]))
      if (!keys.has(form)) this.#byForm.add(form, position);
    if (raw.length >= 3) this.#byInitials.add(raw.map((word) => word[0]).join(''), position);
  }

  #addWord(word: string): void {
    if (this.#rawWords.has(word)) return;
    if (!this.#byTerm.has(word) && !this.#byAlias.has(word)) this.#spellings.add(word);
    if (word.length >= 6) push(this.#wordsByForm, formOf([word]), word);
    this.#rawWords.add(word);
  }

  #spelled(name: string): Spelled {
    const raw = namingWords(name);
    const short = this.shortened(raw);
    const heavy = short.filter((word) => !stopWords.has(word));
    const words = heavy.length > 0 ? heavy : short;
    // A name that has a short form is also found by a word of the long one.
    const long = raw.length > short.length ? [raw.filter((word) => !stopWords.has(word))] : [];
    return { raw, short, heavy, names: [words, ...long] };
  }

  #namesOf(position: Position): readonly (readonly string[])[] {
    const known = this.#namesAt.get(position);
    if (known !== undefined) return known;
    if (this.#namesAt.size >= mostKept) this.#namesAt.clear();
    const names = allNames(this.#concepts[position]).flatMap((name) => this.#spelled(name).names);
    this.#namesAt.set(position, names);
    return names;
  }

  /** Of how many words the last name with this key is; 1 where there is none. */
  #wordsIn(key: string): number {
    const names = this.#exactly(key).flatMap((position) => allNames(this.#concepts[position]));
    const last = names.map((name) => this.#spelled(name)).findLast((name) => keysOf(name).has(key));
    return Math.max(1, last?.raw.length ?? 1);
  }

  #joinedSlips(words: readonly string[]): readonly (readonly [string, number])[] {
    const keys = new Set([words.join(''), keyOf(words.flatMap(namingWords))]);
    const meant = [...keys].flatMap((key) => (key.length > 60 ? [] : this.#spellings.meant(key)));
    // With as many words on both sides each word must be a slip: 'cluster role' is not 'cluster node'.
    return meant.filter(([key]) => words.length === 1 || this.#wordsIn(key) !== words.length);
  }

  /** Names spelled word by word, each word with its own slips. */
  #wordSlips(words: readonly string[]): readonly (readonly [string, number])[] {
    if (words.length < 2 || words.length > longestName) return [];
    let spelled: (readonly [readonly string[], number])[] = [[[], 0]];
    for (const word of words) {
      const choices = this.#choices(word);
      spelled = spelled
        .flatMap(([start, sum]) => choices.map(([next, more]) => [[...start, next], sum + more] as const))
        .filter(([, sum]) => sum <= 2)
        .slice(0, 50);
    }
    return spelled.map(([name, sum]) => [keyOf(this.shortened(name)), sum]);
  }

  #choices(word: string): readonly (readonly [string, number])[] {
    const [one = word] = namingWords(word);
    if (this.#rawWords.has(one) || stopWords.has(word)) return [[one, 0]];
    const near = [...this.#spellings.meant(word), ...this.#spellings.meant(one)];
    return near.filter(([meant]) => this.#rawWords.has(meant)).slice(0, 8);
  }

  #longestAt(words: readonly string[], at: number): Mention | undefined {
    for (let end = Math.min(words.length, at + longestName); end > at; end -= 1) {
      const slice = words.slice(at, end);
      if (slice.every((word) => stopWords.has(word))) continue;
      const positions = this.named(slice);
      if (positions.length > 0) return { start: at, end, positions };
    }
    return this.#insideUnspaced(words[at] ?? '', at);
  }

  #insideUnspaced(word: string, at: number): Mention | undefined {
    if (!isUnspaced(word) || word.length > 200) return undefined;
    for (let length = Math.min(word.length, this.#longestUnspaced); length >= 2; length -= 1) {
      for (let start = 0; start + length <= word.length; start += 1) {
        const positions = this.#exactly(word.slice(start, start + length));
        if (positions.length > 0) return { start: at, end: at + 1, positions };
      }
    }
    return undefined;
  }
}

/** Where a sentence names concepts: words from `start` to before `end`. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly positions: readonly Position[];
}
