import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { studyDayOf } from '../../src/learning/studyday.js';
import type { BoardKey } from '../../src/store/boards.js';
import type { Store } from '../../src/store/store.js';
import { CLOCK, card, draft, NOW } from '../store/samples.js';
import {
  CHANNEL,
  learnerAt,
  openFilled,
  type Rig,
  type SPANS,
  TEAMS,
  WORKSPACE,
} from './leaderboard-data.js';
import { type Measure, quantile, timed } from './measure.js';

const PAGE = 10;
const READS = 1000;
const WARM_UP = 200;
const LIMIT_MS = 5;
/** While boards are read, so many learners review at once, with so many ms between one review and the next. */
const WRITERS = 2;
const PAUSE_MS = 20;

/** Leaderboards of a workspace with a million learners in 500 teams, beside the bare index scan. */
export async function benchLeaderboard(): Promise<readonly Measure[]> {
  const measures: Measure[] = [];
  for (const kind of ['sqlite', 'postgresql'] as const) {
    const rig = await openFilled(kind);
    try {
      for (const read of readsOf(rig)) measures.push(...(await quiet(rig, read)));
      const writing = write(rig);
      for (const read of readsOf(rig)) measures.push(...(await busy(rig, read)));
      await writing.stop();
    } finally {
      await rig.close();
    }
  }
  return measures;
}

interface Read {
  readonly what: string;
  readonly span: keyof typeof SPANS;
  ask(store: Store): Promise<unknown>;
}

/** What people ask of boards; each time of another place. */
function readsOf({ learners, middle }: Rig): readonly Read[] {
  const key = (span: BoardKey['span'], channel?: string): BoardKey => ({
    workspace: WORKSPACE,
    channel,
    span,
    day: studyDayOf(NOW, CLOCK),
  });
  let count = 0;
  const anybody = () => {
    count += 1;
    return learnerAt((count * 104_729) % learners);
  };
  const inTheMiddle = (span: keyof typeof SPANS) => {
    count += 1;
    const spots = middle[span];
    return { to: 'down', ...(spots[count % spots.length] ?? { points: 0, learner: anybody() }) } as const;
  };
  const spans = ['week', 'season', 'all'] as const;
  return [
    ...spans.flatMap((span): readonly Read[] => [
      {
        what: `${span}, the first page`,
        ask: (store: Store) => store.boards.page(key(span), undefined, PAGE),
        span,
      },
      {
        what: `${span}, a page in the middle`,
        ask: (store: Store) => store.boards.page(key(span), inTheMiddle(span), PAGE),
        span,
      },
      {
        what: `${span}, one's own place`,
        ask: (store: Store) => store.boards.standing(key(span), anybody()),
        span,
      },
      { what: `${span}, ${TEAMS} teams`, ask: (store: Store) => store.boards.teams(key(span)), span },
    ]),
    {
      what: 'season in a channel, the first page',
      ask: (store) => store.boards.page(key('season', CHANNEL), undefined, PAGE),
      span: 'season',
    },
  ];
}

async function quiet(rig: Rig, read: Read): Promise<readonly Measure[]> {
  const times = await sample(rig, read);
  return [0.5, 0.99].map((share) => told(rig, `${read.what}, ${share * 100} of 100`, times, share));
}

async function busy(rig: Rig, read: Read): Promise<readonly Measure[]> {
  const times = await sample(rig, read);
  return [told(rig, `${read.what} while reviews are written, 99 of 100`, times, 0.99)];
}

interface Times {
  readonly ours: number[];
  readonly floor: number[];
}

async function sample(rig: Rig, { span, ask }: Read): Promise<Times> {
  const times: Times = { ours: [], floor: [] };
  for (let round = -WARM_UP; round < READS; round += 1) {
    const floor = await timed(() => rig.scan(span, round));
    await turn();
    const ours = await timed(() => ask(rig.store));
    await turn();
    if (round < 0) continue;
    times.floor.push(floor);
    times.ours.push(ours);
  }
  return times;
}

function told({ name, floorIs }: Rig, what: string, { ours, floor }: Times, share: number): Measure {
  const value = quantile(ours, share);
  return {
    what: `leaderboard on ${name}: ${what}`,
    value,
    floor: quantile(floor, share),
    unit: 'ms',
    floorIs,
    aim: `under ${LIMIT_MS} ms`,
    reached: value < LIMIT_MS,
  };
}

/** Reviews by learners of the boards, each of whom begins their day, until it is stopped. */
function write({ store, learners }: Rig) {
  let stopped = false;
  let count = 0;
  const writer = async () => {
    await store.cards.sync([card('c0', 0)], NOW);
    while (!stopped) {
      count += 1;
      const learner = learnerAt((count * 15_485_863) % learners);
      await store.reviews.record(draft(learner, 'c0', 0, { workspace: WORKSPACE }));
      await sleep(PAUSE_MS);
    }
  };
  const writing = Promise.all(Array.from({ length: WRITERS }, writer));
  return {
    async stop() {
      stopped = true;
      await writing;
    },
  };
}
