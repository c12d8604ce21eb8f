import { UserError } from '../bot/errors.js';
import type { StudyClock } from '../learning/model.js';
import { retrievability } from '../learning/schedule.js';
import type { Card, CardId, Library, Question } from '../notes/model.js';
import { shuffled } from '../notes/random.js';
import type { AskedBefore, AskedQuestion } from '../store/quizzes.js';
import type { Difficulty, Schedule } from '../store/schedules.js';
import type { Store, WorkspaceKey } from '../store/store.js';
import { answers } from './session.js';
import { findSubject } from './subject.js';

const DAY = 86_400_000;
/** A card rests in a channel for so long after it was asked, while there are others. */
const ASKED_LATELY = 30 * DAY;
const WEEK = 7 * DAY;
/** Who answered in the channel within this time takes part. */
export const TAKES_PART = 30 * DAY;
/** The latest to answer stand for all: a mean over more would not change the pick. */
const MOST_PARTICIPANTS = 25;
/** Chance of recall of a card that a learner has never met: more than forgotten, less than known. */
const UNMET = 0.5;
/** How much a kind of card that made up the whole week falls behind the others, in chance of recall. */
const SAME_KIND = 0.1;
/** Answers after which they say how hard a card is. */
const ENOUGH_ANSWERS = 5;
/** Seeds tried for each card: not every one gives options to choose from. */
const TRIES = 3;
/** Cards tried at most, so that notes without a question cost little. */
const MOST_CARDS = 200;

/** What picking needs to know. */
export interface Picking {
  readonly library: Library;
  readonly store: Store;
  readonly now: Date;
}

/**
 * Questions for a channel's day: first the cards that those who take part remember least, none asked there lately,
 * one a concept, with the kinds of cards mixed over a week. The same seed and history give the same questions; fewer
 * than wanted where the notes give no more.
 */
export async function pickQuestions(
  picking: Picking,
  { place, plan }: Schedule,
  wanted: number,
  seed: string,
): Promise<readonly AskedQuestion[]> {
  const { library, store, now } = picking;
  const asked = await store.quizzes.askedBefore(place);
  const clock = { timeZone: plan.timetable.timeZone, rolloverHour: 4 };
  const inUse = await cardsInUse(picking, place, plan.topic);
  const lastAsked = new Map(asked.map(({ card, at }) => [card, at.getTime()]));
  const isRested = ({ id }: Card) => (lastAsked.get(id) ?? 0) < now.getTime() - ASKED_LATELY;
  const since = new Date(now.getTime() - TAKES_PART);
  const participants = await store.quizzes.participants(place, since, MOST_PARTICIPANTS);
  const known = await store.quizzes.knownBy(participants);
  const recall = meanRecall(known, participants.length, now, clock);
  const fitting = byDifficulty(inUse.filter(isRested), plan.difficulty, (card) => {
    const item = store.items.of(card, now);
    return item !== undefined && item.answers >= ENOUGH_ANSWERS ? item.facility : recall(card.id);
  });
  const chosen = new Set(fitting);
  const week = weekOf(library, asked, now);
  const best = sortedBy(
    shuffled(fitting, seed),
    (card) =>
      recall(card.id) + SAME_KIND * week.shareOf(card.kind) + (week.concepts.has(card.concept) ? 1 : 0),
  );
  // Where those give too few, for they were all asked or no question can be made of them: what was asked longest ago.
  const others = sortedBy(
    inUse.filter((card) => !chosen.has(card)),
    ({ id }) => lastAsked.get(id) ?? now.getTime(),
  );
  return askSome(picking, [...best, ...others], wanted, seed);
}

function sortedBy(cards: readonly Card[], score: (card: Card) => number): readonly Card[] {
  return cards
    .map((card) => ({ card, score: score(card) }))
    .sort((a, b) => a.score - b.score)
    .map(({ card }) => card);
}

/** Cards of the topic that no admin of the workspace has retired and that not everybody knows; of all notes where the topic is gone. */
async function cardsInUse(
  { library, store, now }: Picking,
  place: WorkspaceKey,
  topic: string | undefined,
): Promise<readonly Card[]> {
  const hidden = await store.cards.hidden(place, now);
  return cardsOf(library, topic).flatMap((id) => {
    const card = library.card(id);
    return card === undefined || hidden.has(id) || store.items.of(card, now)?.rests ? [] : [card];
  });
}

function cardsOf(library: Library, topic: string | undefined): readonly CardId[] {
  try {
    return findSubject(library, topic).cards;
  } catch (error) {
    if (error instanceof UserError) return findSubject(library, undefined).cards;
    throw error;
  }
}

function meanRecall(
  known: Awaited<ReturnType<Store['quizzes']['knownBy']>>,
  learners: number,
  now: Date,
  clock: StudyClock,
): (card: CardId) => number {
  const sums = new Map<CardId, number>();
  for (const { card, state } of known) {
    sums.set(card, (sums.get(card) ?? 0) + retrievability(state, now, clock) - UNMET);
  }
  return (card) => UNMET + (sums.get(card) ?? 0) / Math.max(1, learners);
}

/** The easier or the harder half, by the chance of a right answer. */
function byDifficulty(
  cards: readonly Card[],
  difficulty: Difficulty,
  success: (card: Card) => number,
): readonly Card[] {
  if (difficulty === 'mixed') return cards;
  const hardestFirst = sortedBy(cards, success);
  const half = Math.ceil(cards.length / 2);
  return difficulty === 'hard' ? hardestFirst.slice(0, half) : hardestFirst.slice(-half);
}

/** What the channel was asked in the last seven days. */
function weekOf(library: Library, asked: readonly AskedBefore[], now: Date) {
  const cards = asked.flatMap(({ card, at }) => {
    const found = now.getTime() - at.getTime() < WEEK ? library.card(card) : undefined;
    return found === undefined ? [] : [found];
  });
  return {
    concepts: new Set(cards.map(({ concept }) => concept)),
    shareOf: (kind: Card['kind']) =>
      cards.filter((card) => card.kind === kind).length / Math.max(1, cards.length),
  };
}

/** The first of the cards that give questions with options, none of which answers another. */
function askSome(
  picking: Picking,
  order: readonly Card[],
  wanted: number,
  seed: string,
): readonly AskedQuestion[] {
  const chosen: AskedQuestion[] = [];
  const concepts = new Set<Card['concept']>();
  for (const card of order.slice(0, MOST_CARDS)) {
    if (chosen.length >= wanted) break;
    if (concepts.has(card.concept)) continue;
    const question = askCard(picking, card, seed);
    if (question === undefined || chosen.some((other) => tells(other.question, question))) continue;
    concepts.add(card.concept);
    chosen.push({ question, version: card.hash });
  }
  return chosen;
}

function tells(one: Question, other: Question): boolean {
  return answers(one, other) || answers(other, one);
}

function askCard({ library, store, now }: Picking, card: Card, seed: string): Question | undefined {
  const options = store.items.of(card, now)?.avoid;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const question = library.question(
      card.id,
      `${seed} ${attempt}`,
      options === undefined ? {} : { options },
    );
    if (question?.form === 'choice') return question;
  }
  return undefined;
}
