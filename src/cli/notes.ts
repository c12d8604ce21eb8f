import { createHash } from 'node:crypto';
import { loadContent } from '../content.js';
import type { Card, Concept, Library, Question } from '../notes/model.js';
import { CliError, print } from './lines.js';
import { type ContentOptions, configOf } from './options.js';

const place = ({ note, line }: { note: string; line: number }) => `${note}:${line}`;

/** Answers `eks concepts`. */
export async function listConcepts(options: ContentOptions): Promise<void> {
  const library = await loadContent(configOf(options).contentDir, new Date());
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
  const library = await loadContent(configOf(options).contentDir, new Date());
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
  readonly explainDrops?: boolean;
}

/** Answers `eks questions`: the questions, or why tries to ask were given up. */
export async function listQuestions(options: QuestionOptions): Promise<void> {
  const library = await loadContent(configOf(options).contentDir, new Date());
  const cards = cardsAsked(library, options);
  const questions = questionsOf(library, cards, options);
  if (options.explainDrops) {
    const asked = new Set([...questions].map(({ card }) => card));
    const drops = { cards, mute: cards.filter(({ id }) => !asked.has(id)), gates: library.questionDrops() };
    return print(options.json ? dropsJson(drops) : dropsText(drops));
  }
  for (const question of questions)
    await print(options.json ? questionJson(question) : questionText(question));
}

/** How often each gate gave up a try, and the cards that nothing could be asked of. */
interface Drops {
  readonly cards: readonly Card[];
  readonly mute: readonly Card[];
  readonly gates: ReturnType<Library['questionDrops']>;
}

function dropsJson({ cards, mute, gates }: Drops): string {
  const drops = Object.fromEntries(gates.map(({ gate, count }) => [gate, count]));
  const without = mute.map(({ id, front, source: { note, line } }) => ({ card: id, front, note, line }));
  return JSON.stringify({ cards: cards.length, asked: cards.length - mute.length, drops, without });
}

function dropsText({ cards, mute, gates }: Drops): string {
  return [
    `${cards.length - mute.length} of ${cards.length} cards got a question. Tries given up, by reason:`,
    ...gates.map(({ gate, count }) => `${String(count).padStart(6)}  ${gate}`),
    ...(mute.length === 0 ? [] : ['Cards without a question:']),
    ...mute.map(({ front, source }) => `  ${place(source)}  ${front}`),
  ].join('\n');
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

function questionText({ form, stem, options, answer, accepted, explanation, source }: Question): string {
  const letters = options.map((option, index) => `  ${markerOf(form, index, options.length)}) ${option}`);
  const code = form === 'order' || form === 'match' ? `${accepted[0]}: ` : '';
  return [
    `${stem}  ${place(source)}`,
    ...letters,
    `  Answer: ${code}${answer}`,
    explanation.replace(/^/gm, '    '),
    '',
  ].join('\n');
}

/** Letters for what is picked, ordered or matched with; numbers for the names to match. */
function markerOf(form: Question['form'], index: number, count: number): string {
  const names = form === 'match' ? count / 2 : 0;
  return index < names ? `${index + 1}` : String.fromCharCode(97 + index - names);
}
