import type { CapabilityId } from './model.js';
import type { Understood } from './understood.js';

/** What a text would ask that names these needs and nothing else. */
export function needing(needs: readonly CapabilityId[]): Understood {
  return {
    query: needs.join(', '),
    needs,
    wishes: [],
    refused: [],
    contradictions: [],
    namedTypes: [],
    excludedTypes: [],
    lookalikes: [],
    preference: undefined,
    otherPreferences: [],
    wideWords: [],
    corrected: [],
    notUnderstood: [],
    either: false,
    cut: false,
  };
}
