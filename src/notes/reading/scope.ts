import { isVerb, normalizeName, wordsOf } from '../grammar.js';
import type { ConceptDraft } from './draft.js';

/** The concepts named so far under one heading: what a later line there may speak of by a shorter name. */
export class Scope {
  private readonly names = new Map<string, ConceptDraft>();
  /** By the last words of their terms; undefined where several end so. */
  private readonly endings = new Map<string, ConceptDraft | undefined>();

  add(draft: ConceptDraft): void {
    for (const name of [draft.term, ...draft.aliases]) {
      const key = normalizeName(name);
      if (!this.names.has(key)) this.names.set(key, draft);
    }
    const words = normalizeName(draft.term).split(' ');
    for (let from = 1; from < words.length && from < 8; from++) {
      const ending = words.slice(from).join(' ');
      const known = this.endings.get(ending);
      this.endings.set(ending, this.endings.has(ending) && known !== draft ? undefined : draft);
    }
  }

  /** The concept that a shorter name means here ('Control plane' for 'Cluster Control Plane'); undefined if none or several. */
  resolve(name: string): ConceptDraft | undefined {
    const key = normalizeName(name);
    return this.names.get(key) ?? this.endings.get(key);
  }
}

/** The concept that an announcing line speaks of, if it is one named before under the same heading. */
export function subjectOf(intro: string, scope: Scope): ConceptDraft | undefined {
  const text = intro.replace(/[:：]$/, '');
  for (const name of [leadingName(text), closingName(text)]) {
    const draft = name === undefined ? undefined : scope.resolve(name);
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
