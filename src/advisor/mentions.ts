import type { Facts } from './facts.js';
import type { Meaning } from './lexicon.js';
import type { CapabilityId, Lookalike, NodeTypeId, Preference, WideWord } from './model.js';
import type { Understood } from './understood.js';

/** Something of the facts that a text names, and in which sense. */
export interface Mention {
  readonly meanings: readonly Meaning[];
  /** `own`: people do it themselves, and do not want to be free of it. */
  sense: 'needed' | 'refused' | 'wished' | 'own';
  /** 'or' stands before it. */
  readonly either: boolean;
}

/** Sums up the mentions of a text: needed, refused, wished, and what is said of node types. */
export function summarize(
  facts: Facts,
  mentions: readonly Mention[],
): Omit<Understood, 'query' | 'cut' | 'corrected' | 'notUnderstood'> {
  const senses = {
    needed: new Set<CapabilityId>(),
    refused: new Set<CapabilityId>(),
    wished: new Set<CapabilityId>(),
  };
  const types = { needed: new Set<NodeTypeId>(), refused: new Set<NodeTypeId>() };
  const wishes: Preference[] = [];
  const lookalikes = new Set<Lookalike>();
  const wide = new Set<WideWord>();
  for (const { meanings, sense } of mentions) {
    for (const meaning of meanings) {
      if (meaning.kind === 'capability') senses[capabilitySense(meaning, sense)].add(meaning.id);
      if (meaning.kind === 'type') types[sense === 'refused' ? 'refused' : 'needed'].add(meaning.id);
      if (meaning.kind === 'preference' && sense !== 'refused') wishes.push(meaning.preference);
      if (meaning.kind === 'lookalike' && sense !== 'refused') lookalikes.add(meaning.lookalike);
      if (meaning.kind === 'wide' && sense !== 'refused') wide.add(meaning.wide);
    }
  }
  const { needed, refused, wished } = senses;
  const mentioned = (id: CapabilityId) => needed.has(id) || refused.has(id) || wished.has(id);
  return {
    needs: [...needed],
    wishes: [...wished].filter((id) => !needed.has(id)),
    refused: [...refused].filter((id) => !needed.has(id)),
    contradictions: [...refused].filter((id) => needed.has(id)),
    namedTypes: [...types.needed].filter((id) => !types.refused.has(id)),
    excludedTypes: [...types.refused],
    lookalikes: [...lookalikes],
    preference: facts.preferences.find((preference) => wishes.includes(preference)),
    wideWords: [...wide].filter(({ about }) =>
      about.length > 0 ? !about.some(mentioned) : needed.size === 0,
    ),
    either: mentions.some(
      ({ either, sense, meanings }, index) => index > 0 && either && sense === 'needed' && isNeed(meanings),
    ),
  };
}

/** 'No patching' needs AWS to patch; 'patch' alone says that people do it. */
function capabilitySense(
  meaning: Extract<Meaning, { kind: 'capability' }>,
  sense: Mention['sense'],
): 'needed' | 'refused' | 'wished' {
  if (meaning.freeOf && sense === 'refused') return 'needed';
  if (!meaning.named || sense === 'own') return 'refused';
  return sense;
}

function isNeed(meanings: readonly Meaning[]): boolean {
  return meanings.some(({ kind }) => kind === 'capability');
}
