import { describe, expect, it } from 'vitest';
import { analyseItems, type ItemAnswer } from '../../src/learning/items.js';
import { type Chance, chanceOf } from '../../src/notes/random.js';

const OPTIONS = ['key', 'one', 'two', 'three'];

/** What learners of a strength pick: strength and difficulty on the scale of the Rasch model, with guessing. */
type Behaviour = (strength: number, chance: Chance) => string;

const share = (chance: Chance) => chance.below(1_000_000) / 1_000_000;
const knows = (strength: number, difficulty: number, chance: Chance) =>
  share(chance) < 1 / (1 + Math.exp(1.2 * (difficulty - strength)));
const guess = (chance: Chance) => OPTIONS[chance.below(OPTIONS.length)] ?? 'key';

const fair =
  (difficulty: number): Behaviour =>
  (strength, chance) =>
    knows(strength, difficulty, chance) ? 'key' : guess(chance);
/** The notes are wrong: who knows the matter picks another option than the key. */
const miskeyed: Behaviour = (strength, chance) => (knows(strength, -0.5, chance) ? 'one' : guess(chance));

/** Standing of the k-th of n learners: the normal distribution's quantiles, by a logistic curve. */
const strengthOf = (k: number, n: number) => Math.log((k + 0.5) / (n - k - 0.5)) / 1.7;

/** One first answer of each learner to each item. */
function sit(items: Readonly<Record<string, Behaviour>>, learners: number, seed: string): ItemAnswer[] {
  const chance = chanceOf(seed);
  return Object.entries(items).flatMap(([item, behaviour]) =>
    Array.from({ length: learners }, (_, k) => {
      const picked = behaviour(strengthOf(k, learners), chance);
      const right = picked === 'key';
      return { item, version: '1', learner: `learner ${k}`, options: OPTIONS, picked, right };
    }),
  );
}

const course = Object.fromEntries(Array.from({ length: 24 }, (_, k) => [`fair ${k}`, fair(-1.5 + k / 8)]));

/** Shares of fair and of miskeyed items that are doubted, over many courses. */
function doubts(learners: number): { fair: number; miskeyed: number } {
  const count = { fair: 0, miskeyed: 0, courses: 60 };
  for (let seed = 0; seed < count.courses; seed += 1) {
    const result = analyseItems(sit({ ...course, wrong: miskeyed }, learners, `${learners} ${seed}`));
    for (const [item, { doubt }] of result) {
      if (doubt !== undefined) count[item === 'wrong' ? 'miskeyed' : 'fair'] += 1;
    }
  }
  return { fair: count.fair / (count.courses * 24), miskeyed: count.miskeyed / count.courses };
}

const plain = (change: Partial<ItemAnswer>): ItemAnswer => ({
  item: 'a',
  version: '1',
  learner: 'ana',
  options: OPTIONS,
  picked: 'key',
  right: true,
  ...change,
});
/** Answers of so many learners. */
const times = (n: number, change: Partial<ItemAnswer> = {}) =>
  Array.from({ length: n }, (_, k) => plain({ learner: `${change.picked ?? 'key'} ${k}`, ...change }));

describe('a doubt', () => {
  it.each([12, 30, 60])(
    'about %i learners is raised for a wrong key, seldom for a fair question',
    (learners) => {
      const { fair, miskeyed } = doubts(learners);
      expect(fair).toBeLessThan(0.01);
      expect(miskeyed).toBeGreaterThan(learners < 20 ? 0.6 : 0.9);
    },
  );

  it('is raised where the strong pick one wrong option, though the weak do no better', () => {
    const shadow: Behaviour = (strength, chance) => (strength > 0.5 ? 'one' : guess(chance));
    const { doubt } = analyseItems(sit({ ...course, shadow }, 60, 'shadow')).get('shadow') ?? {};
    expect(doubt).toBeDefined();
  });

  it('is not raised by a hard question on which even the strong must guess', () => {
    const doubted = Array.from({ length: 60 }, (_, seed) =>
      analyseItems(sit({ ...course, hard: (_strength, chance) => guess(chance) }, 40, `hard ${seed}`)).get(
        'hard',
      ),
    ).filter((item) => item?.doubt !== undefined);
    expect(doubted.length).toBeLessThanOrEqual(60 * 0.2);
  });

  it('is not raised by few learners, whatever they pick', () => {
    const answers = sit({ ...course, wrong: miskeyed }, 9, 'few');
    const item = analyseItems(answers).get('wrong');
    expect(item).toMatchObject({ answers: 9, discrimination: undefined, doubt: undefined });
  });
});

