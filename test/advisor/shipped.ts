import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { parse } from 'yaml';
import { type Facts, loadFacts } from '../../src/advisor/facts.js';

/** The shipped facts, as the adviser loads them. */
export async function shippedFacts(): Promise<Facts> {
  const { facts, problems } = await loadFacts('content', new Date('2026-03-01T00:00:00Z'));
  if (facts === undefined)
    throw new Error(problems.map(({ note, line, message }) => `${note}:${line} ${message}`).join('\n'));
  return facts;
}

/** A row of the table as it stands in the file, read without the adviser's code. */
export interface RawCell {
  readonly capability: string;
  readonly label: string;
  readonly type: string;
  readonly support: string;
  readonly condition: string | undefined;
  readonly source: string;
}

export interface RawRule {
  readonly needs: readonly string[];
  readonly verdict: string;
  readonly types: readonly string[] | undefined;
  readonly reason: string;
}

/** The files as plain data: what the adviser is held against. */
export async function rawTable(): Promise<{
  cells: readonly RawCell[];
  rules: readonly RawRule[];
  types: readonly string[];
}> {
  const names = (await readdir('content/node-types')).filter((name) => name.endsWith('.yaml'));
  const files: readonly Record<string, unknown>[] = names.map((name) =>
    parse(readFileSync(`content/node-types/${name}`, 'utf8')),
  );
  const list = (key: string) => files.flatMap((file) => (Array.isArray(file[key]) ? file[key] : []));
  const cells = list('capabilities').flatMap((capability) =>
    Object.entries<Record<string, string>>(capability.support).map(([type, cell]) => ({
      capability: String(capability.id),
      label: String(capability.label),
      type,
      support: String(cell['support']),
      condition: cell['condition'],
      source: String(cell['source']),
    })),
  );
  const rules = list('combinations').map(({ needs, verdict, types, reason }) => ({
    needs,
    verdict,
    types,
    reason,
  }));
  return { cells, rules, types: list('nodeTypes').map(({ id }) => String(id)) };
}

/** What the table says of needs, read cell by cell: the plainest reading there is. */
export function bruteForce(
  { cells, rules, types }: Awaited<ReturnType<typeof rawTable>>,
  needs: readonly string[],
): { suitable: string[]; conditional: string[]; ruledOut: string[] } {
  const verdicts = types.map((type) => {
    let worst = 0;
    for (const need of needs) {
      const cell = cells.find((candidate) => candidate.capability === need && candidate.type === type);
      worst = Math.max(worst, ['yes', 'limited', 'no'].indexOf(cell?.support ?? 'no'));
    }
    for (const rule of rules) {
      if (rule.types !== undefined && !rule.types.includes(type)) continue;
      if (rule.needs.some((need) => !needs.includes(need))) continue;
      worst = Math.max(worst, rule.verdict === 'no' ? 2 : 1);
    }
    return { type, worst };
  });
  const of = (wanted: number) => verdicts.filter(({ worst }) => worst === wanted).map(({ type }) => type);
  return { suitable: of(0), conditional: of(1), ruledOut: of(2) };
}
