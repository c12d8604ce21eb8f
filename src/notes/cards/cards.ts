import { normalizeName } from '../grammar.js';
import { cardId, shortHash } from '../identity.js';
import type { Card, CardKind, Choice, Concept, ConceptId, Fact, MemberList } from '../model.js';
import { factFront } from './factfronts.js';
import { definitionFront, withSubject } from './fronts.js';
import { listFront } from './listfronts.js';
import { tellsOfOther } from './predication.js';
import { recallFront } from './recallfronts.js';

/** Recall prompts for what the concepts say, in their order; the same concepts give the same cards. */
export function makeCards(concepts: readonly Concept[]): Card[] {
  const maker = new Maker(concepts);
  return concepts.flatMap((concept) => maker.cardsOf(concept));
}

/** Cards by what they were made of; concepts never change. */
const kept = new WeakMap<
  Concept,
  { readonly context: string | undefined; readonly cards: readonly Card[] }
>();

/** A list shows its members' glosses, and a name that an author gave can be given twice. */
function dependsOnItselfOnly({ lists, facts }: Concept): boolean {
  return lists.length === 0 && !facts.some((fact) => fact.anchor !== undefined);
}

class Maker {
  private readonly byId: ReadonlyMap<ConceptId, Concept>;
  private readonly uses = new Map<string, number>();
  private readonly made = new Set<string>();

  constructor(concepts: readonly Concept[]) {
    this.byId = new Map(concepts.map((concept) => [concept.id, concept]));
    for (const { term } of concepts) {
      const name = normalizeName(term);
      this.uses.set(name, (this.uses.get(name) ?? 0) + 1);
    }
  }

  cardsOf(concept: Concept): readonly Card[] {
    const context = this.contextOf(concept);
    if (!dependsOnItselfOnly(concept)) return this.makeCardsOf(concept, context);
    const known = kept.get(concept);
    if (known !== undefined && known.context === context) return known.cards;
    const cards = this.makeCardsOf(concept, context);
    kept.set(concept, { context, cards });
    return cards;
  }

  private makeCardsOf(concept: Concept, context: string | undefined): readonly Card[] {
    const cards = [this.definitionCard(concept, context)];
    for (const list of concept.lists) cards.push(this.listCard(concept, list, context));
    for (const fact of concept.facts) {
      if (fact.kind === 'card') cards.push(...this.authorCards(concept, fact));
      else if (fact.kind === 'statement' || fact.kind === 'row')
        cards.push(this.factCard(concept, fact, context));
    }
    return withoutTwins(cards.filter((card) => card !== undefined));
  }

  private definitionCard(concept: Concept, context: string | undefined): Card | undefined {
    const definition = concept.facts.find((fact) => fact.kind === 'definition');
    const members = concept.lists.find((list) => list.line === definition?.line);
    if (definition === undefined || (members && definition.lead === undefined && concept.facts.length === 1))
      return undefined;
    const back = withSubject(definition, concept.term);
    const points = [
      definition,
      ...concept.facts.filter((fact) => fact !== definition && fact.kind === 'statement'),
    ];
    return this.card(
      concept,
      'definition',
      'definition',
      this.frontOf(definition, concept, context),
      back,
      points,
      definition,
    );
  }

  /** 'What is X?', unless the line in the definition's place tells of something else. */
  private frontOf(definition: Fact, concept: Concept, context: string | undefined): string {
    const names = [concept.term, ...concept.aliases];
    const isTold = definition.lead === undefined && tellsOfOther(definition.text, names);
    const front = isTold
      ? (factFront(definition, concept, context) ?? recallFront(definition, concept))
      : undefined;
    return front ?? definitionFront(concept, context);
  }

  private listCard(concept: Concept, list: MemberList, context: string | undefined): Card | undefined {
    if (list.members.length < 2) return undefined;
    const front = listFront(list, concept, context);
    const back = list.members.map((member) => `- ${this.memberLine(member)}`).join('\n');
    const points = list.members.slice(0, 3).map((member) => this.memberLine(member));
    const key = `list/${normalizeName(list.intro)}`;
    const intro = concept.facts.find((fact) => fact.kind === 'intro' && fact.line === list.line) ?? {
      line: list.line,
    };
    return this.card(concept, 'list', key, front, back, points, intro);
  }

