import { advise } from './advise.js';
import { outLines } from './decisive.js';
import { citation, type Facts } from './facts.js';
import type { FactProblem, Scenario, SourceId } from './model.js';
import { labels } from './names.js';
import { needing } from './needing.js';

/** Pages named below an answer, which is read on phones; `which-node` names them all. */
const MOST_PAGES = 2;

/** A scenario with its answer by the facts, ready to be asked. */
export interface AnsweredScenario {
  readonly scenario: Scenario;
  readonly question: string;
  /** The name of the one node type that fits. */
  readonly answer: string;
  /** The names of all others. */
  readonly wrong: readonly string[];
  /** What the answer takes, and what rules out each other type. */
  readonly reasons: readonly string[];
  /** The first pages behind the reasons, with the day they were read, and how many more there are. */
  readonly pages: string;
}

/** The scenarios to which exactly one node type is the answer, in the facts' order. */
export function answeredScenarios(facts: Facts): readonly AnsweredScenario[] {
  return facts.scenarios.flatMap((scenario) => {
    const advice = advise(facts, needing(scenario.needs));
    const [fits, ...others] = advice.judgements.filter(({ verdict }) => verdict !== 'ruled out');
    if (fits === undefined || others.length > 0) return [];
    const out = advice.judgements.filter(({ verdict }) => verdict === 'ruled out');
    const takes = [...fits.conditions, ...fits.takes];
    const pages = [...takes, ...out.flatMap(({ reasons }) => reasons)].flatMap(({ source }) => source ?? []);
    return [
      {
        scenario,
        question: `${scenario.ask} Which node type fits?`,
        answer: fits.type.name,
        wrong: out.map(({ type }) => type.name),
        reasons: [
          ...takes.map(({ needs, text }) => `${labels(facts, needs)}: ${text}`),
          ...outLines(facts, out),
        ],
        pages: cited(facts, [...new Set(pages)]),
      },
    ];
  });
}

function cited(facts: Facts, pages: readonly SourceId[]): string {
  const shown = pages.slice(0, MOST_PAGES).map((id) => citation(facts, id));
  const more = pages.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** Warns of scenarios that are not asked, since none or several node types fit. */
export function unaskable(facts: Facts): readonly FactProblem[] {
  return facts.scenarios.flatMap((scenario) => {
    const { suitable, conditional } = advise(facts, needing(scenario.needs));
    const fitting = [...suitable, ...Object.keys(conditional)];
    if (fitting.length === 1) return [];
    const found = fitting.length === 0 ? 'no node type fits' : `${fitting.join(', ')} fit`;
    const message = `the scenario "${scenario.id}" is not asked: ${found}, and only one may`;
    return [{ severity: 'warning', note: scenario.note, line: scenario.line, message }];
  });
}
