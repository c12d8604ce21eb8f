import type { Concept, ConceptId } from '../model.js';
import { chanceOf } from '../random.js';
import { wordsOf } from '../tokens.js';
import { meaningOf } from './meaning.js';
import { isOfKind, mismatch } from './names.js';
import type { Material } from './surroundings.js';

const mostOptions = 3;
const sameSaying = 0.67;

/** Which terms may be offered. */
export interface Choosing {
  /** Only those that stand in a list with the key, only those that stand in any list, or all. */
  readonly among: 'mates' | 'members' | 'anything';
  readonly seed: string;
  /** Concepts that would be right as well. */
  readonly refused?: ReadonlySet<ConceptId>;
  /** How far away in the notes they may stand: 0 in the same list, 3 beside the parent, 4 anywhere in the note, 5 in the deck. */
  readonly within?: number;
  /** Terms not to offer. */
  readonly avoid?: ReadonlySet<string> | undefined;
}

/** Finds wrong answers of the same kind as the right one: the nearer in the notes, the more they tempt. */
export class Distractors {
  readonly #material: Material;
  readonly #roots: readonly Concept[];
  readonly #byNote = new Map<string, Concept[]>();
  readonly #byDeck = new Map<string, Concept[]>();
  readonly #listsOf = new Map<ConceptId, readonly ConceptId[][]>();

  constructor(material: Material) {
    this.#material = material;
    this.#roots = material.concepts.filter((concept) => concept.parent === undefined);
    for (const concept of material.concepts) {
      const inNote = this.#byNote.get(concept.source.note) ?? [];
      inNote.push(concept);
      this.#byNote.set(concept.source.note, inNote);
      const inDeck = this.#byDeck.get(concept.deck) ?? [];
      inDeck.push(concept);
      this.#byDeck.set(concept.deck, inDeck);
      const lists = concept.lists.map((list) => list.members.flatMap(({ concept: id }) => id ?? []));
      for (const list of lists) {
        for (const id of list) this.#listsOf.set(id, [...(this.#listsOf.get(id) ?? []), list]);
      }
    }
  }

  /** Up to three terms that could be mistaken for the key but are wrong for the stem; fewer where there are no more. */
  forTerm(
    key: Concept,
    stem: string,
    { among, seed, refused, avoid, within = 5 }: Choosing,
  ): readonly Concept[] {
    const asked = meaningOf(stem);
    const stemWords = wordsOf(stem).join(' ');
    const excluded = this.#kin(key);
    const mates = new Set((this.#listsOf.get(key.id) ?? []).flat());
    const chance = chanceOf(seed);
    const candidates = this.#around(key, mates)
      .filter(({ distance }) => distance <= within)
      .filter(
        ({ concept }) => among === 'anything' || (among === 'mates' ? mates : this.#listsOf).has(concept.id),
      )
      .filter(
        ({ concept }) =>
          !excluded.has(concept.id) &&
          refused?.has(concept.id) !== true &&
          avoid?.has(concept.term) !== true &&
          isOfKind(concept.term, key.term),
      )
      .filter(({ concept }) => isThing(concept, key))
      .filter(({ concept }) => !mentions(stemWords, concept) && !saysSo(concept, asked))
      .map(({ concept, distance }) => ({
        concept,
        cost: distance + mismatch(concept.term, key.term) + (concept.kind === key.kind ? 0 : 1),
        by: chance.below(1000),
      }))
      .sort((one, other) => one.cost - other.cost || one.by - other.by);
    const chosen: Concept[] = [];
    for (const { concept } of candidates) {
      if (chosen.length === mostOptions) break;
      if ([key, ...chosen].every((other) => !overlap(concept, other))) chosen.push(concept);
    }
    return chosen;
  }

  /** Concepts near the key, each with how far away it stands in the notes. */
  #around(key: Concept, mates: ReadonlySet<ConceptId>): readonly { concept: Concept; distance: number }[] {
    const parent = key.parent === undefined ? undefined : this.#material.concept(key.parent);
    const near = new Map<ConceptId, { concept: Concept; distance: number }>();
    const add = (concept: Concept | undefined, distance: number): void => {
      if (concept !== undefined && !near.has(concept.id)) near.set(concept.id, { concept, distance });
    };
    for (const id of mates) add(this.#material.concept(id), 0);
    const siblings = parent === undefined ? [] : this.#material.childrenOf(parent.id);
    for (const sibling of siblings) add(sibling, 1);
    const uncles = parent?.parent === undefined ? [] : this.#material.childrenOf(parent.parent);
    for (const uncle of uncles) for (const cousin of this.#material.childrenOf(uncle.id)) add(cousin, 2);
    for (const sibling of siblings) for (const niece of this.#material.childrenOf(sibling.id)) add(niece, 2);
    for (const uncle of uncles) add(uncle, 3);
    // What heads a note has its like at the head of other notes.
    if (parent === undefined) for (const root of this.#roots.slice(0, 400)) add(root, 3);
    for (const concept of (this.#byNote.get(key.source.note) ?? []).slice(0, 400)) add(concept, 4);
    // From afar only what looks just like the key is taken for it.
    for (const concept of (this.#byDeck.get(key.deck) ?? []).slice(0, 400))
      if (concept.kind === key.kind && mismatch(concept.term, key.term) === 0) add(concept, 5);
    return [...near.values()];
  }

  /** The key itself with all above and below it. */
  #kin(key: Concept): ReadonlySet<ConceptId> {
    const kin = new Set<ConceptId>([key.id]);
    for (let id = key.parent; id !== undefined && !kin.has(id); id = this.#material.concept(id)?.parent)
      kin.add(id);
    const below = [...this.#material.childrenOf(key.id)];
    for (let child = below.pop(); child !== undefined; child = below.pop()) {
      if (kin.has(child.id)) continue;
      kin.add(child.id);
      below.push(...this.#material.childrenOf(child.id));
    }
    return kin;
  }
}

/** A heading that nothing is said of is a place in the notes, and tempts nobody beside things. */
function isThing({ kind, facts }: Concept, key: Concept): boolean {
  if (facts.some((fact) => fact.kind === 'definition')) return true;
  const isPlace = kind === 'heading' && key.kind !== 'heading';
  return !isPlace && facts.some((fact) => fact.kind === 'statement');
}

function mentions(stemWords: string, concept: Concept): boolean {
  const stem = ` ${stemWords} `;
  return [concept.term, ...concept.aliases].some((name) => {
    const words = wordsOf(name).join(' ');
    return words !== '' && (stem.includes(` ${words} `) || stem.includes(` ${words}s `));
  });
}

/** True where the notes say of it most of what is asked, so that it would be right as well. */
function saysSo(concept: Concept, asked: ReadonlySet<string>): boolean {
  return concept.facts.some((fact) => {
    const said = meaningOf(fact.text);
    const shared = [...asked].filter((stem) => said.has(stem)).length;
    return asked.size > 0 && shared / asked.size > sameSaying;
  });
}

/** True where one is called what the other is called, or a part of it. */
function overlap(one: Concept, other: Concept): boolean {
  const names = (concept: Concept): readonly string[] =>
    [concept.term, ...concept.aliases].map((name) => ` ${wordsOf(name).join(' ')} `);
  return names(one).some((name) =>
    names(other).some((rival) => name.includes(rival) || rival.includes(name)),
  );
}
