import { normalizeName, wordsOf } from '../grammar.js';
import { isName } from './lead.js';
import type { Cell } from './outline.js';
import { isWholly, noWords, type Piece, plainWords, type Words } from './words.js';

/** A table row as a line: of a term of its own, or of what stands above the table. */
export interface Row {
  readonly term: Words | undefined;
  readonly words: Words;
}

const NAME_HEADS =
  /^(term|name|concept|component|service|acronym|abbreviation|word|keyword|key term|cue|key|type|feature|command|option|field|tool|resource|kind|object)s?$/;
const GLOSS_HEADS =
  /^(definition|meaning|description|what it (is|does)|role|purpose|explanation|stands for|gloss|expansion|function|does)s?$/;

/** First columns that compare what the other columns are about. */
const COMPARED =
  /^(aspect|feature|property|criterion|criteria|characteristic|attribute|topic|question|category|dimension)s?$/;

const PLAIN_HEADS = /^(values?|notes?|comments?|details?|remarks?|descriptions?|size|number|amount)$/i;

/** Reads a row: two columns of names and meanings define terms, all else compares. */
export function rowOf(cells: readonly Cell[], owner: string): Row {
  const [first, second] = cells;
  const firstHead = wordsOf(first?.head.text ?? '').join(' ');
  const secondHead = wordsOf(second?.head.text ?? '').join(' ');
  const defines =
    GLOSS_HEADS.test(secondHead) ||
    (cells.length === 2 && NAME_HEADS.test(firstHead) && secondHead !== '') ||
    (firstHead !== '' &&
      !COMPARED.test(firstHead) &&
      (isHeadOf(firstHead, owner) ||
        isMarked(first) ||
        ((cells.length > 2 || isProse(second)) && namesRows(firstHead, first))));
  if (first && second && defines && second.words.text !== '' && isName(first.words)) {
    // 'Meaning' says nothing beside a meaning; 'Dirty read' says what 'no' is about.
    const glosses = cells.length === 2 || GLOSS_HEADS.test(secondHead);
    const gloss = glosses ? { ...second, head: noWords } : second;
    return { term: first.words, words: joinCells([gloss, ...cells.slice(2)], '; ') };
  }
  return { term: undefined, words: joinCells(cells, ': ') };
}

/** A column 'Drug' under the heading 'Drugs' names its members. */
function isHeadOf(head: string, owner: string): boolean {
  const kind = normalizeName(head);
  const name = normalizeName(owner);
  return name === kind || name.endsWith(` ${kind}`);
}

/** Heads of what a row is not named by: a time, a size, one side of a pair. */
const NO_NAMES =
  /^(year|date|day|week|month|time|when|where|who|what|how|size|range|number|no|from|to|before|after|old|new|input|output|left|right|step|problem|mistake|symptom|example|situation|scenario|case|use case|goal|task|need|if|you want|want|question|error|country|person|metric|chapter|topic)s?$/;

/** 'Algorithm' over 'Round robin': a column of names of one kind, beside what is compared of them. */
function namesRows(head: string, first: Cell | undefined): boolean {
  return (
    /^\p{L}+(?: \p{L}+)?$/u.test(head) &&
    !NO_NAMES.test(head) &&
    !COMPARED.test(head) &&
    first !== undefined &&
    /^\p{Lu}/u.test(first.words.text)
  );
}

/** A meaning has some words; 'Paris' beside 'France' is a value. */
function isProse(cell: Cell | undefined): boolean {
  return cell !== undefined && wordsOf(cell.words.text).length >= 4;
}

function isMarked(cell: Cell | undefined): boolean {
  return cell !== undefined && (isWholly(cell.words, 'code') || isWholly(cell.words, 'strong'));
}

/** 'Standard: durability 11 nines; zones 3'; `mark` is what follows the first cell. */
function joinCells(cells: readonly Cell[], mark: ': ' | '; '): Words {
  const pieces: Piece[] = [];
  let text = '';
  const push = (words: Words): void => {
    pieces.push(...words.pieces);
    text += words.text;
  };
  cells.forEach((cell, i) => {
    if (cell.words.text === '') return;
    if (text !== '') push(glue(i === 1 ? mark : '; '));
    if (
      (i > 0 || mark === '; ') &&
      cell.head.text !== '' &&
      !(mark === ': ' && cells.length === 2 && PLAIN_HEADS.test(cell.head.text))
    )
      push(glue(`${cell.head.text}: `));
    push(cell.words);
  });
  return { text, pieces };
}

function glue(text: string): Words {
  const [piece] = plainWords('x').pieces;
  return piece ? { text, pieces: [{ ...piece, text, raw: text }] } : noWords;
}
