import type { Facts } from './facts.js';
import type {
  Capability,
  CapabilityId,
  Lookalike,
  NodeTypeId,
  Preference,
  Threshold,
  WideWord,
} from './model.js';
import { distance, keyOf, type Token, tokenize } from './words.js';

/** What a name in the facts stands for. */
export type Meaning =
  | {
      readonly kind: 'capability';
      readonly id: CapabilityId;
      readonly named: boolean;
      readonly freeOf: boolean;
    }
  | { readonly kind: 'type'; readonly id: NodeTypeId }
  | { readonly kind: 'preference'; readonly preference: Preference }
  | { readonly kind: 'lookalike'; readonly lookalike: Lookalike }
  | { readonly kind: 'wide'; readonly wide: WideWord }
  | { readonly kind: 'generic' };

interface Name {
  readonly key: string;
  /** As the facts write it. */
  readonly written: string;
  readonly meanings: Meaning[];
}

export interface Match {
  readonly meanings: readonly Meaning[];
  /** Words taken. */
  readonly length: number;
  /** The name that was read into a misspelt word; undefined where the word was right. */
  readonly corrected: string | undefined;
}

/** More words than this are a label that was pasted, which may hold commas. */
const LABEL_WORDS = 4;

/** All names that the facts know, ready to be found in text. */
export class Lexicon {
  private readonly names = new Map<string, Name>();
  private readonly byInitial = new Map<string, Name[]>();
  private longest = 1;
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
    for (const { above } of facts.capabilities.values()) {
      for (const name of above.flatMap(({ of }) => of)) this.add(name, { kind: 'generic' });
    }
    for (const name of this.names.values()) {
      const initial = name.key.slice(0, 1);
      this.byInitial.set(initial, [...(this.byInitial.get(initial) ?? []), name]);
    }
    this.thresholds = [...facts.capabilities.values()].flatMap(({ id, above }) =>
      above.map((threshold) => ({ id, threshold })),
    );
  }

  private addCapability({ id, label, alsoCalled, freeOf }: Capability): void {
    for (const name of [id, label, label.replace(/\s*\([^)]*\)/g, ''), ...alsoCalled]) {
      this.add(name, { kind: 'capability', id, named: true, freeOf: false });
    }
    for (const name of freeOf) this.add(name, { kind: 'capability', id, named: false, freeOf: true });
  }

  /** The first kind that claims a name keeps it: a capability before a node type before a mere wish. */
  private add(written: string, meaning: Meaning): void {
    const tokens = tokenize(written);
    const key = keyOf(tokens);
    if (key === '') return;
    this.longest = Math.max(this.longest, tokens.length);
    const name = this.names.get(key);
    if (name === undefined) {
      this.names.set(key, { key, written, meanings: [meaning] });
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
      };
  }

  /** The longest name that begins at a word. */
  exact(tokens: readonly Token[], from: number): Match | undefined {
    for (let length = Math.min(this.longest, tokens.length - from); length > 0; length -= 1) {
      const window = tokens.slice(from, from + length);
      if (length < LABEL_WORDS && holdsBreak(window)) continue;
      const name = this.names.get(keyOf(window));
      if (name !== undefined) return { meanings: name.meanings, length, corrected: undefined };
    }
    return undefined;
  }

  /** A name that a misspelt word, or a few, may mean: one edit in 5 letters, two in 9; the first letter is right. */
  similar(tokens: readonly Token[], from: number): Match | undefined {
    for (let length = Math.min(3, tokens.length - from); length > 0; length -= 1) {
      const window = tokens.slice(from, from + length);
      if (holdsBreak(window)) continue;
      const name = this.nearest(keyOf(window));
      if (name !== undefined) return { meanings: name.meanings, length, corrected: name.written };
    }
    return undefined;
  }

  private nearest(key: string): Name | undefined {
    if (key.length < 3 || key.length > 40) return undefined;
    let best: Name | undefined;
    let least = (key.length >= 9 ? 2 : 1) + 1;
    for (const name of this.byInitial.get(key.slice(0, 1)) ?? []) {
      if (name.key.length < 3 || (Math.min(key.length, name.key.length) < 5 && !isSwap(key, name.key)))
        continue;
      const edits = distance(key, name.key, least - 1);
      if (edits < least) {
        best = name;
        least = edits;
      }
    }
    return best;
  }
}

/** Four letters or fewer with one changed are too often another word; two neighbours swapped are a slip. */
function isSwap(left: string, right: string): boolean {
  return left.length === right.length && [...left].sort().join('') === [...right].sort().join('');
}

function holdsBreak(window: readonly Token[]): boolean {
  return window.some((token, index) => index > 0 && token.before !== 'nothing');
}

const lexicons = new WeakMap<Facts, Lexicon>();

/** The lexicon of the facts, made once. */
export function lexiconOf(facts: Facts): Lexicon {
  const known = lexicons.get(facts);
  if (known !== undefined) return known;
  const made = new Lexicon(facts);
  lexicons.set(facts, made);
  return made;
}
