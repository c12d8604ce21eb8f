/** How long a lane rests after its first failure, in milliseconds; twice as long after each further one. */
const FIRST_REST_MS = 10_000;
const LONGEST_REST_MS = 10 * 60_000;

/**
 * Runs work side by side, one at a time for each key: what hangs or fails for one channel leaves the others as they
 * are. A key that failed rests, each time longer, until it succeeds.
 */
export class Lanes {
  readonly #most: number;
  readonly #busy = new Map<string, Promise<void>>();
  readonly #resting = new Map<string, { readonly until: number; readonly restMs: number }>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** @param most works under way at once */
  constructor(most: number) {
    this.#most = most;
  }

  /** Does nothing where the key is busy or rests. Never fails: what the work throws goes to `failed`. */
  async run(
    key: string,
    now: Date,
    work: () => Promise<void>,
    failed: (error: unknown) => void,
  ): Promise<void> {
    const resting = this.#resting.get(key);
    if (this.#busy.has(key) || (resting !== undefined && now.getTime() < resting.until)) return;
    const running = this.#inTurn(work).then(
      () => {
        this.#resting.delete(key);
      },
      (error: unknown) => {
        const restMs = Math.min(LONGEST_REST_MS, resting === undefined ? FIRST_REST_MS : resting.restMs * 2);
        this.#resting.set(key, { until: now.getTime() + restMs, restMs });
        failed(error);
      },
    );
    this.#busy.set(key, running);
    await running.finally(() => this.#busy.delete(key));
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await Promise.all(this.#busy.values());
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    if (this.#running >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
