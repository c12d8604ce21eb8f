import { setImmediate as nextTurn } from 'node:timers/promises';
import { Lanes, type LaneWork, type Width } from './lanes.js';

/** How much is looked for. */
export interface Look {
  /** What is to be found at most. */
  readonly limit: number;
  /** Groups of which nothing is wanted now. */
  readonly except: readonly string[];
}

/** What a feed needs. */
export interface FeedParts {
  readonly width: Width;
  /** Finds what is to be done, the longest waiting first; what has begun may be among it. */
  readonly look: (look: Look) => Promise<readonly LaneWork[]>;
  readonly now: () => Date;
  /** Told where looking fails; the next call of `fill` looks again. */
  readonly failed: (error: unknown) => void;
}

/**
 * Keeps lanes busy while there is something to do. Of all that waits it reads no more than can begin soon, so that ten
 * thousand channels that are due together cost no more memory than a hundred.
 */
export class Feed {
  readonly #parts: FeedParts;
  readonly #lanes: Lanes;
  /** So many lanes are free before there is another look, so that not every channel costs one. */
  readonly #fewest: number;
  #filling: Promise<void> | undefined;
  /** Asked to look while it was looking. */
  #again = false;
  /** Something may have been left for want of room. */
  #more = false;
  #stopped = false;

  constructor(parts: FeedParts) {
    this.#parts = parts;
    this.#lanes = new Lanes(parts.width);
    this.#fewest = Math.ceil(parts.width.atOnce / 4);
  }

  /** Looks for what is to be done and begins it; what has no room begins when something else has ended. */
  fill(): void {
    this.#again = true;
    if (this.#filling !== undefined || this.#stopped) return;
    this.#filling = this.#fill().finally(() => {
      this.#filling = undefined;
      if (this.#again) this.fill();
    });
  }

  /** Resolves when nothing is under way and nothing waits for room. */
  async idle(): Promise<void> {
    while (this.#filling !== undefined || !this.#lanes.isIdle) {
      await this.#filling;
      await this.#lanes.idle();
    }
  }

  /** Begins nothing new, and resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#again = false;
    await this.idle();
  }

  async #fill(): Promise<void> {
    const { look, now, failed } = this.#parts;
    while (this.#again && !this.#stopped) {
      this.#again = false;
      const { room, full } = this.#lanes;
      this.#more = room < this.#fewest;
      if (this.#more) return;
      // What ends before this look has begun all that it found makes another one.
      this.#more = true;
      try {
        const limit = room + this.#lanes.held(now());
        const found = await look({ limit, except: full });
        for (const work of found) {
          this.#begin(work);
          // Work on an embedded database gives way to nobody by itself; people who ask meanwhile come first.
          await nextTurn();
        }
        // What was found may all have been of groups that are full now, while others stand behind them.
        const isCrowded = this.#lanes.full.some((group) => !full.includes(group));
        if (isCrowded && found.length >= limit) this.#again = true;
        this.#more = found.length >= limit || this.#lanes.room <= 0 || this.#lanes.full.length > 0;
      } catch (error) {
        failed(error);
      }
    }
  }

  #begin(work: LaneWork): void {
    if (this.#stopped) return;
    this.#lanes.begin(work, this.#parts.now())?.then(() => {
      if (this.#more && this.#lanes.room >= this.#fewest) this.fill();
    });
  }
}
