import type { Advice, Finding, Judgement } from './advise.js';
import type { Facts } from './facts.js';
import type { NodeTypeId } from './model.js';
import { enumerated, labels, nameOf, names, withoutNeeds } from './names.js';

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
    ...dropLines(facts, advice),
    ...unconfirmedLine(facts, fitting),
  ];
}

/** What would fit without some needs; what would so only under conditions is told apart. */
export function dropLines(facts: Facts, { droppable }: Advice): readonly string[] {
  return droppable.map(({ drop, fits, conditional }) => {
    const plain = fits.filter((id) => !conditional.includes(id));
    const found = [
      ...(plain.length > 0 ? [`**${names(facts, plain)}**`] : []),
      ...(conditional.length > 0 ? [`under conditions **${names(facts, conditional)}**`] : []),
    ];
    return `- ${withoutNeeds(facts, drop)}: ${found.join(', ')}`;
  });
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
    // By reason: for each type that it rules out, whether a page confirms it.
    const byReason = new Map<string, Map<NodeTypeId, boolean>>();
    for (const { type, reasons } of left) {
      for (const finding of reasons) {
        const reason = reasonOf(facts, finding);
        const types = byReason.get(reason) ?? new Map<NodeTypeId, boolean>();
        types.set(type.id, types.get(type.id) === true || finding.unverified === undefined);
        byReason.set(reason, types);
      }
    }
    const [first] = [...byReason].sort(([, one], [, other]) => other.size - one.size);
    if (first === undefined) break;
    const [reason, types] = first;
    lines.push(outLine(facts, reason, types));
    left = left.filter(({ type }) => !types.has(type.id));
  }
  return lines;
}

function reasonOf(facts: Facts, { needs, text }: Finding): string {
  return needs.length === 0 ? text : needs.map((id) => labels(facts, [id])).join(' + ');
}

/** The names come first, since a reason may hold a colon, or be a sentence. */
function outLine(facts: Facts, reason: string, types: ReadonlyMap<NodeTypeId, boolean>): string {
  const none = [...types.values()].every((isConfirmed) => !isConfirmed);
  const out = [...types].map(([id, isConfirmed]) =>
    isConfirmed || none ? nameOf(facts, id) : `${nameOf(facts, id)} (unconfirmed)`,
  );
  return `Out: ${enumerated(out)} - ${reason}${none ? ' (unconfirmed)' : ''}`;
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
