import type { Facts } from './facts.js';
import { citation } from './facts.js';
import type {
  Capability,
  CapabilityId,
  Cell,
  Combination,
  NodeType,
  NodeTypeId,
  Preference,
  SourceId,
} from './model.js';
import type { Understood } from './understood.js';

/** Why a node type is out, or under which condition it fits. */
export interface Finding {
  /** The needs that it is about; empty where the asker ruled the node type out. */
  readonly needs: readonly CapabilityId[];
  readonly type: NodeTypeId;
  readonly text: string;
  readonly source: SourceId | undefined;
  /** Why it is unconfirmed. */
  readonly unverified: string | undefined;
}

/** What the facts say of one node type. */
export interface Judgement {
  readonly type: NodeType;
  readonly verdict: 'suitable' | 'conditional' | 'ruled out';
  readonly reasons: readonly Finding[];
  readonly conditions: readonly Finding[];
  /** What it takes where a need is supported in full. */
  readonly takes: readonly Finding[];
  /** Supported, though no page says so outright. */
  readonly unconfirmed: readonly Finding[];
}

/** `fit`: some node type supports all; `conditional`: only under conditions; `none`: no type; `unclear`: ask back. */
export interface Advice {
  readonly outcome: 'fit' | 'conditional' | 'none' | 'unclear';
  readonly understood: Understood;
  readonly needs: readonly CapabilityId[];
  /** Best first, by the stated preference, else by least work. */
  readonly suitable: readonly NodeTypeId[];
  readonly conditional: Readonly<Record<string, readonly string[]>>;
  readonly ruledOut: Readonly<Record<string, readonly string[]>>;
  readonly notUnderstood: readonly string[];
  /** Every node type, best first; empty where the outcome is `unclear`. */
  readonly judgements: readonly Judgement[];
  /** Where nothing fits: the smallest sets of needs without which something would. */
  readonly droppable: readonly {
    readonly drop: readonly CapabilityId[];
    readonly fits: readonly NodeTypeId[];
    /** Those of them that fit under conditions. */
    readonly conditional: readonly NodeTypeId[];
  }[];
  /** What to ask back. */
  readonly question: string | undefined;
  readonly preference: Preference | undefined;
}

const MOST_DROPS = 4;

/** Holds what was asked against the facts. A node type that the facts rule out is never suitable or conditional. */
export function advise(facts: Facts, understood: Understood): Advice {
  const preference =
    understood.preference ?? facts.preferences.find(({ id }) => id === facts.defaultPreference);
  const needs = understood.needs.filter((id) => facts.capabilities.has(id));
  const unclear = isUnclear({ ...understood, needs });
  const all = facts.nodeTypes.map((type) => judge(facts, type, needs, understood.excludedTypes));
  const judgements = unclear ? [] : rank(facts, all, understood, preference);
  const suitable = judgements.filter(({ verdict }) => verdict === 'suitable');
  const conditional = judgements.filter(({ verdict }) => verdict === 'conditional');
  const ruledOut = judgements.filter(({ verdict }) => verdict === 'ruled out');
  const outcome = unclear
    ? 'unclear'
    : suitable.length > 0
      ? 'fit'
      : conditional.length > 0
        ? 'conditional'
        : 'none';
  return {
    outcome,
    understood,
    needs,
    suitable: suitable.map(({ type }) => type.id),
    conditional: Object.fromEntries(
      conditional.map(({ type, conditions }) => [type.id, conditions.map((finding) => say(facts, finding))]),
    ),
    ruledOut: Object.fromEntries(
      ruledOut.map(({ type, reasons }) => [type.id, reasons.map((finding) => say(facts, finding))]),
    ),
    notUnderstood: understood.notUnderstood,
    judgements,
    droppable: outcome === 'none' ? dropsThatHelp(needs, judgements) : [],
    question: questionBack(facts, understood, unclear),
    preference,
  };
}

/** One finding as a line of plain text, with its source and date. */
export function say(facts: Facts, finding: Finding): string {
  const needs = finding.needs.map((id) => facts.capabilities.get(id)?.label ?? id).join(' + ');
  const source = finding.source === undefined ? '' : ` (${citation(facts, finding.source)})`;
  const doubt = finding.unverified === undefined ? '' : ` [unconfirmed: ${finding.unverified}]`;
  return `${needs === '' ? '' : `${needs}: `}${finding.text}${source}${doubt}`;
}

function isUnclear({ needs, contradictions, preference, wishes, wideWords }: Understood): boolean {
  if (contradictions.length > 0) return true;
  return needs.length === 0 && wishes.length === 0 && (preference === undefined || wideWords.length > 0);
}

