import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChoicesInput, Option } from '../../src/bot/reply.js';
import { chosenIn, isList, listsOf } from '../../src/platforms/lists.js';

const asking = (options: readonly Option[]): ChoicesInput => ({
  name: 'needs',
  label: 'Needs',
  kind: 'choices',
  options,
  values: [],
});

const option = fc.record(
  { label: fc.string(), value: fc.string(), group: fc.constantFrom('a', 'b', 'c', 'd') },
  { requiredKeys: ['label', 'value'] },
);

test('every option stands once, in lists that fit, whatever the groups', () => {
  const some = fc.uniqueArray(option, { selector: ({ value }) => value, minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(some, fc.integer({ min: 1, max: 30 }), (options, size) => {
      const most = Math.ceil(options.length / size);
      const lists = listsOf(asking([...options, ...options]), { size, most });
      expect(lists.length).toBeLessThanOrEqual(most);
      for (const list of lists) expect(list.options.length).toBeLessThanOrEqual(size);
      const shown = lists.flatMap((list) => list.options.map(({ value }) => value));
      expect([...shown].sort()).toEqual(options.map(({ value }) => value).sort());
      expect(new Set(lists.map(({ label }) => label)).size).toBe(lists.length);
      const chosen = lists.map(({ id, options: all }) => [id, all.map(({ value }) => value)] as const);
      expect(lists.every(({ id }) => isList(id))).toBe(true);
      expect(chosenIn(chosen)).toEqual({ needs: shown });
    }),
  );
});

test('a list says what it is of, and which one of several', () => {
  const under = (group: string, count: number) =>
    Array.from({ length: count }, (_, at) => ({ label: `${group}${at}`, value: `${group}${at}`, group }));
  const labels = (options: readonly Option[], size: number) =>
    listsOf(asking(options), { size, most: 9 }).map(({ label }) => label);
  expect(labels([...under('disks', 5), ...under('chips', 1)], 3)).toEqual([
    'Disks (1 of 2)',
    'Disks (2 of 2)',
    'Chips',
  ]);
  expect(labels([{ label: 'A', value: 'a' }], 3)).toEqual(['Needs']);
});

test('an input of a form has a name that is no list', () => {
  expect(['needs', 'time-zone', 'needs/x', 'a/0/b'].filter(isList)).toEqual([]);
  expect(chosenIn([])).toEqual({});
});
