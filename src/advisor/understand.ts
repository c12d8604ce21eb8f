import {
  ABILITIES,
  AFTERTHOUGHTS,
  BY_ONESELF,
  HARD_RESETS,
  isFiller,
  NEGATING_PHRASES,
  NEGATORS,
  NEUTRAL_PHRASES,
  REFUSALS,
  RESETS,
  SPEAKERS,
  WISH_PHRASES,
  WISHES,
} from './english.js';
import type { Facts } from './facts.js';
import { type Lexicon, lexiconOf, type Match, type Meaning } from './lexicon.js';
import { type Mention, summarize } from './mentions.js';
import type { Understood } from './understood.js';
import { keyOf, type Token, tokenize } from './words.js';

const LONGEST_TEXT = 2000;
/** Each try costs some 0.1 ms. */
const MOST_CORRECTIONS = 20;
const MOST_UNKNOWN = 20;

/** Reads needs, refusals, wishes, node types and preferences out of free text. Never throws. */
export function understandNeeds(facts: Facts, text: string): Understood {
  const query = text.slice(0, LONGEST_TEXT).trim();
  const reader = new Reader(lexiconOf(facts), tokenize(query));
  reader.read();
  return {
    query,
    ...summarize(facts, reader.mentions),
    corrected: reader.corrected,
    notUnderstood: [...new Set(reader.unknown)].slice(0, MOST_UNKNOWN),
    cut: text.trim().length > LONGEST_TEXT,
  };
}

/** Walks through the words once, and knows at each one whether a 'no' or a 'nice to have' still holds. */
class Reader {
  readonly mentions: Mention[] = [];
  readonly unknown: string[] = [];
  readonly corrected: { typed: string; read: string }[] = [];
  private corrections = 0;
  /** A 'no' holds; `reached`: it has turned something round already; `wide`: it reaches over 'and'. */
  private negation: { reached: boolean; readonly wide: boolean; readonly index: number } | undefined;
  /** A wish holds; how many mentions stood before its word. */
  private wishing: number | undefined;
  private either = false;
  /** Words that said what an amount is of, and ask nothing of their own after it. */
  private readonly measured = new Set<string>();
  /** The first mention of the clause, and whether somebody speaks of themselves in it. */
  private clause = 0;
  private spoken = false;

  constructor(
    private readonly lexicon: Lexicon,
    private readonly tokens: readonly Token[],
  ) {}

  read(): void {
    let index = 0;
    while (index < this.tokens.length) index += this.step(index);
    this.endClause(index);
  }

  /** Reads what begins at a word; returns how many words it took. */
  private step(index: number): number {
    const token = this.tokens[index];
    if (token === undefined) return 1;
    if (token.before === 'stop') this.endClause(index);
    if (token.before === 'comma') this.comma(index);
    const phrase = this.phrase(index);
    if (phrase > 0) return phrase;
    const amount = this.amount(index);
    if (amount > 0) return amount;
    const match = this.lexicon.exact(this.tokens, index);
    if (match !== undefined && !this.reachesFurther(index, match)) return this.mention(match, token.word);
    if (this.control(token, index) || isFiller(token.word)) return 1;
    return this.unknownWord(token, index);
  }

  /** 'no node scaling' refuses node scaling, though 'no nodes' is a name too. */
  private reachesFurther(index: number, { length }: Match): boolean {
    const negates = NEGATORS.has(this.tokens[index]?.word ?? '');
    return negates && (this.lexicon.exact(this.tokens, index + 1)?.length ?? 0) >= length;
  }

  private phrase(index: number): number {
    for (const length of [4, 3, 2]) {
      const window = this.tokens.slice(index, index + length);
      if (window.length < length) continue;
      const key = keyOf(window);
      if (NEUTRAL_PHRASES.has(key)) return length;
      if (NEGATING_PHRASES.has(key)) {
        this.negation = { reached: false, wide: true, index: index + length - 1 };
        return length;
      }
      if (WISH_PHRASES.has(key)) {
        this.wishing = this.mentions.length;
        return length;
      }
    }
    return 0;
  }

