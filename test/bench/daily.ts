import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import type { StudyDay } from '../../src/learning/model.js';
import { loadLibrary } from '../../src/notes/library.js';
import { openStore } from '../../src/store/open.js';
import { type Discord, startDiscord } from '../platforms/discord/loopback/discord.js';
import type { Channel } from '../platforms/discord/loopback/world.js';
import { type BusyBot, startBusyBot } from './busy-bot.js';
import { type Asked, type Burst, botMeasures, burstMeasures, peopleMeasures } from './daily-measures.js';
import type { Measure } from './measure.js';
import { here } from './pace.js';

/** BENCH_CHANNELS takes fewer, for a quick look. */
const CHANNELS = Number(process.env['BENCH_CHANNELS'] ?? 10_000);
const GUILDS = 100;
/** What is posted by discord.js alone, and how many of the posts are revealed: few, so that the bench ends in minutes. */
const BARE = Math.min(CHANNELS, 1_000);
const REVEALED = Math.min(CHANNELS, 2_000);
const MINUTE = 60_000;
const OPEN_MINUTES = { short: 10, long: 24 * 60 };
/** People do something so often during the burst, by turns asking for a concept and answering the quiz. */
const ASK_EVERY_MS = 500;

/** All channels of Discord that are due in one minute, until the last has its post; then the reveal of some. */
export async function benchDaily(): Promise<readonly Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'eks-bench-'));
  const file = path.join(folder, 'eks.db');
  const discord = await startDiscord({ validates: false, limits: true, patienceMs: 60_000 });
  let bot: BusyBot | undefined;
  try {
    const guilds = Array.from({ length: GUILDS }, () => discord.guild());
    const channels = guilds.flatMap((guild) =>
      Array.from({ length: CHANNELS / GUILDS }, () => discord.channel(guild)),
    );
    const bareSeconds = await postBare(discord, channels.slice(0, BARE));
    const dueAt = new Date(Math.ceil(Date.now() / MINUTE) * MINUTE + 5 * MINUTE);
    await schedule(file, channels, dueAt);
    bot = await startBusyBot(discord, {
      DATABASE_URL: `file:${file}`,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.api,
    });
    const quiet = await bot.report();
    const people = keepAsking(discord, channels, (await loadLibrary('content')).concepts[0]?.term ?? '');
    const posts = await burst(discord, bot, 'posts', dueAt, () => count(file, 'posted') === CHANNELS);
    const busy = await bot.report();
    const asked = await people.end();
    const closeAt = new Date(dueAt.getTime() + (OPEN_MINUTES.short + 1) * MINUTE);
    const reveals = await burst(discord, bot, 'reveals', closeAt, () => count(file, 'closed') === REVEALED);
    return [
      ...burstMeasures('posts', posts, CHANNELS, bareSeconds / BARE),
      ...burstMeasures('reveals', reveals, REVEALED, bareSeconds / BARE),
      ...botMeasures(bot, { quiet, busy }, CHANNELS),
      ...peopleMeasures(asked),
    ];
  } finally {
    await bot?.stop();
    await discord.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds that discord.js takes by itself to post in all of the channels. */
async function postBare(discord: Discord, channels: readonly Channel[]): Promise<number> {
  const child = spawn(process.execPath, [here('bare-discord-poster.mjs')], {
    env: { PATH: process.env['PATH'], DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const began = Date.now();
  child.send({ channels: channels.map(({ id }) => id) });
  await once(child, 'message');
  child.kill();
  return (Math.max(...discord.requests.map(({ at }) => at)) - began) / 1000;
}

/** A schedule for each channel, as an admin would have set it. */
async function schedule(file: string, channels: readonly Channel[], dueAt: Date): Promise<void> {
  const store = await openStore(`file:${file}`);
  const minute = dueAt.getUTCHours() * 60 + dueAt.getUTCMinutes();
  const timetable = {
    timeZone: 'UTC',
    minute,
    weekdays: new Set([1, 2, 3, 4, 5, 6, 7]),
    skipDates: new Set<StudyDay>(),
  };
  const plan = { timetable, topic: undefined, difficulty: 'mixed', questions: 1, thread: false } as const;
  const perGuild = CHANNELS / GUILDS;
  const database = new Sqlite(file);
  const copy =
    database.prepare(`INSERT INTO "Schedule" ("id", "workspaceId", "channel", "timeZone", "minute", "weekdays",
      "difficulty", "questions", "openMinutes", "thread", "nextRunAt", "createdBy", "createdAt")
    SELECT ?, "workspaceId", ?, "timeZone", "minute", "weekdays", "difficulty", "questions", ?, "thread", "nextRunAt",
      "createdBy", "createdAt" FROM "Schedule" WHERE "channel" = ?`);
  const openMinutes = (at: number) => (at < REVEALED ? OPEN_MINUTES.short : OPEN_MINUTES.long);
  for (let from = 0; from < channels.length; from += perGuild) {
    const [first, ...others] = channels.slice(from, from + perGuild);
    if (first === undefined || !('guild' in first)) continue;
    const workspace = { platform: 'discord', workspace: first.guild.id };
    await store.learners.signIn({ ...workspace, user: '1' }, 'boss', new Date());
    const place = { ...workspace, channel: first.id };
    await store.schedules.set(place, { ...plan, openMinutes: openMinutes(from) }, '1', new Date());
    database.transaction(() => {
      for (const [at, { id }] of others.entries()) copy.run(id, id, openMinutes(from + at + 1), first.id);
    })();
  }
  database.close();
  await store.close();
}

const Count = z.object({ count: z.number() });

/** Quizzes in a state. */
function count(file: string, status: string): number {
  const database = new Sqlite(file, { readonly: true });
  const row = database.prepare('SELECT COUNT(*) AS count FROM "Quiz" WHERE "status" = ?').get(status);
  database.close();
  return Count.parse(row).count;
}

/** A post that shows how many have answered is edited too. */
const TITLES = { posts: /^Daily quiz$/, reveals: /^Daily quiz · answer$/ };
const Titled = z.object({ embeds: z.tuple([z.object({ title: z.string() })]) });

function titleOf(body: unknown): string {
  return Titled.safeParse(body).data?.embeds[0].title ?? '';
}

/** Lets the bot's clock come to a moment, and watches what it then asks of Discord. */
async function burst(
  discord: Discord,
  bot: BusyBot,
  what: 'posts' | 'reveals',
  at: Date,
  isDone: () => boolean,
): Promise<Burst> {
  const before = discord.requests.length;
  const began = await bot.reach(at);
  const end = began + 60 * CHANNELS + MINUTE;
  while (!isDone() && Date.now() < end) await sleep(500);
  const asked = discord.requests
    .slice(before)
    .filter((one) => (what === 'posts') === (one.method === 'POST'))
    .filter((one) => /^\/channels\/\d+\/messages/.test(one.path) && TITLES[what].test(titleOf(one.body)));
  const obeyed = asked.filter(({ status }) => status === 200);
  const obeyedIn = new Map<string, number>();
  for (const { path: asking } of obeyed) {
    const channel = asking.split('/')[2] ?? '';
    obeyedIn.set(channel, (obeyedIn.get(channel) ?? 0) + 1);
  }
  return {
    seconds: (Math.max(...obeyed.map((one) => one.at)) - began) / 1000,
    obeyed: obeyedIn,
    refused: asked.filter(({ status }) => status === 429).length,
    isDone: isDone(),
  };
}

/** New people who ask for a concept and answer quizzes that are posted, until the end. */
function keepAsking(discord: Discord, channels: readonly Channel[], term: string) {
  const asked = { explained: [] as number[], pressed: [] as number[] };
  const waiting: Promise<void>[] = [];
  const note = (waits: number[], work: Promise<unknown>) => {
    const began = performance.now();
    waiting.push(
      work.then(
        () => void waits.push(performance.now() - began),
        () => void waits.push(Number.POSITIVE_INFINITY),
      ),
    );
  };
  let turn = 0;
  const timer = setInterval(() => {
    turn += 1;
    const channel = channels[(turn * 37) % channels.length];
    if (channel === undefined) return;
    const seat = discord.person({ name: `ann-${turn}` }).in(channel);
    const [quiz] = discord.messagesIn(channel).filter(({ buttons }) => buttons.length > 2);
    const option = quiz?.buttons[0]?.label;
    if (turn % 2 === 0 && quiz !== undefined && option) note(asked.pressed, seat.presses(quiz, option));
    else note(asked.explained, seat.runs('eks explain', { query: term }));
  }, ASK_EVERY_MS);
  return {
    async end(): Promise<Asked> {
      clearInterval(timer);
      await Promise.all(waiting);
      return asked;
    },
  };
}
