import { isClause, normalizeName, singular, wordsOf } from '../grammar.js';
import { splitLine } from './lead.js';
import type { OutlineNode } from './outline.js';

/** Labels that never are what a note explains, however their paragraph reads. */
const NEVER = new Set(
  `example examples note notes tip tips hint hints warning important caveat summary overview introduction intro background
  context description definition definitions meaning purpose usage use why how what when where who details detail todo
  conclusion comparison difference differences reference references source sources idea intuition analogy reminder remember
  advice recommendation mnemonic homework exercise exercises quiz takeaway takeaways question questions answer scenario
  goal goals objective objectives links resources related misc other others general contents agenda faq exam setup
  installation solution problem result results default steps types kinds parts modes basics fundamentals more benefits
  advantages disadvantages pros cons features limitations`.split(/\s+/),
);

/** Labels of which a note says something in a phrase ('A course of antibiotics') without explaining the word. */
const ATTRIBUTES = new Set(
  `benefit advantage disadvantage drawback downside history outcome significance impact role cause mechanism effect sign
  symptom treatment therapy diagnosis prognosis prevention location dose dosage output input time date unit formula equation
  price pricing cost billing synonym antonym pronunciation etymology feature limitation step option format command
  workflow location yield attention caution gotcha pitfall symbol`.split(/\s+/),
);

/** Whether a label may be what a sentence defines: 'Syntax examines how words combine.' */
export function canBeSubject(label: string): boolean {
  const [word = '', ...others] = wordsOf(label);
  return others.length === 0 && !NEVER.has(word) && !ATTRIBUTES.has(word);
}

/** Whether a heading of one word that reads like a label is what the note explains: 'Consideration' in contract law. */
export function isExplainedBelow(subject: string, below: readonly OutlineNode[]): boolean {
  const words = wordsOf(subject);
  const word = words[0];
  if (word === undefined || words.length > 1 || NEVER.has(word)) return false;
  const first = below[0];
  return (
    (first?.kind === 'paragraph' && isSaidOf(word, first.words.text)) ||
    (first?.kind === 'paragraph' && !ATTRIBUTES.has(word) && singular(word) === word && isMeaning(first)) ||
    below.filter((node) => isKind(word, node)).length > 1
  );
}

/** 'Consideration is something of value', 'Risk refers to ...'. */
function isSaidOf(word: string, text: string): boolean {
  const said =
    /^((?:an?\s+|the\s+)?[\p{L}-]+)\s+(?:(?:is|are)\s+(?:an?|the|any|something|anything|what|how)|means|refers\s+to|measures|describes)\s/iu.exec(
      text,
    )?.[1];
  return said !== undefined && normalizeName(said) === normalizeName(word);
}

/** 'Something of value given by each party': a noun phrase that is narrowed down, and no sentence. */
function isMeaning({ words: { text }, children }: OutlineNode): boolean {
  const [head = '', ...narrowed] = text.split(/\s(?:that|which|who|of|by|where|whose)\s/);
  return (
    children.length === 0 &&
    narrowed.length > 0 &&
    /^(?:an?|the|something|anything|any)\s/i.test(`${head} `) &&
    wordsOf(text).length >= 5 &&
    wordsOf(head).length <= 5 &&
    !isClause(head) &&
    !/[:：]/.test(text)
  );
}

/** 'Executory consideration' below 'Consideration'. */
function isKind(word: string, node: OutlineNode): boolean {
  const name = normalizeName(splitLine(node.words)?.lead.text ?? node.words.text);
  return name.endsWith(` ${singular(word)}`) && name.split(' ').length <= 3;
}
