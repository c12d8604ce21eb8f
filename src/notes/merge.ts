import { shortHash } from './identity.js';
import { type Concept, ConceptId } from './model.js';

/**
 * Joins the concepts of several notes. The same term under the same parents is one concept with both bodies;
 * the same id under another parent (files without headings) gets an id of its own.
 */
export function mergeConcepts(notes: readonly (readonly Concept[])[]): Concept[] {
  const merged = new Map<ConceptId, Concept>();
  for (const concepts of notes) {
    const renamed = new Map<ConceptId, ConceptId>();
    for (const concept of concepts) {
      const parent = concept.parent && (renamed.get(concept.parent) ?? concept.parent);
      const id = freeId(concept.id, parent, merged);
      if (id !== concept.id) renamed.set(concept.id, id);
    }
    for (const concept of concepts) {
      const own = renamed.size === 0 ? concept : withIds(concept, renamed);
      const known = merged.get(own.id);
      merged.set(own.id, known === undefined ? own : join(known, own));
    }
  }
  return [...merged.values()];
}

function freeId(
  id: ConceptId,
  parent: ConceptId | undefined,
  merged: ReadonlyMap<ConceptId, Concept>,
): ConceptId {
  const known = merged.get(id);
  if (known === undefined || known.parent === parent) return id;
  return freeId(ConceptId.parse(shortHash(`${id}\n${parent ?? ''}`)), parent, merged);
}

function withIds(concept: Concept, renamed: ReadonlyMap<ConceptId, ConceptId>): Concept {
  const now = (id: ConceptId): ConceptId => renamed.get(id) ?? id;
  return {
    ...concept,
    id: now(concept.id),
    parent: concept.parent && now(concept.parent),
    lists: concept.lists.map((list) => ({
      ...list,
      members: list.members.map((member) => ({ ...member, concept: member.concept && now(member.concept) })),
    })),
  };
}

function join(first: Concept, second: Concept): Concept {
  const note = second.source.note;
  const facts = second.facts.map((fact) =>
    note === first.source.note ? fact : { ...fact, note: fact.note ?? note },
  );
  const aliases = new Set([
    ...first.aliases,
    ...(second.term === first.term ? [] : [second.term]),
    ...second.aliases,
  ]);
  return {
    ...first,
    aliases: [...aliases],
    facts: [...first.facts, ...facts],
    lists: [...first.lists, ...second.lists],
  };
}
