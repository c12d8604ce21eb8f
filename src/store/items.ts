import { setImmediate } from 'node:timers/promises';
import { analyseItems, type ItemAnalysis, type ItemAnswer } from '../learning/items.js';
import type { Card } from '../notes/model.js';
import type { Database } from './database.js';

/** How old the analysis may be before it is made anew. */
const FRESH_MS = 5 * 60_000;
/** The latest choices that are looked at; bounds memory, and the time of an analysis to some hundredths of a second. */
const KEPT = 40_000;
/** Places in the log that one statement looks through. */
const PAGE = 5000;
/** Places that are looked back through at most, where choices are rare among reviews. */
const FURTHEST = 1_000_000;

/** What learners' choices in quizzes say of the cards. */
export interface Items {
  /**
   * Undefined where nobody has answered the card's present text yet. Never waits: an analysis older than five minutes
   * is made anew meanwhile, and the next one who asks sees it.
   */
  of(card: Pick<Card, 'id' | 'hash'>, now: Date): ItemAnalysis | undefined;
  /** Resolves when what `of` says is as new as the log. */
  refresh(now: Date): Promise<void>;
}

/** Items with the end of the work under way. */
export interface RunningItems extends Items {
  /** Resolves when no analysis is being made. */
  idle(): Promise<void>;
}

/** What the answers say of the cards, made from the log in the background; see Items. */
export function itemsIn(database: Database): RunningItems {
  const log = new ChoiceLog(database);
  let known: ReadonlyMap<string, ItemAnalysis> = new Map();
  let madeAt: Date | undefined;
  let running: Promise<void> | undefined;

  async function make(now: Date): Promise<void> {
    if (await log.readOn()) known = analyseItems(log.answers);
    madeAt = now;
  }

  function refresh(now: Date): Promise<void> {
    const before = running?.catch(() => {}) ?? Promise.resolve();
    const work = before
      .then(() => make(now))
      .finally(() => {
        if (running === work) running = undefined;
      });
    running = work;
    return work;
  }

  function glance(now: Date): ReadonlyMap<string, ItemAnalysis> {
    const fresh = madeAt !== undefined && Math.abs(now.getTime() - madeAt.getTime()) < FRESH_MS;
    // A database that fails shows in what is asked of it; without an analysis quizzes go on as before.
    if (!fresh && running === undefined) refresh(now).catch(() => {});
    return known;
  }

  return {
    refresh,
    of(card, now) {
      const item = glance(now).get(card.id);
      return item?.version === card.hash ? item : undefined;
    },
    idle: async () => {
      await running?.catch(() => {});
    },
  };
}

/** The latest choices of the log, oldest first, read on from where it was left. */
class ChoiceLog {
  readonly #database: Database;
  #answers: readonly ItemAnswer[] = [];
  /** Place in the log up to which it is read. */
  #read: number | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  get answers(): readonly ItemAnswer[] {
    return this.#answers;
  }

  /** Whether there was anything new. A review that another process commits out of order may be passed over: one in many. */
  async readOn(): Promise<boolean> {
    const end = await this.#end();
    const since = this.#read ?? Math.max(0, end - FURTHEST);
    const pages: (readonly ItemAnswer[])[] = [];
    let found = 0;
    // The newest first: of a long log only the end is needed.
    for (let to = end; to > since && found < KEPT; to -= PAGE) {
      const page = await this.#page(Math.max(since, to - PAGE), to);
      pages.unshift(page);
      found += page.length;
      // SQLite answers at once: without this a long log would keep everybody waiting.
      await setImmediate();
    }
    this.#read = end;
    if (found > 0) this.#answers = [...this.#answers, ...pages.flat()].slice(-KEPT);
    return found > 0;
  }

  async #end(): Promise<number> {
    const last = await this.#database.read((client) =>
      client.review.findFirst({ orderBy: { position: 'desc' }, select: { position: true } }),
    );
    return last?.position ?? 0;
  }

  /** Choices after one place, up to another. What was undone was a choice all the same. */
  async #page(after: number, to: number): Promise<readonly ItemAnswer[]> {
    const rows = await this.#database.read((client) =>
      client.review.findMany({
        where: {
          position: { gt: after, lte: to },
          kind: { in: ['practice', 'review'] },
          format: { startsWith: 'choice-' },
        },
        orderBy: { position: 'asc' },
        select: {
          cardId: true,
          cardVersion: true,
          learnerId: true,
          question: true,
          format: true,
          answer: true,
          correct: true,
        },
      }),
    );
    return rows.flatMap(({ cardId, cardVersion, learnerId, question, format, answer, correct }) => {
      if (answer === null || correct === null) return [];
      const options = optionsIn(question ?? '', format, answer);
      return [
        { item: cardId, version: cardVersion, learner: learnerId, options, picked: answer, right: correct },
      ];
    });
  }
}

/** The last lines of a question as it was shown; none where the answer is not among them. */
function optionsIn(question: string, format: string, answer: string): readonly string[] {
  const options = question.split('\n').slice(-Number(format.slice('choice-'.length)));
  return options.includes(answer) ? options : [];
}
