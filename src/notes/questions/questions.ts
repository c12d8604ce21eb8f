import { isAcronymOf, isPlural } from '../grammar.js';
import { shortHash } from '../identity.js';
import type { Card, CardId, Concept, ConceptId, Fact, MemberList, Question } from '../model.js';
import { shuffled } from '../random.js';
import { wordsOf } from '../tokens.js';
import { Distractors, isCode, type Material, tellingOf } from './distractors.js';
import { givenAway, withBlanks } from './leaks.js';
import { type Refusal, type Saying, sayingsOf } from './sayings.js';
import { kindIn, stemOf } from './stems.js';

/** Makes questions of cards, and tells at which gate the others were dropped. */
export interface QuestionMaker {
  /** A question for the card, the same for the same seed; undefined where none passes the gates. */
  question(card: CardId, seed: string): Question | undefined;
  /** What each gate has dropped so far, the most first. */
  drops(): readonly { readonly gate: string; readonly count: number }[];
}

/** Makes questions from the cards of a library. */
export function makeQuestions(library: Material): QuestionMaker {
  return new Maker(library);
}

type Gate = Refusal | 'leak' | 'long stem' | 'distractors' | 'long key' | 'long answer' | 'nothing said';

/** A question without its card. */
interface Draft {
  readonly form: 'choice' | 'typed';
  readonly stem: string;
  readonly options: readonly string[];
  readonly answer: string;
  readonly accepted: readonly string[];
  readonly points: readonly string[];
  readonly owner: Concept;
}

const fewestDistractors = 2;
const longestKey = 1.5;
const longestPoint = 180;
const longestTyped = 40;
const longestStem = 45;

class Maker implements QuestionMaker {
  readonly #library: Material;
  readonly #distractors: Distractors;
  readonly #drops = new Map<Gate, number>();
  readonly #listCards = new Map<ConceptId, readonly Card[]>();
  readonly #factLines = new Map<ConceptId, Set<number>>();

  constructor(library: Material) {
    this.#library = library;
    this.#distractors = new Distractors(library);
    for (const card of library.cards) {
      if (card.kind === 'list') {
        this.#listCards.set(card.concept, [...(this.#listCards.get(card.concept) ?? []), card]);
      } else if (card.kind === 'fact') {
        const lines = this.#factLines.get(card.concept) ?? new Set();
        this.#factLines.set(card.concept, lines.add(card.source.line));
      }
    }
  }

  question(id: CardId, seed: string): Question | undefined {
    const card = this.#library.card(id);
    const concept = card === undefined ? undefined : this.#library.concept(card.concept);
    if (card === undefined || concept === undefined) return undefined;
    const chance = `${id}/${seed}`;
    const draft = this.#draft(card, concept, chance);
    if (draft === undefined) return undefined;
    const explanation = this.#explanation(draft);
    const shown = [draft.stem, ...draft.options, draft.answer, explanation].join('\n');
    return {
      id: shortHash(`${id}\n${seed}\n${shown}`),
      card: id,
      form: draft.form,
      stem: draft.stem,
      options: draft.options,
      answer: draft.answer,
      accepted: draft.accepted,
      explanation,
      source: card.source,
    };
  }

  drops(): readonly { readonly gate: string; readonly count: number }[] {
    const all = [...this.#drops].map(([gate, count]) => ({ gate, count }));
    return all.sort((one, other) => other.count - one.count);
  }

  #drop(gate: Gate): undefined {
    this.#drops.set(gate, (this.#drops.get(gate) ?? 0) + 1);
    return undefined;
  }

  #draft(card: Card, concept: Concept, chance: string): Draft | undefined {
    if (card.kind === 'author') return this.#authored(card, concept);
    if (card.kind === 'list') return this.#membership(card, concept, chance);
    const facts = concept.facts.filter((fact) =>
      card.kind === 'fact' ? fact.line === card.source.line : !this.#isCardOfItsOwn(concept, fact),
    );
    const draft = this.#ownerOf(facts, concept, chance);
    return draft ?? (card.kind === 'definition' ? this.#acronym(concept) : undefined);
  }

  #isCardOfItsOwn(concept: Concept, fact: Fact): boolean {
    if (fact.kind !== 'statement' && fact.kind !== 'definition') return true;
    return fact.kind === 'statement' && (this.#factLines.get(concept.id)?.has(fact.line) ?? false);
  }

