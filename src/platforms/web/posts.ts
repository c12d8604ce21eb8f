import { z } from 'zod';
import { KeptReply } from '../../bot/kept.js';
import { type Events, MOST_POSTS, POST_MS, type Post } from './events.js';

/** Where posts are kept, by owner and name, in words of our own. */
export interface KeptPosts {
  /** In the place of an earlier one of that name, whose time stays. */
  put(owner: string, name: string, post: string, now: Date): Promise<void>;
  /** The newest since then, the oldest of them first. */
  latest(
    owner: string,
    since: Date,
    most: number,
  ): Promise<readonly { readonly reply: string; readonly at: Date }[]>;
}

/** Unlike the owner of any other kept reply, so that no button leads here. */
export const OWNER = JSON.stringify(['web', 'local', 'posts', 'of the page']);

const KeptPost: z.ZodType<Post> = z.object({
  message: z.string(),
  audience: z.union([z.object({ channel: z.string() }), z.object({ user: z.string() })]),
  reply: KeptReply,
});

/** The posts of the page: kept before any window sees them, so that a restart neither forgets nor repeats one. */
export class Posts {
  readonly #events: Events;
  readonly #kept: KeptPosts;
  readonly #now: () => Date;

  constructor(events: Events, kept: KeptPosts, now: () => Date) {
    this.#events = events;
    this.#kept = kept;
    this.#now = now;
  }

  /** Takes over what an earlier process has shown. */
  async restore(): Promise<void> {
    const since = new Date(this.#now().getTime() - POST_MS);
    for (const { reply, at } of await this.#kept.latest(OWNER, since, MOST_POSTS)) {
      // What an earlier version wrote in another way is not worth a start that fails.
      const { data } = KeptPost.safeParse(JSON.parse(reply));
      if (data !== undefined) this.#events.restore(data, at);
    }
  }

  has(message: string): boolean {
    return this.#events.has(message);
  }

  /** Shows a post, or what takes its place. */
  async show(post: Post): Promise<void> {
    await this.#kept.put(OWNER, post.message, JSON.stringify(post), this.#now());
    this.#events.post(post);
  }
}
