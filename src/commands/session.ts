import type { Card, CardId, Library, Question } from '../notes/model.js';
import { meaningOf } from '../notes/questions/meaning.js';
import { shuffled } from '../notes/random.js';
import { wordsOf } from '../notes/tokens.js';

/** So many questions back, what was shown is still before a learner's eyes. */
const freshQuestions = 6;
/** Share of a question's words that another one must show, with its answer, to answer it. */
const tellingShare = 0.6;

/** Cards in an order that the seed draws, with those of one concept as far apart as may be. */
export function spaced(cards: readonly CardId[], library: Library, seed: string): readonly CardId[] {
  const turns = new Map<Card['concept'], number>();
  const rounds: CardId[][] = [];
  for (const id of shuffled(cards, seed)) {
    const concept = library.card(id)?.concept;
    const turn = concept === undefined ? 0 : (turns.get(concept) ?? 0);
    if (concept !== undefined) turns.set(concept, turn + 1);
    const round = rounds[turn];
    if (round === undefined) rounds[turn] = [id];
    else round.push(id);
  }
  return rounds.flat();
}

/** Whether one of the questions asked shortly before, or what was shown after it, answers the question. */
export function isAnsweredBefore(
  question: Question,
  order: readonly CardId[],
  position: number,
  ask: (card: CardId) => Question | undefined,
): boolean {
  const before = order.slice(Math.max(0, position - freshQuestions), position);
  return before.some((card) => {
    const earlier = ask(card);
    return earlier !== undefined && answers(earlier, question);
  });
}

/** True if what is shown with one question tells the other's answer in the words that ask for it. */
export function answers(earlier: Question, question: Question): boolean {
  const shown = [
    earlier.stem,
    ...(earlier.form === 'match' ? earlier.options : []),
    earlier.explanation,
  ].join('\n');
  const words = ` ${wordsOf(shown).join(' ')} `;
  if (!words.includes(` ${wordsOf(question.answer).join(' ')} `)) return false;
  const asked = meaningOf(question.stem);
  const said = meaningOf(shown);
  const told = [...asked].filter((stem) => said.has(stem)).length;
  return asked.size > 0 && told / asked.size >= tellingShare;
}
