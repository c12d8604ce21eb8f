import { type Poster, PostRefused } from '../bot/poster.js';
import type { Reply } from '../bot/reply.js';
import { claimRun, isFromTimetable, LATE_WINDOW_HOURS, lateMinutes } from '../commands/daily-claim.js';
import { givenUpNotice, pausedNotice } from '../commands/daily-post.js';
import { lastRun } from '../learning/timetable.js';
import type { Library } from '../notes/model.js';
import type { Quiz } from '../store/quizzes.js';
import type { ChannelKey, Schedule } from '../store/schedules.js';
import type { Store } from '../store/store.js';
import { Counts } from './counts.js';
import { Desks } from './desks.js';
import { drawOpen, drawRevealed } from './drawn.js';
import { within } from './within.js';

const MINUTE = 60_000;
const LATE_WINDOW_MS = LATE_WINDOW_HOURS * 60 * MINUTE;
/** Waits after each try, in minutes; longer than a try may take. After the last one nothing is posted any more. */
const PAUSES = [1, 2, 4, 8, 16, 30];
/** Tries to post, and to find out whether one of them did. */
const MOST_TRIES = 2 * PAUSES.length;
/** A reveal is as good some hours later: these are about a day. */
const MOST_REVEALS = 50;
const LONGEST_PAUSE_MS = Math.max(...PAUSES) * MINUTE;
/** A platform that has not answered by then is asked again later. */
const PATIENCE_MS = 40_000;

/** What the daily quiz needs. */
export interface DailyParts {
  readonly store: Store;
  /** The notes as they are now. */
  readonly library: () => Library;
  /** By platform; only their channels are served. */
  readonly posters: ReadonlyMap<string, Poster>;
  readonly notesUrl: string | undefined;
  /** A command as a person types it. */
  readonly typed: (text: string) => string;
  readonly now: () => Date;
  /** Told of each failure; the work goes on or is tried again. */
  readonly failed: (place: ChannelKey | undefined, during: string, error: unknown) => void;
  /** Milliseconds that a platform has for one request; 40,000 where absent. */
  readonly patienceMs?: number;
}

/** Posts, keeps up to date and reveals the quizzes of all channels. */
export interface Daily {
  /** Does all that is due, and resolves when it is done or was put off. Ticks may overlap: no channel is served twice at once. */
  tick(): Promise<void>;
  /** Begins nothing new, and resolves when what is under way is done. */
  stop(): Promise<void>;
}

/** The daily quiz on its database; all that it must remember stands there. */
export function createDaily(parts: DailyParts): Daily {
  return new Engine(parts);
}

class Engine implements Daily {
  readonly #parts: DailyParts;
  readonly #desks: Desks;
  readonly #platforms: readonly string[];
  /** By platform. */
  readonly #counts: ReadonlyMap<string, Counts>;
  #lastTick: Date | undefined;
  #aligning: Promise<void> | undefined;
  #stopped = false;

  constructor(parts: DailyParts) {
    this.#parts = parts;
    this.#platforms = [...parts.posters.keys()];
    this.#counts = new Map(this.#platforms.map((platform) => [platform, new Counts()]));
    this.#desks = new Desks(parts, (place) => this.#serve(place));
  }

