import { advise } from '../advisor/advise.js';
import { adviceText } from '../advisor/text.js';
import { understandNeeds } from '../advisor/understand.js';
import { loadFactsOrShipped } from '../content.js';
import { answerEach, CliError } from './lines.js';
import { type ContentOptions, configOf } from './options.js';

/** Answers `eks which-node`. */
export async function whichNode(needs: readonly string[], options: ContentOptions): Promise<void> {
  const { facts, problems } = await loadFactsOrShipped(configOf(options).contentDir, new Date());
  if (facts === undefined) {
    const lines = problems.map(({ note, line, message }) => `  ${note}:${line}: ${message}`);
    throw new CliError(
      ['The node-type facts cannot be used until these are put right:', ...lines].join('\n'),
    );
  }
  await answerEach(needs, (query) => {
    const advice = advise(facts, understandNeeds(facts, query));
    const text = adviceText(facts, advice);
    if (!options.json) return text;
    const { outcome, needs, suitable, conditional, ruledOut, notUnderstood } = advice;
    return JSON.stringify({ query, outcome, needs, suitable, conditional, ruledOut, notUnderstood, text });
  });
}
