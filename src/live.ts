import type { Logger } from 'pino';
import { type Listing, listFolder, NotesFolderError, stampOf } from './notes/files.js';
import { NoteReader, type ReadNote, readLibrary } from './notes/library.js';
import type { Library, Problem } from './notes/model.js';
import type { Store } from './store/store.js';

/** How often the folder is looked at, in milliseconds; a change is taken over at the second look that finds it. */
const LOOK_MS = 1000;
/** A large folder is looked at less often, so that looking takes no more than one part of this many of the time. */
const REST = 10;

/** The notes of a folder as they are now, with the database kept equal to them. */
export interface LiveNotes {
  /** The library of the moment; an edit gives another one. */
  readonly library: () => Library;
  /** Stops looking, and waits for what is under way. */
  close(): Promise<void>;
}

/** What live notes need. */
export interface LiveOptions {
  readonly folder: string;
  readonly store: Store;
  readonly log: Logger;
  readonly now: () => Date;
  /** What gives cards beside the notes: followed with them. */
  readonly beside?: {
    /** Another one after every change. */
    readonly stamp: () => Promise<string>;
    readonly notes: () => Promise<readonly ReadNote[]>;
  };
  /** Milliseconds between two looks; 1,000 where absent. */
  readonly lookMs?: number;
}

/**
 * Loads the notes of a folder and follows their edits. The folder is looked at rather than watched: native watchers lose
 * a folder that is replaced, miss the swapped links of mounted configuration, and say nothing on network drives, while a
 * look takes milliseconds. Two equal looks in a row mean that an editor, a copy or a checkout has come to rest.
 * @throws NotesFolderError or StoreError if the first load fails; a later failure leaves the notes as they were
 */
export async function openLiveNotes(options: LiveOptions): Promise<LiveNotes> {
  const live = new Live(options);
  await live.load(await live.look());
  live.lookSoon();
  return live;
}

interface Look {
  readonly listing: Listing;
  readonly stamp: string;
}

class Live implements LiveNotes {
  readonly #options: LiveOptions;
  readonly #reader = new NoteReader();
  readonly #problems: ProblemLog;
  #library: Library | undefined;
  /** The state of the folder that the library was read from, and the one that the last look found. */
  #loaded = '';
  #seen = '';
  #trouble: string | undefined;
  /** How long the last two looks took, in milliseconds: one slow look says that the machine was busy, not that the folder is large. */
  #tookMs: readonly [number, number] = [0, 0];
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#problems = new ProblemLog(options.log);
  }

  readonly library = (): Library => {
    if (this.#library === undefined) throw new Error('The notes are not loaded yet.');
    return this.#library;
  };

  /** What there is to load, and a stamp that every change of it alters. */
  async look(): Promise<Look> {
    const { folder, beside } = this.#options;
    const listing = await listFolder(folder);
    const other = await beside?.stamp();
    return { listing, stamp: other === undefined ? stampOf(listing) : `${stampOf(listing)}\n${other}` };
  }

  /** Takes over what there was at a look: what changes meanwhile makes the next look differ. */
  async load({ listing, stamp }: Look): Promise<void> {
    const { store, log, now, beside } = this.#options;
    const read = await readLibrary(listing, this.#reader, await beside?.notes());
    this.#problems.tell(read.problems);
    const { ids, held, ...changes } = await store.cards.sync(read.cards, now());
    const library = read.withCardIds(ids);
    // The index is made now, rather than while the first learner waits for an answer.
    library.lookup('');
    this.#library = library;
    this.#loaded = stamp;
    this.#seen = stamp;
    const { concepts, cards } = library;
    log.info({ concepts: concepts.length, cards: cards.length, changes }, 'notes loaded');
    for (const { deck, cards: missing, of } of held) {
      log.warn(
        { deck, missing: missing.length, of },
        'a deck lost many cards at once; they are kept until an admin says notes apply',
      );
    }
  }

  lookSoon(): void {
    const wait = Math.max(this.#options.lookMs ?? LOOK_MS, Math.min(...this.#tookMs) * REST);
    this.#timer = setTimeout(() => {
      this.#looking = this.#look().then(() => {
        if (!this.#closed) this.lookSoon();
      });
    }, wait).unref();
  }

  /** Never fails: what is in the way is logged once, and the notes stay as they were. */
  async #look(): Promise<void> {
    const { log } = this.#options;
    try {
      const began = performance.now();
      const look = await this.look();
      const { stamp } = look;
      this.#tookMs = [this.#tookMs[1], performance.now() - began];
      if (stamp !== this.#loaded && stamp === this.#seen) await this.load(look);
      this.#seen = stamp;
      if (this.#trouble !== undefined) log.info('the notes can be read again');
      this.#trouble = undefined;
    } catch (error) {
      this.#seen = '';
      const trouble = error instanceof Error ? error.message : String(error);
      if (trouble === this.#trouble) return;
      this.#trouble = trouble;
      const after = 'the notes stay as they were when they were last loaded';
      if (error instanceof NotesFolderError) log.warn(`${trouble} Until then ${after}.`);
      else log.error({ err: error }, after);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#looking;
  }
}

/** Tells what is wrong with notes, each thing once for as long as it is wrong. */
export class ProblemLog {
  #told: ReadonlySet<string> = new Set();
  #others = 0;

  constructor(private readonly log: Logger) {}

  tell(problems: readonly Pick<Problem, 'severity' | 'note' | 'line' | 'message'>[]): void {
    const errors = problems.filter(({ severity }) => severity === 'error');
    const keyOf = ({ note, line, message }: (typeof errors)[number]) => `${note}:${line}: ${message}`;
    for (const error of errors) {
      const { note, line, message } = error;
      if (!this.#told.has(keyOf(error))) this.log.error({ note, line }, message);
    }
    this.#told = new Set(errors.map(keyOf));
    const others = problems.length - errors.length;
    if (others > 0 && others !== this.#others) {
      this.log.info(`${others} remarks on the notes; eks check lists them`);
    }
    this.#others = others;
  }
}
