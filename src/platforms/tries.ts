const MOST_KEYS = 20_000;

/** Knows which posts may have arrived though nobody was told: those tried before, now or before a restart. */
export class Tries<T> {
  readonly #begun: Date;
  readonly #running = new Map<string, Promise<T>>();
  readonly #unsure = new Set<string>();

  /** `begun` is when this process began to post. */
  constructor(begun: Date) {
    this.#begun = begun;
  }

  /**
   * Tries to post: `work` is told whether the same key was tried before. `since` is when that was first. A try that
   * still waits for the platform is joined; after one that failed, nobody knows whether the post arrived.
   */
  async attempt(key: string, since: Date, work: (isRepeat: boolean) => Promise<T>): Promise<T> {
    const running = this.#running.get(key) ?? this.#begin(key, since, work);
    this.#running.set(key, running);
    try {
      return await running;
    } finally {
      this.#running.delete(key);
    }
  }

  async #begin(key: string, since: Date, work: (isRepeat: boolean) => Promise<T>): Promise<T> {
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