  /** Asks of which concept something is said: the options are names of one kind. */
  #ownerOf(facts: readonly Fact[], concept: Concept, chance: string): Draft | undefined {
    const names = [concept.term, ...concept.aliases];
    const sayings = facts.flatMap((fact) => sayingsOf(fact, names).map((saying) => ({ saying, fact })));
    if (sayings.length === 0) this.#drop('nothing said');
    let typed: Draft | undefined;
    for (const { saying, fact } of shuffled(sayings, chance)) {
      if (typeof saying === 'string') {
        this.#drop(saying);
        continue;
      }
      const choice = this.#choice(saying, fact, concept, chance);
      if (choice !== undefined) return choice;
      typed ??= this.#typed(saying, fact, concept);
    }
    return typed;
  }

  /** Asks what the letters of an acronym stand for. */
  #acronym(concept: Concept): Draft | undefined {
    const names = [concept.term, ...concept.aliases];
    for (const short of names) {
      const long = names.find((name) => isAcronymOf(short, name));
      if (long === undefined) continue;
      return {
        form: 'typed',
        stem: `What does ${short} stand for?`,
        options: [],
        answer: long,
        accepted: [long],
        points: [`${short}: ${long}`, ...pointsOf(concept, undefined)],
        owner: concept,
      };
    }
    return undefined;
  }

  #choice(saying: Saying, fact: Fact, concept: Concept, chance: string): Draft | undefined {
    const kind = this.#kindOf(concept);
    const mates = kind === undefined ? [] : this.#others(saying, concept, kind, chance);
    const isKind = mates.length >= fewestDistractors;
    const others = isKind ? mates : this.#others(saying, concept, undefined, chance);
    if (others.length < fewestDistractors) return this.#drop('distractors');
    const stem = this.#stem(saying, concept, isKind ? kind : undefined, others);
    if (stem === undefined) return undefined;
    const longest = Math.max(...others.map((term) => term.length));
    if (concept.term.length > Math.max(longest * longestKey, longest + 8)) return this.#drop('long key');
    return {
      form: 'choice',
      stem,
      options: shuffled([concept.term, ...others], `${chance}/options`),
      answer: concept.term,
      accepted: [concept.term],
      points: pointsOf(concept, fact),
      owner: concept,
    };
  }

  #others(saying: Saying, concept: Concept, kind: string | undefined, chance: string): readonly string[] {
    const stem = stemOf(saying, undefined, kind);
    const among = kind === undefined ? 'anything' : 'mates';
    return this.#distractors.forTerm(concept, stem, among, chance).map((other) => other.term);
  }

  /** The stem with blanks for what gives the key away; undefined if it still does, or if too little is left. */
  #stem(
    saying: Saying,
    concept: Concept,
    kind: string | undefined,
    others: readonly string[],
  ): string | undefined {
    const above = this.#namesAbove(concept);
    const given = givenAway(saying.form === 'noun' ? saying.quoted : saying.text, concept, others, above);
    const blanked = withBlanks(saying, given);
    if (blanked === undefined) return this.#drop('leak');
    const context = this.#contextFor(concept, saying);
    const stem = [
      stemOf(blanked, context, kind),
      stemOf(blanked, context, undefined),
      stemOf(blanked, undefined, undefined),
    ].find((one) => givenAway(one, concept, others, above).length === 0);
    if (stem === undefined) return this.#drop('leak');
    return stem.split(/\s+/).length > longestStem ? this.#drop('long stem') : stem;
  }

  #typed(saying: Saying, fact: Fact, concept: Concept): Draft | undefined {
    // 'What scales?' has many answers; only what says what something is has one.
    if (fact.kind !== 'definition' || saying.form === 'clause') return this.#drop('distractors');
    if (concept.term.length > longestTyped) return this.#drop('long answer');
    const stem = this.#stem(saying, concept, this.#kindOf(concept), []);
    if (stem === undefined) return undefined;
    const names = [concept.term, ...concept.aliases];
    return {
      form: 'typed',
      stem,
      options: [],
      answer: concept.term,
      accepted: names,
      points: pointsOf(concept, fact),
      owner: concept,
    };
  }

  /** Asks for the one option that belongs to a list; the others belong to lists nearby. */
  #membership(card: Card, concept: Concept, chance: string): Draft | undefined {
    const list = concept.lists.find((one) => one.line === card.source.line);
    if (list === undefined || !/^(?:In )?which\b/i.test(card.front)) return this.#drop('nothing said');
    const members = new Set(list.members.flatMap((member) => member.concept ?? []));
    const all = list.members.flatMap((member) => this.#concept(member.concept) ?? []);
    const code = all.filter((member) => isCode(member.term));
    const listed = code.length > 0 ? code : all;
    const stem = `${card.front} Pick the one that the notes list.`;
    for (const key of shuffled(listed, chance)) {
      // A name in the spelling of programs is of one kind with all such names; others only with names in lists.
      const among = isCode(key.term) ? 'anything' : 'members';
      const others = this.#distractors
        .forTerm(key, card.front, among, chance, members)
        .map((other) => other.term);
      if (others.length < fewestDistractors || givenAway(card.front, key, others, new Set()).length > 0)
        continue;
      return {
        form: 'choice',
        stem,
        options: shuffled([key.term, ...others], `${chance}/options`),
        answer: key.term,
        accepted: [key.term],
        points: [listPoint(list), ...pointsOf(key, undefined)].slice(0, 3),
        owner: concept,
      };
    }
    return this.#drop('distractors');
  }

  #concept(id: Concept['id'] | undefined): Concept | undefined {
    return id === undefined ? undefined : this.#library.concept(id);
  }

  #authored(card: Card, concept: Concept): Draft | undefined {
    const answer = plain(card.back);
    if (answer === '' || answer.length > longestTyped || answer.includes('\n'))
      return this.#drop('long answer');
    const stem = plain(card.front);
    const points = card.keyPoints.map(plain);
    return { form: 'typed', stem, options: [], answer, accepted: [answer], points, owner: concept };
  }

  /** What a concept is one of, from the words that announce its list: 'software', 'process', 'type of nodes'. */
  #kindOf(concept: Concept): string | undefined {
    for (const card of this.#listCards.get(concept.parent ?? concept.id) ?? []) {
      const list = this.#concept(card.concept)?.lists.find((one) => one.line === card.source.line);
      if (!list?.members.some((member) => member.concept === concept.id)) continue;
      return kindIn(card.front);
    }
    return undefined;
  }

  /** The named thing above the concept that says where the question belongs, unless it gives the answer away. */
  #contextFor(concept: Concept, saying: Saying): string | undefined {
    const seen = new Set([concept.id]);
    for (let above = this.#concept(concept.parent); above !== undefined && !seen.has(above.id); ) {
      seen.add(above.id);
      const isName = /^(?:[A-Z\d]{2,}|\p{Lu}[\p{L}\d]+)$/u.test(above.term) && !isPlural(above.term);
      if (isName) {
        const said = wordsOf(`${saying.text} ${concept.term}`);
        const repeats = wordsOf(above.term).some((word) => said.includes(word));
        return repeats ? undefined : above.term;
      }
      above = this.#concept(above.parent);
    }
    return undefined;
  }

  #namesAbove(concept: Concept): ReadonlySet<string> {
    const above = this.#lineage(concept).slice(0, -1);
    return new Set(above.flatMap((one) => [...tellingOf(one.term)]));
  }

  /** The concepts above it and itself, outermost first. */
  #lineage(concept: Concept): readonly Concept[] {
    const lineage: Concept[] = [];
    for (let at: Concept | undefined = concept; at !== undefined && !lineage.includes(at); ) {
      lineage.unshift(at);
      at = this.#concept(at.parent);
    }
    return lineage;
  }

  #explanation(draft: Draft): string {
    const place = this.#lineage(draft.owner).map((concept) => concept.term);
    const points = draft.points.slice(0, 3).map((point) => `- ${shortened(point)}`);
    return [...points, `(${place.join(' › ')})`].join('\n');
  }
}

function pointsOf(concept: Concept, asked: Fact | undefined): readonly string[] {
  const facts = concept.facts.filter((fact) => fact.kind === 'definition' || fact.kind === 'statement');
  const ordered = asked === undefined ? facts : [asked, ...facts.filter((fact) => fact !== asked)];
  const [first, ...rest] = ordered.map((fact) => fact.text.replace(/[\s:：]+$/, ''));
  return first === undefined ? [concept.term] : [`${concept.term}: ${first}`, ...rest];
}

function listPoint(list: MemberList): string {
  return `${list.intro.replace(/[\s:：]+$/, '')}: ${list.members.map((member) => member.text).join(', ')}`;
}

function shortened(point: string): string {
  if (point.length <= longestPoint) return point;
  return `${point.slice(0, longestPoint).replace(/\s+\S*$/, '')} …`;
}

function plain(markdown: string): string {
  return markdown.replace(/[`*_]{1,3}/g, '').trim();
}