  /** '32 vCPU', '200GB of memory': a number above a threshold is a need, one below it is none. */
  private amount(index: number): number {
    const parts = /^(\d+(?:\.\d+)?)(\p{L}*)$/u.exec(this.tokens[index]?.word ?? '');
    const value = Number(parts?.[1]);
    const glued = parts?.[2] ?? '';
    const unit = glued === '' ? this.tokens[index + 1]?.word : glued;
    if (parts === null || unit === undefined) return 0;
    const length = glued === '' ? 2 : 1;
    const near = this.tokens.slice(Math.max(0, index - 3), index + length + 3).map(({ word }) => word);
    for (const { id, threshold } of this.lexicon.thresholds) {
      if (!threshold.units.includes(unit)) continue;
      if (threshold.of.length > 0 && !threshold.of.some((word) => near.includes(word))) continue;
      if (value <= threshold.value) return length;
      for (const word of threshold.of) this.measured.add(word);
      const meaning: Meaning = { kind: 'capability', id, named: true, freeOf: false };
      return this.mention({ meanings: [meaning], length, corrected: undefined });
    }
    return 0;
  }

  private mention({ meanings, length }: Match, word = ''): number {
    if (meanings.every(({ kind }) => kind === 'generic')) return length;
    if (meanings.every(({ kind }) => kind === 'wide') && this.measured.has(word)) return length;
    const sense =
      this.negation === undefined ? (this.wishing === undefined ? 'needed' : 'wished') : 'refused';
    this.mentions.push({ meanings, sense, either: this.either });
    this.either = false;
    if (this.negation !== undefined) this.negation.reached = true;
    return length;
  }

  /** Words that steer the reading; true where the word was one. */
  private control({ word }: Token, index: number): boolean {
    if (NEGATORS.has(word) || (word === 'besides' && this.isType(index + 1))) {
      this.negate(word, index);
      return true;
    }
    if (SPEAKERS.has(word)) this.spoken = true;
    if (this.negation !== undefined && !this.negation.reached) {
      if (AFTERTHOUGHTS.has(word) && this.mentions.length > this.clause) {
        this.turnClause('refused');
        return true;
      }
      if (ABILITIES.has(word) && this.saysWhatTypeCannot()) this.negation = undefined;
    }
    if (REFUSALS.has(word)) this.turnClause('refused');
    else if (BY_ONESELF.has(word)) this.byOneself();
    else if (WISHES.has(word)) this.wishing = this.mentions.length;
    else if (word === 'or') this.either = this.negation === undefined;
    else if (word === 'and') this.joined();
    else if (RESETS.has(word)) this.reset(word);
    else return false;
    return true;
  }

  /** 'not without' needs; "isn't there ...?" asks. */
  private negate(word: string, index: number): void {
    if (this.opensQuestion(word, index) || this.asksWhichCannot(word, index)) return;
    const unmet = this.negation !== undefined && !this.negation.reached;
    if (unmet && !/^(neither|nor|none|no)$/.test(word)) this.negation = undefined;
    else this.negation = { reached: false, wide: !/^(no|not|never|cannot|.*nt)$/.test(word), index };
  }

  private opensQuestion(word: string, index: number): boolean {
    const before = this.tokens[index - 1];
    if (before?.word === 'why') return /nt$|^(cannot|not)$/.test(word);
    if (before !== undefined && this.tokens[index]?.before !== 'stop') return false;
    if (/^(isnt|arent|doesnt|wouldnt|couldnt|wont)$/.test(word)) return true;
    return /^(cant|cannot)$/.test(word) && this.isType(index + 1);
  }

  private isType(index: number): boolean {
    return this.lexicon.exact(this.tokens, index)?.meanings.some(({ kind }) => kind === 'type') === true;
  }

