import { createDaily, type Daily } from '../../src/daily/run.js';
import { type Person, startWorld, type World } from '../journeys/harness.js';
import { Recorder, type Trouble } from './recorder.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** What is waited for comes, however busy the machine is. */
export const PATIENT = { timeout: 20_000 };

/** A bot with its daily quiz, on a platform that records. */
export interface Town {
  readonly world: World;
  readonly daily: Daily;
  readonly platform: Recorder;
  readonly failures: unknown[];
  /** An admin of a channel. */
  admin(channel?: string): Person;
  /** Lets time pass in steps, of a minute where not given, with a tick after each. */
  live(milliseconds: number, step?: number): Promise<void>;
  /** The same database and platform after the process ended. */
  restart(): Promise<Town>;
}

/** A bot at a Monday's nine o'clock, in UTC, on the shipped deck. */
export async function startTown(
  options: { readonly at?: Date; readonly patienceMs?: number } = {},
): Promise<Town> {
  const world = await startWorld(options.at === undefined ? {} : { at: options.at });
  return townOn(world, new Recorder(), options.patienceMs);
}

/** A daily quiz for a world that stands already. */
export function townOn(world: World, platform: Recorder, patienceMs: number | undefined): Town {
  const failures: unknown[] = [];
  const daily = createDaily({
    store: world.store,
    library: () => world.library,
    posters: new Map([['web', platform]]),
    notesUrl: undefined,
    typed: (text) => `/eks ${text}`,
    now: world.now,
    failed: (_place, _during, error) => failures.push(error),
    ...(patienceMs !== undefined && { patienceMs }),
  });
  return {
    world,
    daily,
    platform,
    failures,
    admin: (channel = 'general') => world.learner('boss', { admin: true, channel }),
    async live(milliseconds, step = MINUTE) {
      for (let left = milliseconds; left > 0; left -= step) {
        world.pass(Math.min(step, left));
        await daily.tick();
      }
    },
    async restart() {
      await daily.stop();
      return townOn(await world.restart(), platform, patienceMs);
    },
  };
}

/** Befalls the next request only. */
export function troubleOnce(town: Town, trouble: Trouble): void {
  let isFirst = true;
  town.platform.trouble = () => {
    const now = isFirst ? trouble : undefined;
    isFirst = false;
    return now;
  };
}
