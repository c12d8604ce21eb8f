import { z } from 'zod';
import { CapabilityId, FactId, NodeTypeId, Slug, SourceId } from './model.js';

const text = z.string().trim().min(1).max(2000);
/** YAML reads 2026 as a number; a name such as 5G or a year is meant as text. */
const word = z.union([text, z.number().transform(String)]);
const words = z.array(word).default([]);

function byId<Id extends z.ZodType<string>, Value extends z.ZodType>(id: Id, value: Value) {
  return z
    .record(Slug, value)
    .transform(
      (record) => new Map(Object.entries(record).map(([key, entry]) => [id.parse(key), entry] as const)),
    );
}

const cell = z.strictObject({
  support: z.enum(['yes', 'limited', 'no']),
  condition: text.optional(),
  source: SourceId,
  alsoSee: z.array(SourceId).default([]),
  unverified: text.optional(),
});

const nodeType = z.strictObject({
  id: NodeTypeId,
  name: text,
  alsoCalled: words,
  what: text,
  source: SourceId,
  /** Cells that are not given are those of this node type. */
  like: NodeTypeId.optional(),
  support: byId(CapabilityId, cell).prefault({}),
});

const capability = z.strictObject({
  id: CapabilityId,
  group: word,
  label: text,
  alsoCalled: words,
  freeOf: words,
  work: words,
  above: z
    .array(z.strictObject({ value: z.number().positive(), units: z.array(word).min(1), of: words }))
    .default([]),
  support: byId(NodeTypeId, cell),
  notes: z.array(text).default([]),
  conflict: text.optional(),
});

const combination = z.strictObject({
  needs: z.array(CapabilityId).min(2, 'a combination takes two needs or more'),
  verdict: z.enum(['limited', 'no']),
  types: z.array(NodeTypeId).min(1).optional(),
  reason: text,
  source: SourceId,
});

const duty = z.strictObject({
  id: FactId,
  question: text,
  answers: byId(NodeTypeId, text),
  sources: z.array(SourceId).min(1, 'name at least one source'),
});

const statement = z.strictObject({
  id: FactId,
  type: NodeTypeId.optional(),
  fact: text,
  sources: z.array(SourceId).min(1, 'name at least one source'),
  unverified: text.optional(),
});

const reference = z.strictObject({
  title: text,
  url: z.url({ protocol: /^https?$/ }),
  read: word.pipe(
    z.string().regex(/^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?|undated)$/, {
      error: 'write the date as 2026, 2026-05 or 2026-05-04, or "undated"',
    }),
  ),
  changed: word.optional(),
  note: text.optional(),
});

/** One file of facts; every part may stand in any file. */
export const FactFile = z.strictObject({
  nodeTypes: z.array(nodeType).default([]),
  notNodeTypes: z
    .array(z.strictObject({ name: text, alsoCalled: words, what: text, source: SourceId }))
    .default([]),
  capabilities: z.array(capability).default([]),
  combinations: z.array(combination).default([]),
  operations: z.array(duty).default([]),
  costs: z.array(statement).default([]),
  otherFacts: z.array(statement).default([]),
  controlPlane: z.array(statement).default([]),
  sources: byId(SourceId, reference).prefault({}),
  preferences: z
    .array(
      z.strictObject({
        id: FactId,
        label: text,
        alsoCalled: words,
        order: z.array(NodeTypeId).min(1),
        facts: z.array(FactId).default([]),
      }),
    )
    .default([]),
  defaultPreference: FactId.optional(),
  questions: z
    .array(z.strictObject({ alsoCalled: z.array(word).min(1), ask: text, about: z.array(CapabilityId) }))
    .default([]),
  scenarios: z
    .array(
      z.strictObject({
        id: FactId,
        ask: text,
        needs: z.array(CapabilityId).min(1, 'name at least one need'),
      }),
    )
    .default([]),
  generic: words,
  wordLists: z.record(Slug, z.array(word).min(1)).default({}),
});
export type FactFile = z.infer<typeof FactFile>;
