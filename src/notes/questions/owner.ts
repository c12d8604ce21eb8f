import { predicationOf, tellsOfOther } from '../cards/predication.js';
import { isAcronymOf, startsWithVerb } from '../grammar.js';
import type { Concept, Fact } from '../model.js';
import { shuffled } from '../random.js';
import type { Distractors } from './distractors.js';
import {
  type Draft,
  fewestDistractors,
  type Gate,
  isProper,
  isTooLong,
  longestTyped,
  type Made,
  pointsOf,
  standsOut,
} from './draft.js';
import { givenAway, withBlanks } from './leaks.js';
import { type Saying, sayingsOf } from './sayings.js';
import { stemOf } from './stems.js';
import type { Surroundings } from './surroundings.js';

/** Asks of which concept something is said: the options are names of one kind. */
export class OwnerQuestions {
  readonly #around: Surroundings;
  readonly #distractors: Distractors;

  constructor(around: Surroundings, distractors: Distractors) {
    this.#around = around;
    this.#distractors = distractors;
  }

  /** A choice for one of the sayings of the fact, or else a name to type; the gates of those that made none. */
  ask(fact: Fact, concept: Concept, seed: string, avoid: ReadonlySet<string> | undefined): Made {
    // A whole sentence that was taken for a name is no answer.
    if (predicationOf(concept.term) !== undefined) return 'own subject';
    if (isPlace(concept) && !speaksOfIt(fact, concept)) return 'own subject';
    const sayings = sayingsOf(fact, [concept.term, ...concept.aliases]);
    let typed: Draft | undefined;
    let gate: Gate = 'nothing said';
    for (const saying of shuffled(sayings, seed)) {
      if (typeof saying === 'string') {
        gate = saying;
        continue;
      }
      const choice = this.#choice(saying, fact, concept, seed, avoid);
      if (typeof choice !== 'string') return choice;
      gate = choice;
      const written = this.#typed(saying, fact, concept);
      if (typeof written !== 'string') typed ??= written;
    }
    return typed ?? gate;
  }

  #choice(
    saying: Saying,
    fact: Fact,
    concept: Concept,
    seed: string,
    avoid: ReadonlySet<string> | undefined,
  ): Made {
    const kind = this.#around.kindOf(concept);
    const near = (noun: string | undefined): readonly string[] => {
      const stem = stemOf(saying, { kind: noun, proper: isProper(concept.term) });
      const among = noun === undefined ? 'anything' : 'mates';
      return this.#distractors.forTerm(concept, stem, { among, seed, avoid }).map((other) => other.term);
    };
    const mates = kind === undefined ? [] : near(kind);
    const isKind = mates.length >= fewestDistractors;
    const others = isKind ? mates : near(undefined);
    if (others.length < fewestDistractors) return 'distractors';
    const stem = this.#stem(saying, concept, isKind ? kind : undefined, others);
    if (stem === undefined) return 'leak';
    if (isTooLong(stem)) return 'long stem';
    if (standsOut(concept.term, others)) return 'long key';
    return {
      form: 'choice',
      stem,
      options: shuffled([concept.term, ...others], `${seed}/options`),
      answer: concept.term,
      accepted: [concept.term],
      points: pointsOf(concept, fact),
      owner: concept,
    };
  }

  /** The stem with blanks for what gives the key away; undefined if it still does, or if too little is left. */
  #stem(
    saying: Saying,
    concept: Concept,
    kind: string | undefined,
    others: readonly string[],
  ): string | undefined {
    const above = this.#around.namesAbove(concept);
    const given = givenAway(saying.form === 'noun' ? saying.quoted : saying.text, concept, others, above);
    const blanked = withBlanks(saying, given);
    if (blanked === undefined) return undefined;
    const context = this.#around.contextFor(concept, `${saying.text} ${kind ?? ''}`);
    const proper = isProper(concept.term);
    return [
      stemOf(blanked, { context, kind, proper }),
      stemOf(blanked, { context, proper }),
      stemOf(blanked, { proper }),
    ].find((one) => givenAway(one, concept, others, above).length === 0);
  }

  #typed(saying: Saying, fact: Fact, concept: Concept): Made {
    // 'What scales?' has many answers; only what says what something is has one.
    if (fact.kind !== 'definition' || saying.form === 'clause' || saying.form === 'ability')
      return 'distractors';
    if (concept.term.length > longestTyped) return 'long answer';
    const stem = this.#stem(saying, concept, this.#around.kindOf(concept), []);
    if (stem === undefined) return 'leak';
    if (isTooLong(stem)) return 'long stem';
    return {
      form: 'typed',
      stem,
      options: [],
      answer: concept.term,
      accepted: [concept.term, ...concept.aliases],
      points: pointsOf(concept, fact),
      owner: concept,
    };
  }
}

/** A heading that the notes do not define is where things are told, and hardly what they are told of. */
function isPlace({ kind, facts, term, aliases }: Concept): boolean {
  const defines = facts.some(
    (fact) =>
      fact.kind === 'definition' && (fact.lead !== undefined || !tellsOfOther(fact.text, [term, ...aliases])),
  );
  return kind === 'heading' && !defines;
}

function speaksOfIt({ text }: Fact, { term, aliases }: Concept): boolean {
  const said = text.toLowerCase();
  return (
    startsWithVerb(text) ||
    /^(?:it|they) /.test(said) ||
    [term, ...aliases].some((name) => said.startsWith(name.toLowerCase()))
  );
}

/** Asks what the letters of an acronym stand for. */
export function askAcronym(concept: Concept): Made {
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
  return 'no acronym';
}
