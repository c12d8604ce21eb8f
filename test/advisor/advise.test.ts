import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Advice, advise } from '../../src/advisor/advise.js';
import type { Facts } from '../../src/advisor/facts.js';
import { CapabilityId } from '../../src/advisor/model.js';
import { needing } from '../../src/advisor/needing.js';
import { understandNeeds } from '../../src/advisor/understand.js';
import { bruteForce, rawTable, shippedFacts } from './shipped.js';

let facts: Facts;
let table: Awaited<ReturnType<typeof rawTable>>;

beforeAll(async () => {
  facts = await shippedFacts();
  table = await rawTable();
});

function ids(names: readonly string[]): CapabilityId[] {
  return names.map((name) => CapabilityId.parse(name));
}

function sets(advice: Advice) {
  return {
    suitable: [...advice.suitable].sort(),
    conditional: Object.keys(advice.conditional).sort(),
    ruledOut: Object.keys(advice.ruledOut).sort(),
  };
}

function expected(needs: readonly string[]) {
  const { suitable, conditional, ruledOut } = bruteForce(table, needs);
  return { suitable: suitable.sort(), conditional: conditional.sort(), ruledOut: ruledOut.sort() };
}

describe('one need', () => {
  it('gets for every node type what its cell says, with the condition and the page', () => {
    expect(table.cells).toHaveLength(250);
    for (const { capability, label, type, support, condition, source } of table.cells) {
      const advice = advise(facts, needing(ids([capability])));
      const said = {
        yes: advice.suitable.some((id) => id === type),
        limited: type in advice.conditional,
        no: type in advice.ruledOut,
      };
      expect({ capability, type, ...said }).toEqual({
        capability,
        type,
        yes: support === 'yes',
        limited: support === 'limited',
        no: support === 'no',
      });
      const lines = [...(advice.conditional[type] ?? []), ...(advice.ruledOut[type] ?? [])];
      if (support === 'yes') continue;
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(label);
      expect(lines[0]).toContain(condition ?? '');
      expect(lines[0]).toContain([...facts.sources.values()].find(({ id }) => id === source)?.title ?? '?');
    }
  });

  it('names the need and its page for every type that is out', () => {
    const advice = advise(facts, understandNeeds(facts, 'daemonsets'));
    expect(advice.ruledOut).toEqual({
      fargate: [
        'Kubernetes DaemonSets: not supported. Run the agent as a sidecar container in each Pod instead. (Simplify compute management with AWS Fargate, read 2025-11-07)',
      ],
    });
  });

  it('marks what no page confirms', () => {
    const advice = advise(facts, understandNeeds(facts, 'trainium'));
    expect(advice.ruledOut['fargate']?.[0]).toContain('[unconfirmed: Fargate page rules out GPUs');
  });
});

