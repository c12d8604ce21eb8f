import type { Facts } from './facts.js';
import type { Meaning } from './lexicon.js';
import type { CapabilityId, Lookalike, NodeTypeId, Preference, WideWord } from './model.js';
import type { Understood } from './understood.js';

/** Something of the facts that a text names, and in which sense. */
export interface Mention {
  readonly meanings: readonly Meaning[];
  /** `own`: people do it themselves, and do not want to be free of it; `delegated`: they do want that. */
  sense: 'needed' | 'refused' | 'own' | 'delegated';
  /** Nice to have. */
  wished: boolean;
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
    /** Work that is spoken of, and that nobody asks to be free of. */
    mentioned: new Set<CapabilityId>(),
  };
  const types = { needed: new Set<NodeTypeId>(), refused: new Set<NodeTypeId>() };
  const wishes: Preference[] = [];
  const lookalikes = new Set<Lookalike>();
  const wide = new Set<WideWord>();
  for (const { meanings, sense, wished } of mentions) {
    for (const meaning of meanings) {
      if (meaning.kind === 'capability') senses[capabilitySense(meaning, sense, wished)].add(meaning.id);
      if (meaning.kind === 'type') types[sense === 'refused' ? 'refused' : 'needed'].add(meaning.id);
      if (meaning.kind === 'preference' && sense !== 'refused') wishes.push(meaning.preference);
      if (meaning.kind === 'lookalike' && sense !== 'refused') lookalikes.add(meaning.lookalike);
      if (meaning.kind === 'wide' && sense !== 'refused') wide.add(meaning.wide);
    }
  }
  const { needed, refused, wished } = senses;
  const unasked = [...senses.mentioned].filter((id) => !wished.has(id));
  const allRefused = [...new Set([...refused, ...unasked])];
  const isNamed = (id: CapabilityId) => needed.has(id) || wished.has(id) || allRefused.includes(id);
  const [preference, ...otherPreferences] = facts.preferences.filter((known) => wishes.includes(known));
  return {
    needs: [...needed],
    wishes: [...wished].filter((id) => !needed.has(id)),
    refused: allRefused.filter((id) => !needed.has(id)),
    contradictions: [...refused].filter((id) => needed.has(id)),
    namedTypes: [...types.needed].filter((id) => !types.refused.has(id)),
    excludedTypes: [...types.refused],
    lookalikes: [...lookalikes],
    preference,
    otherPreferences,
    wideWords: [...wide].filter(({ about }) => (about.length > 0 ? !about.some(isNamed) : needed.size === 0)),
    either:
      needed.size > 1 &&
      mentions.some(
        ({ either, sense, meanings }, index) => index > 0 && either && sense === 'needed' && isNeed(meanings),
      ),
  };
}

/** 'No patching' needs AWS to patch; 'patch' alone says that people do it. */
function capabilitySense(
  meaning: Extract<Meaning, { kind: 'capability' }>,
  sense: Mention['sense'],
  wished: boolean,
): 'needed' | 'refused' | 'wished' | 'mentioned' {
  if (sense === 'own') return 'refused';
  if (sense === 'delegated' || (meaning.freeOf && sense === 'refused')) return wished ? 'wished' : 'needed';
  if (sense === 'refused') return 'refused';
  if (!meaning.named) return 'mentioned';
  return wished ? 'wished' : 'needed';
}

function isNeed(meanings: readonly Meaning[]): boolean {
  return meanings.some(({ kind }) => kind === 'capability');
}
