import type { Concept, Problem } from '../model.js';
import { anchoredKey, type ConceptDraft, isCalled, keyOf } from './draft.js';
import type { Term } from './lead.js';

/** The concepts of one note while it is being read: the same name under the same parents is the same concept. */
export class Register {
  readonly drafts: ConceptDraft[] = [];
  readonly problems: Omit<Problem, 'note'>[] = [];
  private readonly byKey = new Map<string, ConceptDraft>();

  /** Whether a line above has explained the term under this parent. */
  knows(term: string, parent: ConceptDraft | undefined): boolean {
    return this.byKey.has(keyOf(term, parent));
  }

  /** The concept of this name and parent, new or known. */
  concept(
    term: Term,
    at: { readonly line: number; readonly endLine: number; readonly anchor?: string | undefined },
    as: {
      kind: Concept['kind'];
      parent: ConceptDraft | undefined;
      path: readonly string[];
      unnamed?: boolean;
    },
  ): ConceptDraft {
    const anchored = at.anchor === undefined ? undefined : anchoredKey(at.anchor);
    const taken = anchored === undefined ? undefined : this.byKey.get(anchored);
    if (taken && !isCalled(taken, term.term)) {
      const message = `The name ^${at.anchor} is given twice; it stays with "${taken.term}". Give this line another.`;
      this.problems.push({ severity: 'warning', line: at.line, message });
    }
    const key =
      anchored === undefined || (taken && !isCalled(taken, term.term))
        ? keyOf(term.term, as.parent)
        : anchored;
    const known = this.byKey.get(key);
    if (known) {
      for (const alias of term.aliases) known.aliases.add(alias);
      return known;
    }
    const draft: ConceptDraft = {
      term: term.term,
      aliases: new Set(term.aliases),
      article: term.article,
      path: as.path,
      kind: as.kind,
      parent: as.parent,
      line: at.line,
      endLine: at.endLine,
      facts: [],
      lists: [],
      key,
      chain: as.unnamed ? '' : key,
    };
    this.byKey.set(key, draft);
    this.drafts.push(draft);
    return draft;
  }
}
