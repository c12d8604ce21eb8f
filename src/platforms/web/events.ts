import { randomUUID } from 'node:crypto';
import type { Reply } from '../../bot/reply.js';
import { type Drawn, drawReply } from './drawn.js';

/** What a window is told without having asked for it just now, as the data of a server-sent event. */
export interface Told {
  /** A post's id stays the same when it is edited: the later one takes the place of the earlier. */
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whom the bot answers, by the name they gave; undefined for a post. */
  readonly by?: string;
  /** The id of the request that this answers: the window that sent it has the answer already. */
  readonly answers?: string;
  readonly reply: Reply;
  readonly drawn: Drawn;
}

/** Who hears it: all windows of a channel, or those of one person. */
export type Audience = { readonly channel: string } | { readonly user: string };

/** What is posted unasked, as it stands now. */
export interface Post {
  /** The same when it is edited. */
  readonly message: string;
  readonly audience: Audience;
  readonly reply: Reply;
}

/** A window of a person at a channel. */
export interface Listener {
  readonly user: string;
  readonly channel: string;
}

interface Entry {
  readonly number: number;
  readonly audience: Audience;
  readonly at: number;
  /** JSON of a Told. */
  readonly data: string;
}

/** For windows whose connection broke. */
const MOST_ENTRIES = 500;
const MOST_CHARACTERS = 4_000_000;
/** For windows that open later. */
export const MOST_POSTS = 100;
/** A quiz is open for a day at most, and its reveal is shown for as long again. */
export const POST_MS = 48 * 60 * 60_000;
/** How often a silent connection is written to, so that nothing between takes it for dead. */
const BEAT_MS = 20_000;
/** When a browser connects again after a break. */
const RETRY_MS = 1_500;

/** What windows are told, kept in memory so that one that was away for a moment gets what it missed; see posts.ts for longer. */
export class Events {
  /** Sets the numbers of this process apart from those of an earlier one. */
  readonly #run = randomUUID().slice(0, 8);
  readonly #now: () => Date;
  readonly #posts = new Map<string, Entry>();
  readonly #waiting = new Set<() => void>();
  #entries: Entry[] = [];
  #characters = 0;
  #last = 0;
  #closed = false;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Shows others in the channel what the bot answered to one of them. */
  answer(audience: Audience, reply: Reply, by: string, answers: string): void {
    this.#add(audience, { message: randomUUID(), by, answers }, reply);
  }

  /** Shows a post, or what takes its place; for two days also to windows that open later. */
  post({ audience, message, reply }: Post): void {
    const posted = this.#posts.get(message);
    const entry = this.#add(audience, { message, ...(posted && { at: posted.at }) }, reply);
    this.#remember(message, entry);
  }

  /** Takes over a post that an earlier process has shown at that time. */
  restore({ audience, message, reply }: Post, at: Date): void {
    const told: Told = { at: at.getTime(), message, reply, drawn: drawReply(reply) };
    this.#remember(message, { number: 0, audience, at: told.at, data: JSON.stringify(told) });
  }

  /** True where a post was shown and is remembered. */
  has(message: string): boolean {
    return this.#posts.has(message);
  }

  /**
   * What a window is told from now on, as the lines of an event stream: first what it missed after the event with the
   * id `after`, or the posts of two days. Ends with the signal, or with `close`.
   */
  async *follow(listener: Listener, after: string | undefined, signal: AbortSignal): AsyncGenerator<string> {
    const missed = this.#numberOf(after);
    let seen = missed ?? this.#last;
    const posts = missed === undefined ? this.#postsFor(listener) : [];
    yield `retry: ${RETRY_MS}\n\n`;
    for (const { data } of posts) yield this.#lines(seen, data);
    while (!signal.aborted && !this.#closed) {
      const next = this.#entries.find(({ number, audience }) => number > seen && hears(listener, audience));
      if (next !== undefined) {
        seen = next.number;
        yield this.#lines(seen, next.data);
      } else if (!(await this.#news(signal))) yield ':\n\n';
    }
  }

  /** Ends all streams. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  #remember(message: string, entry: Entry): void {
    this.#posts.set(message, entry);
    const oldest = this.#now().getTime() - POST_MS;
    for (const [id, { at }] of this.#posts) {
      if (this.#posts.size > MOST_POSTS || at < oldest) this.#posts.delete(id);
    }
  }

  #add(audience: Audience, told: Pick<Told, 'message'> & Partial<Told>, reply: Reply): Entry {
    const at = this.#now().getTime();
    const data: Told = { at, ...told, reply, drawn: drawReply(reply) };
    this.#last += 1;
    const entry = { number: this.#last, audience, at: data.at, data: JSON.stringify(data) };
    this.#entries.push(entry);
    this.#characters += entry.data.length;
    while (this.#entries.length > MOST_ENTRIES || this.#characters > MOST_CHARACTERS) {
      this.#characters -= this.#entries.shift()?.data.length ?? 0;
    }
    this.#wake();
    return entry;
  }

  #postsFor(listener: Listener): readonly Entry[] {
    const oldest = this.#now().getTime() - POST_MS;
    return [...this.#posts.values()].filter(({ at, audience }) => at >= oldest && hears(listener, audience));
  }

  #lines(number: number, data: string): string {
    return `id: ${this.#run}.${number}\ndata: ${data}\n\n`;
  }

  /** Undefined where it is an id of an earlier process, or what came after it is not all there any more. */
  #numberOf(id: string | undefined): number | undefined {
    const [run, digits = ''] = id?.split('.') ?? [];
    const number = /^\d{1,15}$/.test(digits) ? Number(digits) : -1;
    const oldest = this.#entries[0]?.number ?? this.#last + 1;
    return run === this.#run && number >= oldest - 1 && number <= this.#last ? number : undefined;
  }

  /** Resolves with true when there is something to look at, with false when there was nothing for a while. */
  #news(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (news: boolean) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve(news);
      };
      const wake = () => end(true);
      const timer = setTimeout(() => end(false), BEAT_MS);
      signal.addEventListener('abort', wake);
      this.#waiting.add(wake);
    });
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}

function hears({ user, channel }: Listener, audience: Audience): boolean {
  return 'user' in audience ? audience.user === user : audience.channel === channel;
}
