import type { Concept, Lookup } from '../model.js';
import { plainText, stemOf } from '../tokens.js';
import { classWords, isLight } from '../wording.js';
import { type Completion, completed, completionsOf } from './completions.js';
import { type Asked, askedIn, sidesOf } from './frames.js';
import { Meanings } from './meanings.js';
import { NameIndex } from './name-index.js';
import type { Position } from './position-map.js';
import { TextIndex } from './text-index.js';

/** Longer than any question; what follows is not read. */
const longestQuery = 300;
const mostWords = 40;
const mostSuggestions = 5;
const mostAmbiguous = 5;

/** Looks things up in a set of concepts. */
export interface LookupIndex {
  lookup(query: string): Lookup;
  /** Terms that begin with the prefix, then those with a word that does; at most `limit`. */
  complete(prefix: string, limit: number): readonly string[];
}

/** An index over the concepts; never throws, whatever is typed. */
export function makeLookup(concepts: readonly Concept[]): LookupIndex {
  return new Index(concepts);
}

class Index implements LookupIndex {
  readonly #concepts: readonly Concept[];
  readonly #names: NameIndex;
  readonly #texts: TextIndex;
  readonly #meanings: Meanings;
  #completions: readonly Completion[] | undefined;

  constructor(concepts: readonly Concept[]) {
    this.#concepts = concepts;
    this.#names = new NameIndex(concepts);
    this.#texts = new TextIndex(concepts, (text) => this.#names.read(text));
    this.#meanings = new Meanings(concepts, this.#names, this.#texts);
  }

  lookup(query: string): Lookup {
    const text = plainText(query.slice(0, longestQuery)).replace(/\s+/g, ' ').trim();
    const words = this.#names.read(text).slice(0, mostWords);
    if (words.length === 0) return this.#nothing([]);
    const whole = this.#names.named(words);
    if (whole.length > 0) return this.#found(whole);
    const compared = this.#compared(text);
    if (compared !== undefined) return this.#several(compared);
    const asked = askedIn(text);
    const core = this.#names.read(asked.text).slice(0, mostWords);
    const serving =
      asked.useFor === undefined ? undefined : this.#meanings.servingFor(this.#names.read(asked.useFor));
    const named = this.#meanings.foremost(this.#called(core, asked), asked);
    const positions =
      serving ?? named ?? this.#respelled(core, asked) ?? this.#meanings.described(core, asked);
    if (positions !== undefined) return this.#found(positions);
    return this.#nothing(this.#nearest(core));
  }

