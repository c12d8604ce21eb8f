import { shortHash } from '../identity.js';
import type { Avoid, Card, CardId, Choice, Concept, ConceptId, Fact, Question } from '../model.js';
import { chanceOf, shuffled } from '../random.js';
import { askName, EnumerationCloze, NumberCloze } from './cloze.js';
import { Distractors } from './distractors.js';
import { fewestDistractors, type Gate, longestTyped, type Made, plain, shortened } from './draft.js';
import { askMember, askStranger, type ListCard } from './lists.js';
import { askOrder, askPairs } from './ordering.js';
import { askAcronym, OwnerQuestions } from './owner.js';
import { askCell, askRow, isRowOfTable } from './rows.js';
import { SubjectQuestions } from './subjects.js';
import { type Material, Surroundings } from './surroundings.js';

/** Makes questions of cards, and tells at which gate the others were dropped. */
export interface QuestionMaker {
  /** A question for the card, the same for the same seed; undefined where none passes the gates, or the card rests. */
  question(card: CardId, seed: string, avoid?: Avoid): Question | undefined;
  /** What each gate has dropped so far, the most first. */
  drops(): readonly { readonly gate: string; readonly count: number }[];
}

/** Makes questions from the cards of a library. */
export function makeQuestions(library: Material): QuestionMaker {
  return new Maker(library);
}

type Attempt = () => Made;

/** One question in so many is for the letters of an acronym, which is cheap to know. */
const acronymOneIn = 10;
/** One question in so many is for another line of the concept than the card's own, where that has no card. */
const otherLineOneIn = 3;
/** Wrong options of an author's that are shown at once; five options fit one row of buttons. */
const mostWrong = 4;

/** A line without a number or a list without an order is no dropped question: nothing was there to ask. */
const unfit: ReadonlySet<Gate> = new Set([
  'no number',
  'no name',
  'no subject',
  'no row',
  'no acronym',
  'no order',
  'open list',
]);

class Maker implements QuestionMaker {
  readonly #library: Material;
  readonly #around: Surroundings;
  readonly #distractors: Distractors;
  readonly #owners: OwnerQuestions;
  readonly #subjects: SubjectQuestions;
  readonly #numbers: NumberCloze;
  readonly #enumerations: EnumerationCloze;
  readonly #drops = new Map<Gate, number>();
  readonly #factLines = new Map<ConceptId, Set<string>>();
  readonly #firstCards = new Map<ConceptId, CardId>();