  private memberLine(member: MemberList['members'][number]): string {
    const concept = member.concept && this.byId.get(member.concept);
    const gloss = concept?.facts.find((fact) => fact.kind === 'definition')?.markdown;
    return gloss === undefined ? member.text : `${member.text}: ${gloss.replace(/[\s:：]+$/, '')}`;
  }

  private authorCards(concept: Concept, fact: Fact): readonly (Card | undefined)[] {
    const front = fact.lead ?? concept.term;
    if (fact.choice !== undefined) return [this.choiceCard(concept, fact, front, fact.choice)];
    const back = fact.markdown;
    const card = this.card(concept, 'author', `author/${normalizeName(front)}`, front, back, [fact], fact);
    if (fact.reversible !== true) return [card];
    const at = { ...fact, ...(fact.anchor === undefined ? {} : { anchor: `${fact.anchor}/reversed` }) };
    return [card, this.card(concept, 'author', `author/${normalizeName(back)}`, back, front, [front], at)];
  }

  private choiceCard(concept: Concept, fact: Fact, front: string, choice: Choice): Card | undefined {
    const back = [`**${fact.markdown}**`, choice.reasons.map((reason) => `- ${reason}`).join('\n')].join(
      '\n\n',
    );
    const card = this.card(
      concept,
      'author',
      `author/${normalizeName(front)}`,
      front,
      back,
      choice.reasons,
      fact,
    );
    return card && { ...card, choice: { ...choice, answer: fact.text } };
  }

  private factCard(concept: Concept, fact: Fact, context: string | undefined): Card | undefined {
    const front =
      (fact.kind === 'row' ? undefined : factFront(fact, concept, context)) ?? recallFront(fact, concept);
    if (front === undefined) return undefined;
    const back = withSubject(fact, concept.term);
    return this.card(concept, 'fact', `fact/${fact.text.toLowerCase()}`, front, back, [fact], fact);
  }

  /** The name of the nearest concept above, where the term alone does not say what is meant. */
  private contextOf(concept: Concept): string | undefined {
    const distinctive = /[\d`_.]|\p{Lu}.*\p{Lu}|[a-z]-[a-z]|^[\p{Ll} ]+$/u.test(concept.term);
    if (distinctive && (this.uses.get(normalizeName(concept.term)) ?? 0) < 2) return undefined;
    const seen = new Set<ConceptId>([concept.id]);
    for (let id = concept.parent; id !== undefined && !seen.has(id); ) {
      seen.add(id);
      const above = this.byId.get(id);
      if (above === undefined) return undefined;
      if (!concept.term.toLowerCase().includes(above.term.toLowerCase())) return above.term;
      id = above.parent;
    }
    return undefined;
  }

  private card(
    concept: Concept,
    kind: CardKind,
    name: string,
    front: string,
    back: string,
    points: readonly (Fact | string)[],
    at: { readonly line: number; readonly note?: string | undefined; readonly anchor?: string },
  ): Card | undefined {
    // The definition of an anchored concept has its id already, and keeps it when the anchored line moves below a heading.
    const key =
      at.anchor === undefined || kind === 'definition' ? `${concept.id}/${name}` : `^${at.anchor}/${kind}`;
    if (this.made.has(key)) return undefined;
    this.made.add(key);
    return {
      id: cardId(key),
      key,
      concept: concept.id,
      deck: concept.deck,
      kind,
      front,
      back,
      keyPoints: keyPointsOf(points, concept),
      source: { note: at.note ?? concept.source.note, line: at.line, endLine: at.line },
      hash: shortHash(`${front}\n\n${back}`),
    };
  }
}

/** Of two cards that ask the same, the later goes: nobody could tell which answer is meant. */
function withoutTwins(cards: readonly Card[]): Card[] {
  const asked = new Set<string>();
  return cards.filter((card) => card.kind === 'author' || (!asked.has(card.front) && asked.add(card.front)));
}

/** The first three that differ. */
function keyPointsOf(points: readonly (Fact | string)[], concept: Concept): readonly string[] {
  const kept: string[] = [];
  for (const point of points) {
    const text = typeof point === 'string' ? point : pointOf(point, concept);
    if (!kept.includes(text)) kept.push(text);
    if (kept.length === 3) break;
  }
  return kept;
}

function pointOf(fact: Fact, concept: Concept): string {
  const text = fact.text.replace(/[\s:：]+$/, '');
  return fact.kind === 'definition' && fact.lead !== undefined ? `${concept.term}: ${text}` : text;
}
