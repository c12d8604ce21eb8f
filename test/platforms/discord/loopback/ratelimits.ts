import { createHash } from 'node:crypto';
import { type Answer, limited } from './troubles.js';

/** How many requests within which time. */
interface Limit {
  readonly requests: number;
  readonly ms: number;
}

/** For all that a bot asks with its token. */
const GLOBAL: Limit = { requests: 50, ms: 1_000 };
/** For one kind of request in one channel. */
const CHANNEL: Limit = { requests: 5, ms: 5_000 };

/** A window that begins with its first request. */
class Window {
  readonly #limit: Limit;
  #left: number;
  #end = 0;

  constructor(limit: Limit) {
    this.#limit = limit;
    this.#left = limit.requests;
  }

  /** Milliseconds to wait where there is no room, otherwise 0. */
  waitMs(now: number): number {
    return this.#left > 0 || now >= this.#end ? 0 : this.#end - now;
  }

  take(now: number): { readonly left: number; readonly end: number } {
    if (now >= this.#end) {
      this.#end = now + this.#limit.ms;
      this.#left = this.#limit.requests;
    }
    this.#left -= 1;
    return { left: this.#left, end: this.#end };
  }
}

/**
 * Discord's rate limits: 50 requests a second for a bot, five in five seconds for one kind of request in one channel.
 * What answers an interaction is under neither.
 */
export class RateLimits {
  readonly #global = new Window(GLOBAL);
  readonly #buckets = new Map<string, Window>();
  readonly #now: () => number;

  /** `now` is a clock in milliseconds. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Lets a request through and adds what its answer says of the limit, or refuses it. */
  async hold(method: string, path: string, obey: () => Promise<Answer>): Promise<Answer> {
    if (/^\/(interactions|webhooks)\//.test(path)) return obey();
    const now = this.#now();
    const [, channel] = /^\/channels\/(\d+)\//.exec(path) ?? [];
    const kind = `${method} ${path.replace(/\d{16,}/g, ':id')}`;
    const bucket = channel === undefined ? undefined : this.#bucket(`${kind} ${channel}`);
    const globalMs = this.#global.waitMs(now);
    const waitMs = Math.max(globalMs, bucket?.waitMs(now) ?? 0);
    // Discord says it in whole seconds.
    if (waitMs > 0)
      return limited(kind, { retryAfterSeconds: Math.ceil(waitMs / 1000), global: globalMs > 0 });
    this.#global.take(now);
    if (bucket === undefined) return obey();
    const { left, end } = bucket.take(now);
    const answer = await obey();
    return { ...answer, headers: { ...answer.headers, ...limitHeaders(kind, left, end, now) } };
  }

  #bucket(name: string): Window {
    const bucket = this.#buckets.get(name) ?? new Window(CHANNEL);
    this.#buckets.set(name, bucket);
    return bucket;
  }
}

function limitHeaders(kind: string, left: number, end: number, now: number) {
  return {
    'x-ratelimit-limit': String(CHANNEL.requests),
    'x-ratelimit-remaining': String(left),
    'x-ratelimit-reset': (end / 1000).toFixed(3),
    'x-ratelimit-reset-after': ((end - now) / 1000).toFixed(3),
    'x-ratelimit-bucket': createHash('md5').update(kind).digest('hex'),
  };
}
