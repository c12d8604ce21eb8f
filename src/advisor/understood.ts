import type { CapabilityId, Lookalike, NodeTypeId, Preference, WideWord } from './model.js';

/** What a text asks of the nodes. */
export interface Understood {
  readonly query: string;
  /** In the order in which they were named. */
  readonly needs: readonly CapabilityId[];
  /** Nice to have: they rank the node types, and rule nothing out. */
  readonly wishes: readonly CapabilityId[];
  /** Said not to be needed: they decide nothing. */
  readonly refused: readonly CapabilityId[];
  /** Needed and refused in the same text. */
  readonly contradictions: readonly CapabilityId[];
  /** Node types that the text asks about. */
  readonly namedTypes: readonly NodeTypeId[];
  /** Node types that the text rules out. */
  readonly excludedTypes: readonly NodeTypeId[];
  readonly lookalikes: readonly Lookalike[];
  readonly preference: Preference | undefined;
  /** Preferences that were named too, and give way to it. */
  readonly otherPreferences: readonly Preference[];
  /** Words too wide to settle anything, with what to ask back. */
  readonly wideWords: readonly WideWord[];
  readonly corrected: readonly { readonly typed: string; readonly read: string }[];
  /** Words that mean nothing to the adviser, as typed, each once. */
  readonly notUnderstood: readonly string[];
  /** Needs were joined by 'or', and taken as all needed. */
  readonly either: boolean;
  /** The text was longer than what is read of it. */
  readonly cut: boolean;
}
