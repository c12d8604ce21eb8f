import type { BusyBot } from './busy-bot.js';
import { type Measure, quantile } from './measure.js';

/** Of Discord, for one bot. */
const REQUESTS_PER_SECOND = 50;
const ANSWER_WITHIN_MS = 3_000;

/** What a bot asked of Discord when many channels were due. */
export interface Burst {
  /** From the moment when all were due to the last request that was obeyed. */
  readonly seconds: number;
  /** Requests that were obeyed, by their channel. */
  readonly obeyed: ReadonlyMap<string, number>;
  readonly refused: number;
  readonly isDone: boolean;
}

/** How long people waited for an answer, in ms; those who got none wait for ever. */
export interface Asked {
  readonly explained: readonly number[];
  readonly pressed: readonly number[];
}

/** How long a burst took, and that it lost nothing; `bareSeconds` is what discord.js takes by itself for one. */
export function burstMeasures(
  what: string,
  { seconds, obeyed, refused, isDone }: Burst,
  channels: number,
  bareSeconds: number,
): readonly Measure[] {
  const floor = channels / REQUESTS_PER_SECOND;
  const bare = (bareSeconds * REQUESTS_PER_SECOND).toPrecision(3);
  const once = [...obeyed.values()].filter((times) => times === 1).length;
  const named = `Discord, ${what} of ${channels.toLocaleString('en')} channels due in one minute`;
  return [
    {
      what: `${named}, until the last`,
      value: seconds,
      floor,
      unit: 's',
      floorIs: `${REQUESTS_PER_SECOND} requests a second; discord.js alone takes ${bare} x that`,
      aim: 'at most 1.1 x the floor',
      reached: isDone && seconds <= 1.1 * floor,
    },
    {
      what: `${named}, channels with exactly one`,
      value: once,
      floor: channels,
      unit: 'channels',
      floorIs: 'all',
      aim: 'all, and all marked',
      reached: isDone && once === channels && obeyed.size === channels,
    },
    {
      what: `${named}, refused for their rate`,
      value: refused,
      floor: channels,
      unit: 'requests',
      floorIs: 'all posts',
      aim: 'under 1 in 100',
      reached: refused < channels / 100,
    },
  ];
}

/** What a burst cost the bot's process. */
export function botMeasures(
  bot: BusyBot,
  { quiet, busy }: Readonly<Record<'quiet' | 'busy', Awaited<ReturnType<BusyBot['report']>>>>,
  channels: number,
): readonly Measure[] {
  return [
    {
      what: 'Discord, the bot during all posts, failures logged',
      value: bot.logged('error'),
      floor: channels,
      unit: `lines (and ${bot.logged('warn')} warnings)`,
      floorIs: 'all channels',
      aim: 'none',
      reached: bot.logged('error') === 0,
    },
    {
      what: 'Discord, the bot during all posts, processor time of a post',
      value: (busy.cpuMs - quiet.cpuMs) / channels,
      floor: 1000 / REQUESTS_PER_SECOND,
      unit: 'ms',
      floorIs: 'what there is at the limit',
      aim: 'at most half of the floor',
      reached: busy.cpuMs - quiet.cpuMs <= (500 / REQUESTS_PER_SECOND) * channels,
    },
    {
      what: 'Discord, the bot during all posts, memory at the most',
      value: busy.mostMiB,
      floor: quiet.rssMiB,
      unit: 'MiB',
      floorIs: 'before them',
      aim: 'at most 150 MiB more',
      reached: busy.mostMiB <= quiet.rssMiB + 150,
    },
  ];
}

/** Whether people were held up. */
export function peopleMeasures({ explained, pressed }: Asked): readonly Measure[] {
  const aim = { floor: ANSWER_WITHIN_MS, unit: 'ms', floorIs: "Discord's own limit", aim: 'under 500 ms' };
  const waits = [
    { what: 'explain', waits: explained },
    { what: 'a press on a quiz', waits: pressed },
  ];
  return waits.map(({ what, waits: all }) => {
    const value = quantile(all, 0.99);
    return {
      what: `Discord, what 99 of 100 wait at most for ${what} during all posts (${all.length} asked)`,
      value,
      ...aim,
      reached: value < 500,
    };
  });
}
