import type { Advice, Judgement } from './advise.js';
import type { Facts } from './facts.js';
import type { CapabilityId, NodeType, Verdict } from './model.js';

/** As many needs as a table keeps that is read beside a channel list. */
const MOST_NEEDS = 12;

const SIGNS = { yes: '✓', limited: '◐', no: '✗' } as const satisfies Record<Verdict, string>;
const TOGETHER = { suitable: 'yes', conditional: 'limited', 'ruled out': 'no' } as const satisfies Record<
  Judgement['verdict'],
  Verdict
>;

/** The node types against the needs. */
export interface Comparison {
  /** Best first. */
  readonly types: readonly NodeType[];
  readonly needs: readonly ComparedNeed[];
  /** What each type makes of all needs at once; undefined where one need says it all. */
  readonly together: readonly Verdict[] | undefined;
  /** How many more needs were asked for than are listed. */
  readonly left: number;
}

export interface ComparedNeed {
  readonly label: string;
  /** Nice to have: it rules nothing out. */
  readonly isWish: boolean;
  /** One for each type; undefined where the facts say nothing. */
  readonly marks: readonly (ComparedMark | undefined)[];
}

export interface ComparedMark {
  readonly support: Verdict;
  readonly isUnverified: boolean;
}

/** Holds each node type against each need. */
export function compareTypes(facts: Facts, { needs, understood, judgements }: Advice): Comparison {
  const asked = [...needs, ...understood.wishes];
  const isTogetherTold = needs.length > 1 || understood.excludedTypes.length > 0;
  return {
    types: judgements.map(({ type }) => type),
    needs: asked.slice(0, MOST_NEEDS).map((id) => ({
      label: facts.capabilities.get(id)?.label ?? id,
      isWish: !needs.includes(id),
      marks: judgements.map(({ type }) => markOf(facts, id, type)),
    })),
    together: isTogetherTold ? judgements.map(({ verdict }) => TOGETHER[verdict]) : undefined,
    left: Math.max(0, asked.length - MOST_NEEDS),
  };
}

function markOf(facts: Facts, id: CapabilityId, { id: type }: NodeType): ComparedMark | undefined {
  const cell = facts.capabilities.get(id)?.support.get(type);
  return cell && { support: cell.support, isUnverified: cell.unverified !== undefined };
}

/**
 * The comparison as a Markdown table: a row for each type, and narrow columns, so that platforms that draw tables as
 * text keep it aligned. The last column holds what holds only together.
 */
export function comparisonText({ types, needs, together, left }: Comparison): string {
  const header = ['Node type', ...needs.map((_, at) => letter(at)), ...(together ? ['All'] : [])];
  const rows = types.map(({ name }, type) => [
    cell(name),
    ...needs.map(({ marks }) => signOf(marks[type])),
    ...(together?.slice(type, type + 1).map((verdict) => SIGNS[verdict]) ?? []),
  ]);
  const legend = needs.map(
    ({ label, isWish }, at) => `- **${letter(at)}** ${label}${isWish ? ' (nice to have)' : ''}`,
  );
  return [
    [header, header.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'),
    legend.join('\n'),
    '✓ yes · ◐ in part or under conditions · ✗ no · ? no page says so outright',
    ...(left > 0 ? [leftOut(left)] : []),
  ].join('\n\n');
}

/** Says that there are more needs than are listed. */
export function leftOut(count: number): string {
  return `${count} more ${count === 1 ? 'need is' : 'needs are'} not listed here; what fits takes them into account.`;
}

function signOf(mark: ComparedMark | undefined): string {
  return mark === undefined ? '' : `${SIGNS[mark.support]}${mark.isUnverified ? '?' : ''}`;
}

function letter(at: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + at);
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|');
}
