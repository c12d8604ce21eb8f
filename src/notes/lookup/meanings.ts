import type { Concept } from '../model.js';
import { stemOf, wordsOf } from '../tokens.js';
import { faintWords, isLight, isVerbOfAny } from '../wording.js';
import { type Asked, givesNumber } from './frames.js';
import { prepositions, type Wanted } from './lines.js';
import type { Mention, NameIndex } from './name-index.js';
import type { Position } from './position-map.js';
import type { TextIndex } from './text-index.js';

/** Least share of what a question asks that the notes must say for a concept to be its answer. */
const sentenceCoverage = 0.66;
/** The same where the question quotes the notes: so many words in a row. */
const quotedCoverage = 0.5;
const quotedRun = 4;
/** Answers this near to the best are as good. */
const nearTie = 0.97;

const passive = /(\p{L}+) (?:\p{L}+ly )?by\b/gu;

/** How much better it is to be named than to be told of. */
const namedWorth = 1.5;

/** Finds concepts by what a question or a phrase says of them. */
export class Meanings {
  readonly #concepts: readonly Concept[];
  readonly #names: NameIndex;
  readonly #texts: TextIndex;

  constructor(concepts: readonly Concept[], names: NameIndex, texts: TextIndex) {
    this.#concepts = concepts;
    this.#names = names;
    this.#texts = texts;
  }

  /** Concepts that the notes describe with these words. */
  described(words: readonly string[], asked: Asked): readonly Position[] | undefined {
    const { counted } = asked;
    const positions = this.foremost(this.#said(words, asked), asked) ?? this.#mostOf(words, asked);
    if (counted === undefined || positions === undefined) return positions;
    const counting = positions.filter((position) => this.#givesNumber(position, counted));
    return counting.length > 0 ? counting : undefined;
  }

  /** 'The strongest level': what the notes call so, or the last of a list 'from weakest to strongest'. */
  foremost(positions: readonly Position[] | undefined, { extreme }: Asked): readonly Position[] | undefined {
    if (extreme === undefined || positions === undefined) return positions;
    const called = positions.filter((position) => this.#texts.saysExtreme(position, extreme));
    return this.#endOfOrder(positions, extreme) ?? (called.length > 0 ? called : undefined);
  }

  #endOfOrder(positions: readonly Position[], extreme: string): readonly Position[] | undefined {
    for (const position of positions) {
      const end = this.#texts.endOfOrder(position, extreme);
      if (end !== undefined) return [this.#concepts.indexOf(end)];
    }
    return undefined;
  }

  /** 'Which type has the most features?': the one concept that speaks of the most features. */
  #mostOf(words: readonly string[], { extreme, extremeOf = '' }: Asked): readonly Position[] | undefined {
    if (extreme === undefined) return undefined;
    const telling = this.#texts.search(this.#texts.wanted(words, true)).filter(({ inLine }) => inLine);
    const end = this.#endOfOrder(
      telling.map(({ position }) => position),
      extreme,
    );
    if (end !== undefined) return end;
    const wanted = this.#texts.literal(this.#names.read(`${extreme} ${extremeOf}`));
    const positions = this.#saidClosely(wanted, true);
    return positions.length === 1 ? positions : undefined;
  }

  /** 'What do I use for scoring?': the one thing that is said to be for it. */
  servingFor(words: readonly string[]): readonly Position[] | undefined {
    const spelled = this.respelled(words);
    const named = this.#names.within(spelled).flatMap(({ positions }) => positions);
    const answers = this.#texts.search(this.#texts.wanted(spelled, true));
    const [only, ...more] = answers.filter(
      ({ position, inLine }) =>
        inLine &&
        !named.includes(position) &&
        this.#texts.sharedRun(position, ['for', ...spelled]) > spelled.length,
    );
    return only === undefined || more.length > 0 ? undefined : [only.position];
  }

  #said(words: readonly string[], asked: Asked): readonly Position[] | undefined {
    const spelled = this.respelled(words);
    const { sentence, excluded } = asked;
    const mentions = this.#names.within(spelled);
    const wanted = this.#texts.wanted(spelled, !sentence);
    if (wanted.length === 0) return this.#onlyMentioned(mentions);
    const [whole, ...others] = this.#names.holding([...new Set(spelled.filter((word) => !isLight(word)))]);
    if (whole?.share === 1 && others[0]?.share !== 1 && excluded === undefined) return [whole.position];
    const undergone = asked.forDoer ? this.#undergoing(spelled, mentions) : undefined;
    if (undergone !== undefined) return [undergone];
    const subjects = asked.forDoer ? mentions.filter(({ start }) => start < 2) : mentions;
    const owner = excluded === undefined ? this.#ownerAmong(subjects, spelled, !sentence) : undefined;
    if (owner !== undefined) return [owner];
    const questioned = asked.whether ? this.#questioned(spelled, mentions) : undefined;
    if (questioned !== undefined) return [questioned];
    const about = asked.about === undefined ? undefined : this.#asSubject(asked.about, spelled, mentions);
    if (about !== undefined) return [about];
    const heavy = spelled.filter((word) => wanted.some((one) => one.word === word));
    if (!sentence) return this.#phrased(heavy, words, wanted, asked);
    if (asked.ofSubject) {
      // 'Why do bees swarm?' asks about swarming.
      const last = spelled.slice(-1);
      const done = this.#names.named(last).length > 0 ? [] : this.#names.formed(last);
      if (done.length === 1) return done;
      if (mentions.some(({ start }) => start <= 3)) return undefined;
    }
    return this.#answering(spelled, wanted, mentions, asked);
  }