  /** 'Which types do not support gpu?' asks about gpu. */
  private asksWhichCannot(word: string, index: number): boolean {
    const before = this.tokens.slice(Math.max(0, index - 4), index).map((token) => token.word);
    const next = this.tokens[index + 1]?.word ?? '';
    const asks = before.includes('which') || before.includes('what');
    return asks && !this.spoken && /nt$|^(cannot|not)$/.test(word) && ABILITIES.has(next);
  }

  private saysWhatTypeCannot(): boolean {
    const last = this.mentions.at(-1);
    return !this.spoken && last !== undefined && last.meanings.some(({ kind }) => kind === 'type');
  }

  private joined(): void {
    if (this.negation?.reached === true && !this.negation.wide) this.negation = undefined;
  }

  private reset(word: string): void {
    if (this.negation?.reached === true || HARD_RESETS.has(word)) this.negation = undefined;
    if (this.wishing !== undefined && this.wishing < this.mentions.length) this.wishing = undefined;
    if (this.negation === undefined) this.clause = this.mentions.length;
  }

  /** A 'no' reaches past a comma only within a list that ends in 'or': 'no windows, gpu or ssh'. */
  private comma(index: number): void {
    this.endThought(index);
    if (this.negation !== undefined && !(this.negation.reached && this.listGoesOn(index)))
      this.negation = undefined;
    this.clause = this.mentions.length;
  }

  private listGoesOn(index: number): boolean {
    for (const [offset, { word, before }] of this.tokens.slice(index).entries()) {
      if (before === 'stop' && offset > 0) return false;
      if (word === 'or' || word === 'nor') return true;
      if (word === 'and' || RESETS.has(word) || NEGATORS.has(word)) return false;
    }
    return false;
  }

  private endClause(index: number): void {
    this.endThought(index);
    this.negation = undefined;
    this.either = false;
    this.spoken = false;
    this.clause = this.mentions.length;
  }

  /** What was said last may be about what stood before it: 'gpu: no', 'spot if possible'. */
  private endThought(index: number): void {
    if (this.negation !== undefined && !this.negation.reached && this.negation.index === index - 1) {
      this.turnLast('refused');
    }
    if (this.wishing === this.mentions.length) this.turnLast('wished');
    this.wishing = undefined;
  }

  /** 'We patch ourselves' says who does it; 'we patch nothing ourselves' and 'rather not patch ourselves' that nobody does. */
  private byOneself(): void {
    if (this.negation !== undefined && !this.negation.reached && this.mentions.length > this.clause) {
      this.turnClause('refused');
      return;
    }
    for (const mention of this.mentions.slice(this.clause)) {
      const isWork = mention.meanings.some((meaning) => meaning.kind === 'capability' && meaning.freeOf);
      if (isWork && mention.sense !== 'refused') mention.sense = 'own';
    }
  }

  private turnLast(sense: Mention['sense']): void {
    const last = this.mentions.at(-1);
    if (last !== undefined && this.mentions.length > this.clause) last.sense = sense;
  }

  private turnClause(sense: Mention['sense']): void {
    for (const mention of this.mentions.slice(this.clause)) mention.sense = sense;
    this.negation = undefined;
  }

  private unknownWord(token: Token, index: number): number {
    this.corrections += 1;
    const match = this.corrections <= MOST_CORRECTIONS ? this.lexicon.similar(this.tokens, index) : undefined;
    if (match?.corrected !== undefined) {
      const typed = this.tokens.slice(index, index + match.length).map((word) => word.typed);
      if (match.meanings.some(({ kind }) => kind !== 'generic')) {
        this.corrected.push({ typed: typed.join(' '), read: match.corrected });
      }
      return this.mention(match);
    }
    if (/\p{L}/u.test(token.word)) this.unknown.push(token.typed.slice(0, 40));
    return 1;
  }
}
