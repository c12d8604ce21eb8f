/** A learner's choice among the options of a question. */
export interface ItemAnswer {
  readonly item: string;
  /** Names the item's text: answers to an earlier text say nothing of this one. */
  readonly version: string;
  readonly learner: string;
  /** As shown; empty where they are not known. */
  readonly options: readonly string[];
  readonly picked: string;
  readonly right: boolean;
}

/** Why an admin should look at a question: `against`: the better know it worse; `strong`: the best pick one wrong option. */
export type Doubt = 'against' | 'strong';

/** What the answers so far say of an item. */
export interface ItemAnalysis {
  readonly version: string;
  readonly answers: number;
  /** Share of right answers, 0 to 1. */
  readonly facility: number;
  /** Point-biserial correlation, -1 to 1; undefined for too few learners, or where all answered alike. */
  readonly discrimination: number | undefined;
  /** Whether so many know it that asking it is worth little. */
  readonly rests: boolean;
  readonly doubt: Doubt | undefined;
  /** Wrong options that hardly anybody takes for right: others should stand in their place. */
  readonly avoid: ReadonlySet<string>;
}

/** Answers after which an item rests, and showings after which an option is judged. */
const ENOUGH = 30;
/** An item that more know than this rests. */
const EASY = 0.95;
/** A wrong option works if this share picks it (Haladyna and Downing 1993, Educ. Psychol. Meas. 53, 999-1010). */
const WORKING = 0.05;
/** Other items that a learner must have answered before their share of right answers says how strong they are. */
const FEWEST_OTHERS = 5;
const FEWEST_LEARNERS = 10;
/** Answers of one learner to an item that count: the deck is shared, so that nobody may decide for all by repeating. */
const MOST_OF_ONE = ENOUGH / FEWEST_LEARNERS;
/** The share of learners who count as strong (Kelley 1939, J. Educ. Psychol. 30, 17-24). */
const STRONG = 0.27;
/** One-sided 5 % point of the normal distribution: chance alone raises a doubt in one of twenty even choices at most. */
const SURE = 1.645;

/**
 * Judges each item by the answers to its latest text; answers come oldest first. Rest and options rest on the
 * first three answers of each learner. Doubts rest on each learner's first answer, since feedback teaches the key, be it right or wrong.
 */
export function analyseItems(answers: readonly ItemAnswer[]): ReadonlyMap<string, ItemAnalysis> {
  const items = latestTexts(answers);
  const learners = scoresOf(items);
  return new Map([...items].map(([id, item]) => [id, analyse(item, learners)]));
}

/** The answers to one text of an item. */
interface Item {
  readonly version: string;
  /** Those that count. */
  readonly answers: ItemAnswer[];
  /** How many each learner gave. */
  readonly given: Map<string, number>;
  /** By learner. */
  readonly first: Map<string, ItemAnswer>;
}

function latestTexts(answers: readonly ItemAnswer[]): ReadonlyMap<string, Item> {
  const items = new Map<string, Item>();
  for (const answer of answers) {
    let item = items.get(answer.item);
    if (item?.version !== answer.version) {
      item = { version: answer.version, answers: [], given: new Map(), first: new Map() };
      items.set(answer.item, item);
    }
    const given = item.given.get(answer.learner) ?? 0;
    if (given < MOST_OF_ONE) item.answers.push(answer);
    item.given.set(answer.learner, given + 1);
    if (!item.first.has(answer.learner)) item.first.set(answer.learner, answer);
  }
  return items;
}

/** First answers of a learner. */
interface Score {
  readonly answers: number;
  readonly right: number;
}

function scoresOf(items: ReadonlyMap<string, Item>): ReadonlyMap<string, Score> {
  const scores = new Map<string, Score>();
  for (const { first } of items.values()) {
    for (const [learner, { right }] of first) {
      const score = scores.get(learner) ?? { answers: 0, right: 0 };
      scores.set(learner, { answers: score.answers + 1, right: score.right + (right ? 1 : 0) });
    }
  }
  return scores;
}

/** A learner's first answer to an item, beside how they do elsewhere. */
interface Sitting {
  readonly answer: ItemAnswer;
  /** Share right of the learner's other items: the item itself would correlate with its own part of the sum. */
  readonly elsewhere: number;
}

