import { describe, expect, it } from 'vitest';
import { otherMeaning } from '../../../src/notes/edits/meaning.js';

const fact = (back: string) => ({ kind: 'fact', front: 'What is said?', back }) as const;
const list = (back: string) => ({ kind: 'list', front: 'Which are there?', back }) as const;

describe('a text that says something else', () => {
  it.each([
    ['numbers', 'Keeps copies for 30 days', 'Keeps copies for 7 days'],
    ['numbers', 'Runs in two zones', 'Runs in 3 zones'],
    ['numbers', 'Holds up to 5 GB', 'Holds up to 5 TB'],
    ['numbers', 'Costs 0.10 for each hour', 'Costs 0.01 for each hour'],
    ['numbers', 'Speaks IPv4', 'Speaks IPv6'],
    ['negation', 'It can be restarted', 'It cannot be restarted'],
    ['negation', 'Needs no agent', 'Needs an agent'],
    ['negation', "Pods don't survive a node", 'Pods survive a node'],
    ['opposite', 'Traffic is allowed by default', 'Traffic is denied by default'],
    ['opposite', 'Lies in a public subnet', 'Lies in a private subnet'],
    ['necessity', 'A name must be unique', 'A name may be unique'],
    ['necessity', 'Works in one region', 'Works only in one region'],
    ['other words', 'Routes packets between networks', 'Stores secrets of users'],
  ])('%s: %s -> %s', (what, before, now) => {
    expect(otherMeaning(fact(before), fact(now))).toBe(what);
    expect(otherMeaning(fact(now), fact(before))).toBe(what);
  });

  it.each([
    ['members', '- Straw: dry\n- Bark: lasting', '- Straw: dry'],
    ['members', '- Straw\n- Bark', '- Straw\n- Compost'],
    ['numbers', '- Straw: lasts 1 year\n- Bark', '- Straw: lasts 2 years\n- Bark'],
  ])('%s of a list', (what, before, now) => {
    expect(otherMeaning(list(before), list(now))).toBe(what);
  });
});

describe('a text that says the same', () => {
  it.each([
    ['Keeps copies for 30 days', 'Copies are kept for 30 days'],
    ['Holds 1,000 items', 'Holds 1000 items'],
    ['Holds 5 GB', 'Holds `5GB`'],
    ['Runs in two zones', 'It runs in 2 zones'],
    ['Waits 30 seconds', 'Waits 30 s'],
    ['Can be scaled for performance', 'Scales for performance'],
    ['It does not restart', "It doesn't restart"],
    ['A lock that is held by one node', 'A lock, held by one node'],
    ['The agent recieves work', 'The agent receives work'],
  ])('%s -> %s', (before, now) => {
    expect(otherMeaning(fact(before), fact(now))).toBeUndefined();
  });

  it('a list in another order, with a gloss in other words', () => {
    const before = list('- Straw: keeps berries clean and dry\n- Bark: lasts for years');
    const now = list('- Bark: lasts for years\n- straw: keeps the berries dry and clean');
    expect(otherMeaning(before, now)).toBeUndefined();
  });
});
