import { isImperative, normalizeName, startsWithVerb } from '../grammar.js';
import type { Concept, ConceptId, Fact } from '../model.js';

/**
 * Gives remarks about a thing that the notes explain elsewhere back to what they stand under: 'Lambda: polls the queue'
 * under SQS says something of SQS where another place says what Lambda is.
 */
export function settleRemarks(concepts: readonly Concept[]): Concept[] {
  const parents = new Set(concepts.map((concept) => concept.parent));
  const members = new Set(
    concepts.flatMap(({ lists }) => lists.flatMap((list) => list.members.map((member) => member.concept))),
  );
  const byId = new Map(concepts.map((concept) => [concept.id, concept]));
  const isRemark = (concept: Concept): boolean =>
    !members.has(concept.id) &&
    !parents.has(concept.id) &&
    byId.has(concept.parent ?? concept.id) &&
    remarks(concept);
  const suspects = concepts.filter((concept) => concept.parent !== undefined && isRemark(concept));
  if (suspects.length === 0) return [...concepts];
  const explained = new Set<string>();
  const doubtful = new Set(suspects);
  for (const concept of concepts) {
    if (doubtful.has(concept) || members.has(concept.id)) continue;
    for (const name of [concept.term, ...concept.aliases]) explained.add(normalizeName(name));
  }
  const settled = suspects.filter(({ term }) => explained.has(normalizeName(term)));
  return moveUp(concepts, settled);
}

/** 'polls the queue': an article after a word in -s makes a verb of it. */
const ACTS = /^\p{Ll}+[a-rt-z]s (?:the|an?|its|all|every|each|any) /u;

/** One plain line whose gloss is an action or a demand, not a meaning. */
function remarks({ kind, facts, lists, aliases }: Concept): boolean {
  const [fact] = facts;
  if (kind === 'heading' || facts.length !== 1 || fact?.kind !== 'definition' || lists.length > 0)
    return false;
  if (fact.lead === undefined || /[*_`]/.test(fact.lead) || fact.anchor !== undefined || aliases.length > 0)
    return false;
  return (
    startsWithVerb(fact.text) ||
    ACTS.test(fact.text) ||
    isImperative(fact.text) ||
    /^(?:not|never|also|must|should)\b/i.test(fact.text)
  );
}

function moveUp(concepts: readonly Concept[], settled: readonly Concept[]): Concept[] {
  const gone = new Set<ConceptId>(settled.map((concept) => concept.id));
  const said = new Map<ConceptId, Fact[]>();
  for (const { parent, facts, source } of settled) {
    if (parent === undefined) continue;
    const moved = facts.map((fact) => ({ ...asStatement(fact), note: fact.note ?? source.note }));
    said.set(parent, [...(said.get(parent) ?? []), ...moved]);
  }
  return concepts
    .filter((concept) => !gone.has(concept.id))
    .map((concept) => {
      const remarks = said.get(concept.id);
      return remarks === undefined ? concept : withRemarks(concept, remarks);
    });
}

function withRemarks(concept: Concept, remarks: readonly Fact[]): Concept {
  const own = remarks.map(({ note, ...fact }) =>
    note === concept.source.note ? fact : { ...fact, ...(note === undefined ? {} : { note }) },
  );
  return { ...concept, facts: [...concept.facts, ...own] };
}

function asStatement({ lead = '', ...fact }: Fact): Fact {
  return { ...fact, kind: 'statement', text: `${lead}: ${fact.text}`, markdown: `${lead}: ${fact.markdown}` };
}
