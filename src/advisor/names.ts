import type { Facts } from './facts.js';
import type { CapabilityId, NodeTypeId } from './model.js';

/** The labels of needs, with semicolons between, since a label may hold a comma. */
export function labels(facts: Facts, ids: readonly CapabilityId[]): string {
  return ids.map((id) => facts.capabilities.get(id)?.label ?? id).join('; ');
}

/** The names of node types as an enumeration: 'A, B and C'. */
export function names(facts: Facts, ids: readonly NodeTypeId[]): string {
  const all = ids.map((id) => facts.nodeTypes.find((type) => type.id === id)?.name ?? id);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
