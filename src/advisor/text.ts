import { type Advice, type Finding, type Judgement, say } from './advise.js';
import { decisiveLines, dropLines } from './decisive.js';
import { citation, type Facts } from './facts.js';
import type { NodeType, NodeTypeId, Preference, Statement } from './model.js';
import { enumerated, labels, nameOf, names } from './names.js';

/** The whole answer as Markdown: what fits first, then conditions, why each other type is out, and what is not sure. */
export function adviceText(facts: Facts, advice: Advice): string {
  return `${head(facts, advice)}\n\n${adviceReasons(facts, advice)}`.trim();
}

/** The answer in a few lines of Markdown: what fits, what decides that, how the text was read, and the question back. */
export function shortAdvice(facts: Facts, advice: Advice): string {
  return [head(facts, advice), decisiveLines(facts, advice).join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}

function head(facts: Facts, advice: Advice): string {
  const { understood } = advice;
  const lines = [verdictOnNamed(facts, advice), headline(facts, advice), needsLine(facts, advice)];
  if (understood.wishes.length > 0) lines.push(`Nice to have: ${labels(facts, understood.wishes)}.`);
  if (understood.refused.length > 0)
    lines.push(`Not needed, so it decides nothing: ${labels(facts, understood.refused)}.`);
  for (const { typed, read } of understood.corrected) lines.push(`I read “${typed}” as “${read}”.`);
  const { preference, otherPreferences } = understood;
  if (advice.outcome !== 'unclear' && preference !== undefined && otherPreferences.length > 0) {
    const others = enumerated(otherPreferences.map(({ label }) => label));
    lines.push(`You also want ${others}, but the order goes by ${preference.label}.`);
  }
  if (understood.either)
    lines.push('You said “or”: I took all of them as needed. Ask for one alone to see the difference.');
  if (advice.notUnderstood.length > 0) {
    const words = advice.notUnderstood.map((word) => `“${word}”`).join(', ');
    lines.push(`I do not know ${words}; the answer leaves this out.`);
  }
  if (understood.cut) lines.push('The text is long; I read its first 2,000 characters.');
  if (advice.question !== undefined) lines.push(`**${advice.question}**`);
  return lines.filter((line) => line !== '').join('\n');
}

/** Conditions, the trace of what rules out each other type, and what is unconfirmed, as Markdown. */
export function adviceReasons(facts: Facts, advice: Advice): string {
  const fitting = advice.judgements.filter(({ verdict }) => verdict !== 'ruled out');
  const out = advice.judgements.filter(({ verdict }) => verdict === 'ruled out');
  const blocks = [
    block(
      'Conditions',
      merged(facts, fitting, ({ conditions }) => conditions),
    ),
    block(
      'What it takes',
      merged(facts, fitting, ({ takes }) => takes),
    ),
    block(
      fitting.length === 0 ? 'Why none fits' : 'Why not the others',
      out.flatMap((judgement) => ruledOutLines(facts, judgement)),
    ),
    block('What would help', helpLines(facts, advice)),
    block('Unconfirmed', unconfirmedLines(facts, fitting)),
    block('Good to know', noteLines(facts, advice)),
  ];
  return blocks.filter((text) => text !== '').join('\n\n');
}

/** What fits, in a line of Markdown; what the named types are where no need says. */
export function headline(facts: Facts, advice: Advice): string {
  const conditional = advice.judgements.filter(({ verdict }) => verdict === 'conditional');
  const also = names(
    facts,
    conditional.map(({ type }) => type.id),
  );
  if (advice.outcome === 'fit') {
    const named = names(facts, advice.suitable);
    const first = `**${named}** ${verbAfter(named, advice.suitable.length)}`;
    const rest = also === '' ? '' : ` Under conditions: ${also}.`;
    const order =
      advice.suitable.length > 1 && advice.preference
        ? ` (best first for ${orderOf(advice, advice.preference)})`
        : '';
    return `${first}${order}.${rest}`;
  }
  if (advice.outcome === 'conditional') return `Only under conditions: **${also}**.`;
  if (advice.outcome === 'none') return '**No node type fits** all of it.';
  return aboutTypes(facts, advice);
}

/** The name of one type may be a plural itself: 'Self-managed nodes'. */
function verbAfter(named: string, count: number): 'fit' | 'fits' {
  return count > 1 || /[^s]s$/.test(named) ? 'fit' : 'fits';
}

/** Wishes rank before the preference does. */
function orderOf({ understood }: Advice, { label }: Preference): string {
  return understood.wishes.length > 0 ? `what is nice to have, then ${label}` : label;
}

function needsLine(facts: Facts, { needs, outcome }: Advice): string {
  if (needs.length > 0) return `Needed: ${labels(facts, needs)}.`;
  return outcome === 'unclear' ? '' : 'No need named, so no type is ruled out by one.';
}

/** 'Can Fargate run DaemonSets?' is answered before anything else. */
function verdictOnNamed(facts: Facts, advice: Advice): string {
  return advice.judgements
    .filter(({ type }) => advice.needs.length > 0 && advice.understood.namedTypes.includes(type.id))
    .map(({ type, verdict, reasons }) => {
      if (verdict === 'suitable') return `**${type.name}: yes.**`;
      if (verdict === 'conditional') return `**${type.name}: yes, under conditions.**`;
      return `**${type.name}: no.** ${reasons.map((finding) => say(facts, finding)).join(' ')}`;
    })
    .join('\n');
}

/** With no need to go by: what the named types, and what is taken for one, are. */
function aboutTypes(facts: Facts, { understood }: Advice): string {
  const types = facts.nodeTypes.filter(({ id }) => understood.namedTypes.includes(id));
  const lines = [...types, ...understood.lookalikes].map(
    ({ name, what, source }) => `**${name}**: ${what} (${citation(facts, source)})`,
  );
  return [
    ...lines,
    ...(types.length > 1 ? differences(facts, types) : types.flatMap((type) => lacks(facts, type))),
  ].join('\n');
}

function lacks(facts: Facts, { id, name }: NodeType): string[] {
  const missing = [...facts.capabilities.values()].filter(({ support }) => support.get(id)?.support === 'no');
  if (missing.length === 0) return [];
  return [`${name} does not support: ${missing.map(({ label }) => label).join('; ')}.`];
}

function differences(facts: Facts, types: readonly NodeType[]): string[] {
  const lines = [...facts.capabilities.values()].flatMap(({ label, support }) => {
    const verdicts = types.map(({ id }) => support.get(id)?.support ?? '');
    if (new Set(verdicts).size < 2) return [];
    return [`- ${label}: ${types.map(({ name }, index) => `${name} **${verdicts[index]}**`).join(', ')}`];
  });
  return lines.length === 0 ? [] : ['They differ in:', ...lines];
}

function ruledOutLines(facts: Facts, { type, reasons }: Judgement): string[] {
  const [only] = reasons;
  if (reasons.length === 1 && only !== undefined) return [`- **${type.name}**: ${say(facts, only)}`];
  return [`- **${type.name}**:`, ...reasons.map((finding) => `  - ${say(facts, finding)}`)];
}

/** The same line for several types is said once, with their names. */
function merged(
  facts: Facts,
  judgements: readonly Judgement[],
  pick: (judgement: Judgement) => readonly Finding[],
): string[] {
  const byText = new Map<string, NodeTypeId[]>();
  for (const judgement of judgements) {
    for (const finding of pick(judgement)) {
      const text = say(facts, { ...finding, unverified: undefined });
      byText.set(text, [...(byText.get(text) ?? []), finding.type]);
    }
  }
  return [...byText].map(([text, types]) => `- **${names(facts, types)}**: ${text}`);
}

function unconfirmedLines(facts: Facts, fitting: readonly Judgement[]): string[] {
  const doubts = (judgement: Judgement) => [
    ...judgement.unconfirmed,
    ...judgement.conditions.filter(({ unverified }) => unverified !== undefined),
  ];
  return fitting.flatMap((judgement) =>
    doubts(judgement).map(
      ({ needs, unverified = '' }) => `- **${judgement.type.name}**, ${labels(facts, needs)}: ${unverified}`,
    ),
  );
}

function helpLines(facts: Facts, advice: Advice): string[] {
  if (advice.outcome !== 'none') return [];
  const mixed = [...facts.statements.values()].filter(({ id }) => id === 'mixed-cluster');
  return [...dropLines(facts, advice), ...(advice.needs.length > 1 ? statementLines(facts, mixed) : [])];
}

function noteLines(facts: Facts, advice: Advice): string[] {
  const about = advice.needs.flatMap((id) => facts.capabilities.get(id) ?? []);
  const lookalikes = advice.outcome === 'unclear' ? [] : advice.understood.lookalikes;
  return [
    ...lookalikes.map(
      ({ name, what, source }) => `- ${name} is no node type: ${what} (${citation(facts, source)})`,
    ),
    ...about.flatMap(({ label, notes }) => notes.map((note) => `- ${label}: ${note}`)),
    ...about.flatMap(({ label, conflict }) =>
      conflict ? [`- Sources disagree on ${label}: ${conflict}`] : [],
    ),
    ...statementLines(facts, preferenceFacts(facts, advice)),
  ];
}

/** What is known with a stated preference, apart from what is of node types that are out. */
function preferenceFacts(facts: Facts, { understood, judgements }: Advice): readonly Statement[] {
  const out = judgements.filter(({ verdict }) => verdict === 'ruled out').map(({ type }) => type.id);
  return (understood.preference?.facts ?? [])
    .flatMap((id) => facts.statements.get(id) ?? [])
    .filter(({ type }) => type === undefined || !out.includes(type));
}

function statementLines(facts: Facts, statements: readonly Statement[]): string[] {
  return statements.map(({ type, fact, sources, unverified }) => {
    const about = type === undefined ? '' : `**${nameOf(facts, type)}**: `;
    const pages = sources.map((source) => citation(facts, source)).join('; ');
    const doubt = unverified === undefined ? '' : ` [unconfirmed: ${unverified}]`;
    return `- ${about}${fact} (${pages})${doubt}`;
  });
}

function block(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `**${title}**\n${lines.join('\n')}`;
}
