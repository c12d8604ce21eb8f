import { benchDaily } from './daily.js';
import { benchDiscord } from './discord.js';
import { benchLeaderboard } from './leaderboard.js';
import { benchLoad } from './load.js';
import { benchLookup } from './lookup.js';
import { benchMatch } from './match.js';
import { type Measure, show } from './measure.js';
import { benchExplain } from './notes.js';
import { benchReview } from './review.js';
import { benchSlack } from './slack.js';
import { benchStart } from './start.js';
import { benchWhichNode } from './which-node.js';

const benches: Readonly<Record<string, () => Promise<readonly Measure[]>>> = {
  daily: benchDaily,
  discord: benchDiscord,
  explain: benchExplain,
  leaderboard: benchLeaderboard,
  load: benchLoad,
  lookup: benchLookup,
  match: benchMatch,
  review: reviews,
  slack: benchSlack,
  start: benchStart,
  'which-node': benchWhichNode,
};

async function reviews(): Promise<readonly Measure[]> {
  const { floor, single, together } = await benchReview();
  const floorIs = 'the same rows by better-sqlite3';
  const paces = [
    { what: 'durable reviews, one caller', pace: single },
    { what: 'durable reviews, 32 callers', pace: together },
  ];
  return paces.flatMap(({ what, pace }) => [
    {
      what,
      value: pace.perSecond,
      floor: floor.perSecond,
      unit: 'a second',
      floorIs,
      aim: 'at least a third of the floor',
      reached: pace.perSecond * 3 >= floor.perSecond,
    },
    {
      what: `${what}, what 99 of 100 wait at most`,
      value: pace.p99,
      floor: floor.p99,
      unit: 'ms',
      floorIs,
      aim: 'under 20 ms',
      reached: pace.p99 < 20,
    },
  ]);
}

/** Runs the benches named on the command line, or all. Figures are for reading, not for failing a test run. */
async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !(name in benches));
  if (unknown.length > 0) {
    console.error(`No bench is called ${unknown.join(', ')}. There are ${Object.keys(benches).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  console.log(`Node ${process.versions.node}, ${process.platform} ${process.arch}\n`);
  for (const [name, bench] of Object.entries(benches)) {
    if (names.length > 0 && !names.includes(name)) continue;
    for (const measure of await bench()) console.log(show(measure));
  }
}

await main();
