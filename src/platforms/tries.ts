const MOST_KEYS = 20_000;

/** Knows which posts may have arrived though nobody was told: those tried before, now or before a restart. */
export class Tries {
  readonly #begun: Date;
  readonly #unsure = new Set<string>();

  /** `begun` is when this process began to post. */
  constructor(begun: Date) {
    this.#begun = begun;
  }

  /**
   * Tries to post once: `work` is told whether the same key was tried before. `since` is when that was first. Where it
   * fails, nobody knows whether the post arrived, so the next try is a repeat.
   */
  async attempt<T>(key: string, since: Date, work: (isRepeat: boolean) => Promise<T>): Promise<T> {
    const isRepeat = since <= this.#begun || this.#unsure.has(key);
    this.#unsure.add(key);
    for (const oldest of this.#unsure) {
      if (this.#unsure.size <= MOST_KEYS) break;
      this.#unsure.delete(oldest);
    }
    const outcome = await work(isRepeat);
    this.#unsure.delete(key);
    return outcome;
  }
}
