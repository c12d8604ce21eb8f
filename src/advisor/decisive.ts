import type { Advice, Finding, Judgement } from './advise.js';
import type { Facts } from './facts.js';
import type { NodeTypeId } from './model.js';
import { labels, names } from './names.js';

const MOST_CONDITIONS = 3;
const MOST_REASONS = 2;

/** What decides the verdict, in a line or two each: conditions, what rules out the others, what to drop, what is unconfirmed. */
export function decisiveLines(facts: Facts, advice: Advice): readonly string[] {
  const { outcome, judgements } = advice;
  if (outcome === 'unclear') return [];
  const fitting = judgements.filter(({ verdict }) => verdict !== 'ruled out');
  const out = judgements.filter(({ verdict }) => verdict === 'ruled out');
  return [
    ...(outcome === 'conditional' ? conditionLines(facts, fitting) : []),
    ...(out.length > 0 ? [`Out: ${out.map((judgement) => whyOut(facts, judgement)).join('; ')}.`] : []),
    ...advice.droppable.map(({ drop, fits }) => `Without ${labels(facts, drop)}: **${names(facts, fits)}**.`),
    ...unconfirmedLine(facts, fitting),
  ];
}

/** The same condition for several types is said once. */
function conditionLines(facts: Facts, fitting: readonly Judgement[]): readonly string[] {
  const byText = new Map<string, NodeTypeId[]>();
  for (const { conditions } of fitting) {
    for (const { needs, text, type, unverified } of conditions) {
      const line = `${labels(facts, needs)}: ${text}${unverified === undefined ? '' : ' (unconfirmed)'}`;
      byText.set(line, [...(byText.get(line) ?? []), type]);
    }
  }
  const lines = [...byText].map(([line, types]) => `- ${names(facts, types)}: ${line}`);
  const more = lines.length - MOST_CONDITIONS;
  return more > 0 ? [...lines.slice(0, MOST_CONDITIONS), `- and ${more} more`] : lines;
}

/** 'AWS Fargate (Windows containers; GPU workloads)'. */
function whyOut(facts: Facts, { type, reasons }: Judgement): string {
  const said = [...new Set(reasons.map((finding) => reasonOf(facts, finding)))];
  const more = said.length - MOST_REASONS;
  const shown = more > 0 ? [...said.slice(0, MOST_REASONS), `${more} more`] : said;
  return `${type.name} (${shown.join('; ')})`;
}

function reasonOf(facts: Facts, { needs, text, unverified }: Finding): string {
  const what = needs.length === 0 ? text : needs.map((id) => labels(facts, [id])).join(' + ');
  return unverified === undefined ? what : `${what}, unconfirmed`;
}

function unconfirmedLine(facts: Facts, fitting: readonly Judgement[]): readonly string[] {
  const doubtful = fitting.filter(({ unconfirmed }) => unconfirmed.length > 0);
  if (doubtful.length === 0) return [];
  const of = doubtful.map(
    ({ type, unconfirmed }) =>
      `${type.name} (${labels(facts, [...new Set(unconfirmed.flatMap(({ needs }) => needs))])})`,
  );
  return [`No page confirms this outright: ${of.join('; ')}.`];
}