describe('the discrimination', () => {
  it('is the correlation of right or wrong with the share right elsewhere', () => {
    const answers = sit(course, 40, 'correlation');
    const learners = [...new Set(answers.map(({ learner }) => learner))];
    const rows = learners.map((learner) => {
      const own = answers.filter((answer) => answer.learner === learner);
      const elsewhere = own.filter(({ item }) => item !== 'fair 12');
      const right = own.find(({ item }) => item === 'fair 12')?.right ? 1 : 0;
      return { x: right, y: elsewhere.filter((answer) => answer.right).length / elsewhere.length };
    });
    const mean = (pick: (row: { x: number; y: number }) => number) =>
      rows.reduce((sum, row) => sum + pick(row), 0) / rows.length;
    const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)];
    const covariance = mean(({ x, y }) => (x - mx) * (y - my));
    const pearson = covariance / Math.sqrt(mean(({ x }) => (x - mx) ** 2) * mean(({ y }) => (y - my) ** 2));
    expect(analyseItems(answers).get('fair 12')?.discrimination).toBeCloseTo(pearson, 10);
  });

  it('is unknown where all answered alike', () => {
    const all = { ...course, known: () => 'key', missed: () => 'one' };
    const result = analyseItems(sit(all, 40, 'alike'));
    expect(result.get('known')?.discrimination).toBeUndefined();
    expect(result.get('missed')?.discrimination).toBeUndefined();
  });

  it('looks at first answers only, since the feedback has told the key', () => {
    const first = sit({ ...course, wrong: miskeyed }, 40, 'again');
    const later = first
      .filter(({ item }) => item === 'wrong')
      .map((answer) => ({ ...answer, picked: 'key', right: true }));
    const [once, twice] = [analyseItems(first).get('wrong'), analyseItems([...first, ...later]).get('wrong')];
    expect(twice?.discrimination).toBe(once?.discrimination);
    expect(twice?.facility).toBeGreaterThan(once?.facility ?? 1);
  });
});

describe('rest', () => {
  it('begins after thirty answers of which more than 95 in 100 are right', () => {
    const rests = (answers: ItemAnswer[]) => analyseItems(answers).get('a')?.rests;
    const wrong = { picked: 'one', right: false };
    expect(rests(times(29))).toBe(false);
    expect(rests(times(30))).toBe(true);
    expect(rests([...times(38), ...times(2, wrong)])).toBe(false);
    expect(rests([...times(39), ...times(1, wrong)])).toBe(true);
  });

  it('is not for one learner to bring about, nor for nine', () => {
    const by = (learners: number, answers: number) =>
      Array.from({ length: learners * answers }, (_, k) => plain({ learner: `learner ${k % learners}` }));
    const judged = (answers: ItemAnswer[]) => {
      const { rests, avoid } = analyseItems(answers).get('a') ?? {};
      return [rests, avoid?.size];
    };
    expect(judged(by(1, 500))).toEqual([false, 0]);
    expect(judged(by(9, 50))).toEqual([false, 0]);
    expect(judged(by(10, 3))).toEqual([true, 3]);
  });

  it('ends with an edit: answers to an earlier text count no more', () => {
    const result = analyseItems([...times(40), ...times(1, { version: '2' })]).get('a');
    expect(result).toMatchObject({ version: '2', answers: 1, rests: false });
  });
});

describe('an option', () => {
  const avoid = (answers: ItemAnswer[]) => [...(analyseItems(answers).get('a')?.avoid ?? [])];
  const wrong = (picked: string, n: number) => times(n, { picked, right: false });

  it('is avoided once it was shown thirty times and fewer than 5 in 100 picked it', () => {
    expect(avoid([...times(17), ...wrong('one', 6), ...wrong('two', 6)])).toEqual([]);
    expect(avoid([...times(18), ...wrong('one', 6), ...wrong('two', 6)])).toEqual(['three']);
    expect(avoid([...times(18), ...wrong('one', 6), ...wrong('two', 6), ...wrong('three', 2)])).toEqual([]);
  });

  it('is never avoided where it was the right one in another showing', () => {
    const other = plain({ options: ['three', 'one', 'two', 'key'], picked: 'three' });
    expect(avoid([...times(18), ...wrong('one', 6), ...wrong('two', 6), other])).toEqual([]);
  });

  it('is counted only where it was shown', () => {
    expect(avoid(times(40, { options: [] }))).toEqual([]);
    expect(avoid(times(40, { options: ['key', 'one', 'two'] }))).toEqual(['one', 'two']);
  });
});
