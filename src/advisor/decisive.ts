import type { Advice, Finding, Judgement } from './advise.js';
import type { Facts } from './facts.js';
import type { NodeTypeId } from './model.js';
import { labels, names } from './names.js';

const MOST_CONDITIONS = 3;

/** What decides the verdict, in a line or two each: conditions, what rules out each other type, what to drop, what is unconfirmed. */
export function decisiveLines(facts: Facts, advice: Advice): readonly string[] {
  const { outcome, judgements } = advice;
  if (outcome === 'unclear') return [];
  const fitting = judgements.filter(({ verdict }) => verdict !== 'ruled out');
  const out = judgements.filter(({ verdict }) => verdict === 'ruled out');
  return [
    ...(outcome === 'conditional' ? conditionLines(facts, fitting) : []),
    ...outLines(facts, out).map((line) => `- ${line}`),
    ...advice.droppable.map(
      ({ drop, fits }) => `- Without ${labels(facts, drop)}: **${names(facts, fits)}**`,
    ),
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
  const lines = [...byText].map(([line, types]) =>
    fitting.length === 1 ? `- ${line}` : `- ${names(facts, types)}: ${line}`,
  );
  const more = lines.length - MOST_CONDITIONS;
  return more > 0 ? [...lines.slice(0, MOST_CONDITIONS), `- and ${more} more`] : lines;
}

/** Each node type that is out with one reason, as lines of a list: first those that rule out the most, so that the lines are few. */
export function outLines(facts: Facts, out: readonly Judgement[]): readonly string[] {
  const lines: string[] = [];
  let left = out;
  while (left.length > 0) {
    const byReason = new Map<string, NodeTypeId[]>();
    for (const { type, reasons } of left) {
      for (const reason of new Set(reasons.map((finding) => reasonOf(facts, finding)))) {
        byReason.set(reason, [...(byReason.get(reason) ?? []), type.id]);
      }
    }
    const [first = ['', []]] = [...byReason].sort(([, one], [, other]) => other.length - one.length);
    const [reason, types] = first;
    if (types.length === 0) break;
    lines.push(`Out for ${reason}: ${names(facts, types)}`);
    left = left.filter(({ type }) => !types.includes(type.id));
  }
  return lines;
}

function reasonOf(facts: Facts, { needs, text, unverified }: Finding): string {
  const what = needs.length === 0 ? text : needs.map((id) => labels(facts, [id])).join(' + ');
  return unverified === undefined ? what : `${what}, unconfirmed`;
}

function unconfirmedLine(facts: Facts, fitting: readonly Judgement[]): readonly string[] {
  const byNeeds = new Map<string, NodeTypeId[]>();
  for (const { type, unconfirmed } of fitting) {
    for (const { needs } of unconfirmed) {
      const what = labels(facts, needs);
      byNeeds.set(what, [...(byNeeds.get(what) ?? []), type.id]);
    }
  }
  if (byNeeds.size === 0) return [];
  const said = [...byNeeds].map(([what, types]) => `${what} on ${names(facts, types)}`);
  return [`- No page says so outright: ${said.join('; ')}`];
}
