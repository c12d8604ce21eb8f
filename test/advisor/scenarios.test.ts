import { beforeAll, expect, it } from 'vitest';
import type { Facts } from '../../src/advisor/facts.js';
import { answeredScenarios } from '../../src/advisor/scenarios.js';
import { bruteForce, rawTable, shippedFacts } from './shipped.js';

let facts: Facts;
let table: Awaited<ReturnType<typeof rawTable>>;

beforeAll(async () => {
  facts = await shippedFacts();
  table = await rawTable();
});

it('the shipped scenarios are all asked, and each node type but one is the answer to some', () => {
  const asked = answeredScenarios(facts);
  expect(asked.length).toBe(facts.scenarios.length);
  expect(asked.length).toBeGreaterThanOrEqual(20);
  expect(new Set(asked.map(({ answer }) => answer)).size).toBe(facts.nodeTypes.length);
});

it('a scenario has one right answer, read off the table cell by cell, and all other node types as wrong ones', () => {
  const nameOf = (id: string) => facts.nodeTypes.find((type) => type.id === id)?.name;
  for (const { scenario, answer, wrong } of answeredScenarios(facts)) {
    const { suitable, conditional, ruledOut } = bruteForce(table, scenario.needs);
    expect([scenario.id, [...suitable, ...conditional].map(nameOf)]).toEqual([scenario.id, [answer]]);
    expect([...wrong].sort()).toEqual(ruledOut.map(nameOf).sort());
  }
});

it('no question gives its answer away', () => {
  for (const { question } of answeredScenarios(facts)) {
    for (const { name } of facts.nodeTypes) expect(question).not.toContain(name);
  }
});

it('the reasons name each node type that is out, and the pages have their dates', () => {
  for (const { wrong, reasons, pages } of answeredScenarios(facts)) {
    for (const name of wrong) expect(reasons.join('\n')).toContain(name);
    expect(reasons.join('\n')).not.toMatch(/read \d{4}/);
    expect(pages).toMatch(/, (read \d{4}|undated)/);
  }
});

it('an answer names two pages at most, and says how many more there are', () => {
  const named = answeredScenarios(facts).map(({ pages }) => pages.split('; '));
  for (const [, , more = 'and 1 more', ...others] of named) {
    expect(more).toMatch(/^and \d+ more$/);
    expect(others).toEqual([]);
  }
  expect(named.some(({ length }) => length === 3)).toBe(true);
});