  constructor(library: Material) {
    this.#library = library;
    this.#around = new Surroundings(library);
    this.#distractors = new Distractors(library);
    this.#owners = new OwnerQuestions(this.#around, this.#distractors);
    this.#subjects = new SubjectQuestions(library);
    this.#numbers = new NumberCloze(library);
    this.#enumerations = new EnumerationCloze(library);
    for (const { concept, id, kind, source } of library.cards) {
      if (!this.#firstCards.has(concept) && kind !== 'author') this.#firstCards.set(concept, id);
      if (kind !== 'fact') continue;
      const lines = this.#factLines.get(concept) ?? new Set();
      this.#factLines.set(concept, lines.add(`${source.note}:${source.line}`));
    }
  }

  question(id: CardId, seed: string, avoid: Avoid = {}): Question | undefined {
    const card = this.#library.card(id);
    const concept = card === undefined ? undefined : this.#library.concept(card.concept);
    if (card === undefined || concept === undefined || avoid.cards?.has(id) === true) return undefined;
    const draft = this.#first(this.#attempts(card, concept, `${id}/${seed}`, avoid.options));
    if (draft === undefined) return undefined;
    const { form, stem, options, answer, accepted } = draft;
    const place = this.#around.lineage(draft.owner).map(({ term }) => term);
    const shownPoints = card.choice === undefined ? draft.points.slice(0, 3).map(shortened) : draft.points;
    const points = shownPoints.map((point) => `- ${point}`);
    const explanation = [...points, `(${place.join(' › ')})`].join('\n');
    const shown = [stem, ...options, answer, explanation].join('\n');
    return {
      id: shortHash(`${id}\n${seed}\n${shown}`),
      card: id,
      form,
      stem,
      options,
      answer,
      accepted,
      explanation,
      source: card.source,
    };
  }

  drops(): readonly { readonly gate: string; readonly count: number }[] {
    const all = [...this.#drops].map(([gate, count]) => ({ gate, count }));
    return all.sort((one, other) => other.count - one.count);
  }

  #first(attempts: readonly Attempt[]): Exclude<Made, Gate> | undefined {
    for (const attempt of attempts) {
      const made = attempt();
      if (typeof made !== 'string') return made;
      if (!unfit.has(made)) this.#drops.set(made, (this.#drops.get(made) ?? 0) + 1);
    }
    return undefined;
  }

  /** The ways to ask a card, in the order in which the seed would have them. */
  #attempts(
    card: Card,
    concept: Concept,
    seed: string,
    avoid: ReadonlySet<string> | undefined,
  ): readonly Attempt[] {
    const { choice } = card;
    if (choice !== undefined) return [() => this.#chosen(choice, card, concept, seed, avoid)];
    if (card.kind === 'author') return [() => this.#authored(card, concept)];
    const others = this.#firstCards.get(concept.id) === card.id ? this.#cardless(concept) : [];
    const rest = shuffled(others, `${seed}/lines`).flatMap((fact) =>
      this.#ofFact(fact, concept, seed, avoid),
    );
    const main =
      card.kind === 'list'
        ? this.#ofList(card, concept, seed, avoid)
        : this.#ofLine(card, concept, seed, avoid);
    const chance = chanceOf(`${seed}/kind`);
    const both = chance.below(otherLineOneIn) === 0 ? [...rest, ...main] : [...main, ...rest];
    if (card.kind !== 'definition') return both;
    const acronym = () => askAcronym(concept);
    return chance.below(acronymOneIn) === 0 ? [acronym, ...both] : [...both, acronym];
  }

  #ofLine(
    card: Card,
    concept: Concept,
    seed: string,
    avoid: ReadonlySet<string> | undefined,
  ): readonly Attempt[] {
    const own = concept.facts.filter((fact) => this.#isOwn(fact, card, concept));
    return own.flatMap((fact) => this.#ofFact(fact, concept, seed, avoid));
  }

  #isOwn(fact: Fact, card: Card, concept: Concept): boolean {
    if (card.kind === 'definition') return fact.kind === 'definition';
    return fact.line === card.source.line && (fact.note ?? concept.source.note) === card.source.note;
  }

  /** Lines that no card of their own asks for. */
  #cardless(concept: Concept): readonly Fact[] {
    const lines = this.#factLines.get(concept.id);
    return concept.facts.filter((fact) => {
      const isAsked = lines?.has(`${fact.note ?? concept.source.note}:${fact.line}`) ?? false;
      return (fact.kind === 'statement' || fact.kind === 'row') && !isAsked;
    });
  }

  #ofFact(
    fact: Fact,
    concept: Concept,
    seed: string,
    avoid: ReadonlySet<string> | undefined,
  ): readonly Attempt[] {
    if (fact.kind === 'row') return [() => askRow(fact, concept, this.#library.childrenOf(concept.id), seed)];
    const beside = concept.parent === undefined ? [] : this.#library.childrenOf(concept.parent);
    if (isRowOfTable(fact)) return [() => askCell(fact, concept, beside, seed)];
    const owner = () => this.#owners.ask(fact, concept, seed, avoid);
    const clozes = [
      () => this.#numbers.ask(fact, concept, seed, avoid),
      () => this.#enumerations.ask(fact, concept, seed, avoid),
    ];
    const name = () => askName(fact, concept, seed);
    const subject = () => this.#subjects.ask(fact, concept, seed, avoid);
    // A line with a number or names in it is worth asking both ways.
    return chanceOf(`${seed}/${fact.line}/way`).below(2) === 0
      ? [owner, subject, ...clozes, name]
      : [...clozes, owner, name, subject];
  }

  #ofList(
    card: Card,
    concept: Concept,
    seed: string,
    avoid: ReadonlySet<string> | undefined,
  ): readonly Attempt[] {
    const list = this.#around.listOf(card);
    if (list === undefined) return [() => 'nothing said'];
    const asked: ListCard = { card, concept, list, seed, avoid };
    const ways: readonly Attempt[] = [
      () => askMember(this.#around, this.#distractors, asked),
      () => askStranger(this.#around, this.#distractors, asked),
      () => askPairs(this.#around, asked),
    ];
    const order = () => askOrder(asked);
    const mixed = shuffled(ways, `${seed}/ways`);
    return list.ordered ? [order, ...mixed] : [...mixed, order];
  }

  /** Wrong options that nobody takes give way to others, as long as enough are left. */
  #chosen(
    { answer, wrong, reasons, pages }: Choice & { readonly answer: string },
    card: Card,
    concept: Concept,
    seed: string,
    avoid: ReadonlySet<string> | undefined,
  ): Made {
    const tempting = wrong.filter((option) => avoid?.has(option) !== true);
    const offered = shuffled(tempting.length < fewestDistractors ? wrong : tempting, `${seed}/wrong`);
    if (offered.length < fewestDistractors) return 'distractors';
    return {
      form: 'choice',
      stem: plain(card.front),
      options: shuffled([answer, ...offered.slice(0, mostWrong)], `${seed}/options`),
      answer,
      accepted: [],
      points: [...reasons, ...(pages === '' ? [] : [`Pages: ${pages}`])],
      owner: concept,
    };
  }

  #authored(card: Card, concept: Concept): Made {
    const answer = plain(card.back);
    if (answer === '' || answer.length > longestTyped || answer.includes('\n')) return 'long answer';
    const points = card.keyPoints.map(plain);
    return {
      form: 'typed',
      stem: plain(card.front),
      options: [],
      answer,
      accepted: [answer],
      points,
      owner: concept,
    };
  }
}
