import type { Advice } from '../advisor/advise.js';
import type { Facts } from '../advisor/facts.js';
import type { NodeTypeId } from '../advisor/model.js';
import { names } from '../advisor/names.js';

/** More would be longer than the table that they explain; "Why?" has them all. */
const MOST_LINES = 4;

/**
 * Why a node type does worse by all needs at once than by each: needs that do not hold together, or that the asker ruled
 * it out. Plain text, a line for each reason.
 */
export function togetherLines(facts: Facts, { judgements }: Advice): readonly string[] {
  const byReason = new Map<string, NodeTypeId[]>();
  for (const { type, verdict, reasons, conditions } of judgements) {
    const decisive = verdict === 'ruled out' ? reasons : conditions;
    // Where a single need decides, the table shows it.
    if (verdict === 'ruled out' && decisive.some(({ needs }) => needs.length === 1)) continue;
    for (const { needs, text } of decisive.filter((finding) => finding.needs.length !== 1)) {
      const what = needs.map((id) => facts.capabilities.get(id)?.label ?? id).join(' + ');
      const reason = what === '' ? text : `${what}: ${text}`;
      byReason.set(reason, [...(byReason.get(reason) ?? []), type.id]);
    }
  }
  const lines = [...byReason].map(([reason, types]) => `${names(facts, types)}: ${reason}`);
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `and ${more} more under “Why?”`] : lines;
}
