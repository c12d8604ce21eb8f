import type { CardId, CardKind } from '../model.js';

/** A card as the database knows it from an earlier load of the notes. */
export interface KnownCard {
  readonly id: CardId;
  readonly key: string;
  readonly concept: string;
  readonly deck: string;
  readonly kind: CardKind;
  readonly front: string;
  readonly back: string;
  readonly hash: string;
  readonly note: string;
  /** Place in the order of the notes. */
  readonly position: number;
  readonly retired: boolean;
  /** Hashes of the texts that it had before. */
  readonly earlier: readonly string[];
}

/** Adds a value to a group of a map. */
export function push<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
