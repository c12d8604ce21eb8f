import type { Facts } from './facts.js';
import { Misspellings, type Spelling } from './misspellings.js';
import type {
  Capability,
  CapabilityId,
  Lookalike,
  NodeTypeId,
  Preference,
  Threshold,
  WideWord,
} from './model.js';
import { keyOf, type Token, tokenize } from './words.js';

/** What a name in the facts stands for. */
export type Meaning =
  | {
      readonly kind: 'capability';
      readonly id: CapabilityId;
      readonly named: boolean;
      readonly freeOf: boolean;
      /** People do it where the need is not met, and AWS where it is. */
      readonly work: boolean;
    }
  | { readonly kind: 'type'; readonly id: NodeTypeId }
  | { readonly kind: 'preference'; readonly preference: Preference }
  | { readonly kind: 'lookalike'; readonly lookalike: Lookalike }
  | { readonly kind: 'wide'; readonly wide: WideWord }
  | { readonly kind: 'generic' };

interface Name extends Spelling {
  readonly meanings: Meaning[];
}

export interface Match {
  readonly meanings: readonly Meaning[];
  /** Words taken. */
  readonly length: number;
  /** The name that was read into a misspelt word; undefined where the word was right. */
  readonly corrected: string | undefined;
}

/** 'Own CNI' is also called 'a CNI of our own'. */
const OWN = 'own ';

const PLAIN = /^[a-z0-9 -]+$/i;

/** By so many of their first letters names are told apart, so that a text of few words is not held against each. */
const STARTS = [1, 2, 6, 12];

/** First words of names that other words may follow before the name goes on, and how many of them. */
const SPREADING = new Set(['own', 'custom']);
const MOST_BETWEEN = 2;

/** More words than this are a label that was pasted, which may hold commas. */
const LABEL_WORDS = 4;

/** All names that the facts know, ready to be found in text. */
export class Lexicon {
  private readonly names = new Map<string, Name>();
  private readonly misspellings: Misspellings<Name>;
  /** The length of the longest name by how it starts. */
  private readonly longestFrom = new Map<string, number>();
  private readonly tokensOfWord = new Map<string, readonly Token[]>();
  /** The first words of what people want none of. */
  private readonly startsOfWork = new Set<string>();
  /** Words that may say what an amount is of, and what amounts are counted in. */
  readonly measures = new Set<string>();
  readonly units = new Set<string>();
  /** How many words the longest name has. */
  private mostWords = 0;
  readonly thresholds: readonly { readonly id: CapabilityId; readonly threshold: Threshold }[];

  constructor(facts: Facts) {
    for (const capability of facts.capabilities.values()) this.addCapability(capability);
    for (const type of facts.nodeTypes) {
      const meaning: Meaning = { kind: 'type', id: type.id };
      for (const name of [type.id, type.name, ...type.alsoCalled]) this.add(name, meaning);
    }
    for (const lookalike of facts.lookalikes) {
      for (const name of [lookalike.name, ...lookalike.alsoCalled])
        this.add(name, { kind: 'lookalike', lookalike });
    }
    for (const preference of facts.preferences) {
      for (const name of [preference.id, ...preference.alsoCalled])
        this.add(name, { kind: 'preference', preference });
    }
    for (const wide of facts.wideWords) {
      for (const name of wide.alsoCalled) this.add(name, { kind: 'wide', wide });
    }
    for (const name of facts.generic) this.add(name, { kind: 'generic' });
    this.misspellings = new Misspellings([...this.names.values()]);
    this.thresholds = [...facts.capabilities.values()].flatMap(({ id, above }) =>
      above.map((threshold) => ({ id, threshold })),
    );
    for (const { threshold } of this.thresholds) {
      for (const word of threshold.of) this.measures.add(word);
      for (const unit of threshold.units) this.units.add(unit);
    }
  }

