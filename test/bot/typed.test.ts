import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineCommand } from '../../src/bot/command.js';
import { readTyped } from '../../src/bot/typed.js';

const silence = async () => ({ text: '', visibility: 'private' as const });
const explain = defineCommand({
  name: 'explain',
  summary: 'Explain',
  examples: ['explain etcd'],
  args: z.object({ query: z.string() }),
  rest: 'query',
  run: silence,
});
const settings = defineCommand({
  name: 'settings',
  summary: 'Settings',
  examples: ['settings'],
  args: z.object({ 'time-zone': z.string().optional(), 'new-per-day': z.string().optional() }),
  run: silence,
});
const commands = [explain, settings];
const read = (text: string) => readTyped(text, 'eks', commands);

test.each([
  ['/eks explain etcd', 'etcd'],
  ['eks explain etcd', 'etcd'],
  ['/EKS EXPLAIN etcd', 'etcd'],
  ['@eks explain etcd', 'etcd'],
  ['explain etcd', 'etcd'],
  ['/explain etcd', 'etcd'],
  ['  /eks   explain   the  control plane ', 'the control plane'],
  ['/eks explain "what stores cluster state?"', 'what stores cluster state?'],
  ['/eks explain “what stores cluster state?”', 'what stores cluster state?'],
  ["/eks explain 'kube-proxy'", 'kube-proxy'],
  ["/eks explain what doesn't a pod share", "what doesn't a pod share"],
  ['/eks explain "unclosed quote', '"unclosed quote'],
  ['/eks explain query=etcd', 'etcd'],
  ['/eks explain __proto__=1', '__proto__=1'],
  ['/eks explain query="what stores state" and why', 'what stores state and why'],
  ['/eks explain Query: what is etcd', 'what is etcd'],
  ["/eks explain 'what doesn't a pod share'", "what doesn't a pod share"],
  ['/eks explain »etcd«', 'etcd'],
  ['/eks explain query=', 'query='],
])('%s asks for the explanation of its words', (text, query) => {
  expect(read(text)).toMatchObject({ kind: 'command', command: { name: 'explain' }, raw: { query } });
});

test('arguments come by name or in order', () => {
  const raw = { 'time-zone': 'Europe/Berlin', 'new-per-day': '7' };
  expect(read('/eks settings Europe/Berlin 7')).toMatchObject({ raw });
  expect(read('/eks settings new-per-day=7 time-zone:Europe/Berlin')).toMatchObject({ raw });
  expect(read('/eks settings time-zone="Europe/Berlin" new-per-day = 7')).toMatchObject({ raw });
  expect(read('/eks settings new-per-day: 7 Europe/Berlin')).toMatchObject({ raw });
});

test('a command that is not known is told from a plain sentence and from nothing', () => {
  expect(read('/eks dance now')).toEqual({ kind: 'unknown', word: 'dance', all: 'dance now' });
  expect(read('/dance')).toMatchObject({ kind: 'unknown', word: 'dance' });
  expect(read('what stores cluster state?')).toMatchObject({
    kind: 'plain',
    text: 'what stores cluster state?',
  });
  expect(read('EKS auto mode')).toMatchObject({ kind: 'plain', afterName: 'auto mode' });
  expect(read(' /eks ')).toEqual({ kind: 'empty' });
  expect(read('')).toEqual({ kind: 'empty' });
});

test('no text makes the reader throw or lose words', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const result = read(`/eks explain ${text}`);
      const words = (value: string) => value.replace(/[\s"'“”„«»‘’]+/gu, '');
      const query = result.kind === 'command' ? (result.raw['query'] ?? '') : '';
      const named = /query\s*[=:]/i.test(text);
      expect(result.kind).toBe('command');
      if (!named) expect(words(query)).toBe(words(text));
    }),
  );
});
