import { amountAt, countAt } from './amounts.js';
import {
  ABILITIES,
  ACCEPTING_PHRASES,
  AFTERTHOUGHTS,
  ASKING,
  AUTOMATIC,
  BURDENS,
  BY_ONESELF,
  BY_ONESELF_PHRASES,
  ENDS_NO,
  isFiller,
  LOSS_PHRASES,
  LOSSES,
  MEANS,
  NEGATING_PHRASES,
  NEGATORS,
  NEUTRAL_PHRASES,
  PREFIXES,
  REFUSAL_PHRASES,
  REFUSALS,
  RESETS,
  SPEAKERS,
  VERBS_OF_SUBJECTS,
  WANTS,
  WEARY,
  WISH_PHRASES,
  WISHES,
} from './english.js';
import type { Lexicon, Match } from './lexicon.js';
import { followsType, limitOf } from './limits.js';
import { Lists } from './lists.js';
import { asksByNegating, isTypeAt } from './questions.js';
import { Scope } from './scope.js';
import { Unread } from './unread.js';
import { keyOf, type Token } from './words.js';
import { providerActs, workOnEarlier, workOnLater } from './work.js';

/** Each try costs some 0.1 ms. */
const MOST_CORRECTIONS = 20;

/** Walks through the words once; its scope knows at each one whether a 'no' or a 'nice to have' still holds. */
export class Reader {
  readonly scope = new Scope();
  readonly corrected: { typed: string; read: string }[] = [];
  private corrections = 0;
  /** The word after the last name. */
  private afterName = 0;
  /** The word after the last node type that was named. */
  private afterType = -1;
  /** The word after the last name that decides nothing. */
  private afterThing = -1;
  /** Words that said what an amount is of, and ask nothing of their own after it. */
  private readonly measured = new Set<string>();
  private readonly unread = new Unread();
  private readonly lists: Lists;

  constructor(
    private readonly lexicon: Lexicon,
    private readonly tokens: readonly Token[],
  ) {
    this.lists = new Lists(tokens);
  }

  read(): void {
    let index = 0;
    while (index < this.tokens.length) index += this.step(index);
    this.scope.end(index);
  }

  /** What was not understood, as typed. */
  get unknown(): readonly string[] {
    return this.unread.words;
  }

  /** Reads what begins at a word; returns how many words it took. */
  private step(index: number): number {
    const token = this.tokens[index];
    if (token === undefined) return 1;
    if (token.before === 'stop') this.stop(index);
    if ((token.before === 'stop' || index === 0) && ASKING.has(token.word)) this.scope.note('asks');
    if (ENDS_NO.has(token.word)) this.scope.place(token.word);
    if (token.before === 'comma') this.scope.comma(index, this.lists.goesOnAt(index));
    const exact = this.lexicon.exact(this.tokens, index);
    const phrase = this.phrase(index, exact?.length ?? 1);
    if (phrase > 0) return phrase;
    const amount = this.amount(index);
    if (amount > 0) return amount;
    if (this.afterthought(token)) return 1;
    const match = exact ?? this.apart(index);
    if (match !== undefined && !this.reachesFurther(index, match)) {
      this.provider(index, match);
      return this.mention(match, index);
    }
    const counted = this.count(token, index);
    if (counted > 0) return counted;
    if (this.control(token, index) || isFiller(token.word)) return 1;
    return this.unknownWord(token, index);
  }

  private stop(index: number): void {
    this.scope.end(index);
    const answersNo = /^(no|nope|nah)$/.test(this.tokens[index]?.word ?? '');
    if (answersNo && this.tokens[index + 1]?.before !== 'nothing') this.scope.refuseEarlier();
  }

  /** 'no node scaling' refuses node scaling, though 'no nodes' is a name too. */
  private reachesFurther(index: number, { length }: Match): boolean {
    const negates = NEGATORS.has(this.tokens[index]?.word ?? '');
    return negates && (this.lexicon.exact(this.tokens, index + 1)?.length ?? 0) >= length;
  }

