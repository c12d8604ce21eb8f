import type { Advice } from './advise.js';
import type { CapabilityId } from './model.js';

/** What is asked, apart from how it was said. */
export interface Asked {
  readonly needs: readonly CapabilityId[];
  readonly wishes: Advice['understood']['wishes'];
  readonly namedTypes: Advice['understood']['namedTypes'];
  readonly excludedTypes: Advice['understood']['excludedTypes'];
  readonly preference: Advice['understood']['preference'];
}

/** Writes what is asked as text that `understandNeeds` reads the same: ids between full stops. */
export function writeNeeds({ needs, wishes, namedTypes, excludedTypes, preference }: Asked): string {
  return [
    ...needs,
    ...wishes.map((id) => `ideally ${id}`),
    ...namedTypes,
    ...excludedTypes.map((id) => `not ${id}`),
    ...(preference === undefined ? [] : [preference.id]),
  ].join('.');
}
