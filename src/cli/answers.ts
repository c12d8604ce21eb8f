import { statSync } from 'node:fs';
import { type ChangedAnswer, changedAnswers, type FactChanges } from '../advisor/changes.js';
import { factsOfTexts, loadFacts } from '../advisor/facts.js';
import type { FactProblem } from '../advisor/model.js';
import { factsAt } from './revision.js';

/** Which answers of which-node an edit changes, or why that cannot be said. */
export type AnswerImpact = FactChanges | { readonly broken: FactProblem };

/** Compares the facts of a folder with those of another folder or a revision. */
export async function answerImpact(contentDir: string, against: string, now: Date): Promise<AnswerImpact> {
  const isFolder = statSync(against, { throwIfNoEntry: false })?.isDirectory() ?? false;
  const before = isFolder
    ? await loadFacts(against, now)
    : factsOfTexts(await factsAt(contentDir, against), now);
  const after = await loadFacts(contentDir, now);
  const broken = [...after.problems, ...before.problems].find(({ severity }) => severity === 'error');
  return broken === undefined ? changedAnswers(before.facts, after.facts) : { broken };
}

/** Lines for a terminal; none where nothing changes. */
export function answerLines(impact: AnswerImpact): readonly string[] {
  if ('broken' in impact) {
    const { note, line, message } = impact.broken;
    return [`Answers of which-node are not compared: ${note}:${line}: ${message}`];
  }
  const { answers, scenarios } = impact;
  if (answers.length + scenarios.length === 0) return [];
  return [
    ...answers.flatMap(linesOf),
    ...scenarios.map(
      ({ id, before = 'not asked', after = 'not asked' }) => `scenario ${id}: ${before} -> ${after}`,
    ),
    `${answers.length} answers of which-node change, ${scenarios.length} of scenarios.`,
  ];
}

function linesOf({ needs, types, reworded }: ChangedAnswer): readonly string[] {
  const asked = `which-node ${needs.join(' + ')}`;
  return [
    ...types.map(({ type, before, after }) => `${asked}: ${type}: ${before} -> ${after}`),
    ...(reworded.length > 0 ? [`${asked}: ${reworded.join(', ')}: other reasons or conditions`] : []),
  ];
}
