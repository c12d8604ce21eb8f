import { createHash } from 'node:crypto';
import { loadLibrary } from '../notes/library.js';
import type { Card, Concept, Library, Question } from '../notes/model.js';
import { CliError, print } from './lines.js';
import { type ContentOptions, configOf } from './options.js';

const place = ({ note, line }: { note: string; line: number }) => `${note}:${line}`;

/** Answers `eks concepts`. */
export async function listConcepts(options: ContentOptions): Promise<void> {
  const library = await loadLibrary(configOf(options).contentDir);
  for (const concept of library.concepts)
    await print(options.json ? conceptJson(concept) : conceptText(concept));
}

function conceptJson({ id, term, aliases, path, source, kind, facts, lists }: Concept): string {
  return JSON.stringify({
    id,
    term,
    aliases,
    path,
    note: source.note,
    line: source.line,
    endLine: source.endLine,
    kind,
    facts: facts.map((fact) => ({ text: fact.text, line: fact.line, kind: fact.kind })),
    members: lists.flatMap((list) => list.members.map((member) => member.text)),
  });
}

function conceptText({ term, aliases, path, source }: Concept): string {
  const also = aliases.length === 0 ? '' : ` (${aliases.join(', ')})`;
  return `${[...path, `${term}${also}`].join(' › ')}  ${place(source)}`;
}

/** Answers `eks cards`. */
export async function listCards(options: ContentOptions): Promise<void> {
  const library = await loadLibrary(configOf(options).contentDir);
  for (const card of library.cards) await print(options.json ? cardJson(card) : cardText(card));
}

function cardJson({ id, concept, kind, front, back, source }: Card): string {
  return JSON.stringify({ id, concept, kind, front, back, note: source.note, line: source.line });
}

function cardText({ front, back, source }: Card): string {
  return `${front}  ${place(source)}\n${back.replace(/^/gm, '    ')}`;
}

/** What `eks questions` may be told. */
export interface QuestionOptions extends ContentOptions {
  readonly seed: number;
  readonly count?: number;
  readonly concept?: string;
}

/** Answers `eks questions`. */
export async function listQuestions(options: QuestionOptions): Promise<void> {
  const library = await loadLibrary(configOf(options).contentDir);
  const cards = cardsAsked(library, options);
  for (const question of questionsOf(library, cards, options)) {
    await print(options.json ? questionJson(question) : questionText(question));
  }
}

/** All cards in the order of the notes; with a count, in an order that the seed draws. */
function cardsAsked(library: Library, { concept, seed, count }: QuestionOptions): readonly Card[] {
  const about = concept === undefined ? undefined : conceptNamed(library, concept);
  const cards = about === undefined ? library.cards : library.cardsOf(about.id);
  if (count === undefined) return cards;
  const draw = (card: Card) => createHash('sha256').update(`${seed}:${card.id}`).digest('hex');
  return cards
    .map((card) => ({ card, drawn: draw(card) }))
    .sort((a, b) => (a.drawn < b.drawn ? -1 : 1))
    .map(({ card }) => card);
}

function conceptNamed(library: Library, name: string): Concept {
  const byId = library.concepts.find((concept) => concept.id === name);
  const [byTerm, ...others] = library.lookup(name).concepts;
  const found = byId ?? (others.length === 0 ? byTerm : undefined);
  if (found === undefined) {
    throw new CliError(`No concept has the id or the one name "${name}". eks concepts --json lists them.`);
  }
  return found;
}

/** Asks each card once; where more are wanted than there are cards, again with other seeds while new ones come. */
function* questionsOf(
  library: Library,
  cards: readonly Card[],
  { seed, count }: QuestionOptions,
): Generator<Question> {
  const given = new Set<string>();
  const wanted = count ?? cards.length;
  for (let round = 0, before = -1; given.size < wanted && given.size > before; round += 1) {
    before = given.size;
    for (const card of cards) {
      const question = library.question(card.id, round === 0 ? `${seed}` : `${seed}:${round}`);
      if (question === undefined || given.has(question.id)) continue;
      given.add(question.id);
      yield question;
      if (given.size === wanted) return;
    }
    if (count === undefined) return;
  }
}

function questionJson({ id, card, form, stem, options, answer, explanation, source }: Question): string {
  const { note, line } = source;
  return JSON.stringify({ id, card, form, stem, options, answer, explanation, note, line });
}

function questionText({ stem, options, answer, explanation, source }: Question): string {
  const letters = options.map((option, index) => `  ${String.fromCharCode(97 + index)}) ${option}`);
  return [
    `${stem}  ${place(source)}`,
    ...letters,
    `  Answer: ${answer}`,
    explanation.replace(/^/gm, '    '),
    '',
  ].join('\n');
}
