import type { Logger } from 'pino';
import { createDaily, type DailyParts } from './run.js';
import { tellSeasons } from './season.js';
import { within } from './within.js';

/** How late a post may be for want of looking. */
const TICK_MS = 5000;
/** What is under way gets so long when the process stops; the next start finishes what was cut off. */
const STOP_MS = 5000;

/** The daily quiz of a running process. */
export interface Ticking {
  /** Begins nothing new, and waits a little for what is under way. */
  stop(): Promise<void>;
}

/** Serves the daily quizzes of all channels until it is stopped; failures are logged. */
export function startDaily(parts: Omit<DailyParts, 'failed'>, log: Logger): Ticking {
  const all: DailyParts = {
    ...parts,
    failed: (place, during, err) => log.error({ ...place, during, err }, 'a daily quiz failed'),
  };
  const daily = createDaily(all);
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const begin = (work: Promise<void>) => {
    const done = work
      .catch((err: unknown) => log.error({ err }, 'a daily quiz failed'))
      .finally(() => running.delete(done));
    running.add(done);
  };
  let isTelling = false;
  let timer: NodeJS.Timeout | undefined;
  const tick = () => {
    // Quizzes and seasons come at whole minutes, and so does a look.
    timer = setTimeout(tick, TICK_MS - (parts.now().getTime() % TICK_MS)).unref();
    begin(daily.tick());
    // One at a time: the channels of a season's end are all looked through.
    if (isTelling) return;
    isTelling = true;
    begin(
      tellSeasons(all, stopping.signal).finally(() => {
        isTelling = false;
      }),
    );
  };
  tick();
  return {
    async stop() {
      clearTimeout(timer);
      stopping.abort();
      await within(STOP_MS, () => Promise.all([daily.stop(), ...running])).catch(() =>
        log.warn('a daily quiz was under way; the next start finishes it'),
      );
    },
  };
}
