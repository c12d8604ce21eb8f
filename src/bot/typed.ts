import type { Command } from './command.js';

/** The longest text that is read as a command, in characters. */
export const TEXT_LIMIT = 1000;

/** What a typed line turned out to be. */
export type Typed =
  | { readonly kind: 'command'; readonly command: Command; readonly raw: Readonly<Record<string, string>> }
  | { readonly kind: 'unknown'; readonly word: string; readonly all: string }
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'empty' };

const QUOTES: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '”': '”',
  '„': '“',
  '«': '»',
  "'": "'",
  '‘': '’',
};

/**
 * Reads '/eks explain etcd', 'eks explain etcd', 'explain etcd' or a plain sentence.
 * Arguments come in order, by name ('new-per-day=5'), or quoted in any usual kind of quotes.
 */
export function readTyped(text: string, commandName: string, commands: readonly Command[]): Typed {
  const trimmed = text.trim();
  const [first = '', ...others] = trimmed.split(/\s+/);
  const prefixed = first.toLowerCase() === `/${commandName}` || first.toLowerCase() === commandName;
  const body = prefixed ? trimmed.slice(first.length).trim() : trimmed.replace(/^\//, '');
  if (body === '') return { kind: 'empty' };
  const word = prefixed ? (others[0] ?? '') : first.replace(/^\//, '');
  const command = commands.find((candidate) => candidate.name === word.toLowerCase());
  if (command) return { kind: 'command', command, raw: readArguments(body.slice(word.length), command) };
  if (prefixed || first.startsWith('/')) return { kind: 'unknown', word, all: body };
  return { kind: 'plain', text: trimmed };
}

function readArguments(text: string, command: Command): Record<string, string> {
  const names = Object.keys(command.args.shape);
  const raw: Record<string, string> = {};
  const rest: string[] = [];
  const open = names.filter((name) => name !== command.rest);
  for (const word of splitWords(text)) {
    const named = word.quoted ? undefined : nameIn(word.text, names);
    if (named) raw[named.name] = named.value;
    else if (command.rest === undefined || open.some((name) => raw[name] === undefined)) {
      const name = open.find((candidate) => raw[candidate] === undefined);
      if (name === undefined) rest.push(word.text);
      else raw[name] = word.text;
    } else rest.push(word.text);
  }
  if (command.rest !== undefined && rest.length > 0) raw[command.rest] = rest.join(' ');
  return raw;
}

function nameIn(word: string, names: readonly string[]): { name: string; value: string } | undefined {
  const match = /^([a-z-]+)[=:](.+)$/i.exec(word);
  const name = names.find((candidate) => candidate === match?.[1]?.toLowerCase());
  return name !== undefined && match?.[2] !== undefined ? { name, value: match[2] } : undefined;
}

/** Words and quoted runs; a quote inside a word ('don't') is part of it. */
function splitWords(text: string): { text: string; quoted: boolean }[] {
  const words: { text: string; quoted: boolean }[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const close = QUOTES[text.charAt(at)];
    const end = close === undefined ? -1 : text.indexOf(close, at + 1);
    if (end > at) {
      words.push({ text: text.slice(at + 1, end).trim(), quoted: true });
      at = end + 1;
      continue;
    }
    const word = /^\S+/.exec(text.slice(at))?.[0] ?? '';
    words.push({ text: word, quoted: false });
    at += word.length;
  }
  return words;
}
