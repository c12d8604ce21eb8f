import type { Command } from './command.js';

/** The longest text that is read as a command, in characters. */
export const TEXT_LIMIT = 1000;

/** What a typed line turned out to be. */
export type Typed =
  | { readonly kind: 'command'; readonly command: Command; readonly raw: Readonly<Record<string, string>> }
  | { readonly kind: 'unknown'; readonly word: string; readonly all: string }
  /** `afterName`: the text without the command's name in front, where it has one. */
  | { readonly kind: 'plain'; readonly text: string; readonly afterName: string }
  | { readonly kind: 'empty' };

const CLOSING: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '”': '”',
  '„': '“',
  '«': '»',
  '»': '«',
  "'": "'",
  '‘': '’',
};

/**
 * Reads '/eks explain etcd', '@eks explain etcd', 'eks explain etcd', 'explain etcd' or a plain sentence.
 * Arguments come in order, by name ('new-per-day=5'), or quoted in any usual kind of quotes.
 */
export function readTyped(text: string, commandName: string, commands: readonly Command[]): Typed {
  const trimmed = text.trim();
  const [first = '', ...others] = trimmed.split(/\s+/);
  const prefixed = first.toLowerCase().replace(/^[/@]/, '') === commandName;
  const body = prefixed ? trimmed.slice(first.length).trim() : trimmed.replace(/^\//, '');
  if (body === '') return { kind: 'empty' };
  const word = prefixed ? (others[0] ?? '') : first.replace(/^\//, '');
  const command = commands.find((candidate) => candidate.name === word.toLowerCase());
  if (command) return { kind: 'command', command, raw: readArguments(body.slice(word.length), command) };
  // Without the slash the command's name may be a word of a question: 'EKS auto mode'.
  return first.startsWith('/')
    ? { kind: 'unknown', word, all: body }
    : { kind: 'plain', text: trimmed, afterName: body };
}

function readArguments(text: string, command: Command): Record<string, string> {
  const names = Object.keys(command.args.shape);
  const raw: Record<string, string> = {};
  const rest: string[] = [];
  for (const { name, value } of readWords(text, names)) {
    const place = name ?? names.find((open) => open !== command.rest && raw[open] === undefined);
    if (place === undefined || place === command.rest) rest.push(value);
    else raw[place] = value;
  }
  if (command.rest !== undefined && rest.length > 0) raw[command.rest] = rest.join(' ');
  return raw;
}

interface Word {
  /** The argument that it was given for. */
  readonly name: string | undefined;
  readonly value: string;
}

/** Words and quoted runs, each with the name before it: 'a "b c" topic="d e"'. */
function readWords(text: string, names: readonly string[]): Word[] {
  const words: Word[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const [head = '', typed = ''] = /^([a-z-]+)\s*[=:]\s*(?=\S)/i.exec(rest) ?? [];
    const name = names.find((candidate) => candidate === typed.toLowerCase());
    if (name !== undefined) rest = rest.slice(head.length);
    const { value, length } = readWord(rest);
    words.push({ name, value });
    rest = rest.slice(length).trim();
  }
  return words;
}

/** The quoted run or the word at the start of a text; a quote before a letter ('don't') closes nothing. */
function readWord(text: string): { value: string; length: number } {
  const close = CLOSING[text.charAt(0)];
  let end = close === undefined ? -1 : text.indexOf(close, 1);
  while (close !== undefined && end > 0 && /^[\p{L}\p{N}]/u.test(text.slice(end + 1))) {
    end = text.indexOf(close, end + 1);
  }
  if (end > 0) return { value: text.slice(1, end).trim(), length: end + 1 };
  const [value = text] = /^\S+/.exec(text) ?? [];
  return { value, length: value.length };
}