  #givesNumber(position: Position, counted: string): boolean {
    const concept = this.#concepts[position];
    if (concept === undefined) return false;
    const listed = concept.lists.some((list) => wordsOf(list.intro).includes(counted));
    return listed || concept.facts.some((fact) => givesNumber(fact.text, counted));
  }

  /** The words with slips put right where the notes hold the right spelling, in short forms. */
  respelled(words: readonly string[]): readonly string[] {
    return this.#names.shortened(
      words.map((word) => {
        if (isLight(word) || this.#texts.knows(word)) return word;
        return this.#names.corrected(word) ?? this.#texts.corrected(word) ?? word;
      }),
    );
  }

  #onlyMentioned(mentions: readonly Mention[]): readonly Position[] | undefined {
    const [only] = mentions;
    return mentions.length === 1 && only !== undefined ? only.positions : undefined;
  }

  /** The named concept whose own text, with what stands above it, says all the rest of the question. */
  #ownerAmong(
    mentions: readonly Mention[],
    words: readonly string[],
    literally: boolean,
  ): Position | undefined {
    const all = this.#worthOf(this.#texts.wanted(words, literally));
    const above = new Set(
      mentions.flatMap(({ positions }) => positions).map((position) => this.#concepts[position]?.parent),
    );
    let best: { position: Position; score: number } | undefined;
    for (const { start, end, positions } of mentions) {
      const rest = this.#texts.wanted([...words.slice(0, start), ...words.slice(end)], literally);
      const share = all === 0 ? 0 : this.#worthOf(rest) / all;
      for (const position of positions) {
        const { coverage, score } =
          rest.length === 0 ? { coverage: 1, score: 1 } : this.#texts.answer(position, rest);
        if (coverage < 0.999) continue;
        // 'EKS Outposts' are the Outposts of EKS, which lists them.
        if (literally && mentions.length > 1 && above.has(this.#concepts[position]?.id)) continue;
        // What the name itself says counts most: 'b-tree index' is a B-tree rather than an index.
        const sum = share * score + (1 - share) * namedWorth;
        if (best === undefined || sum > best.score) best = { position, score: sum };
      }
    }
    return best?.position;
  }

  /** 'Who manages EKS Anywhere?' asks of EKS Anywhere where the notes say that it 'is managed by' someone. */
  #undergoing(words: readonly string[], mentions: readonly Mention[]): Position | undefined {
    const [, verb = ''] = words;
    const [mention] = mentions;
    if (mention?.start !== 2 || mention.end < words.length || mention.positions.length !== 1)
      return undefined;
    const [position = -1] = mention.positions;
    const facts = this.#concepts[position]?.facts ?? [];
    const isDone = facts.some(({ text }) =>
      [...text.toLowerCase().matchAll(passive)].some(([, done = '']) => stemOf(done) === stemOf(verb)),
    );
    return isDone ? position : undefined;
  }

  /** 'Does Fargate support Windows?': the concept named first, where its own lines speak of all the rest. */
  #questioned(words: readonly string[], mentions: readonly Mention[]): Position | undefined {
    const [mention] = mentions;
    if (mention === undefined || mention.start > 2 || mention.positions.length !== 1) return undefined;
    const rest = this.#texts
      .wanted(words.slice(mention.end), false)
      .filter(({ word }) => !faintWords.has(word) && !isVerbOfAny(word));
    const [position = -1] = mention.positions;
    if (rest.length === 0 || this.#texts.answer(position, rest).told < rest.length) return undefined;
    return position;
  }

  /** 'Which port does the pooler listen on?': the pooler, where its own lines speak of all the rest but the verb. */
  #asSubject(about: string, words: readonly string[], mentions: readonly Mention[]): Position | undefined {
    const from = words.length - this.#names.read(about).length;
    const article = /^(?:an?|the)$/.test(words[from] ?? '') ? 1 : 0;
    const mention = mentions.find(({ start }) => start === from + article);
    if (mention?.positions.length !== 1) return undefined;
    const rest = this.#texts
      .wanted([...words.slice(0, mention.start), ...words.slice(mention.end)], false)
      .filter(({ word }) => !faintWords.has(word) && !isVerbOfAny(word));
    const [position = -1] = mention.positions;
    return rest.length > 0 && this.#texts.answer(position, rest).told === rest.length ? position : undefined;
  }

  #worthOf(wanted: readonly Wanted[]): number {
    return wanted.reduce((sum, { worth }) => sum + worth, 0);
  }

  /** A question in a sentence: the concept whose lines say most of it. */
  #answering(
    words: readonly string[],
    wanted: readonly Wanted[],
    mentions: readonly Mention[],
    asked: Asked,
  ): readonly Position[] | undefined {
    // 'What survives a pod?' asks for something else than the pod, which would have answered before.
    const telling = wanted.filter(({ word }) => !faintWords.has(word)).length;
    const rare = wanted.every(({ word }) => this.#texts.frequency(word) <= 1);
    const isThin = telling < 2 && !rare;
    const named = new Set(mentions.flatMap(({ positions }) => positions));
    const above = new Set([...named].map((position) => this.#concepts[position]?.parent));
    const answers = this.#texts.search(wanted).filter(({ position, coverage, told, inLine }) => {
      // Words of the notes in their own order, small words too, hardly mean something else.
      const isQuoted = () =>
        coverage >= quotedCoverage && this.#texts.sharedRun(position, words) >= quotedRun;
      // One word alone, which several concepts use, asks for nothing.
      const isOfKind = this.#isOfKind(position, words, mentions);
      const isEnough = isThin ? isQuoted() : coverage >= sentenceCoverage || isQuoted();
      if (asked.excluded !== undefined && this.#texts.affirms(position, asked.excluded)) return false;
      if (asked.extreme !== undefined && !this.#texts.saysExtreme(position, asked.extreme)) return false;
      if (asked.forDoer && !this.#isDoneTo(position, words, wanted)) return false;
      const isTold = told + (isOfKind ? 1 : 0) >= Math.min(2, telling) || this.#aloneSays(position, wanted);
      if (!isEnough || !isTold) return false;
      // A heading that lists what is named says no more of it.
      return !above.has(this.#concepts[position]?.id) && (inLine || !named.has(position));
    });
    const [best] = answers;
    if (best === undefined) return undefined;
    const ties = answers.filter(({ score }) => score >= best.score * nearTie);
    return ties.length <= 3 ? ties.map(({ position }) => position) : undefined;
  }

  /** True if the concept is the only one to use a word asked for, and the rest stands above it. */
  #aloneSays(position: Position, wanted: readonly Wanted[]): boolean {
    if (this.#texts.answer(position, wanted).coverage < 0.999) return false;
    const own = wanted.filter(({ word }) => this.#texts.frequency(word) === 1);
    return own.some((one) => this.#texts.answer(position, [one]).told > 0);
  }

  /** 'What creates namespaces?' is not answered by what creates an account for each namespace. */
  #isDoneTo(position: Position, words: readonly string[], wanted: readonly Wanted[]): boolean {
    const [ask = '', doing = '', ...rest] = words;
    if (!/^(?:what|who)$/.test(ask)) return true;
    const preposition = rest.findIndex((word) => prepositions.has(word));
    const things = preposition < 0 ? rest : rest.slice(0, preposition);
    const verb = wanted.find(({ word }) => word === doing);
    const object = wanted.findLast(({ word }) => things.includes(word));
    if (verb === undefined || object === undefined) return true;
    return this.#texts.takesAsObject(position, verb, object);
  }

  #saidClosely(wanted: readonly Wanted[], asOne: boolean): readonly Position[] {
    const answers = this.#texts.search(wanted).map(({ position }) => position);
    return answers.filter((position) => this.#texts.saysClosely(position, wanted, asOne));
  }

  /** 'Which test uses a finger?', 'which autofocus is fast?': a concept with that last name, or below what is so called. */
  #isOfKind(position: Position, words: readonly string[], mentions: readonly Mention[]): boolean {
    const [ask = '', kind = ''] = words;
    if (!/^wh(?:ich|at)$/.test(ask) || isLight(kind)) return false;
    if (this.#names.endsIn(kind, position)) return true;
    const above = this.#concepts[position]?.parent;
    const [first] = mentions;
    return first?.start === 1 && first.positions.some((one) => this.#concepts[one]?.id === above);
  }

  /** A phrase without a verb: only what the notes say in such words is meant by it. */
  #phrased(
    words: readonly string[],
    typed: readonly string[],
    wanted: readonly Wanted[],
    asked: Asked,
  ): readonly Position[] | undefined {
    const answers = this.#texts.search(wanted).filter(({ coverage }) => coverage >= 0.999);
    const called = answers.filter(({ position }) => this.#texts.isCalledSo(position, words));
    if (called.length > 0 && called.length <= 3) return called.map(({ position }) => position);
    const asOne = !asked.text.split(' ').some((word) => prepositions.has(word));
    // With a slip put right by guess, only a name or what says it in full is sure enough.
    const isGuess = words.some((word) => !typed.includes(word));
    for (const alike of wanted.length < 2 || isGuess ? [] : [wanted, this.#texts.wanted(words, false)]) {
      const near = this.#saidClosely(alike, asOne);
      if (near.length === 1) return near;
    }
    const [best, next] = answers;
    if (best === undefined || wanted.length < 3 || best.matched < 3) return undefined;
    return next === undefined || next.score < best.score * nearTie ? [best.position] : undefined;
  }
}
