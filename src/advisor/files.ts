import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { FactProblem } from './model.js';
import { FactFile } from './schema.js';

const LARGEST_FILE = 5_000_000;

type Path = readonly (string | number)[];

/** A file of facts whose shape is right, and where each part of it stands. */
export interface ReadFile {
  readonly note: string;
  readonly content: FactFile;
  /** The line of what stands at a path, or of the nearest thing around it. */
  lineOf(path: Path): number;
}

/** A file of facts by its path relative to the content folder, with forward slashes. */
export interface FactText {
  readonly note: string;
  readonly text: string;
}

/** Files of facts, and why others could not be read. */
export interface FactFiles {
  readonly files: readonly ReadFile[];
  readonly problems: readonly FactProblem[];
}

const FACT_PATH = /^node-types\/[^./][^/]*\.ya?ml$/i;

/** Whether a path within a content folder is that of a file of facts. */
export function isFactPath(path: string): boolean {
  return FACT_PATH.test(path);
}

/** Tells states of the files of facts apart: every edit makes another stamp. Empty where there are none. */
export async function stampFacts(dir: string): Promise<string> {
  const states = (await factFileNames(dir)).map(async (note) => {
    const state = await stat(join(dir, note), { bigint: true }).catch(() => undefined);
    return `${note} ${state?.ino} ${state?.size} ${state?.mtimeNs} ${state?.ctimeNs}`;
  });
  return (await Promise.all(states)).join('\n');
}

/** Reads every YAML file of `dir/node-types`. Undefined where the folder has none; unreadable files become problems. */
export async function readFactFiles(dir: string): Promise<FactFiles | undefined> {
  const names = await factFileNames(dir);
  return gathered(await Promise.all(names.map((note) => readFactFile(dir, note))));
}

/** Reads files of facts already at hand; undefined where there are none. */
export function readFactTexts(texts: readonly FactText[]): FactFiles | undefined {
  return gathered(texts.map(({ note, text }) => parseFactFile(note, text)));
}

function gathered(results: readonly (ReadFile | readonly FactProblem[])[]): FactFiles | undefined {
  if (results.length === 0) return undefined;
  const files: ReadFile[] = [];
  const problems: FactProblem[] = [];
  for (const result of results) {
    if ('content' in result) files.push(result);
    else problems.push(...result);
  }
  return { files, problems };
}

async function factFileNames(dir: string): Promise<readonly string[]> {
  try {
    const names = await readdir(join(dir, 'node-types'));
    return names
      .map((name) => `node-types/${name}`)
      .filter(isFactPath)
      .sort();
  } catch {
    return [];
  }
}

async function readFactFile(dir: string, note: string): Promise<ReadFile | readonly FactProblem[]> {
  const failure = (message: string): readonly FactProblem[] => [
    { severity: 'error', note, line: 1, message },
  ];
  try {
    const path = join(dir, note);
    const info = await stat(path);
    if (!info.isFile()) return failure('This is no file. Remove it or put the facts here.');
    if (info.size > LARGEST_FILE) return failure('This file is larger than 5 MB. Split it.');
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
    return parseFactFile(note, text);
  } catch (error) {
    if (error instanceof TypeError) return failure('This file is not UTF-8 text. Save it as UTF-8.');
    return failure(`This file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Reads one file's text; the problems name the line, counted from 1. */
function parseFactFile(note: string, text: string): ReadFile | readonly FactProblem[] {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  if (document.errors.length > 0) {
    return document.errors.map((error) => ({
      severity: 'error' as const,
      note,
      line: counter.linePos(error.pos[0]).line,
      message: `This is no valid YAML: ${error.message}`,
    }));
  }
  const lineOf = (path: Path) => counter.linePos(offsetOf(document, path)).line;
  const value = plainValue(document);
  if (value instanceof Error) {
    return [{ severity: 'error', note, line: 1, message: `This YAML cannot be used: ${value.message}` }];
  }
  const parsed = FactFile.safeParse(value ?? {});
  if (parsed.success) return { note, content: parsed.data, lineOf };
  return parsed.error.issues.map((issue) => ({
    severity: 'error' as const,
    note,
    line: lineOf(pathOf(issue)),
    message: describe(issue, value),
  }));
}

/** Aliases that multiply without end make the library throw. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function offsetOf(document: Document, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
      if (pair !== undefined && isNode(pair.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function pathOf(issue: z.core.$ZodIssue): Path {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const key = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  return key === undefined ? path : [...path, key];
}

function describe(issue: z.core.$ZodIssue, root: unknown): string {
  const place = placeOf(issue.path, root);
  const at = place === '' ? '' : `${place}: `;
  const last = String(issue.path.at(-1) ?? '');
  if (issue.code === 'unrecognized_keys') {
    return `${at}unknown ${issue.keys.length === 1 ? 'key' : 'keys'} ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
  }
  if (issue.code === 'invalid_key') return `${at}${issue.issues[0]?.message ?? issue.message}`;
  if (isMissing(issue.path, root)) return `${placeOf(issue.path.slice(0, -1), root)}: "${last}" is missing`;
  if (issue.code === 'invalid_value') return `${at}must be ${issue.values.map(String).join(', ')}`;
  return `${at}${issue.message}`;
}

function isMissing(path: readonly PropertyKey[], root: unknown): boolean {
  return path.length > 0 && steps(path, root).at(-1) === undefined;
}

function steps(path: readonly PropertyKey[], root: unknown): unknown[] {
  let value: unknown = root;
  return path.map((part) => {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined;
    return value;
  });
}

/** 'capabilities "gpu", support, fargate': list items by their id or name where they have one. */
function placeOf(path: readonly PropertyKey[], root: unknown): string {
  const values = steps(path, root);
  const parts: string[] = [];
  path.forEach((part, index) => {
    if (typeof part !== 'number') {
      parts.push(String(part));
      return;
    }
    const item = values[index];
    const name =
      typeof item === 'object' && item !== null
        ? (Reflect.get(item, 'id') ?? Reflect.get(item, 'name'))
        : undefined;
    parts.push(`${parts.pop() ?? 'item'} ${typeof name === 'string' ? `"${name}"` : `number ${part + 1}`}`);
  });
  return parts.join(', ');
}
