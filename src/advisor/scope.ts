import { HARD_RESETS } from './english.js';
import type { Meaning } from './lexicon.js';
import type { Mention } from './mentions.js';

/** A 'no' and what it holds for. */
interface Negation {
  /** Where its word stands. */
  readonly index: number;
  /** It reaches over 'and'. */
  readonly wide: boolean;
  /** It has turned something round already. */
  reached: boolean;
  /** `types`: it says what a node type cannot do, so needs stay; `spared`: 'no downtime with …', so only work is meant; `next`: one name; `noun`: a thing, not where it is. */
  readonly limit: 'types' | 'spared' | 'next' | 'noun' | undefined;
}

/** What holds at a point of a text (a 'no', a wish, who does the work), and what was named so far in that light. */
export class Scope {
  readonly mentions: Mention[] = [];
  private negation: Negation | undefined;
  /** A wish holds; how many mentions stood before its word. */
  private wishing: number | undefined;
  /** The first mention of the clause, and of the one before. */
  private clause = 0;
  private earlier = 0;
  private sentence = 0;
  /** An 'or' waits for what follows it. */
  private either = false;
  /** Something not understood stands where a name could. */
  private isUnread = false;
  /** Somebody speaks of themselves; says what they want; AWS does what follows; people are tired of it; take it on; ask. */
  private readonly said = {
    people: false,
    wants: false,
    provider: false,
    weary: false,
    accepting: false,
    asks: false,
  };

  get spoken(): boolean {
    return this.said.people;
  }

  /** The place of a 'no' that has turned nothing round yet. */
  get pending(): number | undefined {
    return this.negation?.reached === false ? this.negation.index : undefined;
  }

  /** People want to be free of something, or AWS does it. */
  get wantsFree(): boolean {
    return this.negation !== undefined || this.said.weary || this.said.provider;
  }

  /** Something was named in this clause. */
  get hasMentions(): boolean {
    return this.mentions.length > this.clause;
  }

  name(meanings: readonly Meaning[]): void {
    const isNegated = this.negation !== undefined && this.reaches(this.negation, meanings);
    this.mentions.push({
      meanings,
      sense: this.senseOf(meanings, isNegated),
      wished: this.wishing !== undefined,
      either: this.either,
    });
    this.either = false;
    this.isUnread = false;
    if (this.negation === undefined) return;
    if (isNegated) this.negation.reached = true;
    if (this.negation.limit === 'next' || (!isNegated && this.negation.limit === 'spared'))
      this.negation = undefined;
  }

  private reaches({ limit }: Negation, meanings: readonly Meaning[]): boolean {
    if (limit === 'types') return !meanings.some(({ kind }) => kind === 'capability');
    return limit !== 'spared' || has(meanings, 'freeOf');
  }

  private senseOf(meanings: readonly Meaning[], isNegated: boolean): Mention['sense'] {
    const { people, wants, provider, weary, accepting } = this.said;
    if (has(meanings, 'freeOf')) {
      if (provider && has(meanings, 'work')) return isNegated ? 'own' : 'delegated';
      if (accepting) return 'own';
      if (weary) return 'delegated';
      if (!isNegated && people && !wants && has(meanings, 'work') && has(meanings, 'named')) return 'own';
    }
    return isNegated ? 'refused' : 'needed';
  }

  negate(index: number, wide: boolean, limit?: Negation['limit']): void {
    this.negation = { reached: false, wide, index, limit };
  }

  affirm(): void {
    this.negation = undefined;
  }

  wish(): void {
    this.wishing = this.mentions.length;
  }

  /** What stands on one side of it was not understood: 'frobnicators or gpu'. */
  unread(): void {
    this.isUnread = true;
  }

  or(): void {
    this.either = this.negation === undefined && (this.hasMentions || !this.isUnread);
    this.isUnread = false;
  }

  private endUnread(): void {
    if (this.isUnread) this.either = false;
    this.isUnread = false;
  }

  and(): void {
    this.endUnread();
    if (this.negation?.reached === true && !this.negation.wide) this.negation = undefined;
  }

  /** Where something is not to be is itself no part of what is refused. */
  place(word: string): void {
    if (this.negation?.reached === true && (word === 'for' || this.negation.limit === 'noun'))
      this.negation = undefined;
  }

  note(what: keyof Scope['said']): void {
    this.said[what] = true;
    if (what === 'people') this.said.provider = false;
  }

  /** Begins a new thought within a clause, unless what was named last is what it speaks of: 'patching should …'. */
  reset(word: string, goesOn: boolean): void {
    this.endUnread();
    if (this.negation?.reached === true || HARD_RESETS.has(word)) this.negation = undefined;
    if (HARD_RESETS.has(word)) this.said.weary = false;
    if (this.wishing !== undefined && this.wishing < this.mentions.length) this.wishing = undefined;
    if (this.negation === undefined && !goesOn) this.clause = this.mentions.length;
  }

  /** A 'no' reaches past a comma only within a list. */
  comma(index: number, listGoesOn: boolean): void {
    this.endUnread();
    this.endThought(index);
    if (!(this.negation?.reached === true && listGoesOn)) this.negation = undefined;
    this.clause = this.mentions.length;
  }

  end(index: number): void {
    this.endThought(index);
    if (this.said.asks) this.answerAboutTypes();
    this.negation = undefined;
    this.either = false;
    this.isUnread = false;
    for (const what of ['people', 'wants', 'provider', 'weary', 'accepting', 'asks'] as const)
      this.said[what] = false;
    this.sentence = this.mentions.length;
    this.earlier = this.clause;
    this.clause = this.mentions.length;
  }

  /** 'Does Fargate charge for idle nodes?' and 'must I patch on Fargate?' ask about the need. */
  private answerAboutTypes(): void {
    const mentions = this.mentions.slice(this.sentence);
    if (!mentions.some(({ meanings }) => meanings.some(({ kind }) => kind === 'type'))) return;
    for (const mention of mentions) {
      if (mention.sense === 'needed' && has(mention.meanings, 'freeOf')) mention.sense = 'delegated';
    }
  }

  /** What was said last may be about what stood before it: 'gpu: no', 'spot if possible'. */
  private endThought(index: number): void {
    const last = this.hasMentions ? this.mentions.at(-1) : undefined;
    if (last !== undefined && this.pending === index - 1) last.sense = 'refused';
    if (last !== undefined && this.wishing === this.mentions.length) last.wished = true;
    this.wishing = undefined;
  }

  /** 'We patch ourselves' says who does it; 'we patch nothing ourselves' and 'rather not patch ourselves' that nobody does. */
  byOneself(): void {
    if (this.pending !== undefined && this.hasMentions) this.refuseClause();
    else this.turnWork('own');
  }

  /** Says of the work named in this clause who is to do it. */
  turnWork(sense: 'own' | 'delegated'): void {
    for (const mention of this.mentions.slice(this.clause)) {
      if (mention.sense !== 'refused' && has(mention.meanings, 'freeOf')) mention.sense = sense;
    }
  }

  refuseClause(): void {
    for (const mention of this.mentions.slice(this.clause)) mention.sense = 'refused';
    this.negation = undefined;
  }

  /** 'SSH? No.' */
  refuseEarlier(): void {
    for (const mention of this.mentions.slice(this.earlier)) mention.sense = 'refused';
  }
}

function has(meanings: readonly Meaning[], what: 'freeOf' | 'work' | 'named'): boolean {
  return meanings.some((meaning) => meaning.kind === 'capability' && meaning[what]);
}