function analyse({ version, answers, first }: Item, scores: ReadonlyMap<string, Score>): ItemAnalysis {
  const facility = answers.filter(({ right }) => right).length / answers.length;
  const sittings = [...first.values()].flatMap((answer) => {
    const score = scores.get(answer.learner);
    const others = (score?.answers ?? 0) - 1;
    if (score === undefined || others < FEWEST_OTHERS) return [];
    return [{ answer, elsewhere: (score.right - (answer.right ? 1 : 0)) / others }];
  });
  const discrimination = sittings.length < FEWEST_LEARNERS ? undefined : pointBiserial(sittings);
  return {
    version,
    answers: answers.length,
    facility,
    discrimination,
    rests: answers.length >= ENOUGH && facility > EASY,
    doubt: doubtOf(sittings, discrimination),
    avoid: idleOptions(answers),
  };
}

/**
 * Corrected point-biserial: (M1 - M0) / s * sqrt(p q), where M1 and M0 are the mean scores elsewhere of who was right
 * and who was wrong, s their standard deviation, p and q the shares right and wrong (Henrysson 1963, Psychometrika
 * 28, 211-218). Undefined where all were right, all wrong, or all are equally strong.
 */
function pointBiserial(sittings: readonly Sitting[]): number | undefined {
  const all = sittings.map(({ elsewhere }) => elsewhere);
  const right = sittings.filter(({ answer }) => answer.right).map(({ elsewhere }) => elsewhere);
  const wrong = sittings.filter(({ answer }) => !answer.right).map(({ elsewhere }) => elsewhere);
  const middle = mean(all);
  const deviation = Math.sqrt(mean(all.map((score) => (score - middle) ** 2)));
  if (right.length === 0 || wrong.length === 0 || deviation === 0) return undefined;
  const p = right.length / all.length;
  return ((mean(right) - mean(wrong)) / deviation) * Math.sqrt(p * (1 - p));
}

function doubtOf(sittings: readonly Sitting[], discrimination: number | undefined): Doubt | undefined {
  if (sittings.length < FEWEST_LEARNERS) return undefined;
  if (discrimination !== undefined && surelyNegative(discrimination, sittings.length)) return 'against';
  return strongPickWrong(sittings) ? 'strong' : undefined;
}

/** By Fisher's z, whose standard error is 1 / sqrt(n - 3) (Fisher 1921, Metron 1, 3-32). */
function surelyNegative(correlation: number, n: number): boolean {
  return Math.atanh(correlation) + SURE / Math.sqrt(n - 3) < 0;
}

/** Whether strong learners pick one wrong option more often than the key, by a sign test (normal approximation). */
function strongPickWrong(sittings: readonly Sitting[]): boolean {
  const ranked = [...sittings].sort((a, b) => b.elsewhere - a.elsewhere);
  const strong = ranked.slice(0, Math.ceil(ranked.length * STRONG)).map(({ answer }) => answer);
  const key = strong.filter(({ right }) => right).length;
  const picks = new Map<string, number>();
  for (const { right, picked } of strong) if (!right) picks.set(picked, (picks.get(picked) ?? 0) + 1);
  const most = Math.max(0, ...picks.values());
  return most > key && (most - key) / Math.sqrt(most + key) > SURE;
}

/** Options that were shown often enough, were never right, and that fewer picked than a working option needs. */
function idleOptions(answers: readonly ItemAnswer[]): ReadonlySet<string> {
  const shown = new Map<string, number>();
  const picked = new Map<string, number>();
  const keys = new Set<string>();
  for (const answer of answers) {
    if (answer.right) keys.add(answer.picked);
    for (const option of answer.options) shown.set(option, (shown.get(option) ?? 0) + 1);
    picked.set(answer.picked, (picked.get(answer.picked) ?? 0) + 1);
  }
  const idle = [...shown].filter(
    ([option, times]) => times >= ENOUGH && !keys.has(option) && (picked.get(option) ?? 0) / times < WORKING,
  );
  return new Set(idle.map(([option]) => option));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
