import { beforeAll, describe, expect, test } from 'vitest';
import { completeTyped } from '../../src/bot/completion.js';
import { commands } from '../../src/commands/list.js';
import { loadLibrary } from '../../src/notes/library.js';
import type { Library } from '../../src/notes/model.js';

let library: Library;
beforeAll(async () => {
  library = await loadLibrary('content');
});

const complete = (text: string) => completeTyped(text, 'eks', commands, library).map((one) => one.text);
const everyCommand = commands.map(({ name }) => `/eks ${name} `);

describe('a text that begins with a slash is completed', () => {
  test.each(['/', '/e', '/EKS', '  /eks ', '/eks  '])('%j by every command', (text) => {
    expect(complete(text)).toEqual(everyCommand);
  });

  test.each(['/eks exp', '/EKS Exp', '/eks explain', '/exp', '/Explain'])('%j by the command', (text) => {
    expect(complete(text)).toEqual(['/eks explain ']);
  });

  test.each(['/eks explain etc', '/eks  explain   etc', '/explain etc'])('%j by the term', (text) => {
    expect(complete(text)).toContain('/eks explain etcd');
  });

  test.each(['/eks help top', '/help top'])('%j by the command that help is asked for', (text) => {
    expect(complete(text)).toEqual(['/eks help topics']);
  });
});

test.each(['', ' ', 'eks', 'explain etcd', 'what is /eks', '/dance', '/dance on', '/eks dance on'])(
  '%j is left alone',
  (text) => {
    expect(complete(text)).toEqual([]);
  },
);

test('never more is offered than a platform can show', () => {
  for (const text of ['/eks explain ', '/eks explain e', '/eks quiz ', '/eks review ']) {
    const offered = complete(text);
    expect(offered.length).toBeGreaterThan(0);
    expect(offered.length).toBeLessThanOrEqual(25);
  }
});