function judge(
  facts: Facts,
  type: NodeType,
  needs: readonly CapabilityId[],
  excluded: readonly NodeTypeId[],
): Judgement {
  const cells = needs.flatMap((id) => {
    const capability = facts.capabilities.get(id);
    const cell = capability?.support.get(type.id);
    return capability === undefined || cell === undefined ? [] : [{ capability, cell }];
  });
  const rules = facts.combinations.filter((rule) => applies(rule, type.id, needs));
  const found = (verdict: Cell['support']) => [
    ...cells
      .filter(({ cell }) => cell.support === verdict)
      .map(({ capability, cell }) => cellFinding(capability, type, cell)),
    ...rules.filter((rule) => rule.verdict === verdict).map((rule) => ruleFinding(rule, type)),
  ];
  const asked = {
    needs: [],
    type: type.id,
    text: 'you ruled it out',
    source: undefined,
    unverified: undefined,
  };
  const reasons = [...(excluded.includes(type.id) ? [asked] : []), ...found('no')];
  const conditions = found('limited');
  const supported = found('yes');
  return {
    type,
    verdict: reasons.length > 0 ? 'ruled out' : conditions.length > 0 ? 'conditional' : 'suitable',
    reasons,
    conditions,
    takes: supported.filter(({ text }) => text !== ''),
    unconfirmed: supported.filter(({ unverified }) => unverified !== undefined),
  };
}

function applies(rule: Combination, type: NodeTypeId, needs: readonly CapabilityId[]): boolean {
  return (rule.types?.includes(type) ?? true) && rule.needs.every((need) => needs.includes(need));
}

function cellFinding(capability: Capability, type: NodeType, cell: Cell): Finding {
  const text = {
    yes: cell.condition ?? '',
    limited: cell.condition ?? 'supported only in part',
    no: cell.condition === undefined ? 'not supported.' : `not supported. ${cell.condition}`,
  }[cell.support];
  return { needs: [capability.id], type: type.id, text, source: cell.source, unverified: cell.unverified };
}

function ruleFinding(rule: Combination, type: NodeType): Finding {
  const text = rule.verdict === 'no' ? `not together. ${rule.reason}` : rule.reason;
  return { needs: rule.needs, type: type.id, text, source: rule.source, unverified: undefined };
}

/** Types that fit come first, then those that meet more wishes, then the order of the preference. */
function rank(
  facts: Facts,
  judgements: readonly Judgement[],
  { wishes }: Understood,
  preference: Preference | undefined,
): readonly Judgement[] {
  const place = { suitable: 0, conditional: 1, 'ruled out': 2 };
  const met = ({ type }: Judgement) =>
    wishes.reduce((sum, id) => {
      const support = facts.capabilities.get(id)?.support.get(type.id)?.support;
      return sum + (support === 'yes' ? 2 : support === 'limited' ? 1 : 0);
    }, 0);
  const order = ({ type }: Judgement) => {
    const index = preference?.order.indexOf(type.id) ?? -1;
    return index === -1 ? Number.MAX_SAFE_INTEGER : index;
  };
  return [...judgements].sort(
    (left, right) =>
      place[left.verdict] - place[right.verdict] || met(right) - met(left) || order(left) - order(right),
  );
}

/** A type fits after a drop when the drop touches each of the reasons that rule it out. */
function dropsThatHelp(
  needs: readonly CapabilityId[],
  judgements: readonly Judgement[],
): Advice['droppable'] {
  const without = (drop: readonly CapabilityId[]) => {
    const fits = judgements.filter(({ reasons }) =>
      reasons.every((reason) => reason.needs.some((need) => drop.includes(need))),
    );
    const conditional = fits.filter(({ conditions }) =>
      conditions.some((condition) => !condition.needs.some((need) => drop.includes(need))),
    );
    return {
      drop,
      fits: fits.map(({ type }) => type.id),
      conditional: conditional.map(({ type }) => type.id),
    };
  };
  const helps = ({ fits }: { fits: readonly NodeTypeId[] }) => fits.length > 0;
  if (needs.length < 2) return [];
  const single = needs.map((id) => without([id])).filter(helps);
  if (single.length > 0 || needs.length < 3) return single.slice(0, MOST_DROPS);
  const pairs = needs.flatMap((left, index) => needs.slice(index + 1).map((right) => [left, right]));
  return pairs.map(without).filter(helps).slice(0, MOST_DROPS);
}

function questionBack(facts: Facts, understood: Understood, unclear: boolean): string | undefined {
  const [contradiction] = understood.contradictions;
  if (contradiction !== undefined) {
    const label = facts.capabilities.get(contradiction)?.label ?? contradiction;
    return `You both ask for and refuse this: ${label}. Which one holds?`;
  }
  const [wide] = understood.wideWords;
  if (wide !== undefined) return wide.ask;
  if (!unclear) return undefined;
  const [named] = facts.nodeTypes.filter(({ id }) => understood.namedTypes.includes(id));
  if (named !== undefined)
    return `What must the nodes support? For example: "can ${named.name} run DaemonSets?"`;
  return 'What must the nodes support? For example: "windows and gpu", "serverless with EFS", "arm on spot, no ssh".';
}