  /** A name whose words stand apart: 'own corporate AMI', 'nodes that we do not have to manage'. */
  private apart(index: number): Match | undefined {
    const isOther = ({ word }: Token) =>
      !NEGATORS.has(word) && !RESETS.has(word) && word !== 'and' && word !== 'or';
    const spread = this.lexicon.spread(this.tokens, index, isOther);
    if (spread !== undefined) {
      const between = this.tokens.slice(index + 1, index + spread.length - 1);
      for (const token of between) if (!isFiller(token.word)) this.unread.add(token);
      return spread;
    }
    if (!this.scope.wantsFree) return undefined;
    return workOnEarlier(this.lexicon, this.tokens, index) ?? this.workOnLater(index);
  }

  /** 'We do not want to manage GPU servers' says what the servers have, and that they are. */
  private workOnLater(index: number): Match | undefined {
    const match = workOnLater(this.lexicon, this.tokens, index);
    if (match === undefined) return undefined;
    this.scope.name(match.meanings);
    this.scope.affirm();
    return { meanings: [{ kind: 'generic' }], length: match.length, corrected: undefined };
  }

  /** A phrase that steers the reading, unless a longer name begins here. */
  private phrase(index: number, name: number): number {
    for (const length of [4, 3, 2]) {
      const window = this.tokens.slice(index, index + length);
      if (window.length < length || length < name) continue;
      if (this.takesPhrase(keyOf(window), index + length - 1)) return length;
    }
    return 0;
  }

  private takesPhrase(key: string, last: number): boolean {
    if (ACCEPTING_PHRASES.has(key)) {
      this.scope.note('accepting');
      if (/mind|car/.test(key)) this.scope.negate(last, false);
    } else if (NEGATING_PHRASES.has(key)) this.scope.negate(last, true, 'noun');
    else if (WISH_PHRASES.has(key)) this.scope.wish();
    else if (REFUSAL_PHRASES.has(key)) this.scope.refuseClause();
    else if (BY_ONESELF_PHRASES.has(key)) this.scope.byOneself();
    else if (LOSS_PHRASES.has(key)) this.loss();
    else return NEUTRAL_PHRASES.has(key);
    return true;
  }

  private amount(index: number): number {
    const amount = amountAt(this.tokens, index, this.lexicon.thresholds);
    if (amount === undefined) return 0;
    this.unread.settle(amount.of);
    if (amount.needs === undefined) return amount.length;
    for (const word of amount.of) this.measured.add(word);
    this.scope.name([{ kind: 'capability', id: amount.needs, named: true, freeOf: false, work: false }]);
    return amount.length;
  }

  /** A number that no need is about, and that belongs to no name: '100 pods per node', but not 'RHEL 9 nodes'. */
  private count(token: Token, index: number): number {
    const follows = index > 0 && index === this.afterName && token.before === 'nothing';
    if (follows && index !== this.afterThing) return 0;
    const count = countAt(this.lexicon, this.tokens, index, follows);
    if (count === undefined) return 0;
    this.unread.add(...count.words);
    return count.length;
  }

  /** 'gpu is not needed', 'patching is not our job' */
  private afterthought({ word }: Token): boolean {
    if (!AFTERTHOUGHTS.has(word) || this.scope.pending === undefined || !this.scope.hasMentions) return false;
    this.scope.refuseClause();
    return true;
  }

  private mention({ meanings, length }: Match, index: number): number {
    const word = this.tokens[index]?.word ?? '';
    this.afterName = index + length;
    if (meanings.every(({ kind }) => kind === 'generic')) {
      this.afterThing = this.afterName;
      return length;
    }
    if (meanings.every(({ kind }) => kind === 'wide') && this.measured.has(word)) return length;
    this.scope.name(meanings);
    if (meanings.some(({ kind }) => kind === 'type')) this.afterType = index + length;
    return length;
  }

  private provider(index: number, { meanings }: Match): void {
    if (meanings.some(({ kind }) => kind !== 'generic')) return;
    const acts = providerActs(this.tokens, index);
    if (acts === 'behind') this.scope.turnWork('delegated');
    if (acts !== undefined) this.scope.note('provider');
  }

