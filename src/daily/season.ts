import { createHash } from 'node:crypto';
import { codeSpan, literal } from '../bot/markdown.js';
import { type Poster, PostRefused } from '../bot/poster.js';
import { encodePress } from '../bot/press.js';
import type { Reply } from '../bot/reply.js';
import { count } from '../commands/wording.js';
import type { StudyDay } from '../learning/model.js';
import { seasonOf } from '../learning/points.js';
import { addDays, daysBetween, parseStudyDay } from '../learning/studyday.js';
import { lastRun } from '../learning/timetable.js';
import type { ChannelKey } from '../store/schedules.js';
import type { Named, SeasonResults, Untold } from '../store/seasons.js';
import type { Store } from '../store/store.js';
import { within } from './within.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A channel that could not be told by then is not told any more. */
const LATE_WINDOW_MS = 48 * HOUR;
/** How long a try may take before another process may begin one. */
const TRY_MS = 5 * MINUTE;
const PATIENCE_MS = 40_000;
/** Channels that are told at once. */
const AT_ONCE = 32;
const MONDAY = 1;

/** What telling of a season's end needs. */
export interface SeasonParts {
  readonly store: Store;
  readonly posters: ReadonlyMap<string, Poster>;
  readonly typed: (text: string) => string;
  readonly now: () => Date;
  readonly failed: (place: ChannelKey | undefined, during: string, error: unknown) => void;
}

/**
 * Tells each channel with a daily quiz once how the season ended: on the first Monday of the new one, at the time of
 * its quiz. Asks nothing of the database on other days. To be called every tick; calls may overlap. Begins nothing new
 * once `stopping` is aborted.
 */
export async function tellSeasons(parts: SeasonParts, stopping?: AbortSignal): Promise<void> {
  const { store, posters, now } = parts;
  const season = endedSeason(now());
  if (season === undefined || posters.size === 0) return;
  const waiting = (await store.seasons.untold([...posters.keys()], season)).flatMap((untold) => {
    const since = timeToTell(untold, season, now());
    return since === undefined ? [] : [{ place: untold.place, since }];
  });
  for (let from = 0; from < waiting.length && !stopping?.aborted; from += AT_ONCE) {
    const some = waiting.slice(from, from + AT_ONCE);
    await Promise.all(some.map(({ place, since }) => tell(parts, place, season, since)));
  }
}

async function tell(
  { store: { seasons }, posters, typed, now, failed }: SeasonParts,
  place: ChannelKey,
  season: StudyDay,
  since: Date,
): Promise<void> {
  const poster = posters.get(place.platform);
  try {
    const until = new Date(now().getTime() + TRY_MS);
    if (poster === undefined) return;
    const taken = await seasons.take(place, season, now(), until);
    if (taken === undefined) return;
    const results = await seasons.results(place, season);
    if (results.learners > 0) {
      const key = postKey(place, season);
      const reply = seasonAwards(results, season, typed, key);
      const isRepeat = taken === 'again';
      await within(PATIENCE_MS, (signal) => poster.post(place, reply, { key, since, isRepeat, signal }));
    }
    await seasons.told(place, season, now());
  } catch (error) {
    failed(place, 'season', error);
    // The daily quiz of the channel finds out for itself, and tells the admin.
    if (error instanceof PostRefused) await seasons.told(place, season, now());
  }
}

/** The season that ended within the last days, somewhere on Earth; named by its first day. */
function endedSeason(now: Date): StudyDay | undefined {
  const latestDay = parseStudyDay(new Date(now.getTime() + 14 * HOUR).toISOString().slice(0, 10));
  const running = seasonOf(latestDay);
  return daysBetween(running, latestDay) <= 4 ? seasonOf(addDays(running, -1)) : undefined;
}

/** When the channel was to be told, where that has come and is not long over. */
function timeToTell({ timeZone, minute }: Untold, season: StudyDay, now: Date): Date | undefined {
  const run = lastRun({ timeZone, minute, weekdays: new Set([MONDAY]), skipDates: new Set() }, now);
  if (run === undefined || now.getTime() - run.at.getTime() > LATE_WINDOW_MS) return undefined;
  const isFirstMonday = run.date === seasonOf(run.date);
  return isFirstMonday && seasonOf(addDays(run.date, -1)) === season ? run.at : undefined;
}

function postKey({ platform, workspace, channel }: ChannelKey, season: StudyDay): string {
  const key = JSON.stringify([platform, workspace, channel, season]);
  return createHash('sha256').update(key).digest('base64url').slice(0, 22);
}

/** A season's end in words: who came first, who came most often, who gained most. Its button carries the key of the post. */
export function seasonAwards(
  { learners, days, top, steadiest, improved, team }: SeasonResults,
  season: StudyDay,
  typed: (text: string) => string,
  key: string,
): Reply {
  const places = top.map(
    ({ rank, name, figure, days: own }) =>
      `- **${rank}** ${literal(name, 40)} · ${count(figure, 'point')} on ${count(own, 'day')}`,
  );
  const most = steadiest[0];
  const gained = improved[0];
  const awards = [
    ...(most === undefined ? [] : [`- **Most days:** ${names(steadiest)}, ${most.figure} of 28`]),
    ...(gained === undefined
      ? []
      : [`- **Most improved:** ${names(improved)}, ${count(gained.figure, 'point')} more than last season`]),
    ...(team === undefined
      ? []
      : [`- **Best team:** ${literal(team.name, 40)}, ${Math.round(team.mean)} points a member`]),
  ];
  const from = dayText(season);
  const to = dayText(addDays(season, 27));
  return {
    title: 'The season is over',
    text: [
      `From ${from} to ${to}: ${count(learners, 'learner')}, ${count(days, 'study day')}.`,
      places.join('\n'),
      awards.join('\n'),
      `A new season has begun, and everybody starts from nothing. ${codeSpan(typed('points'))} says how points are earned.`,
    ].join('\n\n'),
    visibility: 'public',
    buttons: [{ label: 'My rank', press: encodePress('leaderboard', 'mine', 'season', 'workspace', key) }],
  };
}

function names(named: readonly Named[]): string {
  return named.map(({ name }) => literal(name, 40)).join(', ');
}

function dayText(day: StudyDay): string {
  const options = { timeZone: 'UTC', day: 'numeric', month: 'long' } as const;
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', options);
}
