import type { NoteFile } from '../files.js';
import { wordsOf } from '../grammar.js';
import type { Problem } from '../model.js';
import type { Outline, OutlineNode } from '../reading/outline.js';

/** Words above which a bullet is hard to recall; two sentences of ordinary length are fewer. */
const LONGEST_BULLET = 45;

/** A note as its author wrote it, beside what is read of it. */
export interface Outlined extends NoteFile {
  readonly outline: Outline;
}

/** What single lines of a note tell without knowing what they mean. */
export function lintLines({ note, text, outline }: Outlined): readonly Problem[] {
  const found: Problem[] = [];
  const tell = (severity: 'warning' | 'info', line: number, message: string) => {
    found.push({ severity, note, line, message });
  };
  const visit = (nodes: readonly OutlineNode[], above: OutlineNode | undefined) => {
    for (const [index, node] of nodes.entries()) {
      for (const [severity, message] of remarksOn(node, index === 0 && above?.kind !== 'bullet')) {
        tell(severity, node.line, message);
      }
      visit(node.children, node);
    }
  };
  visit(outline.children, undefined);
  for (const line of struckLines(text)) {
    tell(
      'info',
      line,
      'Struck text is left out. Remove it once it is surely wrong, or write what holds now.',
    );
  }
  return found;
}

function* remarksOn(node: OutlineNode, isFirst: boolean): Generator<readonly ['warning' | 'info', string]> {
  const { kind, words, children } = node;
  if (kind === 'heading' && children.length === 0 && words.text !== '') {
    yield [
      'info',
      `Nothing stands under the heading "${short(words.text)}". Write something there, or remove it.`,
    ];
  }
  const count = kind === 'bullet' ? wordsOf(words.text).length : 0;
  if (count > LONGEST_BULLET) {
    yield [
      'info',
      `This bullet has ${count} words. Split it into one fact to a bullet, so that each can be asked.`,
    ];
  }
  if (isFirst && (kind === 'bullet' || kind === 'paragraph') && POINTS_BACK.test(words.text)) {
    const word = words.text.split(/\s/)[0] ?? '';
    yield ['warning', `"${word}" points at something above, and nothing stands above. Name what is meant.`];
  }
}

/** 'These run on ...' and 'Both are ...' with nothing of the kind in the same line. */
const POINTS_BACK = /^(these|those|both|the latter|the former|the above|same)\b(?! (?:of )?\p{L}+ and\b)/iu;

/** Lines with struck text outside code. */
function struckLines(text: string): readonly number[] {
  let fence = '';
  return text.split(/\r\n|\r|\n/).flatMap((line, index) => {
    const mark = /^\s*(?:[-*+]\s+)?(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (mark !== '' && (fence === '' || mark.startsWith(fence))) fence = fence === '' ? mark : '';
    if (fence !== '' || mark !== '') return [];
    return /~~(?=\S)[^~]+(?<=\S)~~/.test(line.replace(/`[^`]*`/g, '')) ? [index + 1] : [];
  });
}

function short(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60).replace(/\s+\S*$/, '')} …`;
}
