/** How long a lane rests after its first failure, in milliseconds; twice as long after each further one. */
const FIRST_REST_MS = 10_000;
const LONGEST_REST_MS = 10 * 60_000;

/** How much may be under way at the same time. */
export interface Width {
  readonly atOnce: number;
  /** Of one group, so that one that is slow leaves lanes to the others. */
  readonly inGroup: number;
}

/** What is done in a lane. */
export interface LaneWork {
  /** One at a time is done of the same key. */
  readonly key: string;
  readonly group: string;
  readonly work: () => Promise<void>;
  readonly failed: (error: unknown) => void;
}

interface Rest {
  readonly until: number;
  readonly restMs: number;
}

/**
 * Runs work side by side, one at a time for each key: what hangs or fails for one channel leaves the others as they
 * are. A key that failed rests, each time longer, until it succeeds.
 */
export class Lanes {
  readonly #width: Width;
  readonly #busy = new Map<string, Promise<void>>();
  readonly #groups = new Map<string, number>();
  readonly #resting = new Map<string, Rest>();

  constructor(width: Width) {
    this.#width = width;
  }

  /** How many more can begin. */
  get room(): number {
    return this.#width.atOnce - this.#busy.size;
  }

  /** Groups of which no more can begin. */
  get full(): readonly string[] {
    return [...this.#groups].flatMap(([group, count]) => (count >= this.#width.inGroup ? [group] : []));
  }

  /** How many keys cannot begin, for they are busy or rest. */
  held(now: Date): number {
    let resting = 0;
    for (const [key, rest] of this.#resting) {
      if (isResting(rest, now)) resting += 1;
      // One that did not come back has nothing to do any more.
      else if (rest.until < now.getTime() - 2 * LONGEST_REST_MS) this.#resting.delete(key);
    }
    return this.#busy.size + resting;
  }

  /**
   * Begins work, or does nothing where its key is busy or rests, or where there is no room. What is returned resolves
   * when the lane is free again; it never rejects.
   */
  begin(what: LaneWork, now: Date): Promise<void> | undefined {
    const { key, group } = what;
    const inGroup = this.#groups.get(group) ?? 0;
    if (this.#busy.has(key) || this.room <= 0 || inGroup >= this.#width.inGroup) return undefined;
    if (isResting(this.#resting.get(key), now)) return undefined;
    this.#groups.set(group, inGroup + 1);
    const running = this.#run(what, now);
    this.#busy.set(key, running);
    return running;
  }

  get isIdle(): boolean {
    return this.#busy.size === 0;
  }

  /** Resolves when what is under way now has ended. */
  async idle(): Promise<void> {
    await Promise.all(this.#busy.values());
  }

  async #run({ key, group, work, failed }: LaneWork, now: Date): Promise<void> {
    try {
      await work();
      this.#resting.delete(key);
    } catch (error) {
      const before = this.#resting.get(key)?.restMs;
      const restMs = Math.min(LONGEST_REST_MS, before === undefined ? FIRST_REST_MS : before * 2);
      this.#resting.set(key, { until: now.getTime() + restMs, restMs });
      failed(error);
    } finally {
      this.#busy.delete(key);
      const left = (this.#groups.get(group) ?? 1) - 1;
      if (left > 0) this.#groups.set(group, left);
      else this.#groups.delete(group);
    }
  }
}

/** None rests for longer than it was ever to rest, also where the clock was set back. */
function isResting(rest: Rest | undefined, now: Date): boolean {
  const leftMs = (rest?.until ?? 0) - now.getTime();
  return leftMs > 0 && leftMs <= LONGEST_REST_MS;
}
