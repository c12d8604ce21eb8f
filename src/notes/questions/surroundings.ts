import { isPlural } from '../grammar.js';
import type { Card, Concept, ConceptId, Library, MemberList } from '../model.js';
import { wordsOf } from '../tokens.js';
import { tellingOf } from './meaning.js';
import { kindIn, kindInIntro } from './stems.js';

/** The part of a library that questions are made from. */
export type Material = Pick<Library, 'concepts' | 'cards' | 'concept' | 'card' | 'childrenOf'>;

/** Where concepts stand: what is above them, which list holds them, and what that list calls them. */
export class Surroundings {
  readonly material: Material;
  readonly #listCards = new Map<ConceptId, Card[]>();

  constructor(material: Material) {
    this.material = material;
    for (const card of material.cards) {
      if (card.kind !== 'list') continue;
      const known = this.#listCards.get(card.concept);
      if (known === undefined) this.#listCards.set(card.concept, [card]);
      else known.push(card);
    }
  }

  concept(id: ConceptId | undefined): Concept | undefined {
    return id === undefined ? undefined : this.material.concept(id);
  }

  /** The list that a list card asks for. */
  listOf(card: Card): MemberList | undefined {
    return this.concept(card.concept)?.lists.find((one) => one.line === card.source.line);
  }

  /** What a concept is one of, from the words that announce its list: 'software', 'process', 'type of node'. */
  kindOf(concept: Concept): string | undefined {
    for (const card of this.#listCards.get(concept.parent ?? concept.id) ?? []) {
      const list = this.listOf(card);
      if (list?.members.some((member) => member.concept === concept.id))
        return kindIn(card.front) ?? kindInIntro(list.intro);
    }
    return undefined;
  }

  /** The named thing above the concept that says where the question belongs, unless the text names it already. */
  contextFor(concept: Concept, text: string): string | undefined {
    for (const above of this.lineage(concept).slice(0, -1).reverse()) {
      // 'Scaling' and 'Relational' are subjects rather than places.
      const isSubject = isPlural(above.term) || /(?:ing|al|ive|tion|ment)$/.test(above.term);
      const isName = !isSubject && /^(?:[A-Z\d]{2,}|\p{Lu}[\p{L}\d]+)$/u.test(above.term);
      if (!isName) continue;
      const said = wordsOf(`${text} ${concept.term}`);
      return wordsOf(above.term).some((word) => said.includes(word)) ? undefined : above.term;
    }
    return undefined;
  }

  /** Words of the names above a concept, as stems. */
  namesAbove(concept: Concept): ReadonlySet<string> {
    const above = this.lineage(concept).slice(0, -1);
    return new Set(above.flatMap((one) => [...tellingOf(one.term)]));
  }

  /** The concepts above it and itself, outermost first. */
  lineage(concept: Concept): readonly Concept[] {
    const lineage: Concept[] = [];
    for (let at: Concept | undefined = concept; at !== undefined && !lineage.includes(at); ) {
      lineage.unshift(at);
      at = this.concept(at.parent);
    }
    return lineage;
  }
}
