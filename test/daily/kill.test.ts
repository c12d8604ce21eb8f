import { expect, test } from 'vitest';
import { createDaily } from '../../src/daily/run.js';
import type { Quizzes } from '../../src/store/quizzes.js';
import type { Store } from '../../src/store/store.js';
import { HOUR, MINUTE, startTown, type Town } from './channel.js';

/** Something that a process does for a post, and whether it dies before or after it has its effect. */
type Step = readonly [
  keyof Pick<Quizzes, 'claim' | 'take' | 'posted' | 'close'> | 'post' | 'edit',
  'before' | 'after',
];

/** The store as a process sees it that dies at a step, of which it tells: from then on nothing happens any more. */
function dying(store: Store, [step, when]: Step, died: () => void): Store {
  const { quizzes } = store;
  const dies = <Args extends unknown[], T>(name: Step[0], work: (...args: Args) => Promise<T>) =>
    step !== name
      ? work
      : async (...args: Args): Promise<T> => {
          if (when === 'after') await work(...args);
          return new Promise<never>(died);
        };
  return {
    ...store,
    quizzes: {
      ...quizzes,
      claim: dies('claim', quizzes.claim),
      take: dies('take', quizzes.take),
      posted: dies('posted', quizzes.posted),
      close: dies('close', quizzes.close),
    },
  };
}

/** Begins a tick, and resolves when the process has come to the step, which it never leaves: as good as dead. */
async function tickUntilDeath({ world, platform }: Town, step: Step): Promise<void> {
  const [name, when] = step;
  await new Promise<void>((died, failed) => {
    platform.trouble = (_channel, kind) => {
      if (kind !== name) return undefined;
      // The recorder does the rest of the request at once.
      setImmediate(died);
      return when === 'before' ? 'hangs' : 'arrives and hangs';
    };
    const daily = createDaily({
      store: dying(world.store, step, died),
      library: () => world.library,
      posters: new Map([['web', platform]]),
      notesUrl: undefined,
      typed: (text) => text,
      now: world.now,
      failed: (_place, _during, error) => failed(error),
    });
    daily.tick().then(() => failed(new Error('the tick ended without the step')), failed);
  });
  platform.trouble = () => undefined;
}

test.each<Step>([
  ['claim', 'before'],
  ['claim', 'after'],
  ['take', 'before'],
  ['take', 'after'],
  ['post', 'before'],
  ['post', 'after'],
  ['posted', 'before'],
  ['posted', 'after'],
])('a process that dies %s, %s it took effect, has posted once in the end', async (...step) => {
  const town = await startTown();
  await town.admin().types('/eks daily set time=09:30 days=daily zone=UTC open=2h');
  town.world.pass(31 * MINUTE);
  await tickUntilDeath(town, step);
  const after = await town.restart();
  await after.live(10 * MINUTE);
  expect(after.platform.messages).toHaveLength(1);
  expect(after.platform.shown('general')[0]?.text).toContain('Open until');
  await after.live(3 * HOUR, 10 * MINUTE);
  expect(after.platform.messages).toHaveLength(1);
  expect(after.platform.shown('general')[0]?.title).toBe('Daily quiz · answer');
  expect(after.failures).toEqual([]);
});

test.each<Step>([
  ['take', 'before'],
  ['take', 'after'],
  ['edit', 'before'],
  ['edit', 'after'],
  ['close', 'before'],
  ['close', 'after'],
])('a process that dies at the reveal %s, %s it took effect, has revealed in the end', async (...step) => {
  const town = await startTown();
  await town.admin().types('/eks daily set time=09:30 days=daily zone=UTC open=2h');
  await town.live(31 * MINUTE, 31 * MINUTE);
  town.world.pass(2 * HOUR);
  await tickUntilDeath(town, step);
  const after = await town.restart();
  await after.live(5 * MINUTE);
  expect(after.platform.messages).toHaveLength(1);
  expect(after.platform.shown('general')[0]?.title).toBe('Daily quiz · answer');
  const requests = after.platform.requests.length;
  await after.live(10 * MINUTE);
  expect(after.platform.requests).toHaveLength(requests);
});
