import type { Advice, Finding } from '../advisor/advise.js';
import type { Facts } from '../advisor/facts.js';
import type { NodeTypeId, Verdict } from '../advisor/model.js';
import { names } from '../advisor/names.js';

/** More would be longer than the table that they explain; "Why?" has them all. */
const MOST_LINES = 4;

/**
 * Why a node type does worse by all needs at once than by each: needs that do not hold together, or that the asker ruled
 * it out. Plain text, a line for each reason: 'no for A and B – you ruled it out'.
 */
export function togetherLines(facts: Facts, { judgements }: Advice): readonly string[] {
  const out = judgements
    .filter(({ verdict }) => verdict === 'ruled out')
    .map(({ reasons }) => reasons)
    // Where a single need decides, the table shows it.
    .filter((reasons) => reasons.every(({ needs }) => needs.length !== 1));
  const limited = judgements
    .filter(({ verdict }) => verdict === 'conditional')
    .map(({ conditions }) => conditions);
  const lines = [...linesOf(facts, 'no', out.flat()), ...linesOf(facts, 'limited', limited.flat())];
  const more = lines.length - MOST_LINES;
  if (more <= 0) return lines;
  return [...lines.slice(0, MOST_LINES), `${more} more ${more === 1 ? 'reason' : 'reasons'} under “Why?”`];
}

/** A reason that several types share is said once. */
function linesOf(facts: Facts, verdict: Verdict, findings: readonly Finding[]): readonly string[] {
  const byReason = new Map<string, NodeTypeId[]>();
  for (const { needs, text, type } of findings.filter((finding) => finding.needs.length !== 1)) {
    const what = needs.map((id) => facts.capabilities.get(id)?.label ?? id).join(' + ');
    const reason = what === '' ? text : `${what}: ${text}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), type]);
  }
  return [...byReason].map(([reason, types]) => `${verdict} for ${names(facts, types)} – ${reason}`);
}
