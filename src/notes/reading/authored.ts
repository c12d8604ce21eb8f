import type { OutlineNode } from './outline.js';
import { markdownOf, maskCode, plainWords, sliceWords, type Words } from './words.js';

/** A card as its author wrote it. */
export interface AuthorCard {
  readonly front: Words;
  readonly back: Words;
  readonly endLine: number;
  /** Lines below it that are no part of the card. */
  readonly rest: readonly OutlineNode[];
  /** Whether its back asks for its front as well. */
  readonly reversible?: boolean;
  /** How many of the next siblings the card took in. */
  readonly took: number;
}

/** Reads `front::back`, `front:::back`, `Q:` with `A:`, `==cloze==` and `{{cloze}}`; undefined where the line is none of them. */
export function authorCard(node: OutlineNode, next: OutlineNode | undefined): AuthorCard | undefined {
  if (node.kind === 'row' || node.kind === 'heading') return undefined;
  return questionAndAnswer(node, next) ?? cloze(node) ?? frontAndBack(node);
}

function questionAndAnswer(node: OutlineNode, next: OutlineNode | undefined): AuthorCard | undefined {
  const { words } = node;
  const start = /^Q\s?[:：]\s*/i.exec(words.text);
  if (!start) return undefined;
  const together = /\sA\s?[:：]\s*/.exec(words.text);
  if (together) {
    const front = sliceWords(words, start[0].length, together.index);
    const back = sliceWords(words, together.index + together[0].length);
    if (front.text === '' || back.text === '') return undefined;
    return { front, back, endLine: node.endLine, rest: node.children, took: 0 };
  }
  const front = sliceWords(words, start[0].length);
  const child = node.children[0];
  const answer = child ? answerOf(child) : undefined;
  if (child && answer && front.text !== '') {
    return {
      front,
      back: answer,
      endLine: child.endLine,
      rest: [...child.children, ...node.children.slice(1)],
      took: 0,
    };
  }
  const sibling = next && node.children.length === 0 ? answerOf(next) : undefined;
  if (!next || !sibling || front.text === '') return undefined;
  return { front, back: sibling, endLine: next.endLine, rest: next.children, took: 1 };
}

function answerOf(node: OutlineNode): Words | undefined {
  const start = /^A\s?[:：]\s*/i.exec(node.words.text);
  const answer = start ? sliceWords(node.words, start[0].length) : undefined;
  return answer?.text ? answer : undefined;
}

function frontAndBack(node: OutlineNode): AuthorCard | undefined {
  const masked = maskCode(node.words);
  const mark = /(\s?)(:::?)(?!:)(\s?)/.exec(masked);
  // 'std::string' is code that nobody marked, unless the line is a sentence.
  if (!mark || mark.index === 0 || masked[mark.index - 1] === ':') return undefined;
  const front = sliceWords(node.words, 0, mark.index);
  const back = sliceWords(node.words, mark.index + mark[0].length);
  if (front.text === '' || back.text === '') return undefined;
  const spaced = mark[1] !== '' || mark[3] !== '';
  if (!spaced && (!/\s/.test(front.text) || isCode(node.words.text))) return undefined;
  return { front, back, endLine: node.endLine, rest: node.children, reversible: mark[2] === ':::', took: 0 };
}

/** 'std::vector' and 'AWS::EC2::Instance' in plain text. */
function isCode(text: string): boolean {
  return (
    /\b(std|boost|crate|self|super|tokio|AWS|Alexa|Custom|Rails)::\w/.test(text) ||
    (text.match(/::/g) ?? []).length > 1
  );
}

const PROPERTY =
  /^(tags?|aliases|alias|id|type|title|status|due|created|updated|collapsed|icon|template|template-including-parent|public|source|link|url|author|date|deck|card-[\w-]+|logseq\.[\w.-]+):: /i;

/** `key:: value` of an outliner, which tells the program something and the reader nothing. */
export function isProperty(words: Words): boolean {
  return PROPERTY.test(`${words.text} `);
}

const GAPS = /==(?=\S)([^=]+)(?<=\S)==|\{\{(?:c\d+::)?([^{}]+?)(?:::[^{}]*)?\}\}/g;

function cloze(node: OutlineNode): AuthorCard | undefined {
  const markdown = markdownOf(node.words);
  if (maskCode(node.words).search(GAPS) < 0) return undefined;
  const hidden: string[] = [];
  const front = markdown.replace(GAPS, (_, marked: string | undefined, braced: string | undefined) => {
    hidden.push((marked ?? braced ?? '').trim());
    return '\\_\\_\\_';
  });
  const full = markdown.replace(
    GAPS,
    (_, marked: string | undefined, braced: string | undefined) => marked ?? braced ?? '',
  );
  const back = hidden.length === 1 ? (hidden[0] ?? '') : full;
  return { front: asIs(front), back: asIs(back), endLine: node.endLine, rest: node.children, took: 0 };
}

function asIs(markdown: string): Words {
  const [piece] = plainWords('x').pieces;
  const text = markdown.replace(/\\([\\`*_~[\]<>|])/g, '$1');
  return piece ? { text, pieces: [{ ...piece, text, raw: markdown }] } : plainWords(text);
}
