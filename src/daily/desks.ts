import type { Poster, PostWidth } from '../bot/poster.js';
import type { ChannelKey } from '../store/schedules.js';
import type { Store } from '../store/store.js';
import { Feed, type Look } from './feed.js';
import type { LaneWork } from './lanes.js';

/**
 * Channels served at once: twice what Discord takes in a second, so that it is kept busy at its rate limit and no
 * request waits long for its turn.
 */
const WIDTH: PostWidth = { atOnce: 100, inWorkspace: 100 };

/** What serving channels needs. */
export interface DesksParts {
  readonly store: Store;
  readonly posters: ReadonlyMap<string, Poster>;
  readonly now: () => Date;
  readonly failed: (place: ChannelKey | undefined, during: string, error: unknown) => void;
}

/** Serves the channels that have something to do, those of each platform apart: trouble with one is none of the others'. */
export class Desks {
  readonly #parts: DesksParts;
  readonly #serve: (place: ChannelKey) => Promise<void>;
  readonly #feeds: ReadonlyMap<string, Feed>;

  constructor(parts: DesksParts, serve: (place: ChannelKey) => Promise<void>) {
    this.#parts = parts;
    this.#serve = serve;
    this.#feeds = new Map(
      [...parts.posters].map(([platform, poster]) => [platform, this.#feed(platform, poster)]),
    );
  }

  /** Serves all that have something to do, then does what may come last at their platform. */
  async work(last: (platform: string) => Promise<void>): Promise<void> {
    await Promise.all(
      [...this.#feeds].map(async ([platform, feed]) => {
        feed.fill();
        await feed.idle();
        await last(platform);
      }),
    );
  }

  /** Begins nothing new, and resolves when what is under way is done. */
  async stop(): Promise<void> {
    await Promise.all([...this.#feeds.values()].map((feed) => feed.stop()));
  }

  #feed(platform: string, { width = WIDTH }: Poster): Feed {
    const { now, failed } = this.#parts;
    return new Feed({
      width: { atOnce: width.atOnce, inGroup: width.inWorkspace },
      look: (look) => this.#look(platform, look),
      now,
      failed: (error) => failed(undefined, 'daily quiz', error),
    });
  }

  async #look(platform: string, look: Look): Promise<readonly LaneWork[]> {
    const { store, now, failed } = this.#parts;
    const query = { platform, now: now(), ...look };
    const [due, waiting] = await Promise.all([
      store.schedules.due(query),
      store.quizzes.waitingPlaces(query),
    ]);
    const places = new Map([...due, ...waiting].map((place) => [keyOf(place), place]));
    return [...places].map(([key, place]) => ({
      key,
      group: place.workspace,
      work: () => this.#serve(place),
      failed: (error) => failed(place, 'daily quiz', error),
    }));
  }
}

function keyOf({ workspace, channel }: ChannelKey): string {
  return JSON.stringify([workspace, channel]);
}
