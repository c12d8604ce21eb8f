import type { Card, CardId, Concept, ConceptId, Topic } from './model.js';

/** What a learner can study by: each deck, each heading with cards below it, in the order of the notes, and each tag. */
export function topicsOf(
  concepts: readonly Concept[],
  cards: readonly Card[],
  childrenOf: (id: ConceptId) => readonly Concept[],
  tags: ReadonlyMap<string, readonly string[]>,
): readonly Topic[] {
  const byDeck = new Map<string, CardId[]>();
  const byConcept = new Map<ConceptId, CardId[]>();
  for (const card of cards) {
    push(byDeck, card.deck, card.id);
    push(byConcept, card.concept, card.id);
  }
  const headings = new Map<string, Topic[]>();
  for (const concept of concepts) {
    if (concept.kind !== 'heading') continue;
    const below = cardsBelow(concept, byConcept, childrenOf);
    if (below.length > 0)
      push(headings, concept.deck, { name: concept.term, concept: concept.id, cards: below });
  }
  const decks = [...byDeck].sort(([a], [b]) => (a < b ? -1 : 1));
  const named = decks.flatMap(([deck, inDeck]) => {
    const topics = headings.get(deck) ?? [];
    // A deck that is called like its one heading is not listed twice.
    const same = topics.some((topic) => topic.name.toLowerCase() === deck.toLowerCase());
    return same ? topics : [{ name: deck, concept: undefined, cards: inDeck }, ...topics];
  });
  const taken = new Set(named.map(({ name }) => name.toLowerCase()));
  return [...named, ...taggedTopics(cards, tags).filter(({ name }) => !taken.has(name.toLowerCase()))];
}

/** The cards of all notes with a tag, by the tag's name, whatever its case. */
function taggedTopics(
  cards: readonly Card[],
  tags: ReadonlyMap<string, readonly string[]>,
): readonly Topic[] {
  const byTag = new Map<string, { readonly name: string; readonly cards: CardId[] }>();
  for (const card of cards) {
    for (const tag of tags.get(card.source.note) ?? []) {
      const known = byTag.get(tag.toLowerCase());
      if (known) known.cards.push(card.id);
      else byTag.set(tag.toLowerCase(), { name: tag, cards: [card.id] });
    }
  }
  return [...byTag.values()].map((each) => ({ ...each, concept: undefined }));
}

function cardsBelow(
  concept: Concept,
  byConcept: ReadonlyMap<ConceptId, readonly CardId[]>,
  childrenOf: (id: ConceptId) => readonly Concept[],
): readonly CardId[] {
  const below: CardId[] = [];
  const seen = new Set<ConceptId>();
  const waiting = [concept];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next.id)) continue;
    seen.add(next.id);
    below.push(...(byConcept.get(next.id) ?? []));
    waiting.push(...[...childrenOf(next.id)].reverse());
  }
  return below;
}

function push<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