  complete(prefix: string, limit: number): readonly string[] {
    const most = Math.max(0, Math.min(limit, 1000));
    const key = this.#names.read(prefix.slice(0, longestQuery)).join('');
    if (key === '')
      return [...new Set(this.#concepts.slice(0, most * 4).map((one) => one.term))].slice(0, most);
    this.#completions ??= completionsOf(this.#concepts, (text) => this.#names.read(text));
    return completed(this.#completions, key, most);
  }

  /** Concepts that a name of them stands for, however it is spelled. */
  #called(words: readonly string[], { text, sentence }: Asked): readonly Position[] | undefined {
    if (words.length === 0) return undefined;
    const named = this.#names.named(words);
    if (named.length > 0) return named;
    const light = words.filter((word) => !isLight(word));
    const longer = this.#names.withAllOf(words, light);
    if (longer.length > 0) return longer;
    const trimmed = light.length > 0 && light.length < words.length ? this.#names.named(light) : [];
    if (trimmed.length > 0) return trimmed;
    const formed = this.#names.formed(words);
    if (formed.length > 0) return formed;
    const bare = light.filter((word) => !classWords.has(word));
    const classed = bare.length > 0 && bare.length < light.length ? this.#names.named(bare) : [];
    if (classed.length > 0) return classed;
    const initials = this.#names.withInitials(words);
    if (initials.length === 1) return initials;
    const held = this.#held(light, sentence) ?? this.#held([light.join('')], sentence);
    // 'Which nodes are managed by us?' does not ask for managed nodes.
    if (held !== undefined && (!sentence || light.length < 2)) return held;
    const told = this.#names.told(light);
    if (told.length > 0) return told.length <= mostAmbiguous ? told : undefined;
    if (words.every((word) => isLight(word) || this.#texts.isSpelledSo(word))) return undefined;
    const misspelled = this.#names.misspelled(text);
    if (misspelled.length > 0) return misspelled.length <= mostAmbiguous ? misspelled : undefined;
    const [only, ...more] = light;
    if (only === undefined || more.length > 0) return undefined;
    const inNames = this.#names.wordInNames(only);
    // What the notes say of a plan comes before a planner.
    const isOther =
      inNames !== undefined && stemOf(inNames) !== stemOf(only) && this.#texts.frequency(only) > 0;
    return inNames === undefined || isOther ? undefined : this.#held([inNames], sentence);
  }

  /** Concepts whose name holds the words once their slips are put right. */
  #respelled(words: readonly string[], { sentence }: Asked): readonly Position[] | undefined {
    const spelled = this.#meanings.respelled(words).filter((word) => !isLight(word));
    if (sentence || spelled.length < 2 || spelled.every((word) => words.includes(word))) return undefined;
    return this.#held(spelled, false);
  }

  /** A word or two out of a name, if they make up half of it; all names with these words, if several do. */
  #held(words: readonly string[], sentence: boolean): readonly Position[] | undefined {
    const all = this.#names.holding(words);
    const [only, ...more] = all;
    const [word = ''] = words;
    // 'Emergency beacon' of an 'emergency position indicating radio beacon'.
    if (only?.opens && only.closes && more.length === 0 && words.length > 1) return [only.position];
    // A word of one name that hardly stands anywhere else (the list that holds the name) means that name.
    const isOwn = words.length === 1 && word.length >= 5 && this.#texts.frequency(word) <= 2;
    if (only !== undefined && more.length === 0 && isOwn) return [only.position];
    const enough = words.length > 1 ? 0.51 : 0.5;
    // 'Where is blood made?' does not ask about blood pressure.
    if (sentence && !all.some(({ closes }) => closes)) return undefined;
    if (!all.some(({ share, closes }) => share >= (closes ? 0.5 : enough))) return undefined;
    const positions = all.map(({ position }) => position);
    return positions.length <= mostAmbiguous ? positions : undefined;
  }

  /** The sides of 'A vs B', 'difference between A and B', 'A and B', each found by itself. */
  #compared(text: string): readonly (readonly Position[])[] | undefined {
    const sides = sidesOf(text);
    if (sides === undefined) return undefined;
    const last = sides.at(-1)?.split(' ').at(-1) ?? '';
    const alone = sides.map((side) => this.#side(side));
    const found = sides.map((side, at) => {
      const own = alone[at];
      const isSure =
        own?.length === 1 && !alone.some((other, place) => place !== at && other?.[0] === own[0]);
      // 'managed and self managed nodes' shares its last word.
      const full = isSure || side.endsWith(last) ? undefined : this.#side(`${side} ${last}`);
      return full ?? own ?? this.#loosely(side);
    });
    if (found.some((positions) => positions.length === 0)) return undefined;
    // One concept for both sides is no comparison: one of them is another thing that the notes do not explain.
    if (new Set(found.flat()).size === 1) return undefined;
    return found.map((positions, at) => {
      const others = found.filter((_, other) => other !== at && found[other]?.length === 1).flat();
      const own = positions.filter((position) => !others.includes(position));
      return own.length > 0 ? own : positions;
    });
  }

  #side(text: string): readonly Position[] | undefined {
    const words = this.#names.read(text);
    const asked = { ...askedIn(text), text, sentence: false };
    const called = this.#called(words, asked);
    if (called !== undefined) return called;
    const described = this.#meanings.described(words, asked);
    return described?.length === 1 ? described : undefined;
  }

  /** What holds the words of a side at all, which the other side may tell apart. */
  #loosely(text: string): readonly Position[] {
    const held = this.#names.holding(this.#names.read(text)).map(({ position }) => position);
    return held.length <= mostAmbiguous ? held : [];
  }

  #several(sides: readonly (readonly Position[])[]): Lookup {
    const positions = [...new Set(sides.flat())];
    return { outcome: 'found', concepts: this.#at(positions), suggestions: [] };
  }

  #found(positions: readonly Position[]): Lookup {
    const concepts = this.#at([...new Set(positions)]);
    return { outcome: concepts.length > 1 ? 'ambiguous' : 'found', concepts, suggestions: [] };
  }

  #nothing(suggestions: readonly string[]): Lookup {
    return { outcome: 'none', concepts: [], suggestions };
  }

  #at(positions: readonly Position[]): readonly Concept[] {
    return positions.flatMap((position) => this.#concepts[position] ?? []);
  }

  /** Terms to offer instead: named in the question, a word of them, a slip away, or telling of it. */
  #nearest(words: readonly string[]): readonly string[] {
    const heavy = words.filter((word) => !isLight(word));
    const spelled = this.#meanings.respelled(heavy);
    const told = this.#texts.search(this.#texts.wanted(spelled, true));
    const whole = told.filter(({ coverage }) => coverage >= 0.999);
    const positions = [
      ...[...whole.filter(({ inLine }) => inLine), ...whole].slice(0, 2).map(({ position }) => position),
      ...told
        .filter(({ told: said }) => said > 1)
        .slice(0, 1)
        .map(({ position }) => position),
      ...this.#names.within(spelled).flatMap((mention) => mention.positions),
      ...spelled.flatMap((word) =>
        this.#names
          .holding([word])
          .slice(0, 3)
          .map(({ position }) => position),
      ),
      ...this.#names.resembling(heavy),
      ...told.slice(0, 3).map(({ position }) => position),
    ];
    return [...new Set(this.#at(positions).map((concept) => concept.term))].slice(0, mostSuggestions);
  }
}
