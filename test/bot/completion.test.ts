import { beforeAll, describe, expect, test } from 'vitest';
import { completeTyped, proposeFor } from '../../src/bot/completion.js';
import { commands } from '../../src/commands/list.js';
import { loadLibrary } from '../../src/notes/library.js';
import type { Library } from '../../src/notes/model.js';

let library: Library;
beforeAll(async () => {
  library = await loadLibrary('content');
});

const now = () => ({ commandName: 'eks', commands, library, next: async () => ['kubelet', 'etcd'] });
const complete = async (text: string) => (await completeTyped(text, now())).map((one) => one.text);
const everyCommand = commands.map(({ name }) => `/eks ${name} `);

describe('a text that begins with a slash is completed', () => {
  test.each(['/', '/e', '/EKS', '  /eks ', '/eks  '])('%j by every command', async (text) => {
    expect(await complete(text)).toEqual(everyCommand);
  });

  test.each(['/eks exp', '/EKS Exp', '/eks explain', '/exp', '/Explain'])(
    '%j by the command',
    async (text) => {
      expect(await complete(text)).toEqual(['/eks explain ']);
    },
  );

  test.each(['/eks explain etc', '/eks  explain   etc', '/explain etc'])('%j by the term', async (text) => {
    expect(await complete(text)).toContain('/eks explain etcd');
  });

  test.each(['/eks help top', '/help top'])('%j by the command that help is asked for', async (text) => {
    expect(await complete(text)).toEqual(['/eks help topics']);
  });
});

test.each(['', ' ', 'eks', 'explain etcd', 'what is /eks', '/dance', '/dance on', '/eks dance on'])(
  '%j is left alone',
  async (text) => {
    expect(await complete(text)).toEqual([]);
  },
);

test('never more is offered than a platform can show', async () => {
  for (const text of ['/eks explain ', '/eks explain e', '/eks quiz ', '/eks review ']) {
    const offered = await complete(text);
    expect(offered.length).toBeGreaterThan(0);
    expect(offered.length).toBeLessThanOrEqual(25);
  }
});

const propose = async (name: string, argument: string, typed: string) => {
  const command = commands.find((candidate) => candidate.name === name) ?? expect.fail(`no command ${name}`);
  return (await proposeFor(command, argument, typed, now())).map(({ value }) => value);
};

test('an argument with nothing typed yet is offered what the learner meets next, then the notes from the first on', async () => {
  const offered = await propose('explain', 'query', '');
  expect(offered.slice(0, 2)).toEqual(['kubelet', 'etcd']);
  expect(offered).toHaveLength(25);
  expect(new Set(offered).size).toBe(25);
});

test.each([
  ['explain', 'query', 'etdc', 'etcd'],
  ['explain', 'query', 'fargte', 'Fargate'],
  ['review', 'topic', 'control plnae', 'Control plane'],
])('%s finds what %s means by %j', async (command, argument, typed, term) => {
  expect(await propose(command, argument, typed)).toContain(term);
});

test('a time zone is found by any part of its name, with blanks or without', async () => {
  expect(await propose('settings', 'time-zone', 'berl')).toEqual(['Europe/Berlin']);
  expect(await propose('settings', 'time-zone', 'new york')).toEqual(['America/New_York']);
  expect(await propose('settings', 'time-zone', '')).toHaveLength(25);
  expect(await propose('settings', 'retention', '9')).toEqual([]);
});