describe('several needs', () => {
  it('meet every combination rule, for the node types that it is about', () => {
    expect(table.rules).toHaveLength(25);
    for (const rule of table.rules) {
      const advice = advise(facts, needing(ids(rule.needs)));
      expect({ needs: rule.needs, ...sets(advice) }).toEqual({ needs: rule.needs, ...expected(rule.needs) });
      const lines = rule.verdict === 'no' ? advice.ruledOut : advice.conditional;
      for (const type of rule.types ?? (rule.verdict === 'no' ? table.types : Object.keys(lines))) {
        expect(lines[type]?.join('\n')).toContain(rule.reason);
      }
    }
  });

  it('answer windows and gpu with the types that can, under the condition', () => {
    const advice = advise(facts, understandNeeds(facts, 'windows and gpu'));
    expect(advice.outcome).toBe('conditional');
    expect(advice.suitable).toEqual([]);
    expect(Object.keys(advice.conditional)).toEqual(['managed-node-group', 'self-managed']);
    expect(advice.conditional['managed-node-group']).toEqual([
      expect.stringContaining(
        'Only with a third-party DirectX plugin that AWS does not support, on G instances.',
      ),
    ]);
    expect(Object.keys(advice.ruledOut).sort()).toEqual(['auto-mode', 'fargate', 'hybrid']);
  });

  it('never recommend a type that the facts rule out, whatever the combination', () => {
    const all = [...facts.capabilities.keys()];
    fc.assert(
      fc.property(fc.subarray(all, { maxLength: 8, minLength: 1 }), (needs) => {
        expect(sets(advise(facts, needing(needs)))).toEqual(expected(needs));
      }),
      { numRuns: 500 },
    );
  });

  it('say the same whether picked from a list or typed as words', () => {
    const all = [...facts.capabilities.values()];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { maxLength: 4, minLength: 1 }), (needs) => {
        const typed = understandNeeds(facts, needs.map(({ id }) => id).join(', '));
        expect([...typed.needs].sort()).toEqual(needs.map(({ id }) => id).sort());
        const picked = advise(facts, needing(needs.map(({ id }) => id)));
        expect(sets(advise(facts, typed))).toEqual(sets(picked));
      }),
      { numRuns: 200 },
    );
  });

  it('that leave nothing name the fewest needs without which something fits', () => {
    const all = [...facts.capabilities.keys()];
    let none = 0;
    fc.assert(
      fc.property(fc.subarray(all, { minLength: 2, maxLength: 6 }), (needs) => {
        const advice = advise(facts, needing(needs));
        const fitting = (drop: readonly string[]) => {
          const { suitable, conditional } = bruteForce(
            table,
            needs.filter((id) => !drop.includes(id)),
          );
          return [...suitable, ...conditional].sort();
        };
        for (const { drop, fits, conditional } of advice.droppable) {
          expect([...fits].sort()).toEqual(fitting(drop));
          const left = needs.filter((id) => !drop.includes(id));
          expect([...conditional].sort()).toEqual(bruteForce(table, left).conditional.sort());
        }
        if (advice.outcome !== 'none') return;
        none += 1;
        const alone = needs.filter((id) => fitting([id]).length > 0);
        const single = advice.droppable.filter(({ drop }) => drop.length === 1);
        expect(single.flatMap(({ drop }) => drop)).toEqual(alone.slice(0, 4));
      }),
      { numRuns: 200 },
    );
    expect(none).toBeGreaterThan(20);
  });

  it('that leave nothing are told apart: a custom image or no nodes to manage', () => {
    const advice = advise(facts, understandNeeds(facts, 'serverless with a custom AMI'));
    expect(advice.outcome).toBe('none');
    expect(advice.droppable.map(({ drop }) => drop)).toEqual([['no-node-management'], ['custom-ami']]);
  });
});

describe('the order of what fits', () => {
  it('goes by least work where nothing else is wished', () => {
    expect(advise(facts, understandNeeds(facts, 'linux')).suitable).toEqual([
      'auto-mode',
      'fargate',
      'managed-node-group',
      'self-managed',
      'hybrid',
    ]);
  });

  it('follows a stated preference', () => {
    expect(advise(facts, understandNeeds(facts, 'daemonsets with most control')).suitable[0]).toBe(
      'self-managed',
    );
    expect(advise(facts, understandNeeds(facts, 'cheapest for daemonsets')).suitable[0]).toBe(
      'managed-node-group',
    );
  });

  it('puts first what also meets a wish, and rules nothing out by it', () => {
    const plain = advise(facts, understandNeeds(facts, 'daemonsets'));
    const wished = advise(facts, understandNeeds(facts, 'daemonsets, ideally ssh'));
    expect(plain.suitable[0]).toBe('auto-mode');
    expect(wished.suitable.at(-1)).toBe('auto-mode');
    expect([...wished.suitable].sort()).toEqual([...plain.suitable].sort());
  });
});

describe('what was not settled', () => {
  it.each([
    ['', 'What must the nodes support?'],
    ['???', 'What must the nodes support?'],
    ['no gpu', 'What must the nodes support?'],
    ['storage for our team', 'Which storage:'],
    ['windows and no windows', 'You both ask for and refuse this: Windows containers.'],
    ['fargate', 'can AWS Fargate run DaemonSets?'],
  ])('asks one thing back: %j', (text, question) => {
    const advice = advise(facts, understandNeeds(facts, text));
    expect(advice.outcome).toBe('unclear');
    expect(advice.question).toContain(question);
    expect(advice.suitable).toEqual([]);
  });

  it('rules out a node type that the asker does not want, and says so', () => {
    const advice = advise(facts, understandNeeds(facts, 'efs, but not fargate'));
    expect(advice.ruledOut['fargate']).toEqual(['you ruled it out']);
  });
});
