import type { Advice, Judgement } from './advise.js';
import type { Facts } from './facts.js';
import type { CapabilityId, Verdict } from './model.js';

/** As many columns as a table keeps that is read beside a channel list. */
const MOST_COLUMNS = 12;

const SIGNS = { yes: '✓', limited: '◐', no: '✗' } as const satisfies Record<Verdict, string>;
const ALL_SIGNS = { suitable: '✓', conditional: '◐', 'ruled out': '✗' } as const satisfies Record<
  Judgement['verdict'],
  string
>;

/**
 * The node types against the needs as a Markdown table, best first: a row for each type, and narrow columns, so that
 * platforms that draw tables as text keep it aligned. The last column holds what holds only together.
 */
export function comparisonText(facts: Facts, advice: Advice): string {
  const asked = [...advice.needs, ...advice.understood.wishes];
  const needs = asked.slice(0, MOST_COLUMNS);
  const together = advice.needs.length > 1;
  const rows = advice.judgements.map((judgement) => [
    cell(judgement.type.name),
    ...needs.map((id) => signOf(facts, id, judgement)),
    ...(together ? [ALL_SIGNS[judgement.verdict]] : []),
  ]);
  const header = ['Node type', ...needs.map((_, at) => letter(at)), ...(together ? ['All'] : [])];
  const legend = needs.map((id, at) => {
    const wish = advice.needs.includes(id) ? '' : ' (nice to have)';
    return `- **${letter(at)}** ${facts.capabilities.get(id)?.label ?? id}${wish}`;
  });
  const left = asked.length - needs.length;
  return [
    [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'),
    legend.join('\n'),
    '✓ yes · ◐ in part or under conditions · ✗ no · ? no page says so outright',
    ...(left > 0 ? [`${left} more needs count in the column All.`] : []),
  ].join('\n\n');
}

function signOf(facts: Facts, id: CapabilityId, { type }: Judgement): string {
  const found = facts.capabilities.get(id)?.support.get(type.id);
  if (found === undefined) return '';
  return `${SIGNS[found.support]}${found.unverified === undefined ? '' : '?'}`;
}

function letter(at: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + at);
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|');
}
