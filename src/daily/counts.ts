import type { QuizId } from '../store/store.js';

/** Posts are looked at so often, in milliseconds. */
const EVERY_MS = 60_000;
/** Posts edited at one look: counts are the last thing to use up a platform's rate limit. */
const MOST = 200;

/** Which open posts show an old number of answers. Forgotten at a restart: then each is edited once more. */
export class Counts {
  readonly #shown = new Map<QuizId, number>();
  #looked: Date | undefined;

  /** True at most once a minute. */
  isTime(now: Date): boolean {
    if (this.#looked !== undefined && Math.abs(now.getTime() - this.#looked.getTime()) < EVERY_MS)
      return false;
    this.#looked = now;
    return true;
  }

  /** Those whose number has changed, taken as shown from now on. */
  changed(
    counts: ReadonlyMap<QuizId, number>,
  ): readonly { readonly quiz: QuizId; readonly answered: number }[] {
    const changed = [...counts]
      .filter(([quiz, answered]) => (this.#shown.get(quiz) ?? 0) !== answered)
      .slice(0, MOST)
      .map(([quiz, answered]) => ({ quiz, answered }));
    for (const { quiz, answered } of changed) this.#shown.set(quiz, answered);
    for (const quiz of this.#shown.keys()) if (!counts.has(quiz)) this.#shown.delete(quiz);
    return changed;
  }
}
