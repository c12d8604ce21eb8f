import { type Advice, advise, type Judgement } from './advise.js';
import type { Facts } from './facts.js';
import type { CapabilityId, FactId, NodeTypeId } from './model.js';
import { needing } from './needing.js';
import { answeredScenarios } from './scenarios.js';

/** What is said of a node type; `unknown` where the facts lack the type or a need. */
export type Said = Judgement['verdict'] | 'unknown';

/** An answer that an edit of the facts changes: to a need alone, or to the needs of a rule or a scenario together. */
export interface ChangedAnswer {
  readonly needs: readonly CapabilityId[];
  /** The node types with another verdict. */
  readonly types: readonly { readonly type: NodeTypeId; readonly before: Said; readonly after: Said }[];
  /** The node types with the same verdict for other reasons or under other conditions. */
  readonly reworded: readonly NodeTypeId[];
}

/** A scenario with another answer; undefined where it is not asked. */
export interface ChangedScenario {
  readonly id: FactId;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What people are told otherwise after an edit of the facts. */
export interface FactChanges {
  readonly answers: readonly ChangedAnswer[];
  readonly scenarios: readonly ChangedScenario[];
}

/** Compares what two states of the facts answer; undefined stands for a folder without facts. */
export function changedAnswers(before: Facts | undefined, after: Facts | undefined): FactChanges {
  const questions = new Map([...questionsOf(before), ...questionsOf(after)]);
  const types = new Set([...typesOf(before), ...typesOf(after)]);
  const answers = [...questions.values()].map((needs) => {
    const [old, now] = [saidOf(before, needs), saidOf(after, needs)];
    const pairs = [...types].map((type) => ({ type, was: of(old, type), is: of(now, type) }));
    return {
      needs,
      types: pairs
        .filter(({ was, is }) => was.verdict !== is.verdict)
        .map(({ type, was, is }) => ({ type, before: was.verdict, after: is.verdict })),
      reworded: pairs
        .filter(({ was, is }) => was.verdict === is.verdict && was.words !== is.words)
        .map(({ type }) => type),
    };
  });
  return {
    answers: answers.filter(({ types, reworded }) => types.length + reworded.length > 0),
    scenarios: changedScenarios(before, after),
  };
}

/** What is asked of the facts: each need alone, and the needs of rules and scenarios together, whatever their order. */
function questionsOf(facts: Facts | undefined): readonly (readonly [string, readonly CapabilityId[]])[] {
  if (facts === undefined) return [];
  const asked = [
    ...[...facts.capabilities.keys()].map((id) => [id]),
    ...facts.combinations.map(({ needs }) => needs),
    ...facts.scenarios.map(({ needs }) => needs),
  ];
  return asked.map((needs) => [[...needs].sort().join(' '), needs]);
}

function typesOf(facts: Facts | undefined): readonly NodeTypeId[] {
  return facts?.nodeTypes.map(({ id }) => id) ?? [];
}

interface Statement {
  readonly verdict: Said;
  readonly words: string;
}

function of(said: ReadonlyMap<NodeTypeId, Statement>, type: NodeTypeId): Statement {
  return said.get(type) ?? { verdict: 'unknown', words: '' };
}

function saidOf(
  facts: Facts | undefined,
  needs: readonly CapabilityId[],
): ReadonlyMap<NodeTypeId, Statement> {
  if (facts === undefined || needs.some((id) => !facts.capabilities.has(id))) return new Map();
  const { judgements }: Advice = advise(facts, needing(needs));
  return new Map(
    judgements.map((judgement) => [
      judgement.type.id,
      { verdict: judgement.verdict, words: wordsOf(judgement) },
    ]),
  );
}

function wordsOf({ reasons, conditions, takes, unconfirmed }: Judgement): string {
  const all = [...reasons, ...conditions, ...takes, ...unconfirmed];
  return all.map(({ text, unverified = '' }) => `${text}\n${unverified}`).join('\n');
}

function changedScenarios(before: Facts | undefined, after: Facts | undefined): readonly ChangedScenario[] {
  const answersOf = (facts: Facts | undefined) =>
    new Map(
      (facts === undefined ? [] : answeredScenarios(facts)).map(({ scenario, answer }) => [
        scenario.id,
        answer,
      ]),
    );
  const [old, now] = [answersOf(before), answersOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((id) => old.get(id) !== now.get(id))
    .map((id) => ({ id, before: old.get(id), after: now.get(id) }));
}
