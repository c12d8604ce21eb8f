import { writtenOut } from './alternatives.js';
import { assembleFacts } from './check.js';
import { type FactFiles, type FactText, readFactFiles, readFactTexts } from './files.js';
import type {
  Capability,
  CapabilityId,
  Combination,
  Duty,
  FactId,
  FactProblem,
  Lookalike,
  NodeType,
  Preference,
  Reference,
  Scenario,
  SourceId,
  Statement,
  WideWord,
} from './model.js';
import { unaskable } from './scenarios.js';
import { staleSources } from './stale.js';

/** All that is known about node types, checked and complete: each capability has a cell for each node type. */
export interface Facts {
  readonly nodeTypes: readonly NodeType[];
  readonly capabilities: ReadonlyMap<CapabilityId, Capability>;
  readonly combinations: readonly Combination[];
  readonly duties: readonly Duty[];
  readonly statements: ReadonlyMap<FactId, Statement>;
  readonly lookalikes: readonly Lookalike[];
  readonly sources: ReadonlyMap<SourceId, Reference>;
  readonly preferences: readonly Preference[];
  readonly defaultPreference: FactId | undefined;
  readonly wideWords: readonly WideWord[];
  readonly generic: readonly string[];
  readonly scenarios: readonly Scenario[];
}

/** Node-type facts, or none where a problem is an error. */
export interface FactsRead {
  readonly facts: Facts | undefined;
  readonly problems: readonly FactProblem[];
}

/**
 * Reads the node-type facts under `dir/node-types`. No facts and no problems: the folder has none. Facts are
 * undefined as well where a problem is an error, since half a table would recommend what the other half rules
 * out. Pages read more than a year before `now` are warnings.
 */
export async function loadFacts(dir: string, now: Date): Promise<FactsRead> {
  return factsOf(await readFactFiles(dir), now);
}

/** The facts of files already at hand, by their paths relative to the content folder; as `loadFacts`. */
export function factsOfTexts(texts: readonly FactText[], now: Date): FactsRead {
  return factsOf(readFactTexts(texts), now);
}

function factsOf(read: FactFiles | undefined, now: Date): FactsRead {
  if (read === undefined) return { facts: undefined, problems: [] };
  if (read.problems.length > 0) return { facts: undefined, problems: read.problems };
  const { facts: assembled, problems } = assembleFacts(read.files);
  if (problems.length > 0) return { facts: undefined, problems };
  const lists = new Map(read.files.flatMap(({ content }) => Object.entries(content.wordLists)));
  const facts = writtenOut(assembled, lists);
  return { facts, problems: [...staleSources(read.files, now), ...unaskable(facts)] };
}

/** A page as a reader needs it to judge a fact: its title and the day it was read. */
export function citation(facts: Facts, id: SourceId): string {
  const source = facts.sources.get(id);
  if (source === undefined) return id;
  return source.read === 'undated' ? `${source.title}, undated copy` : `${source.title}, read ${source.read}`;
}
