import { z } from 'zod';

/** What every id here looks like. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'ids are lower-case words joined by hyphens, such as "local-zones"')
  .max(60);

/** Names a node type, such as 'managed-node-group'. */
export const NodeTypeId = Slug.brand<'NodeTypeId'>();
export type NodeTypeId = z.infer<typeof NodeTypeId>;

/** Names something that a node type supports or not, such as 'gpu'. */
export const CapabilityId = Slug.brand<'CapabilityId'>();
export type CapabilityId = z.infer<typeof CapabilityId>;

export const SourceId = Slug.brand<'SourceId'>();
export type SourceId = z.infer<typeof SourceId>;

export const FactId = Slug.brand<'FactId'>();
export type FactId = z.infer<typeof FactId>;

/** `limited`: supported in part, the condition says which part. */
export type Verdict = 'yes' | 'limited' | 'no';

/** A page that was read. */
export interface Reference {
  readonly id: SourceId;
  readonly title: string;
  readonly url: string;
  /** Date of the copy: 'YYYY', 'YYYY-MM', 'YYYY-MM-DD' or 'undated'. */
  readonly read: string;
  readonly changed: string | undefined;
  readonly note: string | undefined;
}

/** What one node type makes of one capability. */
export interface Cell {
  readonly support: Verdict;
  /** What it takes (yes), which part (limited), or why not (no). */
  readonly condition: string | undefined;
  readonly source: SourceId;
  readonly alsoSee: readonly SourceId[];
  /** Why the cell is unconfirmed, where no page states it outright. */
  readonly unverified: string | undefined;
}

export interface NodeType {
  readonly id: NodeTypeId;
  readonly name: string;
  readonly alsoCalled: readonly string[];
  readonly what: string;
  readonly source: SourceId;
}

/** A number above which a need arises: 'more than 16 vCPU'. */
export interface Threshold {
  readonly value: number;
  readonly units: readonly string[];
  /** Words of which one must stand near the number; none where the unit says enough. */
  readonly of: readonly string[];
}

export interface Capability {
  readonly id: CapabilityId;
  readonly group: string;
  readonly label: string;
  readonly alsoCalled: readonly string[];
  /** What people say they do not want when they need this: 'patching' for 'AWS patches the system'. */
  readonly freeOf: readonly string[];
  /** Work that people have without it and AWS does with it: 'patching'. Like `freeOf`, but also asked for by 'AWS does it'. */
  readonly work: readonly string[];
  readonly above: readonly Threshold[];
  readonly support: ReadonlyMap<NodeTypeId, Cell>;
  readonly notes: readonly string[];
  /** Where pages contradict each other, and which one is followed. */
  readonly conflict: string | undefined;
}

/** Needs that hold one by one but not together on one node. */
export interface Combination {
  readonly needs: readonly CapabilityId[];
  readonly verdict: 'limited' | 'no';
  /** The node types that the rule is about; undefined: all. */
  readonly types: readonly NodeTypeId[] | undefined;
  readonly reason: string;
  readonly source: SourceId;
}

/** Who does a piece of work, for each node type. */
export interface Duty {
  readonly id: FactId;
  readonly question: string;
  readonly answers: ReadonlyMap<NodeTypeId, string>;
  readonly sources: readonly SourceId[];
}

/** A statement about one node type, or about EKS where `type` is undefined. */
export interface Statement {
  readonly id: FactId;
  readonly subject: 'cost' | 'other' | 'control plane';
  readonly type: NodeTypeId | undefined;
  readonly fact: string;
  readonly sources: readonly SourceId[];
  readonly unverified: string | undefined;
}

/** Something that is often taken for a node type. */
export interface Lookalike {
  readonly name: string;
  readonly alsoCalled: readonly string[];
  readonly what: string;
  readonly source: SourceId;
}

/** A wish that ranks the node types that fit. */
export interface Preference {
  readonly id: FactId;
  readonly label: string;
  readonly alsoCalled: readonly string[];
  /** Best first; a type that is missing comes last. */
  readonly order: readonly NodeTypeId[];
  readonly facts: readonly FactId[];
}

/** A word too wide to settle anything, and what to ask back. */
export interface WideWord {
  readonly alsoCalled: readonly string[];
  readonly ask: string;
  readonly about: readonly CapabilityId[];
}

/** A question for quizzes: which node type fits these needs. Its answer follows from the table. */
export interface Scenario {
  readonly id: FactId;
  /** The situation, as whole sentences. */
  readonly ask: string;
  readonly needs: readonly CapabilityId[];
  /** Where it stands: the file's path relative to the content folder, and the line, counted from 1. */
  readonly note: string;
  readonly line: number;
}

/** Something wrong with a file of facts, or worth its author's eye. */
export interface FactProblem {
  readonly severity: 'error' | 'warning' | 'info';
  /** The file's path relative to the content folder, with forward slashes. */
  readonly note: string;
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}