  /** Words that steer the reading; true where the word was one. */
  private control(token: Token, index: number): boolean {
    const { word } = token;
    if (NEGATORS.has(word) || (word === 'besides' && isTypeAt(this.lexicon, this.tokens, index + 1))) {
      this.negate(word, index);
      return true;
    }
    if (SPEAKERS.has(word)) this.scope.note('people');
    if (WANTS.has(word)) this.scope.note('wants');
    if (ABILITIES.has(word) && this.saysWhatTypeCannot()) this.scope.affirm();
    if (MEANS.has(word) && this.tokens[this.scope.pending ?? -1]?.word.startsWith('prevent'))
      this.scope.affirm();
    if (PREFIXES.has(word)) this.prefix(word, index);
    else if (LOSSES.has(word)) this.loss();
    else if (REFUSALS.has(word)) this.refusal(index);
    else if (BY_ONESELF.has(word)) this.scope.byOneself();
    else if (AUTOMATIC.has(word) && this.scope.pending === undefined) this.scope.turnWork('delegated');
    else if (BURDENS.has(word)) this.burden();
    else if (WEARY.has(word) && this.tokens[index + 1]?.before === 'nothing') this.scope.note('weary');
    else if (WISHES.has(word)) this.scope.wish();
    else if (word === 'or') this.scope.or();
    else if (word === 'and') this.scope.and();
    else if (RESETS.has(word))
      this.scope.reset(word, index === this.afterName && VERBS_OF_SUBJECTS.has(word));
    else return false;
    return true;
  }

  /** 'not without' needs; "isn't there ...?" asks; 'Fargate cannot …' says what a node type cannot do. */
  private negate(word: string, index: number): void {
    if (asksByNegating(this.lexicon, this.tokens, index, this.scope.spoken)) return;
    if (this.scope.pending !== undefined && !/^(neither|nor|none|no)$/.test(word)) {
      this.scope.affirm();
      return;
    }
    const wide = !/^(no|not|never|cannot|.*nt)$/.test(word);
    const saysOfType = !this.scope.spoken && followsType(this.tokens, this.afterType, index);
    this.scope.negate(index, wide, saysOfType ? 'types' : limitOf(this.lexicon, this.tokens, index));
  }

  /** 'Zero idle nodes' and 'non-windows' are about one name. */
  private prefix(word: string, index: number): void {
    const meanings = this.lexicon.exact(this.tokens, index + 1)?.meanings ?? [];
    const refuses =
      word === 'non' || meanings.some((meaning) => meaning.kind === 'capability' && meaning.freeOf);
    if (refuses && meanings.some(({ kind }) => kind !== 'generic')) this.scope.negate(index, false, 'next');
  }

  /** 'SSH is forbidden', 'it is forbidden to share a kernel' */
  private refusal(index: number): void {
    if (this.scope.hasMentions) this.scope.refuseClause();
    else this.scope.negate(index, false);
  }

  private loss(): void {
    if (this.scope.pending !== undefined) this.scope.affirm();
  }

  private burden(): void {
    this.scope.turnWork('delegated');
    this.scope.note('weary');
  }

  private saysWhatTypeCannot(): boolean {
    if (this.scope.pending === undefined || this.scope.spoken) return false;
    return this.scope.mentions.at(-1)?.meanings.some(({ kind }) => kind === 'type') === true;
  }

  /** A name with a slip in it, which may begin with the small word before: 'on premisses'. */
  private misspelt(index: number): Match | undefined {
    const match = this.lexicon.similar(this.tokens, index);
    if (match !== undefined || index === 0 || index - 1 < this.afterName) return match;
    if (NEGATORS.has(this.tokens[index - 1]?.word ?? '')) return undefined;
    const wider = this.lexicon.similar(this.tokens, index - 1, 2);
    return wider && { ...wider, length: wider.length - 1 };
  }

  private unknownWord(token: Token, index: number): number {
    this.corrections += 1;
    const isRight = this.corrections > MOST_CORRECTIONS || this.lexicon.measures.has(token.word);
    const match = isRight ? undefined : this.misspelt(index);
    if (match?.corrected !== undefined) {
      const typed = this.tokens.slice(index, index + match.length).map((word) => word.typed);
      if (match.meanings.some(({ kind }) => kind !== 'generic')) {
        this.corrected.push({ typed: typed.join(' '), read: match.corrected });
      }
      return this.mention(match, index);
    }
    if (/\p{L}/u.test(token.word)) {
      this.unread.add(token);
      this.scope.unread();
    }
    return 1;
  }
}
