import type { Facts } from './facts.js';
import type { CapabilityId, NodeTypeId } from './model.js';

/** The labels of needs, with semicolons between, since a label may hold a comma. */
export function labels(facts: Facts, ids: readonly CapabilityId[]): string {
  return ids.map((id) => facts.capabilities.get(id)?.label ?? id).join('; ');
}

/** What would be without some needs, with each label in quotes, since a label may read like a part of the sentence. */
export function withoutNeeds(
  facts: Facts,
  drop: readonly CapabilityId[],
  shortened = (text: string) => text,
): string {
  return `Without ${enumerated(drop.map((id) => `“${shortened(labels(facts, [id]))}”`))}`;
}

/** The names of node types as an enumeration: 'A, B and C'. */
export function names(facts: Facts, ids: readonly NodeTypeId[]): string {
  return enumerated(ids.map((id) => nameOf(facts, id)));
}

/** The name of a node type; its id where the facts lack it. */
export function nameOf(facts: Facts, id: NodeTypeId): string {
  return facts.nodeTypes.find((type) => type.id === id)?.name ?? id;
}

/** Words as an enumeration: 'A, B and C'. */
export function enumerated(all: readonly string[]): string {
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
