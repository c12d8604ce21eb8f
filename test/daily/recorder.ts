import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Place,
  type Posted,
  type Poster,
  type PostKey,
  type PostOptions,
  PostRefused,
} from '../../src/bot/poster.js';
import type { Reply } from '../../src/bot/reply.js';

/** What a channel of the recorder shows. */
export interface Message {
  readonly id: string;
  readonly place: Place;
  readonly key: string;
  readonly thread: string | undefined;
  /** As it was posted, and after each edit. */
  readonly versions: Reply[];
}

/** How long a slow request waits before it is sent. */
export const SLOW_MS = 200;

/**
 * What the recorder does to a request: `lost` and `hangs` come before anything arrives, `unheard` after it arrived;
 * `slow` waits for some time, and arrives after that unless its try is over.
 */
export type Trouble =
  | 'lost'
  | 'unheard'
  | 'hangs'
  | 'arrives and hangs'
  | 'slow'
  | 'gone'
  | 'forbidden'
  | undefined;

/** The other end of a Poster: a platform that finds a message by its key where it is asked to, and that can be in trouble. */
export class Recorder implements Poster {
  readonly messages: Message[] = [];
  readonly told: { readonly user: string; readonly reply: Reply }[] = [];
  readonly requests: { readonly kind: 'post' | 'edit' | 'find'; readonly channel: string }[] = [];
  /** Asked before each request. */
  trouble: (channel: string, kind: 'post' | 'edit' | 'find') => Trouble = () => undefined;

  async post(
    place: Place,
    reply: Reply,
    { key, thread, isRepeat = false, signal }: PostOptions,
  ): Promise<Posted> {
    return this.#during(place, 'post', signal, () => {
      const earlier = isRepeat ? this.messages.find((message) => message.key === key) : undefined;
      const message = earlier ?? {
        id: `m${this.messages.length + 1}`,
        place,
        key,
        thread,
        versions: [reply],
      };
      if (earlier === undefined) this.messages.push(message);
      return { message: message.id, thread: thread === undefined ? undefined : `t-${message.id}` };
    });
  }

  async find(place: Place, { key, signal }: PostKey): Promise<Posted | undefined> {
    return this.#during(place, 'find', signal, () => {
      const found = this.messages.find((message) => message.key === key);
      return found && { message: found.id, thread: undefined };
    });
  }

  async edit(place: Place, posted: Posted, reply: Reply, signal?: AbortSignal): Promise<void> {
    await this.#during(place, 'edit', signal, () => {
      const message = this.messages.find(({ id }) => id === posted.message);
      if (message === undefined) throw new PostRefused('gone');
      message.versions.push(reply);
    });
  }

  async tell(_workspace: string, user: string, reply: Reply): Promise<void> {
    this.told.push({ user, reply });
  }

  /** The messages of a channel as they are shown now. */
  shown(channel: string): readonly Reply[] {
    return this.messages.flatMap(({ place, versions }) =>
      place.channel === channel ? versions.slice(-1) : [],
    );
  }

  async #during<T>(
    { channel }: Place,
    kind: 'post' | 'edit' | 'find',
    signal: AbortSignal | undefined,
    work: () => T,
  ): Promise<T> {
    this.requests.push({ kind, channel });
    const trouble = this.trouble(channel, kind);
    if (trouble === 'lost') throw new Error('the connection was lost');
    if (trouble === 'hangs') return new Promise<T>(() => {});
    if (trouble === 'slow') {
      await sleep(SLOW_MS);
      signal?.throwIfAborted();
    }
    if (trouble === 'gone' || trouble === 'forbidden') throw new PostRefused(trouble);
    const result = work();
    if (trouble === 'arrives and hangs') return new Promise<T>(() => {});
    if (trouble === 'unheard') throw new Error('no answer came');
    return result;
  }
}