  async tick(): Promise<void> {
    if (this.#stopped || this.#platforms.length === 0) return;
    const now = this.#parts.now();
    try {
      await this.#align(now);
      // How many have answered is the last to use up a platform's rate limit.
      await this.#desks.work((platform) => this.#updateCounts(platform, now));
    } catch (error) {
      this.#parts.failed(undefined, 'daily quiz', error);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#aligning?.catch(() => {});
    await this.#desks.stop();
  }

  /** After a start or a clock that went back, what is to come may stand where a wrong clock has put it. */
  async #align(now: Date): Promise<void> {
    const last = this.#lastTick;
    if (last === undefined || now < last) {
      this.#aligning ??= this.#realign(now).finally(() => {
        this.#aligning = undefined;
      });
    }
    await this.#aligning;
    this.#lastTick = now;
  }

  async #realign(now: Date): Promise<void> {
    const { store } = this.#parts;
    await store.schedules.realign(this.#platforms, now);
    await store.quizzes.realign(now, new Date(now.getTime() + LONGEST_PAUSE_MS));
  }

  async #serve(place: ChannelKey): Promise<void> {
    const { store, now } = this.#parts;
    if (this.#stopped) return;
    const schedule = await store.schedules.find(place);
    if (schedule?.status === 'on' && schedule.nextRunAt <= now()) await this.#claim(schedule);
    for (const quiz of await store.quizzes.waiting(place, now())) {
      if (this.#stopped) return;
      if (quiz.status === 'claimed') await this.#send(quiz);
      else await this.#reveal(quiz);
    }
  }

  /** Takes the last run that has come; one that is long over is left out, and the schedule moves on. */
  async #claim(schedule: Schedule): Promise<void> {
    const { store, library, now, failed } = this.#parts;
    const at = now();
    const run = lastRun(schedule.plan.timetable, at);
    const isMissed =
      run === undefined || run.at < schedule.nextRunAt || at.getTime() - run.at.getTime() > LATE_WINDOW_MS;
    if (isMissed) return store.schedules.moveOn(schedule, at);
    const claimed = await claimRun({ library: library(), store, now: at }, schedule, run);
    if (claimed === 0 && (await store.quizzes.countOn(schedule.place, run.date)) === 0) {
      failed(
        schedule.place,
        'daily quiz',
        new Error('The notes give no question with options for this channel.'),
      );
    }
  }

  async #send(quiz: Quiz): Promise<void> {
    const { store, now } = this.#parts;
    const since = now().getTime() - quiz.claimedAt.getTime();
    // What a clock that stood far ahead has claimed is as little of now as what is long over.
    const isPast = Math.abs(since) > LATE_WINDOW_MS;
    const isOver = quiz.attempts >= PAUSES.length || isPast || isCalledOff(quiz);
    if (isOver && quiz.attempts === 0) return this.#giveUp(quiz);
    if (!(await this.#take(quiz))) return;
    if (isOver) return this.#lookFor(quiz);
    const shown = { ...quiz, lateMinutes: lateMinutes(since + (quiz.lateMinutes ?? 0) * MINUTE) };
    try {
      const reply = await drawOpen(this.#parts, shown, 0);
      const posted = await this.#ask(
        (poster, signal) =>
          poster.post(quiz.place, reply, {
            ...this.#keyOf(quiz),
            signal,
            isRepeat: quiz.attempts > 0,
            ...(quiz.schedule?.plan.thread && { thread: `Daily quiz ${quiz.date}` }),
          }),
        quiz.place,
      );
      await store.quizzes.posted(quiz.id, posted, shown.lateMinutes, now());
    } catch (error) {
      if (error instanceof PostRefused) return this.#refused(quiz, error);
      this.#parts.failed(quiz.place, 'posting a daily quiz', error);
    }
  }

  /** Not to be posted any more. But an earlier try may have done it, though nobody was told: then it has its reveal. */
  async #lookFor(quiz: Quiz): Promise<void> {
    const { store, now, failed } = this.#parts;
    try {
      const found = await this.#ask(
        (poster, signal) => poster.find(quiz.place, { ...this.#keyOf(quiz), signal }),
        quiz.place,
      );
      if (found !== undefined) return await store.quizzes.posted(quiz.id, found, quiz.lateMinutes, now());
    } catch (error) {
      if (!(error instanceof PostRefused)) failed(quiz.place, 'looking for a daily quiz', error);
      if (!(error instanceof PostRefused) && quiz.attempts + 1 < MOST_TRIES) return;
    }
    await this.#giveUp(quiz);
  }

  /** The clock may have gone back since the claim. */
  #keyOf({ id, claimedAt }: Quiz) {
    const now = this.#parts.now();
    return { key: id, since: claimedAt < now ? claimedAt : now };
  }

  /** Nobody can post there: the schedule waits for an admin, who is told. Nothing is deleted. */
  async #refused(quiz: Quiz, { reason, message }: PostRefused): Promise<void> {
    const { store, typed } = this.#parts;
    const { schedule } = quiz;
    await store.quizzes.giveUp(quiz.id);
    if (schedule === undefined) return;
    const isPaused = await store.schedules.pause(schedule.id, `When it was last tried, ${message}.`);
    if (isPaused) await this.#tell(schedule, pausedNotice(schedule, reason, typed));
  }

  async #giveUp(quiz: Quiz): Promise<void> {
    await this.#parts.store.quizzes.giveUp(quiz.id);
    // Who called it off expects no post.
    if (quiz.schedule !== undefined && !isCalledOff(quiz))
      await this.#tell(quiz.schedule, givenUpNotice(quiz, quiz.attempts));
  }

  /** Tells who set the quiz up, where the platform can. */
  async #tell({ place, createdBy }: Schedule, reply: Reply): Promise<void> {
    if (createdBy === undefined) return;
    try {
      await this.#ask((poster) => poster.tell(place.workspace, createdBy, reply), place);
    } catch (error) {
      this.#parts.failed(place, 'telling an admin', error);
    }
  }

  async #reveal(quiz: Quiz): Promise<void> {
    const { store, now, failed } = this.#parts;
    if (!(await this.#take(quiz))) return;
    try {
      const { posted } = quiz;
      const reply = await drawRevealed(this.#parts, quiz);
      if (posted !== undefined)
        await this.#ask((poster, signal) => poster.edit(quiz.place, posted, reply, signal), quiz.place);
    } catch (error) {
      if (!(error instanceof PostRefused)) failed(quiz.place, 'revealing a daily quiz', error);
      if (!(error instanceof PostRefused) && quiz.attempts + 1 < MOST_REVEALS) return;
    }
    await store.quizzes.close(quiz.id, now());
  }

  /** How many have answered, edited into the open posts now and then. */
  async #updateCounts(platform: string, now: Date): Promise<void> {
    const { store } = this.#parts;
    const counts = this.#counts.get(platform);
    if (this.#stopped || !counts?.isTime(now)) return;
    const changed = counts.changed(await store.quizzes.answeredCounts([platform]));
    await Promise.all(
      changed.map(async ({ quiz: id, answered }) => {
        const quiz = await store.quizzes.findPosted(id);
        // Close to the end an edit that waits for the platform could come after the reveal.
        const leftMs = (quiz?.closesAt.getTime() ?? 0) - this.#parts.now().getTime();
        if (quiz?.posted === undefined || leftMs < MINUTE) return;
        const { place, posted } = quiz;
        try {
          const reply = await drawOpen(this.#parts, quiz, answered);
          await this.#ask((poster, signal) => poster.edit(place, posted, reply, signal), place);
        } catch (error) {
          this.#parts.failed(place, 'showing how many have answered', error);
        }
      }),
    );
  }

  /** Begins a try; the next one comes after a pause, whatever becomes of this one. */
  #take(quiz: Quiz): Promise<boolean> {
    const { store, now } = this.#parts;
    const minutes = PAUSES[quiz.attempts] ?? PAUSES.at(-1) ?? 1;
    return store.quizzes.take(quiz, new Date(now().getTime() + minutes * MINUTE));
  }

  #ask<T>(
    request: (poster: Poster, signal: AbortSignal) => Promise<T>,
    { platform }: ChannelKey,
  ): Promise<T> {
    const poster = this.#parts.posters.get(platform);
    if (poster === undefined) throw new Error(`There is no poster for ${platform}.`);
    return within(this.#parts.patienceMs ?? PATIENCE_MS, (signal) => request(poster, signal));
  }
}

/** An admin has paused the schedule or turned it off since; what somebody asked for by hand is posted all the same. */
function isCalledOff(quiz: Quiz): boolean {
  return quiz.schedule !== undefined && quiz.schedule.status !== 'on' && isFromTimetable(quiz.schedule, quiz);
}
