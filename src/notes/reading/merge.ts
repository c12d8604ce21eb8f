import { shortHash } from '../identity.js';
import { type Concept, ConceptId } from '../model.js';
import { settleRemarks } from './remarks.js';

/**
 * Joins the concepts of several notes. The same term under the same parents is one concept with both bodies;
 * the same id under another parent (files without headings) gets an id of its own.
 */
export function mergeConcepts(notes: readonly (readonly Concept[])[]): Concept[] {
  const merged = new Map<ConceptId, Concept[]>();
  for (const concepts of notes) {
    const renamed = new Map<ConceptId, ConceptId>();
    for (const concept of concepts) {
      const parent = concept.parent && (renamed.get(concept.parent) ?? concept.parent);
      const id = freeId(concept.id, parent, merged);
      if (id !== concept.id) renamed.set(concept.id, id);
    }
    for (const concept of concepts) {
      const own = renamed.size === 0 ? concept : withIds(concept, renamed);
      const parts = merged.get(own.id);
      if (parts) parts.push(own);
      else merged.set(own.id, [own]);
    }
  }
  return settleRemarks([...merged.values()].flatMap((parts) => join(parts) ?? []));
}

function freeId(
  id: ConceptId,
  parent: ConceptId | undefined,
  merged: ReadonlyMap<ConceptId, readonly Concept[]>,
): ConceptId {
  const known = merged.get(id)?.[0];
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

function join(parts: readonly Concept[]): Concept | undefined {
  const [first, ...others] = parts;
  if (first === undefined || others.length === 0) return first;
  const home = first.source.note;
  const names = others.flatMap((other) =>
    other.term === first.term ? other.aliases : [other.term, ...other.aliases],
  );
  const facts = others.flatMap(({ facts, source: { note } }) =>
    facts.map((fact) => (note === home ? fact : { ...fact, note })),
  );
  return {
    ...first,
    aliases: [...new Set([...first.aliases, ...names])],
    facts: [...first.facts, ...facts],
    lists: [...first.lists, ...others.flatMap((other) => other.lists)],
  };
}