  private addCapability({ id, label, alsoCalled, freeOf, work }: Capability): void {
    const named = { kind: 'capability', id, named: true, freeOf: false, work: false } as const;
    for (const name of [id, label, label.replace(/\s*\([^)]*\)/g, ''), ...alsoCalled]) {
      this.add(name, named);
      if (name.startsWith(OWN)) this.add(`${name.slice(OWN.length)} of own`, named);
    }
    const free = { ...named, named: false, freeOf: true };
    for (const name of freeOf) this.add(name, free);
    for (const name of work) this.add(name, { ...free, work: true });
  }

  /** The first kind that claims a name keeps it: a capability before a node type before a mere wish. */
  private add(written: string, meaning: Meaning): void {
    const tokens = this.tokensOf(written);
    const key = keyOf(tokens);
    if (key === '') return;
    this.mostWords = Math.max(this.mostWords, tokens.length);
    for (const size of STARTS.filter((letters) => letters <= key.length)) {
      const start = key.slice(0, size);
      this.longestFrom.set(start, Math.max(key.length, this.longestFrom.get(start) ?? 0));
    }
    if (meaning.kind === 'capability' && meaning.freeOf) this.startsOfWork.add(tokens[0]?.stem ?? '');
    const name = this.names.get(key);
    if (name === undefined) {
      this.names.set(key, {
        key,
        written,
        stems: tokens.map(({ stem }) => stem),
        meanings: [meaning],
      });
      return;
    }
    if (meaning.kind !== 'capability') return;
    const index = name.meanings.findIndex((known) => known.kind === 'capability' && known.id === meaning.id);
    const known = name.meanings[index];
    if (known?.kind !== 'capability') name.meanings.push(meaning);
    else
      name.meanings[index] = {
        ...known,
        named: known.named || meaning.named,
        freeOf: known.freeOf || meaning.freeOf,
        work: known.work || meaning.work,
      };
  }

  /** Whether something that people want none of begins with a word. */
  startsWork(token: Token): boolean {
    return this.startsOfWork.has(token.stem);
  }

  /** As `tokenize`, but each plain word once, since thousands of names share a few hundred. */
  private tokensOf(name: string): readonly Token[] {
    if (!PLAIN.test(name)) return tokenize(name);
    return name.split(' ').flatMap((word) => {
      const known = this.tokensOfWord.get(word);
      if (known !== undefined) return known;
      const tokens = tokenize(word);
      this.tokensOfWord.set(word, tokens);
      return tokens;
    });
  }

  /** What some words mean as one name. */
  meaningsOf(tokens: readonly Token[]): readonly Meaning[] | undefined {
    return this.names.get(keyOf(tokens))?.meanings;
  }

  /** The longest name that begins at a word. */
  exact(tokens: readonly Token[], from: number): Match | undefined {
    let key = '';
    let isBroken = false;
    let found: Match | undefined;
    for (let length = 1; length <= tokens.length - from; length += 1) {
      const token = tokens[from + length - 1];
      key += token?.stem;
      const start = key.slice(
        0,
        STARTS.findLast((letters) => letters <= key.length),
      );
      if (key.length > (this.longestFrom.get(start) ?? 0)) break;
      isBroken ||= length > 1 && token?.before !== 'nothing';
      if (isBroken && length < LABEL_WORDS) continue;
      const name = this.names.get(key);
      if (name !== undefined) found = { meanings: name.meanings, length, corrected: undefined };
    }
    return found;
  }

  /** A name that begins with 'own' or 'custom' and goes on after other words: 'our own hardened corporate AMI'. */
  spread(tokens: readonly Token[], from: number, isOther: (token: Token) => boolean): Match | undefined {
    const first = tokens[from];
    if (first === undefined || !SPREADING.has(first.stem)) return undefined;
    for (let at = from + 1; at <= from + MOST_BETWEEN + 1; at += 1) {
      const token = tokens[at];
      if (token?.before !== 'nothing') return undefined;
      const name = this.exact([first, ...tokens.slice(at, at + this.mostWords)], 0);
      if (at > from + 1 && name !== undefined && name.length > 1)
        return { ...name, length: name.length + at - from - 1 };
      if (this.exact(tokens, at) !== undefined || !isOther(token)) return undefined;
    }
    return undefined;
  }

  /** A name that a misspelt word, or a few, may mean: one edit in 5 letters, two in 9; the first letter is right. */
  similar(tokens: readonly Token[], from: number, shortest = 1): Match | undefined {
    for (let length = Math.min(3, tokens.length - from); length >= shortest; length -= 1) {
      const window = tokens.slice(from, from + length);
      if (holdsBreak(window)) continue;
      const name = this.misspellings.nearest(window);
      if (name !== undefined) return { meanings: name.meanings, length, corrected: name.written };
    }
    return undefined;
  }
}

function holdsBreak(window: readonly Token[]): boolean {
  return window.some((token, index) => index > 0 && token.before !== 'nothing');
}

const lexicons = new WeakMap<Facts, Lexicon>();

/** The lexicon of the facts, made once: by the first question, or before it by who has time. */
export function lexiconOf(facts: Facts): Lexicon {
  const known = lexicons.get(facts);
  if (known !== undefined) return known;
  const made = new Lexicon(facts);
  lexicons.set(facts, made);
  return made;
}
