import { type ConceptDraft, isCalled } from './draft.js';
import { isVerb, normalizeName, wordsOf } from './grammar.js';

/** The concepts named so far under one heading: what a later line there may speak of by a shorter name. */
export type Scope = ConceptDraft[];

/** The concept that a shorter name means here ('Control plane' for 'Cluster Control Plane'); undefined if none or several. */
export function resolveName(name: string, scope: Scope): ConceptDraft | undefined {
  const exact = scope.find((draft) => isCalled(draft, name));
  if (exact) return exact;
  const wanted = normalizeName(name);
  if (wanted === '') return undefined;
  const endings = scope.filter((draft) => normalizeName(draft.term).endsWith(` ${wanted}`));
  return endings.length === 1 ? endings[0] : undefined;
}

/** The concept that an announcing line speaks of, if it is one named before under the same heading. */
export function subjectOf(intro: string, scope: Scope): ConceptDraft | undefined {
  const text = intro.replace(/[:：]$/, '');
  for (const name of [leadingName(text), closingName(text)]) {
    const draft = name === undefined ? undefined : resolveName(name, scope);
    if (draft) {
      if (name && normalizeName(name) !== normalizeName(draft.term)) draft.aliases.add(name);
      return draft;
    }
  }
  return undefined;
}

/** 'Control plane' in 'Control plane runs the following software'. */
function leadingName(text: string): string | undefined {
  const words = text.split(' ');
  const verb = words.findIndex((word) => isVerb(wordsOf(word)[0] ?? ''));
  if (verb < 1 || verb > 5) return undefined;
  return withoutArticle(words.slice(0, verb).join(' '));
}

/** 'node' in 'Software that will run on each node'. */
function closingName(text: string): string | undefined {
  const match =
    /\b(?:on|of|in|inside|for|within|by) (?:(?:each|every|the|a|an|all) )?([\p{L}\d-]+(?: [\p{L}\d-]+){0,2})$/iu.exec(
      text,
    );
  return match?.[1] === undefined ? undefined : withoutArticle(match[1]);
}

function withoutArticle(name: string): string {
  return name.replace(/^(the|an?|each|every|all)\s+/i, '');
}
